/** What posts tell the moderators. */
import { scheduleProblems } from '../db/notice-kinds.ts';
import { alertKey } from '../guild/alerts.ts';

/** The keys of everything that moderators may have been told of a schedule. */
export function scheduleAlertKeys(guildId: string, scheduleId: string): string[] {
  return scheduleProblems.map((problem) => alertKey(guildId, { problem, id: scheduleId }));
}

/** The same of an announcement that is posted once. */
export function announcementAlertKeys(guildId: string, announcementId: string): string[] {
  const problems = ['announcement-not-posted', 'announcement-quiet'] as const;
  return problems.map((problem) => alertKey(guildId, { problem, id: announcementId }));
}
