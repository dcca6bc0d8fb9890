/** How the two mean to go on: how often they meet, and whether they are reminded. */
import type { Context } from '../context.ts';
import { writeReminderWish } from '../db/meetings.ts';
import { type Mentorship, writeCourse } from '../db/mentorships.ts';
import type { Pace } from '../db/schema.ts';
import type { Acting } from '../guild/acting.ts';
import { requireGuild } from '../guild/guilds.ts';
import { inTurn } from '../guild/turn.ts';
import { requireLive } from './changes.ts';
import { lookSoon } from './look.ts';
import { inTurnOf, requireRole } from './mentorships.ts';

/** How often two can mean to meet. */
export const paces = ['weekly', 'two-weeks', 'monthly', 'when-needed'] as const satisfies readonly Pace[];

/** One of the two says how often they mean to meet. @throws UserError when they may not, or it is over. */
export async function setPace(ctx: Context, actorId: string, mentorshipId: string, pace: Pace): Promise<Mentorship> {
  return await inTurnOf(ctx, mentorshipId, async (trx) => {
    await requireRole(trx, mentorshipId, actorId);
    const live = await requireLive(trx, mentorshipId);
    const changed = await writeCourse(trx, live.id, { pace });
    await lookSoon(ctx, trx, mentorshipId);
    return changed ?? live;
  });
}

/** Turns a member's reminders of meetings on or off, in all their threads of a guild. */
export async function setReminders(ctx: Context, whose: Acting, isOn: boolean): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    await writeReminderWish(trx, whose, isOn, ctx.now());
  });
}
