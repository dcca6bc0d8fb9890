/** Mentees who wait although no mentor is eligible for them: moderators hear of it, since waiting alone will not help. */
import type { Context } from '../context.ts';
import { findProfile } from '../db/profiles.ts';
import { listWaitingToLookFor, recordLook, type Waiting } from '../db/waitlist.ts';
import { UserError } from '../errors.ts';
import { forEachInTurn } from '../guild/each.ts';
import { inTurn } from '../guild/turn.ts';
import { later } from '../time.ts';
import { findMentors } from './find.ts';
import { insertNotice } from '../db/notices/write.ts';

/** After how many days without anybody eligible moderators are told. */
export const withoutDays = 28;
/** How often the bot looks for each mentee, in hours. */
const lookHours = 24;
/** How many it looks for at a heartbeat; the rest follows with the next. */
const perRun = 20;

/** Looks for those who wait, each once a day, and tells moderators of whoever has had nobody for four weeks: once. */
export async function lookForThoseWithout(ctx: Context): Promise<void> {
  const due = await listWaitingToLookFor(ctx.db, later(ctx.now(), { hours: -lookHours }), perRun);
  await forEachInTurn(ctx, 'look-for-mentor', due, async (waiting) => await lookFor(ctx, waiting));
}

async function lookFor(ctx: Context, waiting: Waiting): Promise<void> {
  const { guild_id: guildId, mentee_id: menteeId } = waiting;
  const hasNobody = await isWithout(ctx, guildId, menteeId);
  const at = ctx.now();
  const since = hasNobody ? (waiting.nobody_since ?? at) : null;
  const isLong = since !== null && since <= later(at, { days: -withoutDays });
  await inTurn(ctx.db, guildId, async (trx) => {
    const profile = await findProfile(trx, guildId, menteeId, 'mentee');
    const tells = isLong && profile !== undefined;
    const look = { looked_at: at, nobody_since: since, told_at: tells ? at : null };
    if (!(await recordLook(trx, waiting, look)) || !tells) return;
    await insertNotice(trx, ctx, { guildId, kind: 'mentee-without', subjectId: profile.id });
  });
}

/** Whether a search finds nobody; whoever may not search now is not waiting for one. */
async function isWithout(ctx: Context, guildId: string, menteeId: string): Promise<boolean> {
  try {
    return (await findMentors(ctx, guildId, menteeId)).is === 'nobody';
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
