/**
 * The longest turn of the event loop in which large work holds up everybody else: a matching round that is computed,
 * shown, exported and published, a decline of one of its requests, a search for a time zone, and a guild that goes.
 *
 * Then a mentor with a thousand requests waiting pauses, or deletes their data, and posts are claimed after two weeks down.
 *
 *   node bench/loop.ts [--pairs 5000]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { previewCsv } from '../src/commands/round/csv.ts';
import { searchZones } from '../src/content/zones/index.ts';
import { updateGuild } from '../src/db/guilds.ts';
import { purgeOld } from '../src/lifecycle/purge.ts';
import { computeRound } from '../src/mentoring/rounds/compute.ts';
import { openRound } from '../src/mentoring/rounds/open.ts';
import { findReach, publishRound } from '../src/mentoring/rounds/publish.ts';
import { readPreview } from '../src/mentoring/rounds/view.ts';
import { requireZone } from '../src/guild/zones.ts';
import { declineRequest } from '../src/mentoring/requests/answer.ts';
import { openTestContext, testGuildId as guildId } from '../test/support/context.ts';
import { addCrowd, strangers } from '../test/support/crowd.ts';
import { insertSchedule } from '../src/db/schedules.ts';
import { deleteMemberData } from '../src/lifecycle/personal-data.ts';
import { pauseMember } from '../src/mentoring/profiles/pause.ts';
import { inParts } from '../src/parts.ts';
import { claimDue } from '../src/posts/claim.ts';
import { nextDue } from '../src/posts/due.ts';
import { later } from '../src/time.ts';
import { report } from './statistics.ts';

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '5000' } } });
const pairs = Number(values.pairs);
const atMost = 50;

/** Runs some work, and reports for how long it kept others from running at most, in milliseconds. */
async function longestTurn<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  // What was left to do from before is not part of it.
  for (let i = 0; i < 20; i += 1) await nextTurn();
  const done = new AbortController();
  let [longest, last] = [0, performance.now()];
  const watch = async () => {
    while (!done.signal.aborted) {
      await nextTurn();
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
  };
  const watching = watch();
  const from = performance.now();
  const result = await work();
  const whole = performance.now() - from;
  done.abort();
  await watching;
  report(`${what} (${whole.toFixed(0)} ms in all)`, longest, 'ms', { atMost });
  return result;
}

const folder = mkdtempSync(join(tmpdir(), 'preceptor-loop-'));
try {
  const ctx = await openTestContext({ file: join(folder, 'bench.db') });
  ctx.advance({ ms: Date.now() - Date.parse(ctx.now()) });
  const by = { guildId, userId: '800000000000000001' };
  await addCrowd(ctx.db, guildId, {
    mentees: strangers(pairs, 500_000_000_000_000_000n),
    mentors: strangers(pairs, 600_000_000_000_000_000n),
  });
  const opened = await openRound(ctx, by);
  const computed = await longestTurn('compute a round', () => computeRound(ctx, opened, () => undefined));
  if (!computed) throw new Error('the round was taken away');
  const reach = await longestTurn('count whom publishing reaches', () => findReach(ctx, guildId));
  const view = await longestTurn('read the preview', () => readPreview(ctx, reach.round));
  const file = await longestTurn('write its CSV', () => previewCsv(ctx.t, view, () => undefined));
  const { requests } = await longestTurn('publish', () => publishRound(ctx, by, computed));
  console.log(`  ${requests} requests, ${(file.length / 1e6).toFixed(1)} MB of CSV`);
  const [first] = await ctx.db.selectFrom('requests').selectAll().where('state', '=', 'pending').limit(1).execute();
  if (!first) throw new Error('no request');
  const decline = () => declineRequest(ctx, first.mentor_id, first.id, { choice: 'no-place', note: '' });
  await longestTurn('decline one, and ask the next best', decline);
  // 6,000 characters, the most that Discord takes for an option of a command.
  const typed = 'new york '.repeat(700).slice(0, 6_000);
  await longestTurn('search for a time zone', () => searchZones(typed, Date.now()));
  await longestTurn('refuse a time zone', () => {
    try {
      requireZone(typed, ctx.now());
    } catch {
      // That is what it is for.
    }
  });
  await updateGuild(ctx.db, guildId, { left_at: ctx.now() });
  ctx.advance({ days: 100 });
  await longestTurn('purge the guild', async () => {
    while ((await purgeOld(ctx, 200)) > 0) await nextTurn();
  });
  await ctx.db.destroy();
  await measureMentors();
  await measurePosts();
} finally {
  rmSync(folder, { recursive: true });
}

/** A mentor whom a thousand mentees have asked, each with another in mind, pauses; another deletes their data. */
async function measureMentors(): Promise<void> {
  const ctx = await openTestContext({ file: join(folder, 'mentors.db') });
  const asked = 1_000;
  const mentees = strangers(2 * asked, 500_000_000_000_000_000n);
  const mentors = strangers(60, 600_000_000_000_000_000n);
  await addCrowd(ctx.db, guildId, { mentees, mentors });
  const [pauses, deletes, ...others] = mentors as [string, string, ...string[]];
  const at = ctx.now();
  const expires_at = later(at, { days: 7 });
  for (const [from, mentor] of [
    [0, pauses],
    [asked, deletes],
  ] as const) {
    // prettier-ignore
    const ofTheirs = mentees.slice(from, from + asked).flatMap((mentee, i) => {
      const common = { guild_id: guildId, mentee_id: mentee, message: '', created_at: at };
      const second = { ...common, mentor_id: others[i % others.length] as string, state: 'queued' as const, choice: 2 };
      const first = { ...common, mentor_id: mentor, state: 'pending' as const, choice: 1, sent_at: at, expires_at };
      return [{ id: `first-${mentee}`, ...first }, { id: `second-${mentee}`, ...second }];
    });
    for await (const part of inParts(ofTheirs, 500)) {
      for (const request of part) await ctx.db.insertInto('requests').values(request).execute();
    }
  }
  await longestTurn(`pause a mentor with ${asked} requests waiting`, () => pauseMember(ctx, { guildId, userId: pauses }, {})); // prettier-ignore
  await longestTurn(`delete the data of one with ${asked}`, () => deleteMemberData(ctx, { guildId, userId: deletes }));
  const left = await ctx.db.selectFrom('requests').select('id').where('mentor_id', 'in', [pauses, deletes]).where('state', 'in', ['pending', 'queued']).execute(); // prettier-ignore
  if (left.length > 0) throw new Error(`${left.length} wait in vain`);
  await ctx.db.destroy();
}

/** Schedules of half hours in many guilds, after two weeks in which nothing ran. */
async function measurePosts(): Promise<void> {
  const ctx = await openTestContext({ file: join(folder, 'posts.db') });
  const at = ctx.now();
  for (let i = 0; i < 40; i += 1) {
    const zone = 'America/New_York';
    const cron = '0,30 * * * *';
    const schedule = {
      id: `schedule-${i}`,
      guild_id: guildId,
      kind: 'tip' as const,
      channel_id: '700000000000000001',
      cron,
      zone,
      crosspost: 0 as const,
      state: 'active' as const,
      next_due_at: nextDue(cron, zone, at) ?? null,
      created_at: at,
      updated_at: at,
    };
    await insertSchedule(ctx.db, schedule, 1_000);
  }
  ctx.advance({ days: 14 });
  await longestTurn('claim the posts of 40 schedules after two weeks down', () => claimDue(ctx));
  await ctx.db.destroy();
}
