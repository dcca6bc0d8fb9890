/** Pure: the states of a case, and who may do what in each (specification of mentorships, §9). */
import type { CaseState } from '../../db/schema.ts';

export type CaseAct =
  | 'take'
  | 'ask'
  | 'answer'
  | 'stop waiting'
  | 'note'
  | 'hand over'
  | 'act'
  | 'release'
  | 'close'
  | 'withdraw'
  | 'reopen';

/** `handler`: whoever may see the case; `assignee`: the handler who took it. */
type CaseActor = 'handler' | 'assignee' | 'reporter' | 'bot';

interface CaseTransition {
  readonly act: CaseAct;
  readonly from: readonly CaseState[];
  readonly by: readonly CaseActor[];
  readonly to: CaseState;
}

/** Every act. What stands in no row is refused. */
const caseTransitions: readonly CaseTransition[] = [
  { act: 'take', from: ['new'], by: ['handler'], to: 'taken' },
  { act: 'ask', from: ['taken'], by: ['assignee'], to: 'waiting' },
  { act: 'answer', from: ['waiting'], by: ['reporter'], to: 'taken' },
  { act: 'stop waiting', from: ['waiting'], by: ['bot'], to: 'taken' },
  ...(['note', 'hand over', 'act'] as const).flatMap((act) =>
    (['taken', 'waiting'] as const).map((state) => ({ act, from: [state], by: ['assignee'] as const, to: state })),
  ),
  { act: 'release', from: ['taken', 'waiting'], by: ['bot'], to: 'new' },
  { act: 'close', from: ['taken', 'waiting'], by: ['assignee'], to: 'closed' },
  { act: 'withdraw', from: ['new', 'taken', 'waiting'], by: ['reporter'], to: 'closed' },
  { act: 'reopen', from: ['closed'], by: ['handler', 'reporter'], to: 'taken' },
];

/** The row by which an act is allowed; undefined where it is not. */
export function findCaseTransition(state: CaseState, act: CaseAct, by: CaseActor): CaseTransition | undefined {
  return caseTransitions.find((row) => row.act === act && row.from.includes(state) && row.by.includes(by));
}
