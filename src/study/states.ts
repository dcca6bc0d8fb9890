/**
 * Pure: the states of study groups and of the people in them, and who may bring which from one into another.
 * `docs/study-states.md` is drawn from it.
 */
import type { GroupMemberState, StudyState } from '../db/schema.ts';

/** Who changes how a group stands. `owner`: any member where all of them own it; `majority`: of the answers of its members. */
type GroupActor = 'member' | 'owner' | 'majority' | 'moderator' | 'bot';
export type GroupAct = 'begin' | 'rest' | 'wake' | 'close' | 'merge';

/** How somebody stands to a group: applied for it or waiting in its list, offered a place, in it, resting, or none of it. */
export type Place = Exclude<GroupMemberState, 'left'> | 'outside' | 'applied';
/** Who changes that: whoever it is about, whoever looks after the group, a moderator, or the clock. */
type PlaceActor = 'oneself' | 'owner' | 'majority' | 'moderator' | 'bot';
export type PlaceAct =
  | 'join'
  | 'apply'
  | 'withdraw'
  | 'take in'
  | 'answer no'
  | 'offer'
  | 'say yes'
  | 'say no'
  | 'lapse'
  | 'rest'
  | 'be back'
  | 'leave'
  | 'remove'
  | 'silence'
  | 'go'
  | 'close'
  | 'merge';

interface Row<State, Act, Actor> {
  readonly act: Act;
  readonly from: readonly State[];
  readonly by: readonly Actor[];
  readonly to: State;
  /** For the documentation. */
  readonly says: string;
}

const live = ['forming', 'active', 'resting'] as const;

/** Every change of a group. What stands in no row is refused. */
export const groupTransitions: readonly Row<StudyState, GroupAct, GroupActor>[] = [
  { act: 'begin', from: ['forming'], by: ['member'], to: 'active', says: 'the third of them says yes' },
  { act: 'rest', from: ['active'], by: ['owner', 'majority'], to: 'resting', says: 'until a date, six weeks at most' },
  { act: 'wake', from: ['resting'], by: ['owner', 'bot'], to: 'active', says: 'sooner, or the date comes' },
  { act: 'close', from: live, by: ['majority', 'moderator', 'bot'], to: 'closed', says: 'with a reason; by the bot: fewer than three in a week, two weeks without a session or an answer, fewer than two for two weeks' },
  { act: 'close', from: live, by: ['owner'], to: 'closed', says: 'where at most one other is in it' },
  { act: 'merge', from: ['active'], by: ['majority'], to: 'closed', says: 'both groups say yes, and the other one goes on with all of them' },
]; // prettier-ignore

/** In which states of a group somebody's place in it can change by an act. */
const open = ['forming', 'active'] as const;

/** Every change of somebody's place in a group. */
export const placeTransitions: readonly (Row<Place, PlaceAct, PlaceActor> & { readonly while: readonly StudyState[] })[] = [
  { act: 'join', from: ['outside', 'offered', 'applied'], by: ['oneself'], to: 'member', while: open, says: 'where a place is free, nobody waits for it, and no rule stands between' },
  { act: 'apply', from: ['outside', 'applied'], by: ['oneself'], to: 'applied', while: open, says: 'the members are asked; for a full one: the list' },
  { act: 'withdraw', from: ['applied'], by: ['oneself'], to: 'outside', while: live, says: 'an application, or a place in the list' },
  { act: 'take in', from: ['applied'], by: ['owner'], to: 'member', while: open, says: 'an application is answered with yes' },
  { act: 'answer no', from: ['applied'], by: ['owner', 'bot'], to: 'outside', while: live, says: 'with no, or nobody answers in 72 hours' },
  { act: 'offer', from: ['outside', 'applied'], by: ['owner', 'bot'], to: 'offered', while: open, says: 'an invitation; a formation; a free place, to whoever waits' },
  { act: 'say yes', from: ['offered'], by: ['oneself'], to: 'member', while: live, says: 'to an offer' },
  { act: 'say no', from: ['offered'], by: ['oneself'], to: 'outside', while: live, says: 'to an offer, or by taking another place for the same' },
  { act: 'lapse', from: ['offered'], by: ['bot'], to: 'outside', while: live, says: 'no answer in time' },
  { act: 'rest', from: ['member'], by: ['oneself'], to: 'resting', while: live, says: 'for two weeks' },
  { act: 'be back', from: ['member', 'resting'], by: ['oneself', 'bot'], to: 'member', while: live, says: 'sooner, or the date comes; also the answer of whoever was asked' },
  { act: 'leave', from: ['member', 'resting'], by: ['oneself'], to: 'outside', while: live, says: 'by themselves' },
  { act: 'remove', from: ['offered', 'member', 'resting'], by: ['owner', 'moderator'], to: 'outside', while: live, says: 'by the owner with one of four reasons, never oneself, nor the last other; by moderators without one' },
  { act: 'silence', from: ['member'], by: ['bot'], to: 'outside', while: live, says: 'asked after two sessions missed, and no answer in 5 days' },
  { act: 'go', from: ['applied', 'offered', 'member', 'resting'], by: ['bot'], to: 'outside', while: live, says: 'they leave the server, or delete their data' },
  { act: 'close', from: ['applied', 'offered', 'member', 'resting'], by: ['owner', 'majority', 'moderator', 'bot'], to: 'outside', while: live, says: 'the group closes' },
  { act: 'merge', from: ['applied', 'offered', 'member', 'resting'], by: ['majority'], to: 'outside', while: ['active'], says: 'it becomes one with another, whose member they are then' },
]; // prettier-ignore

