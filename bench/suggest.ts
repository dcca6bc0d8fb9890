/**
 * How long one suggestion takes among 25,000 mentors, beside scoring and sorting all of them.
 *
 *   node bench/suggest.ts [--mentors 25000] [--rounds 2000]
 */
import { parseArgs } from 'node:util';
import { type Catalogue, type Mentee, type Mentor, pack, suggest } from '../src/matching/index.ts';
import { languages, specialties, topics, undecided } from '../src/content/index.ts';
import { seededRandom } from './seed.ts';
import { quantile, report } from './statistics.ts';

const { values } = parseArgs({
  options: { mentors: { type: 'string', default: '25000' }, rounds: { type: 'string', default: '2000' } },
});
const random = seededRandom(20_261_123);
const catalogue: Catalogue = {
  families: new Map(specialties.map(({ id, family }) => [id, family])),
  languages: languages.map(({ id }) => id),
  topics: topics.map(({ id }) => id),
  undecided,
};

/** Skewed towards the front, as specialties and languages are in life. */
const skewed = (from: readonly { id: string }[], n: number) =>
  [...new Set(Array.from({ length: n }, () => from[Math.floor(random() ** 2 * from.length)]?.id ?? ''))]; // prettier-ignore
const person = (i: number) => ({
  id: String(i),
  active: random() < 0.9,
  specialties: skewed(specialties, 2),
  languages: [...new Set(['en', ...skewed(languages, 1)])],
  topics: skewed(topics, 4),
  offsetMinutes: Math.floor(random() * 48 - 24) * 30,
});
const mentors: Mentor[] = Array.from({ length: Number(values.mentors) }, (_, i) => ({
  ...person(i),
  verified: random() < 0.95,
  stageRank: 7 + Math.floor(random() * 4),
  capacity: 1 + Math.floor(random() * 3),
  mentees: Math.floor(random() * 2),
  acceptsFromRank: random() < 0.2 ? 5 : 0,
  requestsLately: Math.floor(random() * 3),
  waitingSince: i,
}));
const mentees: Mentee[] = Array.from({ length: Number(values.rounds) }, (_, i) => ({
  ...person(-1 - i),
  active: true,
  stageRank: 1 + Math.floor(random() * 6),
}));
const given = {
  relations: { blocked: new Set<string>(), badFit: new Set<string>(), asked: new Set<string>() },
  rules: { verificationRequired: true },
};

const from = performance.now();
const packed = pack(mentors, catalogue);
const packMs = performance.now() - from;

const time = (k: number, of: readonly Mentee[]) =>
  of.map((mentee) => {
    const start = performance.now();
    suggest(mentee, packed, { ...given, k });
    return performance.now() - start;
  });
time(5, mentees.slice(0, 200));
const five = time(5, mentees);
// Everybody, in order: what a plain "score all and sort" has to do.
const all = time(mentors.length, mentees.slice(0, 20));

console.log(`Suggest 5 of ${mentors.length} mentors, ${mentees.length} mentees`);
report('pack once', packMs, 'ms');
report('suggest 5, p50', quantile(five, 0.5), 'ms');
report('suggest 5, p99', quantile(five, 0.99), 'ms', { atMost: 5 });
report('order everybody, p50', quantile(all, 0.5), 'ms');
report('ratio (order everybody / suggest 5)', quantile(all, 0.5) / quantile(five, 0.5), '×');
