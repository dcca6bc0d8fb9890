/** A value that is made when it is first asked for, and kept: what hardly any start needs must not slow every start. */
export function once<T extends object>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}