/** From which states a group comes by an act, and where it is then. */
export function groupMove(act: GroupAct): { readonly from: readonly StudyState[]; readonly to: StudyState } {
  return moveOf(groupTransitions, act);
}

/** From which places somebody comes by an act, and where they are then. */
export function placeMove(act: PlaceAct): { readonly from: readonly Place[]; readonly to: Place } {
  return moveOf(placeTransitions, act);
}

function moveOf<State, Act>(
  rows: readonly { readonly act: Act; readonly from: readonly State[]; readonly to: State }[],
  act: Act,
): { readonly from: readonly State[]; readonly to: State } {
  const [first, ...more] = rows.filter((row) => row.act === act);
  if (!first) throw new Error(`no state changes by ${String(act)}`);
  return { from: [...new Set([first, ...more].flatMap(({ from }) => from))], to: first.to };
}

/** Those in which people can join. A resting one is joined once it is awake. */
export const joinable: readonly StudyState[] = open;

/** Both tables in words and the groups' as a diagram, as the documentation has them. */
export function drawStudyStates(): string {
  const arrows = groupTransitions.flatMap(({ act, from, by, to }) =>
    from.map((state) => `    ${state} --> ${to}: ${act} (${by.join(', ')})`),
  );
  const places = placeTransitions.flatMap(({ act, from, by, to }) =>
    from.filter((place) => place !== to).map((place) => `    ${place} --> ${to}: ${act} (${by.join(', ')})`),
  );
  return [
    '# The states of study groups, and of the people in them',
    '',
    'Drawn from the tables in `src/study/states.ts` by `test/study/states.test.ts`: `vitest run -u` draws it again. What stands',
    'in no row is refused, and changes nothing. Beside them a few rules hold for everybody who comes in: nobody between whom a block',
    'stands, nobody whom moderators have suspended, nobody whom the owner (they can be invited) or moderators removed, one group for each',
    'exam, two circles.',
    '',
    '## A group',
    '',
    '| from | act | by | to |',
    '| --- | --- | --- | --- |',
    ...groupTransitions.map(({ act, from, by, to, says }) => `| ${from.join(', ')} | ${act}: ${says} | ${by.join(', ')} | ${to} |`), // prettier-ignore
    '',
    '```mermaid',
    'stateDiagram-v2',
    '    [*] --> forming: create (member), or form (moderator, bot)',
    ...arrows,
    '    closed --> [*]',
    '```',
    '',
    '## Somebody’s place in it',
    '',
    '| from | act | by | while it is | to |',
    '| --- | --- | --- | --- | --- |',
    ...placeTransitions.map(({ act, from, by, to, says, while: states }) => `| ${from.join(', ')} | ${act}: ${says} | ${by.join(', ')} | ${states.join(', ')} | ${to} |`), // prettier-ignore
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...places,
    '```',
    '',
  ].join('\n');
}
