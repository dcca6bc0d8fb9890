import { deleteBlocksOf } from '../db/blocks.ts';
import { deleteOldOffers, openPlace } from '../db/openings.ts';
import { purgeKept } from '../db/kept-turns.ts';
import { findMember } from '../db/members.ts';
import { insertOrder } from '../db/orders.ts';
import {
  eraseFromMentoring,
  type HeldInMentoring,
  listHeldInMentoring,
  reviseNoticesOfPairs,
} from '../db/personal-data/mentoring.ts';
import { deleteOldCheckIns } from '../db/check-ins.ts';
import { moveFigures } from '../db/figures.ts';
import { deleteOldClosings, deleteOldLife } from '../db/closings.ts';
import { forgetPlaces } from '../db/meetings.ts';
import { listHeldInMentorshipLife } from '../db/personal-data/mentorship-life.ts';
import { findProfile, listProfiles, type Profile } from '../db/profiles.ts';
import { deleteClosedRequests } from '../db/purge.ts';
import { requireVerification } from '../db/registered.ts';
import { deleteOldRounds } from '../db/round-personal-data.ts';
import { type KnownProtection, purgeProtections } from '../db/protections.ts';
import type { Area, Sections } from '../guild/area.ts';
import { roleColumns, rolePurposes } from '../guild/settings.ts';
import { later } from '../time.ts';
import { lifeOf } from './held.ts';
import { placeKeptDays } from './meetings/limits.ts';
import { carryOutOrders } from './orders.ts';
import { releaseBeforeDeletion, releaseLeftOver, releaseMember, releaseRest } from './release.ts';
import { resumeMentorshipsOf } from './rests.ts';
import { tellableRules } from './rounds/left.ts';
import { oweThreadsOf } from './threads.ts';
import { returnToWaitlist } from './turn.ts';
import { replanRounds } from './rounds/schedule.ts';
import { reportTime } from './waiting-report.ts';
import { planReport } from '../db/waiting-reports.ts';
import { nextWeekly } from '../guild/weekly.ts';
import { renewSweep } from '../db/sweep.ts';
import { touchMentors, touchPool, touchRemovedMentors } from '../db/pool.ts';
import { reviseNotices } from '../db/notices/write.ts';
import { oweFittingRoles } from '../db/notices/role-orders.ts';

/** For how many days a closed request or round is kept, with what was written in it: twelve months. */
export const closedKeptDays = 365;
/** For how many days it is kept whom a closed matching round proposed: as long as a decline may still lead to the next. */
export const proposalsKeptDays = 90;

/** For how many days a question is kept that nobody answered. */
export const unansweredKeptDays = 90;

