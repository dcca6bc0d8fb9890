import { randomInt } from 'node:crypto';

/** Where ids get their chance from: a number in [0, 1), as `Math.random` gives; tests pass a seeded one. */
export type Random = () => number;

// Crockford's base 32 without i, l, o and u: an id can be read out over the phone.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const idLength = 12;

/** A new id of 12 characters (60 bits): short enough for a custom id or a message nonce (25), long enough to be unique. */
export function newId(random: Random): string {
  let id = '';
  for (let i = 0; i < idLength; i += 1) id += alphabet[Math.floor(random() * alphabet.length)];
  return id;
}

/** Chance that nobody can predict: ids travel in custom ids, which people can read. */
export const secureRandom: Random = () => randomInt(2 ** 47) / 2 ** 47;

/** Prefix of every keyed hash (`protection-key.ts`), so that none is mistaken for an id. */
export const hashPrefix = 'h_';
