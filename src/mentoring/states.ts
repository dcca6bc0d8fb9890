/** Pure: the states of a mentorship, and who may do what in each. `docs/mentorship-states.md` is drawn from it. */
import type { MentorshipState, RestCause } from '../db/schema.ts';

/** How a mentorship stands: `paused` is told apart by its reason, and one that rests for several stands in each. */
export type Standing = Exclude<MentorshipState, 'paused'> | `paused (${RestCause})`;

/** Who brings a mentorship from one state into another. `both`: each of the two said so; `handler`: of a case. */
export type Actor = 'mentor' | 'mentee' | 'both' | 'moderator' | 'handler' | 'bot';

export type Act = 'pause' | 'resume' | 'leave' | 'return' | 'review' | 'clear' | 'report' | 'lift' | 'complete' | 'end';

/** One row of the table. What is in no row is refused. */
export interface Transition {
  readonly act: Act;
  readonly from: readonly Standing[];
  readonly by: readonly Actor[];
  /** Where it leads; `active` only once nothing else keeps the pair at rest. */
  readonly to: Standing;
  /** For the diagram. */
  readonly says: string;
}

const resting = ['paused (own)', 'paused (away)', 'paused (review)', 'paused (case)'] as const;
const live = ['active', ...resting] as const;
const pair = ['mentor', 'mentee'] as const;

/** Every change that a mentorship's state can go through. */
export const transitions: readonly Transition[] = [
  { act: 'pause', from: ['active'], by: pair, to: 'paused (own)', says: 'pause until a date' },
  { act: 'resume', from: ['paused (own)'], by: [...pair, 'bot'], to: 'active', says: 'resume, or the date comes' },
  { act: 'leave', from: live, by: ['bot'], to: 'paused (away)', says: 'one of them leaves the server' },
  { act: 'return', from: ['paused (away)'], by: ['bot'], to: 'active', says: 'they are back within 7 days' },
  { act: 'review', from: live, by: ['moderator'], to: 'paused (review)', says: 'one of them suspended, or the mentor not verified' },
  { act: 'clear', from: ['paused (review)'], by: ['moderator'], to: 'active', says: 'mentor verified again, or mentee lifted' },
  { act: 'report', from: live, by: pair, to: 'paused (case)', says: 'one reports the other' },
  { act: 'lift', from: ['paused (case)'], by: ['handler'], to: 'active', says: 'the case allows it' },
  { act: 'complete', from: ['active', 'paused (own)'], by: ['both', 'bot'], to: 'completed', says: 'both confirm, or the due date passes' },
  { act: 'end', from: live, by: [...pair, 'moderator', 'handler', 'bot'], to: 'ended', says: 'end with a reason' },
]; // prettier-ignore

/** The causes of a state in which a pair rests; undefined of one in which it does not. */
export function causeOf(standing: Standing): RestCause | undefined {
  return (['own', 'away', 'review', 'case'] as const).find((cause) => standing === `paused (${cause})`);
}

/** How a mentorship stands, by its row and its reasons to rest: more than one state where it has more than one reason. */
export function standingsOf(state: MentorshipState, rests: readonly { readonly cause: RestCause }[]): Standing[] {
  if (state !== 'paused') return [state];
  if (rests.length === 0) return ['paused (own)'];
  return [...new Set(rests.map(({ cause }): Standing => `paused (${cause})`))];
}

/** The row by which an act is allowed; undefined where it is not. */
export function findTransition(standings: readonly Standing[], act: Act, by: Actor): Transition | undefined {
  return transitions.find(
    (row) => row.act === act && row.by.includes(by) && row.from.some((state) => standings.includes(state)),
  );
}

/** The table as a diagram and in words, as the documentation has it. */
export function drawStates(): string {
  const names = [...new Set(transitions.flatMap(({ from, to }) => [...from, to]))];
  const id = (standing: Standing) => standing.replaceAll(/\W+/g, '_').replace(/_$/, '');
  const arrows = transitions.flatMap(({ act, from, by, to }) =>
    from.filter((state) => state !== to).map((state) => `    ${id(state)} --> ${id(to)}: ${act} (${by.join(', ')})`),
  );
  const rows = transitions.map(
    ({ act, from, by, to, says }) => `| ${from.join(', ')} | ${act}: ${says} | ${by.join(', ')} | ${to} |`,
  );
  return [
    '# The states of a mentorship',
    '',
    'Drawn from the table in `src/mentoring/states.ts` by `test/mentoring/states.test.ts`: `vitest run -u` draws it again.',
    'A pair may rest for several reasons at once; it goes on when the last is gone. Everything that stands in no row is',
    'refused with the present state.',
    '',
    '| from | act | by | to |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...names.map((name) => `    ${id(name)}: ${name}`),
    '    [*] --> active: accept (mentor)',
    ...arrows,
    '    completed --> [*]',
    '    ended --> [*]',
    '```',
    '',
  ].join('\n');
}
