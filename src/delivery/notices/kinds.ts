import type { Context } from '../../context.ts';
import { findMentorship, type Mentorship } from '../../db/mentorships.ts';
import type { NoticeKind, StaffProblem } from '../../db/notice-kinds.ts';
import type { Notice } from '../../db/notices/write.ts';
import type { Db, Trx } from '../../db/open.ts';
import { announcementSource } from './announcement-source.ts';
import { caseClosed, examHidden, caseLine, caseNews, caseQuestion, caseReminder, caseWaiting } from './cases.ts';
import { announcementNotPosted, announcementQuiet } from './announcements.ts';
import { claimAnswered, claimPost, claimWaiting } from './claims.ts';
import { dateChanged, datesPost, datesSoon } from './dates.ts';
import { contentApproved, contentDeclined, contentReview } from './contents.ts';
import { inboxMention, staffAlert } from './housekeeping.ts';
import {
  menteeLifted,
  menteeSuspended,
  mentorDeclined,
  mentorPaused,
  mentorReview,
  mentorSuspended,
  mentorVerified,
  pauseOver,
} from './mentors.ts';
import { waitingReport } from './waiting-report.ts';
import { menteeWithout } from './without.ts';
import { checkInLetter, checkInStaff, pairPrompt, pairPromptLetter } from './check-ins.ts';
import type { EventSource } from './events.ts';
import { hoursOver } from './hours.ts';
import { helpBehind, matchLine, matchWord } from './match.ts';
import { meetingLetter, meetingPair, meetingThread } from './meetings.ts';
import { oweMeetingLetters, owePromptLetters } from '../follow-ups.ts';
import {
  closingWord,
  mentorshipDone,
  mentorshipEnded,
  mentorshipIntroduction,
  mentorshipRests,
  mentorshipResumed,
} from './mentorships.ts';
import { officeEvent } from './office-event.ts';
import { officeCard, officeLetter } from './office-hours.ts';
import { placeOpen } from './openings.ts';
import { panelCard } from './panel.ts';
import type { PostSource } from './posting.ts';
import { posts } from './posts.ts';
import {
  answerVoid,
  requestAccepted,
  requestDeclined,
  requestExpired,
  requestLapsed,
  requestNudge,
  requestReceived,
} from './requests.ts';
import { roundPlanned } from './round-planned.ts';
import { roundInterrupted, roundLeft, roundProposed } from './rounds.ts';
import type { Render } from './scene.ts';
import { groupFew, groupSession, groupSoon } from './study-sessions.ts';
import { focusMessage } from './focus.ts';
import { groupApplication, groupOwner, groupPlace, groupPoll } from './study-consent.ts';
import { groupsFormed } from './formations.ts';
import { groupPrompt, groupWeek } from './study-plan.ts';
import { sessionEvent } from './study-events.ts';
import { groupNews, groupOffered, groupQuiet, groupShift, groupSilence, groupVote, seekerLeft } from './study.ts';

/**
 * How a kind of notice is delivered. `to` says where it goes, and with that its lane (`src/delivery/routes.ts`): what
 * waits for what.
 * - `person`: a direct message, in their language; undeliverable, it is the last resort that `/inbox` shows it, unless
 *   what it says stands there anyway. `showsMember`: it brings one member to another, and goes only to who is there;
 *   `orStaff`: what the moderators hear when it reaches nobody;
 * - `handler`: a direct message to somebody who handles reports, while Discord calls them one and they may see the case;
 * - `handlers-channel`: a line in the staff channel, where nobody reads it who may not see the case;
 * - `staff`, `mentoring`, `study`: a message in that channel; an alert that cannot be delivered goes on (`unheard.ts`);
 * - `group`: a message in a study group's thread; `group-thread`: the thread itself; `listing`: its post in the forum of open groups;
 * - `chosen-channel`: a post in a channel that a moderator chose; its source says what follows from failing;
 * - `panel`: the doors for newcomers, pinned in the channel that moderators chose for them;
 * - `event`: an occasion in the server's own list of events, brought in line with its subject (`src/delivery/event.ts`);
 * - `pair`: a message in the thread of two, and to each of them where that cannot be;
 * - `roles`, `thread`, `thread-members`, `thread-exit`, `crosspost`, `removal`: no message of its own. A pair without a thread
 *   is introduced by direct message.
 *
 * What follows when Discord refuses stands in `src/delivery/refusals.ts`.
 */
export type DeliveryOf =
  | {
      readonly to: 'person';
      readonly render: Render;
      readonly inInbox: boolean;
      readonly showsMember: boolean;
      readonly orStaff?: StaffProblem;
    }
  | { readonly to: 'handler' | 'handlers-channel'; readonly render: Render }
  | { readonly to: 'staff' | 'mentoring' | 'study' | 'group' | 'panel'; readonly render: Render }
  | {
      readonly to: 'pair';
      readonly render: Render;
      /** The mentorship that the subject belongs to. */
      readonly pairOf: (db: Db, subjectId: string) => Promise<Mentorship | undefined>;
      /** Owes the same to each of the two as a letter. */
      readonly toEach: (trx: Trx, ctx: Context, notice: Notice, pair: Mentorship) => Promise<void>;
    }
  | { readonly to: 'chosen-channel'; readonly source: PostSource }
  | { readonly to: 'event'; readonly source: EventSource }
  | {
      readonly to:
        'roles' | 'group-thread' | 'listing' | 'thread' | 'thread-members' | 'thread-exit' | 'crosspost' | 'removal';
    };

