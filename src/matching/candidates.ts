/**
 * Finds for a mentee the mentors who give the most profit, `fit - price`, among thousands, without looking at each. What
 * is found has exactly the fit of `fit.ts` and breaks none of the rules of `eligible.ts`; the tests hold it to that.
 */
import { countBits, rankLimit } from './bits.ts';
import { countryPart, hoursPart, specialtyPart, stagePart, topicsPart, weightsFor } from './fit.ts';
import type { PackedMentors } from './pack.ts';
import type { ShelfPrices, Shelves } from './shelves.ts';
import type { Mentee, Weights } from './types.ts';

/** What each part of the fit adds for a mentee, by the small number that it depends on. Shared by many mentees. */
interface Points {
  readonly sameSpecialty: number;
  readonly relatedSpecialty: number;
  readonly otherSpecialty: number;
  readonly topics: Float64Array;
  readonly stage: Float64Array;
  readonly hours: Float64Array;
  readonly country: Float64Array;
  /** The most that topics and country add together with what is bounded by a whole group. */
  readonly mostHours: number;
  readonly mostStage: number;
  readonly mostCountry: number;
}

/** A mentee prepared for many looks at many mentors. */
export interface Searcher {
  readonly specialties: number;
  readonly families: number;
  readonly languages: number;
  readonly topics: number;
  readonly stageRank: number;
  readonly points: Points;
  /** Whether the parts are weighed as the guild does, and by how much the fit can be above that view at most. */
  readonly isPlain: boolean;
  readonly leaning: number;
  /** Mentors between whom and this mentee something stands, by number; undefined for nobody, as for most. */
  readonly barred: ReadonlySet<number> | undefined;
}

/** Prepares mentees, sharing the tables of those who are alike. The weights decide whose view it is. */
export function createSearchers(packed: PackedMentors, weights: Weights) {
  const { undecided } = packed.masker;
  const remembered = new Map<string, Float64Array>();
  const table = (key: string, make: () => Float64Array) => {
    const known = remembered.get(key);
    if (known) return known;
    const made = make();
    remembered.set(key, made);
    return made;
  };
  return (mentee: Mentee, barred?: ReadonlySet<number>): Searcher => {
    const masks = packed.masker.masks(mentee);
    const own = weightsFor(weights, mentee.priority);
    const by = mentee.priority ?? '';
    const wanted = countBits(masks.topics);
    const { stageRank, offsetMinutes, country } = mentee;
    const topics = table(`${by} topics ${wanted}`, () =>
      new Float64Array(wanted + 1).map((_, offered) => own.topics * topicsPart(wanted, offered)),
    );
    const stage = table(`${by} stage ${stageRank}`, () =>
      new Float64Array(rankLimit).map((_, rank) => own.stage * stagePart(rank - stageRank)),
    );
    const hours = table(`${by} hours ${offsetMinutes}`, () =>
      Float64Array.from(packed.offsets.keys(), (offset) => own.hours * hoursPart(offsetMinutes, offset)),
    );
    const shown = table(`${by} country ${country ?? ''}`, () =>
      Float64Array.from(packed.countries.keys(), (other) => own.country * countryPart(country, other)),
    );
    return {
      specialties: masks.specialties & ~undecided,
      families: masks.families,
      languages: masks.languages,
      topics: masks.topics,
      stageRank,
      points: {
        sameSpecialty: own.specialty * specialtyPart('same'),
        relatedSpecialty: own.specialty * specialtyPart('family'),
        otherSpecialty: own.specialty * specialtyPart((masks.specialties & undecided) === 0 ? 'other' : 'undecided'),
        topics,
        stage,
        hours,
        country: shown,
        mostHours: own.hours,
        mostStage: own.stage,
        mostCountry: country === undefined ? 0 : own.country,
      },
      isPlain: mentee.priority === undefined,
      // Of the part that counts double one half is extra; rounding may add one.
      leaning: mentee.priority === undefined ? 0 : own[mentee.priority] / 2 + 1,
      barred,
    };
  };
}

/** Mentors found for one mentee: a heap with the least profit first while looking. */
export interface Found {
  size: number;
  readonly position: Int32Array;
  readonly fit: Int32Array;
  readonly profit: Int32Array;
}

/** Room for up to `k` mentors. */
export function createFound(k: number): Found {
  return { size: 0, position: new Int32Array(k), fit: new Int32Array(k), profit: new Int32Array(k) };
}

