import { obstacleFinder, type Rule, rules as ruleNames } from './eligible.ts';
import { fit as fitOf, seekerOf } from './fit.ts';
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
 * The best `k` eligible mentors for one mentee. A plain scan: a guild's mentors fit into the processor's cache.
 * Ties go to the mentor with fewer requests lately, then to the one waiting longest, then by id.
 */
export function suggest(
  mentee: Mentee,
  packed: PackedMentors,
  given: { readonly k: number; readonly relations: Relations; readonly rules: GuildRules },
): Suggestions {
  const { k, relations, rules } = given;
  const { mentors } = packed;
  const masks = packed.masker.masks(mentee);
  const obstacleTo = obstacleFinder({ mentee, masks, relations, rules }, packed);
  const seeker = seekerOf(mentee, masks, packed, rules.weights);
  const excluded = new Uint32Array(ruleNames.length);
  const best: Candidate[] = [];
  let eligible = 0;
  /** What a mentor must reach to be among the best; below it there is nothing to compare. */
  let threshold = 0;

  for (let i = 0; i < mentors.length; i += 1) {
    const obstacle = obstacleTo(i);
    if (obstacle >= 0) {
      excluded[obstacle] = (excluded[obstacle] ?? 0) + 1;
      continue;
    }
    eligible += 1;
    const fit = fitOf(seeker, packed, i);
    if (fit < threshold) continue;
    insert(best, { mentor: mentors[i] as Mentor, i, fit }, k);
    if (best.length === k) threshold = best.at(-1)?.fit ?? Infinity;
  }
  return {
    suggestions: best.map(({ mentor, i, fit }) => ({ mentor, fit, reasons: reasonsFor(mentee, seeker, packed, i) })),
    excluded: Object.fromEntries(ruleNames.map((rule, i) => [rule, excluded[i] ?? 0])) as Record<Rule, number>,
    eligible,
    considered: mentors.length,
  };
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
