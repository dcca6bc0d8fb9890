/**
 * Pure: what the database says of a guild, held against what Discord has. What was not looked at is unknown, and nothing
 * follows from it.
 */
import type { Instant } from '../../time.ts';

/** The database's view of a guild, as far as it is compared. */
export interface Known {
  /** Channels and roles that the settings name. */
  readonly channels: readonly string[];
  readonly roles: readonly string[];
  /** Roles that members take with `/notify`. */
  readonly notifyRoles: readonly string[];
  /** The role that handles reports. */
  readonly safetyRole: string | null;
  /** The voice channel of study sessions among the server's events. */
  readonly studyVoice: string | null;
  readonly mentoringChannel: string | null;
  /** Channels in which something is planned: schedules, and announcements that have their time. */
  readonly plannedIn: readonly string[];
  /** The same of threads, with the channels that they hang on. */
  readonly plannedThreads: readonly { readonly id: string; readonly parentId: string }[];
  /** Channels in which two of a pair have agreed to meet. */
  readonly meetingPlaces: readonly string[];
  readonly members: readonly KnownMember[];
  readonly pairs: readonly KnownPair[];
  readonly groups: readonly KnownGroup[];
  readonly cards: readonly KnownCard[];
}

export interface KnownMember {
  readonly userId: string;
  readonly hasLeft: boolean;
  /** When they were last found in the guild. */
  readonly seenAt: Instant;
  /** Which roles fit their profiles, and which do not. */
  readonly roles: ReadonlyMap<string, boolean>;
}

/** A live mentorship. */
export interface KnownPair {
  readonly id: string;
  readonly threadId: string | null;
  /** Those of the two who are in the guild, and so belong into the thread. */
  readonly present: readonly string[];
}

/** A study group that goes on or rests. */
export interface KnownGroup {
  readonly id: string;
  readonly threadId: string | null;
  /** Those in it who are in the guild, and so belong into the thread. */
  readonly present: readonly string[];
}

/** A card in the staff channel under which moderators still have to decide. */
export interface KnownCard {
  readonly noticeId: string;
  readonly messageId: string;
  /** `panel`: the doors for newcomers; else moderators decide under it. */
  readonly is?: 'panel';
}

/** Discord's view. */
export interface Seen {
  /** Whether a channel or a role is there; undefined while that cannot be told. */
  readonly has: (id: string) => boolean | undefined;
  /** Whether the bot can give and take this role, and may. */
  readonly gives: (roleId: string) => boolean;
  readonly members: ReadonlyMap<string, SeenMember | 'absent'>;
  readonly threads: ReadonlyMap<string, SeenThread | 'gone' | 'closed'>;
  /** By the notice that they belong to. */
  readonly cards: ReadonlyMap<string, 'there' | 'gone'>;
}

export interface SeenMember {
  /** When they joined the guild, the last time that they did; null where Discord does not say. */
  readonly joinedAt: Instant | null;
  readonly roles: ReadonlySet<string>;
}

export interface SeenThread {
  readonly locked: boolean;
  /** Those who belong into it and are not in it. */
  readonly missing: readonly string[];
}

/** A way in which the two can differ. `mendings` in `mend.ts` says what is done about each. */
export type Difference =
  | {
      readonly kind:
        | 'channel-gone'
        | 'role-gone'
        | 'notify-role-gone'
        | 'safety-role-gone'
        | 'study-voice-gone'
        | 'planned-channel-gone'
        | 'meeting-place-gone';
      readonly id: string;
    }
  | { readonly kind: 'thread-gone' | 'thread-left'; readonly pairId: string; readonly threadId: string }
  | { readonly kind: 'group-thread-gone' | 'group-thread-left'; readonly groupId: string; readonly threadId: string }
  | { readonly kind: 'thread-missing'; readonly pairId: string }
  | { readonly kind: 'thread-locked' | 'thread-closed'; readonly threadId: string }
  | { readonly kind: 'card-gone' | 'panel-gone'; readonly noticeId: string; readonly messageId: string }
  | { readonly kind: 'member-gone' | 'member-back' | 'roles-differ'; readonly userId: string }
  | { readonly kind: 'member-returned'; readonly userId: string; readonly joinedAt: Instant };
export type DifferenceKind = Difference['kind'];

