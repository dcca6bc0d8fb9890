/** What the tour points at: the first target of the current step that does not hold yet. */
import type { TourStep, TourTarget } from '../page-server/protocol.ts';
import { currentPlace, state } from './state.ts';

/** The visitor's next act: the tour's next step, or finishing the form or command they have open. */
type NextAct = TourTarget | { readonly kind: 'send'; readonly path: string } | { readonly kind: 'submit' };

export function currentStep(): TourStep | undefined {
  return state.around?.tour.find(({ done }) => !done);
}

/** What to do next, or nothing when the tour is closed or over. */
export function currentTarget(): NextAct | undefined {
  if (!state.tourOpen) return undefined;
  const target = currentStep()?.targets.find((each) => !holds(each));
  if (target?.kind !== 'button' && target?.kind !== 'command' && target?.kind !== 'menu') return target;
  if (state.form) return { kind: 'submit' };
  const path = state.filling?.path;
  if (path !== undefined) return { kind: 'send', path };
  if (target.kind === 'button' && !isInSight(target.label)) return { kind: 'command', text: target.otherwise };
  return target;
}

/** Whether a message that is shown has a button of this label. */
function isInSight(label: string): boolean {
  const has = (part: unknown): boolean =>
    typeof part === 'object' &&
    part !== null &&
    ((part as { label?: unknown }).label?.toString().includes(label) ||
      ((part as { components?: unknown[] }).components ?? []).some(has));
  return [...state.messages.values()].some(has);
}

function holds(target: TourTarget): boolean {
  if (target.kind === 'person') return state.around?.me.name === target.name;
  if (target.kind === 'place') return currentPlace()?.name === target.name;
  return false;
}

/** The class of an element that the tour may point at. */
export function targets(element: Exclude<NextAct, { kind: 'button' }> | { kind: 'button'; label: string }): string {
  const target = currentTarget();
  if (target?.kind !== element.kind) return '';
  const same =
    (target.kind === 'person' && element.kind === 'person' && target.name === element.name) ||
    (target.kind === 'place' && element.kind === 'place' && target.name === element.name) ||
    (target.kind === 'menu' &&
      element.kind === 'menu' &&
      target.of === element.of &&
      (element.entry === '' || target.entry === element.entry)) ||
    (target.kind === 'button' && element.kind === 'button' && element.label.includes(target.label)) ||
    target.kind === 'command' ||
    target.kind === 'send' ||
    target.kind === 'submit' ||
    target.kind === 'clock';
  return same ? 'pointed-at' : '';
}

/** The class of what leads to the channels on a narrow screen, where they are out of sight. */
export function targetsDrawer(): string {
  const kind = currentTarget()?.kind;
  return kind === 'person' || kind === 'place' ? 'pointed-at' : '';
}

/** The class of what unfolds the clock on a narrow screen. */
export function targetsFold(): string {
  return state.unfolded ? '' : targets({ kind: 'clock' });
}

/** The next click in words, for those who do not see where the frame is. */
export function instruction(target: NextAct | undefined): string {
  switch (target?.kind) {
    case 'person':
      return `Be ${target.name}: press “Switch person” below the channels.`;
    case 'place':
      return `Open “${target.name}” among the channels.`;
    case 'button':
      return `Press “${target.label}”.`;
    case 'command':
      return `Type ${target.text} into the box at the bottom.`;
    case 'menu':
      return `Open the menu “…” of the message by ${target.of}, and choose “${target.entry}”.`;
    case 'send':
      return `Fill in what it asks for, then press “Send /${target.path}”.`;
    case 'submit':
      return 'Fill in the form, then press “Submit” at its end.';
    case 'clock':
      return 'Press “Next post” at the clock. On a narrow screen, the clock is under “More”.';
    default:
      return '';
  }
}
