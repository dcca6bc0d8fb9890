/** Schedules in plain words, for choices and cards. */
import { promptDisciplines, promptExams, promptSystems, tipCategories } from '../content/library.ts';
import type { Schedule } from '../db/schedules.ts';
import { fromCron } from '../posts/due.ts';
import type { Texts } from '../texts/en.ts';

/** Pure: when a schedule posts: "Mondays at 09:00". */
export function describeCron(t: Texts, cron: string): string {
  const text = t.schedules;
  const monthly = /^(\d{1,2}) (\d{1,2}) (\d{1,2}) \* \*$/.exec(cron);
  if (monthly) return text.when.monthly(monthly[3] ?? '', clock(monthly[2], monthly[1]));
  const plain = fromCron(cron);
  if (!plain) return text.when.cron(cron);
  const time = clock(String(plain.hour), String(plain.minute));
  if (plain.days.length === 7) return text.when.daily(time);
  if (plain.days.join() === '1,2,3,4,5') return text.when.weekdays(time);
  return text.when.days(plain.days, time);
}

function clock(hour = '', minute = ''): string {
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

/**
 * Pure: the line by which people recognize a schedule, in plain text.
 * @param channelName what its channel is called; undefined when it is gone.
 */
export function nameOf(t: Texts, schedule: Schedule, channelName: string | undefined): string {
  const text = t.schedules;
  const name = text.name(schedule.kind, channelName ?? text.unknownChannel, describeCron(t, schedule.cron));
  return schedule.state === 'paused' ? text.namePaused(name) : name;
}

interface Category {
  readonly id: string;
  readonly name: string;
}

const categories: Readonly<Record<'tip' | 'prompt', readonly Category[]>> = {
  tip: tipCategories,
  // A name that two lists share is offered once.
  prompt: [...promptExams, ...promptSystems, ...promptDisciplines].filter(
    (category, i, all) => all.findIndex((each) => each.name === category.name) === i,
  ),
};

/** The categories that a kind of schedule can be narrowed to. */
export function categoriesOf(kind: 'tip' | 'prompt'): readonly Category[] {
  return categories[kind];
}

/** Pure: a category's name for people. */
export function categoryName(id: string): string {
  return (
    [...categories.tip, ...promptExams, ...promptSystems, ...promptDisciplines].find((each) => each.id === id)?.name ??
    id
  );
}

/** Pure: the category that a word stands for: its id, its name, or the only one whose name begins like that. */
export function findCategory(kind: 'tip' | 'prompt', typed: string): Category | undefined {
  const wanted = typed.trim().toLowerCase();
  const exact = categories[kind].find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  if (exact || wanted === '') return exact;
  const begun = categories[kind].filter(({ name }) => name.toLowerCase().startsWith(wanted));
  return begun.length === 1 ? begun[0] : undefined;
}

/** Pure: the ids of a schedule's categories; null for all. */
export function readCategories(schedule: Pick<Schedule, 'categories'>): readonly string[] | null {
  return schedule.categories === null ? null : (JSON.parse(schedule.categories) as string[]);
}
