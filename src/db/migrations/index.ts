import type { Migration } from 'kysely/migration';
import * as initial from './0001-initial.ts';
import * as rounds from './0002-rounds.ts';
import * as posts from './0003-posts.ts';
import * as announcements from './0004-announcements.ts';
import * as contentsByAge from './0005-contents-by-age.ts';
import * as languages from './0006-languages.ts';
import * as poolChanges from './0007-pool-changes.ts';
import * as publishing from './0008-publishing.ts';
import * as commandScopes from './0009-command-scopes.ts';
import * as givenUp from './0010-what-was-given-up.ts';
import * as protections from './0011-protections.ts';
import * as rests from './0012-rests.ts';
import * as sweep from './0013-sweep.ts';
import * as whoAnswers from './0014-who-answers.ts';
import * as turns from './0016-turns.ts';
import * as door from './0017-door.ts';
import * as waiting from './0018-waiting.ts';
import * as radiology from './0019-radiology.ts';
import * as processes from './0020-processes.ts';
import * as hours from './0022-hours.ts';
import * as mentorshipLife from './0023-mentorship-life.ts';
import * as journey from './0024-journey.ts';
import * as studyGroups from './0026-study-groups.ts';
import * as cases from './0028-cases.ts';
import * as setups from './0029-setups.ts';
import * as panel from './0030-panel.ts';
import * as placesForPosts from './0031-places-for-posts.ts';
import * as requestWeeks from './0034-request-weeks.ts';
import * as officeHours from './0035-office-hours.ts';
import * as selectionSeason from './0036-selection-season.ts';
import * as figures from './0037-figures.ts';
import * as afterMentorship from './0038-after-a-mentorship.ts';
import * as claims from './0039-claims.ts';
import * as review from './0040-review.ts';
import * as reminderHour from './0041-reminder-hour.ts';
import * as matchWeek from './0042-match-week.ts';
import * as studySessions from './0044-study-sessions.ts';
import * as studyConsent from './0045-study-consent.ts';
import * as focus from './0046-focus.ts';
import * as formations from './0047-formations.ts';
import * as datePosts from './0048-date-posts.ts';
import * as officeSettings from './0049-office-hours-settings.ts';
import * as sessionEvents from './0050-session-events.ts';
import * as groupForum from './0051-group-forum.ts';
import * as calledOff from './0053-called-off.ts';
import * as focusDaily from './0054-focus-daily.ts';
import * as examRule from './0055-exam-rule.ts';
import * as seasonDoors from './0056-season-doors.ts';
import * as largeGuilds from './0057-large-guilds.ts';
import * as handlersSeen from './0058-handlers-seen.ts';
import * as triedIn from './0059-tried-in.ts';
import * as groupThreads from './0061-group-threads.ts';

/** Every migration in order. An explicit list: nothing runs because a file happens to lie in a folder. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-rounds': rounds,
  '0003-posts': posts,
  '0004-announcements': announcements,
  '0005-contents-by-age': contentsByAge,
  '0006-languages': languages,
  '0007-pool-changes': poolChanges,
  '0008-publishing': publishing,
  '0009-command-scopes': commandScopes,
  '0010-what-was-given-up': givenUp,
  '0011-protections': protections,
  '0012-rests': rests,
  '0013-sweep': sweep,
  '0014-who-answers': whoAnswers,
  '0016-turns': turns,
  '0017-door': door,
  '0018-waiting': waiting,
  '0019-radiology': radiology,
  '0020-processes': processes,
  '0022-hours': hours,
  '0023-mentorship-life': mentorshipLife,
  '0024-journey': journey,
  '0026-study-groups': studyGroups,
  '0028-cases': cases,
  '0029-setups': setups,
  '0030-panel': panel,
  '0031-places-for-posts': placesForPosts,
  '0034-request-weeks': requestWeeks,
  '0035-office-hours': officeHours,
  '0036-selection-season': selectionSeason,
  '0037-figures': figures,
  '0038-after-a-mentorship': afterMentorship,
  '0039-claims': claims,
  '0040-review': review,
  '0041-reminder-hour': reminderHour,
  '0042-match-week': matchWeek,
  '0044-study-sessions': studySessions,
  '0045-study-consent': studyConsent,
  '0046-focus': focus,
  '0047-formations': formations,
  '0048-date-posts': datePosts,
  '0049-office-hours-settings': officeSettings,
  '0050-session-events': sessionEvents,
  '0051-group-forum': groupForum,
  '0053-called-off': calledOff,
  '0054-focus-daily': focusDaily,
  '0055-exam-rule': examRule,
  '0056-season-doors': seasonDoors,
  '0057-large-guilds': largeGuilds,
  '0058-handlers-seen': handlersSeen,
  '0059-tried-in': triedIn,
  '0061-group-threads': groupThreads,
};
