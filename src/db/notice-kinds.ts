/**
 * The kinds of notices, and what each carries beside its subject: what current state cannot tell when it is delivered.
 * How a kind is delivered stands in one row of `src/delivery/notices/kinds.ts`.
 */
import { z } from 'zod';

/** What can be wrong with a schedule; each has its sentence in `texts/en/posts.ts`. */
export const scheduleProblems = [
  'schedule-channel-deleted',
  'schedule-channel-closed',
  'schedule-thread-locked',
  'schedule-tag-missing',
  'schedule-refused',
  'schedule-nothing',
  'schedule-held',
  'schedule-quiet',
] as const;
export type ScheduleProblem = (typeof scheduleProblems)[number];

/**
 * Why a post goes out without the mention that was planned: nobody answers for it who may make it, the bot may not, or
 * the role is gone.
 */
const quietReasons = ['nobody-may', 'bot-may-not', 'role-gone'] as const;
export type QuietReason = (typeof quietReasons)[number];

/** What moderators have to mend; each has its sentence, with its fix, in `texts/en/notices.ts` or `posts.ts`. */
export const staffProblems = [
  'channel-deleted',
  'channel-closed',
  'channel-not-set',
  'threads-impossible',
  'threads-many',
  'threads-full',
  'listing-tags',
  'channel-hidden',
  'role-deleted',
  'role-out-of-reach',
  'role-powerful',
  'staff-open',
  'notify-role-deleted',
  'planned-channel-deleted',
  'panel-channel-deleted',
  'exam-rule-deleted',
  'safety-role-deleted',
  'study-voice-deleted',
  'thread-locked',
  'thread-closed',
  'message-refused',
  'correction-refused',
  'announcement-not-posted',
  'round-interrupted',
  'content-outdated',
  'focus-empty',
  'events-full',
  'events-impossible',
  ...scheduleProblems,
  'announcement-quiet',
] as const;
export type StaffProblem = (typeof staffProblems)[number];

/** What is said about a meeting in the thread of a pair: what becomes of it, two reminders, and a question after it. */
const meetingThreadParts = ['proposed', 'agreed', 'called-off', 'day-before', 'hour-before', 'how-was-it'] as const;
export type MeetingThreadPart = (typeof meetingThreadParts)[number];

/** Why an owner takes somebody out of a group; each has its sentence in `texts/en/study-groups.ts`. */
export const removalReasons = ['absent', 'pace', 'target', 'manner'] as const;
export type RemovalReason = (typeof removalReasons)[number];

/** Nothing beside its subject. */
const nothing = z.null();
/** What a moderator added, in their words. */
const note = z.object({ note: z.string() }).nullable();

