/** Where messages are, as one person sees it, and which of them that person has not read yet. */
import type { Actor, APIMessage, GuildHandle } from '../api.ts';
import type { ShownComponent } from '../render/shown.ts';
import { findByName, fold, TypingError } from './names.ts';

export interface Place {
  /** As it is typed and shown: `#general`, `thread name`, `dms`. */
  readonly name: string;
  /** Where commands can be run; direct messages have none. */
  readonly channelId: string | undefined;
  readonly messages: readonly APIMessage[];
}

/** Every channel, thread and direct message that this person can see, in the guild's order. */
export function placesOf(actor: Actor, guild: GuildHandle): readonly Place[] {
  const channels = guild.channels.map(({ id, name }) => ({ id, name: `#${name}` }));
  const threads = guild.threads().map(({ id, name }) => ({ id, name: `thread ${name}` }));
  const places: Place[] = [];
  for (const { id, name } of [...channels, ...threads]) {
    const messages = read(actor, id);
    if (messages) places.push({ name, channelId: id, messages });
  }
  const dms = actor.dms();
  if (dms.length > 0) places.push({ name: 'dms', channelId: undefined, messages: dms });
  return places;
}

/** Undefined where this person may not look: the sandbox refuses it as Discord would. */
function read(actor: Actor, channelId: string): readonly APIMessage[] | undefined {
  try {
    return actor.messages(channelId);
  } catch {
    return undefined;
  }
}

/**
 * The place that a typed name means: `#general`, a thread by its name, `thread` for the newest one, `dms`.
 * @throws TypingError when this person sees no such place.
 */
export function findPlace(typed: string, places: readonly Place[]): Place {
  const wanted = fold(typed);
  if (wanted === 'dm' || wanted === 'dms') {
    return places.find((place) => place.name === 'dms') ?? { name: 'dms', channelId: undefined, messages: [] };
  }
  if (wanted === 'thread') {
    const newest = places.findLast((place) => place.name.startsWith('thread '));
    if (!newest) throw new TypingError('You are in no thread.');
    return newest;
  }
  const bare = (name: string): string => name.replace(/^(?:#|thread )/, '');
  return findByName(bare(typed), places, (place) => bare(place.name), 'place');
}

/** What one person has seen, and in which version. */
export class Seen {
  readonly #versions = new Map<string, string>();

  add(message: APIMessage): void {
    this.#versions.set(message.id, version(message));
  }

  has(message: APIMessage): boolean {
    return this.#versions.get(message.id) === version(message);
  }
}

/** Components are part of it: a button that goes off does not count as an edit in every message. */
function version(message: APIMessage): string {
  return `${message.edited_timestamp ?? ''} ${message.content} ${JSON.stringify(message.components ?? [])}`;
}

/** Labels of buttons that can be pressed, newest message first. */
export function visibleButtons(places: readonly Place[]): string[] {
  const labels = componentsOf(places).filter(
    (component) => component.type === 2 && !component.disabled && component.custom_id,
  );
  return [...new Set(labels.map((button) => button.label ?? '').filter((label) => label !== ''))];
}

/** Placeholders of menus that can be opened, newest message first. */
export function visibleMenus(places: readonly Place[]): string[] {
  const menus = componentsOf(places).filter(
    (component) => [3, 5, 6, 7, 8].includes(component.type) && !component.disabled,
  );
  return [...new Set(menus.map((menu) => menu.placeholder ?? menu.custom_id ?? ''))];
}

function componentsOf(places: readonly Place[]): ShownComponent[] {
  const newestFirst = places
    .flatMap((place) => place.messages)
    .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
  return newestFirst.flatMap((message) => ((message.components ?? []) as readonly ShownComponent[]).flatMap(flatten));
}

function flatten(component: ShownComponent): ShownComponent[] {
  const below = [...(component.components ?? []), ...(component.accessory ? [component.accessory] : [])];
  return [component, ...below.flatMap(flatten)];
}
