import { anyBit, countBits, lowestBit, maskBits } from './bits.ts';
import { type Barrier, barrierFor, languageShift, type Rule, rules as ruleNames } from './eligible.ts';
import { type Seeker, seekerOf } from './fit.ts';
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
  const seeker = seekerOf(mentee, masks, packed, rules.weights);
  const best: Candidate[] = [];
  /** What a mentor must reach to be among the best; below it there is nothing to compare. */
  let threshold = 0;
  const { fits, counts } = scan(seeker, barrierFor({ mentee, masks, relations, rules }, packed), packed);
  for (let i = 0; i < mentors.length; i += 1) {
    const fit = fits[i] ?? 0;
    if (fit < threshold) continue;
    insert(best, { mentor: mentors[i] as Mentor, i, fit }, k);
    if (best.length === k) threshold = best.at(-1)?.fit ?? 0;
  }
  return {
    suggestions: best.map(({ mentor, i, fit }) => ({ mentor, fit, reasons: reasonsFor(mentee, seeker, packed, i) })),
    excluded: Object.fromEntries(ruleNames.map((rule, i) => [rule, counts[i + 1] ?? 0])) as Record<Rule, number>,
    eligible: counts[0] ?? 0,
    considered: mentors.length,
  };
}

/**
 * Looks at every mentor: their fit, -1 where the pair is not eligible; and how many have which rule as their first
 * obstacle, by one more than its place in `rules` (at 0: how many have none).
 *
 * The innermost loop of all, and so everything in it is a local and nothing branches or is called that could move an
 * array: several times as quick as calling `fit` and `obstaclesAt`. That it says what they say is held by the tests.
 */
function scan(
  { masks, points }: Seeker,
  barrier: Barrier,
  packed: PackedMentors,
): { readonly fits: Int16Array; readonly counts: Uint32Array } {
  const { specialties, families, topics, languages, stageRank, acceptsFromRank, offset, country } = packed;
  const { obstacles, byStageRank, byAcceptsFromRank } = barrier;
  const { specialty: specialtyPoints, topics: topicPoints, stage: stagePoints } = points;
  const { hours: hoursPoints, country: countryPoints } = points;
  const n = packed.mentors.length;
  /** By the place of the first obstacle, plus one: `lowestBit` gives -1 where there is none. */
  const counts = new Uint32Array(maskBits + 1);
  const fits = new Int16Array(n);
  for (let i = 0; i < n; i += 1) {
    const rank = stageRank[i] ?? 0;
    const spoken = anyBit((languages[i] ?? 0) & barrier.languages);
    const found =
      (obstacles[i] ?? 0) |
      (byStageRank[rank] ?? 0) |
      (byAcceptsFromRank[acceptsFromRank[i] ?? 0] ?? 0) |
      ((spoken ^ 1) << languageShift);
    const place = lowestBit(found) + 1;
    counts[place] = (counts[place] ?? 0) + 1;
    const kinship =
      (anyBit(masks.specialties & (specialties[i] ?? 0)) << 1) | anyBit(masks.families & (families[i] ?? 0));
    const fit = Math.round(
      (specialtyPoints[kinship] ?? 0) +
        (topicPoints[countBits(masks.topics & (topics[i] ?? 0))] ?? 0) +
        (stagePoints[rank] ?? 0) +
        (hoursPoints[offset[i] ?? 0] ?? 0) +
        (countryPoints[country[i] ?? 0] ?? 0),
    );
    fits[i] = found === 0 ? fit : -1;
  }
  return { fits, counts };
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