/** Profiles, requests, mentorships, the waitlist and matching rounds. */
export const mentoring: Area = {
  async setUp(trx, ctx, before, after) {
    const guildId = after.id;
    if (before?.zone !== after.zone) {
      await planReport(trx, guildId, nextWeekly(ctx.now(), after.zone, reportTime));
      await replanRounds(ctx, trx, after);
      // The next month ends at another moment.
      await moveFigures(trx, guildId, after.figures_until, { until: after.figures_until, at: null });
    }
    if (!before) return;
    const verificationChanged = before.mentor_verification !== after.mentor_verification;
    if (verificationChanged) {
      // Who can be suggested is another set of mentors now.
      await touchPool(trx, guildId);
      if (after.mentor_verification === 1) {
        await requireVerification(trx, guildId);
        await insertOrder(trx, guildId, 'reviews');
      }
    }
    // Whoever could not have a thread so far gets one there.
    if (before.mentoring_channel_id !== after.mentoring_channel_id) await renewSweep(trx, ctx.now(), guildId);
    const rolesChanged = rolePurposes.some((purpose) => before[roleColumns[purpose]] !== after[roleColumns[purpose]]);
    if (verificationChanged || rolesChanged) await insertOrder(trx, guildId, 'roles');
  },

  carryOut: carryOutOrders,

  async memberGone(trx, ctx, whose, why) {
    await releaseMember(ctx, trx, { ...whose, why });
    // Nothing else is kept about somebody who never registered, so nothing would be purged.
    if (why === 'left' && !(await findMember(trx, whose.guildId, whose.userId))) await deleteBlocksOf(trx, whose);
  },

  async letGo(ctx, whose, why) {
    await (why === 'left' ? releaseRest(ctx, whose) : releaseBeforeDeletion(ctx, whose));
  },

  letGoOfRest: releaseLeftOver,

  async memberBack(trx, ctx, whose) {
    await resumeMentorshipsOf(ctx, trx, whose);
    await returnToWaitlist(ctx, trx, whose);
    if (await findProfile(trx, whose.guildId, whose.userId, 'mentor'))
      await openPlace(trx, whose.guildId, whose.userId, ctx.now());
    await oweFittingRoles(trx, ctx, whose.guildId, [whose.userId]);
    await oweThreadsOf(trx, ctx, whose);
    await touchMentors(trx, whose.guildId, [whose.userId]);
  },

  held: async (ctx, { guildId, userId }) => ({
    profiles: (await listProfiles(ctx.db, guildId, userId)).map(profileOf),
    ...activityOf(await listHeldInMentoring(ctx.db, ctx, { guildId, userId }), userId),
    ...lifeOf(await listHeldInMentorshipLife(ctx.db, { guildId, userId }), userId),
  }),

  async revise(trx, ctx, whose) {
    const profiles = await listProfiles(trx, whose.guildId, whose.userId);
    for (const { id } of profiles) await reviseNotices(trx, id, 'mentor-review', ctx.now());
    await reviseNoticesOfPairs(trx, whose.guildId, whose.userId, ctx.now());
    // Which roles fit is seen at delivery, when the profiles are gone.
    if (profiles.length > 0) await oweFittingRoles(trx, ctx, whose.guildId, [whose.userId]);
  },

  async erase(trx, ctx, { guildId, userId }) {
    const hadAnything = await eraseFromMentoring(trx, ctx, guildId, userId);
    // The profile goes with the member's row, and with it who it was that left the pool.
    if (await findProfile(trx, guildId, userId, 'mentor')) await touchRemovedMentors(trx, guildId);
    return hadAnything;
  },

  /** Mentorships stay: they say who must not be paired again, and hold nobody's words. */
  async purge(ctx, limit) {
    const { db, now } = ctx;
    const closed = later(now(), { days: -closedKeptDays });
    const proposals = later(now(), { days: -proposalsKeptDays });
    return (
      (await deleteClosedRequests(db, closed, limit)) +
      (await deleteOldRounds(db, { proposals, rounds: closed }, limit)) +
      (await purgeProtections(db, ctx, limit)) +
      (await deleteOldLife(db, closed, limit)) +
      (await deleteOldClosings(db, closed, limit)) +
      (await deleteOldCheckIns(
        db,
        { unanswered: later(now(), { days: -unansweredKeptDays }), answered: closed },
        limit,
      )) +
      (await forgetPlaces(db, later(now(), { days: -placeKeptDays }), limit)) +
      (await purgeKept(db, now(), limit)) +
      (await deleteOldOffers(db, proposals, limit))
    );
  },
};

function profileOf(profile: Profile) {
  const isMentor = profile.role === 'mentor';
  return {
    role: profile.role,
    state: profile.state,
    pausedUntil: profile.paused_until,
    pausedBecause: profile.paused_by,
    specialties: profile.specialties,
    stage: profile.stage,
    languages: profile.languages,
    topics: profile.topics,
    aboutYou: profile.about,
    ...(isMentor
      ? {
          menteesAtATime: profile.capacity,
          earliestStageOfAMentee: profile.accepts_from,
          verification: {
            state: profile.verification,
            level: profile.verified_level,
            method: profile.verified_method,
            decidedAt: profile.verified_at,
            changedSince: profile.changed_at,
          },
          requestsThatExpiredInARow: profile.expiries,
          newRequestsAWeek: profile.requests_a_week,
          selectsResidentsUntil: profile.selects_until,
          selectsResidentsSince: profile.selects_since,
          selectsResidentsAt: profile.selects_place,
        }
      : {
          mattersMost: profile.priority,
          maySelectorsBeProposed: profile.selectors_ok === 1,
          suspendedSince: profile.verification === 'suspended' ? profile.verified_at : null,
        }),
    createdAt: profile.created_at,
    changedAt: profile.updated_at,
  };
}

/** Since when they are suspended, where that is all that is left of the profile. */
function sinceOf(held: HeldInMentoring, kind: KnownProtection['kind']) {
  return held.protections.find((kept) => kept.kind === kind)?.created_at ?? null;
}

