/** People as forming sees them. */
import { specialtyById } from '../content/index.ts';
import { listBlocksAmong } from '../db/blocks.ts';
import { findHours, type Hours } from '../db/hours.ts';
import type { Db } from '../db/open.ts';
import { listProfiles } from '../db/profiles.ts';
import { findSeeker, type StoredSeeker } from '../db/study/seekers.ts';
import type { StudyGroup } from '../db/study/groups.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import type { Months, Seeker } from '../matching/form/index.ts';
import type { Instant } from '../time.ts';
import type { Usual } from './times.ts';
import type { StudySubject } from './topics.ts';

/** A month as people name it (`2027-03`), counted from year 0. */
export function monthNumber(month: string): number {
  const [year = 0, ofYear = 1] = month.split('-').map(Number);
  return year * 12 + ofYear - 1;
}

/** The other way. */
export function monthText(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

export function monthsOf(from: string | null, until: string | null): Months | undefined {
  return from === null || until === null ? undefined : { from: monthNumber(from), until: monthNumber(until) };
}

/** What has to be the same for two to be in one group. */
export function topicOf({ topic, place }: Pick<StudyGroup, 'topic' | 'place'>): string {
  return place === '' ? topic : `${topic}, ${place}`;
}

/** Something needs hours, and whoever wants it has given none, or their time is over. */
export class HoursNeeded extends UserError {}

/** Somebody's hours as they count now. @throws HoursNeeded without any. */
export async function requireHours(db: Db, whose: Acting, now: Instant): Promise<Hours> {
  const hours = await findHours(db, whose);
  if (!hours) throw new HoursNeeded((t) => t.study.refused.noHours);
  // Hours that end within the weeks ahead count as if they went on.
  if (hours.until !== null && hours.until <= now) throw new HoursNeeded((t) => t.study.refused.hoursOver);
  return hours;
}

/** The languages that somebody said they talk in; English for whoever said nothing. */
export async function languagesOf(db: Db, { guildId, userId }: Acting): Promise<readonly string[]> {
  const profiles = await listProfiles(db, guildId, userId);
  const spoken = [...new Set(profiles.flatMap(({ languages }) => languages))];
  return spoken.length > 0 ? spoken : ['en'];
}

/** The families of somebody's specialties: what the people of a circle may have in common. */
export async function familiesOf(db: Db, { guildId, userId }: Acting): Promise<readonly string[]> {
  const chosen = (await listProfiles(db, guildId, userId)).flatMap(({ specialties }) => specialties);
  return [...new Set(chosen.flatMap((id) => specialtyById.get(id)?.family ?? []))];
}

/** What somebody said about what they seek; their own languages where they seek nothing yet. */
export async function wishesOf(
  db: Db,
  whose: Acting,
  { kind, topic }: StudySubject,
): Promise<Pick<StoredSeeker, 'languages' | 'sessions' | 'target_from' | 'target_until'>> {
  return (
    (await findSeeker(db, whose, kind, topic)) ?? {
      languages: await languagesOf(db, whose),
      sessions: 1,
      target_from: null,
      target_until: null,
    }
  );
}

/** Members of a group, as those who seek what it is. Whoever has no hours any more is left out. */
export async function membersAsSeekers(db: Db, group: StudyGroup, userIds: readonly string[]): Promise<Seeker[]> {
  const seekers: Seeker[] = [];
  for (const userId of userIds) {
    const hours = await findHours(db, { guildId: group.guild_id, userId });
    if (!hours) continue;
    seekers.push({
      ...seekerBase(userId, hours, group),
      families: await familiesOf(db, { guildId: group.guild_id, userId }),
      languages: group.languages,
      target: monthsOf(group.target, group.target),
      sessions: group.sessions,
      blocked: [],
    });
  }
  return seekers;
}

/** Somebody who might join, with the blocks between them and the others. */
export async function asSeeker(
  db: Db,
  whose: Acting,
  subject: StudySubject,
  hours: Hours,
  others: readonly string[],
): Promise<Seeker> {
  const wishes = await wishesOf(db, whose, subject);
  return {
    ...seekerBase(whose.userId, hours, subject),
    families: await familiesOf(db, whose),
    languages: wishes.languages,
    target: monthsOf(wishes.target_from, wishes.target_until),
    sessions: wishes.sessions,
    blocked: await listBlocksAmong(db, whose, others),
  };
}

function seekerBase(userId: string, hours: Hours, what: Pick<StudyGroup, 'kind' | 'topic' | 'place'>) {
  return {
    id: userId,
    kind: what.kind,
    topic: topicOf(what),
    zone: hours.zone,
    hours: hours.windows,
  };
}

/** The usual weeks of members, as weekly times are looked for. */
export async function usualWeeks(db: Db, guildId: string, userIds: readonly string[]): Promise<Usual[]> {
  const found: Usual[] = [];
  for (const userId of userIds) {
    const hours = await findHours(db, { guildId, userId });
    if (hours) found.push({ userId, zone: hours.zone, windows: hours.windows });
  }
  return found;
}
