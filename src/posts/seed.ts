/**
 * Pure: a number in [0, 1) that belongs to a text: the same for the same, far apart for texts that differ little. For
 * choices that must come out the same when they are made again, never for secrets.
 */
export function seedOf(text: string): number {
  // FNV-1a, and the finalizer of MurmurHash3 over it, which spreads what differs at the end only.
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
