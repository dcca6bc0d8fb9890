/** Filling in a form, with the checks of Discord's client. */
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { componentTypes, selectTypes } from '../types.ts';
import type { AnyComponent } from '../world/components.ts';
import { storeFiles } from '../world/files.ts';
import type { Resolved } from '../world/resolved.ts';
import type { Typist } from './commands.ts';
import { checkCount, chooseValues, defaultValues } from './components.ts';

type Field = string | boolean | readonly string[];

/** The text input of a form allows this much when it does not say otherwise. */
const longestInput = 4000;

/** The components of a modal submission. Fields that are not named keep what the form was filled in with. */
export function submission(
  typist: Typist,
  modal: APIModalInteractionResponseCallbackData,
  fields: Readonly<Record<string, Field>>,
  resolved: Resolved,
): object[] {
  const top = modal.components as readonly unknown[] as readonly AnyComponent[];
  const known = top.flatMap(fieldsIn);
  const unknown = Object.keys(fields).filter((name) => !known.some((field) => field.names.includes(name)));
  if (unknown.length > 0) {
    const names = known.map((field) => field.names[0] ?? '');
    throw new Error(`the form "${modal.title}" has no field ${quoted(unknown)}; it has ${quoted(names)}`);
  }
  const filled = (part: AnyComponent): object[] =>
    fieldsIn(part).map(({ component, names }) => {
      const name = names.find((candidate) => candidate in fields);
      return fill(typist, component, names[0], name === undefined ? undefined : fields[name], resolved);
    });
  return top.map((part): object => {
    const base = { type: part.type, id: part.id };
    if (part.type === componentTypes.label) return { ...base, component: filled(part)[0] };
    return part.type === componentTypes.actionRow ? { ...base, components: filled(part) } : base;
  });
}

/** The fields of one top-level component, each with the names that a test may call it by: its label, its custom id. */
function fieldsIn(part: AnyComponent): { readonly component: AnyComponent; readonly names: readonly string[] }[] {
  const inner = part.type === componentTypes.label && part.component ? [part.component] : (part.components ?? []);
  return inner.map((component) => ({
    component,
    names: [part.label ?? component.label, component.custom_id].filter((name) => name !== undefined),
  }));
}

function fill(
  typist: Typist,
  component: AnyComponent,
  label: string | undefined,
  given: Field | undefined,
  resolved: Resolved,
): object {
  const { type, id, custom_id: customId } = component;
  const where = `the field "${label ?? customId}"`;
  const base = { type, id, custom_id: customId };
  if (type === componentTypes.textInput) return { ...base, value: textOf(component, given, where) };
  if (type === componentTypes.checkbox)
    return { ...base, value: given === undefined ? (component.default ?? false) : given === true || given === 'true' };
  if (type === componentTypes.fileUpload)
    return { ...base, values: upload(typist, component, asList(given ?? []), resolved, where) };
  const optional = component.required === false;
  const values =
    given === undefined
      ? defaultValues(typist, component, resolved, where)
      : optional && asList(given).length === 0
        ? []
        : chooseValues(typist, radioAsMenu(component), asList(given), resolved, where);
  if (values.length === 0 && !optional) throw new Error(`${where} is required`);
  checkCount(radioAsMenu(component), values.length, where, optional);
  if (type === componentTypes.radioGroup) return { ...base, value: values[0] ?? null };
  if (type === componentTypes.checkboxGroup || selectTypes.has(type)) return { ...base, values };
  throw new Error(`${where} is of a type that the sandbox does not know: ${type}`);
}

/** Of radio buttons exactly one is chosen. */
function radioAsMenu(component: AnyComponent): AnyComponent {
  return component.type === componentTypes.radioGroup ? { ...component, min_values: 1, max_values: 1 } : component;
}

function textOf(component: AnyComponent, given: Field | undefined, where: string): string {
  if (given !== undefined && typeof given !== 'string') throw new Error(`${where} takes a text`);
  const value = given ?? component.value ?? '';
  if (value === '') {
    if (component.required !== false) throw new Error(`${where} is required`);
    return value;
  }
  const least = component.min_length ?? 0;
  const most = component.max_length ?? longestInput;
  if (value.length < least) throw new Error(`${where} takes at least ${least} characters, not ${value.length}`);
  if (value.length > most) throw new Error(`${where} takes at most ${most} characters, not ${value.length}`);
  return value;
}

/** "Uploads" small files of these names. */
function upload(
  { world, channel }: Typist,
  component: AnyComponent,
  names: readonly string[],
  resolved: Resolved,
  where: string,
): string[] {
  checkCount(component, names.length, where, component.required === false);
  const files = names.map((name, index) => ({
    index: String(index),
    name,
    contentType: 'text/plain',
    bytes: new TextEncoder().encode(name),
  }));
  return storeFiles(world, channel, files, [], true).map((attachment) => {
    resolved.attachment(attachment);
    return attachment.id;
  });
}

function asList(given: Field): readonly string[] {
  return typeof given === 'object' ? given : [String(given)];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ') || 'none';
}
