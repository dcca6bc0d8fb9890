/** Sets as bits of a number, and what is done with them without a branch: in a scan a branch taken now and then is dear. */
import type { Mask } from './types.ts';

/** How many entries a mask has room for. */
export const maskBits = 32;

/**
 * Stands in a mask of languages for all that have no bit of their own. It is the last of them, so that nearly everybody is
 * told apart without it.
 */
export const rareBit: Mask = 1 << (maskBits - 1);

/**
 * Whether two sets of rare languages, of people whose masks have `rareBit` alone in common, have one in common too. Where no
 * language is rare, that bit is a language like the others and both sets are empty.
 */
function shareRare(a: readonly number[], b: readonly number[]): boolean {
  return a.length === 0 || a.some((each) => b.includes(each));
}

/** Whether what two sets of languages have in common is a language: `a` and `b` are the rare ones of each. */
export function isShared(common: Mask, a: readonly number[], b: readonly number[]): boolean {
  return common === rareBit ? shareRare(a, b) : common !== 0;
}

/** One more than the highest rank that a stage can have: several ranks make up one key. */
export const rankLimit = 256;

/** How many bits a mask has set. */
export function countBits(mask: Mask): number {
  let n = mask - ((mask >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** 1 when a mask is not empty, else 0: the sign of `mask | -mask` is set then. */
export function anyBit(mask: Mask): 0 | 1 {
  return ((mask | -mask) >>> 31) as 0 | 1;
}

/** The place of the lowest bit that is set, from 0; -1 when none is. */
export function lowestBit(mask: Mask): number {
  return 31 - Math.clz32(mask & -mask);
}
