/** What `/setup start` has shown, and what it has made, so that it can be undone. */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { SetupsTable } from './schema.ts';

const channelIds = z.partialRecord(z.enum(['mentoring', 'staff', 'tips', 'study', 'announcements']), z.string());
const roleIds = z.partialRecord(z.enum(['mentor', 'mentee']), z.string());

const choices = z.object({
  /** What a moderator chose, as `SetupChanges`. */
  changes: z.object({
    zone: z.string().optional(),
    channels: channelIds.optional(),
    roles: roleIds.optional(),
    verification: z.boolean().optional(),
    requestDays: z.number().optional(),
    matchWeek: z.boolean().optional(),
    language: z.string().optional(),
  }),
  /** Of which purposes they were told that something would be created, or adopted: `channel:tips`, `role:mentor`. */
  told: z.object({ create: z.array(z.string()), adopt: z.array(z.string()) }),
});

const made = z.object({
  channels: channelIds,
  roles: roleIds,
  schedules: z.array(z.string()),
  /** The settings that named something else before, by their columns; null where the guild was not set up. */
  before: z.record(z.string(), z.string().nullable()).nullable(),
});

export type SetupChoices = z.infer<typeof choices>;
export type SetupMade = z.infer<typeof made>;
export type Setup = Omit<Selectable<SetupsTable>, 'choices' | 'made'> & {
  readonly choices: SetupChoices;
  readonly made: SetupMade | null;
};

function read(row: Selectable<SetupsTable>): Setup {
  return {
    ...row,
    choices: choices.parse(JSON.parse(row.choices)),
    made: row.made === null ? null : made.parse(JSON.parse(row.made)),
  };
}

/** Keeps what a moderator was shown, in place of what they were shown under the same id before. */
export async function keepShownSetup(
  db: Db,
  shown: { readonly id: string; readonly guildId: string; readonly choices: SetupChoices; readonly at: Instant },
): Promise<void> {
  const text = JSON.stringify(shown.choices);
  await db
    .insertInto('setups')
    .values({ id: shown.id, guild_id: shown.guildId, state: 'shown', choices: text, created_at: shown.at })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ choices: text }).where('setups.state', '=', sql.lit('shown')),
    )
    .execute();
}

/** What this guild was shown, or what was made for it, under this id. */
export async function findSetup(db: Db, guildId: string, id: string): Promise<Setup | undefined> {
  const row = await db
    .selectFrom('setups')
    .selectAll()
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
  return row && read(row);
}

/** The last that made something in a guild and was not undone. */
export async function findLastMade(db: Db, guildId: string): Promise<Setup | undefined> {
  const row = await db
    .selectFrom('setups')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', '=', 'made')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && read(row);
}

/** Notes when somebody first pressed to go on: what is made from then on is this set-up's, whatever breaks off. */
export async function markSetupPressed(db: Db, id: string, at: Instant): Promise<void> {
  await db.updateTable('setups').set({ pressed_at: at }).where('id', '=', id).where('pressed_at', 'is', null).execute();
}

