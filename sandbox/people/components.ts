/** Finding buttons and menus on messages, and choosing in menus: for messages and for forms. */
import { componentTypes, selectTypes } from '../types.ts';
import { linkButtonStyle, walkComponents, type AnyComponent } from '../world/components.ts';
import type { Resolved } from '../world/resolved.ts';
import type { Message } from '../world/state.ts';
import type { Typist } from './commands.ts';

/** A component on a message. */
export interface FoundComponent {
  readonly message: Message;
  readonly component: AnyComponent;
}

/** Gives the messages to look at, newest first; called once for every way of looking. */
export type Messages = () => Iterable<Message>;

interface Kind {
  readonly name: 'button' | 'menu';
  readonly fits: (component: AnyComponent) => boolean;
  /** What people call it, the best name first, and then its custom id. */
  readonly names: (component: AnyComponent) => readonly (string | undefined)[];
}

const buttons: Kind = {
  name: 'button',
  fits: ({ type }) => type === componentTypes.button,
  names: (component) => [component.label, emojiLabel(component), component.custom_id],
};
const menus: Kind = {
  name: 'menu',
  fits: ({ type }) => selectTypes.has(type),
  names: ({ placeholder, custom_id: customId }) => [placeholder, customId],
};

/** The button with this label or custom id on the first message that has it; or else the only one with these words in its label. */
export function findButton(messages: Messages, wanted: string): FoundComponent {
  const found = find(messages, buttons, wanted);
  const { component } = found;
  if (component.style === linkButtonStyle) {
    throw new Error(`the button "${wanted}" is a link to ${component.url}: Discord opens it and tells nobody`);
  }
  return found;
}

/** The menu with this custom id or placeholder, or with these words in the placeholder. */
export function findMenu(messages: Messages, wanted: string): FoundComponent {
  return find(messages, menus, wanted);
}

function find(messages: Messages, kind: Kind, wanted: string): FoundComponent {
  const words = wanted.toLowerCase();
  const found =
    firstMessageWith(messages, kind, (component) => kind.names(component).includes(wanted)) ??
    firstMessageWith(messages, kind, (component) => kind.names(component)[0]?.toLowerCase().includes(words) ?? false);
  if (!found) {
    const seen = new Set([...componentsOf(messages(), kind)].map(({ component }) => nameOf(kind, component)));
    throw new Error(`no ${kind.name} "${wanted}" to be seen; there is ${quoted(seen)}`);
  }
  const [first, ...others] = found;
  const isExact = first && kind.names(first.component).includes(wanted);
  if (!first || (others.length > 0 && !isExact)) {
    const names = found.map(({ component }) => nameOf(kind, component));
    throw new Error(`"${wanted}" could be more than one ${kind.name}: ${quoted(names)}`);
  }
  if (first.component.disabled) throw new Error(`the ${kind.name} "${wanted}" is disabled`);
  return first;
}

/** All that match on the first message where any does. */
function firstMessageWith(
  messages: Messages,
  kind: Kind,
  matches: (component: AnyComponent) => boolean,
): FoundComponent[] | undefined {
  for (const message of messages()) {
    const found = [...componentsOf([message], kind)].filter(({ component }) => matches(component));
    if (found.length > 0) return found;
  }
  return undefined;
}

function* componentsOf(messages: Iterable<Message>, { fits }: Kind): Generator<FoundComponent> {
  for (const message of messages) {
    for (const component of walkComponents(message.json.components)) if (fits(component)) yield { message, component };
  }
}

function nameOf(kind: Kind, component: AnyComponent): string {
  return kind.names(component).find(Boolean) ?? 'one without a name';
}

function quoted(names: Iterable<string>): string {
  return [...names].map((name) => `"${name}"`).join(', ') || 'none';
}

function emojiLabel({ emoji, label }: AnyComponent): string | undefined {
  return emoji?.name ? [emoji.name, label].filter(Boolean).join(' ') : undefined;
}

/** Turns what a person chose (values, labels, names, ids) into the values that the client sends. */
export function chooseValues(
  typist: Typist,
  menu: AnyComponent,
  wanted: readonly string[],
  resolved: Resolved,
  where: string,
): string[] {
  const values = wanted.map((one) =>
    menu.options ? optionOf(menu, one, where) : entityOf(typist, menu, one, resolved, where),
  );
  checkCount(menu, values.length, where);
  return values;
}

/** What is chosen in a menu before anybody touches it. */
export function defaultValues(typist: Typist, menu: AnyComponent, resolved: Resolved, where: string): string[] {
  if (menu.options) return menu.options.filter((option) => option.default).map(({ value }) => value);
  return (menu.default_values ?? []).map(({ id }) => entityOf(typist, menu, id, resolved, where));
}

/** Refuses too few or too many; an optional menu of a form may stay empty. */
export function checkCount(menu: AnyComponent, count: number, where: string, optional = false): void {
  const isGroup = menu.type === componentTypes.checkboxGroup;
  const least = menu.min_values ?? 1;
  const most = menu.max_values ?? (isGroup ? (menu.options?.length ?? 1) : 1);
  if (count === 0 && optional) return;
  if (count < least || count > most) throw new Error(`${where} takes ${least} to ${most} values, not ${count}`);
}

function optionOf({ options = [] }: AnyComponent, wanted: string, where: string): string {
  const option = options.find(({ value }) => value === wanted) ?? options.find(({ label }) => label === wanted);
  if (!option) throw new Error(`${where} does not offer "${wanted}": ${options.map(({ label }) => label).join(', ')}`);
  return option.value;
}

/** A person, role or channel by id or name. */
function entityOf(typist: Typist, menu: AnyComponent, wanted: string, resolved: Resolved, where: string): string {
  const { world, guild, user: viewer } = typist;
  const { type } = menu;
  if (type === componentTypes.userSelect || type === componentTypes.mentionableSelect) {
    const user = world.users.get(wanted) ?? guild?.memberByName.get(wanted)?.user;
    if (user) {
      resolved.user(user);
      return user.id;
    }
  }
  if (type === componentTypes.roleSelect || type === componentTypes.mentionableSelect) {
    const role = guild?.roles.get(wanted) ?? [...(guild?.roles.values() ?? [])].find(({ name }) => name === wanted);
    if (role) {
      resolved.role(role);
      return role.id;
    }
  }
  if (type === componentTypes.channelSelect) {
    const name = wanted.replace(/^#/, '');
    const channel =
      guild?.channels.get(wanted) ?? [...(guild?.channels.values() ?? [])].find((one) => one.name === name);
    if (channel && (!menu.channel_types || menu.channel_types.includes(channel.type))) {
      resolved.channel(channel, viewer.id);
      return channel.id;
    }
  }
  throw new Error(`${where} cannot choose "${wanted}"`);
}
