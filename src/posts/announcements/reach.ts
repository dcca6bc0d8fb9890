/** Where an announcement goes and whom it notifies: Discord's rules for the moderator and for the bot. */
import type { Announcement } from '../../db/announcements.ts';
import { listNotifyRoles } from '../../db/notify.ts';
import type { Db } from '../../db/open.ts';
import type { Schedule } from '../../db/schedules.ts';
import type { Acting } from '../../guild/acting.ts';
import type { Saying } from '../../errors.ts';
import type { Texts } from '../../texts/en.ts';

/** A permission that matters here, by Discord's name. */
type ReachPermission = keyof Texts['setup']['permissionNames'];

/** A channel, a thread or a forum. */
interface ReachedPlace {
  readonly isNews: boolean;
  /** Only of a thread: the channel that it hangs on, and whether it is locked to the bot. */
  readonly parentId?: string;
  readonly isLocked?: boolean;
  /** Only of a forum: the tags that the bot may use, and whether each post needs one. */
  readonly forum?: {
    readonly tags: readonly { readonly id: string; readonly name: string }[];
    readonly requiresTag: boolean;
  };
}

/** What Discord allows, for one announcement and one moderator: read from Discord at the moment that it is needed. */
export interface Reach {
  /** Undefined when the channel is gone, or of a kind that nobody posts in. */
  readonly channel: ReachedPlace | undefined;
  /** What the bot lacks to post in the channel. */
  readonly botLacks: readonly ReachPermission[];
  /** What the moderator lacks: nobody posts through the bot where they could not even look. */
  readonly moderatorLacks: readonly ReachPermission[];
  /** Whether Discord lets the moderator notify everyone, and any role, in this channel. */
  readonly moderatorMentions: boolean;
  /** The same of the bot. */
  readonly botMentions: boolean;
  /** `open` for a role that anybody may mention; `none` where no role is to be notified. */
  readonly role: 'none' | 'gone' | 'open' | 'closed';
}

/** Reads what Discord allows for an announcement. From the bot's memory, without a request: a form may follow. */
export type ReadReach = (
  wanted: Pick<Announcement, 'channel_id' | 'role_id'> & Partial<Pick<Announcement, 'parent_id'>>,
) => Reach;

/**
 * A moderator who acts on what is posted: with what Discord lets them see and do at this moment. To be a moderator is
 * one thing; what is said in a channel that they cannot see is not theirs to read, change or call off.
 */
export interface Poster extends Acting {
  /** Whether they see a channel; undefined for one that is gone, of which nobody can tell. */
  readonly sees: (channelId: string, parentId?: string | null) => boolean | undefined;
  /** Whether they see every channel, and so whatever was said in one that is gone. */
  readonly seesAll: boolean;
  readonly readReach: ReadReach;
}

/** Pure: whether an announcement is theirs to know of. In a channel that is gone it is their own, or everything is. */
export function seesAnnouncement(
  by: Poster,
  at: Pick<Announcement, 'channel_id' | 'parent_id' | 'author_id'>,
): boolean {
  return by.sees(at.channel_id, at.parent_id) ?? (by.seesAll || at.author_id === by.userId);
}

/** Pure: whether a schedule is theirs to know of. It holds no words, so one whose channel is gone is for all to mend. */
export function seesSchedule(by: Poster, at: Pick<Schedule, 'channel_id' | 'parent_id'>): boolean {
  return by.sees(at.channel_id, at.parent_id) ?? true;
}

/** What an announcement wants of Discord. */
export type Wanted = Pick<Announcement, 'channel_id' | 'role_id' | 'everyone' | 'crosspost'> & {
  /** Absent where no new post is made: then the forum's tags do not matter. */
  readonly tag_id?: string | null | undefined;
};

/** Pure: what keeps this moderator from posting it, each a sentence with its fix; empty when nothing does. */
export function reachFaults(wanted: Wanted, reach: Reach): Saying[] {
  const channel = `<#${wanted.channel_id}>`;
  if (!reach.channel) return [(t) => t.announcements.reach.channelGone];
  if (reach.moderatorLacks.length > 0) return [(t) => t.announcements.reach.notYours(channel)];
  const faults: Saying[] = [];
  if (reach.botLacks.length > 0) {
    faults.push((t) => {
      const { forum, parentId } = reach.channel ?? {};
      const where = parentId === undefined ? channel : `<#${parentId}>`;
      const { text, fix } = (forum ? t.places.forumPermissions : t.setup.check.channelPermissions)(
        where,
        reach.botLacks,
      );
      return `${text} ${fix}`;
    });
  }
  if (reach.channel.isLocked === true) faults.push((t) => t.places.locked(channel));
  faults.push(...tagFaults(wanted, reach.channel));
  if (wanted.crosspost === 1 && !reach.channel.isNews) faults.push((t) => t.announcements.reach.noFollowers(channel));
  faults.push(...mentionFaults(wanted, reach));
  return faults;
}

function tagFaults({ channel_id: id, tag_id: tagId }: Wanted, { forum }: ReachedPlace): Saying[] {
  if (tagId === undefined) return [];
  const channel = `<#${id}>`;
  const names = (forum?.tags ?? []).map(({ name }) => name);
  if (!forum) return tagId === null ? [] : [(t) => t.places.noTags(channel)];
  if (tagId === null) return forum.requiresTag ? [(t) => t.places.tagNeeded(channel, names)] : [];
  return forum.tags.some((tag) => tag.id === tagId) ? [] : [(t) => t.places.tagGone(channel, names)];
}

function mentionFaults({ everyone, role_id: roleId }: Wanted, reach: Reach): Saying[] {
  if (everyone === 1) {
    if (!reach.moderatorMentions) return [(t) => t.announcements.reach.everyoneNotYours];
    return reach.botMentions ? [] : [(t) => t.announcements.reach.everyoneNotMine];
  }
  if (roleId === null) return [];
  if (reach.role === 'gone') return [(t) => t.announcements.reach.roleGone];
  if (reach.role === 'open') return [];
  if (!reach.moderatorMentions) return [(t) => t.announcements.reach.roleNotYours(`<@&${roleId}>`)];
  return reach.botMentions ? [] : [(t) => t.announcements.reach.roleNotMine(`<@&${roleId}>`)];
}

/**
 * The same reach, for which a role that members took with `/notify` is open: that they are told is nobody's to refuse, and
 * the bot opens it for the post.
 */
export async function withOffers(db: Db, guildId: string, readReach: ReadReach): Promise<ReadReach> {
  const offered = new Set((await listNotifyRoles(db, guildId)).map(({ role_id: roleId }) => roleId));
  return (wanted) => {
    const reach = readReach(wanted);
    const isOffered = wanted.role_id !== null && offered.has(wanted.role_id);
    return isOffered && reach.role === 'closed' ? { ...reach, role: 'open' } : reach;
  };
}
