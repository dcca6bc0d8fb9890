/** Works a round out: see `types.ts` for what goes in and comes out. */
import {
  acceptDeferred,
  blockingOf,
  blockingSlots,
  countBlocking,
  dualObjective,
  type Edges,
  fewBlocking,
  findListed,
  type FoundBlocking,
  matchAsManyAsPossible,
  matchGreedily,
  type Matching,
  settleTies,
  stabilise,
  stabilisedOf,
  totalOf,
} from '../assign/index.ts';
import { blockingFinder, type FindBlocking } from './blocking.ts';
import { type Completed, completeColumns, precisionFor, solveColumns } from './columns.ts';
import { type CallHelper, withHelp } from './helper.ts';
import { isLargest } from './largest.ts';
import { listColumns } from './listing.ts';
import type { Profiles } from './profiles.ts';
import { fit, seekerOf } from '../fit.ts';
import { reasonsFor } from '../reasons.ts';
import type {
  PlainFigures,
  RoundInput,
  RoundMentee,
  RoundPair,
  RoundPlan,
  RoundProgress,
  RoundUnmatched,
} from './types.ts';
import { everybody } from './shelves.ts';
import { type People, readPeople, relationsOf } from './people.ts';
import { suggest } from '../suggest.ts';
import type { GuildRules, Mentee } from '../types.ts';

/** Up to so many pairs simpler ways are shown everybody; beyond, each mentee's best `besideColumns` mentors. */
const besidePairs = 2_000_000;
const besideColumns = 64;

/** What matching comes to before it is put into words. */
interface Solved {
  readonly edges: Edges;
  readonly slot: Int32Array;
  /** The highest total of as many matched, and what it is proved not to exceed. */
  readonly best: number;
  readonly bound: number;
  readonly blocking: { readonly pairs: number; readonly mentees: number };
}

/**
 * Pure: pairs the waitlist with the free places. In this order: pins stay; as many mentees matched as possible, nobody
 * below the floor; few pairs who would both rather have each other; the highest total fit; those who wait longest; ids.
 * Synchronous and long for a large guild: run it in a worker and terminate that to cancel.
 * @param callHelper called for a large guild: the result is the same without, and takes longer.
 * @throws RangeError naming the person or the pair when the input makes no sense; nothing is half-done then.
 */
export function planRound(
  input: RoundInput,
  onProgress?: (progress: RoundProgress) => void,
  callHelper?: CallHelper,
): RoundPlan {
  const people = readPeople(input);
  return withHelp(people, input.rules.weights, { call: callHelper }, (profiles) => {
    return planFor({ ...people, profiles }, input, onProgress);
  });
}

function planFor(people: People, input: RoundInput, onProgress?: (progress: RoundProgress) => void): RoundPlan {
  const solved = solveProfiles(people.profiles, onProgress);
  onProgress?.({ phase: 'compare', done: 0.9 });
  const pairs = pairsOf(people, solved, input);
  const unmatched = unmatchedOf(people, solved, input);
  const beside = compare(people, input.mentees.length, input);
  onProgress?.({ phase: 'compare', done: 1 });
  const fits = pairs.map((pair) => pair.fit).toSorted((a, b) => a - b);
  const total = fits.reduce((sum, each) => sum + each, 0);
  const ofPins = pairs.reduce((sum, pair) => sum + (pair.pinned ? pair.fit : 0), 0);
  const bound = solved.bound + ofPins;
  const mentees = input.mentees.length;
  return {
    pairs,
    unmatched,
    droppedPins: people.dropped,
    figures: {
      mentees,
      places: people.places,
      matched: pairs.length,
      total,
      bound,
      gap: bound === 0 ? 0 : (bound - total) / bound,
      blocking: blockingOf(solved.blocking, mentees),
      p10: fits[Math.floor(fits.length / 10)],
      weakest: fits[0],
    },
    beside,
  };
}

/** Pure: the optimum of profiles, and near it a matching with few blocking pairs. */
export function solveProfiles(profiles: Profiles, onProgress?: (progress: RoundProgress) => void): Solved {
  onProgress?.({ phase: 'candidates', done: 0 });
  onProgress?.({ phase: 'assign', done: 0.1 });
  const { matching: optimum, unlisted } = solveLargest(profiles);
  const { edges } = optimum;
  settleTies(optimum, profiles.precedence);
  const { matched, total } = totalOf(edges, optimum.slot);
  const bound = dualObjective(optimum) + unlisted - optimum.bonus * matched;
  onProgress?.({ phase: 'stability', done: 0.5 });
  const findAll = blockingFinder(profiles);
  const found = findFewBlocking(optimum, findAll);
  const { slot, pairs, mentees } = stabilise(edges, profiles.capacity, {
    best: stabilisedOf(optimum.slot, found),
    price: optimum.price,
    precedence: profiles.precedence,
    precision: precisionFor(profiles),
    findBlocking: (matching) => findFewBlocking(matching, findAll),
    findAll: (slot) => findAll({ edges, slot }),
    onRound: (done) => onProgress?.({ phase: 'stability', done: 0.5 + 0.4 * done }),
  });
  return { edges, slot, best: total, bound, blocking: { pairs, mentees } };
}

