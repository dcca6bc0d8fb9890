/** How study groups are written, wherever they are shown. */
import type { StudyGroup } from '../../db/study/groups.ts';
import { clock } from '../../hours/exact.ts';
import { minutesOfDay, type Window } from '../../hours/week.ts';
import { clip } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';
import { limits } from '../limits.ts';

/** What a group is for: "USMLE Step 1", or a circle with its place. */
export function subjectText(t: Texts, { topic, place }: Pick<StudyGroup, 'topic' | 'place'>): string {
  return t.study.topic(topic, place);
}

/** A group to choose from a list: "USMLE Step 1 · March 2027 · 3 of 4 members". */
export function openText(t: Texts, group: StudyGroup, members: number): string {
  const month = group.target === null ? [] : [t.words.month(group.target)];
  return clip(
    [subjectText(t, group), ...month, t.study.find.members(members, group.size)].join(' · '),
    limits.choiceName,
  );
}

/** A minute of a week as people say it: "Thu 19:30". */
export function weeklyText(t: Texts, minute: number): string {
  return t.study.dayTime(weekdayText(t, minute), clock(minute % minutesOfDay));
}

/** A window of a week: "Sat 19:00–21:00". */
export function windowText(t: Texts, { from, to }: Window): string {
  const until = to % minutesOfDay === 0 ? minutesOfDay : to % minutesOfDay;
  return t.study.dayTime(weekdayText(t, from), `${clock(from % minutesOfDay)}–${clock(until)}`);
}

function weekdayText(t: Texts, minute: number): string {
  // Texts count days from Sunday.
  return t.words.weekday((Math.floor(minute / minutesOfDay) + 1) % 7);
}

export function languagesText(t: Texts, languages: readonly string[]): string {
  return t.words.list(languages.map((language) => t.words.language(language)));
}
