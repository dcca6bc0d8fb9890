import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';
import { register } from '../support/play.ts';

let town: Town;
let amara: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true, env: { ACTS_AT_ONCE: '0' } });
  amara = town.guild.join({ name: 'Amara' });
});
afterAll(() => town.close());

describe('/roadmap', () => {
  test('takes where somebody stands from their profile, begins with one press and shows three steps', async () => {
    await register(amara, 'mentee', { stage: 'step-1', timezone: 'Africa/Lagos' });
    const card = await amara.slash('roadmap show');
    expect(card.ephemeral).toBe(true);
    expect(card.text).toContain('your time zone (Lagos)');
    await amara.press('Begin my road', card);
    const shown = await amara.press('My next steps');
    expect(shown.text).toContain('1. ');
    expect(shown.text).toContain('3. ');
    expect(shown.text).toContain('Step 1: 0 of 6 steps');
  });

  test('a step is opened, begun, ticked off and put back; the last of a stage offers the next', async () => {
    const shown = await amara.slash('roadmap show');
    const opened = await amara.select('Open a step', ['study-plan'], shown);
    expect(opened.text).toContain('Make a plan that you can keep');
    expect((await amara.press('I am on it', opened)).text).toContain('You are on it');
    const [choice] = await amara.complete('roadmap tick', 'step', 'Take Step 1');
    const exam = await amara.slash('roadmap tick', { step: String(choice!.value) });
    expect(exam.text).toContain('Usually comes first');
    const over = await amara.press('Done', exam);
    expect(over.text).toContain('Change yours to **Step 2 CK**?');
    const next = await amara.press('Change to Step 2 CK', over);
    expect(next.text).toContain('Your road · Step 2 CK');
    expect((await amara.slash('roadmap tick', { step: 'no-such-step' })).text).toContain('All steps');
  });

  test('a note is kept, and the whole road is there as picture and as text with the same words', async () => {
    await amara.press('Note and day', await amara.slash('roadmap tick', { step: 'specialty-decide' }));
    const noted = await amara.submit({ note: 'Ask **Dr. Eze**', day: 'March 3, 2027' });
    expect(noted.text).toContain(String.raw`Ask \*\*Dr. Eze\*\*`);
    const shown = await amara.slash('roadmap show');
    const picture = await amara.press('Picture', shown);
    const [file] = picture.message?.attachments ?? [];
    expect(file).toMatchObject({ filename: 'my-road.png' });
    expect(file?.description).toContain('Step 2 CK (here): 0 of 7 steps.');
    expect(file?.description).toContain('Next three: 1. ');
    const text = await amara.press('File', shown);
    expect(text.message?.attachments[0]?.filename).toBe('my-road.txt');
    const all = await amara.press('All', shown);
    expect(all.text).toContain('All steps · Step 2 CK');
    expect((await amara.press('Previous stage', all)).text).toContain('●');
  });

  test('works in a direct message, takes answers in one form, and is erased everywhere', async () => {
    const dm = { channelId: 'dm' };
    await amara.slash('roadmap set', {}, dm);
    const saved = await amara.submit({ pathway: ['6'], visa: ['unsaid'], year: ['2027'] });
    expect(saved.text).toContain('no place here for scores');
    expect((await amara.slash('roadmap set', { stage: 'applying' }, dm)).text).toContain('Your road · Applying');
    await amara.press('Keep it', await amara.slash('roadmap erase', {}, dm));
    const erased = await amara.press('Erase my road', await amara.slash('roadmap erase', {}, dm));
    expect(erased.text).toContain('Erased');
    expect((await amara.slash('roadmap erase')).text).toContain('nothing to erase');
  });

  test('whoever applies again finds somebody to talk to on the same card', async () => {
    await amara.press('Begin my road', await amara.slash('roadmap show'));
    const card = await amara.slash('roadmap set', { stage: 'reapplying' });
    expect((await amara.press('Somebody to talk to', card)).text).toContain('988');
    await amara.press('Erase my road', await amara.slash('roadmap erase'));
  });

  test('the home of somebody has their next step', async () => {
    await amara.press('Begin my road', await amara.slash('roadmap show'));
    const home = await amara.slash('home');
    expect(home.text).toContain('Your road');
    expect((await amara.press('My next steps', home)).text).toContain('Your road · ');
  });
});
