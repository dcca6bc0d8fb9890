import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord.js';
import type { Actor, Answer, APIMessage } from '../../sandbox/api.ts';
import { buttonId, speaksOf } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

let town: Town;
let imani: Actor;
let second: Actor;
let noor: Actor;
beforeAll(async () => {
  town = await openTown({ env: { ACTS_AT_ONCE: '0' } });
  imani = town.moderator;
  second = town.guild.join({ name: 'Second moderator', permissions: PermissionFlagsBits.ManageGuild });
  await setUp(imani, { timezone: 'America/New_York' });
  noor = town.guild.join({ name: 'Noor' });
});
afterAll(() => town.close());

function expectRefusal(answer: Answer, about: RegExp): void {
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toMatch(about);
  expect(answer.text).not.toMatch(/went wrong/i);
}

const tip = { Category: ['resilience'], Title: 'Sleep before it counts', Tip: 'Two nights, not one.', Link: '' };
const prompt = {
  Exam: ['step-1'],
  Question: 'Why does nitroprusside help in acute pulmonary edema?',
  'Key points': '1. It lowers afterload\n- It lowers preload\nIt acts within seconds',
  'Model answer': 'It opens arteries and veins, so the heart empties more easily.',
  'Why it matters on the wards': 'You will watch the pressure minute by minute.',
};

const staffCards = (about: string): APIMessage[] =>
  imani.messages(town.guild.channel('mentoring-staff').id).filter((message) => JSON.stringify(message).includes(about));

/** Noor suggests a tip of this title; the card that moderators find. */
async function suggest(title: string): Promise<APIMessage> {
  await noor.slash('tip suggest');
  expect((await noor.submit({ ...tip, Title: title })).text).toMatch(/Thank you/);
  return await town.sandbox.until('the card for moderators', () => staffCards(title)[0]);
}

