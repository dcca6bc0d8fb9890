import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { overwritePerson } from '../db/open.ts';
import { deleteSpentExits, deleteSpentRoleOrders } from '../db/personal-data/ground.ts';
import type { Acting } from '../guild/acting.ts';
import { keptSections, type Sections } from '../guild/area.ts';
import { inTurn } from '../guild/turn.ts';
import { areas } from './areas.ts';

/**
 * Everything that is held on a member in a guild, with keys that a person can read; undefined when that is nothing.
 * Works in a guild that was never set up or left again, too: what is held is theirs.
 */
export async function exportMember(ctx: Context, whose: Acting): Promise<Sections | undefined> {
  const sections: Sections[] = [];
  for (const area of areas) sections.push(await area.held(ctx, whose));
  if (sections.every(isEmpty)) return undefined;
  const head = { exportedAt: ctx.now(), server: whose.guildId, you: whose.userId };
  return sections.reduce((all, each) => ({ ...all, ...each }), head);
}

/** Whether there is anything that deleting removes: what protects others is kept until its time is over. */
export async function hasDeletable(ctx: Context, whose: Acting): Promise<boolean> {
  const sections: Sections[] = [];
  for (const area of areas) sections.push(withoutKept(await area.held(ctx, whose)));
  return !sections.every(isEmpty);
}

function withoutKept(sections: Sections): Sections {
  return Object.fromEntries(Object.entries(sections).filter(([name]) => !keptSections.includes(name)));
}

function isEmpty(sections: Sections): boolean {
  return Object.values(sections).every((held) => (Array.isArray(held) ? held.length === 0 : (held ?? null) === null));
}

/**
 * Deletes everything that is held on a member in a guild. In the same transaction requests and mentorships end, partners
 * are told, cards in the staff channel and messages to others lose the name, and the roles are owed to be taken: that
 * order carries the member's id until it is done, then `forgetDeleted` drops it.
 * @returns false when nothing was held: done already, or never registered.
 */
export async function deleteMemberData(ctx: Context, whose: Acting): Promise<boolean> {
  for (const area of areas) await area.letGo?.(ctx, whose, 'deleted');
  const deleted = await inTurn(ctx.db, whose.guildId, async (trx) => {
    for (const area of areas) await area.memberGone?.(trx, ctx, whose, 'deleted');
    for (const area of areas) await area.revise?.(trx, ctx, whose);
    let hadAnything = false;
    for (const area of areas) {
      // With thousands of rows this takes tens of milliseconds: in between whoever needs no database is answered.
      await nextTurn();
      hadAnything = (await area.erase(trx, ctx, whose)) || hadAnything;
    }
    return hadAnything;
  });
  await nextTurn();
  if (deleted) await overwritePerson(ctx.db);
  return deleted;
}

/** Drops orders about members that were carried out, among them what a deletion had to leave behind. Returns how many. */
export async function forgetDeleted(ctx: Context): Promise<number> {
  return (await deleteSpentRoleOrders(ctx.db)) + (await deleteSpentExits(ctx.db));
}
