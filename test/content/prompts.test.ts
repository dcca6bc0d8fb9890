import { describe, expect, test } from 'vitest';
import { ContentError } from '../../src/content/index.ts';
import {
  parsePrompts,
  promptDisciplines,
  promptExams,
  promptLimits,
  prompts,
  promptSystems,
  type Prompt,
} from '../../src/content/library.ts';
import { pointsCard, promptCard } from '../../src/discord/cards/prompt.ts';
import { keys } from '../../src/discord/keys.ts';
import { customId } from '../../src/discord/custom-ids.ts';
import { foreignHands, gradeOf, nearDuplicates, officialHosts, releaseDay } from './checks.ts';
import { texts as english } from '../../src/texts/en.ts';

/** Two prompts a week for more than a year. */
const leastPrompts = 156;
const leastPerCell = 2;
const leastPerDiscipline = 2;
/** Years of US school. Doctors read terms of their trade with ease; whole sentences still have to be short. */
const grades = { least: 3, most: 15, mean: 11 };
/** Discord's limits: an embed's description, and a custom id. */
const discord = { description: 4096, customId: 100 };
/** What asks to choose among answers, or quotes an exam. */
const examItem =
  /which (?:one )?of the following|most likely (?:diagnosis|explanation|cause)\?|best next step|next best step|(?:^|\s)\(?[A-E][).]\s+\S[^.]*\s\(?[B-F][).]\s|answer choice|all of the above|none of the above|\buworld\b|\bnbme\b|\bqbank\b/i;

const all = prompts();
const partsOf = (prompt: Prompt) => [prompt.question, ...prompt.checkpoints, prompt.answer, prompt.why];
const count = (test: (prompt: Prompt) => boolean) => all.filter(test).length;

