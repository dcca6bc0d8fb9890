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
  /** At both. */
  | { readonly pair: (asking: Asking, mentors: EligibilityColumns, i: number) => boolean };

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
  stage: { pair: ({ mentee }, mentors, i) => (mentors.stageRank[i] ?? 0) <= mentee.stageRank },
  'stage-not-accepted': { pair: ({ mentee }, mentors, i) => mentee.stageRank < (mentors.acceptsFromRank[i] ?? 0) },
  language: { pair: ({ masks }, mentors, i) => ((mentors.languages[i] ?? 0) & masks.languages) === 0 },
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
const betweenTests = tests.flatMap(({ bit, test }) => ('between' in test ? [{ bit, whom: test.between }] : []));

/** Pure: the rules that a mentor fails whoever asks. */
export function obstaclesOf(mentor: Mentor): Mask {
  return mentorTests.reduce((mask, { bit, fails }) => (fails(mentor) ? mask | bit : mask), 0);
}

/** Gives the first obstacle to the packed mentor at `i` as its place in `rules`; -1 when the two are eligible. */
export type ObstacleFinder = (i: number) => number;

/** Prepares the rules for one mentee, so that each mentor takes a few operations on numbers. */
export function obstacleFinder(asking: Asking, mentors: EligibilityColumns): ObstacleFinder {
  const { stage, 'stage-not-accepted': stageNotAccepted, language } = table;
  const obstacles = obstaclesTo(asking, mentors);
  const waived = asking.rules.verificationRequired ? 0 : bits.unverified;
  const always = asking.mentee.active ? 0 : bits.paused;
  return (i) => {
    let found = always | ((obstacles[i] ?? 0) & ~waived);
    // Called by name, not in a loop: this is the innermost of the scan, and so the compiler sees whom it calls.
    if (stage.pair(asking, mentors, i)) found |= bits.stage;
    if (stageNotAccepted.pair(asking, mentors, i)) found |= bits['stage-not-accepted'];
    if (language.pair(asking, mentors, i)) found |= bits.language;
    return found === 0 ? -1 : 31 - Math.clz32(found & -found);
  };
}

/** A copy of the mentors' own obstacles with what lies between this mentee and a few of them added. */
function obstaclesTo(asking: Asking, mentors: EligibilityColumns): Uint16Array {
  const obstacles = mentors.obstacles.slice();
  for (const { bit, whom } of betweenTests) {
    for (const id of whom(asking)) {
      const i = mentors.indexById.get(id);
      if (i !== undefined) obstacles[i] = (obstacles[i] ?? 0) | bit;
    }
  }
  return obstacles;
}

/**
 * The first rule that a mentee and the packed mentor at `i` fail; undefined when they are eligible.
 * Prepares anew for each call: a scan uses `obstacleFinder`.
 */
export function firstObstacle(
  pair: Asking & { readonly packed: EligibilityColumns; readonly i: number },
): Rule | undefined {
  return rules[obstacleFinder(pair, pair.packed)(pair.i)];
}
