/**
 * What follows when Discord says no: every refusal against every kind of delivery, in one table. Pure.
 * What is limited or unanswered (429, 5xx, a cut connection) is the same for every kind: `settle.ts` tries it again, and
 * whatever could be seen twice is looked for first.
 */
import { RESTJSONErrorCodes as Code } from 'discord.js';
import type { StaffProblem } from '../db/notice-kinds.ts';
import type { PostFailure } from './notices/posting.ts';

/** Kinds of delivery. A correction changes a message that is already there. */
export const deliveries = [
  'letter',
  'staff-card',
  'mention',
  'post',
  'announcement',
  'roles',
  'thread',
  'thread-members',
  'pair',
  'crosspost',
  'removal',
  'event',
  'event-change',
  'letter-correction',
  'channel-correction',
  'announcement-correction',
] as const;
export type Delivery = (typeof deliveries)[number];

/** Discord's codes by what they mean to a delivery. A code that is not here is strange. */
export const causes = {
  /** The bot is not in the guild, or the guild is gone. */
  'guild-gone': [Code.UnknownGuild],
  'channel-gone': [Code.UnknownChannel],
  'message-gone': [Code.UnknownMessage],
  /** Not in the server, or no longer on Discord. */
  'member-gone': [Code.UnknownMember, Code.UnknownUser],
  'role-gone': [Code.UnknownRole],
  /** Permissions, also those of a bot in time-out or whose owner lacks the second factor that the server asks for. */
  'not-allowed': [
    Code.MissingAccess,
    Code.MissingPermissions,
    Code.TwoFactorAuthenticationIsRequired,
    Code.ChannelVerificationLevelTooHighForYouToGainAccess,
  ],
  /** The channel was turned into one of another kind. */
  'wrong-channel': [
    Code.CannotExecuteActionOnThisChannelType,
    Code.CannotSendMessagesInNonTextChannel,
    Code.CannotSendAMessageInAForumChannel,
  ],
  /** A forum that wants a tag on each post. */
  'tag-missing': [Code.TagRequiredToCreateAForumPostInThisChannel],
  'dms-closed': [Code.CannotSendMessagesToThisUser, Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds],
  /** A thread that was archived or locked. */
  asleep: [Code.InvalidActionOnArchivedThread, Code.ThreadLocked],
  /** As many threads, or people in one, as there may be. */
  full: [Code.MaximumActiveThreads, Code.MaximumThreadParticipantsReached],
  /** The message itself: AutoMod, a filter of Discord's, or a body that Discord does not read. */
  'not-taken': [
    Code.InvalidFormBodyOrContentType,
    Code.CannotSendAnEmptyMessage,
    Code.MessageWasBlockedByAutomaticModeration,
    Code.TitleWasBlockedByAutomaticModeration,
    Code.MessageBlockedByHarmfulLinksFilter,
    Code.ExplicitContentCannotBeSentToTheDesiredRecipient,
  ],
  /** Published before: by an attempt whose answer was lost, or by a moderator. */
  published: [Code.ThisMessageWasAlreadyCrossposted],
  /** Not a message that can be published. */
  unpublishable: [Code.InvalidMessageType, Code.CannotExecuteActionOnSystemMessage],
  /** An event of the server's that somebody took away. */
  'event-gone': [Code.UnknownGuildScheduledEvent],
  /** One that has ended or was called off. */
  'event-over': [Code.CannotUpdateAFinishedEvent],
  /** As many events as there may be. */
  'events-full': [Code.MaximumNumberOfUncompletedGuildScheduledEventsReached],
  /** Old messages can be changed a few times an hour only. */
  'edits-used-up': [Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached, Code.AnnouncementEditLimitExceeded],
  /** Discord itself has something switched off, or too much to do. */
  'off-for-now': [
    Code.SendMessagesHasBeenTemporarilyDisabled,
    Code.FeatureTemporarilyDisabledServerSide,
    Code.ServiceResourceIsBeingRateLimited,
    Code.APIResourceOverloaded,
    Code.ChannelSendRateLimit,
    Code.ServerSendRateLimit,
    Code.ActionCannotBePerformedDueToSlowmodeRateLimit,
    Code.CloudflareIsBlockingYourRequest,
  ],
} as const satisfies Readonly<Record<string, readonly number[]>>;
type Cause = keyof typeof causes;

