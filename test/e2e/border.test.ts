import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { ask, register, requestAt, threadsOf } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

// Names come from Discord, where nobody of ours has cleaned them.
const turned = 'Hamza \u202egnp.exe\u2067';
const joined = 'علی\u200cرضا 👩🏽\u200d⚕️';
const onlyControls = '\u202e\u2066';

let town: Town;
let hamza: Actor;
let ali: Actor;
let mute: Actor;
beforeAll(async () => {
  town = await openTown({ guild: { channels: ['general', 'tips \u202efo'] }, setUp: true });
  hamza = town.guild.join({ name: turned });
  await register(hamza, 'mentor', { stage: 'resident', capacity: 3, about: 'I turn\u202e around' });
  await town.moderator.slash('mentors verify', { member: hamza, level: 'resident', method: 'video-call' });
  mute = town.guild.join({ name: onlyControls });
  await register(mute, 'mentor', { stage: 'resident' });
  await town.moderator.slash('mentors verify', { member: mute, level: 'resident', method: 'video-call' });
  ali = town.guild.join({ name: joined });
  await register(ali, 'mentee', { stage: 'applying' });
  await town.bot.tick();
});
afterAll(() => town.close());

/** Everything that the bot has sent so far, as text. */
const sent = (): string => JSON.stringify(town.sandbox.requests.map(({ body }) => body));

const unwanted = /[\u202a-\u202e\u2066-\u2069]|\\u202[a-e]|\\u206[6-9]|\\u0000|\\ud[89a-f]/;

describe('what turns text around, and halves of characters', () => {
  test('are in no label, suggestion, direct message or thread name, and joiners stay', async () => {
    await ali.slash('mentor find');
    await ask(ali, hamza, 'Would you \u202eread my list?');
    await town.bot.tick();
    const request = await requestAt(town, hamza, ali);
    await hamza.press('Accept', request);
    await town.bot.tick();
    const [thread] = threadsOf(town, ali);
    expect(thread?.name).toContain('علی\u200cرضا 👩🏽\u200d⚕️');
    await ali.slash('mentorship show');
    await town.moderator.slash('mentors queue');
    expect(sent()).toContain('👩🏽\u200d⚕️');
    expect(sent()).not.toMatch(unwanted);
  });

  test('are in no form that is filled in again, and in nothing that is stored', async () => {
    const form = await hamza.slash('profile edit');
    expect(JSON.stringify(form.modal)).toContain('I turn around');
    await town.moderator.slash('content add', { kind: 'tip' });
    const fields = { Category: ['resilience'], Title: 'Half \ud83d of one', Tip: `${'x'.repeat(100)}\u202d`, Link: '' };
    await town.moderator.press('Edit', await town.moderator.submit(fields));
    expect(sent()).not.toMatch(unwanted);
  });

  test('are in no suggestion while somebody types', async () => {
    const channel = town.guild.channels.find(({ name }) => name.startsWith('tips'));
    await town.moderator.slash('schedule add', {
      kind: 'tip',
      when: 'Mon 09:00',
      channel: { id: channel?.id ?? '', name: 'tips' },
    });
    const choices = await town.moderator.complete('schedule edit', 'schedule', 'tip');
    expect(JSON.stringify(choices)).not.toMatch(unwanted);
    await town.moderator.complete('announce compose', 'time', 'soon \u202e and \ud83d');
    expect(sent()).not.toMatch(unwanted);
  });

  test('a name of nothing else is shown as one that is missing, and Discord takes it', async () => {
    const answer = await ali.slash('mentor find');
    expect(answer.ephemeral).toBe(true);
    const shown = await mute.slash('profile show');
    expect(shown.text).not.toMatch(/went wrong/);
    expect(sent()).not.toMatch(unwanted);
  });
});
