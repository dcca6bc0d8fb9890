import type { Command } from '../discord/command.ts';
import announce from './announce/index.ts';
import block from './block/index.ts';
import content from './content/index.ts';
import audit from './audit/index.ts';
import focus from './focus/index.ts';
import guide from './guide/index.ts';
import help from './help/index.ts';
import home from './home/index.ts';
import hours from './hours/index.ts';
import deadlines from './deadlines/index.ts';
import inbox from './inbox/index.ts';
import match from './match/index.ts';
import mentees from './mentees/index.ts';
import mentor from './mentor/index.ts';
import mentors from './mentors/index.ts';
import mentorship from './mentorship/index.ts';
import notify from './notify/index.ts';
import officehours from './officehours/index.ts';
import profile from './profile/index.ts';
import report from './report/index.ts';
import reports from './reports/index.ts';
import register from './register/index.ts';
import review from './review/index.ts';
import roadmap from './roadmap/index.ts';
import round from './round/index.ts';
import schedule from './schedule/index.ts';
import setup from './setup/index.ts';
import stats from './stats/index.ts';
import study from './study/index.ts';
import support from './support/index.ts';
import tip from './tip/index.ts';

/** Every slash command. An explicit list: a file that is not here does not exist for members. */
export const commands: readonly Command[] = [
  announce,
  audit,
  block,
  content,
  focus,
  guide,
  help,
  home,
  hours,
  deadlines,
  inbox,
  match,
  mentees,
  mentor,
  mentors,
  mentorship,
  notify,
  officehours,
  profile,
  report,
  reports,
  register,
  review,
  roadmap,
  round,
  schedule,
  setup,
  stats,
  study,
  support,
  tip,
];
