import type { NoticeKind } from '../../db/schema.ts';
import { contentApproved, contentDeclined, contentReview } from './contents.ts';
import { announcementNotPosted } from './announcements.ts';
import { inboxMention, staffAlert } from './housekeeping.ts';
import { mentorDeclined, mentorPaused, mentorReview, mentorSuspended, mentorVerified, pauseOver } from './mentors.ts';
import { mentorshipEnded, mentorshipIntroduction } from './mentorships.ts';
import {
  requestAccepted,
  requestDeclined,
  requestExpired,
  requestLapsed,
  requestNudge,
  requestReceived,
} from './requests.ts';
import { roundInterrupted, roundLeft, roundProposed } from './rounds.ts';
import type { PostingKind } from './posting.ts';
import type { Render } from './scene.ts';

/** Notices that are a message of their kind's own, as opposed to roles, a thread, or a post with what follows from it. */
export type MessageKind = Exclude<NoticeKind, 'member-roles' | 'mentorship-thread' | 'crosspost' | PostingKind>;

/** How each kind of message is rendered, from current state. */
export const renderers: Readonly<Record<MessageKind, Render>> = {
  'request-received': requestReceived,
  'request-nudge': requestNudge,
  'request-accepted': requestAccepted,
  'request-declined': requestDeclined,
  'request-expired': requestExpired,
  'request-lapsed': requestLapsed,
  'mentorship-introduction': mentorshipIntroduction,
  'mentorship-ended': mentorshipEnded,
  'mentor-review': mentorReview,
  'mentor-verified': mentorVerified,
  'mentor-declined': mentorDeclined,
  'mentor-suspended': mentorSuspended,
  'mentor-paused': mentorPaused,
  'pause-over': pauseOver,
  'round-proposed': roundProposed,
  'round-left': roundLeft,
  'round-interrupted': roundInterrupted,
  'content-review': contentReview,
  'content-approved': contentApproved,
  'content-declined': contentDeclined,
  'announcement-failed': announcementNotPosted,
  'inbox-mention': inboxMention,
  'staff-alert': staffAlert,
};

/** Whether a notice is a message of its kind's own. */
export function isMessageKind(kind: NoticeKind): kind is MessageKind {
  return kind in renderers;
}
