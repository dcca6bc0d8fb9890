import { findRound, type Round } from '../../../src/db/rounds.ts';
import { computeRound } from '../../../src/mentoring/rounds/compute.ts';
import { openRound } from '../../../src/mentoring/rounds/open.ts';
import { readPreview } from '../../../src/mentoring/rounds/view.ts';
import { joinWaitlist } from '../../../src/mentoring/waitlist.ts';
import { type TestContext, testGuildId } from '../../support/context.ts';
import { addMentee, type MemberSpec } from '../../support/members.ts';
import { testModeratorId } from '../../support/people.ts';
import type { Acting } from '../../../src/guild/acting.ts';

/** The moderator of the test's guild. */
export const moderator: Acting = { guildId: testGuildId, userId: testModeratorId };

/** Registers a mentee who waits for a mentor. Returns the user's id. */
export async function addWaiting(ctx: TestContext, spec: MemberSpec = {}): Promise<string> {
  const menteeId = await addMentee(ctx, spec);
  await joinWaitlist(ctx, spec.guildId ?? testGuildId, menteeId);
  return menteeId;
}

/** Opens a round and computes it. */
export async function preview(ctx: TestContext, by: Acting = moderator, floor?: number): Promise<Round> {
  return await finish(ctx, await openRound(ctx, by, floor));
}

/** Computes a round that was opened. */
export async function finish(ctx: TestContext, round: Round): Promise<Round> {
  const computed = await computeRound(ctx, round, () => undefined);
  if (!computed) throw new Error('the round was cancelled');
  return computed;
}

/** The pairs of a preview, as `mentee mentor`. */
export async function pairsOf(ctx: TestContext, round: Round): Promise<string[]> {
  const { pairs } = await readPreview(ctx, round);
  return pairs.map((pair) => `${pair.mentee_id} ${pair.mentor_id}`).toSorted();
}

/** How a round now stands. */
export async function stateOf(ctx: TestContext, round: Round): Promise<string | undefined> {
  return (await findRound(ctx.db, round.guild_id, round.id))?.state;
}
