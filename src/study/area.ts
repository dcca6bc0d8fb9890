import { reviseNotices } from '../db/notices/write.ts';
import { eraseFromStudy, listHeldInStudy } from '../db/personal-data/study.ts';
import { deleteApplicationsOf, listApplicationsOf } from '../db/study/applications.ts';
import { deleteOldRooms, eraseFromFocus, listFocusOf } from '../db/study/focus.ts';
import { deleteOldFormations } from '../db/study/formations.ts';
import { deleteClosedGroups } from '../db/study/groups.ts';
import { listOpenPollsBy } from '../db/study/polls.ts';
import { listOpenSessionsOf } from '../db/study/sessions.ts';
import { deleteOldSeekers, deleteSeekersOf, listSeekersOf } from '../db/study/seekers.ts';
import type { Area } from '../guild/area.ts';
import { later } from '../time.ts';
import { takeOutOfAll } from './groups/leave.ts';
import { replanForming } from './formations/weekly.ts';
import { oweGroupThreadsOf } from './thread.ts';
import { closedKeptDays, focusKeptDays, formationKeptDays, seekerKeptDays } from './limits.ts';

/** Study groups and circles. */
export const study: Area = {
  async setUp(trx, ctx, before, after) {
    if (before && before.zone !== after.zone) await replanForming(trx, ctx, after);
  },

  async memberGone(trx, ctx, whose, why) {
    await takeOutOfAll(trx, ctx, whose, why === 'left' ? 'left-guild' : 'deleted');
    await deleteSeekersOf(trx, whose);
    // Their card in a group's thread has their name and line.
    for (const id of await deleteApplicationsOf(trx, whose)) {
      await reviseNotices(trx, id, 'group-application', ctx.now());
    }
  },

  /** Discord took them out of the threads; the groups in which they still are go on with them. */
  async memberBack(trx, ctx, whose) {
    await oweGroupThreadsOf(trx, ctx, whose);
  },

  async revise(trx, ctx, whose) {
    const at = ctx.now();
    for (const id of await listOpenSessionsOf(trx, whose)) await reviseNotices(trx, id, 'group-session', at);
    for (const id of await listOpenPollsBy(trx, whose)) await reviseNotices(trx, id, 'group-poll', at);
    for (const { room_id: id } of await listFocusOf(trx, whose)) await reviseNotices(trx, id, 'focus', at);
  },

  async held(ctx, whose) {
    const { groups, sessions, ticks, formations } = await listHeldInStudy(ctx.db, whose);
    const seeking = await listSeekersOf(ctx.db, whose);
    const applied = await listApplicationsOf(ctx.db, whose);
    return {
      focus: (await listFocusOf(ctx.db, whose)).map((each) => ({
        since: each.joined_at,
        yourLine: each.line,
        howItWent: each.done,
      })),
      studyGroupsYouAppliedFor: applied.map((each) => ({
        for: each.topic,
        place: each.place,
        since: each.since,
        line: each.line,
      })),
      studyGroups: groups.map((group) => ({
        for: group.topic,
        kind: group.kind,
        place: group.place,
        target: group.target,
        you: group.state,
        since: group.since,
        until: group.until,
        // Neither a report nor who decided shows in what somebody takes along.
        leftBecause: group.left_why === 'moderator' ? 'removed' : group.left_why,
        sessionsInARowMissedWithoutAWord: group.missed,
        askedWhetherYouAreStillInAt: group.asked_at,
        weeklyTimesThatSuitYou: JSON.parse(group.votes) as unknown,
        youLookAfterIt: group.owner_id === whose.userId,
        whatYouWroteAboutIt: group.author_id === whose.userId ? group.about : null,
      })),
      studySessions: sessions.map((session) => ({
        beginsAt: session.starts_at,
        yourAnswer: session.answer,
        hereAt: session.here_at,
        yourLine: session.line,
        howItWent: session.done,
      })),
      studyGroupsThatWereFormed: formations.map((each) => ({
        for: each.topic,
        at: each.at,
        hadAPlaceForYou: each.number !== null,
        whatWouldHaveHelped: JSON.parse(each.changes) as unknown,
      })),
      systemsYouTickedInStudyGroups: ticks.map(({ system, at }) => ({ system, at })),
      studyGroupsYouWaitFor: seeking.map((each) => ({
        for: each.topic,
        kind: each.kind,
        place: each.place,
        months: [each.target_from, each.target_until],
        languages: each.languages,
        sessionsAWeek: each.sessions,
        since: each.since,
      })),
    };
  },

  erase: async (trx, _ctx, whose) => {
    const focused = await eraseFromFocus(trx, whose);
    return (await eraseFromStudy(trx, whose)) || focused;
  },
  async purge({ db, now }, limit) {
    const closed = await deleteClosedGroups(db, later(now(), { days: -closedKeptDays }), limit);
    const rooms = await deleteOldRooms(db, later(now(), { days: -focusKeptDays }), limit);
    const formed = await deleteOldFormations(db, later(now(), { days: -formationKeptDays }), limit);
    return closed + rooms + formed + (await deleteOldSeekers(db, later(now(), { days: -seekerKeptDays }), limit));
  },
};
