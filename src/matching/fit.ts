import { anyBit, countBits, isShared, rankLimit } from './bits.ts';
import type { EligibilityColumns } from './eligible.ts';
import type { PackedMentors, SpecialtyColumns } from './pack.ts';
import type { Mask, Masks, Mentee, Part, Weights } from './types.ts';

/** The scale of the fit: the parts' weights add up to it. Whole numbers, so that sums are exact. */
export const fitScale = 10_000;

/**
 * What the fit consists of, and how much each part weighs where a guild has not decided otherwise. What predicts good
 * mentoring is deep similarity (goals, help wanted, path), so what a pair wants to do together weighs most and where they
 * come from least.
 */
export const usualWeights: Weights = {
  /** The same specialty 1, the same family ½, a mentee who is undecided ½. */
  specialty: 3_500,
  /** The share of the mentee's topics that the mentor offers; ½ when the mentee named none. */
  topics: 3_000,
  /** One to three stages ahead 1; further ahead less, because memories fade and rules change. */
  stage: 1_500,
  /** Waking hours in common: all sixteen 1; the eight that any two zones share 0. */
  hours: 1_500,
  /** The same country of medical school, when both chose to show it; and a language in common beside the usual one. */
  country: 500,
};

/** The parts in the order of the table. */
export const parts = Object.keys(usualWeights) as readonly Part[];

/**
 * Pure: the weights for one mentee. The part that matters most to them counts double, and all of them add up to the
 * scale again; they need not be whole then.
 */
export function weightsFor(weights: Weights, priority: Part | undefined): Weights {
  if (!priority) return weights;
  const share = fitScale / (fitScale + weights[priority]);
  const scaled = parts.map((part) => [part, weights[part] * share * (part === priority ? 2 : 1)] as const);
  return Object.fromEntries(scaled) as Weights;
}

/** Waking hours are 07:00 to 23:00 on the wall clock of each. */
const wakingMinutes = 16 * 60;
const dayMinutes = 24 * 60;
/** Two spans of sixteen hours share this much on the clock's circle whatever their distance. */
export const leastCommonMinutes = 2 * wakingMinutes - dayMinutes;

/** Pure: minutes of the day in which both are awake, from how far each is ahead of UTC; 480 to 960. */
export function commonWakingMinutes(offsetA: number, offsetB: number): number {
  const apart = Math.abs(offsetA - offsetB) % dayMinutes;
  return Math.max(0, wakingMinutes - apart) + Math.max(0, wakingMinutes - (dayMinutes - apart));
}

/** What the specialties of the two have in common; `undecided` where the mentee has not chosen. */
type Kinship = 'same' | 'family' | 'undecided' | 'other';

/** Pure: 1 for a specialty in common, ½ for a family in common or a mentee who is undecided. */
export function specialtyPart(kinship: Kinship): number {
  return { same: 1, family: 0.5, undecided: 0.5, other: 0 }[kinship];
}

/** Pure: the share of wanted topics that are offered, from how many there are of each. */
export function topicsPart(wanted: number, offered: number): number {
  return wanted === 0 ? 0.5 : offered / wanted;
}

/** Pure: by how many ranks the mentor is ahead. */
export function stagePart(ahead: number): number {
  if (ahead <= 0) return 0;
  return ahead <= 3 ? 1 : Math.max(0.2, 1 - 0.2 * (ahead - 3));
}

/** Pure: waking hours in common. */
export function hoursPart(offsetA: number, offsetB: number): number {
  return (commonWakingMinutes(offsetA, offsetB) - leastCommonMinutes) / (wakingMinutes - leastCommonMinutes);
}

/** Pure: three fifths of the part when both show the same country. */
export function countryPart(mentee: string | undefined, mentor: string | undefined): number {
  return mentee !== undefined && mentee === mentor ? 0.6 : 0;
}

/** Pure: the rest of the same part for a language in common beside the usual one. */
export function languagePart(isCommon: boolean): number {
  return isCommon ? 0.4 : 0;
}

/**
 * What each part adds for one mentee, on the scale of the fit. All but specialty and topics depend on one small number
 * of a mentor, so they are worked out once for all mentors and only looked up in the scan.
 */
