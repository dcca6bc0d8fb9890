/** Groups for somebody who looks for one, with what speaks for them. */
import type { Context } from '../context.ts';
import { listOpenGroups, type StudyGroup } from '../db/study/groups.ts';
import { listApplications } from '../db/study/applications.ts';
import { listGroupMembers, listRemovedFrom } from '../db/study/members.ts';
import type { Acting } from '../guild/acting.ts';
import { minutesOfDay, type Window } from '../hours/week.ts';
import { prospectOf, sessionDay } from '../matching/form/index.ts';
import { epochMs } from '../time.ts';
import { comparedAtMost, foundAtMost } from './limits.ts';
import { asSeeker, membersAsSeekers, requireHours, usualWeeks } from './people.ts';
import { nextTimes, type SuggestedTime, suggestTimes, suits } from './times.ts';
import type { StudySubject } from './topics.ts';

/** A group that somebody can join. */
export interface FoundGroup {
  readonly group: StudyGroup;
  readonly members: number;
  /** What a place in it is worth with them, 0 to 1. */
  readonly value: number;
  /** The next session, in epoch milliseconds, where the group has weekly times. */
  readonly next: number | undefined;
  /** Weekly times that would suit all where it has none yet; minutes of the looker's own week. */
  readonly common: readonly SuggestedTime[];
  /** Nobody can join at the moment; but wait in its list. */
  readonly isFull: boolean;
}

/** Whether any of a window of the local week lies within the part of the day in which groups meet. */
function isByDay({ from, to }: Window): boolean {
  const last = (at: number) => Math.floor((at - 1) / minutesOfDay);
  return Math.floor(from / minutesOfDay) !== last(to) || to - last(to) * minutesOfDay > sessionDay.from;
}

/** What somebody finds. */
export interface Finding {
  readonly found: readonly FoundGroup[];
  /** How many other groups there are, between which and them something stands. */
  readonly others: number;
  /** Whether none of their hours is one in which groups meet: then hardly anything is ever found. */
  readonly isNightOnly: boolean;
}

/** The groups that suit best, and how many there are that something stands between. */
export async function findGroups(ctx: Context, whose: Acting, subject: StudySubject): Promise<Finding> {
  const now = epochMs(ctx.now());
  const hours = await requireHours(ctx.db, whose, ctx.now());
  const removed = await listRemovedFrom(ctx.db, whose);
  const open = await listOpenGroups(ctx.db, whose.guildId, subject, comparedAtMost);
  const groups = open.filter(({ id }) => !removed.includes(id));
  const found: FoundGroup[] = [];
  for (const group of groups) {
    const members = (await listGroupMembers(ctx.db, group.id)).map(({ user_id: userId }) => userId);
    if (members.includes(whose.userId)) continue;
    const isFull = members.length >= group.size;
    const seeker = await asSeeker(ctx.db, whose, subject, hours, members);
    const horizon = { from: now, minutes: group.minutes };
    const { obstacle, value } = prospectOf(seeker, await membersAsSeekers(ctx.db, group, members), horizon);
    if (obstacle) continue;
    const own = { userId: whose.userId, zone: hours.zone, windows: hours.windows };
    const { zone, times } = group;
    if (zone !== null && times.length > 0) {
      const weekly = { zone, times, minutes: group.minutes };
      if (!suits(own, weekly, now)) continue;
      found.push({ group, members: members.length, value, next: nextTimes(weekly, now, 1)[0], common: [], isFull });
      continue;
    }
    const people = [...(await usualWeeks(ctx.db, whose.guildId, members)), own];
    const common = suggestTimes(people, { anchor: hours.zone, minutes: group.minutes, from: now });
    found.push({ group, members: members.length, value, next: undefined, common, isFull });
  }
  const best = found
    .toSorted((a, b) => Number(a.isFull) - Number(b.isFull) || b.value - a.value || (a.group.id < b.group.id ? -1 : 1))
    .slice(0, foundAtMost);
  const shown: FoundGroup[] = [];
  for (const each of best) {
    // A free place is for those in the list first.
    const waiting = each.isFull ? 0 : (await listApplications(ctx.db, each.group.id, 'listed')).length;
    shown.push({ ...each, isFull: each.isFull || each.members + waiting >= each.group.size });
  }
  return { found: shown, others: groups.length - best.length, isNightOnly: !hours.windows.some(isByDay) };
}
