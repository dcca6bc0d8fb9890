import type { Key } from './keys.ts';
import { limits } from './limits.ts';

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

/** Splits a custom id into the key of its handler and its arguments. */
export function readCustomId(id: string): { key: string; args: readonly string[] } {
  const [key = '', ...args] = id.split(':');
  return { key, args };
}
