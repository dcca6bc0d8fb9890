import type { Trx } from './open.ts';

/** Mentors who registered while nobody had to be verified wait for a moderator from now on. */
export async function requireVerification(trx: Trx, guildId: string): Promise<void> {
  await trx
    .updateTable('profiles')
    .set({ verification: 'waiting' })
    .where('guild_id', '=', guildId)
    .where('role', '=', 'mentor')
    .where('verification', '=', 'none')
    .execute();
}
