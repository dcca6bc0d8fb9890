/** What the tour points at: the first target of the current step that does not hold yet. */
import type { TourStep, TourTarget } from '../page-server/protocol.ts';
import { currentPlace, state } from './state.ts';

export function currentStep(): TourStep | undefined {
  return state.around?.tour.find(({ done }) => !done);
}

/** What to do next, or nothing when the tour is closed or over. */
export function currentTarget(): TourTarget | undefined {
  if (!state.tourOpen) return undefined;
  return currentStep()?.targets.find((target) => !holds(target));
}

function holds(target: TourTarget): boolean {
  if (target.kind === 'person') return state.around?.me.name === target.name;
  if (target.kind === 'place') return currentPlace()?.name === target.name;
  return false;
}

/** The class of an element that the tour may point at. */
export function targets(element: TourTarget): string {
  const target = currentTarget();
  if (target?.kind !== element.kind) return '';
  const same =
    (target.kind === 'person' && element.kind === 'person' && target.name === element.name) ||
    (target.kind === 'place' && element.kind === 'place' && target.name === element.name) ||
    (target.kind === 'button' && element.kind === 'button' && element.label.includes(target.label)) ||
    target.kind === 'command' ||
    target.kind === 'clock';
  return same ? 'pointed-at' : '';
}

/** The class of what leads to the channels on a narrow screen, where they are out of sight. */
export function targetsDrawer(): string {
  const kind = currentTarget()?.kind;
  return kind === 'person' || kind === 'place' ? 'pointed-at' : '';
}

/** The next click in words, for those who do not see where the frame is. */
export function instruction(target: TourTarget | undefined): string {
  switch (target?.kind) {
    case 'person':
      return `Be ${target.name}: press “Switch person” below the channels.`;
    case 'place':
      return `Open “${target.name}” among the channels.`;
    case 'button':
      return `Press “${target.label}”.`;
    case 'command':
      return `Type ${target.text} into the box at the bottom.`;
    case 'clock':
      return 'Press “Next post” at the clock.';
    default:
      return '';
  }
}
