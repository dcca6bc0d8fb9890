/**
 * Mentees prepared for many looks at many mentors: everything that depends on small numbers of a mentor stands in tables,
 * shared by those who are alike.
 */
import { anyBit, countBits, maskBits, rankLimit } from '../bits.ts';
import { countryPart, hoursPart, parts, specialtyPart, stagePart, topicsPart, weightsFor } from '../fit.ts';
import { numberIn, type PackedMentors } from '../pack.ts';
import type { Mask, Masks, Mentee, Weights } from '../types.ts';
import { everybody, kinOf, type Shelves } from './shelves.ts';

/** What each part of the fit adds for a mentee, by the small number that it depends on. */
interface Points {
  /** By kinship. */
  readonly specialty: Float64Array;
  readonly topics: Float64Array;
  readonly stage: Float64Array;
  readonly hours: Float64Array;
  readonly country: Float64Array;
}

/** The same in whole numbers that are not less, for a first look. */
interface PointsAtMost {
  readonly specialty: Int32Array;
  readonly topics: Int32Array;
  /** What stage and hours add by the mentor's kind; `excluded` where the mentor is not ahead. */
  readonly kind: Int32Array;
  /** The most that each adds. */
  readonly mostTopics: number;
  readonly mostKind: number;
}

/** Where a mentee looks: the section, its shelves by kinship, and what everybody in it adds beside. */
interface Look {
  readonly section: number;
  readonly kin: readonly Int32Array[];
  readonly beside: number;
}

/** A mentee prepared for many looks at many mentors. */
export interface Searcher {
  readonly specialties: Mask;
  readonly families: Mask;
  readonly languages: Mask;
  readonly topics: Mask;
  readonly stageRank: number;
  /** The number of the country shown; -1 where none is, or no mentor shows it. */
  readonly country: number;
  readonly looks: readonly Look[];
  readonly points: Points;
  readonly atMost: PointsAtMost;
  /** Whether the parts are weighed as the guild does, and by how much the fit can be above that view at most. */
  readonly isPlain: boolean;
  readonly leaning: number;
  /** Another number for each mentee: see `Found`. */
  readonly salt: number;
  /** Mentors between whom and this mentee something stands, by number; undefined for nobody, as for most. */
  readonly barred: ReadonlySet<number> | undefined;
}

/** Less than any profit, also when the highest price is taken off. */
const excluded = -0x30000000;

