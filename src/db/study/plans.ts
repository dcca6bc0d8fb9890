/** What members of study groups have ticked, and which prompts their groups have had. */
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';

/** A system that somebody in a group has ticked. */
interface Tick {
  readonly user_id: string;
  readonly system: string;
  readonly at: Instant;
}

/** What those who are in a group have ticked, by person and time. */
export async function listTicks(db: Db, groupId: string): Promise<Tick[]> {
  return await db
    .selectFrom('group_ticks')
    .innerJoin('group_members', (on) =>
      on
        .onRef('group_members.group_id', '=', 'group_ticks.group_id')
        .onRef('group_members.user_id', '=', 'group_ticks.user_id'),
    )
    .select(['group_ticks.user_id', 'group_ticks.system', 'group_ticks.at'])
    .where('group_ticks.group_id', '=', groupId)
    .where('group_members.state', 'in', ['member', 'resting'])
    .orderBy('group_members.since')
    .orderBy('group_ticks.user_id')
    .orderBy('group_ticks.at')
    .orderBy('group_ticks.system')
    .execute();
}

/** Brings what somebody has ticked in line: these systems and no others; what they had ticked keeps its time. */
export async function storeTicks(
  trx: Trx,
  groupId: string,
  { guildId, userId }: Whose,
  systems: readonly string[],
  at: Instant,
): Promise<void> {
  let others = trx.deleteFrom('group_ticks').where('group_id', '=', groupId).where('user_id', '=', userId);
  if (systems.length > 0) others = others.where('system', 'not in', [...systems]);
  await others.execute();
  if (systems.length === 0) return;
  await trx
    .insertInto('group_ticks')
    .values(systems.map((system) => ({ group_id: groupId, user_id: userId, guild_id: guildId, system, at })))
    .onConflict((conflict) => conflict.columns(['group_id', 'user_id', 'system']).doNothing())
    .execute();
}

/** When a group had which prompt. */
export async function listPromptsHad(db: Db, groupId: string): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db
    .selectFrom('group_prompts')
    .select(['prompt_id', 'used_at'])
    .where('group_id', '=', groupId)
    .orderBy('prompt_id')
    .execute();
  return new Map(rows.map((row) => [row.prompt_id, row.used_at]));
}

/** Notes that a group has had a prompt. */
export async function recordPrompt(
  trx: Trx,
  group: { readonly id: string; readonly guild_id: string },
  promptId: string,
  at: Instant,
): Promise<void> {
  await trx
    .insertInto('group_prompts')
    .values({ group_id: group.id, guild_id: group.guild_id, prompt_id: promptId, used_at: at })
    .onConflict((conflict) => conflict.columns(['group_id', 'prompt_id']).doUpdateSet({ used_at: at }))
    .execute();
}