/** Notes what was made. Returns false when that was noted already. */
export async function markSetupMade(trx: Trx, id: string, what: SetupMade): Promise<boolean> {
  const result = await trx
    .updateTable('setups')
    .set({ state: 'made', made: JSON.stringify(what) })
    .where('id', '=', id)
    .where('state', '=', 'shown')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Begins to undo. Returns false when somebody else has. */
export async function markSetupUndoing(trx: Trx, id: string): Promise<boolean> {
  const result = await trx
    .updateTable('setups')
    .set({ state: 'undoing' })
    .where('id', '=', id)
    .where('state', '=', 'made')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** It is undone, or not to be carried out. */
export async function deleteSetup(db: Db, id: string): Promise<void> {
  await db.deleteFrom('setups').where('id', '=', id).execute();
}

/** Those whose undoing a former run has begun, and not ended. */
export async function listSetupsUndoing(db: Db, limit: number): Promise<Setup[]> {
  const rows = await db
    .selectFrom('setups')
    .selectAll()
    .where('state', '=', 'undoing')
    .$call(owned(db, 'guild_id'))
    .orderBy('created_at')
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** Forgets what was only shown before one moment, and what was made before another. Returns how many rows went. */
export async function deleteOldSetups(
  db: Db,
  before: { readonly shown: Instant; readonly made: Instant },
  limit: number,
): Promise<number> {
  const result = await db
    .deleteFrom('setups')
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('setups')
        .select('id')
        .where((is) =>
          is.or([
            is.and([is('state', '=', 'shown'), is('created_at', '<=', before.shown)]),
            is.and([is('state', '=', 'made'), is('created_at', '<=', before.made)]),
          ]),
        )
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Why what was made is in use, as far as the database knows. */
type SetupUse = 'members' | 'moderators' | 'posts';

/** Tables with a row for whoever has used the bot in a guild, also where they deleted it since. */
const tracesOfMembers = [
  'members',
  'hours',
  'seekers',
  'journey_guilds',
  'reminder_wishes',
  'protections',
  'recent_acts',
] as const;

/** What moderators have not finished yet, and what is written down as a change of the settings. */
const tracesOfModerators = [
  'announcements',
  'guild_contents',
  'notify',
  'round_plans',
  'date_proposals',
  'panels',
  'exam_rules',
] as const;

type Traces = (typeof tracesOfMembers | typeof tracesOfModerators)[number];

/** Whether one of these tables has a row of the guild's. */
async function hasRowIn(db: Db, guildId: string, tables: readonly Traces[]): Promise<boolean> {
  for (const table of tables) {
    const row = await db
      .selectFrom(table)
      .select('guild_id')
      .where('guild_id', '=', guildId)
      .limit(1)
      .executeTakeFirst();
    if (row) return true;
  }
  return false;
}

/** Whether anybody has used the bot in a guild at all. */
export async function findUseOfGuild(db: Db, guildId: string): Promise<SetupUse | undefined> {
  if (await hasRowIn(db, guildId, tracesOfMembers)) return 'members';
  if (await hasPosted(db, guildId, undefined)) return 'posts';
  const act = await db
    .selectFrom('audit')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('action', '<>', 'setup-changed')
    .limit(1)
    .executeTakeFirst();
  if (act) return 'moderators';
  return (await hasRowIn(db, guildId, tracesOfModerators)) ? 'moderators' : undefined;
}

/** Whether these channels are in use: the same for what was made for a guild that had been set up before. */
export async function findUseOfChannels(
  db: Db,
  guildId: string,
  channelIds: readonly string[],
): Promise<SetupUse | undefined> {
  if (channelIds.length === 0) return undefined;
  if (await hasPosted(db, guildId, channelIds)) return 'posts';
  const schedule = await db
    .selectFrom('schedules')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('channel_id', 'in', channelIds)
    .where('created_by', 'is not', null)
    .where('state', '<>', 'removed')
    .limit(1)
    .executeTakeFirst();
  const announcement = await db
    .selectFrom('announcements')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('channel_id', 'in', channelIds)
    .limit(1)
    .executeTakeFirst();
  const panel = await db
    .selectFrom('panels')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('channel_id', 'in', channelIds)
    .executeTakeFirst();
  return (schedule ?? announcement ?? panel) ? 'moderators' : undefined;
}

async function hasPosted(db: Db, guildId: string, channelIds: readonly string[] | undefined): Promise<boolean> {
  const slot = await db
    .selectFrom('slots')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('posted_at', 'is not', null)
    .$if(channelIds !== undefined, (slots) => slots.where('channel_id', 'in', channelIds ?? []))
    .limit(1)
    .executeTakeFirst();
  return slot !== undefined;
}

/** Removes schedules that came with a set-up, so that another set-up makes them again. */
export async function deleteDefaults(trx: Trx, guildId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .deleteFrom('schedules')
    .where('guild_id', '=', guildId)
    .where('id', 'in', ids)
    .where('origin', 'is not', null)
    .execute();
}

/** Removes a guild that nobody has used, with everything that hangs on it. */
export async function deleteGuild(trx: Trx, guildId: string): Promise<void> {
  await trx.deleteFrom('guilds').where('id', '=', guildId).execute();
}
