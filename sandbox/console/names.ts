/** Finding things by what a person types: case and accents do not matter, and a beginning is enough if only one fits. */

/** The form in which names are compared. */
export function fold(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .trim()
    .toLowerCase();
}

/**
 * What is meant by a typed name: an exact match, or else the only one that begins with it or has a word that does.
 * @throws with the possibilities when there is none or more than one; the message is for the person typing.
 */
export function findByName<T>(typed: string, things: readonly T[], nameOf: (thing: T) => string, what: string): T {
  const wanted = fold(typed);
  const exact = things.find((thing) => fold(nameOf(thing)) === wanted);
  if (exact !== undefined) return exact;
  const near = things.filter((thing) => {
    const name = fold(nameOf(thing));
    return wanted !== '' && (name.startsWith(wanted) || name.split(/[\s/_-]+/).some((word) => word.startsWith(wanted)));
  });
  if (near.length === 1) return near[0]!;
  const names = (near.length > 1 ? near : things).map((thing) => nameOf(thing)).join(', ');
  if (near.length > 1) throw new TypingError(`"${typed}" could be ${names}.`);
  throw new TypingError(
    names === '' ? `There is no ${what} here.` : `There is no ${what} "${typed}". There is: ${names}.`,
  );
}

/** Something typed that cannot be followed; its message tells the person what would work. */
export class TypingError extends Error {
  override readonly name = 'TypingError';
}
