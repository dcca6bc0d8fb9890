import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guideById, itemById } from '../../src/content/journey.ts';
import { askGuide, Corpus, type Findable } from '../../src/journey/guide/search.ts';
import { isOneOff, stemOf, wordsOf } from '../../src/journey/guide/words.ts';
import { askedQuestions as questions, isAnswer } from '../support/guide-questions.ts';
import { openTestContext, seededRandom, type TestContext } from '../support/context.ts';

let ctx: TestContext;
beforeAll(async () => {
  ctx = await openTestContext();
});
afterAll(() => ctx.db.destroy());

describe('the guide', () => {
  test('has the right entry among five for at least nine of ten questions in applicants’ own words', async () => {
    expect(questions.length).toBeGreaterThanOrEqual(150);
    const missed: string[] = [];
    for (const question of questions) {
      for (const id of question.wanted) expect(guideById().has(id) || itemById().has(id.replace('item:', '')), id).toBe(true); // prettier-ignore
      const found = await askGuide(ctx.db, question.ask);
      if (!found.some((each) => isAnswer(question, each))) missed.push(question.ask);
    }
    expect(missed.length / questions.length, missed.join('\n')).toBeLessThanOrEqual(0.1);
  });

  test('still has it for four of five where each long word is mistyped by a letter', async () => {
    const random = seededRandom(3);
    let missed = 0;
    for (const question of questions) {
      const typed = question.ask.replaceAll(/[a-z]{6,}/g, (word) => {
        const at = 1 + Math.floor(random() * (word.length - 2));
        return word.slice(0, at) + word.slice(at + 1);
      });
      const found = await askGuide(ctx.db, typed);
      if (!found.some((each) => isAnswer(question, each))) missed += 1;
    }
    expect(missed / questions.length).toBeLessThanOrEqual(0.2);
  });

  test('finds nothing for what is nothing, and breaks at no sign that means something to a database', async () => {
    for (const ask of ['', '   ', '"', "'; drop table guilds; --", 'a OR b AND (', '*', 'zzzzzz qqqqqq', '\u{1F600}']) {
      expect((await askGuide(ctx.db, ask)).length, ask).toBeLessThanOrEqual(5);
    }
    expect(await askGuide(ctx.db, 'zzzzzz qqqqqq')).toEqual([]);
  });

  test('shows five of many, the one that is meant first', async () => {
    const random = seededRandom(5);
    const word = () => Array.from({ length: 6 }, () => String.fromCodePoint(97 + Math.floor(random() * 26))).join('');
    const many: Findable[] = Array.from({ length: 500 }, (_, i) => ({
      kind: 'guide',
      id: `e${i}`,
      title: `${word()} ${word()} visa`,
      body: Array.from({ length: 30 }, word).join(' '),
      words: '',
    }));
    const large = new Corpus(many, []);
    const found = await askGuide(ctx.db, many[432]!.title, large);
    expect(found[0]!.id).toBe('e432');
    expect(found).toHaveLength(5);
  });
});

describe('words', () => {
  test('are one with what they come from', () => {
    for (const [one, other] of [
      ['deadlines', 'deadline'],
      ['matched', 'matching'],
      ['expires', 'expire'],
      ['families', 'family'],
    ])
      // prettier-ignore
      expect(stemOf(one!), one).toBe(stemOf(other!));
    expect(wordsOf('Step 2 CK, J-1, I-94 & Müller’s')).toEqual(['step2', 'ck', 'j1', 'i94', 'mullers']);
  });
  test('differ by one letter or they do not', () => {
    for (const [a, b] of [['visa', 'vsa'], ['visa', 'vissa'], ['visa', 'viza'], ['visa', 'vias']]) expect(isOneOff(a!, b!), b).toBe(true); // prettier-ignore
    for (const [a, b] of [['visa', 'visa'], ['visa', 'va'], ['visa', 'asiv'], ['visa', 'vizas']]) expect(isOneOff(a!, b!), b).toBe(false); // prettier-ignore
  });
});
