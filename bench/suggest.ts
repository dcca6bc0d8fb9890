/**
 * How long one suggestion takes among 25,000 mentors, beside scoring and sorting all of them as plain objects.
 *
 *   node bench/suggest.ts [--mentors 25000] [--rounds 2000]
 */
import { parseArgs } from 'node:util';
import { type Catalogue, type Mentee, type Mentor, pack, suggest, usualWeights } from '../src/matching/index.ts';
import { languages, specialties, topics, undecided } from '../src/content/index.ts';
import { fitOf, orderEverybody } from '../test/matching/reference.ts';
import { seededRandom } from '../test/support/context.ts';
import { quantile, report } from './statistics.ts';

const { values } = parseArgs({
  options: { mentors: { type: 'string', default: '25000' }, rounds: { type: 'string', default: '2000' } },
});
const random = seededRandom(20_261_123);
const catalogue: Catalogue = {
  families: new Map(specialties.map(({ id, family }) => [id, family])),
  languages: languages.map(({ id }) => id),
  topics: topics.map(({ id }) => id),
  usualLanguage: 'en',
  undecided,
};

/** Those that the form shows: what nearly everybody speaks. */
const spoken = languages.filter(({ often }) => often);
/** Skewed towards the front, as specialties and languages are in life. */
const skewed = (from: readonly { id: string }[], n: number) => [
  ...new Set(Array.from({ length: n }, () => from[Math.floor(random() ** 2 * from.length)]?.id ?? '')),
];
const person = (i: number) => ({
  id: String(i),
  active: random() < 0.9,
  specialties: skewed(specialties, 2),
  languages: [...new Set(['en', ...skewed(spoken, 1)])],
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
  rules: { verificationRequired: true, weights: usualWeights },
};

const from = performance.now();
const packed = pack(mentors, catalogue);
const packMs = performance.now() - from;

const time = (of: readonly Mentee[], work: (mentee: Mentee) => unknown) =>
  of.map((mentee) => {
    const start = performance.now();
    work(mentee);
    return performance.now() - start;
  });
const suggestFive = (mentee: Mentee) => suggest(mentee, packed, { ...given, k: 5 });
/** What anybody would write first. */
const scoreAndSort = (mentee: Mentee) =>
  orderEverybody(mentee, mentors, given, (mentor) =>
    Math.round(fitOf(mentee, mentor, catalogue, usualWeights)),
  ).ordered.slice(0, 5);

// Untimed at first, so that the compiler has seen both before anything counts.
time(mentees.slice(0, 200), suggestFive);
time(mentees.slice(0, 3), scoreAndSort);
const five = time(mentees, suggestFive);
const all = time(mentees.slice(0, 50), scoreAndSort);

console.log(`Suggest 5 of ${mentors.length} mentors, ${mentees.length} mentees`);
report('pack once', packMs, 'ms');
report('suggest 5, p50', quantile(five, 0.5), 'ms');
report('suggest 5, p99', quantile(five, 0.99), 'ms', { atMost: 0.5 });
report('score and sort everybody, p50', quantile(all, 0.5), 'ms');
report('ratio (score and sort / suggest 5), p50', quantile(all, 0.5) / quantile(five, 0.5), '×');
