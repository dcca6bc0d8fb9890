import { countBits, type Masks, type PackedMentors } from './pack.ts';
import type { Mentee, Part } from './types.ts';

/** The scale of the fit: the parts' weights add up to it. Whole numbers, so that sums are exact. */
export const fitScale = 10_000;

/**
 * What the fit consists of, and how much each part weighs. What predicts good mentoring is deep similarity (goals, help
 * wanted, path), so what a pair wants to do together weighs most and where they come from least.
 */
export const weights: Readonly<Record<Part, number>> = {
  /** The same specialty 1, the same family ½, a mentee who is undecided ½. */
  specialty: 3_500,
  /** The share of the mentee's topics that the mentor offers; ½ when the mentee named none. */
  topics: 3_000,
  /** One to three stages ahead 1; further ahead less, because memories fade and rules change. */
  stage: 1_500,
  /** Waking hours in common: all sixteen 1; the eight that any two zones share 0. */
  hours: 1_500,
  /** The same country of medical school, when both chose to show it. */
  country: 500,
};

/** The parts in the order of the table. */
export const parts = Object.keys(weights) as readonly Part[];

/** The weights for one mentee: the part that matters most counts double, and all of them add up to the scale again. */
export function weightsFor(priority: Part | undefined): Readonly<Record<Part, number>> {
  if (!priority) return weights;
  const share = fitScale / (fitScale + weights[priority]);
  const scaled = parts.map((part) => [part, weights[part] * share * (part === priority ? 2 : 1)] as const);
  return Object.fromEntries(scaled) as Record<Part, number>;
}

/** Waking hours are 07:00 to 23:00 on the wall clock of each. */
const wakingMinutes = 16 * 60;
const dayMinutes = 24 * 60;
/** Two spans of sixteen hours share this much on the clock's circle whatever their distance. */
const leastCommonMinutes = 2 * wakingMinutes - dayMinutes;

/** Pure: minutes of the day in which both are awake, from how far each is ahead of UTC; 480 to 960. */
export function commonWakingMinutes(offsetA: number, offsetB: number): number {
  const apart = Math.abs(offsetA - offsetB) % dayMinutes;
  return Math.max(0, wakingMinutes - apart) + Math.max(0, wakingMinutes - (dayMinutes - apart));
}

/** Pure: 1 for a specialty in common, ½ for a family in common or a mentee who is undecided. */
export function specialtyPart(
  mentee: Masks,
  mentor: Pick<Masks, 'specialties' | 'families'>,
  undecided: number,
): number {
  if ((mentee.specialties & mentor.specialties & ~undecided) !== 0) return 1;
  return (mentee.families & mentor.families) !== 0 || (mentee.specialties & undecided) !== 0 ? 0.5 : 0;
}

/** Pure: the share of wanted topics that are offered. */
export function topicsPart(wanted: number, offered: number): number {
  return wanted === 0 ? 0.5 : countBits(wanted & offered) / countBits(wanted);
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

/** Pure: each part between a mentee and the packed mentor at `i`, 0 to 1. */
export function partsOf(
  mentee: Mentee,
  masks: Masks,
  packed: PackedMentors,
  i: number,
): Readonly<Record<Part, number>> {
  const mentor = { specialties: packed.specialties[i] ?? 0, families: packed.families[i] ?? 0 };
  const country = packed.mentors[i]?.country;
  return {
    specialty: specialtyPart(masks, mentor, packed.masker.undecided),
    topics: topicsPart(masks.topics, packed.topics[i] ?? 0),
    stage: stagePart((packed.stageRank[i] ?? 0) - mentee.stageRank),
    hours: hoursPart(mentee.offsetMinutes, packed.offsetMinutes[i] ?? 0),
    country: country !== undefined && country === mentee.country ? 1 : 0,
  };
}

/**
 * How well a mentee and the packed mentor at `i` suit, 0 to 10,000. Says nothing about whether the pair is eligible.
 * @param weight from `weightsFor`.
 */
export function fit(
  mentee: Mentee,
  masks: Masks,
  packed: PackedMentors,
  i: number,
  weight: Readonly<Record<Part, number>>,
): number {
  const value = partsOf(mentee, masks, packed, i);
  return Math.round(
    weight.specialty * value.specialty +
      weight.topics * value.topics +
      weight.stage * value.stage +
      weight.hours * value.hours +
      weight.country * value.country,
  );
}
