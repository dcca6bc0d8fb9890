import { announcements } from './en/announcements.ts';
import { audit } from './en/audit.ts';
import { block } from './en/block.ts';
import { cases } from './en/cases.ts';
import { checkIns } from './en/check-ins.ts';
import { claims } from './en/claims.ts';
import { closings } from './en/closings.ts';
import { commandNames } from './en/command-names.ts';
import { common } from './en/common.ts';
import { content } from './en/content.ts';
import { focus } from './en/focus.ts';
import { focusDaily } from './en/focus-daily.ts';
import { formations } from './en/formations.ts';
import { goals } from './en/goals.ts';
import { help } from './en/help.ts';
import { home } from './en/home.ts';
import { hours } from './en/hours.ts';
import { datesPost } from './en/dates-post.ts';
import { deadlines } from './en/deadlines.ts';
import { guard } from './en/guard.ts';
import { guide } from './en/guide.ts';
import { inbox } from './en/inbox.ts';
import { match } from './en/match.ts';
import { meetings } from './en/meetings.ts';
import { mentees } from './en/mentees.ts';
import { mentor } from './en/mentor.ts';
import { mentorship } from './en/mentorship.ts';
import { notices } from './en/notices.ts';
import { notify } from './en/notify.ts';
import { officeHours } from './en/office-hours.ts';
import { openings } from './en/openings.ts';
import { pairs } from './en/pairs.ts';
import { places } from './en/places.ts';
import { peers } from './en/peers.ts';
import { panel } from './en/panel.ts';
import { posts } from './en/posts.ts';
import { profiles } from './en/profiles.ts';
import { verification } from './en/verification.ts';
import { roundPlan } from './en/round-plan.ts';
import { roadmap } from './en/roadmap.ts';
import { review } from './en/review.ts';
import { rounds } from './en/rounds.ts';
import { season } from './en/season.ts';
import { schedules } from './en/schedules.ts';
import { specialties, specialtyInSentence, specialtyNotes } from './en/specialties.ts';
import { journey } from './en/journey.ts';
import { stages } from './en/stages.ts';
import { stats } from './en/stats.ts';
import { study } from './en/study.ts';
import { supply } from './en/supply.ts';
import { studyGroups } from './en/study-groups.ts';
import { events } from './en/events.ts';
import { studyOpen } from './en/study-open.ts';
import { studySessions } from './en/study-sessions.ts';
import { support } from './en/support.ts';
import { topics } from './en/topics.ts';
import { words } from './en/words.ts';
import { setup } from './en/setup.ts';
import { weights } from './en/weights.ts';
import { zones } from './en/zones.ts';
import { weeks } from './en/weeks.ts';
import { waitingReport } from './en/waiting-report.ts';

/** Every string that a person sees, in English. One file per part of the bot; functions where a text has gaps. */
export const texts = {
  /** BCP 47: how numbers, lists, dates, and the names of languages and countries are written. */
  locale: 'en-US',
  words,
  specialties,
  specialtyInSentence,
  specialtyNotes,
  stages,
  topics,
  announcements,
  audit,
  block,
  cases,
  claims,
  commandNames,
  common,
  content,
  datesPost,
  deadlines,
  mentees,
  mentor,
  mentorship,
  meetings,
  closings,
  focus,
  focusDaily,
  formations,
  goals,
  checkIns,
  hours,
  officeHours,
  openings,
  pairs,
  panel,
  help,
  home,
  guard,
  guide,
  inbox,
  match,
  journey,
  notices,
  notify,
  setup,
  stats,
  study,
  supply,
  studyGroups,
  events,
  studyOpen,
  studySessions,
  support,
  peers,
  profiles,
  places,
  posts,
  roundPlan,
  review,
  roadmap,
  rounds,
  waitingReport,
  weeks,
  schedules,
  season,
  verification,
  weights,
  zones,
};

type English = typeof texts;

/** What every catalogue has: English is the type of all. */
export interface Texts extends English {}
