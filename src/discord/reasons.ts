import type { Reason } from '../matching/index.ts';
import type { Texts } from '../texts/en.ts';

/** The words for reasons; to the mentee unless others are given. */
type Words = Pick<
  Texts['mentor']['reasons'],
  'same' | 'family' | 'topics' | 'stage' | 'hours' | 'fewHours' | 'country' | 'language' | 'separator'
>;

/** Show at most this many. */
const mostReasons = 4;
/** Topics, and languages, named in one reason. */
const mostTopics = 4;
const mostLanguages = 3;

/**
 * Pure: why a mentor suits, in words and without any number that could be taken for a mark: "Also in internal medicine ·
 * offers interviews and visas · 9 waking hours in common". Few hours in common are always said. Empty where there is
 * nothing to say.
 */
export function sayReasons(t: Texts, reasons: readonly Reason[], say: Words = t.mentor.reasons): string {
  const few = reasons.filter(isAgainst);
  const words = [...reasons.filter((reason) => !isAgainst(reason)).slice(0, mostReasons), ...few]
    .map((reason) => sayReason(t, reason, say))
    .join(say.separator);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isAgainst(reason: Reason): boolean {
  return reason.part === 'hours' && reason.few === true;
}

function sayReason(t: Texts, reason: Reason, say: Words): string {
  switch (reason.part) {
    case 'specialty': {
      const specialties = t.words.list(reason.specialties.map(t.specialtyInSentence));
      return reason.kind === 'same' ? say.same(specialties) : say.family(specialties);
    }
    case 'topics':
      return say.topics(t.words.list(reason.topics.slice(0, mostTopics).map((slug) => t.topics[slug]?.phrase ?? slug)));
    case 'stage':
      return say.stage(reason.ahead);
    case 'hours':
      return reason.few ? say.fewHours(reason.hours) : say.hours(reason.hours);
    case 'country':
      return say.country(t.words.country(reason.country));
    case 'language':
      return say.language(t.words.list(reason.languages.slice(0, mostLanguages).map(t.words.language)));
  }
}
