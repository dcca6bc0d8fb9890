/** What groups are for. A slug, once released, stays: groups refer to it. */
import type { StudyKind } from '../db/schema.ts';

export const exams = ['step-1', 'step-2-ck', 'step-3', 'oet'] as const;
export const circles = ['applying', 'interviewing', 'reapplying', 'arriving', 'starting'] as const;
type StudyTopic = (typeof exams)[number] | (typeof circles)[number];

/** What a group is for: the exam, or the circle with the place that it names. */
export interface StudySubject {
  readonly kind: StudyKind;
  readonly topic: StudyTopic;
  /** Folded, so that two who name the same place are together; empty for none. */
  readonly place: string;
}

/** Pure: the subject that a slug stands for; undefined for what is none. */
export function subjectFrom(topic: string, place = ''): StudySubject | undefined {
  const exam = exams.find((each) => each === topic);
  if (exam) return { kind: 'exam', topic: exam, place: '' };
  const circle = circles.find((each) => each === topic);
  return circle && { kind: 'circle', topic: circle, place: foldPlace(place) };
}

/** What a stored group, or whoever seeks one, is about. */
export function subjectOf({ topic, place }: { readonly topic: string; readonly place: string }): StudySubject {
  return subjectFrom(topic, place)!;
}

/** What people of a stage have in common; of the others nothing that groups are for. */
const topicByStage: Readonly<Record<string, StudyTopic>> = {
  'step-1': 'step-1',
  'step-2-ck': 'step-2-ck',
  applying: 'applying',
  interviewing: 'interviewing',
  reapplying: 'reapplying',
  matched: 'arriving',
  resident: 'starting',
};

/** Pure: the topic of groups for people of a stage; undefined where there is none. */
export function topicAt(stage: string): StudyTopic | undefined {
  return topicByStage[stage];
}

/** Pure: a place as it is compared: "  new  York" and "New York" are one. */
function foldPlace(place: string): string {
  return place.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}