const letter = (render: Render) => ({ to: 'person', render, inInbox: true, showsMember: false }) as const;
const letterAboutMember = (render: Render) => ({ to: 'person', render, inInbox: true, showsMember: true }) as const;
/** What it says stands in the inbox with its buttons already. */
const letterShownAbove = (render: Render) => ({ to: 'person', render, inInbox: false, showsMember: true }) as const;
const letterOfOffer = (render: Render) => ({ to: 'person', render, inInbox: false, showsMember: false }) as const;
const card = (render: Render) => ({ to: 'staff', render }) as const;
const inGroup = (render: Render) => ({ to: 'group', render }) as const;

/** Every kind of notice, once. A new one has its detail in `src/db/notice-kinds.ts`, its row here, and its renderer. */
export const noticeKinds: Readonly<Record<NoticeKind, DeliveryOf>> = {
  'request-received': letterShownAbove(requestReceived),
  'request-nudge': letterShownAbove(requestNudge),
  'request-accepted': letterAboutMember(requestAccepted),
  'request-declined': letter(requestDeclined),
  'request-expired': letter(requestExpired),
  'answer-void': letter(answerVoid),
  'request-lapsed': letter(requestLapsed),
  'mentorship-thread': { to: 'thread' },
  'thread-members': { to: 'thread-members' },
  'mentorship-introduction': letterAboutMember(mentorshipIntroduction),
  'mentorship-ended': letter(mentorshipEnded),
  'thread-exit': { to: 'thread-exit' },
  'mentorship-done': letterAboutMember(mentorshipDone),
  'meeting-thread': { to: 'pair', render: meetingThread, pairOf: meetingPair, toEach: oweMeetingLetters },
  'meeting-letter': letterAboutMember(meetingLetter),
  'closing-word': letter(closingWord),
  'check-in': letterAboutMember(checkInLetter),
  'check-in-staff': card(checkInStaff),
  'pair-prompt': { to: 'pair', render: pairPrompt, pairOf: findMentorship, toEach: owePromptLetters },
  'pair-prompt-letter': letterAboutMember(pairPromptLetter),
  'hours-over': letter(hoursOver),
  'mentorship-rests': letter(mentorshipRests),
  'mentorship-resumed': letter(mentorshipResumed),
  'place-open': letterShownAbove(placeOpen),
  'waiting-report': card(waitingReport),
  'round-planned': card(roundPlanned),
  'mentee-without': card(menteeWithout),
  'mentor-review': card(mentorReview),
  'mentor-verified': letter(mentorVerified),
  'mentor-declined': letter(mentorDeclined),
  'mentor-suspended': letter(mentorSuspended),
  'mentee-suspended': letter(menteeSuspended),
  'mentee-lifted': letter(menteeLifted),
  'mentor-paused': letter(mentorPaused),
  'pause-over': letter(pauseOver),
  'round-proposed': letterAboutMember(roundProposed),
  'round-left': letter(roundLeft),
  'round-interrupted': { ...letter(roundInterrupted), orStaff: 'round-interrupted' },
  'case-waiting': { to: 'handler', render: caseWaiting },
  'case-reminder': { to: 'handler', render: caseReminder },
  'case-line': { to: 'handlers-channel', render: caseLine },
  'case-news': { to: 'handler', render: caseNews },
  'case-question': letter(caseQuestion),
  'case-closed': letter(caseClosed),
  'exam-removal': { to: 'removal' },
  'exam-hidden': letter(examHidden),
  'member-roles': { to: 'roles' },
  'inbox-mention': { to: 'mentoring', render: inboxMention },
  'staff-alert': card(staffAlert),
  announcement: { to: 'chosen-channel', source: announcementSource },
  'announcement-failed': { ...letter(announcementNotPosted), orStaff: 'announcement-not-posted' },
  'announcement-quiet': letter(announcementQuiet),
  post: { to: 'chosen-channel', source: posts },
  crosspost: { to: 'crosspost' },
  'group-thread': { to: 'group-thread' },
  'group-vote': inGroup(groupVote),
  'group-session': inGroup(groupSession),
  'group-soon': inGroup(groupSoon),
  'group-listing': { to: 'listing' },
  'session-event': { to: 'event', source: sessionEvent },
  'group-few': inGroup(groupFew),
  'group-prompt': inGroup(groupPrompt),
  'group-week': inGroup(groupWeek),
  'group-quiet': inGroup(groupQuiet),
  'group-shift': inGroup(groupShift),
  'group-offered': letterOfOffer(groupOffered),
  'groups-formed': card(groupsFormed),
  'group-silence': letter(groupSilence),
  'group-news': letter(groupNews),
  'office-card': { to: 'mentoring', render: officeCard },
  'office-event': { to: 'event', source: officeEvent },
  'office-letter': letterAboutMember(officeLetter),
  focus: { to: 'study', render: focusMessage },
  'group-place': inGroup(groupPlace),
  'group-poll': inGroup(groupPoll),
  'group-application': inGroup(groupApplication),
  'group-owner': letter(groupOwner),
  'seeker-left': letter(seekerLeft),
  'content-review': card(contentReview),
  'content-approved': letter(contentApproved),
  'content-declined': letter(contentDeclined),
  'match-word': { to: 'chosen-channel', source: matchWord },
  'match-line': { to: 'chosen-channel', source: matchLine },
  'help-behind': letter(helpBehind),
  'dates-soon': letter(datesSoon),
  'dates-post': { to: 'chosen-channel', source: datesPost },
  'date-changed': letter(dateChanged),
  'claim-waiting': card(claimWaiting),
  'claim-answered': letter(claimAnswered),
  'claim-post': { to: 'chosen-channel', source: claimPost },
  panel: { to: 'panel', render: panelCard },
};
