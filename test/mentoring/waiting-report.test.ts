/** What moderators hear each week of those who wait. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findGuild } from '../../src/db/guilds.ts';
import { saveSetup } from '../../src/lifecycle/setup.ts';
import { readWaitingReport, reportWaiting } from '../../src/mentoring/waiting-report.ts';
import { joinWaitlist } from '../../src/mentoring/waitlist.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, owedTo } from '../support/members.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
  // The guild was set up in Chicago; the test's Monday is six in the morning there.
  await saveSetup(ctx, guildId, { zone: 'America/New_York' });
});
afterEach(() => ctx.db.destroy());

const reports = async () => (await owedTo(ctx, null)).filter((kind) => kind === 'waiting-report').length;
/** Lets days pass, with a heartbeat every few hours. */
async function pass(days: number): Promise<void> {
  for (let hours = 0; hours < days * 24; hours += 6) {
    ctx.advance({ hours: 6 });
    await reportWaiting(ctx);
    await reportWaiting(ctx);
  }
}
const waiting = async (languages: string[]) => {
  const mentee = await addMentee(ctx, { languages });
  await joinWaitlist(ctx, guildId, mentee);
  return mentee;
};

test('nothing while nobody waits for long, then once a week for as long as somebody does', async () => {
  await waiting(['es']);
  await pass(13);
  expect(await reports()).toBe(0);
  // The third Monday.
  await pass(2);
  expect(await reports()).toBe(1);
  await pass(7);
  expect(await reports()).toBe(2);
});

test('names who waits, whether anybody suits, what places there are, and who waits to be verified', async () => {
  const [alone, suited] = [await waiting(['es']), await waiting(['en'])];
  ctx.advance({ days: 15 });
  const recent = await waiting(['en']);
  await addMentor(ctx, { profile: { capacity: 3 } });
  await addMentor(ctx, { profile: { state: 'paused' } });
  const unverified = await addMentor(ctx, { profile: { verification: 'waiting' } });
  ctx.advance({ days: 3 });
  const report = await readWaitingReport(ctx, (await findGuild(ctx.db, guildId))!);
  expect(report).toMatchObject({
    waiting: 3,
    long: { count: 2 },
    supply: { places: 3, mentors: 1, paused: 1 },
    unverified: { count: 1, some: [{ user_id: unverified }] },
  });
  expect(report.long.some.map(({ mentee_id: id, found }) => [id, found?.is])).toEqual([
    [alone, 'nobody'],
    [suited, 'suggestions'],
  ]);
  expect(JSON.stringify(report.long)).not.toContain(recent);
});

test('comes where only a mentor waits to be verified, and not for what was due while the bot was away for long', async () => {
  await addMentor(ctx, { profile: { verification: 'waiting' } });
  ctx.advance({ days: 10 });
  await reportWaiting(ctx);
  expect(await reports()).toBe(0);
  await pass(7);
  expect(await reports()).toBe(1);
});