export interface Points {
  /** By kinship: 0 none, 1 the family, 2 or 3 the specialty. */
  readonly specialty: Float64Array;
  /** By how many of the wanted topics are offered. */
  readonly topics: Float64Array;
  /** By the mentor's stage rank. */
  readonly stage: Float64Array;
  /** By the numbers of `packed.offsets` and `packed.countries`. */
  readonly hours: Float64Array;
  readonly country: Float64Array;
  /** For a language in common beside the usual one. */
  readonly language: number;
}

/** A mentee prepared for looking at many mentors. */
export interface Seeker {
  readonly masks: Masks;
  /** The languages beside the usual one. */
  readonly otherLanguages: Mask;
  readonly points: Points;
}

/** Prepares a mentee for the fit with packed mentors, by the weights of their guild. */
export function seekerOf(mentee: Mentee, masks: Masks, packed: PackedMentors, weights: Weights): Seeker {
  const { specialty, topics, stage, hours, country } = weightsFor(weights, mentee.priority);
  const { undecided } = packed;
  const wanted = countBits(masks.topics);
  return {
    masks: { ...masks, specialties: masks.specialties & ~undecided },
    otherLanguages: masks.languages & ~packed.usualLanguage,
    points: {
      specialty: Float64Array.of(
        specialty * specialtyPart((masks.specialties & undecided) === 0 ? 'other' : 'undecided'),
        specialty * specialtyPart('family'),
        specialty * specialtyPart('same'),
        specialty * specialtyPart('same'),
      ),
      topics: new Float64Array(wanted + 1).map((_, offered) => topics * topicsPart(wanted, offered)),
      stage: new Float64Array(rankLimit).map((_, rank) => stage * stagePart(rank - mentee.stageRank)),
      hours: Float64Array.from(packed.offsets.keys(), (offset) => hours * hoursPart(mentee.offsetMinutes, offset)),
      country: Float64Array.from(packed.countries.keys(), (shown) => country * countryPart(mentee.country, shown)),
      language: country * languagePart(true),
    },
  };
}

/** What a mentee and the mentor at `i` have in common: 0 nothing, 1 the family, 2 or 3 a specialty. */
export function kinshipAt(masks: Masks, { specialties, families }: SpecialtyColumns, i: number): number {
  return (anyBit(masks.specialties & specialties[i]!) << 1) | anyBit(masks.families & families[i]!);
}

/** What a language in common adds between a mentee and the mentor, or the group of mentors, at `i`. */
export function languageAt(
  { otherLanguages, masks, points }: Seeker,
  { languages, rareSet, rareSets }: Pick<EligibilityColumns, 'languages' | 'rareSet' | 'rareSets'>,
  i: number,
): number {
  return isShared(languages[i]! & otherLanguages, rareSets[rareSet[i]!]!, masks.rare) ? points.language : 0;
}

/** What each part adds between a mentee and the packed mentor at `i`: its weight times its value from 0 to 1. */
export const pointsOf = {
  specialty: ({ masks, points }, mentors, i) => points.specialty[kinshipAt(masks, mentors, i)] ?? 0,
  topics: ({ masks, points }, { topics }, i) => points.topics[countBits(masks.topics & (topics[i] ?? 0))] ?? 0,
  stage: ({ points }, { stageRank }, i) => points.stage[stageRank[i] ?? 0] ?? 0,
  hours: ({ points }, { offset }, i) => points.hours[offset[i] ?? 0] ?? 0,
  country: (seeker, mentors, i) =>
    (seeker.points.country[mentors.country[i] ?? 0] ?? 0) + languageAt(seeker, mentors, i),
} satisfies Readonly<Record<Part, (seeker: Seeker, mentors: PackedMentors, i: number) => number>>;

/**
 * How well a mentee and the packed mentor at `i` suit, a whole number from 0 to 10,000. Says nothing about whether the
 * two are eligible.
 */
export function fit(seeker: Seeker, mentors: PackedMentors, i: number): number {
  return Math.round(
    pointsOf.specialty(seeker, mentors, i) +
      pointsOf.topics(seeker, mentors, i) +
      // What a whole cohort adds is one number, as a scan has it.
      (pointsOf.stage(seeker, mentors, i) + languageAt(seeker, mentors, i)) +
      pointsOf.hours(seeker, mentors, i) +
      (seeker.points.country[mentors.country[i]!] ?? 0),
  );
}
