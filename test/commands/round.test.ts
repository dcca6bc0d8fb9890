import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Answer, APIMessage } from '../../sandbox/api.ts';
import { addCrowd, strangers } from '../support/crowd.ts';
import { openDatabase } from '../../src/db/open.ts';
import { buttonId, register, requestAt, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());

/** Somebody who joins the waitlist as a person does: when nobody can be suggested. */
async function waiting(name: string, languages: string[]): Promise<Actor> {
  const mentee = town.guild.join({ name });
  await register(mentee, 'mentee', { languages });
  await mentee.press('Join the waitlist', await mentee.slash('mentor find'));
  return mentee;
}

async function mentor(name: string, languages: string[]): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentor', { stage: 'resident', languages });
  await verify(town, actor);
  return actor;
}

const fileOf = async (answer: { message: APIMessage }, name: string): Promise<Buffer> => {
  const file = answer.message.attachments.find(({ filename }) => filename === name);
  if (!file) throw new Error(`the answer has no file ${name}`);
  return Buffer.from(await (await fetch(file.url)).arrayBuffer());
};

/** The message to act on, where there is one. */
const on = ({ message }: Pick<Answer, 'message'>) => (message ? { on: message } : {});

/** The preview that a moderator gets: where the machine is busy they are shown first how far it is. */
async function previewIn({ message, ephemeral }: Answer): Promise<{ message: APIMessage; text: string }> {
  expect(ephemeral).toBe(true);
  const shown = await town.sandbox.until('the preview', () =>
    town.moderator.ephemerals().find(({ id, embeds }) => id === message?.id && embeds.length > 0),
  );
  return { message: shown, text: JSON.stringify(shown) };
}

test('is for moderators only, also for whoever makes up a button', async () => {
  const member = town.guild.join({ name: 'Curious' });
  await register(member, 'mentee', { languages: ['ru'] });
  const profile = await member.slash('profile show');
  for (const key of ['publish', 'publish-now', 'back', 'discard', 'recompute', 'cancel']) {
    const answer = await member.forge({ kind: 'button', ...on(profile), customId: `round-${key}:x:1` });
    expect(answer.text, key).toMatch(/moderators/i);
  }
  expect((await town.moderator.slash('round publish')).text).toMatch(/No round is open/);
  expect((await town.moderator.slash('round discard')).text).toMatch(/No round is open/);
  expect((await town.moderator.slash('round history')).text).toMatch(/no round here yet/);
});

