/**
 * Finds for a mentee the mentors who give the most profit, `fit - price`, among thousands, without looking at each. What
 * is found has exactly the fit of `fit.ts` and breaks none of the rules of `eligible.ts`; the tests hold it to that.
 */
import { countBits, rankLimit } from './bits.ts';
import { countryPart, hoursPart, specialtyPart, stagePart, topicsPart, weightsFor } from './fit.ts';
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
  /** What stage and hours add by the mentor's kind; `excluded` where the rules about stages exclude it. */
  readonly kindsAtMost: Int32Array;
  readonly topicsAtMost: Int32Array;
  /** The most that each adds. */
  readonly mostTopics: number;
  readonly mostKind: number;
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

/** Less than any profit, also when two of the kind are added. */
const excluded = -0x3fffffff;

/** What a part adds by a small number: exactly, and as whole numbers that are not less, for a first look. */
interface Table {
  readonly exact: Float64Array;
  readonly atMost: Int32Array;
}

/** Prepares mentees, sharing the tables of those who are alike. The weights decide whose view it is. */
export function createSearchers({ packed, kinds }: Shelves, weights: Weights) {
  const { undecided } = packed.masker;
  const remembered = new Map<string, Table>();
  const table = (key: string, make: () => Float64Array) => {
    const known = remembered.get(key);
    if (known) return known;
    const exact = make();
    const made = { exact, atMost: Int32Array.from(exact, Math.ceil) };
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
    const { exact: stage } = table(`${by} stage ${stageRank}`, () =>
      new Float64Array(rankLimit).map((_, rank) => own.stage * stagePart(rank - stageRank)),
    );
    const { exact: hours } = table(`${by} hours ${offsetMinutes}`, () =>
      Float64Array.from(packed.offsets.keys(), (offset) => own.hours * hoursPart(offsetMinutes, offset)),
    );
    const byKind = table(`${by} kind ${stageRank} ${offsetMinutes}`, () =>
      Float64Array.from(kinds, (i) => {
        const rank = packed.stageRank[i]!;
        const allowed = rank > stageRank && stageRank >= packed.acceptsFromRank[i]!;
        return allowed ? stage[rank]! + hours[packed.offset[i]!]! : excluded;
      }),
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
        topics: topics.exact,
        stage,
        hours,
        country: shown.exact,
        topicsAtMost: topics.atMost,
        kindsAtMost: byKind.atMost,
        mostTopics: topics.exact.at(-1) ?? 0,
        mostKind: byKind.exact.reduce((most, each) => Math.max(most, each), 0),
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

/** The fit of the mentor at a position for somebody who may not be eligible, added in the order of `fit`. */
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

/** Whether no rule stands between the mentor at a position, who is open, and a mentee. */
export function isAllowed(shelves: Shelves, searcher: Searcher, position: number): boolean {
  return (
    searcher.points.kindsAtMost[shelves.kind[position]!]! !== excluded &&
    (shelves.languages[position]! & searcher.languages) !== 0 &&
    searcher.barred?.has(shelves.mentor[position]!) !== true
  );
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
    const most = bySpecialty + points.mostTopics + points.mostKind + points.mostCountry + slack;
    for (let shelf = 0; shelf < shelves.specialties.length; shelf += 1) {
      if (most - prices.price[shelves.shelf[shelf]!]! < least || most < given.floor) continue;
      const common =
        (specialties & shelves.specialties[shelf]!) !== 0 ? 0 : (families & shelves.families[shelf]!) !== 0 ? 1 : 2;
      if (common !== kinship) continue;
      least = searchShelf(shelves, prices, searcher, { shelf, bySpecialty, most, least, floor: given.floor }, found);
    }
  }
}

/** Rounding adds at most a half, and another order of adding next to nothing. */
const slack = 1;

/** Mentors looked at in one go, and room for those of them that may do. */
const chunk = 256;
const passed = new Int32Array(chunk);

/** Looks through one shelf, the cheapest first. @returns what a mentor must give at least from now on. */
function searchShelf(
  shelves: Shelves,
  prices: ShelfPrices,
  searcher: Searcher,
  given: {
    readonly shelf: number;
    readonly bySpecialty: number;
    readonly most: number;
    readonly least: number;
    readonly floor: number;
  },
  found: Found,
): number {
  const last = shelves.shelf[given.shelf + 1]!;
  let { least } = given;
  for (let from = shelves.shelf[given.shelf]!; from < last; from += chunk) {
    // From here on all are too dear.
    if (given.most - prices.price[from]! < least) break;
    const until = Math.min(from + chunk, last);
    const n = sift(prices, searcher, from, until, least - given.bySpecialty);
    for (let p = 0; p < n; p += 1) {
      const at = prices.position[passed[p]!]!;
      if ((shelves.languages[at]! & searcher.languages) === 0) continue;
      const fit = fitAt(shelves, searcher, at);
      const profit = fit - prices.price[passed[p]!]!;
      if (profit < least || fit < given.floor || searcher.barred?.has(shelves.mentor[at]!)) continue;
      keep(found, at, fit, profit);
      if (found.size === found.position.length) least = found.profit[0]! + 1;
    }
  }
  return least;
}

/**
 * Puts into `passed` the ranks that may give `least` beside the specialty. The innermost loop of a round: a few numbers
 * of each mentor, and nothing called or written that would make the compiler look twice.
 * @returns how many passed.
 */
function sift(
  { topics, kind, price }: ShelfPrices,
  { topics: wanted, points }: Searcher,
  from: number,
  until: number,
  least: number,
): number {
  const { topicsAtMost: byTopics, kindsAtMost: byKind } = points;
  const bar = Math.floor(least - points.mostCountry - slack) | 0;
  let n = 0;
  for (let rank = from; rank < until; rank += 1) {
    passed[n] = rank;
    const most = byTopics[countBits(topics[rank]! & wanted)]! + byKind[kind[rank]!]! - price[rank]!;
    if (most >= bar) n += 1;
  }
  return n;
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