/** The optimum among the matchings of as many mentees as possible. */
function solveLargest(profiles: Profiles): Completed {
  const solved = solveColumns(profiles);
  if (isLargest(profiles, solved.matching)) return solved;
  matchAsManyAsPossible(solved.matching);
  return completeColumns(profiles, solved.matching);
}

/** Beyond so many mentees blocking pairs are looked for among all pairs only once few are left among those listed. */
const lookAtAllUpTo = 3_000;

/** The blocking pairs: in a large round among those listed while there are far too many of them, then among all. */
function findFewBlocking({ edges, capacity, slot }: Matching, findAll: FindBlocking): FoundBlocking {
  const found = findListed(edges, capacity, slot);
  const isFar = found.mentees > fewBlocking * slot.length;
  return isFar && slot.length > lookAtAllUpTo ? { ...found, isAll: false } : findAll({ edges, slot });
}

function pairsOf({ packed, mentees, pins }: People, { edges, slot }: Solved, { rules }: RoundInput): RoundPair[] {
  const pairOf = (mentee: Mentee, mentor: number, pinned: boolean): RoundPair => {
    const seeker = seekerOf(mentee, packed.masker.masks(mentee), packed, rules.weights);
    return {
      menteeId: mentee.id,
      mentorId: packed.mentors[mentor]!.id,
      fit: fit(seeker, packed, mentor),
      reasons: reasonsFor(mentee, seeker, packed, mentor),
      pinned,
    };
  };
  const matched = mentees.flatMap(({ mentee }, i) => (slot[i]! < 0 ? [] : [pairOf(mentee, edges.mentor[slot[i]!]!, false)])); // prettier-ignore
  const agreed = pins.map(({ person, mentor }) => pairOf(person.mentee, mentor, true));
  return [...matched, ...agreed].toSorted(byMentee);
}

/** Why each of those left is left. */
function unmatchedOf(people: People, { slot }: Solved, { rules, floor }: RoundInput): RoundUnmatched[] {
  const left = people.mentees.filter((_, i) => slot[i]! < 0);
  return left.map((person) => whyUnmatched(person, people, rules, floor)).toSorted(byMentee);
}

function whyUnmatched(
  person: RoundMentee,
  { packed, forbidden }: People,
  rules: GuildRules,
  floor: number,
): RoundUnmatched {
  const { mentee } = person;
  const relations = relationsOf(person);
  const { blocked, badFit, ownMentees, asked } = relations;
  const not = [...(forbidden.get(mentee.id) ?? [])];
  const considered = suggest(mentee, packed, {
    k: 1,
    relations: { ...relations, asked: new Set([...asked, ...not]) },
    rules,
  });
  // What a moderator forbade was looked at as if asked already, and is no rule's doing.
  const onlyForbidden = not.filter(
    (id) =>
      id !== mentee.id && packed.indexById.has(id) && ![blocked, badFit, ownMentees, asked].some((ids) => ids?.has(id)),
  ).length;
  const { eligible, suggestions } = considered;
  const excluded = {
    ...considered.excluded,
    'already-asked': considered.excluded['already-asked'] - onlyForbidden,
  };
  const bestFit = suggestions[0]?.fit;
  const why =
    bestFit === undefined
      ? excluded.full > 0
        ? 'no-place'
        : 'no-eligible'
      : bestFit < floor
        ? 'below-floor'
        : 'no-place';
  return { menteeId: mentee.id, why, excluded, eligible, bestFit };
}

/** What simpler ways come to on the same people and places, pins kept. */
function compare({ profiles, pins, packed }: People, mentees: number, { rules }: RoundInput): RoundPlan['beside'] {
  const { capacity, searchers, shelves } = profiles;
  const isSmall = searchers.count * shelves.sections[everybody]!.mentor.length <= besidePairs;
  const edges = listColumns(profiles, { most: isSmall ? shelves.sections[everybody]!.mentor.length : besideColumns });
  const ofPins = pins.reduce((sum, { person: { mentee }, mentor }) => {
    return sum + fit(seekerOf(mentee, packed.masker.masks(mentee), packed, rules.weights), packed, mentor);
  }, 0);
  const figuresOf = (slot: Int32Array): PlainFigures => {
    const { matched, total } = totalOf(edges, slot);
    const blocking = countBlocking(edges, blockingSlots(edges, capacity, slot), mentees);
    return { matched: matched + pins.length, total: total + ofPins, blocking };
  };
  return {
    greedy: figuresOf(matchGreedily(edges, capacity)),
    deferredAcceptance: figuresOf(acceptDeferred(edges, capacity)),
  };
}

function byMentee(a: { readonly menteeId: string }, b: { readonly menteeId: string }): number {
  return a.menteeId < b.menteeId ? -1 : 1;
}
