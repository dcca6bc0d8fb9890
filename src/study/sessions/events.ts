/** Sessions of groups that are listed openly, in the server's own list of events, where its moderators want that. */
import type { Context } from '../../context.ts';
import { findGuild } from '../../db/guilds.ts';
import { insertNotice, reviseNotices, reviseWhere } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { StudyGroup } from '../../db/study/groups.ts';
import { listSessionsToCome, lookAtGroupsSoon } from '../../db/study/events.ts';
import { later } from '../../time.ts';

/** An event is made so many days ahead at most. */
const eventAheadDays = 7;

/** Owes the events of what a group has planned; each is owed once. */
export async function oweEvents(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  if (group.is_listed === 0 || group.state !== 'active') return;
  if ((await findGuild(trx, group.guild_id))?.study_events !== 1) return;
  const now = ctx.now();
  for (const session of await listSessionsToCome(trx, group.id)) {
    const earliest = later(session.starts_at, { days: -eventAheadDays });
    await insertNotice(trx, ctx, {
      guildId: group.guild_id,
      kind: 'session-event',
      subjectId: session.id,
      dedupeKey: `session-event:${session.id}`,
      dueAt: earliest > now ? earliest : now,
      mass: true,
    });
  }
}

/** A group is listed, or no longer: its events follow. */
export async function reviseEvents(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  await oweEvents(trx, ctx, group);
  for (const { id } of await listSessionsToCome(trx, group.id))
    await reviseNotices(trx, id, 'session-event', ctx.now());
}

/** The guild wants events now, or no longer, or elsewhere: those of all its groups follow. */
export async function reviseEventsOfGuild(trx: Trx, ctx: Context, guildId: string): Promise<void> {
  await reviseWhere(trx, ctx.now())
    .where('guild_id', '=', guildId)
    .where('kind', '=', 'session-event')
    .where('subject_id', 'in', (ids) =>
      ids
        .selectFrom('group_sessions')
        .select('group_sessions.id')
        .where('group_sessions.guild_id', '=', guildId)
        .where('group_sessions.state', 'in', ['planned', 'running']),
    )
    .execute();
  await lookAtGroupsSoon(trx, guildId);
}
