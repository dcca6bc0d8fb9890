/** What stands openly about study groups. */
import type { Db, Trx } from '../open.ts';
import type { Session } from './sessions.ts';

/** The sessions of a group that have not ended, the next first. */
export async function listSessionsToCome(db: Db, groupId: string): Promise<Session[]> {
  return await db
    .selectFrom('group_sessions')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('state', 'in', ['planned', 'running'])
    .orderBy('starts_at')
    .execute();
}

/** The groups of a guild that are listed openly are looked at with the next heartbeat. */
export async function lookAtGroupsSoon(trx: Trx, guildId: string): Promise<void> {
  await trx
    .updateTable('study_groups')
    .set({ looked_at: null })
    .where('guild_id', '=', guildId)
    .where('state', '<>', 'closed')
    .where('is_listed', '=', 1)
    .execute();
}

/** The groups of a guild that have a post in its forum, or had one. */
export async function listListings(db: Db, guildId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('study_groups')
    .innerJoin('notices', 'notices.subject_id', 'study_groups.id')
    .select('study_groups.id')
    .where('study_groups.guild_id', '=', guildId)
    .where('study_groups.state', '<>', 'closed')
    .where('notices.kind', '=', 'group-listing')
    .orderBy('study_groups.id')
    .execute();
  return rows.map(({ id }) => id);
}