/** The fit of the mentor at a position for somebody who may not be eligible. */
export function fitAt(shelves: Shelves, searcher: Searcher, position: number): number {
  const { packed } = shelves;
  const i = shelves.mentor[position]!;
  const { points, specialties, families, topics } = searcher;
  const bySpecialty =
    (specialties & packed.specialties[i]!) !== 0
      ? points.sameSpecialty
      : (families & packed.families[i]!) !== 0
        ? points.relatedSpecialty
        : points.otherSpecialty;
  const byTopics = points.topics[countBits(topics & packed.topics[i]!)]!;
  const sum = bySpecialty + byTopics + points.stage[packed.stageRank[i]!]! + points.hours[packed.offset[i]!]!;
  return Math.round(sum + points.country[packed.country[i]!]!);
}

/**
 * Finds the eligible mentors with the most profit that is at least `atLeast`, as many as `found` has room for, none
 * below the floor of fit. They come in no order, but always in the same one.
 */
export function findCandidates(
  shelves: Shelves,
  prices: ShelfPrices,
  searcher: Searcher,
  given: { readonly atLeast: number; readonly floor: number },
  found: Found,
): void {
  const { specialties, families, points } = searcher;
  found.size = 0;
  let least = given.atLeast;
  // Best kinship first, so that the bar rises early.
  for (let kinship = 0; kinship < 3; kinship += 1) {
    const bySpecialty = [points.sameSpecialty, points.relatedSpecialty, points.otherSpecialty][kinship] ?? 0;
    const most =
      bySpecialty + (points.topics.at(-1) ?? 0) + points.mostStage + points.mostHours + points.mostCountry + 1;
    for (let g = 0; g < shelves.specialties.length; g += 1) {
      if (most - prices.lowestInGroup[g]! < least || most < given.floor) continue;
      const common =
        (specialties & shelves.specialties[g]!) !== 0 ? 0 : (families & shelves.families[g]!) !== 0 ? 1 : 2;
      if (common === kinship) least = searchGroup(shelves, prices, searcher, g, bySpecialty, least, given.floor, found);
    }
  }
}

/** Looks through one group. @returns what a mentor must give at least from now on. */
function searchGroup(
  shelves: Shelves,
  prices: ShelfPrices,
  searcher: Searcher,
  g: number,
  bySpecialty: number,
  atLeast: number,
  floor: number,
  found: Found,
): number {
  const { shelf, mentor, languages, topics, country, stageRank, acceptsFromRank, offset } = shelves;
  const { price, lowestOnShelf } = prices;
  const { points, barred, stageRank: rank, languages: spoken, topics: wanted } = searcher;
  const { topics: byTopics, country: byCountry } = points;
  const mostTopics = byTopics[byTopics.length - 1]!;
  const last = shelves.group[g + 1]!;
  let least = atLeast;
  for (let s = shelves.group[g]!; s < last; s += 1) {
    if (stageRank[s]! <= rank || rank < acceptsFromRank[s]!) continue;
    const byStage = points.stage[stageRank[s]!]!;
    const byHours = points.hours[offset[s]!]!;
    // One more than the sum: rounding adds at most a half.
    const most = bySpecialty + mostTopics + byStage + byHours + points.mostCountry + 1;
    if (most - lowestOnShelf[s]! < least || most < floor) continue;
    const end = shelf[s + 1]!;
    for (let at = shelf[s]!; at < end; at += 1) {
      if ((languages[at]! & spoken) === 0) continue;
      // Added in the order of `fit`, so that not even the last bit differs.
      const sum = bySpecialty + byTopics[countBits(topics[at]! & wanted)]! + byStage + byHours;
      const fit = Math.round(sum + byCountry[country[at]!]!);
      const profit = fit - price[at]!;
      if (profit < least || fit < floor || (barred !== undefined && barred.has(mentor[at]!))) continue;
      keep(found, at, fit, profit);
      if (found.size === found.position.length) least = found.profit[0]! + 1;
    }
  }
  return least;
}

/** Keeps a mentor in place of the worst one when there is no more room. */
function keep(found: Found, position: number, fit: number, profit: number): void {
  const { position: positions, fit: fits, profit: profits } = found;
  const full = found.size === positions.length;
  let at = full ? 0 : found.size;
  if (full) {
    for (;;) {
      let child = 2 * at + 1;
      if (child >= found.size) break;
      if (child + 1 < found.size && profits[child + 1]! < profits[child]!) child += 1;
      if (profits[child]! >= profit) break;
      positions[at] = positions[child]!;
      fits[at] = fits[child]!;
      profits[at] = profits[child]!;
      at = child;
    }
  } else {
    found.size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (profits[parent]! <= profit) break;
      positions[at] = positions[parent]!;
      fits[at] = fits[parent]!;
      profits[at] = profits[parent]!;
      at = parent;
    }
  }
  positions[at] = position;
  fits[at] = fit;
  profits[at] = profit;
}
