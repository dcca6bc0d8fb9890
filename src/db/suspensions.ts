/** Suspensions of members without a profile in the role: noted among the protections, which outlive a deletion. */
import { type Instant, later } from '../time.ts';
import type { Whose } from './members.ts';
import type { Db, Trx } from './open.ts';
import type { ProfileRole } from './schema.ts';
import { hashOf, insertProtections, type Keeper, longDays, suspensionOf } from './protections.ts';

/** Notes that somebody without a profile in this role is suspended in it. Returns false when that is noted already. */
export async function insertSuspension(trx: Trx, keeper: Keeper, whose: Whose, role: ProfileRole): Promise<boolean> {
  if ((await findSuspension(trx, keeper, whose, role)) !== undefined) return false;
  const until = later(keeper.now(), { days: longDays });
  await insertProtections(trx, keeper, whose.guildId, [
    { kind: suspensionOf(role), one: hashOf(keeper, whose), until },
  ]);
  return true;
}

/** Since when a member without a profile in this role is suspended in it; undefined when they are not. */
export async function findSuspension(
  db: Db,
  keeper: Pick<Keeper, 'keyedHash' | 'now'>,
  whose: Whose,
  role: ProfileRole,
): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('protections')
    .select('created_at')
    .where('guild_id', '=', whose.guildId)
    .where('kind', '=', suspensionOf(role))
    .where('one', 'in', [whose.userId, hashOf(keeper, whose)])
    .where('until', '>', keeper.now())
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  return row?.created_at;
}

/** Whom moderators have suspended in a guild, in either role: asked for one after the other. */
export async function listSuspended(
  db: Db,
  keeper: Pick<Keeper, 'keyedHash' | 'now'>,
  guildId: string,
): Promise<(userId: string) => boolean> {
  const profiles = await db
    .selectFrom('profiles')
    .select('user_id as one')
    .where('guild_id', '=', guildId)
    // Both: by the index of roles and what moderators said of them.
    .where('role', 'in', ['mentor', 'mentee'])
    .where('role', 'in', ['mentor', 'mentee'])
    .where('verification', '=', 'suspended')
    .execute();
  const noted = await db
    .selectFrom('protections')
    .select('one')
    .where('guild_id', '=', guildId)
    .where('kind', 'in', ['suspended-mentor', 'suspended-mentee'])
    .where('until', '>', keeper.now())
    .execute();
  const ones = new Set([...profiles, ...noted].map(({ one }) => one));
  return (userId) => ones.size > 0 && (ones.has(userId) || ones.has(hashOf(keeper, { guildId, userId })));
}

/** Takes the note of a suspension away. Returns since when it was there; undefined when it was not. */
export async function takeSuspension(
  trx: Trx,
  keeper: Keeper,
  whose: Whose,
  role: ProfileRole,
): Promise<Instant | undefined> {
  const since = await findSuspension(trx, keeper, whose, role);
  await trx
    .deleteFrom('protections')
    .where('guild_id', '=', whose.guildId)
    .where('kind', '=', suspensionOf(role))
    .where('one', 'in', [whose.userId, hashOf(keeper, whose)])
    .execute();
  return since;
}

/** Suspends a new profile whose member was suspended before they deleted their data. Returns false for all others. */
export async function restoreSuspension(
  trx: Trx,
  keeper: Keeper,
  profile: Whose & { readonly id: string; readonly role: ProfileRole },
): Promise<boolean> {
  const since = await takeSuspension(trx, keeper, profile, profile.role);
  if (since === undefined) return false;
  await trx
    .updateTable('profiles')
    .set({ verification: 'suspended', verified_at: since })
    .where('id', '=', profile.id)
    .execute();
  return true;
}
