/** Chance from a seed: the same seed gives the same numbers on every machine. */
export interface Chance {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
}

/** Marsaglia's xorshift on 32 bits: quick, and good enough to choose what to try next. */
export function chanceFrom(seed: number): Chance {
  // Neighboring seeds should not begin alike, and zero would stay zero.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
  return {
    below(limit) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return Math.floor(((state >>> 0) / 0x1_0000_0000) * limit);
    },
  };
}
