/** What an exam consists of, and which prompts of the library prepare for it. */
import { isCurrent, type Prompt, prompts, promptExams, promptSystems } from '../content/library.ts';
import { type Check, readAgain } from '../content/checks.ts';
import { epochMs, type Instant } from '../time.ts';

const systems = promptSystems.map(({ id }) => id as string);
/** The four parts of the OET: the same for every profession. */
const oetParts = ['oet-listening', 'oet-reading', 'oet-writing', 'oet-speaking'] as const;

/** The systems or parts of what a group prepares for, in the order of its outline; none for a circle. */
export function outlineOf(topic: string): readonly string[] {
  if (topic === 'oet') return oetParts;
  return promptExams.some(({ id }) => id === topic) ? systems : [];
}

/** Whether the library has prompts for it. */
export function hasPrompts(topic: string): boolean {
  return promptExams.some(({ id }) => id === topic);
}

/**
 * Pure: the prompt that comes next: of these systems (all where none is named), one that the group has not had, in the
 * order of the outline, else the one that it had longest ago.
 * @param used when each was had.
 * @param checks what moderators have read again.
 */
export function nextPrompt(
  topic: string,
  wanted: readonly string[],
  used: ReadonlyMap<string, Instant>,
  now: Instant,
  checks: ReadonlyMap<string, Check>,
): Prompt | undefined {
  const today = now.slice(0, 10);
  const fitting = prompts().filter(
    (prompt) =>
      prompt.exam === topic &&
      isCurrent(readAgain(prompt, checks.get(`prompt ${prompt.id}`)), today) &&
      (wanted.length === 0 || wanted.includes(prompt.system)),
  );
  return fitting.toSorted((a, b) => epoch(used.get(a.id)) - epoch(used.get(b.id)))[0];
}

/** Never comes before ever. */
const epoch = (at: Instant | undefined) => (at === undefined ? 0 : epochMs(at));

/** Pure: the system that comes next in a plan: ticked by the fewest, the first of the outline among them. */
export function nextSystem(topic: string, ticked: ReadonlyMap<string, readonly string[]>): string | undefined {
  const count = (system: string) => ticked.get(system)?.length ?? 0;
  return outlineOf(topic).toSorted((a, b) => count(a) - count(b))[0];
}
