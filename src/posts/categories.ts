/** Which categories a schedule may be narrowed to, and what they let through. Pure. */
import {
  type Prompt,
  promptDisciplines,
  promptExams,
  promptSystems,
  type Tip,
  tipCategories,
} from '../content/library.ts';

const tipIds: ReadonlySet<string> = new Set(tipCategories.map(({ id }) => id));
/** What a prompt has one of each of. */
const promptDimensions: readonly ReadonlySet<string>[] = [promptExams, promptSystems, promptDisciplines].map(
  (list) => new Set(list.map(({ id }): string => id)),
);

/** Pure: whether all of these are categories of this kind. */
export function areCategories(kind: 'tip' | 'prompt', categories: readonly string[]): boolean {
  return categories.every((each) =>
    kind === 'tip' ? tipIds.has(each) : promptDimensions.some((dimension) => dimension.has(each)),
  );
}

/** Pure: whether a tip is in one of these categories; null stands for all. */
export function letsTip(categories: readonly string[] | null, tip: Pick<Tip, 'category'>): boolean {
  return categories === null || categories.includes(tip.category);
}

/**
 * Pure: whether a prompt is wanted. Categories of one sort widen (Step 1 or Step 2 CK), those of different sorts narrow
 * (Step 1, and of it the heart).
 */
export function letsPrompt(
  categories: readonly string[] | null,
  prompt: Pick<Prompt, 'exam' | 'system' | 'discipline'>,
): boolean {
  if (categories === null) return true;
  const has: readonly string[] = [prompt.exam, prompt.system, prompt.discipline];
  return promptDimensions.every((dimension, i) => {
    const wanted = categories.filter((each) => dimension.has(each));
    return wanted.length === 0 || wanted.includes(has[i] ?? '');
  });
}

/** Pure: whether an entry that the guild wrote itself is wanted: a tip by its category, a prompt by its exam. */
export function letsOwn(kind: 'tip' | 'prompt', categories: readonly string[] | null, category: string): boolean {
  if (categories === null) return true;
  if (kind === 'tip') return categories.includes(category);
  const exams = categories.filter((each) => promptDimensions[0]?.has(each));
  return exams.length === 0 || exams.includes(category);
}
