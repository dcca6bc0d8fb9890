import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let sana: Actor;
let second: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true, env: { ACTS_AT_ONCE: '0' } });
  sana = town.guild.join({ name: 'Sana' });
  second = town.guild.join({ name: 'Thandiwe', permissions: PermissionFlagsBits.ManageGuild });
});
afterAll(() => town.close());

const waiting = (shown: Answer) => Number(/(\d+) matters? waits?/.exec(shown.text)?.[1] ?? 0);

test('a week of forty matters is done by forty presses, without a command in between', async () => {
  // By then whatever was read in November is over.
  town.sandbox.clock.advance(89 * 86_400_000);
  await town.bot.tick();
  for (const word of ['xylophone', 'kazoo', 'ocarina']) {
    await sana.press('Ask the moderators', await sana.slash('guide ask', { question: word }));
  }
  let shown = await town.moderator.slash('review next');
  const all = waiting(shown);
  expect(all).toBeGreaterThan(40);
  expect((await town.moderator.slash('review status')).text).toContain(`${all} matters wait for you`);
  let presses = 0;
  for (; presses < 40; presses += 1) {
    const press = ['Still right', 'It names this day'].find((label) => shown.text.split('\n').includes(label));
    shown = await town.moderator.press(press ?? 'Not announced yet', shown);
    expect(waiting(shown), shown.text).toBe(all - presses - 1);
  }
  expect((await town.moderator.slash('review status')).text).toContain(`${all - 40} matters wait`);
  expect((await town.moderator.slash('home')).text).toContain('for a look at an official page');
  // A press on a card that is done shows what is next, and does nothing twice.
  const card = await town.moderator.slash('review next');
  await town.moderator.press('Later', card);
  const other = await second.slash('review next');
  expect(waiting(other)).toBe(all - 40);
  await second.press('Still right', other);
  const again = await town.moderator.slash('review next');
  expect(again.text).not.toBe(other.text);
});

test('a card that somebody else has done says so and shows the next one; a member gets none', async () => {
  const first = await town.moderator.slash('review next');
  const twin = await second.slash('review next');
  await second.press('Still right', twin);
  if (first.text.split('\n')[0] === twin.text.split('\n')[0]) {
    expect((await town.moderator.press('Still right', first)).text).toContain('Somebody else has just looked');
  }
  await expect(sana.slash('review next')).rejects.toThrow('not offered');
});

test('a claim is answered, and a fact changed, from the card: the next card takes its place', async () => {
  const none = await sana.slash('guide ask', { question: 'theremin' });
  await sana.press('Ask the moderators', none);
  let shown = await second.slash('review next');
  let answered = false;
  let changed = false;
  for (let i = 0; i < 200 && !(answered && changed); i += 1) {
    const before = waiting(shown);
    if (shown.text.includes('theremin')) {
      await second.press('Answer …', shown);
      const fields = { 'What the page says': 'Nothing of the kind.', 'The official page': 'https://www.nrmp.org', 'What that means for the claim': ['silent'] }; // prettier-ignore
      shown = await second.submit(fields);
      answered = true;
      expect(waiting(shown)).toBe(before - 1);
    } else if (!changed && /An answer of the guide to look at/.test(shown.text)) {
      await second.press('Changed …', shown);
      shown = await second.submit({ 'The answer': 'The page says something else by now.' });
      changed = true;
      expect(waiting(shown)).toBe(before - 1);
    } else shown = await second.press('Later', shown);
  }
  expect([answered, changed]).toEqual([true, true]);
  await town.bot.tick();
  expect(JSON.stringify(sana.dms().at(-1))).toContain('Nothing of the kind.');
  const db = await openDatabase(town.database);
  try {
    const [own] = await db.selectFrom('guild_answers').selectAll().where('about', 'is not', null).execute();
    expect(own).toMatchObject({ answer: 'The page says something else by now.' });
    expect((await sana.slash('guide ask', { question: own!.question.slice(0, 120) })).text).toContain('something else by now'); // prettier-ignore
  } finally {
    await db.destroy();
  }
});

test('a tip that is no longer right is left out with one press, and taken back with another', async () => {
  town.sandbox.clock.advance(86_400_000);
  let shown = await town.moderator.slash('review next');
  for (let i = 0; i < 200 && !shown.text.includes('A tip to look at'); i += 1)
    shown = await town.moderator.press('Later', shown);
  const before = waiting(shown);
  const title = /\n\*\*(.+)\*\*|^\*\*(.+)\*\*/m.exec(shown.text)?.[0] ?? '';
  expect(title).not.toBe('');
  const next = await town.moderator.press('No longer right', shown);
  expect(next.text).toMatch(/neither posted nor shown here any more/);
  expect(next.text).not.toContain(title);
  const back = await town.moderator.press('Take that back', next);
  expect(back.text).toMatch(/in use as before/);
  expect(waiting(back)).toBe(before);
});
