import { countryName } from '../content/countries.ts';
import { specialtyById, topicById } from '../content/index.ts';
import type { Reason } from '../matching/index.ts';
import type { Texts } from '../texts/en.ts';
import { list } from './text.ts';

/** The words for reasons; to the mentee unless others are given. */
type Words = Pick<
  Texts['mentor']['reasons'],
  'same' | 'family' | 'topics' | 'stage' | 'hours' | 'country' | 'separator'
>;

/** More than a few reasons are no reason any more. */
const mostReasons = 4;
/** Topics named in one reason. */
const mostTopics = 4;

/**
 * Pure: why a mentor suits, in words and without any number that could be taken for a mark: "Also in internal medicine ·
 * offers interviews and visas · 9 waking hours in common". Empty where nothing speaks for it.
 */
export function sayReasons(t: Texts, reasons: readonly Reason[], say: Words = t.mentor.reasons): string {
  const words = reasons
    .slice(0, mostReasons)
    .map((reason) => sayReason(reason, say))
    .join(say.separator);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function sayReason(reason: Reason, say: Words): string {
  switch (reason.part) {
    case 'specialty': {
      const specialties = list(reason.specialties.map(specialtyName));
      return reason.kind === 'same' ? say.same(specialties) : say.family(specialties);
    }
    case 'topics':
      return say.topics(list(reason.topics.slice(0, mostTopics).map((slug) => topicById.get(slug)?.phrase ?? slug)));
    case 'stage':
      return say.stage(reason.ahead);
    case 'hours':
      return say.hours(reason.hours);
    case 'country':
      return say.country(countryName(reason.country));
  }
}

/** A specialty's name within a sentence. */
function specialtyName(slug: string): string {
  const name = specialtyById.get(slug)?.name ?? slug;
  // Abbreviations keep their capitals.
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
