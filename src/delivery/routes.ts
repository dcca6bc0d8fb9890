import type { NoticeKind } from '../db/notice-kinds.ts';
import type { Attempt } from './attempt.ts';
import { crosspost } from './crosspost.ts';
import { toEvent } from './event.ts';
import { toHandler, toHandlersChannel } from './handlers.ts';
import { openGroupThread, toGroup } from './group-thread.ts';
import { toListing } from './listing.ts';
import { toChannel, toPerson } from './messages.ts';
import { type DeliveryOf, noticeKinds } from './notices/kinds.ts';
import type { Outcome } from './outcome.ts';
import { toChosenChannel } from './posts.ts';
import { removeMessage } from './removal.ts';
import { syncRoles } from './roles.ts';
import { toStaff } from './staff.ts';
import { toPair } from './pair.ts';
import { toPanel } from './panel.ts';
import { bringTogether } from './thread-members.ts';
import { leaveThread } from './thread-end.ts';
import { openThread } from './thread.ts';
import { toModerators } from './unheard.ts';
import type { Notice } from '../db/notices/write.ts';

/** Carries out what a notice asks for: a message, roles or a thread. */
export async function carryOut(attempt: Attempt): Promise<Outcome> {
  if (attempt.guild.left_at !== null) return { is: 'guild-gone' };
  const kind = noticeKinds[attempt.notice.kind];
  switch (kind.to) {
    case 'person':
      return await toPerson(attempt, kind.render, kind.showsMember);
    case 'handler':
      return await toHandler(attempt, kind.render);
    case 'handlers-channel':
      return await toHandlersChannel(attempt, kind.render);
    case 'staff':
      if (attempt.notice.kind === 'staff-alert') return await toModerators(attempt, kind.render);
      return await toStaff(attempt, kind.render);
    case 'mentoring':
    case 'study':
      return await toChannel(attempt, kind.to, kind.render);
    case 'chosen-channel':
      return await toChosenChannel(attempt, kind.source);
    case 'panel':
      return await toPanel(attempt, kind.render);
    case 'group':
      return await toGroup(attempt, kind.render);
    case 'group-thread':
      return await openGroupThread(attempt);
    case 'roles':
      return await syncRoles(attempt);
    case 'pair':
      return await toPair(attempt);
    case 'thread':
      return await openThread(attempt);
    case 'thread-members':
      return await bringTogether(attempt);
    case 'thread-exit':
      return await leaveThread(attempt);
    case 'crosspost':
      return await crosspost(attempt);
    case 'removal':
      return await removeMessage(attempt);
    case 'listing':
      return await toListing(attempt);
    case 'event':
      return await toEvent(attempt, kind.source);
  }
}

type LaneOf = (notice: Pick<Notice, 'guild_id' | 'id' | 'kind' | 'user_id' | 'subject_id'>) => string;

/** Notices with the same lane are carried out one after the other, in order; different lanes at the same time. */
const lanes: Readonly<Record<DeliveryOf['to'], LaneOf>> = {
  person: ({ user_id: userId }) => `person:${userId}`,
  handler: ({ user_id: userId }) => `person:${userId}`,
  'handlers-channel': ({ guild_id: guildId }) => `staff:${guildId}`,
  staff: ({ guild_id: guildId }) => `staff:${guildId}`,
  mentoring: ({ guild_id: guildId }) => `mentoring:${guildId}`,
  study: ({ id, subject_id: subject }) => `study:${subject ?? id}`,
  panel: ({ guild_id: guildId }) => `panel:${guildId}`,
  'chosen-channel': ({ kind, guild_id: guildId }) => `${kind}:${guildId}`,
  roles: ({ guild_id: guildId, user_id: userId }) => `roles:${guildId}:${userId}`,
  thread: ({ id, subject_id: pair }) => `thread:${pair ?? id}`,
  pair: ({ id, subject_id: about }) => `pair:${about ?? id}`,
  'thread-exit': ({ id, subject_id: pair }) => `thread:${pair ?? id}`,
  'thread-members': ({ id, subject_id: pair }) => `thread:${pair ?? id}`,
  group: ({ id, subject_id: subject }) => `group:${subject ?? id}`,
  'group-thread': ({ id, subject_id: group }) => `thread:${group ?? id}`,
  crosspost: ({ guild_id: guildId }) => `crosspost:${guildId}`,
  removal: ({ guild_id: guildId }) => `removal:${guildId}`,
  // The forum's tags are added by one after the other.
  listing: ({ guild_id: guildId }) => `listing:${guildId}`,
  event: ({ id, subject_id: subject }) => `event:${subject ?? id}`,
};

/** The lane of a notice. */
export const laneOf: LaneOf = (notice) => lanes[noticeKinds[notice.kind].to](notice);

/** Whether a notice of this kind is a message to one person. */
export function goesToPerson(kind: NoticeKind): boolean {
  return noticeKinds[kind].to === 'person' || noticeKinds[kind].to === 'handler';
}
