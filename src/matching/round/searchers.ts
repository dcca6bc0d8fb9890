/**
 * Mentees prepared for many looks at many mentors: everything that depends on small numbers of a mentor stands in tables,
 * shared by those who are alike.
 */
import { anyBit, countBits, isShared, maskBits, rankLimit } from '../bits.ts';
import {
  countryPart,
  hoursPart,
  languagePart,
  parts,
  specialtyPart,
  stagePart,
  topicsPart,
  weightsFor,
} from '../fit.ts';
import { numberIn, type Numbering, type PackedMentors } from '../pack.ts';
import type { Mask, Masks, Mentee, Weights } from '../types.ts';
import { everybody, kinOf, type MentorColumns, type Shelves } from './shelves.ts';

/** What each part of the fit but the country adds for a mentee, by the small number that it depends on. */
interface Points {
  /** By kinship. */
  readonly specialty: Float64Array;
  readonly topics: Float64Array;
  readonly stage: Float64Array;
  readonly hours: Float64Array;
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

/** What is the same for all who chose the same specialties and show the same country. */
interface Scope {
  readonly looks: readonly Look[];
  /** What the mentor's country adds. */
  readonly shown: Float64Array;
  /** What a language in common adds beside the usual one. */
  readonly language: number;
}

/** What is the same for all of one stage and zone who want as many topics. */
interface Tables {
  readonly points: Points;
  readonly atMost: PointsAtMost;
  /** Whether the parts are weighed as the guild does, and by how much the fit can be above that view at most: whole. */
  readonly isPlain: boolean;
  readonly leaning: number;
}

/** A mentee prepared for many looks at many mentors. */
export interface Searcher extends Scope, Tables {
  readonly specialties: Mask;
  readonly families: Mask;
  readonly languages: Mask;
  /** Those beside the usual one, and what one of them in common adds at most: whole. */
  readonly otherLanguages: Mask;
  readonly languageAtMost: number;
  readonly rare: readonly number[];
  readonly topics: Mask;
  readonly stageRank: number;
  /** The number of the country shown; -1 where none is, or no mentor shows it. */
  readonly country: number;
  /** Another number for each mentee: see `Found`. */
  readonly salt: number;
  /** Mentors between whom and this mentee something stands, by number; undefined for nobody, as for most. */
  readonly barred: ReadonlySet<number> | undefined;
}

/** Less than any profit, also when the highest price is taken off. */
const excluded = -0x30000000;

/** Mentees as columns, as mentors are packed: plain data that another thread can be handed. */
export interface PackedMentees {
  readonly specialties: Int32Array;
  readonly families: Int32Array;
  readonly languages: Int32Array;
  readonly rareSet: Int32Array;
  readonly topics: Int32Array;
  readonly stageRank: Int32Array;
  readonly offsetMinutes: Int32Array;
  /** The number of the country shown; -1 where none is, or no mentor shows it. */
  readonly country: Int32Array;
  /** The part that matters most by its place among `parts`; -1 for none. */
  readonly priority: Int32Array;
  /** By mentee, for those few who have any: mentors between whom and them something stands, by number. */
  readonly barred: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Packs mentees in the order given. */
export function packMentees(
  mentees: readonly Mentee[],
  masks: readonly Masks[],
  { countries }: Pick<PackedMentors, 'countries'>,
  barred: ReadonlyMap<number, ReadonlySet<number>>,
): PackedMentees {
  const shown = ({ country }: Mentee) => (country === undefined ? -1 : (countries.get(country) ?? -1));
  return {
    specialties: Int32Array.from(masks, (each) => each.specialties),
    families: Int32Array.from(masks, (each) => each.families),
    languages: Int32Array.from(masks, (each) => each.languages),
    rareSet: Int32Array.from(masks, (each) => each.rareSet),
    topics: Int32Array.from(masks, (each) => each.topics),
    stageRank: Int32Array.from(mentees, ({ stageRank }) => stageRank),
    offsetMinutes: Int32Array.from(mentees, ({ offsetMinutes }) => offsetMinutes),
    country: Int32Array.from(mentees, shown),
    priority: Int32Array.from(mentees, priorityOf),
    barred,
  };
}

/** Everybody prepared, by mentee. Little is kept of each: a searcher is put together when one is asked for. */
export interface Searchers {
  readonly count: number;
  /** As the mentee weighs the parts. */
  own(i: number): Searcher;
  /** As the guild does, which is the mentors' view. */
  plain(i: number): Searcher;
}

/** Prepares mentees, sharing the tables of those who are alike. */
export function createSearchers(shelves: Shelves, weights: Weights, mentees: PackedMentees): Searchers {
  const { undecided, usualLanguage, rareSets } = shelves.packed;
  const { priority, specialties, families, languages, rareSet, topics, stageRank, country, barred } = mentees;
  const scopes = scopeFinder(shelves, weights, mentees);
  const tables = tablesFinder(shelves, weights, mentees);
  const viewBy = (decisive: (i: number) => number) => {
    const scopeOf = numbered(priority.length, (i) => scopes(i, decisive(i)));
    const tablesOf = numbered(priority.length, (i) => tables(i, decisive(i)));
    return (i: number): Searcher => {
      const { looks, shown, language } = scopeOf(i);
      const otherLanguages = languages[i]! & ~usualLanguage;
      const { points, atMost, isPlain, leaning } = tablesOf(i);
      return {
        specialties: specialties[i]! & ~undecided,
        families: families[i]!,
        languages: languages[i]!,
        otherLanguages,
        languageAtMost: otherLanguages === 0 ? 0 : Math.ceil(language),
        rare: rareSets[rareSet[i]!]!,
        topics: topics[i]!,
        stageRank: stageRank[i]!,
        country: country[i]!,
        looks,
        shown,
        language,
        points,
        atMost,
        isPlain,
        leaning,
        salt: i,
        barred: barred.get(i),
      };
    };
  };
  return { count: priority.length, own: viewBy((i) => priority[i]!), plain: viewBy(() => none) };
}

/** No part matters most. */
const none = -1;

/** What matters most to a mentee: its place among `parts`, or `none`. */
export function priorityOf({ priority }: Mentee): number {
  return priority === undefined ? none : parts.indexOf(priority);
}

/** The weights by the priority, `none` first. */
function weightsByPriority(weights: Weights): readonly Weights[] {
  return [undefined, ...parts].map((part) => weightsFor(weights, part));
}

/** What finds the scope of mentee `i`, to whom a part matters most. */
function scopeFinder(
  { packed, sections }: Shelves,
  weights: Weights,
  mentees: PackedMentees,
): (i: number, priority: number) => Scope {
  const shownBy = [...packed.countries.keys()];
  const byPriority = weightsByPriority(weights);
  const choices = new Map<number, number>();
  const kinTables = remember<readonly Int32Array[]>();
  const countryTables = remember<Float64Array>();
  const known = remember<Scope>();
  return (i, priority) => {
    const by = 1 + priority;
    const country = mentees.country[i]!;
    const choice = numberIn(choices, mentees.specialties[i]!);
    // Numbers below the next factor, so that keys that are put together from them differ.
    return known((choice * (shownBy.length + 1) + country + 1) * byLimit + by, () => {
      const own = byPriority[by]!;
      const lookAt = (section: number, beside: number): Look => {
        const specialties = mentees.specialties[i]! & ~packed.undecided;
        // The families are those of the specialties chosen.
        const kin = kinTables(choice * sections.length + section, () =>
          kinOf(sections[section]!, specialties, mentees.families[i]!),
        );
        return { section, kin, beside };
      };
      const shown = countryTables((country + 1) * byLimit + by, () =>
        Float64Array.from(shownBy, (other) => own.country * countryPart(shownBy[country], other)),
      );
      const looks = [lookAt(everybody, 0)];
      if (country >= 0) looks.push(lookAt(1 + country, Math.ceil(own.country * countryPart('', ''))));
      return { looks, shown, language: own.country * languagePart(true) };
    });
  };
}

/** What finds the tables of mentee `i`, to whom a part matters most. */
function tablesFinder(
  { packed, kinds }: Shelves,
  weights: Weights,
  mentees: PackedMentees,
): (i: number, priority: number) => Tables {
  const byPriority = weightsByPriority(weights);
  const zones = new Map<number, number>();
  const specialtyTables = remember<Rounded>();
  const topicTables = remember<Rounded>();
  const stageTables = remember<Float64Array>();
  const hourTables = remember<Float64Array>();
  const kindTables = remember<Rounded>();
  const known = remember<Tables>();
  return (i, priority) => {
    const by = 1 + priority;
    const stageRank = mentees.stageRank[i]!;
    const offsetMinutes = mentees.offsetMinutes[i]!;
    const zone = numberIn(zones, offsetMinutes);
    const wanted = countBits(mentees.topics[i]!);
    const isUndecided = anyBit(mentees.specialties[i]! & packed.undecided);
    const kindKey = (zone * byLimit + by) * rankLimit + stageRank;
    return known((kindKey * (maskBits + 1) + wanted) * 2 + isUndecided, () => {
      const own = byPriority[by]!;
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
      const kind = kindTables(kindKey, () =>
        rounded(
          Float64Array.from(kinds, (j) => {
            const rank = packed.stageRank[j]!;
            return rank > stageRank ? stage[rank]! + hours[packed.offset[j]!]! : excluded;
          }),
        ),
      );
      const part = parts[priority];
      return {
        points: { specialty: specialty.exact, topics: topics.exact, stage, hours },
        atMost: {
          specialty: specialty.atMost,
          topics: topics.atMost,
          kind: kind.atMost,
          mostTopics: topics.most,
          mostKind: kind.most,
        },
        isPlain: part === undefined,
        // Of the part that counts double one half is extra; rounding may add one.
        leaning: part === undefined ? 0 : Math.ceil(own[part] / 2) + 1,
      };
    });
  };
}

/** What each one has of a few things that many share: only its number is kept. */
function numbered<T>(count: number, thingOf: (i: number) => T): (i: number) => T {
  const numbers: Numbering<T> = new Map();
  const number = new Int32Array(count);
  for (let i = 0; i < count; i += 1) number[i] = numberIn(numbers, thingOf(i));
  const things = [...numbers.keys()];
  return (i) => things[number[i]!]!;
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
export function fitAt(packed: MentorColumns, searcher: Searcher, i: number): number {
  const { points, shown, specialties, families, topics, otherLanguages, rare, language } = searcher;
  const kinship = (specialties & packed.specialties[i]!) !== 0 ? 0 : (families & packed.families[i]!) !== 0 ? 1 : 2;
  const bySpecialty = points.specialty[kinship]!;
  const byTopics = points.topics[countBits(topics & packed.topics[i]!)]!;
  const isCommon = isShared(packed.languages[i]! & otherLanguages, packed.rareSets[packed.rareSet[i]!]!, rare);
  const byCohort = points.stage[packed.stageRank[i]!]! + (isCommon ? language : 0);
  const sum = bySpecialty + byTopics + byCohort + points.hours[packed.offset[i]!]!;
  return Math.round(sum + shown[packed.country[i]!]!);
}

/** Whether no rule stands between the packed mentor at `i`, who is open, and a mentee. */
export function isAllowed(packed: MentorColumns, searcher: Searcher, i: number): boolean {
  const common = packed.languages[i]! & searcher.languages;
  return (
    isShared(common, packed.rareSets[packed.rareSet[i]!]!, searcher.rare) &&
    packed.stageRank[i]! > searcher.stageRank &&
    packed.acceptsFromRank[i]! <= searcher.stageRank &&
    searcher.barred?.has(i) !== true
  );
}
