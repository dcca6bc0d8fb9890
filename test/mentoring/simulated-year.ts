/** A year of 500 mentorships, half of the people forgetful: npm run year (-- --pairs 60 --days 150 --seed 3). */
import { simulateYear } from './year.ts';

const option = (name: string, usual: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? usual : Number(process.argv[at + 1]);
};
const days = option('days', 365);
const options = {
  pairs: option('pairs', 500),
  days,
  seed: option('seed', 1),
  begin: option('begin', Math.floor(days * 0.6)),
};
const started = performance.now();
const figures = await simulateYear(options);
const percent = (n: number) => `${((100 * n) / figures.pairs).toFixed(0)} %`;
console.log(
  `${figures.pairs} mentorships over ${days} days, seed ${options.seed}, ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
console.log(`a meeting agreed within 7 days     ${percent(figures.agreedIn7Days)}  (aim 70 %)`);
console.log(`a first meeting within 14 days     ${percent(figures.firstHeldIn14Days)}  (aim 60 %)`);
console.log(`a third meeting within 8 weeks     ${percent(figures.thirdHeldIn8Weeks)}  (aim 50 %)`);
console.log(
  `closed, in words that both read    ${percent(figures.pairs - figures.live)}  ${JSON.stringify(figures.closed)}`,
);
console.log(`still going on, with a next date   ${percent(figures.live)}`);
console.log(
  `questions ${figures.questions}, answered ${figures.answered}; words at the end delivered ${figures.words}`,
);
for (const each of figures.broken.slice(0, 20)) console.error(`does not hold: ${each}`);
if (figures.broken.length > 0) process.exit(1);
