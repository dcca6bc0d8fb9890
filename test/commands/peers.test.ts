import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openPair, type Pair } from '../support/pairs.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let pair: Pair;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  pair = await openPair(town);
});
afterAll(() => town.close());

const letter = (person: Actor, words: RegExp) => person.dms().findLast((dm) => words.test(JSON.stringify(dm)));

/** Both say that they are done. */
async function complete({ mentor, mentee }: Pair): Promise<void> {
  await mentee.press('Yes, we are done', await mentee.slash('mentorship end', { reason: 'completed' }));
  await town.bot.tick();
  await mentor.press('Yes, we are done', letter(mentor, /Yes, we are done/));
  await town.bot.tick();
}

async function setStage(mentee: Actor, stage: string): Promise<void> {
  const db = await openDatabase(town.database);
  await db.updateTable('profiles').set({ stage }).where('user_id', '=', mentee.id).where('role', '=', 'mentee').execute(); // prettier-ignore
  await db.destroy();
}

test('a mentee who was accepted reads of groups of people at the same point, and one press shows them', async () => {
  const accepted = letter(pair.mentee, /accepted your request|is your mentor/)!;
  expect(JSON.stringify(accepted)).toContain('People at the same point meet here, too: Applying.');
  const shown = await pair.mentee.press('See groups', accepted);
  expect(shown.text).toMatch(/First I need to know when you can usually meet/);
  await pair.mentee.slash('hours edit');
  await pair.mentee.submit({ Weekdays: ['18-21'], Weekend: ['08-12'] });
  expect((await pair.mentee.press('See groups', accepted)).text).toMatch(/No group/);
});

describe('at the end of a mentorship', () => {
  test('somebody on the way is led to their peers, and not asked to mentor', async () => {
    await complete(pair);
    const ended = JSON.stringify(letter(pair.mentee, /See groups/));
    expect(ended).toContain('People at the same point meet here, too');
    expect(ended).not.toContain('Would you be a mentor?');
  });

  test('somebody who matched is asked once whether they would mentor; not now lasts', async () => {
    const again = await openPair(town, ['Bela', 'Lena']);
    await setStage(again.mentee, 'matched');
    await complete(again);
    const asked = letter(again.mentee, /Would you be a mentor/)!;
    expect(asked).toBeDefined();
    expect(JSON.stringify(asked)).toContain('Become a mentor');
    expect((await again.mentee.press('Not now', asked)).text).toContain('I do not ask again for 90 days');
    expect(again.mentor.dms().some((dm) => /Would you be a mentor/.test(JSON.stringify(dm)))).toBe(false);
  });
});