function activityOf(held: HeldInMentoring, userId: string): Sections {
  return {
    requestsYouMade: held.requestsMade.map((request) => ({
      mentor: request.mentor_id,
      state: request.state,
      yourMessage: request.message,
      madeAt: request.created_at,
      sentAt: request.sent_at,
      expiresAt: request.expires_at,
      decidedAt: request.decided_at,
      decidedBy: request.decided_by,
      closedBecause: request.lapse,
      yourChoiceNumber: request.choice,
      proposedByMatchingRound: request.round_id,
      lookingForAMentorSince: request.looking_since,
      nudgesToThem: request.nudges,
      askedAgainAt: request.revived_at,
      cameBackToYouAt: request.season_at,
      theirReason: request.decline_reason,
      theirNote: request.decline_note,
    })),
    requestsYouReceived: held.requestsReceived.map((request) => ({
      mentee: request.mentee_id,
      state: request.state,
      theirMessage: request.message,
      receivedAt: request.sent_at,
      expiresAt: request.expires_at,
      decidedAt: request.decided_at,
      decidedBy: request.decided_by,
      closedBecause: request.lapse,
      yourReason: request.decline_reason,
      yourNote: request.decline_note,
      yourAnswerThatYouCanTakeBack: request.answer && {
        answer: request.answer,
        until: request.answer_due_at,
        reason: request.answer_choice,
        note: request.answer_note,
      },
      nudges: request.nudges,
    })),
    mentorships: held.mentorships.map((mentorship) => ({
      you: mentorship.mentor_id === userId ? 'mentor' : 'mentee',
      partner: mentorship.mentor_id === userId ? mentorship.mentee_id : mentorship.mentor_id,
      state: mentorship.state,
      startedAt: mentorship.started_at,
      plannedUntil: mentorship.due_at,
      endedAt: mentorship.ended_at,
      endReason: mentorship.end_reason,
      endedBy: mentorship.ended_by,
      pace: mentorship.pace,
      nothingAskedUntil: mentorship.quiet_until,
      saidToBeDoneBy: mentorship.done_by,
      thread: mentorship.thread_id,
    })),
    onTheWaitlistSince: held.waitingSince,
    placesYouHeardOf: held.offers.map((offer) => ({
      mentor: offer.mentor_id,
      state: offer.state,
      at: offer.created_at,
      firstUntil: offer.until,
    })),
    turnOnTheWaitlistKeptForYou: held.keptTurn && {
      since: held.keptTurn.looking_since,
      stoppedAt: held.keptTurn.since,
      keptUntil: held.keptTurn.until,
    },
    suspendedAsAMentorSince: sinceOf(held, 'suspended-mentor'),
    suspendedAsAMenteeSince: sinceOf(held, 'suspended-mentee'),
    limitsFromBeforeYouDeletedYourData: held.protections
      .filter((kept) => !kept.kind.startsWith('suspended-'))
      .map((kept) => ({ what: kept.kind, since: kept.created_at, until: kept.until })),
    membersYouBlocked: held.blocks.map(({ blockedId, since }) => ({
      member: blockedId ?? 'a member who deleted their data',
      since,
    })),
    mentorsYouDecidedAboutAsAModerator: held.decisions.map((decision) => ({
      mentor: decision.user_id,
      decision: decision.verification,
      at: decision.verified_at,
    })),
    matchingRoundsThatProposedYou: held.roundProposals.map((pair) => ({
      round: pair.round_id,
      you: pair.mentor_id === userId ? 'mentor' : 'mentee',
      partner: pair.mentor_id === userId ? pair.mentee_id : pair.mentor_id,
      reasons: JSON.parse(pair.reasons) as unknown,
    })),
    matchingRoundsThatHadNobodyForYou: held.roundsWithout.map((left) => ({
      round: left.round_id,
      why: left.why,
      // Not that a mentor blocked them, nor how well somebody would suit.
      mentorsRuledOut: Object.fromEntries(tellableRules(left)),
    })),
    pairsYouPinnedOrForbadeAsAModerator: held.roundWishes.map((wish) => ({
      round: wish.round_id,
      wish: wish.kind,
      mentee: wish.mentee_id,
      mentor: wish.mentor_id,
      at: wish.created_at,
    })),
    matchingRoundsYouScheduledAsAModerator: held.roundPlan && {
      since: held.roundPlan.set_at,
      next: held.roundPlan.next_at,
      published: held.roundPlan.publishes,
    },
    matchingRoundsYouBeganOrClosedAsAModerator: held.roundsModerated.map((round) => ({
      round: round.id,
      state: round.state,
      begunAt: round.created_at,
      closedAt: round.closed_at,
    })),
  };
}
