import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { type BotProcess, startBot } from '../../sandbox/bot.ts';
import { removePlace, settingsOf } from '../support/postgres/database.ts';
import { ask, type Community, day, openCommunity } from '../support/play.ts';

let folder: string;
let community: Community;
let second: BotProcess | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preceptor-two-'));
  community = await openCommunity({ env: await settingsOf(join(folder, 'preceptor.db')) });
});
afterEach(async () => {
  await second?.stop();
  await community.close();
  rmSync(folder, { recursive: true });
  await removePlace(join(folder, 'preceptor.db'));
});

const startSecond = async () =>
  (second = await startBot(community.sandbox, { env: await settingsOf(join(folder, 'preceptor.db')), byHand: true }));

/** Lets time pass for both, and waits until both have done what became due. */
async function pass(ms: number): Promise<void> {
  community.sandbox.clock.advance(ms);
  await Promise.all([community.bot.settled(), second?.settled()]);
  // What one had claimed while the other looked.
  await Promise.all([community.bot.tick(), second?.tick()]);
}

test('two processes on one database do every job and send every message once, also when one is killed', async () => {
  const pairs: { mentor: Actor; mentee: Actor }[] = [];
  for (let n = 1; n <= 4; n += 1) {
    const pair = { mentor: await community.mentor(`Mentor ${n}`), mentee: await community.mentee(`Mentee ${n}`) };
    await ask(pair.mentee, pair.mentor);
    pairs.push(pair);
  }
  await startSecond();
  await pass(3 * day);
  await pass(3 * day);
  await second?.kill();
  await startSecond();
  await pass(day);
  for (const { mentor, mentee } of pairs) {
    const received = mentor.dms().filter((message) => JSON.stringify(message).includes(mentee.id));
    // The request and two nudges.
    expect(received).toHaveLength(3);
    const told = mentee.dms().filter((message) => /has not answered in time/.test(JSON.stringify(message)));
    expect(told).toHaveLength(1);
  }
});
