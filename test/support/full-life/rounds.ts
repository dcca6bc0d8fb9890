import type { Acting } from '../../../src/guild/acting.ts';
import type { TestContext } from '../context.ts';

/** Rounds in which they were matched, and that they began. */
export async function fillRounds({ db, now }: TestContext, { guildId: guild_id, userId }: Acting, other: string) {
  const at = now();
  const figures = JSON.stringify({ droppedPins: [{ menteeId: userId, mentorId: other }] });
  await db
    .insertInto('rounds')
    .values({
      id: 'round',
      guild_id,
      state: 'discarded',
      floor: 0,
      created_by: userId,
      created_at: at,
      closed_at: at,
      closed_by: userId,
      figures,
    }) // prettier-ignore
    .execute();
  const pair = { round_id: 'round', guild_id };
  await db
    .insertInto('round_pairs')
    .values([
      { ...pair, mentee_id: userId, mentor_id: other, fit: 1, reasons: '[]' },
      { ...pair, mentee_id: other, mentor_id: userId, fit: 1, reasons: '[]' },
    ])
    .execute();
  await db
    .insertInto('round_left')
    .values({ ...pair, mentee_id: userId, why: 'no-eligible' })
    .execute();
  const wish = { ...pair, kind: 'pinned' as const, created_at: at };
  await db
    .insertInto('round_wishes')
    .values([
      { ...wish, mentee_id: userId, mentor_id: other, created_by: userId },
      { ...wish, mentee_id: other, mentor_id: userId, created_by: other },
    ])
    .execute();
}
