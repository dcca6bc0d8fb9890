import { canBeOpen, obstaclesOf } from './eligible.ts';
import { rankLimit } from './bits.ts';
import { numberIn, pack, type PackedMentors } from './pack.ts';
import type { Catalogue, Mentor } from './types.ts';

/** Columns of packed mentors, to be written: one number for each mentor, with room for more behind them. */
const columnNames = [
  'obstacles',
  'stageRank',
  'acceptsFromRank',
  'specialties',
  'families',
  'languages',
  'rareSet',
  'topics',
  'offset',
  'country',
  'cohort',
] as const;
type Columns = Record<(typeof columnNames)[number], Int32Array>;

/** The same of the groups, which are few: they are copied when one comes up. */
interface Groups {
  readonly cohorts: { obstacles: Int32Array; stageRank: Int32Array; acceptsFromRank: Int32Array; languages: Int32Array; rareSet: Int32Array; size: Int32Array }; // prettier-ignore
  readonly choices: {
    specialties: Int32Array;
    families: Int32Array;
    count: Int32Array;
    readonly chosenBy: Int32Array[];
  };
}

/**
 * Packed mentors that are kept while they change: one mentor's change costs that mentor, whatever their number. It is
 * written into in place, because `suggest` reads all it needs without letting anybody else run; whoever hands packed
 * mentors on to a thread, or reads them over several turns of the program, packs their own.
 */
export class Roster {
  readonly packed: PackedMentors;
  readonly #mentors: Mentor[];
  readonly #indexById: Map<string, number>;
  readonly #columns: Columns;
  readonly #groups: Groups;
  /** The number of a cohort by what its mentors have in common, of a choice by its specialties. */
  readonly #cohortOf = new Map<string, number>();
  readonly #choiceOf = new Map<number, number>();
  /** By mentor: where they stand in the list of those who chose alike; -1 for whoever cannot be open. */
  #place: Int32Array;

  constructor(mentors: readonly Mentor[], catalogue: Catalogue) {
    const packed = pack(mentors, catalogue);
    this.packed = packed;
    this.#mentors = packed.mentors as Mentor[];
    this.#indexById = packed.indexById as Map<string, number>;
    this.#columns = packed as unknown as Columns;
    this.#groups = packed as unknown as Groups;
    for (let i = 0; i < mentors.length; i += 1) this.#cohortOf.set(this.#cohortKey(i), packed.cohort[i]!);
    this.#place = new Int32Array(mentors.length).fill(-1);
    const { choices } = this.#groups;
    for (let c = 0; c < choices.count.length; c += 1) {
      this.#choiceOf.set(choices.specialties[c]!, c);
      for (let at = 0; at < choices.count[c]!; at += 1) this.#place[choices.chosenBy[c]![at]!] = at;
    }
  }

  /** Adds a mentor, or replaces what was known of them. */
  put(mentor: Mentor): void {
    const known = this.#indexById.get(mentor.id);
    const i = known ?? this.#mentors.length;
    if (known === undefined) {
      this.#makeRoom(i + 1);
      this.#indexById.set(mentor.id, i);
    } else this.#leaveGroups(i);
    this.#mentors[i] = mentor;
    this.#write(i, mentor);
    this.#joinGroups(i);
  }

  /** Takes a mentor out; does nothing for whoever is not there. */
  remove(id: string): void {
    const i = this.#indexById.get(id);
    if (i === undefined) return;
    this.#leaveGroups(i);
    this.#indexById.delete(id);
    const last = this.#mentors.length - 1;
    const moved = this.#mentors.pop();
    if (i === last || !moved) return;
    // The last one takes the place that became free.
    this.#mentors[i] = moved;
    this.#indexById.set(moved.id, i);
    for (const name of columnNames) this.#columns[name][i] = this.#columns[name][last]!;
    const place = this.#place[last]!;
    this.#place[i] = place;
    if (place >= 0) this.#groups.choices.chosenBy[this.#choice(i)]![place] = i;
  }

