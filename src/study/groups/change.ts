/** The one place where a group, or somebody's place in it, goes from one state into another: by the tables of `states.ts`. */
import type { Trx } from '../../db/open.ts';
import type { GroupLeaving, GroupMemberState, StudyClosing } from '../../db/schema.ts';
import { markGroupClosed, moveGroup } from '../../db/study/groups.ts';
import { moveGroupMember, upsertGroupMember } from '../../db/study/members.ts';
import type { Acting } from '../../guild/acting.ts';
import type { Instant } from '../../time.ts';
import { groupMove, type Place, type PlaceAct, placeMove } from '../states.ts';

/** Brings a group into another state, unless it is closed. Returns false where the table has no such row. */
export async function changeGroup(
  trx: Trx,
  groupId: string,
  act: 'begin' | 'rest' | 'wake',
  as: { readonly until?: Instant; readonly heldAt?: Instant },
): Promise<boolean> {
  const { from, to } = groupMove(act);
  return await moveGroup(trx, groupId, from, { ...as, state: to });
}

/** Closes a group. Returns false when it is closed already, or was not in a state from which this is possible. */
export async function endGroup(
  trx: Trx,
  groupId: string,
  act: 'close' | 'merge',
  as: { readonly why: StudyClosing; readonly at: Instant },
): Promise<boolean> {
  return await markGroupClosed(trx, groupId, groupMove(act).from, as);
}

/** How a row says it: whoever is outside has left, or has none; whoever applied stands in another table. */
const stored = (place: Place): GroupMemberState | undefined =>
  place === 'applied' ? undefined : place === 'outside' ? 'left' : place;

/** Changes the place of somebody who is in a group, or is offered it. Returns false where they were not in such a place. */
export async function changePlace(
  trx: Trx,
  groupId: string,
  userId: string,
  act: PlaceAct,
  as: { readonly until?: Instant; readonly why?: GroupLeaving } = {},
): Promise<boolean> {
  const { from, to } = placeMove(act);
  const states = from.flatMap((place) => (place === 'outside' ? [] : (stored(place) ?? [])));
  return await moveGroupMember(trx, groupId, userId, states, { ...as, state: stored(to)! });
}

/** Puts somebody into a group, or offers it to them; whoever was there before is so again. What allows it is known. */
export async function givePlace(
  trx: Trx,
  whose: Acting,
  groupId: string,
  as: {
    readonly act: 'join' | 'offer' | 'merge';
    readonly since: Instant;
    readonly until: Instant | null;
    readonly isResting?: boolean;
  },
): Promise<void> {
  const state = as.act === 'offer' ? 'offered' : as.isResting === true ? 'resting' : 'member';
  const who = { group_id: groupId, user_id: whose.userId, guild_id: whose.guildId, since: as.since };
  await upsertGroupMember(trx, who, { state, until: as.until });
}
