/** Words of questions: what they are cut into, what else they may mean, and which were mistyped. Pure. */

/** Words that stand in every question and tell none from another. */
const common = new Set(
  'a an and are as at be been by can could did do does for from get got had has have how i if in into is it its me my no not of on or our should so some than that the them then there they this to up us was we were what when where which who why will with would you your am any but also just im ive cant dont doesnt u r pls please someone somebody anybody'.split(' '), // prettier-ignore
);

/** A word without what grammar hangs on its end: `deadlines`, `matching` and `matched` are one with what they come from. */
export function stemOf(word: string): string {
  if (word.length <= 3) return word;
  const cut = word
    .replace(/'s$/, '')
    .replace(/(?:ies)$/, 'y')
    .replace(/(?<=[^s])(?:ing|ed|es|s)$/, '')
    .replace(/([bdgmnprt])\1$/, '$1')
    .replace(/e$/, '');
  return cut.length < 3 ? word : cut;
}

/** The words of a text, in lower case, each as it stands: `step 2 ck`, `j-1` and `i-94` are `step2`, `ck`, `j1`, `i94`. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[’']/g, '')
      .replaceAll(/\b(step|pathway) ?([1-6])/g, '$1$2')
      .replaceAll(/\b([a-z])-(\d+[a-z]?)\b/g, '$1$2')
      .match(/[a-z0-9]+/g) ?? []
  );
}

/** The stems of what is asked; common words count only where nothing else is left. */
export function askedStems(text: string): readonly string[] {
  const words = wordsOf(text);
  const telling = words.filter((word) => !common.has(word));
  return [...new Set((telling.length > 0 ? telling : words).map(stemOf))];
}

/** Whether two words differ by one letter: one more, one less, another one, or two that changed places. */
export function isOneOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (restA.length > restB.length) return restA.slice(1) === restB;
  if (restA.length < restB.length) return restA === restB.slice(1);
  return restA.slice(1) === restB.slice(1) || (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0]); // prettier-ignore
}

/** Shorter words are mistyped into one another too easily. */
const leastMistyped = 4;

/** What a word may stand for: itself where it is known, else known words that are one letter off. */
export function knownAs(stem: string, vocabulary: ReadonlySet<string>): readonly string[] {
  if (vocabulary.has(stem) || stem.length < leastMistyped) return [stem];
  const near = [...vocabulary].filter((word) => word.length >= leastMistyped && isOneOff(stem, word));
  return near.length > 0 ? near : [stem];
}
