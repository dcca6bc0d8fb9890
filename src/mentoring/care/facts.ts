import type { Context } from '../../context.ts';
import { listCheckIns } from '../../db/check-ins.ts';
import { findHours } from '../../db/hours.ts';
import { listGoals } from '../../db/goals.ts';
import { findGuild } from '../../db/guilds.ts';
import { listMeetings } from '../../db/meetings.ts';
import type { Mentorship } from '../../db/mentorships.ts';
import type { Db } from '../../db/open.ts';
import { isMatchQuiet, matchWeekAt } from '../../guild/match-week.ts';
import { readStanding } from '../changes.ts';
import { isAskedFor } from '../states.ts';
import type { PairFacts } from './steps.ts';

/** What is known of a pair, for what the bot does next and for how it stands. */
export async function factsOf({ now }: Pick<Context, 'now'>, db: Db, mentorship: Mentorship): Promise<PairFacts> {
  const { guild_id: guildId, mentor_id: mentorId, mentee_id: menteeId } = mentorship;
  const { standings } = await readStanding(db, mentorship);
  const isOwn = isAskedFor(standings);
  const knows = async (userId: string) => {
    const hours = await findHours(db, { guildId, userId });
    return hours !== undefined && (hours.until === null || hours.until > now());
  };
  const guild = await findGuild(db, guildId);
  const isGuildQuiet = guild !== undefined && isMatchQuiet(guild, now());
  return {
    people: [mentorId, menteeId],
    startedAt: mentorship.started_at,
    dueAt: mentorship.due_at,
    rest: mentorship.state === 'active' ? 'none' : isOwn ? 'own' : 'other',
    wokeAt: mentorship.woke_at,
    quietUntil: mentorship.quiet_until,
    guildQuietUntil: isGuildQuiet ? matchWeekAt(now())?.until : undefined,
    pace: mentorship.pace,
    knowsHours: [await knows(mentorId), await knows(menteeId)],
    meetings: await listMeetings(db, mentorship.id),
    checkIns: await listCheckIns(db, mentorship.id),
    hasGoals: (await listGoals(db, mentorship.id)).length > 0,
  };
}
