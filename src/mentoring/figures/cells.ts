/** What is counted, by slugs that are stored: their words are in `texts/en/stats.ts`. */
import type { MentorshipEnd, RequestState } from '../../db/schema.ts';

/** How requests end. Those taken back or overtaken are nobody's answer. */
export const answers = {
  accepted: 'accepted',
  declined: 'declined',
  expired: 'expired',
} as const satisfies Readonly<Record<string, RequestState>>;
type AnswerCell = keyof typeof answers;

/** Why pairs end. A handler's end is among staff's: it would tell of a report. */
export const ends = {
  completed: ['completed'],
  'never-met': ['never-met'],
  faded: ['faded'],
  chosen: ['not-a-fit', 'no-time', 'other'],
  left: ['member-left', 'data-deleted'],
  staff: ['staff', 'handler'],
} as const satisfies Readonly<Record<string, readonly MentorshipEnd[]>>;
type EndCell = keyof typeof ends;

/** How far pairs came within eight weeks, the furthest first. */
export const reachedSteps = ['third', 'first', 'agreed'] as const;

/** What is counted at the end of a month, in steps of five. */
export const stocks = ['mentors', 'verified', 'places', 'mentees', 'waiting', 'needs-look'] as const;
/** Who waits for longer, in days, is counted: the same in every month, whatever a guild's own setting is. */
export const longWaitDays = 14;
export type StockCell = (typeof stocks)[number];

/** Who waits, and mentors with a place whom they could ask: by stage and family of specialties. */
export const sides = ['demand', 'supply'] as const;
export type Side = (typeof sides)[number];

export const answerNames = Object.keys(answers) as AnswerCell[];
export const endNames = Object.keys(ends) as EndCell[];

/** Pure: the slug of what somebody ended with. */
export function endCell(name: EndCell): string {
  return `ended:${name}`;
}

/** Help besides mentorships: somebody who came to a mentor's office hours, each time. */
export const officeCell = 'office-hours';

export type SideCell = `${Side}:${string}`;

/** Pure: the slug of one side for a stage and a family. */
export function sideCell(side: Side, stage: string, family: string): SideCell {
  return `${side}:${stage}:${family}`;
}

/** Pure: what such a slug says; undefined for another. */
export function readSideCell(cell: string): { side: Side; stage: string; family: string } | undefined {
  const [name, stage, family] = cell.split(':');
  const side = sides.find((each) => each === name);
  return side && stage !== undefined && family !== undefined ? { side, stage, family } : undefined;
}
