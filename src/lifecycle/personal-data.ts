import { countryName } from '../content/countries.ts';
import type { Context } from '../context.ts';
import { touchPool } from '../db/guilds.ts';
import { findMember, type Member } from '../db/members.ts';
import { reviseNotices } from '../db/notices.ts';
import { overwriteDeleted } from '../db/open.ts';
import {
  deleteSpentRoleOrders,
  eraseMember,
  type HeldRows,
  listHeldRows,
  reviseNoticesAbout,
} from '../db/personal-data.ts';
import { listProfiles, type Profile } from '../db/profiles.ts';
import { oweRoles } from '../mentoring/profiles/save.ts';
import { releaseMember } from '../mentoring/release.ts';
import { tellableRules } from '../mentoring/rounds/left.ts';
import type { Acting } from '../guild/acting.ts';

/**
 * Everything that is held on a member in a guild, with keys that a person can read; undefined when that is nothing.
 * Works in a guild that was never set up or left again, too: what is held is theirs.
 */
export async function exportMember(ctx: Context, whose: Acting): Promise<object | undefined> {
  const { guildId, userId } = whose;
  const member = await findMember(ctx.db, guildId, userId);
  const profiles = await listProfiles(ctx.db, guildId, userId);
  const held = await listHeldRows(ctx.db, guildId, userId);
  if (!member && profiles.length === 0 && isNothing(held)) return undefined;
  return {
    about:
      'Everything that Preceptor holds on you in this server. Times are in UTC, people and channels are Discord ids.',
    exportedAt: ctx.now(),
    server: guildId,
    you: userId,
    ...(member ? { registration: registrationOf(member) } : {}),
    profiles: profiles.map(profileOf),
    ...activityOf(held, userId),
  };
}

/** An order to take roles is what a deletion leaves behind for a moment: nothing that anybody would want to have. */
function isNothing({ waitingSince, suspendedSince, notices, ...lists }: HeldRows): boolean {
  const told = notices.filter(({ kind }) => kind !== 'member-roles');
  return (
    waitingSince === null &&
    suspendedSince === null &&
    [told, ...Object.values(lists)].every((rows) => rows.length === 0)
  );
}

function registrationOf(member: Member) {
  return {
    timeZone: member.zone,
    countryOfMedicalSchool: member.country && countryName(member.country),
    othersSeeTheCountry: member.shows_country === 1,
    codeOfConductVersion: member.conduct_version,
    codeOfConductAgreedAt: member.conduct_agreed_at,
    knownSince: member.created_at,
    lastFoundInTheServerAt: member.seen_at,
    leftTheServerAt: member.left_at,
  };
}

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
            decidedBy: profile.verified_by,
            changedSince: profile.changed_at,
          },
          requestsThatExpiredInARow: profile.expiries,
        }
      : { mattersMost: profile.priority }),
    createdAt: profile.created_at,
    changedAt: profile.updated_at,
  };
}

function activityOf(held: HeldRows, userId: string) {
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
      thread: mentorship.thread_id,
    })),
    onTheWaitlistSince: held.waitingSince,
    suspendedAsAMentorSince: held.suspendedSince,
    membersYouBlocked: held.blocks.map((block) => ({ member: block.blocked_id, since: block.created_at })),
    messagesToYou: held.notices.map((notice) => ({
      kind: notice.kind,
      state: notice.state,
      details: notice.detail === null ? null : (JSON.parse(notice.detail) as unknown),
      writtenAt: notice.created_at,
      dueAt: notice.due_at,
      deliveredAt: notice.delivered_at,
      channel: notice.channel_id,
      message: notice.message_id,
      difficulty: notice.problem,
    })),
    mentorsYouDecidedAboutAsAModerator: held.decisions.map((decision) => ({
      mentor: decision.user_id,
      decision: decision.verification,
      at: decision.verified_at,
    })),
    announcementsYouWrote: held.announcements.map((announcement) => ({
      title: announcement.title,
      text: announcement.text,
      link: announcement.link,
      image: announcement.image_url,
      channel: announcement.channel_id,
      state: announcement.state,
      writtenAt: announcement.created_at,
      changedAt: announcement.updated_at,
      plannedFor: announcement.at ?? announcement.cron,
      postedAt: announcement.posted_at,
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
    matchingRoundsYouBeganOrClosedAsAModerator: held.roundsModerated.map((round) => ({
      round: round.id,
      state: round.state,
      begunAt: round.created_at,
      closedAt: round.closed_at,
    })),
    schedulesYouAddedAsAModerator: held.schedules.map((schedule) => ({
      kind: schedule.kind,
      cron: schedule.cron,
      zone: schedule.zone,
      state: schedule.state,
      addedAt: schedule.created_at,
    })),
    tipsAndPromptsYouWrote: held.contents.map((entry) => ({
      kind: entry.kind,
      category: entry.category,
      words: JSON.parse(entry.body) as unknown,
      state: entry.state,
      decidedAt: entry.decided_at,
      writtenAt: entry.created_at,
      changedAt: entry.updated_at,
    })),
    promptsYouDid: held.participations.map(({ slot_id: post, created_at: at }) => ({ post, at })),
    moderatorsActs: held.acts.map((act) => ({
      you: act.actor_id === userId ? 'did it' : 'it was about you',
      act: act.action,
      // Who decided about a member is not the member's to know; who was decided about is in the list above.
      about: act.actor_id === userId ? act.subject_id : userId,
      details: act.detail === null ? null : (JSON.parse(act.detail) as unknown),
      at: act.at,
    })),
  };
}

/**
 * Deletes everything that is held on a member in a guild. In the same transaction requests and mentorships end, partners
 * are told, cards in the staff channel and messages to others lose the name, and the roles are owed to be taken: that order carries the
 * member's id until it is done, then `forgetDeleted` drops it.
 * @returns false when nothing was held: done already, or never registered.
 */
export async function deleteMemberData(ctx: Context, whose: Acting): Promise<boolean> {
  const { guildId, userId } = whose;
  const deleted = await ctx.db.transaction().execute(async (trx) => {
    const profiles = await listProfiles(trx, guildId, userId);
    await releaseMember(ctx, trx, { guildId, userId, why: 'deleted' });
    for (const profile of profiles) await reviseNotices(trx, profile.id, 'mentor-review', ctx.now());
    await reviseNoticesAbout(trx, guildId, userId, ctx.now());
    const hadAnything = await eraseMember(trx, guildId, userId);
    if (profiles.length > 0) await oweRoles(ctx, trx, whose);
    if (hadAnything) await touchPool(trx, guildId);
    return hadAnything;
  });
  if (deleted) await overwriteDeleted(ctx.db);
  return deleted;
}

/** Drops orders for roles that were carried out, among them what the deletion of a member's data had to leave behind. Returns how many. */
export async function forgetDeleted(ctx: Context): Promise<number> {
  return await deleteSpentRoleOrders(ctx.db);
}