  #write(i: number, mentor: Mentor): void {
    const masks = this.packed.masker.masks(mentor);
    const columns = this.#columns;
    columns.obstacles[i] = obstaclesOf(mentor);
    columns.stageRank[i] = mentor.stageRank;
    columns.acceptsFromRank[i] = mentor.acceptsFromRank;
    columns.specialties[i] = masks.specialties;
    columns.families[i] = masks.families;
    columns.languages[i] = masks.languages;
    columns.rareSet[i] = masks.rareSet;
    columns.topics[i] = masks.topics;
    columns.offset[i] = numberIn(this.packed.offsets, mentor.offsetMinutes);
    columns.country[i] = numberIn(this.packed.countries, mentor.country);
  }

  #cohortKey(i: number): string {
    const { obstacles, stageRank, acceptsFromRank, languages, rareSet } = this.#columns;
    const standing = (obstacles[i]! * rankLimit + stageRank[i]!) * rankLimit + acceptsFromRank[i]!;
    return `${standing}:${languages[i]!}:${rareSet[i]!}`;
  }

  #choice(i: number): number {
    return this.#choiceOf.get(this.#columns.specialties[i]!)!;
  }

  #joinGroups(i: number): void {
    const { cohorts, choices } = this.#groups;
    const key = this.#cohortKey(i);
    let cohort = this.#cohortOf.get(key);
    if (cohort === undefined) {
      cohort = cohorts.size.length;
      this.#cohortOf.set(key, cohort);
      cohorts.size = withOneMore(cohorts.size, 0);
      for (const name of ['obstacles', 'stageRank', 'acceptsFromRank', 'languages', 'rareSet'] as const) {
        cohorts[name] = withOneMore(cohorts[name], this.#columns[name][i]!);
      }
    }
    this.#columns.cohort[i] = cohort;
    cohorts.size[cohort]! += 1;
    this.#place[i] = -1;
    if (!canBeOpen(this.#columns.obstacles[i]!)) return;
    const specialties = this.#columns.specialties[i]!;
    let choice = this.#choiceOf.get(specialties);
    if (choice === undefined) {
      choice = choices.count.length;
      this.#choiceOf.set(specialties, choice);
      choices.specialties = withOneMore(choices.specialties, specialties);
      choices.families = withOneMore(choices.families, this.#columns.families[i]!);
      choices.count = withOneMore(choices.count, 0);
      choices.chosenBy.push(new Int32Array(leastRoom));
    }
    const place = choices.count[choice]!;
    const list = choices.chosenBy[choice]!;
    const roomy = place < list.length ? list : grown(list, place + 1);
    choices.chosenBy[choice] = roomy;
    roomy[place] = i;
    choices.count[choice] = place + 1;
    this.#place[i] = place;
  }

  #leaveGroups(i: number): void {
    const { cohorts, choices } = this.#groups;
    cohorts.size[this.#columns.cohort[i]!]! -= 1;
    const place = this.#place[i]!;
    if (place < 0) return;
    const choice = this.#choice(i);
    const list = choices.chosenBy[choice]!;
    const last = choices.count[choice]! - 1;
    const moved = list[last]!;
    list[place] = moved;
    this.#place[moved] = place;
    choices.count[choice] = last;
    this.#place[i] = -1;
  }

  #makeRoom(needed: number): void {
    if (needed <= this.#place.length) return;
    for (const name of columnNames) this.#columns[name] = grown(this.#columns[name], needed);
    this.#place = grown(this.#place, needed);
  }
}

/** How many numbers a list begins with room for. */
const leastRoom = 4;

/** The same numbers with room for more: at least as many as needed, and half as many again. */
function grown(column: Int32Array, needed: number): Int32Array {
  const roomy = new Int32Array(Math.max(needed, leastRoom, column.length + (column.length >> 1)));
  roomy.set(column);
  return roomy;
}

function withOneMore(column: Int32Array, value: number): Int32Array {
  const longer = new Int32Array(column.length + 1);
  longer.set(column);
  longer[column.length] = value;
  return longer;
}
