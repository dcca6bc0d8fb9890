/** Prints how well and how fast the guide finds: the right entry among five, and the time of a question among 5,000. */
import { openDatabase } from '../src/db/open.ts';
import { askGuide, Corpus, type Findable } from '../src/journey/guide/search.ts';
import { seededRandom } from './support/context.ts';
import { askedQuestions, isAnswer } from './support/guide-questions.ts';

const db = await openDatabase(process.env['DATABASE_URL'] ?? ':memory:');
const missed: string[] = [];
let first = 0;
for (const question of askedQuestions) {
  const found = await askGuide(db, question.ask);
  const at = found.findIndex((each) => isAnswer(question, each));
  if (at === 0) first += 1;
  if (at < 0) missed.push(question.ask);
}
const of = (count: number) => `${count} of ${askedQuestions.length} (${((count / askedQuestions.length) * 100).toFixed(1)} %)`; // prettier-ignore
console.log(
  `the right entry among five: ${of(askedQuestions.length - missed.length)}; the first of them: ${of(first)}`,
);
for (const ask of missed) console.log(`  missed: ${ask}`);

const random = seededRandom(5);
const word = () => Array.from({ length: 3 }, () => String.fromCodePoint(97 + Math.floor(random() * 12))).join('');
const entries: Findable[] = Array.from({ length: 5_000 }, (_, i) => ({
  kind: 'guide',
  id: `e${i}`,
  title: Array.from({ length: 6 }, word).join(' '),
  body: Array.from({ length: 40 }, word).join(' '),
  words: '',
}));
const large = new Corpus(entries, []);
await askGuide(db, 'abc', large);
const times: number[] = [];
for (let i = 0; i < 200; i += 1) {
  const question = `${word()} ${word()} ${word()} ${word()}x`;
  const before = performance.now();
  await askGuide(db, question, large);
  times.push(performance.now() - before);
}
times.sort((a, b) => a - b);
const at = (part: number): string => (times[Math.floor(times.length * part)] ?? 0).toFixed(1);
console.log(`a question among 5,000 entries: median ${at(0.5)} ms, 95 in 100 within ${at(0.95)} ms`);
await db.destroy();
