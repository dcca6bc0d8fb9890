/**
 * A community as one may expect it, from a seed: many who want internal or family medicine, mentors who trained there,
 * languages and zones of where IMGs come from, half of the mentors with a single place or two.
 */
import type { Mentor, RoundInput, RoundMentee } from '../src/matching/index.ts';
import { usualWeights } from '../src/matching/index.ts';
import { catalogue } from '../src/mentoring/matchable.ts';
import type { Random } from '../src/ids.ts';
import { seededRandom } from '../test/support/context.ts';

/** What is chosen, and how often. */
type Shares = readonly (readonly [string, number])[];

const wanted: Shares = [
  ['internal-medicine', 34], ['family-medicine', 16], ['pediatrics', 8], ['psychiatry', 7], ['general-surgery', 5],
  ['neurology', 5], ['pathology', 4], ['emergency-medicine', 3], ['obstetrics-gynecology', 3], ['anesthesiology', 3],
  ['radiology', 2.2], ['physical-medicine', 1], ['transitional-year', 1], ['dermatology', 0.7],
  ['medicine-pediatrics', 0.7], ['child-neurology', 0.5], ['orthopedic-surgery', 0.5], ['ophthalmology', 0.4],
  ['neurological-surgery', 0.4], ['otolaryngology', 0.3], ['urology', 0.3], ['radiation-oncology', 0.3],
  ['medical-genetics', 0.2], ['undecided', 5],
]; // prettier-ignore

/** Where somebody lives or comes from: minutes ahead of UTC, languages beside English, country of medical school. */
const origins: readonly { share: number; offset: number; languages: readonly string[]; country: string }[] = [
  { share: 20, offset: 330, languages: ['hi', 'te', 'ta', 'gu', 'pa', 'bn'], country: 'IN' },
  { share: 16, offset: 300, languages: ['ur', 'pa', 'ps'], country: 'PK' },
  { share: 9, offset: 120, languages: ['ar'], country: 'EG' },
  { share: 6, offset: 180, languages: ['ar'], country: 'JO' },
  { share: 7, offset: 60, languages: ['yo', 'ig'], country: 'NG' },
  { share: 6, offset: 345, languages: ['ne', 'hi'], country: 'NP' },
  { share: 5, offset: 360, languages: ['bn'], country: 'BD' },
  { share: 5, offset: 480, languages: ['tl'], country: 'PH' },
  { share: 8, offset: -300, languages: ['es'], country: 'CO' },
  { share: 5, offset: -360, languages: ['es'], country: 'MX' },
  { share: 4, offset: -180, languages: ['pt'], country: 'BR' },
  { share: 3, offset: 210, languages: ['fa'], country: 'IR' },
  { share: 3, offset: 60, languages: ['de', 'fr', 'it'], country: 'DE' },
  { share: 3, offset: 240, languages: ['ru', 'hy'], country: 'AM' },
];
/** Mentors mostly live in the US by now. */
const usOffsets: readonly (readonly [number, number])[] = [[-300, 50], [-360, 27], [-420, 6], [-480, 17]]; // prettier-ignore
const menteeStages: readonly (readonly [number, number])[] = [[1, 12], [2, 20], [3, 22], [4, 14], [5, 24], [6, 8]]; // prettier-ignore
const mentorStages: readonly (readonly [number, number])[] = [[7, 14], [8, 52], [9, 12], [10, 22]]; // prettier-ignore
const capacities: readonly (readonly [number, number])[] = [[1, 24], [2, 30], [3, 18], [4, 10], [5, 9], [6, 4], [8, 3], [10, 2]]; // prettier-ignore
const priorities = ['specialty', 'topics', 'stage', 'hours', 'country'] as const;

/** A waitlist and its mentors, ready for a round. The same seed gives the same people. */
export function population(size: { mentees: number; mentors: number; seed: number }): RoundInput {
  const random = seededRandom(size.seed);
  return {
    mentees: Array.from({ length: size.mentees }, (_, i) => menteeAt(i, random)),
    mentors: Array.from({ length: size.mentors }, (_, i) => mentorAt(i, random)),
    rules: { verificationRequired: true, weights: usualWeights },
    catalogue,
    pinned: [],
    forbidden: [],
    floor: 0,
  };
}

function menteeAt(i: number, random: Random): RoundMentee {
  const stageRank = pick(menteeStages, random);
  return {
    mentee: {
      ...personAt(random, 0.15),
      id: `e${String(i).padStart(6, '0')}`,
      active: true,
      stageRank,
      specialties: some(wanted, random() < 0.7 ? 1 : 2, random),
      topics: topicsNear(stageRank * 2.2, 1 + Math.floor(random() * 5), random),
      priority: random() < 0.4 ? priorities[Math.floor(random() * priorities.length)] : undefined,
    },
    waitingSince: Math.floor(random() * 5_000_000) * 1000,
    relations: { blocked: [], badFit: [], asked: [] },
  };
}

function mentorAt(i: number, random: Random): Mentor {
  return {
    ...personAt(random, 0.92),
    id: `m${String(i).padStart(6, '0')}`,
    active: random() < 0.96,
    verified: random() < 0.95,
    stageRank: pick(mentorStages, random),
    specialties: some(wanted.slice(0, -1), random() < 0.85 ? 1 : 2, random),
    topics: topicsNear(3 + random() * 14, 2 + Math.floor(random() * 6), random),
    capacity: pick(capacities, random),
    mentees: 0,
    acceptsFromRank: random() < 0.25 ? 2 + Math.floor(random() * 3) : 0,
    requestsLately: Math.floor(random() * 4),
    waitingSince: Math.floor(random() * 5_000_000) * 1000,
  };
}

function personAt(random: Random, inTheUs: number) {
  const origin = pick(origins.map((each) => [each, each.share] as const), random); // prettier-ignore
  const own = origin.languages[Math.floor(random() ** 2 * origin.languages.length)];
  return {
    languages: [...(random() < 0.96 ? ['en'] : []), ...(own !== undefined && random() < 0.9 ? [own] : [])],
    offsetMinutes: random() < inTheUs ? pick(usOffsets, random) : origin.offset,
    country: random() < 0.5 ? origin.country : undefined,
  };
}

/** Topics that joined the list later: nobody here chooses them, so that a seed goes on giving the same people. */
const joinedLater: ReadonlySet<string> = new Set(['licensing']);
const topics = catalogue.topics.filter((topic) => !joinedLater.has(topic));

/** Topics around a place in the list, because they stand there in the order of the road. */
function topicsNear(place: number, n: number, random: Random): readonly string[] {
  const spread = () => (random() + random() + random() - 1.5) * 9;
  const chosen = Array.from({ length: n * 2 }, () => {
    const at = Math.round(place + spread());
    return topics[((at % topics.length) + topics.length) % topics.length] ?? '';
  });
  return [...new Set(chosen)].slice(0, n);
}

function some(from: Shares, n: number, random: Random): readonly string[] {
  return [...new Set(Array.from({ length: n }, () => pick(from, random)))];
}

function pick<T>(from: readonly (readonly [T, number])[], random: Random): T {
  let left = random() * from.reduce((sum, [, share]) => sum + share, 0);
  for (const [value, share] of from) {
    left -= share;
    if (left < 0) return value;
  }
  return (from.at(-1) as readonly [T, number])[0];
}