/** Waiting after the first try, doubled with each that follows up to the longest. */
export const waits = {
  /** Trouble that passes by itself. */
  soon: { firstMs: 1_000, longestMs: 15 * 60_000 },
  /** Trouble somebody has to fix. A change in the guild, reported by Discord, brings the next try forward. */
  mending: { firstMs: 5 * 60_000, longestMs: 6 * 3_600_000 },
  /** Limits that Discord counts by the hour. */
  hourly: { firstMs: 3_600_000, longestMs: 6 * 3_600_000 },
} as const;
export type WaitName = keyof typeof waits;

/** Ways to treat a refusal. */
export type Treatment =
  /** Tried again; nobody has to know. */
  | { readonly is: 'again'; readonly waits: WaitName }
  /** Tried again until it works; the moderators hear once what to mend. */
  | { readonly is: 'mend'; readonly tells: StaffProblem }
  /** Not posted: whoever planned it hears why. With `again` the bot posts it after all, as long as it is in time. */
  | { readonly is: 'fail'; readonly why: PostFailure; readonly again: boolean }
  /** A posted announcement could not be changed, and will not be: its author hears why. */
  | { readonly is: 'uncorrected'; readonly why: 'message-deleted' | 'change-refused' }
  /** Undeliverable: it waits in the person's inbox, and the mentoring channel says so without saying what. */
  | { readonly is: 'inbox' }
  /** The thread of the two does not take it: each of them gets it as a letter. */
  | { readonly is: 'letters' }
  /** The person has left: so does everything that waits for them. */
  | { readonly is: 'left' }
  /** Waits for the bot's return; void once it is noted that the bot has left. */
  | { readonly is: 'guild' }
  /** Already as it should be. */
  | { readonly is: 'done' }
  /** Nothing is left to do, and nobody misses it. */
  | { readonly is: 'void' }
  /** Nobody knows what this means: tried again for an hour or two, then the kind's last resort. */
  | { readonly is: 'strange' };

const soon = { is: 'again', waits: 'soon' } as const;
const mending = { is: 'again', waits: 'mending' } as const;
const hourly = { is: 'again', waits: 'hourly' } as const;
const inbox = { is: 'inbox' } as const;
const letters = { is: 'letters' } as const;
const left = { is: 'left' } as const;
const done = { is: 'done' } as const;
const nothing = { is: 'void' } as const;
const strange = { is: 'strange' } as const;
const mend = (tells: StaffProblem) => ({ is: 'mend', tells }) as const;
const untilLate = (why: PostFailure) => ({ is: 'fail', why, again: true }) as const;
const failed = (why: PostFailure) => ({ is: 'fail', why, again: false }) as const;
const uncorrected = (why: 'message-deleted' | 'change-refused') => ({ is: 'uncorrected', why }) as const;

const every = (treatment: Treatment) =>
  Object.fromEntries(deliveries.map((each) => [each, treatment])) as Record<Delivery, Treatment>;

