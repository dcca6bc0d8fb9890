import { countBits, lowestBit } from './bits.ts';
import { type Barrier, barrierFor, obstaclesAt, type Rule, rules as ruleNames } from './eligible.ts';
import { kinshipAt, languageAt, type Seeker, seekerOf } from './fit.ts';
import type { PackedMentors } from './pack.ts';
import { type Reason, reasonsFor } from './reasons.ts';
import type { GuildRules, Mentee, Mentor, Relations } from './types.ts';

/** A mentor for a mentee, with what speaks for the pair. */
export interface Suggestion {
  readonly mentor: Mentor;
  /** 0 to 10,000; for ordering, not for people's eyes. */
  readonly fit: number;
  readonly reasons: readonly Reason[];
}

export interface Suggestions {
  /** Best first, at most `k`. */
  readonly suggestions: readonly Suggestion[];
  /** How many mentors each rule excluded; a mentor counts for the first rule in the way. */
  readonly excluded: Readonly<Record<Rule, number>>;
  /** How many mentors are eligible, shown or not. */
  readonly eligible: number;
  readonly considered: number;
}

/**
 * The best `k` eligible mentors for one mentee: one scan, because a guild's mentors fit into the processor's cache. Ties go
 * to the mentor with fewer requests lately, then to the one waiting longest, then by id.
 */
export function suggest(
  mentee: Mentee,
  packed: PackedMentors,
  given: { readonly k: number; readonly relations: Relations; readonly rules: GuildRules },
): Suggestions {
  const { k, relations, rules } = given;
  const masks = packed.masker.masks(mentee);
  const seeker = seekerOf(mentee, masks, packed, rules.weights);
  const barrier = barrierFor({ mentee, masks, relations, rules }, packed.indexById);
  const obstacles = packed.cohorts.size.map((_, cohort) => obstaclesAt(barrier, packed.cohorts, cohort));
  const { eligible, excluded } = count(obstacles, barrier, packed);
  return {
    suggestions: scan(seeker, { obstacles, barrier, k }, packed).map(({ mentor, i, fit }) => ({
      mentor,
      fit,
      reasons: reasonsFor(mentee, seeker, packed, i),
    })),
    excluded,
    eligible,
    considered: packed.mentors.length,
  };
}

/** Counts mentors by the first rule in the way: cohort by cohort, then the few apart with whom something has been. */
function count(
  obstacles: Int32Array,
  { between }: Barrier,
  { cohort, cohorts }: PackedMentors,
): Pick<Suggestions, 'eligible' | 'excluded'> {
  // By the place of the first rule, plus one: `lowestBit` gives -1 where there is none.
  const counts = new Int32Array(ruleNames.length + 1);
  for (let group = 0; group < obstacles.length; group += 1) {
    counts[lowestBit(obstacles[group]!) + 1]! += cohorts.size[group]!;
  }
  for (const [i, more] of between) {
    const found = obstacles[cohort[i]!]!;
    counts[lowestBit(found) + 1]! -= 1;
    counts[lowestBit(found | more) + 1]! += 1;
  }
  const [eligible, ...excluded] = counts;
  return {
    eligible: eligible!,
    excluded: Object.fromEntries(ruleNames.map((rule, i) => [rule, excluded[i]!])) as Record<Rule, number>,
  };
}

/**
 * Looks for the best `k`, the most fitting choices of specialties first. Most mentors are passed over by what they could
 * give at most; whoever is not has exactly the fit of `fit.ts`, added in its order.
 */
function scan(
  seeker: Seeker,
  given: { readonly obstacles: Int32Array; readonly barrier: Barrier; readonly k: number },
  packed: PackedMentors,
): readonly Candidate[] {
  const { mentors, topics, offset, country, cohort, cohorts, choices } = packed;
  const { specialty, topics: topicPoints, stage, hours: hoursPoints, country: countryPoints } = seeker.points;
  const { topics: wanted } = seeker.masks;
  const { count, chosenBy } = choices;
  const { obstacles, barrier, k } = given;
  const kinship = choices.specialties.map((_, c) => kinshipAt(seeker.masks, choices, c));
  /** What stage and languages add, which are the same for a whole cohort. */
  const stagePoints = new Float64Array(obstacles.length);
  for (let group = 0; group < obstacles.length; group += 1) {
    stagePoints[group] =
      obstacles[group] === 0 ? stage[cohorts.stageRank[group]!]! + languageAt(seeker, cohorts, group) : -Infinity;
  }
  // One more than the sum of the most of each, which may have been rounded.
  const rest = most(topicPoints) + most(hoursPoints) + most(countryPoints) + 1;
  const mostStage = most(stage) + seeker.points.language;
  const best: Candidate[] = [];
  /** What a mentor must reach to be among the best; half a point less is rounded up to it. */
  let bar = 0;
  // The closest kinship first.
  for (let kin = specialty.length - 1; kin >= 0; kin -= 1) {
    const bySpecialty = specialty[kin]!;
    for (let c = 0; c < kinship.length && bySpecialty + mostStage + rest >= bar; c += 1) {
      if (kinship[c] !== kin) continue;
      const chosen = chosenBy[c]!;
      const until = count[c]!;
      for (let at = 0; at < until; at += 1) {
        const i = chosen[at]!;
        const byStage = stagePoints[cohort[i]!]!;
        if (bySpecialty + byStage + rest < bar) continue;
        const byTopics = topicPoints[countBits(wanted & topics[i]!)]!;
        const sum = bySpecialty + byTopics + byStage + hoursPoints[offset[i]!]! + countryPoints[country[i]!]!;
        if (sum < bar || barrier.between.has(i)) continue;
        insert(best, { mentor: mentors[i]!, i, fit: Math.round(sum) }, k);
        if (best.length >= k) bar = Math.max(0, (best.at(-1)?.fit ?? Infinity) - 0.5);
      }
    }
  }
  return best;
}

function most(points: Float64Array): number {
  return points.reduce((sofar, each) => Math.max(sofar, each), 0);
}

interface Candidate {
  readonly mentor: Mentor;
  readonly i: number;
  readonly fit: number;
}

/** Keeps `best` sorted and at most `k` long. */
function insert(best: Candidate[], candidate: Candidate, k: number): void {
  const last = best.at(-1);
  if (best.length >= k && last && compare(candidate, last) > 0) return;
  let at = best.length;
  while (at > 0 && compare(candidate, best[at - 1] as Candidate) < 0) at -= 1;
  best.splice(at, 0, candidate);
  if (best.length > k) best.pop();
}

/** Negative when `a` comes before `b`. Never 0 for two mentors: ids differ. */
function compare(a: Candidate, b: Candidate): number {
  return (
    b.fit - a.fit ||
    a.mentor.requestsLately - b.mentor.requestsLately ||
    a.mentor.waitingSince - b.mentor.waitingSince ||
    (a.mentor.id < b.mentor.id ? -1 : 1)
  );
}
