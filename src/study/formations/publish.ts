import { insertAudit } from '../../db/audit.ts';
import { listBlocksAmong } from '../../db/blocks.ts';
import type { Context } from '../../context.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, insertGroup } from '../../db/study/groups.ts';
import { findGroupMember, listGroupMembers } from '../../db/study/members.ts';
import { deleteSeeker, listSeekersOf, type StoredSeeker } from '../../db/study/seekers.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { type FormedGroup, groupSize, type LeftOver } from '../../matching/form/index.ts';
import { later } from '../../time.ts';
import { givePlace } from '../groups/change.ts';
import { takeOut } from '../groups/leave.ts';
import { hasPlaceFor, requireRoomFor } from '../groups/room.ts';
import { isSuspended, requireStillWanted, subjectOf, takePlace } from '../groups/join.ts';
import { formingDays, offerHours, sessionMinutes } from '../limits.ts';
import { monthText } from '../people.ts';
import { type Formation, formNow, readSeekerId } from './form.ts';

/** What publishing came to; or the groups as they are by now, where they are others than the moderator saw. */
export type Published =
  | { readonly is: 'published'; readonly groups: number; readonly offered: number }
  | { readonly is: 'changed'; readonly formation: Formation };

/**
 * Offers the groups that a moderator saw to their members. Whatever changed since then is shown first.
 * @param seen the digest of what they saw.
 */
export async function publishFormation(ctx: Context, by: Acting, seen: string): Promise<Published> {
  const formation = await formNow(ctx, by.guildId);
  if (formation.digest !== seen) return { is: 'changed', formation };
  const { groups, left } = formation.plan;
  let [made, offered] = [0, 0];
  for (const group of groups) {
    const count = await inTurn(ctx.db, by.guildId, (trx) => offerGroup(trx, ctx, by.guildId, group));
    if (count > 0) made += 1;
    offered += count;
  }
  for (const each of left) await inTurn(ctx.db, by.guildId, (trx) => tellLeftOver(trx, ctx, by.guildId, each));
  await inTurn(ctx.db, by.guildId, async (trx) => {
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'groups-formed',
      detail: { groups: made, members: offered },
    });
  });
  return { is: 'published', groups: made, offered };
}

/** Makes a group and offers it to everybody in it who still seeks one. Returns to how many; 0 when too few do. */
export async function offerGroup(trx: Trx, ctx: Context, guildId: string, formed: FormedGroup): Promise<number> {
  const seekers: StoredSeeker[] = [];
  for (const id of formed.members) {
    const { userId, topic } = readSeekerId(id);
    const whose = { guildId, userId };
    const own = (await listSeekersOf(trx, whose)).find((each) => each.topic === topic);
    // Another press may have been quicker, and a block or a suspension may have come since it was worked out.
    if (!own || (await hasPlaceFor(trx, whose, topic)) || (await isSuspended(trx, ctx, whose))) continue;
    if (
      (
        await listBlocksAmong(
          trx,
          whose,
          seekers.map((each) => each.user_id),
        )
      ).length === 0
    )
      seekers.push(own);
  }
  const [first] = seekers;
  if (!first || seekers.length < groupSize.min) return 0;
  const now = ctx.now();
  const fixed = seekers.flatMap(({ target_from: from }) => (from === null ? [] : [from])).toSorted();
  const id = newId(ctx.random);
  await insertGroup(trx, {
    id,
    guild_id: guildId,
    kind: first.kind,
    topic: first.topic,
    place: first.place,
    // The middle of three suits whoever is two months from the others' ends.
    target: fixed[Math.floor(fixed.length / 2)] ?? null,
    languages: formed.languages,
    size: groupSize.max,
    sessions: Math.min(...seekers.map(({ sessions }) => sessions)),
    minutes: sessionMinutes.usual,
    about: '',
    author_id: null,
    // Whoever says yes first looks after it.
    owner_id: null,
    created_at: now,
    state_until: later(now, { days: formingDays }),
  });
  for (const { user_id: userId } of seekers) {
    const until = later(now, { hours: offerHours });
    await givePlace(trx, { guildId, userId }, id, { act: 'offer', since: now, until });
    await insertNotice(trx, ctx, { guildId, userId, kind: 'group-offered', subjectId: id });
  }
  return seekers.length;
}

/** Tells somebody whom no group had room for how it stands, and which small change would help. */
async function tellLeftOver(trx: Trx, ctx: Context, guildId: string, left: LeftOver): Promise<void> {
  const { userId, topic } = readSeekerId(left.id);
  if (!(await listSeekersOf(trx, { guildId, userId })).some((each) => each.topic === topic)) return;
  await insertNotice(trx, ctx, {
    guildId,
    userId,
    kind: 'seeker-left',
    detail: {
      topic,
      waiting: left.waiting,
      changes: left.nearMisses.map((change) =>
        change.is === 'hours'
          ? { is: 'hours', from: change.window.from, to: change.window.to, others: change.others.length }
          : change.is === 'month'
            ? { is: 'month', month: monthText(change.month), others: change.others.length }
            : { is: 'language', language: change.language, others: change.others.length },
      ),
    },
  });
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
