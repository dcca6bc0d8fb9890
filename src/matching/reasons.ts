import { commonWakingMinutes, leastCommonMinutes, parts, pointsOf, type Seeker } from './fit.ts';
import type { PackedMentors } from './pack.ts';
import type { Mentee, Mentor, Part } from './types.ts';

/** What speaks for a pair, as facts; `texts/` puts them into words. */
export type Reason =
  | { readonly part: 'specialty'; readonly kind: 'same'; readonly specialties: readonly string[] }
  /** Both in one family: the mentor's specialties of that family. */
  | { readonly part: 'specialty'; readonly kind: 'family'; readonly specialties: readonly string[] }
  | { readonly part: 'topics'; readonly topics: readonly string[] }
  | { readonly part: 'stage'; readonly ahead: number }
  /** Whole waking hours in common; `few` where they speak against it rather than for it. */
  | { readonly part: 'hours'; readonly hours: number; readonly few?: true }
  | { readonly part: 'country'; readonly country: string }
  /** Languages of both beside the one that nearly everybody speaks. */
  | { readonly part: 'language'; readonly languages: readonly string[] };

/**
 * Pure: the parts that speak for the pair, the one that adds most to the fit first. A part that is 0 is no reason, but
 * few waking hours in common are said last: they should know before they agree.
 * @param seeker the mentee, prepared for these mentors by `seekerOf`.
 */
export function reasonsFor(mentee: Mentee, seeker: Seeker, packed: PackedMentors, i: number): readonly Reason[] {
  const adds = (part: Part) => pointsOf[part](seeker, packed, i);
  const speakFor = parts
    .filter((part) => adds(part) > 0)
    .toSorted((a, b) => adds(b) - adds(a))
    .flatMap((part) => reason(part, mentee, packed, i));
  return [...speakFor, ...fewHours(mentee, packed, i)];
}

/** Hours in common, where they are no more than any two zones share. */
function fewHours(mentee: Mentee, packed: PackedMentors, i: number): readonly Reason[] {
  const mentor = packed.mentors[i];
  const hours = mentor && hoursInCommon(mentee, mentor);
  return hours === undefined || hours > leastCommonMinutes / 60 ? [] : [{ part: 'hours', hours, few: true }];
}

function hoursInCommon(mentee: Mentee, mentor: Mentor): number {
  return Math.floor(commonWakingMinutes(mentee.offsetMinutes, mentor.offsetMinutes) / 60);
}

function reason(part: Part, mentee: Mentee, packed: PackedMentors, i: number): readonly Reason[] {
  const mentor = packed.mentors[i];
  if (!mentor) return [];
  switch (part) {
    case 'specialty':
      return specialtyReason(mentee, mentor.specialties, packed);
    case 'topics': {
      const topics = mentee.topics.filter((topic) => mentor.topics.includes(topic));
      return topics.length === 0 ? [] : [{ part, topics }];
    }
    case 'stage':
      return [{ part, ahead: mentor.stageRank - mentee.stageRank }];
    case 'hours': {
      const hours = hoursInCommon(mentee, mentor);
      // What any two zones share speaks for nobody in particular.
      return hours > leastCommonMinutes / 60 ? [{ part, hours }] : [];
    }
    case 'country': {
      const { usualLanguage } = packed.catalogue;
      const languages = mentee.languages.filter((each) => each !== usualLanguage && mentor.languages.includes(each));
      const isSame = mentor.country !== undefined && mentor.country === mentee.country;
      return [
        ...(isSame ? [{ part, country: mentor.country }] : []),
        ...(languages.length > 0 ? [{ part: 'language', languages } as const] : []),
      ];
    }
  }
}

function specialtyReason(mentee: Mentee, offered: readonly string[], packed: PackedMentors): readonly Reason[] {
  const { families, undecided } = packed.catalogue;
  const same = offered.filter((specialty) => specialty !== undecided && mentee.specialties.includes(specialty));
  if (same.length > 0) return [{ part: 'specialty', kind: 'same', specialties: same }];
  const wanted = new Set(mentee.specialties.map((specialty) => families.get(specialty)));
  const related = offered.filter((specialty) => specialty !== undecided && wanted.has(families.get(specialty)));
  // For somebody undecided every specialty counts the same, which is no reason for this mentor.
  return related.length > 0 ? [{ part: 'specialty', kind: 'family', specialties: related }] : [];
}
