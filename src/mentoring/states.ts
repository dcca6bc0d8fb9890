/** Pure: the states of a mentorship, and who may do what in each. `docs/mentorship-states.md` is drawn from it. */
import type { Rest } from '../db/rests.ts';
import type { MentorshipState, RestCause } from '../db/schema.ts';

/**
 * How a mentorship stands: `paused` is told apart by its reason, and one that rests for several stands in each. `mentor`
 * and `mentee`: that one of the two asked for it.
 */
export type Standing =
  Exclude<MentorshipState, 'paused'> | `paused (${Exclude<RestCause, 'own'> | 'mentor' | 'mentee'})`;

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

/** What the two are told of as a wish of the partner's: nobody can tell a case from it. */
const asked = ['paused (mentor)', 'paused (mentee)', 'paused (case)'] as const;
const resting = [...asked, 'paused (away)', 'paused (review)'] as const;
const live = ['active', ...resting] as const;
const pair = ['mentor', 'mentee'] as const;

/** Every change that a mentorship's state can go through. */
export const transitions: readonly Transition[] = [
  { act: 'pause', from: live, by: ['mentor'], to: 'paused (mentor)', says: 'pause until a date, or for longer' },
  { act: 'pause', from: live, by: ['mentee'], to: 'paused (mentee)', says: 'pause until a date, or for longer' },
  { act: 'resume', from: ['paused (mentor)'], by: ['mentor', 'bot'], to: 'active', says: 'resume, or the date comes' },
  { act: 'resume', from: ['paused (mentee)'], by: ['mentee', 'bot'], to: 'active', says: 'resume, or the date comes' },
  { act: 'leave', from: live, by: ['bot'], to: 'paused (away)', says: 'one of them leaves the server' },
  { act: 'return', from: ['paused (away)'], by: ['bot'], to: 'active', says: 'they are back within 7 days' },
  { act: 'review', from: live, by: ['moderator'], to: 'paused (review)', says: 'one of them suspended, or the mentor not verified' },
  { act: 'clear', from: ['paused (review)'], by: ['moderator'], to: 'active', says: 'mentor verified again, or mentee lifted' },
  { act: 'report', from: live, by: pair, to: 'paused (case)', says: 'one reports the other' },
  { act: 'lift', from: ['paused (case)'], by: ['handler'], to: 'active', says: 'the case allows it' },
  { act: 'complete', from: ['active', ...asked], by: ['both', 'bot'], to: 'completed', says: 'both confirm, or the due date passes' },
  { act: 'end', from: live, by: [...pair, 'moderator', 'handler', 'bot'], to: 'ended', says: 'end with a reason' },
]; // prettier-ignore

/** Why a pair rests in a state, and by whose wish where it is one's own; undefined of a state in which it does not. */
export function restIn(
  standing: Standing,
): { readonly cause: RestCause; readonly by: 'mentor' | 'mentee' | undefined } | undefined {
  for (const by of pair) if (standing === `paused (${by})`) return { cause: 'own', by };
  const cause = (['away', 'review', 'case'] as const).find((each) => standing === `paused (${each})`);
  return cause && { cause, by: undefined };
}

/** The state of one that rests for this reason. */
export function standingOf({ cause, by }: Pick<Rest, 'cause' | 'by'>): Standing {
  if (cause !== 'own') return `paused (${cause})`;
  return by === 'mentor' ? 'paused (mentor)' : 'paused (mentee)';
}

/** Whether a pair rests by the wish of one of the two, as far as they can tell. */
export function isAskedFor(standings: readonly Standing[]): boolean {
  return standings.every((standing) => asked.some((each) => each === standing));
}

/** How a mentorship stands, by its row and its reasons to rest: more than one state where it has more than one reason. */
export function standingsOf(state: MentorshipState, rests: readonly Pick<Rest, 'cause' | 'by'>[]): Standing[] {
  if (state !== 'paused') return [state];
  // From before reasons were kept: either may go on with it.
  if (rests.length === 0) return ['paused (mentor)', 'paused (mentee)'];
  return [...new Set(rests.map(standingOf))];
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
