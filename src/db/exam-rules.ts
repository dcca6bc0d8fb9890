/** The rule against exam content that the bot made in a guild's AutoMod: which, and what Discord was told last. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { ExamRulesTable } from './schema.ts';

const sentRule = z.object({ name: z.string(), phrases: z.array(z.string()), channelId: z.string() });

/** What the bot wants of a rule, or wanted when it last changed it. */
export type SentRule = z.infer<typeof sentRule>;
export type ExamRule = Omit<Selectable<ExamRulesTable>, 'sent'> & { readonly sent: SentRule };

function read(row: Selectable<ExamRulesTable>): ExamRule {
  return { ...row, sent: sentRule.parse(JSON.parse(row.sent)) };
}

/** A guild's rule; undefined where the bot has made none. */
export async function findExamRule(db: Db, guildId: string): Promise<ExamRule | undefined> {
  const row = await db.selectFrom('exam_rules').selectAll().where('guild_id', '=', guildId).executeTakeFirst();
  return row && read(row);
}

/** Notes a guild's rule and what Discord was told of it. */
export async function upsertExamRule(trx: Trx, { sent, ...rule }: ExamRule): Promise<void> {
  const row = { ...rule, sent: JSON.stringify(sent) };
  const { guild_id: _guild, ...rest } = row;
  await trx
    .insertInto('exam_rules')
    .values(row)
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(rest))
    .execute();
}

/** Forgets a guild's rule. Returns false where there was none. */
export async function deleteExamRule(trx: Trx, guildId: string): Promise<boolean> {
  const result = await trx.deleteFrom('exam_rules').where('guild_id', '=', guildId).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Guilds whose rule is to be looked at by now. */
export async function listExamRulesToLookAt(db: Db, now: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('exam_rules')
    .select('guild_id')
    .where('look_at', '<=', now)
    .$call(owned(db, 'guild_id'))
    .orderBy('look_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.guild_id);
}

/** Says when a guild's rule is looked at next. */
export async function planExamRuleLook(db: Db, guildId: string, at: Instant): Promise<void> {
  await db.updateTable('exam_rules').set({ look_at: at }).where('guild_id', '=', guildId).execute();
}
