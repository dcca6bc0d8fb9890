/** What every entry of the library is held to, tips and prompts alike. Pure. */

/**
 * The day of the release that the library is checked for. A constant, not today: a test that is green at release must
 * stay green, and the bot itself holds back what is past its `review_by`. Move it when a release is made.
 */
export const releaseDay = '2026-11-25';

/** Where links may lead: those who make the rules, help in need, and the guidelines that societies published (by DOI too). */
export const officialHosts: ReadonlySet<string> = new Set([
  '988lifeline.org',
  'clinicalinfo.hiv.gov',
  'doi.org',
  'findahelpline.com',
  'freida.ama-assn.org',
  'goldcopd.org',
  'i94.cbp.dhs.gov',
  'nppes.cms.hhs.gov',
  'ginasthma.org',
  'students-residents.aamc.org',
  'travel.state.gov',
  'www.acc.org',
  'www.acgme.org',
  'www.ahajournals.org',
  'www.atsjournals.org',
  'www.auanet.org',
  'www.cbp.gov',
  'www.cdc.gov',
  'www.ecfmg.org',
  'www.facs.org',
  'www.fda.gov',
  'www.fsmb.org',
  'www.hrsa.gov',
  'www.intealth.org',
  'www.nbme.org',
  'www.nrmp.org',
  'www.occupationalenglishtest.org',
  'www.uscis.gov',
  'www.usmle.org',
  'www.uspreventiveservicestaskforce.org',
  'www.wdoms.org',
]);

/** Words in a row that are compared: fewer find idioms, more miss a text with one word changed in each sentence. */
const shingleWords = 3;
/** Share of common shingles from which two texts say the same. Unrelated texts of the library share a twentieth at most. */
export const nearDuplicateFrom = 0.2;

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];

function shinglesOf(text: string): ReadonlySet<string> {
  const words = wordsOf(text);
  return new Set(words.slice(0, 1 - shingleWords).map((_, i) => words.slice(i, i + shingleWords).join(' ')));
}

/** Pairs of entries whose texts share too much, by Jaccard's index of their shingles. */
export function nearDuplicates(entries: readonly { readonly id: string; readonly text: string }[]): readonly string[] {
  const sets = entries.map(({ id, text }) => ({ id, shingles: shinglesOf(text) }));
  return sets.flatMap((one, i) =>
    sets.slice(i + 1).flatMap((other) => {
      const common = [...one.shingles].filter((shingle) => other.shingles.has(shingle)).length;
      const share = common / (one.shingles.size + other.shingles.size - common);
      return share >= nearDuplicateFrom ? [`${one.id} and ${other.id}: ${share.toFixed(2)}`] : [];
    }),
  );
}

/** Digits that state nothing: names of exams, visas, years of training and the like. */
const namesWithDigits =
  /\bSteps? [123](?: CK)?\b|\b[JH]-[12]B?\b|\bF-1\b|\bPGY-\d\b|\bPathways? \d(?:, \d)*(?: and \d)?\b|\b1:1\b/g;

/** Whoever makes rules on the road, and what they are made for. */
const ruler =
  /\b(?:ECFMG|Intealth|MyIntealth|FAIMER|USMLE|NBME|FSMB|NRMP|AAMC|ERAS|ResidencyCAS|ACGME|USCIS|OET|EPIC|WFME|SOAP|Conrad|NPI|Match|Programs must|Pathways?|Steps?)\b/;
/** What rules do. */
const rule =
  /\b(?:requires?|(?:is|are) required|must|may|cannot|need|asks you|forbids?|prohibits?|allows?|permits?|charge[sd]?|costs?|expires?|binding|sponsors|issues|accepts|deadline|at (?:most|least)|only|not|valid|counts?|takes?|are taken|treats?|uploads?|divisions?|starts? from|carries|reports?|bars?|has a time limit|is meant to stay)\b/;
/** Amounts and dates, however they are written. */
const figure =
  /\d|%|\b(?:percent|USD|dollars)\b|\b(?:January|February|April|June|July|August|October|November|December) (?:the )?(?:first|second|third|fourth|fifth|\w+th)\b/i;

/**
 * Sentences that state a fact about the road: with a figure, or with who makes rules beside what rules do. A question or
 * something in quotes, to be said to somebody, states nothing.
 */
export function statementsOfFact(text: string): readonly string[] {
  return sentencesOf(text.replaceAll(/"[^"]*"/g, '""')).filter(
    (sentence) =>
      figure.test(sentence.replaceAll(namesWithDigits, 'name')) ||
      (!sentence.endsWith('?') && ruler.test(sentence) && rule.test(sentence)),
  );
}

/** Sentences, split where a sign that ends one is followed by a capital letter or a quotation mark. */
function sentencesOf(text: string): readonly string[] {
  return text
    .replaceAll(/\b(Dr|Mr|Ms|vs|a\.m|p\.m)\./g, '$1')
    .split(/(?<=[.?!]["”)]?)\s+(?=["“(]?[\p{Lu}\p{N}])/u)
    .filter((sentence) => wordsOf(sentence).length > 0);
}

/** Syllables as the grade formula counts them: groups of vowels, without a silent e. */
function syllablesOf(word: string): number {
  const groups = word.replace(/(?:[^laeiouy]es|[^l]ed|[^laeiouy]e)$/, '').match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 1);
}

/** Flesch-Kincaid: the year of a US school at which a text is read with ease. */
export function gradeOf(text: string): number {
  const words = wordsOf(text);
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / sentencesOf(text).length) + 11.8 * (syllables / words.length) - 15.59;
}

/** American words that end as British ones do. */
const americanAsWell =
  '(?:un)?(?:(?:ad|de|impro|re|super|tele)vis|(?:ex|exer|in|circum)cis|(?:com)?promis|(?:a|up)?ris|compris|surpris|(?:re|up)?rais|(?:ap)?prais|advertis|\\w*[uo]is)(?:ed|ing)\\b';
/** A British spelling, curly quotes, two spaces or an emoji would be somebody else's hand. */
export const foreignHands = new RegExp(
  [
    `\\b(?!${americanAsWell})[a-z]+is(?:ation|ed|ing)\\b`,
    '\\b(?:colour|behaviour|centre|programme|licence|paediatric|haem(?!ophilus)\\w+|oedema|anaem\\w+|diarrhoea|tumour|fibre)\\w*',
    '\\b(?:to|after|for|back|down|up)wards\\b',
    '[“”‘’]',
    ' {2}',
    '\\p{Extended_Pictographic}',
  ].join('|'),
  'iu',
);
