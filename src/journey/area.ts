import type { Trx } from '../db/open.ts';
import { deleteOldDatePosts } from '../db/date-posts.ts';
import { deleteOldChanges, deleteOldProposals, deleteProposalsOf, listProposalsOf } from '../db/dates.ts';
import {
  deleteJourney,
  deleteOldReminded,
  findJourney,
  hasOtherGuild,
  leaveJourneyGuild,
  listJourneyDates,
  listJourneyItems,
  listOwnDates,
  listUnusedJourneys,
  updateJourney,
  useJourneyIn,
} from '../db/journeys.ts';
import type { Context } from '../context.ts';
import type { Area, Sections } from '../guild/area.ts';
import { inTurn } from '../guild/turn.ts';
import { later } from '../time.ts';
import { deleteOldMatchLines, listMatchLinesOf } from '../db/match-week.ts';
import { secondWithinHours } from './dates/confirm.ts';
import { lookAtDates } from './dates/post.ts';
import { tellChanges } from './dates/remind.ts';
import { eraseLines, reviseLines } from './match/share.ts';

/** For how many days a road is kept that nobody uses, or whose owner is in no server with the bot: twelve months. */
export const keptDays = 365;
/** For how many days it is kept when a date moved, and who was reminded of what: two seasons. */
const historyKeptDays = 730;

/**
 * Dates that moderators read, and everybody's own road. The road belongs to the person: leaving a guild takes it from
 * nobody, and it goes with their data where no other guild is left in which they use it.
 */
export const journeyArea: Area = {
  async setUp(trx, ctx, before, after) {
    if (before && before.zone !== after.zone) await lookAtDates(trx, after, ctx.now());
  },
  carryOut: (ctx) => tellChanges(ctx),

  async memberGone(trx, ctx, { guildId, userId }, why) {
    await deleteProposalsOf(trx, guildId, userId);
    // Whoever deletes their data is told by `erase` what becomes of the road.
    if (why !== 'left' || !(await leaveJourneyGuild(trx, userId, guildId))) return;
    if (!(await hasOtherGuild(trx, userId, guildId))) await updateJourney(trx, userId, { alone_since: ctx.now() });
  },
  async memberBack(trx, ctx, { guildId, userId }) {
    if (!(await updateJourney(trx, userId, { alone_since: null, look_at: ctx.now() }))) return;
    await useJourneyIn(trx, userId, guildId, ctx.now());
  },

  held: (ctx, whose) => heldOf(ctx, whose.guildId, whose.userId),
  revise: (trx, ctx, whose) => reviseLines(trx, ctx, whose),
  async erase(trx, _ctx, { guildId, userId }) {
    const ofGuild = [await deleteProposalsOf(trx, guildId, userId), await eraseLines(trx, { guildId, userId })];
    const proposed = ofGuild.includes(true);
    if (!(await hasOtherGuild(trx, userId, guildId))) return (await deleteJourney(trx, userId)) || proposed;
    return (await leaveJourneyGuild(trx, userId, guildId)) || proposed;
  },

  async purge(ctx, limit) {
    const { db, now } = ctx;
    const unused = await listUnusedJourneys(db, later(now(), { days: -keptDays }), limit);
    for (const userId of unused) await inTurn(db, userId, (trx: Trx) => deleteJourney(trx, userId));
    const before = later(now(), { days: -historyKeptDays });
    return (
      unused.length +
      (await deleteOldProposals(db, later(now(), { hours: -secondWithinHours }), limit)) +
      (await deleteOldMatchLines(db, later(now(), { days: -keptDays }), limit)) +
      (await deleteOldChanges(db, before, limit)) +
      (await deleteOldDatePosts(db, before, limit)) +
      (await deleteOldReminded(db, before, limit))
    );
  },
};

async function heldOf({ db }: Context, guildId: string, userId: string): Promise<Sections> {
  const journey = await findJourney(db, userId);
  const proposals = await listProposalsOf(db, guildId, userId);
  const road = journey && {
    timeZone: journey.zone,
    stage: journey.stage,
    beganAtStage: journey.start_stage,
    studentOrGraduate: journey.who,
    pathway: journey.pathway,
    visaNeeded: journey.visa,
    matchYear: journey.match_year,
    couplesMatch: journey.couple === null ? null : journey.couple === 1,
    remindedDaysBefore: journey.reminder_days,
    remindedOfPickedDatesOnly: journey.only_picked === 1,
    begunAt: journey.created_at,
    lastUsedAt: journey.used_at,
    steps: (await listJourneyItems(db, userId)).map(({ item_id: step, state, note, day, changed_at: at }) => ({
      step,
      state,
      note,
      day,
      at,
    })),
    dates: (await listJourneyDates(db, userId)).map(({ date_id: date, picked, told }) => ({
      date,
      picked: picked === 1,
      toldAs: told,
    })),
    ownDates: (await listOwnDates(db, userId)).map(({ title, day, time, zone, reminder_days: remind }) => ({
      title,
      day,
      time,
      zone,
      remindedDaysBefore: remind,
    })),
  };
  return {
    ...(road ? { yourRoadWhichBelongsToNoServer: road } : {}),
    linesYouSharedOnMatchDay: (await listMatchLinesOf(db, guildId, userId)).map(({ year, line, created_at: at }) => ({
      year,
      line: line ?? 'posted; its words are no longer kept',
      at,
    })),
    datesYouReadAsAModerator: proposals.map(({ date_id: date, act, day, created_at: at }) => ({ date, act, day, at })),
  };
}
