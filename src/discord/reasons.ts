import { countryName } from '../content/countries.ts';
import { specialtyById, topicById } from '../content/index.ts';
import type { Reason } from '../matching/index.ts';
import { texts } from '../texts/en.ts';
import { list } from './text.ts';

/** The words for reasons; to the mentee unless others are given. */
type Words = Pick<
  typeof texts.mentor.reasons,
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
export function sayReasons(reasons: readonly Reason[], text: Words = texts.mentor.reasons): string {
  const words = reasons
    .slice(0, mostReasons)
    .map((reason) => say(reason, text))
    .join(text.separator);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function say(reason: Reason, text: Words): string {
  switch (reason.part) {
    case 'specialty': {
      const specialties = list(reason.specialties.map(specialtyName));
      return reason.kind === 'same' ? text.same(specialties) : text.family(specialties);
    }
    case 'topics':
      return text.topics(list(reason.topics.slice(0, mostTopics).map((slug) => topicById.get(slug)?.phrase ?? slug)));
    case 'stage':
      return text.stage(reason.ahead);
    case 'hours':
      return text.hours(reason.hours);
    case 'country':
      return text.country(countryName(reason.country));
  }
}

/** A specialty's name within a sentence. */
function specialtyName(slug: string): string {
  const name = specialtyById.get(slug)?.name ?? slug;
  // Abbreviations keep their capitals.
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
