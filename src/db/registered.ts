import type { Db, Trx } from './open.ts';

/** Everybody in the guild who registered as mentor or mentee and has not left. */
export async function listRegisteredUserIds(db: Db, guildId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('members')
    .select('user_id')
    .where('guild_id', '=', guildId)
    .where('left_at', 'is', null)
    .where((is) =>
      is.exists(
        is
          .selectFrom('profiles')
          .select('profiles.id')
          .whereRef('profiles.guild_id', '=', 'members.guild_id')
          .whereRef('profiles.user_id', '=', 'members.user_id'),
      ),
    )
    .execute();
  return rows.map((row) => row.user_id);
}

/** Mentors who registered while nobody had to be verified wait for a moderator from now on. Returns their profiles' ids. */
export async function requireVerification(trx: Trx, guildId: string): Promise<string[]> {
  const rows = await trx
    .updateTable('profiles')
    .set({ verification: 'waiting' })
    .where('guild_id', '=', guildId)
    .where('role', '=', 'mentor')
    .where('verification', '=', 'none')
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
