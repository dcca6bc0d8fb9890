import type { NoticeKind } from '../../db/schema.ts';
import { contentApproved, contentDeclined, contentReview } from './contents.ts';
import { inboxMention, staffAlert } from './housekeeping.ts';
import { mentorDeclined, mentorPaused, mentorReview, mentorSuspended, mentorVerified } from './mentors.ts';
import { mentorshipEnded, mentorshipIntroduction } from './mentorships.ts';
import {
  requestAccepted,
  requestDeclined,
  requestExpired,
  requestLapsed,
  requestNudge,
  requestReceived,
  requestWithdrawn,
} from './requests.ts';
import { roundInterrupted, roundLeft, roundProposed } from './rounds.ts';
import type { Render } from './scene.ts';

/** Notices that are a message, as opposed to roles or a thread. */
export type MessageKind = Exclude<NoticeKind, 'member-roles' | 'mentorship-thread'>;

/** How each kind of message is rendered, from current state. */
export const renderers: Readonly<Record<MessageKind, Render>> = {
  'request-received': requestReceived,
  'request-nudge': requestNudge,
  'request-accepted': requestAccepted,
  'request-declined': requestDeclined,
  'request-expired': requestExpired,
  'request-lapsed': requestLapsed,
  'request-withdrawn': requestWithdrawn,
  'mentorship-introduction': mentorshipIntroduction,
  'mentorship-ended': mentorshipEnded,
  'mentor-review': mentorReview,
  'mentor-verified': mentorVerified,
  'mentor-declined': mentorDeclined,
  'mentor-suspended': mentorSuspended,
  'mentor-paused': mentorPaused,
  'round-proposed': roundProposed,
  'round-left': roundLeft,
  'round-interrupted': roundInterrupted,
  'content-review': contentReview,
  'content-approved': contentApproved,
  'content-declined': contentDeclined,
  'inbox-mention': inboxMention,
  'staff-alert': staffAlert,
};