/** The treatment of each cause by kind of delivery. A kind not named treats the cause as strange. */
const table: Readonly<Record<Cause, Readonly<Partial<Record<Delivery, Treatment>>>>> = {
  'guild-gone': every({ is: 'guild' }),
  'channel-gone': {
    // A channel of direct messages that was remembered: it is opened anew.
    letter: soon,
    'staff-card': mend('channel-deleted'),
    mention: mend('channel-deleted'),
    post: untilLate('channel-deleted'),
    announcement: failed('channel-deleted'),
    thread: mend('channel-deleted'),
    // A new thread is opened.
    'thread-members': nothing,
    pair: letters,
    crosspost: nothing,
    removal: done,
    // The voice channel.
    event: mend('events-impossible'),
    'event-change': mend('events-impossible'),
    'letter-correction': done,
    'channel-correction': done,
    'announcement-correction': uncorrected('message-deleted'),
  },
  'message-gone': {
    crosspost: nothing,
    removal: done,
    'letter-correction': done,
    'channel-correction': done,
    'announcement-correction': uncorrected('message-deleted'),
  },
  'member-gone': { letter: left, roles: left, thread: left, 'thread-members': left, 'letter-correction': done },
  'role-gone': { roles: mend('role-deleted') },
  'not-allowed': {
    letter: inbox,
    'staff-card': mend('channel-closed'),
    mention: mend('channel-closed'),
    post: untilLate('channel-closed'),
    announcement: untilLate('channel-closed'),
    roles: mend('role-out-of-reach'),
    thread: mend('threads-impossible'),
    // The sweep sees that the thread is closed to the bot, and tells the moderators.
    'thread-members': nothing,
    pair: letters,
    crosspost: mend('channel-closed'),
    // An alert would tell of a report; `/setup check` names what is missing.
    removal: nothing,
    event: mend('events-impossible'),
    'event-change': mend('events-impossible'),
    'letter-correction': mending,
    'channel-correction': mend('correction-refused'),
    'announcement-correction': mend('correction-refused'),
  },
  'wrong-channel': {
    'staff-card': mend('channel-closed'),
    mention: mend('channel-closed'),
    post: untilLate('channel-closed'),
    announcement: untilLate('channel-closed'),
    thread: mend('threads-impossible'),
    pair: letters,
    crosspost: nothing,
    event: mend('events-impossible'),
    'event-change': mend('events-impossible'),
  },
  'dms-closed': { letter: inbox, 'letter-correction': mending },
  asleep: {
    post: untilLate('thread-locked'),
    announcement: untilLate('thread-locked'),
    thread: mending,
    'thread-members': nothing,
    pair: letters,
    'letter-correction': nothing,
    'channel-correction': nothing,
    'announcement-correction': uncorrected('change-refused'),
  },
  'tag-missing': { post: untilLate('tag-missing'), announcement: untilLate('tag-missing') },
  full: { post: mending, announcement: mending, thread: mend('threads-impossible'), 'thread-members': mending },
  'not-taken': {
    letter: inbox,
    'staff-card': mend('message-refused'),
    mention: mend('message-refused'),
    post: untilLate('refused'),
    announcement: failed('refused'),
    thread: mend('threads-impossible'),
    pair: letters,
    crosspost: nothing,
    // A body that Discord does not read would be a fault of ours, or a filter of words.
    event: mend('events-impossible'),
    'event-change': mend('events-impossible'),
    'letter-correction': mending,
    'channel-correction': mend('correction-refused'),
    'announcement-correction': uncorrected('change-refused'),
  },
  published: { crosspost: done },
  // Whoever took it away meant it.
  'event-gone': { 'event-change': nothing },
  'event-over': { 'event-change': nothing },
  'events-full': { event: mend('events-full') },
  unpublishable: { crosspost: nothing },
  'edits-used-up': {
    'letter-correction': hourly,
    'channel-correction': hourly,
    'announcement-correction': hourly,
  },
  'off-for-now': every(soon),
};

/** A treatment of a refusal that is understood. */
export type Known = Exclude<Treatment, { is: 'strange' }>;

/** The last resort for a delivery that failed in every try. */
export const lastResorts: Readonly<Record<Delivery, Known>> = {
  letter: inbox,
  'staff-card': mend('message-refused'),
  mention: mend('message-refused'),
  post: untilLate('refused'),
  announcement: failed('refused'),
  roles: mend('role-out-of-reach'),
  thread: mend('threads-impossible'),
  'thread-members': nothing,
  pair: letters,
  crosspost: nothing,
  removal: nothing,
  event: nothing,
  'event-change': nothing,
  'letter-correction': nothing,
  'channel-correction': nothing,
  'announcement-correction': uncorrected('change-refused'),
};

/** A refusal that nobody knows is taken for one that stays after so many tries: an hour or two. */
export const strangeTries = 20;
/** Trouble that has not passed after this many tries, about two and a half days, never will. */
export const passingTries = 500;
/**
 * How many tries a correction, a change of an event or a publication is worth that somebody has to make possible: a month, and two days. What is
 * not named waits until it works.
 */
const tries: Readonly<Partial<Record<Delivery, number>>> = {
  crosspost: 12,
  'event-change': 125,
  'letter-correction': 125,
  'channel-correction': 125,
  'announcement-correction': 125,
};

const causeOf: ReadonlyMap<string, Cause> = new Map(
  (Object.keys(causes) as Cause[]).flatMap((cause) => causes[cause].map((code) => [String(code), cause] as const)),
);

/** Pure: what the table says about a refusal, however often it came. */
export function treatmentOf(code: string, delivery: Delivery): Treatment {
  const cause = causeOf.get(code);
  return (cause && table[cause][delivery]) ?? strange;
}

/**
 * Pure: what to do about a refusal.
 * @param attempts how often it was tried, this time included.
 */
export function decide(code: string, delivery: Delivery, attempts: number): Known {
  const treatment = treatmentOf(code, delivery);
  if (treatment.is === 'strange') return attempts < strangeTries ? soon : lastResorts[delivery];
  if (treatment.is !== 'again' && treatment.is !== 'mend') return treatment;
  const isPassing = treatment.is === 'again' && treatment.waits === 'soon';
  const most = isPassing ? passingTries : (tries[delivery] ?? Infinity);
  return attempts < most ? treatment : lastResorts[delivery];
}

/** The codes of a cause, as the text that they are compared as. */
export function codesOf(cause: Cause): ReadonlySet<string> {
  return new Set(causes[cause].map(String));
}
