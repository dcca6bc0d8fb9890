/** Moderators take somebody out of the groups that they share with somebody else: nobody learns by whom, or why. */
import type { Context } from '../../context.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup } from '../../db/study/groups.ts';
import { listMembershipsOf } from '../../db/study/members.ts';
import type { Acting } from '../../guild/acting.ts';
import { takeOut } from './leave.ts';

/**
 * Takes somebody out of every group in which one of these others is, and takes back what they are offered there. They read
 * what anybody reads who is no longer in one; the group learns that a place is free.
 * @returns how many groups it was; 0 where they share none.
 */
export async function takeOutOfShared(
  ctx: Context,
  trx: Trx,
  whose: Acting,
  others: readonly string[],
): Promise<number> {
  const shared = new Set<string>();
  for (const userId of others) {
    for (const { group_id: id, state } of await listMembershipsOf(trx, { ...whose, userId }))
      if (state !== 'offered') shared.add(id);
  }
  let taken = 0;
  for (const { group_id: id, state } of await listMembershipsOf(trx, whose)) {
    const group = shared.has(id) ? await findGroup(trx, id) : undefined;
    if (!group || !(await takeOut(trx, ctx, group, whose.userId, 'moderator'))) continue;
    const what = state === 'offered' ? 'offer-gone' : 'removed';
    await insertNotice(trx, ctx, { ...whose, kind: 'group-news', subjectId: id, detail: { what } });
    taken += 1;
  }
  return taken;
}
