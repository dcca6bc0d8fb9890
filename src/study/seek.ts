/** Somebody would rather be placed. */
import type { Context } from '../context.ts';
import type { StudyGroup } from '../db/study/groups.ts';
import { deleteSeeker, listSeekersFor, upsertSeeker } from '../db/study/seekers.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { requireGuild } from '../guild/guilds.ts';
import { inTurn } from '../guild/turn.ts';
import { comparedAtMost } from './limits.ts';
import { requireHours } from './people.ts';
import { requireSound } from './groups/create.ts';
import { isSuspended } from './groups/join.ts';
import { requireRoomFor } from './groups/room.ts';
import type { StudySubject } from './topics.ts';

/** What somebody seeks. */
interface Wish {
  readonly subject: StudySubject;
  /** `2027-03`; null for not fixed. */
  readonly target: string | null;
  readonly languages: readonly string[];
  readonly sessions: number;
}

/**
 * Somebody becomes a seeker, or changes what they seek; their turn stays.
 * @returns how many others wait for the same.
 * @throws UserError without hours, or where they are in enough groups of the kind.
 */
export async function seekGroup(ctx: Context, whose: Acting, wish: Wish): Promise<number> {
  const { subject, target, languages, sessions } = wish;
  requireSound({ target, sessions, size: 4, minutes: 60, about: '' }, ctx.now());
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    await requireHours(trx, whose, ctx.now());
    await requireRoomFor(trx, whose, subject);
    if (await isSuspended(trx, ctx, whose)) throw new UserError((t) => t.studyGroups.refused.suspended);
    await upsertSeeker(trx, {
      guild_id: whose.guildId,
      user_id: whose.userId,
      kind: subject.kind,
      topic: subject.topic,
      place: subject.place,
      target_from: target,
      target_until: target,
      languages,
      sessions,
      since: ctx.now(),
    });
    const waiting = await listSeekersFor(trx, { guild_id: whose.guildId, ...subject }, comparedAtMost);
    return waiting.filter(({ user_id: userId }) => userId !== whose.userId).length;
  });
}

/** They look no longer. Returns whether they did. */
export async function stopSeeking(ctx: Context, whose: Acting, subject: StudySubject): Promise<boolean> {
  return await inTurn(ctx.db, whose.guildId, (trx) => deleteSeeker(trx, whose, subject.kind, subject.topic));
}

/**
 * Pure: what somebody waits for beside what they are offered. Their turn is kept until they have answered the offer; shown
 * beside it, it would read as if they waited for another.
 */
export function waitsBeside<Seeker extends Subject>(seeking: readonly Seeker[], offered: readonly Subject[]): Seeker[] {
  return seeking.filter(({ topic, place }) => !offered.some((one) => one.topic === topic && one.place === place));
}

type Subject = Pick<StudyGroup, 'topic' | 'place'>;
