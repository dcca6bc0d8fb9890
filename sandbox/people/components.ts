/** Finding buttons and menus on messages, and choosing in menus: for messages and for forms. */
import {
  componentTypes,
  linkButtonStyle,
  selectTypes,
  walkComponents,
  type AnyComponent,
} from '../world/components.ts';
import type { Resolved } from '../world/resolved.ts';
import type { Message } from '../world/state.ts';
import type { Typist } from './commands.ts';

/** A component on a message. */
export interface FoundComponent {
  readonly message: Message;
  readonly component: AnyComponent;
}

/** The button with this label or custom id on the first message that has it. */
export function findButton(messages: Iterable<Message>, wanted: string): FoundComponent {
  return find(
    messages,
    wanted,
    (component) => component.type === componentTypes.button,
    (component) => [component.custom_id, component.label, emojiLabel(component)],
    'button',
  );
}

/** The menu with this custom id or placeholder. */
export function findMenu(messages: Iterable<Message>, wanted: string): FoundComponent {
  return find(
    messages,
    wanted,
    (component) => selectTypes.has(component.type),
    (component) => [component.custom_id, component.placeholder],
    'menu',
  );
}

function find(
  messages: Iterable<Message>,
  wanted: string,
  fits: (component: AnyComponent) => boolean,
  namesOf: (component: AnyComponent) => readonly (string | undefined)[],
  kind: string,
): FoundComponent {
  const seen = new Set<string>();
  for (const message of messages) {
    for (const component of walkComponents(message.json.components)) {
      if (!fits(component)) continue;
      const names = namesOf(component);
      if (!names.includes(wanted)) {
        seen.add(names.find((name, index) => index > 0 && name) ?? names[0] ?? 'one without a name');
        continue;
      }
      if (component.disabled) throw new Error(`the ${kind} "${wanted}" is disabled`);
      if (kind === 'button' && component.style === linkButtonStyle) {
        throw new Error(`the button "${wanted}" is a link to ${component.url}: Discord opens it and tells nobody`);
      }
      return { message, component };
    }
  }
  throw new Error(
    `no ${kind} "${wanted}" to be seen; there is ${[...seen].map((name) => `"${name}"`).join(', ') || 'none'}`,
  );
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