/** What each kind carries; null where it may carry nothing. */
export const noticeDetails = {
  'request-received': nothing,
  'request-nudge': nothing,
  'request-accepted': nothing,
  'request-declined': nothing,
  'request-expired': nothing,
  /** A mentor's acceptance did not go out: the request came to another end while it rested. */
  'answer-void': nothing,
  /** Whether it was still queued, so that nobody had been asked. */
  'request-lapsed': z.object({ queued: z.boolean() }).nullable(),
  /** Whether it takes the place of one that is gone. */
  'mentorship-thread': z.object({ again: z.literal(true) }).nullable(),
  /** The two are brought into their thread, where they are missing from it. */
  'thread-members': nothing,
  /** Whether they had a thread before, which is gone. */
  'mentorship-introduction': z.object({ again: z.literal(true) }).nullable(),
  /** Whether its reader is asked to be a mentor. */
  'mentorship-ended': z.object({ asks: z.literal('mentor') }).nullable(),
  /** Somebody who deleted their data is to be taken out of what was their thread. */
  'thread-exit': nothing,
  /** Somebody who waits hears of a place that opened; its subject is the offer. */
  'place-open': nothing,
  /** Who waits, each week; its subject is the moment at which it was due. */
  'waiting-report': nothing,
  /** A round that began by schedule. */
  'round-planned': nothing,
  /** Somebody who waits, and for whom nobody is eligible; its subject is their profile. */
  'mentee-without': nothing,
  /** One says that they are done and the other is asked; or the other would like to go on. */
  'mentorship-done': z.object({ part: z.enum(['asked', 'refused']) }),
  /** About a meeting, in the thread of the two. */
  'meeting-thread': z.object({ part: z.enum(meetingThreadParts) }),
  /** The same to one of them. */
  'meeting-letter': z.object({ part: z.enum([...meetingThreadParts, 'refused']) }),
  /** What the bot asks one of the two; its subject is the question. */
  'check-in': nothing,
  /** The word on the Sunday of Match Week. */
  'match-word': nothing,
  /** A line that a member shares on Match Day; its subject is the line. */
  'match-line': nothing,
  /** Somebody matched a while ago: whether they would help those behind them. */
  'help-behind': nothing,
  /** To the moderators: one of the two asks for them, or left a line. */
  'check-in-staff': nothing,
  /** A message that was reported as exam content is taken away; its user wrote it. */
  'exam-removal': z.object({ channelId: z.string(), messageId: z.string(), caseId: z.string() }),
  /** To whoever wrote it: that it was, and why; its subject is the case. */
  'exam-hidden': z.object({ channelId: z.string() }),
  /** What the other said at the end. */
  'closing-word': nothing,
  /** In the thread of the two, of the bot's own accord. */
  'pair-prompt': z.object({ part: z.enum(['hours', 'goal', 'next']) }),
  /** The same to one of them. */
  'pair-prompt-letter': z.object({ part: z.enum(['hours', 'goal', 'next']) }),
  /** The doors for newcomers; its subject is the panel. */
  panel: nothing,
  /** Somebody's hours have come to their end. */
  'hours-over': nothing,
  'mentorship-rests': nothing,
  'mentorship-resumed': nothing,
  'mentor-review': nothing,
  'mentor-verified': nothing,
  'mentor-declined': note,
  'mentor-suspended': nothing,
  'mentee-suspended': nothing,
  'mentee-lifted': nothing,
  'mentor-paused': nothing,
  'pause-over': nothing,
  'round-proposed': nothing,
  'round-left': nothing,
  'round-interrupted': nothing,
  /** A report is waiting: to a handler, whom Discord still calls one when it is sent; its subject is the case. */
  'case-waiting': nothing,
  'case-reminder': nothing,
  /** The same in the staff channel, where nobody reads it who may not see the case. */
  'case-line': nothing,
  /** Something is new in a case, to the handler who has taken it. */
  'case-news': nothing,
  /** Handlers ask a reporter; its subject is the statement. */
  'case-question': nothing,
  'case-closed': nothing,
  /** One role that a member chose; nothing for the roles that fit their profiles. */
  'member-roles': z.object({ role: z.string(), given: z.boolean() }).nullable(),
  'inbox-mention': nothing,
  /** The channel, role, schedule, announcement or round; for a channel that is not set what it is for, for content its kind, for events the week. */
  'staff-alert': z.object({ problem: z.enum(staffProblems), id: z.string() }),
  announcement: nothing,
  /** `repeats`: whether it was one time of several. */
  'announcement-failed': z.object({
    why: z.enum([
      'channel-deleted',
      'channel-closed',
      'thread-locked',
      'tag-missing',
      'refused',
      'late',
      'moderator-gone',
      'message-deleted',
      'change-refused',
    ]),
    repeats: z.boolean().default(false),
  }),
  /** Posted without the mention that was planned, and why. */
  'announcement-quiet': z.object({ why: z.enum(quietReasons) }),
  post: nothing,
  crosspost: z.object({ channelId: z.string(), messageId: z.string() }),
  /** A group's thread; whether it takes the place of one that is gone. */
  'group-thread': z.object({ again: z.literal(true) }).nullable(),
  'group-vote': nothing,
  /** A session, from the day before to its end: its message is edited as it goes on. */
  'group-session': nothing,
  'group-soon': nothing,
  /** A session in the server's own list of events. */
  'session-event': nothing,
  /** A group that is listed openly, in the forum for that; its subject is the group. */
  'group-listing': nothing,
  /** Fewer than two come to a session. */
  'group-few': nothing,
  /** A prompt of the group's own; the library's id. */
  'group-prompt': z.object({ prompt: z.string() }),
  /** What a group did in the week until then. */
  'group-week': z.object({ until: z.string() }),
  'group-quiet': nothing,
  /** The first session after a change of a clock. */
  'group-shift': z.object({ at: z.string() }),
  /** Whether it reminds of one that was not answered. */
  'group-offered': z.object({ again: z.literal(true) }).nullable(),
  /** To the moderators: what the weekly run came to; its subject is the formation. */
  'groups-formed': nothing,
  'group-silence': nothing,
  /** What has become of somebody's place, of a removal why; or, to an owner, that their group is listed no more. */
  'group-news': z.object({
    what: z.enum([
      'closed',
      'left',
      'removed',
      'place-free',
      'offer-lapsed',
      'merged',
      'taken-in',
      'not-taken',
      'offer-gone',
      'unlisted',
    ]),
    reason: z.enum(removalReasons).optional(),
  }),
  /** Office hours that are coming, for everybody in the mentoring channel. */
  'office-card': nothing,
  /** The same in the server's own list of events. */
  'office-event': nothing,
  /** To somebody on their list, or to the mentor. */
  'office-letter': z.object({
    part: z.enum(['place', 'day', 'hour', 'after', 'moved', 'off', 'channel-gone', 'channel-closed']),
  }),
  /** Open co-working; its subject is the room. */
  focus: nothing,
  /** A group decides something by majority; its subject is the poll. */
  'group-poll': nothing,
  /** Somebody is no longer in a group; who it was is not carried. */
  'group-place': nothing,
  /** Somebody would like to join: when they said so. */
  'group-application': z.object({ since: z.string() }),
  /** Whether a member looks after their group from now on. */
  'group-owner': nothing,
  /**
   * Somebody whom no group had room for: what they seek, how many others wait, what would help; or that the group that was
   * planned for them fell apart.
   */
  'seeker-left': z.object({
    topic: z.string(),
    waiting: z.number(),
    fellAway: z.literal(true).optional(),
    changes: z.array(
      z.discriminatedUnion('is', [
        z.object({ is: z.literal('hours'), from: z.number(), to: z.number(), others: z.number() }),
        z.object({ is: z.literal('month'), month: z.string(), others: z.number() }),
        z.object({ is: z.literal('language'), language: z.string(), others: z.number() }),
      ]),
    ),
  }),
  'content-review': nothing,
  'content-approved': nothing,
  'content-declined': note,
  /** Dates that come nearer, of authorities and of their own, each with the days before. */
  'dates-soon': z.object({
    dates: z.array(z.object({ id: z.string(), days: z.number() })),
    own: z.array(z.object({ id: z.string(), days: z.number() })),
  }),
  /** Dates that come nearer, for everybody; its subject is the post. */
  'dates-post': nothing,
  /** A date that somebody was told of is another one now; its subject is the change. */
  'date-changed': nothing,
  /** To the moderators: whether something is true; its subject is the claim. */
  'claim-waiting': nothing,
  /** To somebody who asked; whether what they were told before is corrected. */
  'claim-answered': z.object({ again: z.literal(true) }).nullable(),
  /** What the official page says, below the message that somebody asked about. */
  'claim-post': nothing,
} as const;

export type NoticeKind = keyof typeof noticeDetails;
/** What a kind carries, as it is read. */
export type NoticeDetail<Kind extends NoticeKind> = z.output<(typeof noticeDetails)[Kind]>;
/** The same, as it is written. */
export type NewDetail<Kind extends NoticeKind> = z.input<(typeof noticeDetails)[Kind]>;

/** What everybody reads in a channel that a moderator chose. It waits while the time is uncertain. */
export const plannedKinds: readonly NoticeKind[] = [
  'announcement',
  'post',
  'match-word',
  'match-line',
  'dates-post',
  'claim-post',
];
