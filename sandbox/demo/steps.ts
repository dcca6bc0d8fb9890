/** Building blocks for the tour's steps, shared by every part of it. */
import type { HasOpened, TourTarget } from '../page-server/index.ts';
import type { Stage } from './stage.ts';

export interface Step {
  readonly title: string;
  readonly text: string;
  /** The command without which there is nothing to show: the step is left out. */
  readonly needs: string;
  readonly targets: () => readonly TourTarget[];
  readonly isDone: (hasOpened: HasOpened) => boolean;
  /** Skipped when it is already done as the tour begins: a running community needs no set-up. */
  readonly isGroundwork?: boolean;
}

export const be = (name: string): TourTarget => ({ kind: 'person', name });
export const openPlace = (name: string): TourTarget => ({ kind: 'place', name });
export const press = (label: string, otherwise: string): TourTarget => ({ kind: 'button', label, otherwise });
export const menu = (of: string, entry: string): TourTarget => ({ kind: 'menu', of, entry });
export const run = (text: string): TourTarget => ({ kind: 'command', text });

/** Whether something only this person sees holds these words. */
export function reads(stage: Stage, name: string, words: string): boolean {
  return stage
    .person(name)
    .actor.ephemerals()
    .some((message) => JSON.stringify(message).includes(words));
}

/** Whether an answer that only this person sees has a button of this label. */
export function hasButton(stage: Stage, name: string, label: string): boolean {
  return stage
    .person(name)
    .actor.ephemerals()
    .some((message) => JSON.stringify(message.components).includes(`"${label}"`));
}