describe('/content add', () => {
  test('gives the form back with every word where something in it cannot be taken', async () => {
    await imani.slash('content add', { kind: 'prompt' });
    const refused = await imani.submit({ ...prompt, 'Key points': 'One.' });
    expectRefusal(refused, /you have 1/);
    expect(refused.text).toContain(prompt['Model answer']);
    const form = await imani.press('Open the form again', refused);
    expect(form.kind).toBe('modal');
    for (const typed of [prompt.Question, 'One.', prompt['Why it matters on the wards']])
      expect(form.text).toContain(typed);
    const preview = await imani.submit({ 'Key points': prompt['Key points'] });
    expect(preview.text).toMatch(/exactly how it will look/);
    expect(preview.text).toContain(prompt.Question);
    await imani.press('Cancel', preview);
    await imani.slash('content add', { kind: 'tip' });
    const link = await imani.submit({ ...tip, Link: 'example' });
    expectRefusal(link, /full web address/);
    await imani.press('Open the form again', link);
    expect((await imani.submit({ Link: 'https://www.nrmp.org' })).text).toContain('Two nights, not one.');
  });

  test('shows a tip exactly as it will look, and adds it once it is confirmed', async () => {
    await imani.slash('content add', { kind: 'tip' });
    const preview = await imani.submit(tip);
    expect(preview.text).toMatch(/exactly how it will look/);
    expect(preview.message?.embeds[0]?.author?.name).toBe('Tip · Resilience and persistence');
    expect(preview.text).toMatch(/From this community/);
    expect((await imani.slash('content list')).text).toMatch(/no tips or prompts of its own/);
    expect((await imani.press('Add it', preview)).text).toMatch(/in use from now on/);
    expectRefusal(
      await imani.forge({ kind: 'button', customId: buttonId(preview.message as APIMessage, 'Add it') }),
      /already/,
    );
    expect((await imani.slash('content list')).text).toMatch(/1 entry.*Sleep before it counts/s);
  });

  test('of a prompt numbers the key points by itself and shows them in the preview', async () => {
    await imani.slash('content add', { kind: 'prompt' });
    const preview = await imani.submit(prompt);
    expect(preview.text).toMatch(/1\. It lowers afterload\n2\. It lowers preload\n3\. It acts within seconds/);
    expect(preview.text).toMatch(/not checked by Preceptor\. Please never share or ask for real exam questions/);
    // Of what others wrote nobody can say so.
    expect(preview.text).not.toMatch(/not taken from any exam/);
    await imani.press('Edit', preview);
    const edited = await imani.submit({ Question: 'What does nitroprusside do?' });
    expect(edited.text).toMatch(/What does nitroprusside do\?/);
    // The older preview shows what would no longer be added.
    expectRefusal(await imani.press('Add it', preview), /confirm the newest/);
    expect((await imani.press('Cancel', edited)).text).toMatch(/Discarded/);
    expectRefusal(await imani.press('Add it', preview), /already/);
  });

  test('shows the answer to a draft to nobody, whoever makes up the address; what was in use stays readable', async () => {
    await imani.slash('content add', { kind: 'prompt' });
    const preview = await imani.submit({ ...prompt, Question: 'What is kept from whoever guesses?' });
    const [, id = ''] = buttonId(preview.message as APIMessage, 'Add it').split(':');
    await noor.slash('tip show');
    const points = { kind: 'button', customId: `tip-points:guild:${id}` } as const;
    expectRefusal(await noor.forge(points), /no longer/);
    expectRefusal(await imani.forge(points), /no longer/);
    await imani.press('Add it', preview);
    expect((await noor.forge(points)).text).toContain('It opens arteries and veins');
    await imani.slash('content retire', { entry: id });
    expect((await noor.forge(points)).text).toContain('It opens arteries and veins');
  });

  test('names the field at fault, and saves nothing', async () => {
    const before = (await imani.slash('content list')).text;
    const answers = async (kind: 'tip' | 'prompt', fields: Record<string, string | readonly string[]>) => {
      await imani.slash('content add', { kind });
      return await imani.submit({ ...(kind === 'tip' ? tip : prompt), ...fields });
    };
    expectRefusal(await answers('tip', { Title: '\u200b \u2800' }), /“Title” is empty/);
    expectRefusal(await answers('tip', { Link: 'javascript:alert(1)' }), /https/);
    expectRefusal(
      await answers('prompt', { 'Key points': 'only one' }),
      /exactly 3 key points, one on each line; you have 1/,
    );
    const long = `a\n${'b'.repeat(221)}\nc`;
    expectRefusal(await answers('prompt', { 'Key points': long }), /221 characters; the limit is 220/);
    expect((await imani.slash('content list')).text).toBe(before);
  });

  test('makes no mention, link or layout out of what was typed, in any script', async () => {
    const hostile = '@everyone <@&1> [free](https://evil.example) \u202eright to left # heading';
    await imani.slash('content add', { kind: 'tip' });
    const preview = await imani.submit({ ...tip, Title: hostile, Tip: `${hostile}\n# big\n> quote` });
    const shown = JSON.stringify(preview.message?.embeds);
    expect(shown).not.toMatch(/@everyone|[^\\]\]\(|\u202e/);
    await imani.slash('content add', { kind: 'tip' });
    const urdu = 'ڈاکٹر بننے کا راستہ طویل ہے مگر آپ اکیلے نہیں '.repeat(15).slice(0, 700).trim();
    expect((await imani.submit({ ...tip, Title: 'صبر اور استقامت', Tip: urdu })).text).toContain(urdu);
    await imani.slash('content add', { kind: 'tip' });
    expect((await imani.submit({ ...tip, Tip: '🩺'.repeat(350) })).text).toContain('🩺'.repeat(350));
    await imani.slash('content add', { kind: 'prompt' });
    const stars = {
      Question: '*'.repeat(500),
      'Key points': Array.from({ length: 3 }, () => '_'.repeat(220)).join('\n'),
      'Model answer': '`'.repeat(900),
      'Why it matters on the wards': '|'.repeat(300),
    };
    expect((await imani.submit({ ...prompt, ...stars })).text).toMatch(/exactly how it will look/);
  });
});

describe('/content retire and mix', () => {
  test('finds an entry by a word, retires it, and brings it back with one press', async () => {
    const [choice] = await imani.complete('content retire', 'entry', 'before it');
    expect(choice?.name).toBe('Tip: Sleep before it counts');
    const retired = await imani.slash('content retire', { entry: String(choice?.value) });
    expect(retired.text).toMatch(/Retired/);
    expectRefusal(await imani.slash('content retire', { entry: String(choice?.value) }), /already retired/);
    expect((await imani.slash('content list', { show: 'retired' })).text).toMatch(/Sleep before it counts/);
    expect((await imani.press('Undo', retired)).text).toMatch(/in use again/);
    expect((await imani.slash('audit')).text).toMatch(/brought back a (tip|prompt)/);
    expect((await imani.slash('content list')).text).toMatch(/Sleep before it counts/);
  });

  test('says and sets where posts come from', async () => {
    expect((await imani.slash('content mix')).text).toMatch(/Mixed/);
    expect((await imani.slash('content mix', { from: 'guild' })).text).toMatch(/own first while they are new/);
    // The one that this server wrote is new: it is the next that is posted, before all of the library.
    const [schedule] = await imani.complete('schedule run', 'schedule', 'tip');
    await imani.slash('schedule run', { schedule: String(schedule?.value) });
    const posted = await town.sandbox.until('the post', () => imani.messages(town.guild.channel('tips').id).at(-1));
    expect(posted.embeds[0]?.title).toBe('Sleep before it counts');
    await imani.slash('content mix', { from: 'both' });
  });

  test('turns pages when there are many entries', async () => {
    for (let n = 1; n <= 5; n += 1) {
      await imani.slash('content add', { kind: 'tip' });
      await imani.press('Add it', await imani.submit({ ...tip, Title: `Page filler ${n}` }));
    }
    const first = await imani.slash('content list', { kind: 'tip' });
    expect(first.text).toMatch(/Page 1 of 2/);
    const next = await imani.press('Next', first);
    expect(next.text).toMatch(/Page filler 5/);
    expect(next.text).not.toMatch(/Page filler 1/);
  });
});

