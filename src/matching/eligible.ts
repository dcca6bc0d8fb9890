import { anyBit, lowestBit, rankLimit } from './bits.ts';
import type { GuildRules, Mask, Masks, Mentee, Mentor, Relations } from './types.ts';

/** What the rules read of each packed mentor. */
export interface EligibilityColumns {
  /** The rules that each mentor fails whoever asks, from `obstaclesOf`. */
  readonly obstacles: Uint16Array;
  readonly stageRank: Uint8Array;
  readonly acceptsFromRank: Uint8Array;
  readonly languages: Int32Array;
  readonly indexById: ReadonlyMap<string, number>;
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

/**
 * What stands between one mentee and the packed mentors, prepared so that each mentor takes a few lookups and no
 * branch: in a scan a branch that is taken now and then costs more than all the rest.
 */
export interface Barrier {
  /** The mentors' own obstacles, and what lies between this mentee and a few of them. */
  readonly obstacles: Uint16Array;
  /** By the mentor's rank. */
  readonly byStageRank: Uint16Array;
  readonly byAcceptsFromRank: Uint16Array;
  /** The languages of the mentee. */
  readonly languages: Mask;
}

/** Prepares the rules for one mentee. */
export function barrierFor(asking: Asking, mentors: EligibilityColumns): Barrier {
  const byRank = (column: 'stageRank' | 'acceptsFromRank') =>
    new Uint16Array(rankLimit).map((_, rank) =>
      rankTests.reduce(
        (mask, test) => (test.rank === column && test.fails(rank, asking.mentee) ? mask | test.bit : mask),
        0,
      ),
    );
  return {
    obstacles: obstaclesTo(asking, mentors),
    byStageRank: byRank('stageRank'),
    byAcceptsFromRank: byRank('acceptsFromRank'),
    languages: asking.masks.languages,
  };
}

/** A copy of the mentors' own obstacles with what lies between this mentee and a few of them added. */
function obstaclesTo(asking: Asking, mentors: EligibilityColumns): Uint16Array {
  const waived = asking.rules.verificationRequired ? 0 : bits.unverified;
  const always = asking.mentee.active ? 0 : bits.paused;
  const obstacles = mentors.obstacles.slice();
  if (waived !== 0 || always !== 0) {
    for (let i = 0; i < obstacles.length; i += 1) obstacles[i] = ((obstacles[i] ?? 0) & ~waived) | always;
  }
  for (const { bit, whom } of betweenTests) {
    for (const id of whom(asking)) {
      const i = mentors.indexById.get(id);
      if (i !== undefined) obstacles[i] = (obstacles[i] ?? 0) | bit;
    }
  }
  return obstacles;
}

/** How far the bit of `language` is from the right. */
export const languageShift = rules.indexOf('language');

/** Pure: the rules that a mentee and the packed mentor at `i` fail; 0 when the two are eligible. */
export function obstaclesAt(barrier: Barrier, mentors: EligibilityColumns, i: number): Mask {
  const common = anyBit((mentors.languages[i] ?? 0) & barrier.languages);
  return (
    (barrier.obstacles[i] ?? 0) |
    (barrier.byStageRank[mentors.stageRank[i] ?? 0] ?? 0) |
    (barrier.byAcceptsFromRank[mentors.acceptsFromRank[i] ?? 0] ?? 0) |
    ((common ^ 1) << languageShift)
  );
}

/**
 * The first rule that a mentee and the packed mentor at `i` fail; undefined when they are eligible.
 * Prepares anew for each call: a scan calls `barrierFor` once.
 */
export function firstObstacle(
  pair: Asking & { readonly packed: EligibilityColumns; readonly i: number },
): Rule | undefined {
  const obstacles = obstaclesAt(barrierFor(pair, pair.packed), pair.packed, pair.i);
  return obstacles === 0 ? undefined : rules[lowestBit(obstacles)];
}
