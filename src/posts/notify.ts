/** Roles that members take to be notified: offered by moderators, given and taken through the outbox. */
import type { Context } from '../context.ts';
import { insertAudit } from '../db/audit.ts';
import type { NoticeDetail } from '../db/notice-kinds.ts';
import { findNotifyRole, listNotifyRoles, upsertNotifyRole } from '../db/notify.ts';
import type { Db, Trx } from '../db/open.ts';
import { nameRoleInDefaults } from '../db/schedules.ts';
import type { NotifyKind } from '../db/schema.ts';
import { UserError } from '../errors.ts';
import { requireGuild } from '../guild/guilds.ts';
import type { Acting } from '../guild/acting.ts';
import { inTurn } from '../guild/turn.ts';
import { later } from '../time.ts';
import { insertNotice, readDetail } from '../db/notices/write.ts';
import { changeRoleOrder, listOwedRoles, listRoleOrders } from '../db/notices/role-orders.ts';

/** What members can be notified of, in the order in which it is shown. */
export const notifyKinds = ['tips', 'prompts', 'deadlines', 'announcements'] as const satisfies readonly NotifyKind[];

/** How often a role is changed at once, as when somebody presses the wrong button and then the right one. */
const changesAtOnce = 2;
/** For how long it then stays as it is: what is chosen in that time is done after it, once. */
const restMs = 10_000;

/** Which posts notify the role of a kind; the others have no schedules. */
const postKinds = { tips: 'tip', prompts: 'prompt' } as const;

/** The one role that an order of kind `member-roles` is about. */
export type RoleOrder = NonNullable<NoticeDetail<'member-roles'>>;

/**
 * Owes a member a role, or its end. What they want is not kept beside Discord: whoever has the role is notified.
 * @throws UserError when the guild does not offer it.
 */
export async function chooseNotify(ctx: Context, by: Acting, kind: NotifyKind, given: boolean): Promise<void> {
  await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    const role = await findNotifyRole(trx, by.guildId, kind);
    if (role === undefined) throw new UserError((t) => t.notify.refused.notOffered);
    await oweChosenRole(trx, ctx, by, { role, given });
  });
}

/**
 * Owes a member one role, or its end. An order about the same role that still waits says from now on what was chosen
 * last. One that is just being carried out is done again after a rest, and so is what changes once more: whoever presses
 * a hundred times costs Discord few requests.
 */
async function oweChosenRole(trx: Trx, ctx: Context, { guildId, userId }: Acting, order: RoleOrder): Promise<void> {
  const since = later(ctx.now(), { ms: -restMs });
  const orders = (await listRoleOrders(trx, guildId, userId, since)).filter(
    (notice) => readDetail('member-roles', notice)?.role === order.role,
  );
  const waiting = orders.find((notice) => notice.state === 'owed');
  if (waiting) {
    await changeRoleOrder(trx, waiting, JSON.stringify(order), later(ctx.now(), { ms: restMs }), ctx.now());
    return;
  }
  const [last] = orders;
  const rests = orders.length >= changesAtOnce && last?.delivered_at;
  await insertNotice(trx, ctx, {
    guildId,
    userId,
    kind: 'member-roles',
    detail: order,
    ...(rests ? { dueAt: later(rests, { ms: restMs }) } : {}),
  });
}

/** Whether a member will have these roles once everything owed is delivered: the last order about each decides. */
export async function pendingRoles(db: Db, whose: Acting): Promise<ReadonlyMap<string, boolean>> {
  const pending = new Map<string, boolean>();
  for (const notice of await listOwedRoles(db, whose.guildId, whose.userId)) {
    const order = readDetail('member-roles', notice);
    if (order) pending.set(order.role, order.given);
  }
  return pending;
}

/** Whether members of this guild may have this role from the bot, by their own choice. */
export async function isOffered(db: Db, guildId: string, roleId: string): Promise<boolean> {
  return (await listNotifyRoles(db, guildId)).some(({ role_id: offered }) => offered === roleId);
}

/**
 * Offers a role to members. Schedules that came with `/setup start` and notify nobody so far notify it from now on;
 * those that a moderator made stay as they were made.
 * @returns how many schedules that are.
 */
export async function offerNotify(ctx: Context, by: Acting, kind: NotifyKind, roleId: string): Promise<number> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    const at = ctx.now();
    const before = await findNotifyRole(trx, by.guildId, kind);
    await upsertNotifyRole(trx, { guild_id: by.guildId, kind, role_id: roleId, opened_at: null, created_at: at });
    if (before !== roleId) {
      const detail = { settings: 'notify' };
      await insertAudit(trx, ctx, { guildId: by.guildId, actorId: by.userId, action: 'setup-changed', detail });
    }
    const post = kind === 'tips' || kind === 'prompts' ? postKinds[kind] : undefined;
    return post ? await nameRoleInDefaults(trx, by.guildId, post, { from: before ?? null, to: roleId, at }) : 0;
  });
}
