/** Answers that name a command have the press that does the same: nobody who may only press is left standing. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../sandbox/api.ts';
import { commands } from '../../src/commands/index.ts';
import { nextSteps } from '../../src/discord/next-steps.ts';
import { typedCommands } from '../support/commands.ts';
import { openMentor } from '../support/pairs.ts';
import { register, requestAt } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());
afterEach(() => town.sandbox.assertNoRefusals());

const labels = ({ message }: Answer): string[] =>
  (message?.components ?? []).flatMap((row) =>
    'components' in row ? row.components.flatMap((each) => ('label' in each ? [each.label ?? ''] : [])) : [],
  );

test('each leads to a button that there is, and is a command that there is', () => {
  const handled = new Set(commands.flatMap(({ buttons = {} }) => Object.keys(buttons)));
  for (const [command, { press }] of Object.entries(nextSteps)) {
    expect(handled, command).toContain(press[0]);
    expect(typedCommands, command).toContain(command);
  }
});

test('somebody who has not registered yet is refused with the way in, and one press goes there', async () => {
  const amara = town.guild.join({ name: 'Amara' });
  const refused = await amara.slash('mentor find');
  expect(labels(refused)).toEqual(['Register as a mentee']);
  expect((await amara.press('Register as a mentee', refused)).kind).toBe('modal');
  expect(labels(await amara.slash('mentor requests'))).toEqual(['Register as a mentee', 'Register as a mentor']);
  expect(labels(await amara.slash('mentorship show'))).toEqual(['Find a mentor']);
  expect(labels(await amara.slash('inbox'))).toEqual(['Open my home']);
});

test('whoever has to register before they ask a mentor keeps their message, and sends it from there', async () => {
  const noor = town.guild.join({ name: 'Noor' });
  const mentor = await openMentor(town, 'Ravi');
  const message = 'Would you look at my personal statement for internal medicine?';
  const refused = await noor.slash('mentor request', { member: mentor, message });
  expect(refused.text).toContain(message);
  expect(labels(refused)).toEqual(['Open the form again', 'Register as a mentee']);
  await register(noor, 'mentee', { stage: 'step-1' });
  await noor.press('Open the form again', refused);
  expect((await noor.submit({})).text).toContain('on its way');
  expect(JSON.stringify(await requestAt(town, mentor, noor))).toContain(message);
});

test('an empty list leads on: to what else there is, by presses alone', async () => {
  const bilal = town.guild.join({ name: 'Bilal' });
  await register(bilal, 'mentee', { stage: 'step-1' });
  const none = await bilal.slash('study show');
  expect(labels(none)).toEqual(['Find a study group', 'Wait for a study group', 'Begin a study group']);
  const asked = await bilal.press('Find a study group', none);
  const needsHours = await bilal.select('An exam, or a circle of people at your point', ['step-1'], asked);
  expect(labels(needsHours)).toEqual(['Enter my hours']);
  expect(labels(await bilal.slash('officehours show'))).toEqual(['Find a mentor', 'Ask the guide']);
  await bilal.slash('profile pause');
  const paused = await bilal.slash('mentor find');
  expect(labels(paused)).toEqual(['Resume my profile']);
  expect((await bilal.press('Resume my profile', paused)).text).toContain('Welcome back');
});

test('moderators have theirs, too; what has buttons of its own stays as it is', async () => {
  expect(labels(await town.moderator.slash('setup show'))).toEqual(['Check the set-up']);
  // What members do is not their step.
  expect(labels(await town.moderator.slash('setup start'))).toEqual(['Verify mentors']);
  const chen = town.guild.join({ name: 'Chen' });
  await chen.slash('home');
  expect(labels(await chen.slash('mentor waiting'))).toEqual(['Register as a mentee']);
  await register(chen, 'mentee', { stage: 'step-1' });
  expect(labels(await chen.slash('mentor waiting'))).toEqual(['Find a mentor', 'Join the waitlist']);
});
