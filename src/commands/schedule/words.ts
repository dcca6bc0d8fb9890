/** Schedules in plain words, for choices and cards. */
import { promptDisciplines, promptExams, promptSystems, tipCategories } from '../../content/library.ts';
import type { Schedule } from '../../db/schedules.ts';
import { describeCron } from '../../discord/recurrence.ts';
import type { Texts } from '../../texts/en.ts';

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
