import type { Context } from '../../context.ts';
import { insertGroup, type StudyGroup } from '../../db/study/groups.ts';
import { deleteSeeker } from '../../db/study/seekers.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { groupSize } from '../../matching/form/index.ts';
import { later } from '../../time.ts';
import { offersForbiddenMaterial } from '../../integrity.ts';
import { formingDays, monthsAhead, sessionMinutes } from '../limits.ts';
import { monthNumber, requireHours } from '../people.ts';
import type { StudySubject } from '../topics.ts';
import { givePlace } from './change.ts';
import { isSuspended } from './join.ts';
import { requireRoomFor } from './room.ts';

/** What somebody says of the group that they would like. */
export interface GroupDraft {
  readonly subject: StudySubject;
  /** `2027-03`; null for not fixed. */
  readonly target: string | null;
  readonly languages: readonly string[];
  readonly size: number;
  readonly sessions: number;
  readonly minutes: number;
  readonly about: string;
}

/**
 * Creates a group with its first member, who owns it. It waits for two more.
 * @throws UserError without hours, with a draft that cannot be, or where somebody is in enough groups of the kind.
 */
export async function createGroup(ctx: Context, whose: Acting, draft: GroupDraft): Promise<string> {
  requireSound(draft, ctx.now());
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const now = ctx.now();
    await requireGuild(trx, whose.guildId);
    await requireHours(trx, whose, now);
    await requireRoomFor(trx, whose, draft.subject);
    if (await isSuspended(trx, ctx, whose)) throw new UserError((t) => t.studyGroups.refused.suspended);
    const group = {
      id: newId(ctx.random),
      guild_id: whose.guildId,
      ...draft.subject,
      target: draft.target,
      languages: draft.languages,
      size: draft.size,
      sessions: draft.sessions,
      minutes: draft.minutes,
      about: draft.about,
      author_id: whose.userId,
      owner_id: whose.userId,
      created_at: now,
      state_until: later(now, { days: formingDays }),
    };
    await insertGroup(trx, group);
    await givePlace(trx, whose, group.id, { act: 'join', since: now, until: null });
    await deleteSeeker(trx, whose, draft.subject.kind, draft.subject.topic);
    return group.id;
  });
}

/** @throws UserError naming what is not possible, and what is. */
export function requireSound(
  draft: Pick<StudyGroup, 'target' | 'sessions' | 'about' | 'size' | 'minutes'>,
  now: string,
): void {
  const { target, size, sessions, minutes, about } = draft;
  if (size < groupSize.min || size > groupSize.max) throw new UserError((t) => t.study.refused.size(groupSize));
  if (sessions < 1 || sessions > 3) throw new UserError((t) => t.study.refused.sessions);
  if (minutes < sessionMinutes.min || minutes > sessionMinutes.max) {
    throw new UserError((t) => t.study.refused.minutes(sessionMinutes));
  }
  const months = target === null ? 0 : monthNumber(target) - monthNumber(now.slice(0, 7));
  if (months < 0) throw new UserError((t) => t.study.refused.targetOver);
  if (months > monthsAhead) throw new UserError((t) => t.study.refused.targetFar(monthsAhead));
  if (offersForbiddenMaterial(about)) throw new UserError((t) => t.study.refused.integrity);
}
