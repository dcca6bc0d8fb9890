/** A modal: the browser's own dialog, which keeps the focus inside and closes with Escape. */
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { keyed } from 'lit/directives/keyed.js';
import type { FieldValue } from '../../page-server/protocol.ts';
import { howMany, type ShownOption } from '../../render/shown.ts';
import { componentTypes as types } from '../../types.ts';
import { submit } from '../actions.ts';
import { inline, markdown } from '../markdown.ts';
import { targets } from '../pointing.ts';
import { change, state } from '../state.ts';
import type { Shown } from './components.ts';
import { closeDialog, openDialog } from './dialog.ts';
import { entitiesFor, hasEntities } from './entities.ts';

const PARAGRAPH = 2;
/** Discord's limit for a text that sets none. */
const longestText = 4000;

export function form(): unknown {
  const { form: modal } = state;
  if (!modal) return nothing;
  const parts = modal.components as readonly unknown[] as readonly Shown[];
  return keyed(
    modal,
    html`<dialog
      class="dialog"
      aria-labelledby="form-title"
      ${ref(openDialog)}
      @close=${() => {
        if (state.form === modal) change({ form: undefined });
      }}
    >
      <form
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          void submit(valuesOf(event.target as HTMLFormElement, parts));
        }}
      >
        <h2 id="form-title">${modal.title}</h2>
        ${parts.map(part)}
        ${state.formError === '' ? nothing : html`<p class="failure" role="alert">${state.formError}</p>`}
        <div class="dialog-end">
          <button type="button" class="button secondary" @click=${closeDialog}>Cancel</button>
          <button type="submit" class="button primary ${targets({ kind: 'submit' })}">Submit</button>
        </div>
      </form>
    </dialog>`,
  );
}

function part(top: Shown): unknown {
  if (top.type === types.textDisplay) return html`<div class="markdown">${markdown(top.content ?? '')}</div>`;
  return fieldsIn(top).map(({ label, description, field }) => {
    const id = `field-${field.custom_id ?? ''}`;
    const isOptional = field.required === false || field.type === types.checkbox;
    // Some bots say so themselves.
    const isSaid = label.endsWith('(optional)');
    const name = html`${label}${isOptional && !isSaid ? html` <span class="quiet small">(optional)</span>` : nothing}`;
    const hint = description ? html`<p class="quiet small" id="${id}-hint">${inline(description)}</p>` : nothing;
    const isGroup = optionsOf(field) !== undefined && !isDropdown(field);
    return isGroup
      ? html`<fieldset class="field" aria-describedby=${description ? `${id}-hint` : nothing}>
          <legend>${name} <span class="quiet small">${howMany(field)} these</span></legend>
          ${hint} ${group(field)}
        </fieldset>`
      : html`<div class="field">
          <label for=${id}>${name}</label>
          ${hint} ${single(field, id, description ? `${id}-hint` : undefined)}
        </div>`;
  });
}

interface Field {
  readonly label: string;
  readonly description: string | undefined;
  readonly field: Shown;
}

function fieldsIn(top: Shown): Field[] {
  const inner = (top.component ? [top.component] : (top.components ?? [])) as readonly Shown[];
  return inner
    .filter(({ custom_id: id }) => id)
    .map((field) => ({
      field,
      label: top.label ?? field.label ?? field.custom_id ?? '',
      description: top.description ?? undefined,
    }));
}

function optionsOf(field: Shown): readonly ShownOption[] | undefined {
  if (hasEntities(field.type)) {
    return entitiesFor(field.type, field.channel_types).map((option) => ({
      ...option,
      default: field.default_values?.some(({ id }) => id === option.value) ?? false,
    }));
  }
  return field.options;
}

/** A menu for one value: the browser's own. */
function isDropdown(field: Shown): boolean {
  return field.type !== types.radioGroup && field.type !== types.checkboxGroup && (field.max_values ?? 1) === 1;
}

function group(field: Shown): unknown {
  const isRadio = field.type === types.radioGroup;
  return html`<div class="choices">
    ${(optionsOf(field) ?? []).map(
      (option) =>
        html`<label class="choice">
          <input
            type=${isRadio ? 'radio' : 'checkbox'}
            name=${field.custom_id ?? ''}
            .value=${option.value}
            ?checked=${option.default === true}
            ?required=${isRadio && field.required !== false}
          />
          <span>
            ${option.label}
            ${option.description ? html`<span class="quiet small block">${inline(option.description)}</span>` : nothing}
          </span>
        </label>`,
    )}
  </div>`;
}

function single(field: Shown, id: string, describedBy: string | undefined): unknown {
  const name = field.custom_id ?? '';
  const described = describedBy ?? nothing;
  const isRequired = field.required !== false;
  if (field.type === types.checkbox) {
    return html`<input
      id=${id}
      type="checkbox"
      name=${name}
      ?checked=${field.default === true}
      aria-describedby=${described}
    />`;
  }
  if (field.type === types.fileUpload) {
    return html`<input
      id=${id}
      type="file"
      name=${name}
      ?multiple=${(field.max_values ?? 1) > 1}
      ?required=${isRequired}
      aria-describedby=${described}
    />`;
  }
  const options = optionsOf(field);
  if (options) {
    return html`<select id=${id} name=${name} ?required=${isRequired} aria-describedby=${described}>
      <option value="">${field.placeholder ?? 'Make a selection'}</option>
      ${options.map(
        (option) =>
          html`<option .value=${option.value} ?selected=${option.default === true}>
            ${option.description ? `${option.label}: ${option.description}` : option.label}
          </option>`,
      )}
    </select>`;
  }
  const limits = field as { min_length?: number | null };
  const longest = field.max_length ?? longestText;
  return field.style === PARAGRAPH
    ? html`<textarea
        id=${id}
        name=${name}
        rows="4"
        maxlength=${longest}
        minlength=${limits.min_length ?? nothing}
        placeholder=${field.placeholder ?? ''}
        .value=${field.value ?? ''}
        ?required=${isRequired}
        aria-describedby=${described}
      ></textarea>`
    : html`<input
        id=${id}
        name=${name}
        type="text"
        maxlength=${longest}
        minlength=${limits.min_length ?? nothing}
        placeholder=${field.placeholder ?? ''}
        .value=${field.value ?? ''}
        ?required=${isRequired}
        aria-describedby=${described}
        autocomplete="off"
      />`;
}

function valuesOf(element: HTMLFormElement, parts: readonly Shown[]): Record<string, FieldValue> {
  const data = new FormData(element);
  const values: Record<string, FieldValue> = {};
  for (const { field } of parts.flatMap(fieldsIn)) {
    const name = field.custom_id ?? '';
    const given = data.getAll(name);
    if (field.type === types.checkbox) values[name] = given.length > 0;
    else if (field.type === types.fileUpload) {
      // Only the names go to the local Discord, which makes small files of these names.
      values[name] = given.flatMap((file) => (file instanceof File && file.name !== '' ? [file.name] : []));
    } else if (field.type === types.textInput) values[name] = given.find((value) => typeof value === 'string') ?? '';
    else values[name] = given.filter((value) => typeof value === 'string' && value !== '') as string[];
  }
  return values;
}
