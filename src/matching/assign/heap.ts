/** A binary heap of small numbers with keys that may fall: for Dijkstra's search. */
export interface MinHeap {
  size: number;
  readonly items: Int32Array;
  /** Where an item lies in the heap; -1 when it does not. */
  readonly place: Int32Array;
}

/** A heap for the items 0 to `n - 1`, whose keys the caller keeps. */
export function createHeap(n: number): MinHeap {
  return { size: 0, items: new Int32Array(n), place: new Int32Array(n).fill(-1) };
}

/** Puts `item` in, or moves it up after its key fell. Of equal keys the lower number is first. */
export function raise(heap: MinHeap, keys: Float64Array, item: number): void {
  const { items, place } = heap;
  let at = place[item]!;
  if (at < 0) {
    at = heap.size;
    heap.size += 1;
  }
  const key = keys[item]!;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const other = items[parent]!;
    const otherKey = keys[other]!;
    if (otherKey < key || (otherKey === key && other < item)) break;
    items[at] = other;
    place[other] = at;
    at = parent;
  }
  items[at] = item;
  place[item] = at;
}

/** Takes the item with the lowest key out; the heap must not be empty. */
export function takeLowest(heap: MinHeap, keys: Float64Array): number {
  const { items, place } = heap;
  const lowest = items[0]!;
  place[lowest] = -1;
  heap.size -= 1;
  const size = heap.size;
  if (size === 0) return lowest;
  const item = items[size]!;
  const key = keys[item]!;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let other = items[child]!;
    let otherKey = keys[other]!;
    if (child + 1 < size) {
      const right = items[child + 1]!;
      const rightKey = keys[right]!;
      if (rightKey < otherKey || (rightKey === otherKey && right < other)) {
        child += 1;
        other = right;
        otherKey = rightKey;
      }
    }
    if (key < otherKey || (key === otherKey && item < other)) break;
    items[at] = other;
    place[other] = at;
    at = child;
  }
  items[at] = item;
  place[item] = at;
  return lowest;
}

/** Empties the heap. */
export function clearHeap(heap: MinHeap): void {
  for (let at = 0; at < heap.size; at += 1) heap.place[heap.items[at]!] = -1;
  heap.size = 0;
}
