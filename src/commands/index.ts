import type { Command } from '../discord/command.ts';
import announce from './announce.ts';
import content from './content.ts';
import audit from './audit.ts';
import inbox from './inbox.ts';
import mentor from './mentor.ts';
import mentors from './mentors.ts';
import mentorship from './mentorship.ts';
import notify from './notify.ts';
import profile from './profile.ts';
import register from './register.ts';
import round from './round.ts';
import schedule from './schedule.ts';
import setup from './setup.ts';
import tip from './tip.ts';

/** Every slash command. An explicit list: a file that is not here does not exist for members. */
export const commands: readonly Command[] = [
  announce,
  audit,
  content,
  inbox,
  mentor,
  mentors,
  mentorship,
  notify,
  profile,
  register,
  round,
  schedule,
  setup,
  tip,
];
