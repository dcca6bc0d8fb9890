/** A block is told from no other rule: neither by what somebody reads, nor by how often the database is asked for it. */
import type { KyselyPlugin } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { touchPool } from '../../src/db/pool.ts';
import { blockMember, unblockMember } from '../../src/mentoring/blocks.ts';
import { findMentors } from '../../src/mentoring/find.ts';
import { pauseMember } from '../../src/mentoring/profiles/pause.ts';
import { findVisibleProfiles } from '../../src/mentoring/profiles/visible.ts';
import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { readWaiting } from '../../src/mentoring/supply.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, type MemberSpec } from '../support/members.ts';

let ctx: TestContext;
let mentee: string;
beforeEach(async () => {
  ctx = await openTestContext();
  mentee = await addMentee(ctx);
});
afterEach(() => ctx.db.destroy());

const by = (userId: string) => ({ guildId, userId });

/** What a mentee meets at each door to a mentor, with the number of statements; the second time, as memory is warm then. */
async function atEachDoor(mentorId: string) {
  let statements = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      statements += 1;
      return Promise.resolve(result);
    },
  };
  const seen = { ...ctx, db: ctx.db.withPlugin(counting) };
  const doors: Record<string, () => Promise<unknown>> = {
    'mentor request': () => requestMentor(seen, { guildId, menteeId: mentee, mentorId, message: '' }),
    'profile show': () => findVisibleProfiles(seen, { ...by(mentee), isModerator: false }, mentorId),
    'mentor find': () => findMentors(seen, guildId, mentee),
    'mentor waiting': () => readWaiting(seen, guildId, mentee),
  };
  const met: Record<string, unknown> = {};
  for (const [name, door] of Object.entries(doors)) {
    const open = async () => await door().catch((error: Error) => error.message);
    await open();
    const before = statements;
    met[name] = [JSON.stringify(await open()), statements - before];
  }
  return met;
}

describe.each<[string, MemberSpec]>([
  ['who would suit', {}],
  ['who has no place', { profile: { capacity: 0 } }],
  ['with no language in common', { languages: ['ur'] }],
  ['who is not verified yet', { profile: { verification: 'waiting' } }],
])('a mentor %s', (_who, spec) => {
  test.each(['mentor', 'mentee'] as const)(
    'and whom a block by the %s keeps away looks like one who paused',
    async (who) => {
      const mentor = await addMentor(ctx, spec);
      await ctx.db.transaction().execute((trx) => touchPool(trx, guildId));
      const [one, other] = who === 'mentor' ? [mentor, mentee] : [mentee, mentor];
      await blockMember(ctx, by(one), other);
      const blocked = await atEachDoor(mentor);
      await unblockMember(ctx, by(one), other);
      await pauseMember(ctx, by(mentor), { role: 'mentor' });
      expect(blocked).toEqual(await atEachDoor(mentor));
      expect((blocked['profile show'] as [string, number])[1]).toBeGreaterThan(2);
    },
  );
});

test('within a mentorship that goes on a block gives itself away nowhere; once it has ended, neither sees the other', async () => {
  const mentor = await addMentor(ctx);
  const { request } = await requestMentor(ctx, { guildId, menteeId: mentee, mentorId: mentor, message: '' });
  await acceptRequest(ctx, mentor, request.id);
  const seen = async (viewer: string, of: string) =>
    JSON.stringify(await findVisibleProfiles(ctx, { ...by(viewer), isModerator: false }, of));
  const before = [await seen(mentee, mentor), await seen(mentor, mentee)];
  await blockMember(ctx, by(mentee), mentor);
  expect([await seen(mentee, mentor), await seen(mentor, mentee)]).toEqual(before);
  await ctx.db.updateTable('mentorships').set({ state: 'ended', ended_at: ctx.now() }).execute();
  expect([await seen(mentee, mentor), await seen(mentor, mentee)]).toEqual([undefined, undefined]);
});
