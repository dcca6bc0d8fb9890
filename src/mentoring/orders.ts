/** Applies a setting to everybody who registered, a part at a time however many they are. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { findGuild } from '../db/guilds.ts';
import type { Trx } from '../db/open.ts';
import {
  findOrder,
  listOrders,
  listRegistered,
  listWithoutReview,
  moveOrder,
  type Order,
  type OrderedProfile,
} from '../db/orders.ts';
import type { OrderKind } from '../db/schema.ts';
import { forEachInTurn } from '../guild/each.ts';
import { inTurn } from '../guild/turn.ts';
import { insertNotices } from '../db/notices/write.ts';
import { oweFittingRoles } from '../db/notices/role-orders.ts';

/** Profiles of one transaction: some milliseconds of work. */
const profilesAtOnce = 200;

/** For each kind of order: the profiles it concerns, and the work for a part of them. */
const kinds: Readonly<
  Record<
    OrderKind,
    {
      readonly list: (trx: Trx, guildId: string, after: string, limit: number) => Promise<readonly OrderedProfile[]>;
      readonly carryOut: (
        trx: Trx,
        ctx: Context,
        guildId: string,
        profiles: readonly OrderedProfile[],
      ) => Promise<void>;
    }
  >
> = {
  roles: {
    list: listRegistered,
    carryOut: (trx, ctx, guildId, profiles) =>
      oweFittingRoles(trx, ctx, guildId, [...new Set(profiles.map((profile) => profile.user_id))]),
  },
  reviews: {
    async list(trx, guildId, after, limit) {
      // Switched off again meanwhile: nobody has to be looked at.
      const isWanted = (await findGuild(trx, guildId))?.mentor_verification === 1;
      return isWanted ? await listWithoutReview(trx, guildId, after, limit) : [];
    },
    carryOut: (trx, ctx, guildId, profiles) =>
      insertNotices(
        trx,
        ctx,
        profiles.map(({ id }) => ({ guildId, kind: 'mentor-review', subjectId: id })),
      ),
  },
};

/** Carries out what is ordered, of one guild or of all. Two who do so at once do each part once. */
export async function carryOutOrders(ctx: Context, guildId?: string): Promise<void> {
  const bulk = { ...ctx, bulk: true };
  await forEachInTurn(ctx, 'carry-out-order', await listOrders(ctx.db, guildId), async (order) => {
    while (await carryOutPart(bulk, order)) await nextTurn();
  });
}

/** @returns whether there may be more. */
async function carryOutPart(ctx: Context, { guild_id: guildId, kind }: Order): Promise<boolean> {
  return await inTurn(ctx.db, guildId, async (trx) => {
    const order = await findOrder(trx, { guild_id: guildId, kind });
    if (!order) return false;
    const { list, carryOut } = kinds[kind];
    const profiles = await list(trx, guildId, order.after_id, profilesAtOnce);
    if (profiles.length > 0) await carryOut(trx, ctx, guildId, profiles);
    const isDone = profiles.length < profilesAtOnce;
    await moveOrder(trx, order, isDone ? undefined : profiles.at(-1)?.id);
    return !isDone;
  });
}