/** Prepares mentees, sharing the tables of those who are alike. The weights decide whose view it is. */
export function createSearchers(shelves: Shelves, weights: Weights) {
  const { packed, kinds, sections } = shelves;
  const { undecided } = packed.masker;
  const specialtyTables = remember<Rounded>();
  const topicTables = remember<Rounded>();
  const stageTables = remember<Float64Array>();
  const hourTables = remember<Float64Array>();
  const kindTables = remember<Rounded>();
  const countryTables = remember<Float64Array>();
  const kinTables = remember<readonly Int32Array[]>();
  const lookTables = remember<readonly Look[]>();
  const atMostTables = remember<PointsAtMost>();
  const zones = new Map<number, number>();
  const choices = new Map<number, number>();
  return (mentee: Mentee, masks: Masks, salt: number, barred?: ReadonlySet<number>): Searcher => {
    const own = weightsFor(weights, mentee.priority);
    const wanted = countBits(masks.topics);
    const { stageRank, offsetMinutes } = mentee;
    const isUndecided = anyBit(masks.specialties & undecided);
    const specialties = masks.specialties & ~undecided;
    const country = mentee.country === undefined ? -1 : (packed.countries.get(mentee.country) ?? -1);
    // Numbers below the next factor, so that keys that are put together from them differ.
    const by = mentee.priority === undefined ? 0 : 1 + parts.indexOf(mentee.priority);
    const zone = numberIn(zones, offsetMinutes);
    const specialty = specialtyTables(by * 2 + isUndecided, () =>
      rounded(
        Float64Array.of(
          own.specialty * specialtyPart('same'),
          own.specialty * specialtyPart('family'),
          own.specialty * specialtyPart(isUndecided === 1 ? 'undecided' : 'other'),
        ),
      ),
    );
    const topics = topicTables(by * (maskBits + 1) + wanted, () =>
      rounded(new Float64Array(wanted + 1).map((_, offered) => own.topics * topicsPart(wanted, offered))),
    );
    const stage = stageTables(by * rankLimit + stageRank, () =>
      new Float64Array(rankLimit).map((_, rank) => own.stage * stagePart(rank - stageRank)),
    );
    const hours = hourTables(zone * byLimit + by, () =>
      Float64Array.from(packed.offsets.keys(), (offset) => own.hours * hoursPart(offsetMinutes, offset)),
    );
    const kindKey = (zone * byLimit + by) * rankLimit + stageRank;
    const kind = kindTables(kindKey, () =>
      rounded(
        Float64Array.from(kinds, (i) => {
          const rank = packed.stageRank[i]!;
          return rank > stageRank ? stage[rank]! + hours[packed.offset[i]!]! : excluded;
        }),
      ),
    );
    const shown = countryTables((country + 1) * byLimit + by, () =>
      Float64Array.from(packed.countries.keys(), (other) => own.country * countryPart(mentee.country, other)),
    );
    const choice = numberIn(choices, masks.specialties);
    const looks = lookTables((choice * (packed.countries.size + 1) + country + 1) * byLimit + by, () => {
      const lookAt = (section: number, beside: number): Look => {
        // The families are those of the specialties chosen.
        const kin = kinTables(choice * sections.length + section, () =>
          kinOf(sections[section]!, specialties, masks.families),
        );
        return { section, kin, beside };
      };
      return country < 0 ? [lookAt(everybody, 0)] : [lookAt(everybody, 0), lookAt(1 + country, Math.ceil(own.country))];
    });
    const atMost = atMostTables((kindKey * (maskBits + 1) + wanted) * 2 + isUndecided, () => ({
      specialty: specialty.atMost,
      topics: topics.atMost,
      kind: kind.atMost,
      mostTopics: topics.most,
      mostKind: kind.most,
    }));
    return {
      specialties,
      families: masks.families,
      languages: masks.languages,
      topics: masks.topics,
      stageRank,
      country,
      looks,
      points: { specialty: specialty.exact, topics: topics.exact, stage, hours, country: shown },
      atMost,
      isPlain: mentee.priority === undefined,
      // Of the part that counts double one half is extra; rounding may add one.
      leaning: mentee.priority === undefined ? 0 : own[mentee.priority] / 2 + 1,
      salt,
      barred,
    };
  };
}

/** More than there are parts that can matter most, none among them. */
const byLimit = 8;

/** Makes each thing once, by its key. */
function remember<T>(): (key: number, make: () => T) => T {
  const made = new Map<number, T>();
  return (key, make) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const thing = make();
    made.set(key, thing);
    return thing;
  };
}

/** A table of points: exactly, rounded up for a first look, and the most of it. */
interface Rounded {
  readonly exact: Float64Array;
  readonly atMost: Int32Array;
  readonly most: number;
}

function rounded(exact: Float64Array): Rounded {
  const atMost = Int32Array.from(exact, Math.ceil);
  return { exact, atMost, most: atMost.reduce((most, each) => Math.max(most, each), 0) };
}

/** The fit of the packed mentor at `i` for somebody who may not be eligible, added in the order of `fit`. */
export function fitAt(packed: PackedMentors, searcher: Searcher, i: number): number {
  const { points, specialties, families, topics } = searcher;
  const kinship = (specialties & packed.specialties[i]!) !== 0 ? 0 : (families & packed.families[i]!) !== 0 ? 1 : 2;
  const bySpecialty = points.specialty[kinship]!;
  const byTopics = points.topics[countBits(topics & packed.topics[i]!)]!;
  const sum = bySpecialty + byTopics + points.stage[packed.stageRank[i]!]! + points.hours[packed.offset[i]!]!;
  return Math.round(sum + points.country[packed.country[i]!]!);
}

/** Whether no rule stands between the packed mentor at `i`, who is open, and a mentee. */
export function isAllowed(packed: PackedMentors, searcher: Searcher, i: number): boolean {
  return (
    (packed.languages[i]! & searcher.languages) !== 0 &&
    packed.stageRank[i]! > searcher.stageRank &&
    packed.acceptsFromRank[i]! <= searcher.stageRank &&
    searcher.barred?.has(i) !== true
  );
}