describe('/tip', () => {
  test('shows one now, in the category that was asked for, and another one at a press', async () => {
    const answer = await noor.slash('tip show', { category: 'us-medical-system' });
    expect(answer.ephemeral).toBe(true);
    expect(answer.message?.embeds[0]?.author?.name).toBe('Tip · US medical system and licensure');
    const seen = new Set<string | undefined>();
    let card = await noor.slash('tip show');
    for (let n = 0; n < 6; n += 1) {
      seen.add(card.message?.embeds[0]?.title);
      card = await noor.press('Another tip', card);
    }
    expect(seen.size).toBe(6);
  });

  test('suggested reaches the moderators, is approved once although two press at once, and the member is thanked', async () => {
    const card = await suggest('Ask for the hard feedback');
    expect(speaksOf(card, noor)).toBe(true);
    const answers = await Promise.all([imani.press('Approve', card), second.press('Approve', card)]);
    expect(answers.filter(({ text }) => /Approved: it is in use/.test(text))).toHaveLength(1);
    expect(answers.filter(({ text }) => /already approved this suggestion/.test(text))).toHaveLength(1);
    const letter = await town.sandbox.until('the thanks', () =>
      noor.dms().find((message) => JSON.stringify(message).includes('Ask for the hard feedback')),
    );
    expect(JSON.stringify(letter)).toMatch(/Your tip is in use/);
    const decided = await town.sandbox.until('the card to change', () =>
      staffCards('Ask for the hard feedback').find((one) => one.components?.length === 0),
    );
    expect(JSON.stringify(decided)).toMatch(/Approved by/);
    expect((await imani.slash('content list', { kind: 'tip' })).text).toMatch(/7 entries/);
  });

  test('suggested is edited before it is approved, or declined with a kind word', async () => {
    await imani.press('Edit and approve', await suggest('Tipo with a typo'));
    expect((await imani.submit({ Title: 'Tip without a typo' })).text).toMatch(/Approved/);
    await town.sandbox.until('the thanks', () => JSON.stringify(noor.dms()).includes('Tip without a typo'));
    await imani.press('Decline', await suggest('Buy this course'));
    await imani.submit({ 'A word to them': 'We **avoid** naming courses.' });
    await town.sandbox.until('the word', () => JSON.stringify(noor.dms()).includes('naming courses'));
    expect(JSON.stringify(noor.dms())).toContain(String.raw`We \\*\\*avoid`);
  });

  test('suggested too often at once waits for the moderators', async () => {
    for (const title of ['One more', 'Two more', 'Three more']) await suggest(title);
    await noor.slash('tip suggest');
    expectRefusal(await noor.submit(tip), /3 suggestions waiting/);
    const list = await imani.slash('content list', { show: 'suggested' });
    expect(list.text).toMatch(/3 suggestions wait/);
    expect((await imani.press('Approve 1', list)).text).toMatch(/Approved/);
  });
});

test('members decide nothing, whatever they send; and other servers see nothing of it', async () => {
  const card = staffCards('Two more')[0] as APIMessage;
  const id = buttonId(card, 'Approve').split(':')[1] ?? '';
  const on = (await noor.slash('tip show')).message;
  const keys = ['approve', 'edit', 'decline', 'confirm', 'redraft', 'discard', 'retire', 'restore', 'page'];
  for (const key of keys) {
    const forged = { kind: 'button' as const, ...(on && { on }), customId: `content-${key}:${id}` };
    expectRefusal(await noor.forge(forged), /moderators/i);
  }
  for (const key of ['form:tip', 'redraft-form:tip', 'edit-form:tip', 'decline-form']) {
    expectRefusal(await noor.forge({ kind: 'modal', customId: `content-${key}:${id}` }), /moderators/i);
  }
  const other = town.sandbox.createGuild({ name: 'Elsewhere' });
  const foreign = other.join({ name: 'Foreign', permissions: PermissionFlagsBits.ManageGuild });
  await setUp(foreign, { timezone: 'Europe/Paris' });
  const there = (await foreign.slash('inbox')).message;
  const forge = (customId: string) => foreign.forge({ kind: 'button', ...(there && { on: there }), customId });
  expectRefusal(await forge(`content-approve:${id}`), /no longer exists here/);
  expectRefusal(await forge(`prompt-points:guild:${id}`), /no longer/);
});
