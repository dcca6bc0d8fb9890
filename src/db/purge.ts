/** What is removed because it has become old, a bounded number at a time. */
import { sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import type { NoticeState, Schema, TableOfProcesses } from './schema.ts';

/** Removes requests that came to their end before this moment. Returns how many. */
export async function deleteClosedRequests(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('requests')
    .where('id', 'in', (ids) => ids.selectFrom('requests').select('id').where('decided_at', '<=', before).limit(limit))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Removes notices from before this moment that nobody is owed any more. Returns how many. */
export async function deleteSettledNotices(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('notices')
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('notices')
        .select('id')
        .where('created_at', '<=', before)
        .where('state', '<>', sql.lit<NoticeState>('owed'))
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Tables of what belongs to a person, and to no guild. */
type OfPerson = 'journeys' | 'journey_items' | 'journey_dates' | 'own_dates' | 'reminded';

/** Every table with rows of a guild and its key, what hangs on another before that one. */
const tablesOfGuild = {
  participations: ['slot_id', 'user_id'],
  slots: ['id'],
  schedules: ['id'],
  announcements: ['id'],
  guild_contents: ['id'],
  round_pairs: ['round_id', 'mentee_id'],
  round_left: ['round_id', 'mentee_id'],
  round_wishes: ['round_id', 'mentee_id', 'mentor_id'],
  rounds: ['id'],
  requests: ['id'],
  claim_drafts: ['id'],
  claim_askers: ['claim_id', 'user_id'],
  claims: ['id'],
  guild_answers: ['id'],
  guide_misses: ['guild_id', 'digest', 'who'],
  fact_checks: ['guild_id', 'fact'],
  put_offs: ['guild_id', 'matter', 'user_id'],
  case_drafts: ['id'],
  case_entries: ['id'],
  case_excluded: ['case_id', 'user_id'],
  case_statements: ['id'],
  cases: ['id'],
  rests: ['mentorship_id', 'cause', 'by'],
  meetings: ['id'],
  check_ins: ['id'],
  goals: ['id'],
  closings: ['mentorship_id', 'user_id'],
  reminder_wishes: ['guild_id', 'user_id'],
  mentorships: ['id'],
  office_questions: ['id'],
  office_people: ['hour_id', 'user_id'],
  office_hours: ['id'],
  hours: ['guild_id', 'user_id'],
  session_people: ['session_id', 'user_id'],
  focus_people: ['room_id', 'user_id'],
  focus_rooms: ['id'],
  poll_votes: ['poll_id', 'user_id'],
  group_polls: ['id'],
  group_applications: ['group_id', 'user_id'],
  group_ticks: ['group_id', 'user_id', 'system'],
  group_prompts: ['group_id', 'prompt_id'],
  group_sessions: ['id'],
  group_members: ['group_id', 'user_id'],
  study_groups: ['id'],
  seekers: ['guild_id', 'user_id', 'kind', 'topic'],
  formation_people: ['formation_id', 'user_id', 'topic'],
  formation_groups: ['formation_id', 'number'],
  formations: ['id'],
  waitlist: ['guild_id', 'mentee_id'],
  kept_turns: ['guild_id', 'mentee_id'],
  openings: ['guild_id', 'mentor_id'],
  waiting_reports: ['guild_id'],
  figures: ['guild_id', 'cell', 'until'],
  round_plans: ['guild_id'],
  offers: ['id'],
  blocks: ['guild_id', 'member_id', 'blocked_id'],
  protections: ['id'],
  recent_acts: ['id'],
  profiles: ['id'],
  members: ['guild_id', 'user_id'],
  notices: ['id'],
  notify: ['guild_id', 'kind'],
  audit: ['id'],
  orders: ['guild_id', 'kind'],
  command_scopes: ['guild_id'],
  greetings: ['guild_id'],
  match_lines: ['id'],
  setups: ['id'],
  panels: ['guild_id'],
  exam_rules: ['guild_id'],
  dates: ['guild_id', 'date_id'],
  date_proposals: ['guild_id', 'date_id'],
  date_changes: ['id'],
  date_posts: ['guild_id', 'date_id', 'value', 'days'],
  journey_guilds: ['user_id', 'guild_id'],
} as const satisfies {
  readonly [
    Table in Exclude<keyof Schema, 'guilds' | 'protection_keys' | 'hellos' | OfPerson | TableOfProcesses>
  ]: readonly (keyof Schema[Table])[];
};

/**
 * Removes some of what belongs to a guild that the bot left before this moment, and the guild itself once nothing else
 * is left of it. Called until it removes nothing: a guild may have more rows than can go at once.
 * @param limit how many rows at most.
 * @returns how many rows went.
 */
export async function deleteSomeOfGuildLeft(db: Db, before: Instant, limit: number): Promise<number> {
  const guild = await db
    .selectFrom('guilds')
    .select('id')
    .where('left_at', '<=', before)
    .orderBy('left_at')
    .limit(1)
    .executeTakeFirst();
  if (!guild) return 0;
  let deleted = 0;
  for (const [table, key] of Object.entries(tablesOfGuild)) {
    const columns = sql.join(key.map((column) => sql.ref(column)));
    const result = await sql`delete from ${sql.table(table)} where (${columns}) in (
      select ${columns} from ${sql.table(table)} where guild_id = ${guild.id} limit ${limit - deleted})`.execute(db);
    deleted += Number(result.numAffectedRows ?? 0n);
    if (deleted >= limit) return deleted;
  }
  const result = await db.deleteFrom('guilds').where('id', '=', guild.id).executeTakeFirst();
  return deleted + Number(result.numDeletedRows);
}
