/** The documented rules for a form: Components → Component Reference, using components in modals. */
import { checkSelect, Names, type Component } from './components.ts';
import { badLength, required, tooHigh, tooLong, tooLow, type Walk } from './faults.ts';
import { componentTypes as types } from '../types.ts';
import { MAX_MODAL_ROWS } from './limits.ts';

/** A body that already has the shape of a modal. */
export interface ModalBody {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Component[];
}

/** Reports what Discord would refuse in a modal. */
export function checkModal(modal: ModalBody, walk: Walk): void {
  walk.enter('components');
  if (modal.components.length > MAX_MODAL_ROWS) walk.report(badLength(1, MAX_MODAL_ROWS));
  const names = new Names();
  for (const [index, row] of modal.components.entries()) {
    walk.at(index, () => {
      names.check(row, walk);
      const { component, components } = row;
      if (component) {
        walk.at('component', () => {
          names.check(component, walk);
          checkField(component, walk);
        });
      }
      if (components) walk.at('components', () => checkLegacyRow(components, names, walk));
    });
  }
  walk.leave();
}

/** The older form of a field: an action row around one text input, which carries its own label. */
function checkLegacyRow(components: readonly Component[], names: Names, walk: Walk): void {
  if (components.length > 1) walk.report(badLength(1, 1));
  for (const [index, input] of components.entries()) {
    walk.at(index, () => {
      names.check(input, walk);
      if (!input.label) walk.report(required, 'label');
      checkField(input, walk);
    });
  }
}

const fieldsWithValues: ReadonlySet<number> = new Set([
  types.stringSelect,
  types.userSelect,
  types.roleSelect,
  types.mentionableSelect,
  types.channelSelect,
  types.fileUpload,
  types.radioGroup,
  types.checkboxGroup,
]);

function checkField(field: Component, walk: Walk): void {
  if (field.disabled) {
    const text = 'Components in modals cannot be disabled';
    walk.report({ code: 'COMPONENT_DISABLED_IN_MODAL', message: text }, 'disabled');
  }
  if (field.type === types.textInput) checkTextInput(field, walk);
  if (!fieldsWithValues.has(field.type)) return;
  checkSelect(field, walk);
  // A field is required unless it says otherwise.
  if (field.required !== false && field.min_values === 0) walk.report(tooLow(1), 'min_values');
}

function checkTextInput(input: Component, walk: Walk): void {
  const { min_length: least, max_length: most, value } = input;
  if (typeof least === 'number' && typeof most === 'number' && least > most) walk.report(tooHigh(most), 'min_length');
  if (typeof most === 'number' && (value?.length ?? 0) > most) walk.report(tooLong(most), 'value');
}
