import { firstObstacle, type Rule, rules as allRules } from './eligible.ts';
import { fit, weightsFor } from './fit.ts';
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
  const masks = packed.masker.masks(mentee);
  const weight = weightsFor(mentee.priority);
  const excluded = Object.fromEntries(allRules.map((rule) => [rule, 0])) as Record<Rule, number>;
  const best: { i: number; fit: number }[] = [];
  let eligible = 0;
  const pair = { mentee, masks, packed, i: 0, relations, rules };

  for (let i = 0; i < packed.mentors.length; i += 1) {
    pair.i = i;
    const rule = firstObstacle(pair);
    if (rule) {
      excluded[rule] += 1;
      continue;
    }
    eligible += 1;
    insert(best, { i, fit: fit(mentee, masks, packed, i, weight) }, k, packed.mentors);
  }
  return {
    suggestions: best.map(({ i, fit }) => ({
      mentor: packed.mentors[i] as Mentor,
      fit,
      reasons: reasonsFor(mentee, masks, packed, i),
    })),
    excluded,
    eligible,
    considered: packed.mentors.length,
  };
}

/** Keeps `best` sorted and at most `k` long; most candidates lose against the last at once. */
function insert(
  best: { i: number; fit: number }[],
  candidate: { i: number; fit: number },
  k: number,
  mentors: readonly Mentor[],
): void {
  const last = best.at(-1);
  if (best.length >= k && last && !comesBefore(candidate, last, mentors)) return;
  let at = best.length;
  while (at > 0 && comesBefore(candidate, best[at - 1] as { i: number; fit: number }, mentors)) at -= 1;
  best.splice(at, 0, candidate);
  if (best.length > k) best.pop();
}

function comesBefore(
  a: { i: number; fit: number },
  b: { i: number; fit: number },
  mentors: readonly Mentor[],
): boolean {
  if (a.fit !== b.fit) return a.fit > b.fit;
  const [x, y] = [mentors[a.i] as Mentor, mentors[b.i] as Mentor];
  if (x.requestsLately !== y.requestsLately) return x.requestsLately < y.requestsLately;
  if (x.waitingSince !== y.waitingSince) return x.waitingSince < y.waitingSince;
  return x.id < y.id;
}
