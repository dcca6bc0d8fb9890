import type { Notice } from '../db/notices.ts';
import { announcementSource } from './notices/announcement-source.ts';
import type { NoticeKind } from '../db/schema.ts';
import { isMessageKind, type MessageKind, renderers } from './notices/index.ts';
import type { PostingKind, PostSource } from './notices/posting.ts';
import { posts } from './notices/posts.ts';
import type { Attempt } from './attempt.ts';
import { crosspost } from './crosspost.ts';
import { toChannel, toPerson } from './messages.ts';
import type { Outcome } from './outcome.ts';
import { toChosenChannel } from './posts.ts';
import { syncRoles } from './roles.ts';
import { openThread } from './thread.ts';

type Way = 'person' | 'mentoring' | 'staff';

/** Where each kind of message goes. */
const ways: Readonly<Record<MessageKind, Way>> = {
  'request-received': 'person',
  'request-nudge': 'person',
  'request-accepted': 'person',
  'request-declined': 'person',
  'request-expired': 'person',
  'request-lapsed': 'person',
  'mentorship-introduction': 'person',
  'mentorship-ended': 'person',
  'mentor-review': 'staff',
  'mentor-verified': 'person',
  'mentor-declined': 'person',
  'mentor-suspended': 'person',
  'mentor-paused': 'person',
  'pause-over': 'person',
  'round-proposed': 'person',
  'round-left': 'person',
  'round-interrupted': 'person',
  'content-review': 'staff',
  'content-approved': 'person',
  'content-declined': 'person',
  'announcement-failed': 'person',
  'inbox-mention': 'mentoring',
  'staff-alert': 'staff',
};

/** What is posted in a channel that a moderator chose. */
const sources: Readonly<Record<PostingKind, PostSource>> = { post: posts, announcement: announcementSource };

/** Carries out what a notice asks for: a message, roles or a thread. */
export async function carryOut(attempt: Attempt): Promise<Outcome> {
  const { kind } = attempt.notice;
  if (attempt.guild.left_at !== null) return { is: 'guild-gone' };
  if (kind === 'member-roles') return await syncRoles(attempt);
  if (kind === 'mentorship-thread') return await openThread(attempt);
  if (kind === 'crosspost') return await crosspost(attempt);
  if (kind === 'post' || kind === 'announcement') return await toChosenChannel(attempt, sources[kind]);
  const way = ways[kind];
  const render = renderers[kind];
  return way === 'person' ? await toPerson(attempt, render) : await toChannel(attempt, way, render);
}

/** Notices with the same lane are carried out one after the other, in order; different lanes at the same time. */
export function laneOf(notice: Pick<Notice, 'guild_id' | 'id' | 'kind' | 'user_id'>): string {
  const { kind } = notice;
  if (kind === 'mentorship-thread') return `thread:${notice.id}`;
  if (kind === 'member-roles') return `roles:${notice.guild_id}:${notice.user_id}`;
  if (kind === 'post' || kind === 'announcement' || kind === 'crosspost') return `${kind}:${notice.guild_id}`;
  const way = ways[kind];
  return way === 'person' ? `person:${notice.user_id}` : `${way}:${notice.guild_id}`;
}

/** Whether a notice of this kind is a message to one person. */
export function goesToPerson(kind: NoticeKind): boolean {
  return isMessageKind(kind) && ways[kind] === 'person';
}
