/** A group that was formed is offered to its members, who say yes or no. */
import type { Context } from '../../context.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, insertGroup } from '../../db/study/groups.ts';
import { findGroupMember, listGroupMembers } from '../../db/study/members.ts';
import { deleteSeeker } from '../../db/study/seekers.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { groupSize } from '../../matching/form/index.ts';
import { later } from '../../time.ts';
import { givePlace } from '../groups/change.ts';
import { requireStillWanted, takePlace } from '../groups/join.ts';
import { takeOut } from '../groups/leave.ts';
import { requireRoomFor } from '../groups/room.ts';
import { formingDays, offerHours, sessionMinutes } from '../limits.ts';
import { subjectOf } from '../topics.ts';
import type { Waiting } from './input.ts';

/**
 * Makes a group of people who were just looked at, and offers it to each of them.
 * @param members three to six who wait for the same.
 * @returns its id.
 */
export async function offerGroup(
  trx: Trx,
  ctx: Context,
  members: readonly Waiting[],
  languages: readonly string[],
): Promise<string> {
  const [{ stored: first }] = members as readonly [Waiting, ...Waiting[]];
  const now = ctx.now();
  const guildId = first.guild_id;
  const fixed = members.flatMap(({ stored }) => stored.target_from ?? []).toSorted();
  const id = newId(ctx.random);
  await insertGroup(trx, {
    id,
    guild_id: guildId,
    kind: first.kind,
    topic: first.topic,
    place: first.place,
    // The middle of three suits whoever is two months from the others' ends.
    target: fixed[Math.floor(fixed.length / 2)] ?? null,
    languages,
    size: groupSize.max,
    sessions: Math.min(...members.map(({ stored }) => stored.sessions)),
    minutes: sessionMinutes.usual,
    about: '',
    author_id: null,
    // Whoever says yes first looks after it.
    owner_id: null,
    created_at: now,
    state_until: later(now, { days: formingDays }),
  });
  for (const { stored } of members) {
    const { user_id: userId } = stored;
    const until = later(now, { hours: offerHours });
    await givePlace(trx, { guildId, userId }, id, { act: 'offer', since: now, until });
    await insertNotice(trx, ctx, { guildId, userId, kind: 'group-offered', subjectId: id });
  }
  return id;
}

/**
 * Somebody says yes to a group that they are offered; a second yes changes nothing.
 * @throws UserError when the offer is over, or somebody was blocked or suspended since.
 */
export async function acceptOffer(ctx: Context, whose: Acting, groupId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await findGroup(trx, groupId);
    const own = await findGroupMember(trx, groupId, whose.userId);
    const isOpen = group?.guild_id === whose.guildId && group.state !== 'closed';
    if (isOpen && (own?.state === 'member' || own?.state === 'resting')) return;
    if (!isOpen || own?.state !== 'offered') throw new UserError((t) => t.study.refused.offerOver);
    await requireStillWanted(trx, ctx, whose, groupId);
    await requireRoomFor(trx, whose, subjectOf(group));
    const members = await listGroupMembers(trx, groupId);
    if (members.filter(({ state }) => state !== 'offered').length >= groupSize.max) {
      throw new UserError((t) => t.study.refused.full);
    }
    await takePlace(trx, ctx, whose, group);
  });
}

/** Somebody says no to it; they go on seeking unless they stop. */
export async function declineOffer(ctx: Context, whose: Acting, groupId: string, stops: boolean): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await findGroup(trx, groupId);
    const own = await findGroupMember(trx, groupId, whose.userId);
    if (group?.guild_id !== whose.guildId || own?.state !== 'offered') {
      throw new UserError((t) => t.study.refused.offerOver);
    }
    await takeOut(trx, ctx, group, whose.userId, 'declined');
    if (stops) await deleteSeeker(trx, whose, group.kind, group.topic);
  });
}