describe('every prompt', () => {
  test('has its place: over a year of two a week, in each exam and system, and every discipline of the library', () => {
    expect(all.length).toBeGreaterThanOrEqual(leastPrompts);
    for (const exam of promptExams) {
      for (const system of promptSystems) {
        const here = count((prompt) => prompt.exam === exam.id && prompt.system === system.id);
        expect(here, `${exam.id}, ${system.id}`).toBeGreaterThanOrEqual(leastPerCell);
      }
    }
    for (const { id } of promptDisciplines) {
      expect(
        count(({ discipline }) => discipline === id),
        id,
      ).toBeGreaterThanOrEqual(leastPerDiscipline);
    }
  });

  test('fits on the cards of Discord, question and key points, and into the ids of its buttons', () => {
    for (const prompt of all) {
      const entry = { ...prompt, from: 'library' as const };
      for (const { embeds } of [
        promptCard(english, entry, { slotId: 'x'.repeat(36), done: 99 }),
        pointsCard(english, entry),
      ]) {
        expect(JSON.stringify(embeds).length, prompt.id).toBeLessThan(discord.description);
      }
      expect(customId(keys.tip.points, 'library', prompt.id).length, prompt.id).toBeLessThanOrEqual(discord.customId);
    }
  });

  test('asks a question of its own, and says each thing once', () => {
    const texts = all.map((prompt) => ({ id: prompt.id, text: partsOf(prompt).join(' ') }));
    expect(nearDuplicates(texts)).toEqual([]);
    expect(nearDuplicates(all.map(({ id, question }) => ({ id, text: question })))).toEqual([]);
    for (const { id, checkpoints } of all) {
      const points = checkpoints.map((text, i) => ({ id: `${id} ${i + 1}`, text }));
      expect(new Set(checkpoints.map((point) => point.toLowerCase())).size, id).toBe(promptLimits.checkpoints);
      expect(nearDuplicates(points), id).toEqual([]);
    }
  });

  test('is to be taught aloud: no exam item in form, and nobody to choose an answer', () => {
    for (const prompt of all) {
      for (const part of partsOf(prompt)) expect(part, prompt.id).not.toMatch(examItem);
      expect(prompt.question, prompt.id).toMatch(
        /\b(?:explain|draw|sketch|walk|teach|tell|play|show|talk|lead|follow|compare|place|take|act|say|why|how|hand over|predict|answer)/i,
      );
      expect(prompt.question.split(' ').length, prompt.id).toBeGreaterThan(12);
    }
  });

  test('reads with ease, for doctors', () => {
    const read = all.map((prompt) => ({ id: prompt.id, grade: gradeOf(partsOf(prompt).join(' ')) }));
    expect(read.filter(({ grade }) => grade < grades.least || grade > grades.most)).toEqual([]);
    expect(read.reduce((sum, { grade }) => sum + grade, 0) / read.length).toBeLessThan(grades.mean);
  });

  test('is written by one hand: American, without signs that Discord would format, links or mentions', () => {
    for (const prompt of all) {
      for (const part of partsOf(prompt)) {
        expect(part, prompt.id).not.toMatch(foreignHands);
        expect(part, prompt.id).not.toMatch(/[*_~`|<>\\[\]@]|https?:|www\.|discord\.gg/);
        expect(part, prompt.id).toMatch(/[.?!)]"?$/);
      }
    }
  });

  test('leads to official pages only, and need not be reviewed before the release', () => {
    for (const { id, source, checked, review_by } of all) {
      if (!source) continue;
      expect(officialHosts.has(new URL(source.url).host), id).toBe(true);
      expect(checked && checked <= releaseDay, id).toBe(true);
      expect(review_by && review_by > releaseDay, id).toBe(true);
    }
  });
});

test('those that a review found too long say it in a third less', () => {
  const before = {
    'fragility-fracture-gap': 813, 'anticoagulant-bleed-and-restart': 805, 'incidental-m-protein': 777,
    'gout-treat-to-target': 774, 'secondary-prevention-checklist': 768, 'pressure-injury-and-wound': 687,
    'well-child-catch-up-visit': 744, 'polymyalgia-shoulders-and-vision': 764, 'penicillin-label-off': 746,
    'scabies-bedbugs-shelter': 730, 'skin-cancer-old-hands': 745, 'dementia-visit-one-hour': 786,
    'hiv-start-same-day': 751, 'back-pain-no-mri': 759,
  }; // prettier-ignore
  const answers = new Map(all.map(({ id, answer }) => [id, answer]));
  for (const [id, length] of Object.entries(before))
    expect(answers.get(id)?.length, id).toBeLessThanOrEqual((length * 2) / 3);
});

test('pairs of which one answers half of the other are kept apart', () => {
  const names = all.flatMap(({ apart }) => apart ?? []);
  expect(new Set(names).size).toBeGreaterThanOrEqual(4);
  for (const name of names) expect(names.filter((each) => each === name).length, name).toBeGreaterThan(1);
});

test('the card says that a source was compared by notes, until somebody has opened it', () => {
  const entry = { ...all.find(({ source }) => source)!, from: 'library' as const };
  const shown = (opened?: string) => JSON.stringify(pointsCard(english, { ...entry, opened }));
  expect(shown()).toContain('with notes about that page, not with the page itself');
  expect(shown('2026-12-01')).not.toContain('notes about');
  expect(shown('2026-12-01')).toMatch(/, checked <t:\d+:D>/);
});

describe('the checks bite', () => {
  test.each([
    'Which of the following is the cause?',
    'What is the best next step in management?',
    'Choose. A) Heparin B) Warfarin C) Nothing',
    'Choose: A. Heparin B. Warfarin C. Nothing',
  ])('on an exam item: %s', (text) => {
    expect(text).toMatch(examItem);
  });

  test('on a prompt told again in other words', () => {
    const [one] = all;
    const retold = one!.answer
      .split(' ')
      .map((word, i) => (i % 12 === 5 ? 'indeed' : word))
      .join(' ');
    expect(nearDuplicates([{ id: 'one', text: one!.answer }, { id: 'retold', text: retold }])).toHaveLength(1); // prettier-ignore
  });

  test('on two checkpoints and an unknown exam, both at once, and on an id that stands there twice', () => {
    const broken = JSON.stringify([
      { ...all[0], checkpoints: ['One thing.', 'Another.'] },
      { ...all[1], exam: 'step-4' },
    ]);
    expect(() => parsePrompts(broken)).toThrow(ContentError);
    expect(() => parsePrompts(broken)).toThrow(new RegExp(`${all[0]!.id}\\.checkpoints[^]*${all[1]!.id}\\.exam`));
    expect(() => parsePrompts(JSON.stringify([all[2], all[2]]))).toThrow(`${all[2]!.id}.id`);
  });
});
