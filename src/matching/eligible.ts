import { isShared, lowestBit } from './bits.ts';
import type { GuildRules, Mask, Masks, Mentee, Mentor, Relations } from './types.ts';

/** What the rules read of each mentor, or of each group of mentors who do not differ in it. */
export interface EligibilityColumns {
  /** The rules that a mentor fails whoever asks, from `obstaclesOf`. */
  readonly obstacles: ArrayLike<Mask>;
  readonly stageRank: ArrayLike<number>;
  readonly acceptsFromRank: ArrayLike<number>;
  readonly languages: ArrayLike<Mask>;
  /** The number of the set of rare languages, and all sets by their numbers. */
  readonly rareSet: ArrayLike<number>;
  readonly rareSets: readonly (readonly number[])[];
}

/** Who asks, and what the guild and the past say to it. */
export interface Asking {
  readonly mentee: Mentee;
  readonly masks: Masks;
  readonly relations: Relations;
  readonly rules: GuildRules;
}

/** A hard rule tells where it stands in the way, by what it has to look at. */
type Test =
  /** At the mentor alone: looked at once, when the mentor is packed. */
  | { readonly mentor: (mentor: Mentor) => boolean }
  /** At what has been between two people: names the few mentors whom it concerns. */
  | { readonly between: (asking: Asking) => Iterable<string> }
  /** At a rank of the mentor's and the mentee. */
  | { readonly rank: 'stageRank' | 'acceptsFromRank'; readonly fails: (rank: number, mentee: Mentee) => boolean }
  /** At a list of both, of which one entry has to be in common. */
  | { readonly common: 'languages' };

/**
 * The hard rules. The first one that stands in the way is the reason that is given, so what nobody can change comes
 * first and what time changes (a full mentor) last: then "three are full just now" is said of mentors who would suit
 * otherwise.
 */
const table = {
  'same-person': { between: ({ mentee }) => [mentee.id] },
  blocked: { between: ({ relations }) => relations.blocked },
  'own-mentee': { between: ({ relations }) => relations.ownMentees ?? [] },
  'bad-fit': { between: ({ relations }) => relations.badFit },
  'already-asked': { between: ({ relations }) => relations.asked },
  unverified: { mentor: ({ verified }) => !verified },
  paused: { mentor: ({ active }) => !active },
  stage: { rank: 'stageRank', fails: (rank, mentee) => rank <= mentee.stageRank },
  'stage-not-accepted': { rank: 'acceptsFromRank', fails: (rank, mentee) => mentee.stageRank < rank },
  language: { common: 'languages' },
  full: { mentor: ({ capacity, mentees }) => mentees >= capacity },
} satisfies Readonly<Record<string, Test>>;

/** Why a pair is not eligible. */
export type Rule = keyof typeof table;

/** Every rule, in the order in which they are looked at. */
export const rules = Object.keys(table) as readonly Rule[];

/** Each rule is a bit, so that the first obstacle of several is the lowest bit. */
const bits = Object.fromEntries(rules.map((rule, i) => [rule, 1 << i])) as Readonly<Record<Rule, Mask>>;
const tests = rules.map((rule) => ({ bit: bits[rule], test: table[rule] as Test }));
const mentorTests = tests.flatMap(({ bit, test }) => ('mentor' in test ? [{ bit, fails: test.mentor }] : []));
const rankTests = tests.flatMap(({ bit, test }) => ('rank' in test ? [{ bit, ...test }] : []));
const betweenTests = tests.flatMap(({ bit, test }) => ('between' in test ? [{ bit, whom: test.between }] : []));

/** Pure: the rules that a mentor fails whoever asks. */
export function obstaclesOf(mentor: Mentor): Mask {
  return mentorTests.reduce((mask, { bit, fails }) => (fails(mentor) ? mask | bit : mask), 0);
}

/** The rules that a guild may do without. */
const waivable = bits.unverified;

/** Pure: whether a mentor with such obstacles is open to anybody in any guild. */
export function canBeOpen(obstacles: Mask): boolean {
  return (obstacles & ~waivable) === 0;
}

/** Pure: the same in a guild with these rules. */
export function isOpen(obstacles: Mask, rules: GuildRules): boolean {
  return (obstacles & ~waivedBy(rules)) === 0;
}

function waivedBy({ verificationRequired }: GuildRules): Mask {
  return verificationRequired ? 0 : waivable;
}

/** Pure: whether nothing stands in the way, or only that the mentor has no room just now. */
export function isButFull(obstacles: Mask): boolean {
  return (obstacles & ~bits.full) === 0;
}

/** What stands between one mentee and the mentors, prepared for asking about many of them. */
export interface Barrier {
  readonly mentee: Mentee;
  readonly languages: Mask;
  readonly rare: readonly number[];
  /** Rules that do not hold in this guild, and such as stand between this mentee and everybody. */
  readonly waived: Mask;
  readonly always: Mask;
  /** What has been between this mentee and a few mentors: rules, by the mentor's number. */
  readonly between: ReadonlyMap<number, Mask>;
}

/** Prepares the rules for one mentee. */
export function barrierFor(asking: Asking, indexById: ReadonlyMap<string, number>): Barrier {
  const between = new Map<number, Mask>();
  for (const { bit, whom } of betweenTests) {
    for (const id of whom(asking)) {
      const i = indexById.get(id);
      if (i !== undefined) between.set(i, (between.get(i) ?? 0) | bit);
    }
  }
  const { mentee, masks, rules } = asking;
  return {
    mentee,
    languages: masks.languages,
    rare: masks.rare,
    waived: waivedBy(rules),
    always: mentee.active ? 0 : bits.paused,
    between,
  };
}

/** Pure: the rules that a mentee and a mentor fail, whatever has been between them; for a group as for each in it. */
export function obstaclesAt(barrier: Barrier, columns: EligibilityColumns, i: number): Mask {
  let found = (columns.obstacles[i]! & ~barrier.waived) | barrier.always;
  for (const { bit, rank, fails } of rankTests) if (fails(columns[rank][i]!, barrier.mentee)) found |= bit;
  const common = columns.languages[i]! & barrier.languages;
  return isShared(common, columns.rareSets[columns.rareSet[i]!]!, barrier.rare) ? found : found | bits.language;
}

/** The first rule that a mentee and the packed mentor at `i` fail; undefined when they are eligible. */
export function firstObstacle(
  pair: Asking & {
    readonly packed: EligibilityColumns & { readonly indexById: ReadonlyMap<string, number> };
    readonly i: number;
  },
): Rule | undefined {
  const barrier = barrierFor(pair, pair.packed.indexById);
  const found = obstaclesAt(barrier, pair.packed, pair.i) | (barrier.between.get(pair.i) ?? 0);
  return found === 0 ? undefined : rules[lowestBit(found)];
}
