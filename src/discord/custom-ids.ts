import { type Key, ownPlace } from './keys.ts';
import { limits } from './limits.ts';

/** Stands between a key and the guild that a component below a direct message is about. */
const placeMark = '@';
/** The guild's id is written short, because a draft of a profile has to fit behind it. */
const radix = 36n;

/**
 * The custom id of a component: a key that names its handler, and ids it needs, joined by colons.
 * It travels through the client, so a handler believes nothing in it: use cases check what the person may do.
 * @throws when a part holds a colon or the whole exceeds Discord's limit: that is a bug, not input.
 */
export function customId(key: Key, ...args: readonly string[]): string {
  const id = [key, ...args].join(':');
  if (id.length > limits.customId) throw new Error(`custom id of ${id.length} characters: ${key}`);
  if ([key, ...args].some((part) => part.includes(':'))) throw new Error(`a colon inside a part of custom id ${key}`);
  return id;
}

/** Splits a custom id into the key of its handler, the guild that it is about where it names one, and its arguments. */
export function readCustomId(id: string): { key: string; guildId: string | undefined; args: readonly string[] } {
  const [head = '', ...args] = id.split(':');
  const [key = '', place] = head.split(placeMark);
  return { key, guildId: place === undefined ? undefined : readPlace(place), args };
}

/**
 * A custom id that also tells, from a direct message, which guild it is about; one that tells so already stays as it is.
 * @throws when the whole exceeds Discord's limit: that is a bug, not input.
 */
export function placeId(id: string, guildId: string): string {
  const [head = '', ...args] = id.split(':');
  if (head.includes(placeMark) || ownPlace.has(head)) return id;
  const placed = [`${head}${placeMark}${BigInt(guildId).toString(Number(radix))}`, ...args].join(':');
  if (placed.length > limits.customId) throw new Error(`custom id of ${placed.length} characters: ${head}`);
  return placed;
}

/** The guild behind the mark; something that is no id finds no guild. */
function readPlace(text: string): string {
  if (!/^[0-9a-z]{1,14}$/.test(text)) return '0';
  return Array.from(text)
    .reduce((sum, digit) => sum * radix + BigInt(Number.parseInt(digit, Number(radix))), 0n)
    .toString();
}