describe('a round from preview to answer', () => {
  test('shows who, why and why not; a pair can be forbidden; publishing asks first, then everybody is written to', async () => {
    const omar = await waiting('Omar', ['es']);
    const alone = await waiting('Lena', ['ar']);
    const ada = await mentor('=Ada()', ['es']);
    const bela = await mentor('Bela', ['es']);

    const shown = await previewIn(await town.moderator.slash('round preview'));
    expect(shown.text).toMatch(/1 of 2 people/);
    expect(shown.text).toMatch(/Best pair first/);
    expect(shown.text).toContain(alone.id);
    expect([
      ...omar.dms(),
      ...ada.dms().filter((dm) => JSON.stringify(dm.components ?? []).includes('Accept')),
    ]).toEqual([]);

    const csv = (await fileOf(shown, 'round.csv')).toString();
    expect(csv.startsWith('\ufeff"Outcome",')).toBe(true);
    expect(csv).toContain(`"Omar","id ${omar.id}"`);
    expect(csv).toMatch(/"Waits on",.*no language in common/);
    expect(csv).not.toMatch(/(^|[,"])=Ada/m);
    const png = await fileOf(shown, 'fit.png');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const picture = shown.message.attachments.find(({ filename }) => filename === 'fit.png');
    expect(picture?.description).toMatch(/1 pair/);

    const first = csv.includes(`id ${ada.id}`) ? ada : bela;
    const second = first === ada ? bela : ada;
    const stale = buttonId(shown.message, 'Publish');
    const again = await previewIn(await town.moderator.slash('round forbid', { mentee: omar, mentor: first }));
    expect((await fileOf(again, 'round.csv')).toString()).toContain(`id ${second.id}`);
    const late = await town.moderator.forge({ kind: 'button', ...on(shown), customId: stale });
    expect(late.text).toMatch(/recomputed since/);

    const asked = await town.moderator.slash('round pin', { mentee: omar, mentor: first });
    expect(asked.text).toMatch(/are forbidden in this round\. Pin them instead/);
    expect((await town.moderator.press('Leave it as it is', asked)).text).toMatch(/Nothing was changed/);
    await town.moderator.slash('round pin', { mentee: omar, mentor: first });
    const pinned = await previewIn(await town.moderator.press('Pin them instead'));
    expect(pinned.text).toContain(': pinned');
    const pairs = await town.moderator.press('Pairs and reasons', pinned.message);
    expect(pairs.text).toMatch(/1 to 2 of 2[^]*pinned[^]*offer interviews|help with interviews/i);
    expect(pairs.ephemeral).toBe(true);

    await previewIn(await town.moderator.slash('round free', { mentee: omar, mentor: first }));
    const confirm = await town.moderator.slash('round publish');
    expect(confirm.text).toMatch(/3 people will be written to/);
    const back = await town.moderator.press('Back to the preview', confirm);
    expect(back.message?.attachments).toHaveLength(2);
    await town.moderator.press('Publish', back);
    const done = await town.moderator.press('Publish now');
    expect(done.text).toMatch(/1 request is on the way/);
    expect(done.message?.attachments).toEqual([]);

    const request = await requestAt(town, first, omar);
    expect(JSON.stringify(request)).toMatch(/proposed to you as a mentee/);
    await town.sandbox.until('the word to the mentee', () => JSON.stringify(omar.dms()).includes('has been asked'));
    // What is told in one place is told in the other.
    expect((await omar.slash('inbox')).text).toContain('the next mentor who suits you is asked right away');
    await town.sandbox.until('why she waits on', () => JSON.stringify(alone.dms()).includes('share no language'));

    await first.press('Decline', request);
    await first.submit({ Reason: ['no-place'] });
    await town.sandbox.until('the next best', () => JSON.stringify(omar.dms()).includes('next mentor who suits you'));
    await second.press('Accept', await requestAt(town, second, omar));
    expect((await town.moderator.slash('round history')).text).toMatch(/1 accepted, 1 declined, 0 waiting/);
    const over = await town.moderator.forge({ kind: 'button', ...on(done), customId: stale });
    expect(over.text).toMatch(/published this round/);
  });

  test('can be discarded, and then nothing is left to publish', async () => {
    const shown = await previewIn(await town.moderator.slash('round preview', { floor: 50 }));
    expect((await town.moderator.press('Discard', shown.message)).text).toMatch(/Nothing was sent/);
    expect((await town.moderator.slash('round publish')).text).toMatch(/No round is open/);
  });
});

describe('while a round of 5,000 and 1,000 is computed', () => {
  let db: Awaited<ReturnType<typeof openDatabase>>;
  beforeAll(async () => {
    db = await openDatabase(town.database);
    await addCrowd(db, town.guild.id, {
      mentees: strangers(5_000, 600_000_000_000_000_000n),
      mentors: strangers(1_000, 500_000_000_000_000_000n),
    });
    await db
      .updateTable('guilds')
      .set((row) => ({ pool_version: row('pool_version', '+', 1) }))
      .execute();
  });
  afterAll(async () => {
    await db.destroy();
    // They are in no server: where a minute ended meanwhile, the sweep asked Discord for one.
    town.sandbox.expectRefusal(({ code }) => code === 10_013);
  });

  /** Begins a preview and waits until it is under way. What the moderator is shown first may be how far it is. */
  async function begin(): Promise<void> {
    void town.moderator.slash('round preview');
    while (!(await db.selectFrom('rounds').select('id').where('state', '=', 'computing').executeTakeFirst())) {
      await delay(5);
    }
  }

  const previews = () =>
    town.moderator.ephemerals().filter((message) => /of 5,00\d people/.test(JSON.stringify(message))).length;

  test('somebody who looks for a mentor is answered before it is done', async () => {
    const mentee = town.guild.join({ name: 'Quick' });
    await register(mentee, 'mentee', {});
    await begin();
    const found = await mentee.slash('mentor find');
    expect(previews()).toBe(0);
    expect(found.text).toMatch(/suit you/);
    await town.sandbox.until('the preview', () => previews() === 1, 30_000);
  });

  test('it can be cancelled: nothing of it is left, and another can begin', async () => {
    await begin();
    const ended = await town.moderator.slash('round discard');
    expect(ended.text).toMatch(/canceled this round/);
    expect((await town.moderator.slash('round publish')).text).toMatch(/No round is open/);
    expect(
      await db
        .selectFrom('round_pairs')
        .select('round_id')
        .where('guild_id', '=', town.guild.id)
        .where('request_id', 'is', null)
        .where('skipped', 'is', null)
        .execute(),
    ).toEqual([]);
    await begin();
    await town.moderator.slash('round discard');
  });
});