/** Everything in which the two differ, in the order in which it is best mended: who is there comes first. */
export function compare(known: Known, seen: Seen): Difference[] {
  return [
    ...known.members.flatMap((member) => compareMember(member, seen)),
    ...comparePlaces(known, seen),
    ...known.pairs.flatMap((pair) => comparePair(pair, known, seen)),
    ...known.groups.flatMap((group) => compareGroup(group, seen)),
    ...known.cards
      .filter(({ noticeId }) => seen.cards.get(noticeId) === 'gone')
      .map(
        ({ noticeId, messageId, is }) =>
          ({ kind: is ? (`${is}-gone` as const) : 'card-gone', noticeId, messageId }) as const,
      ),
  ];
}

function comparePlaces(known: Known, seen: Seen): Difference[] {
  const { has } = seen;
  const gone = (ids: readonly string[]) => [...new Set(ids)].filter((id) => has(id) === false);
  return [
    ...gone(known.channels).map((id) => ({ kind: 'channel-gone', id }) as const),
    ...gone(known.roles).map((id) => ({ kind: 'role-gone', id }) as const),
    ...gone(known.safetyRole === null ? [] : [known.safetyRole]).map(
      (id) => ({ kind: 'safety-role-gone', id }) as const,
    ),
    ...gone(known.studyVoice === null ? [] : [known.studyVoice]).map(
      (id) => ({ kind: 'study-voice-gone', id }) as const,
    ),
    ...gone(known.notifyRoles).map((id) => ({ kind: 'notify-role-gone', id }) as const),
    // Moderators hear once about a channel in the settings, whatever else is planned there.
    ...[...gone(known.plannedIn), ...goneThreads(known, seen)]
      .filter((id) => !known.channels.includes(id))
      .map((id) => ({ kind: 'planned-channel-gone', id }) as const),
    ...gone(known.meetingPlaces).map((id) => ({ kind: 'meeting-place-gone', id }) as const),
  ];
}

/** An archived thread is in nobody's memory: it is gone with its channel, or once somebody looked in vain. */
function goneThreads({ plannedThreads }: Known, { has, threads }: Seen): string[] {
  const gone = plannedThreads.filter(
    ({ id, parentId }) => has(id) === false && (has(parentId) === false || threads.get(id) === 'gone'),
  );
  return [...new Set(gone.map(({ id }) => id))];
}

function compareMember({ userId, hasLeft, seenAt, roles }: KnownMember, { members, gives }: Seen): Difference[] {
  const there = members.get(userId);
  if (there === undefined) return [];
  if (there === 'absent') return hasLeft ? [] : [{ kind: 'member-gone', userId }];
  // Whoever is back gets the roles with everything else.
  if (hasLeft) return [{ kind: 'member-back', userId }];
  const { joinedAt } = there;
  if (joinedAt !== null && joinedAt > seenAt) return [{ kind: 'member-returned', userId, joinedAt }];
  // Moderators hear about a role that is gone or out of reach; nobody gets it meanwhile.
  const differs = [...roles].some(([roleId, fits]) => gives(roleId) && there.roles.has(roleId) !== fits);
  return differs ? [{ kind: 'roles-differ', userId }] : [];
}

function comparePair({ id: pairId, threadId, present }: KnownPair, known: Known, seen: Seen): Difference[] {
  if (threadId === null) {
    const { mentoringChannel } = known;
    const canOpen = mentoringChannel !== null && seen.has(mentoringChannel) === true;
    return canOpen ? [{ kind: 'thread-missing', pairId }] : [];
  }
  return compareThread(threadId, present, seen, {
    gone: { kind: 'thread-gone', pairId, threadId },
    left: { kind: 'thread-left', pairId, threadId },
  });
}

/** A group without a thread waits for one: its notice stays owed until there is a channel for it. */
function compareGroup({ id: groupId, threadId, present }: KnownGroup, seen: Seen): Difference[] {
  if (threadId === null) return [];
  return compareThread(threadId, present, seen, {
    gone: { kind: 'group-thread-gone', groupId, threadId },
    left: { kind: 'group-thread-left', groupId, threadId },
  });
}

function compareThread(
  threadId: string,
  present: readonly string[],
  seen: Seen,
  differs: { readonly gone: Difference; readonly left: Difference },
): Difference[] {
  const thread = seen.threads.get(threadId);
  if (thread === undefined) return [];
  if (thread === 'gone') return [differs.gone];
  if (thread === 'closed') return [{ kind: 'thread-closed', threadId }];
  if (thread.locked) return [{ kind: 'thread-locked', threadId }];
  return thread.missing.some((userId) => present.includes(userId)) ? [differs.left] : [];
}
