/**
 * Matching as one would write it without a thought for speed: every rule and part on the plain objects, everybody
 * scored, everybody sorted. What `src/matching/` is compared with; it shares nothing with it but the names of the parts.
 */
import {
  type Catalogue,
  fitScale,
  type GuildRules,
  type Mentee,
  type Mentor,
  type Part,
  parts,
  type Relations,
  type Rule,
  type Weights,
} from '../../src/matching/index.ts';

const common = (a: readonly string[], b: readonly string[]) => a.filter((entry) => b.includes(entry));

/** The first rule that the pair fails. */
export function obstacleOf(mentee: Mentee, mentor: Mentor, relations: Relations, rules: GuildRules): Rule | undefined {
  if (mentor.id === mentee.id) return 'same-person';
  if (relations.blocked.has(mentor.id)) return 'blocked';
  if (relations.ownMentees?.has(mentor.id)) return 'own-mentee';
  if (relations.badFit.has(mentor.id)) return 'bad-fit';
  if (relations.asked.has(mentor.id)) return 'already-asked';
  if (rules.verificationRequired && !mentor.verified) return 'unverified';
  if (!mentee.active || !mentor.active) return 'paused';
  if (mentor.stageRank <= mentee.stageRank) return 'stage';
  if (mentee.stageRank < mentor.acceptsFromRank) return 'stage-not-accepted';
  if (common(mentee.languages, mentor.languages).length === 0) return 'language';
  if (mentor.mentees >= mentor.capacity) return 'full';
  return undefined;
}

/** Each part from 0 to 1. */
function partsOf(mentee: Mentee, mentor: Mentor, catalogue: Catalogue): Readonly<Record<Part, number>> {
  const chosen = mentee.specialties.filter((specialty) => specialty !== catalogue.undecided);
  const families = (specialties: readonly string[]) => specialties.map((each) => catalogue.families.get(each) ?? '');
  const related = common(families(mentee.specialties), families(mentor.specialties)).length > 0;
  const ahead = mentor.stageRank - mentee.stageRank;
  return {
    specialty:
      common(chosen, mentor.specialties).length > 0
        ? 1
        : related || chosen.length < mentee.specialties.length
          ? 0.5
          : 0,
    topics: mentee.topics.length === 0 ? 0.5 : common(mentee.topics, mentor.topics).length / mentee.topics.length,
    stage: ahead <= 0 ? 0 : ahead <= 3 ? 1 : Math.max(0.2, 1 - (ahead - 3) / 5),
    hours: (minutesAwakeTogether(mentee.offsetMinutes, mentor.offsetMinutes) - 480) / 480,
    country:
      (mentee.country !== undefined && mentee.country === mentor.country ? 0.6 : 0) +
      (common(mentee.languages, mentor.languages).some((each) => each !== catalogue.usualLanguage) ? 0.4 : 0),
  };
}

/** Counts, minute by minute of a day in UTC, when it is 07:00 to 23:00 for both. */
export function minutesAwakeTogether(offsetA: number, offsetB: number): number {
  const isAwake = (utcMinute: number, offset: number) => {
    const local = (utcMinute + offset + 2 * 1440) % 1440;
    return local >= 7 * 60 && local < 23 * 60;
  };
  let minutes = 0;
  for (let minute = 0; minute < 1440; minute += 1) {
    if (isAwake(minute, offsetA) && isAwake(minute, offsetB)) minutes += 1;
  }
  return minutes;
}

/** The weighted sum of the parts, on the scale of the fit. Not rounded. */
export function fitOf(mentee: Mentee, mentor: Mentor, catalogue: Catalogue, weights: Weights): number {
  const value = partsOf(mentee, mentor, catalogue);
  const counts = (part: Part) => weights[part] * (part === mentee.priority ? 2 : 1);
  const sum = parts.reduce((total, part) => total + counts(part) * value[part], 0);
  return (sum * fitScale) / parts.reduce((total, part) => total + counts(part), 0);
}

/** Everybody eligible in order, the fit given by `fit`; and how many each rule excluded. */
export function orderEverybody(
  mentee: Mentee,
  mentors: readonly Mentor[],
  given: { readonly relations: Relations; readonly rules: GuildRules },
  fit: (mentor: Mentor) => number,
): {
  readonly ordered: readonly { readonly mentor: Mentor; readonly fit: number }[];
  readonly excluded: Map<Rule, number>;
} {
  const excluded = new Map<Rule, number>();
  const eligible: { mentor: Mentor; fit: number }[] = [];
  for (const mentor of mentors) {
    const rule = obstacleOf(mentee, mentor, given.relations, given.rules);
    if (rule) excluded.set(rule, (excluded.get(rule) ?? 0) + 1);
    else eligible.push({ mentor, fit: fit(mentor) });
  }
  const ordered = eligible.toSorted(
    (a, b) =>
      b.fit - a.fit ||
      a.mentor.requestsLately - b.mentor.requestsLately ||
      a.mentor.waitingSince - b.mentor.waitingSince ||
      (a.mentor.id < b.mentor.id ? -1 : 1),
  );
  return { ordered, excluded };
}
