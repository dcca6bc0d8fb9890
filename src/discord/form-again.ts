/**
 * Forms that were refused, given back with what was typed: Discord closes a form, and nobody likes to fill one in twice.
 * They are kept in memory for some minutes only. Whoever comes later, or after a restart, still has their words: they stand
 * in the refusal itself (`typed.ts`).
 */
import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIModalInteractionResponseCallbackData,
  type BaseInteraction,
  ComponentType,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Random } from '../ids.ts';
import { newId } from '../ids.ts';
import { clip } from '../marks.ts';
import type { Texts } from '../texts/en.ts';
import { button, row } from './buttons.ts';
import { keys } from './keys.ts';

type Form = APIModalInteractionResponseCallbackData;

/** How long a form is kept, and how many at once: some kilobytes each. */
const keptMs = 30 * 60_000;
const keptAtMost = 500;

/** Things by their key, the oldest of which make room. */
class Kept<T> {
  readonly #things = new Map<string, { readonly thing: T; readonly since: number }>();

  put(key: string, thing: T): void {
    this.#things.delete(key);
    this.#things.set(key, { thing, since: performance.now() });
    for (const [oldest, { since }] of this.#things) {
      if (this.#things.size <= keptAtMost && performance.now() - since < keptMs) break;
      this.#things.delete(oldest);
    }
  }

  get(key: string): T | undefined {
    const found = this.#things.get(key);
    return found && performance.now() - found.since < keptMs ? found.thing : undefined;
  }
}

/** The forms that were opened last, by who has them before them; and those that were refused, by the id of their button. */
const opened = new Kept<Form>();
const refused = new Kept<{ readonly userId: string; readonly form: Form }>();

/** Notes which form somebody has before them. @param shownAs its custom id as Discord has it. */
export function noteForm({ user }: BaseInteraction, shownAs: string, form: Form): void {
  opened.put(`${user.id}:${shownAs}`, form);
}

/** A form that asks for the same as the options of a command, filled with them; and they as they were typed. */
export interface Typed {
  readonly form: Form;
  readonly words: readonly string[];
}

const typed = new WeakMap<BaseInteraction, Typed>();

/** Notes what somebody typed as options, so that a refusal of their command gives it back as a form. */
export function noteTyped(interaction: BaseInteraction, what: Typed): void {
  typed.set(interaction, what);
}

/** What somebody typed as options, where it was noted. */
export function wordsIn(interaction: BaseInteraction): readonly string[] {
  return typed.get(interaction)?.words ?? [];
}

/** Keeps what somebody typed for `formAgain`. @returns its id; undefined for what is no form, or one that is no longer known. */
export function keepForm(random: Random, interaction: BaseInteraction): string | undefined {
  const form = formOf(interaction);
  if (!form) return undefined;
  const id = newId(random);
  refused.put(id, { userId: interaction.user.id, form });
  return id;
}

function formOf(interaction: BaseInteraction): Form | undefined {
  if (!interaction.isModalSubmit()) return typed.get(interaction)?.form;
  const form = opened.get(`${interaction.user.id}:${interaction.customId}`);
  return form && filled(form, interaction);
}

/** The button that gives a refused form back; nothing for what is no form, or one that is no longer known. */
export function againRow(
  t: Texts,
  random: Random,
  interaction: BaseInteraction,
): APIActionRowComponent<APIComponentInMessageActionRow>[] {
  const id = keepForm(random, interaction);
  return id === undefined ? [] : [row(button([keys.help.formAgain, id], t.common.formAgain))];
}

/** The form behind such a button, with what was typed; undefined once it is forgotten, and for anybody else. */
export function formAgain({ user }: BaseInteraction, id: string): Form | undefined {
  const found = refused.get(id);
  return found?.userId === user.id ? found.form : undefined;
}

/** A form with the answers that it was sent with. */
function filled(form: Form, { fields }: ModalSubmitInteraction): Form {
  const components = form.components.map((part) => {
    const answer = 'component' in part ? fields.fields.get(part.component.custom_id) : undefined;
    return answer && 'component' in part ? { ...part, component: fill(part.component, answer) } : part;
  });
  return { ...form, components };
}

/** Menus of people and channels hold what was chosen by its id. */
function isEntityMenu(type: unknown): type is ComponentType.UserSelect | ComponentType.ChannelSelect {
  return type === ComponentType.UserSelect || type === ComponentType.ChannelSelect;
}

function fill<T extends object>(component: T, answer: object): T {
  const value = 'value' in answer && typeof answer.value === 'string' ? answer.value : '';
  const chosen: readonly unknown[] = 'values' in answer && Array.isArray(answer.values) ? answer.values : [value];
  if ('options' in component && Array.isArray(component.options)) {
    const options = component.options.map((option: { readonly value: string }) => ({
      ...option,
      default: chosen.includes(option.value),
    }));
    return { ...component, options };
  }
  if ('type' in component && isEntityMenu(component.type)) {
    const type = component.type === ComponentType.UserSelect ? ('user' as const) : ('channel' as const);
    return { ...component, default_values: chosen.filter((id) => id !== '').map((id) => ({ id, type })) };
  }
  if (!('style' in component)) return component;
  const most = 'max_length' in component && typeof component.max_length === 'number' ? component.max_length : 4_000;
  return { ...component, value: clip(value, most) };
}
