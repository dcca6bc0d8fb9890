/** Beginning somebody's own road, using it, and erasing it. It belongs to the person: their turn goes by their id. */
import { stageById } from '../../content/index.ts';
import { roadmapEdition } from '../../content/journey.ts';
import { isZone } from '../../content/zones/index.ts';
import type { Context } from '../../context.ts';
import { overwritePerson } from '../../db/open.ts';
import {
  findJourney,
  insertJourney,
  type Journey,
  deleteJourney,
  updateJourney,
  useJourneyIn,
} from '../../db/journeys.ts';
import { findMember } from '../../db/members.ts';
import { findProfile } from '../../db/profiles.ts';
import { UserError } from '../../errors.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { usualReminderDays } from '../dates/reminders.ts';

/** Who acts: a person, in a guild or in none. */
export interface Traveling {
  readonly userId: string;
  readonly guildId: string | null;
}

/** Where somebody lives and stands, as far as it is known before they began. */
export interface Beginning {
  readonly zone: string | undefined;
  readonly stage: string | undefined;
}

/** Within so many hours a further use changes nothing that anybody would notice. */
const noteUseAfterHours = 1;

/** What a profile or a registration in this guild says of somebody: it saves them from saying it again. */
export async function prefill(ctx: Context, { userId, guildId }: Traveling): Promise<Beginning> {
  if (guildId === null) return { zone: undefined, stage: undefined };
  const member = await findMember(ctx.db, guildId, userId);
  const profile =
    (await findProfile(ctx.db, guildId, userId, 'mentee')) ?? (await findProfile(ctx.db, guildId, userId, 'mentor'));
  return { zone: member?.zone, stage: profile?.stage };
}

/** Begins somebody's road; whoever has one keeps it. @throws UserError for a zone or stage that is none. */
export async function beginJourney(ctx: Context, who: Traveling, zone: string, stage: string): Promise<Journey> {
  if (!isZone(zone) || !stageById.has(stage)) throw new UserError((t) => t.common.outdated);
  return await inTurn(ctx.db, who.userId, async (trx) => {
    const now = ctx.now();
    await insertJourney(trx, {
      user_id: who.userId,
      zone,
      stage,
      start_stage: stage,
      reminder_days: JSON.stringify(usualReminderDays),
      reminders_since: now,
      edition: roadmapEdition(),
      look_at: now,
      created_at: now,
      used_at: now,
      alone_since: who.guildId === null ? now : null,
    });
    if (who.guildId !== null) await useJourneyIn(trx, who.userId, who.guildId, now);
    return await requireJourney(trx, who.userId);
  });
}

async function requireJourney(trx: Parameters<typeof findJourney>[0], userId: string): Promise<Journey> {
  const journey = await findJourney(trx, userId);
  if (!journey) throw new Error('a road that was just begun is not there');
  return journey;
}

/** Somebody's road, noting that they use it here; undefined when they have none. */
export async function useJourney(ctx: Context, { userId, guildId }: Traveling): Promise<Journey | undefined> {
  const journey = await findJourney(ctx.db, userId);
  if (!journey) return undefined;
  const now = ctx.now();
  const isRecent = journey.used_at > later(now, { hours: -noteUseAfterHours });
  if (isRecent && (guildId === null || (await isUsedLately(ctx, userId, guildId)))) return journey;
  return await inTurn(ctx.db, userId, async (trx) => {
    const changes = { used_at: now, ...(guildId === null ? {} : { alone_since: null, look_at: now }) };
    if (!(await updateJourney(trx, userId, changes))) return undefined;
    if (guildId !== null) await useJourneyIn(trx, userId, guildId, now);
    return { ...journey, ...changes };
  });
}

async function isUsedLately(ctx: Context, userId: string, guildId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('journey_guilds')
    .select('used_at')
    .where('user_id', '=', userId)
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
  return row !== undefined && row.used_at > later(ctx.now(), { hours: -noteUseAfterHours });
}

/** Erases somebody's road with everything on it. Returns false when there was none. */
export async function eraseJourney(ctx: Context, userId: string): Promise<boolean> {
  const erased = await inTurn(ctx.db, userId, (trx) => deleteJourney(trx, userId));
  if (erased) await overwritePerson(ctx.db);
  return erased;
}
