import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
/** Amara in a server that the bot was never invited to, or is gone from: she has installed it for herself. */
let amara: Actor;
let karim: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true, env: { ACTS_AT_ONCE: '0' } });
  const elsewhere = town.sandbox.createGuild({ name: 'Elsewhere' });
  await town.sandbox.botReady();
  elsewhere.kickBot();
  amara = elsewhere.join({ name: 'Amara', hasInstalled: true });
  karim = elsewhere.join({ name: 'Karim' });
});
afterAll(() => town.close());

const privately = (answer: Answer): Answer => {
  expect(answer.ephemeral).toBe(true);
  return answer;
};

test('where the bot is not, somebody who installed it for themselves has their road, with form, picture and file', async () => {
  privately(await amara.slash('roadmap show', { timezone: 'Africa/Lagos', stage: 'interviewing' }));
  const begun = await amara.press('Begin my road');
  const shown = privately(await amara.press('My next steps', begun));
  expect(shown.text).toContain('Your road · Interviewing');
  expect((await amara.press('Picture', shown)).message?.attachments[0]?.filename).toBe('my-road.png');
  expect((await amara.press('File', shown)).message?.attachments[0]?.filename).toBe('my-road.txt');
  await amara.slash('roadmap set');
  expect(privately(await amara.submit({ pathway: ['6'], visa: ['unsaid'], year: ['2027'] })).text).toContain('no place here for scores'); // prettier-ignore
  const [step] = await amara.complete('roadmap tick', 'step', 'rank');
  expect(privately(await amara.slash('roadmap tick', { step: String(step!.value) })).text).toContain('Usually takes');
});

test('dates, own dates and the file', async () => {
  expect(privately(await amara.slash('deadlines show')).text).toContain('Dates that concern you');
  expect(privately(await amara.slash('deadlines own add', { title: 'OET', day: '2027-02-03' })).text).toContain(
    'Kept: ',
  );
  expect(privately(await amara.slash('deadlines remind')).text).toContain('Your reminders');
  privately(await amara.slash('deadlines file', { expected: true }));
});

test('the guide with its pages, who listens, and Match Week', async () => {
  const asked = privately(await amara.slash('guide ask', { question: 'may i rank before i am certified' }));
  expect(asked.text).toContain('Must I be certified before I apply');
  const page = await amara.select('Choose a theme', ['resilience'], asked);
  expect(page.text).toContain('Resilience');
  expect(privately(await amara.slash('support', { country: 'NG' })).text).toContain('Nigeria');
  expect(privately(await amara.slash('match')).text).toContain('Match Week 2027');
});

test('of the servers that the bot is in nothing is there; what needs one is not offered, and nothing to whoever installed nothing', async () => {
  for (const command of ['home', 'mentor find', 'setup start']) await expect(amara.slash(command)).rejects.toThrow('not offered'); // prettier-ignore
  await expect(amara.slash('deadlines confirm', { date: 'match-day-2027' })).resolves.toMatchObject({
    ephemeral: true,
  });
  expect((await amara.slash('deadlines confirm', { date: 'match-day-2027' })).text).not.toContain('Open https');
  await expect(karim.slash('support')).rejects.toThrow('not offered');
});
