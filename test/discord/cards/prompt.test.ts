import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, APIMessage } from '../../../sandbox/api.ts';
import { gatherMs } from '../../../src/db/participations.ts';
import { buttonId } from '../../support/play.ts';
import { openTown, type Town } from '../../support/town.ts';

let town: Town;
let imani: Actor;
let post: APIMessage;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  imani = town.moderator;
  const [schedule] = await imani.complete('schedule run', 'schedule', 'prompt');
  await imani.slash('schedule run', { schedule: String(schedule?.value) });
  post = await town.sandbox.until('the prompt', () => posts().at(-1));
});
afterAll(() => town.close());

const posts = () => imani.messages(town.guild.channel('study-groups').id);
const shown = () => JSON.stringify(posts().find(({ id }) => id === post.id)?.embeds);
const edits = () => town.sandbox.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith(post.id));

/** Lets the time pass after which presses show on the post. */
async function gathered(expected: RegExp): Promise<void> {
  town.sandbox.clock.advance(gatherMs + 1);
  await imani.slash('schedule list');
  await town.sandbox.until('the new count', () => expected.test(shown()));
}

describe('a prompt in a channel', () => {
  test('asks a question, keeps the answer back, and says that it is no exam question', () => {
    const text = JSON.stringify(post.embeds);
    expect(post.embeds[0]?.author?.name).toMatch(/^Study prompt · Step /);
    expect(text).toMatch(/not taken from any exam/);
    expect(text).not.toMatch(/Done by/);
  });

  test('shows its key points, a model answer and why it matters to whoever asks, and only them', async () => {
    const noor = town.guild.join({ name: 'Noor' });
    const points = await noor.press('Show the key points', post);
    expect(points.ephemeral).toBe(true);
    expect(points.text).toMatch(/^Key points\n1\. .+\n2\. .+\n3\. /);
    expect(points.text).toMatch(/A model answer[\s\S]+Why it matters on the wards/);
  });

  test('counts each person once, without their names, in one edit for all who pressed', async () => {
    const members = town.guild.joinMany(8);
    const answers = await Promise.all(members.map((member) => member.press('We did it', post)));
    for (const { text, ephemeral } of answers) expect([ephemeral, text.startsWith('Counted')]).toEqual([true, true]);
    expect(edits()).toHaveLength(0);
    await gathered(/Done by 8 people so far/);
    expect(edits()).toHaveLength(1);
    for (const { id, name } of members) expect(shown()).not.toMatch(new RegExp(`${id}|${name}`));
  });

  test('pressed twice at once counts one, and it can be taken back', async () => {
    const noor = town.guild.as('Noor');
    const id = buttonId(post, 'We did it');
    const both = await Promise.all([1, 2].map(() => noor.forge({ kind: 'button', on: post, customId: id })));
    expect(both.filter(({ text }) => text.startsWith('Counted: 9 people'))).toHaveLength(1);
    expect(both.filter(({ text }) => text.startsWith('You are already counted for this prompt'))).toHaveLength(1);
    await gathered(/Done by 9 people so far/);
    const back = await noor.press('Take it back', both[0]);
    expect(back.text).toMatch(/no longer counted/);
    await gathered(/Done by 8 people so far/);
    const again = await noor.forge({
      kind: 'button',
      on: post,
      customId: id.replace('tip-done', 'tip-take-back'),
    });
    expect(again.text).toMatch(/nothing to take back/);
  });

  test('works after a restart; another server’s or a post that is gone says so', async () => {
    await town.bot.stop();
    await town.start();
    const noor = town.guild.as('Noor');
    expect((await noor.press('Show the key points', post)).text).toMatch(/Key points/);
    expect((await noor.press('We did it', post)).text).toMatch(/^Counted/);
    const forge = (customId: string) => noor.forge({ kind: 'button', on: post, customId });
    expect((await forge('tip-done:nowhere')).text).toMatch(/too old/);
    expect((await forge('tip-points:library:nowhere')).text).toMatch(/no longer in the library/);
    const other = town.sandbox.createGuild({ name: 'Elsewhere' });
    const foreign = other.join({ name: 'Foreign' });
    const on = (await foreign.slash('inbox')).message;
    const id = buttonId(post, 'We did it');
    expect((await foreign.forge({ kind: 'button', ...(on && { on }), customId: id })).text).toMatch(/too old/);
  });
});
