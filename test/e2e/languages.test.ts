import type { APIMessage } from 'discord-api-types/v10';
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Answer, OptionValue } from '../../sandbox/api.ts';
import { codeOfConduct, firstMeeting } from '../../src/content/index.ts';
import { commands } from '../../src/commands/index.ts';
import { commandBody } from '../../src/discord/command-body.ts';
import { keys } from '../../src/discord/keys.ts';
import { declineChoices } from '../../src/mentoring/requests/rules.ts';
import { createLanguages } from '../../src/texts/languages.ts';
import { accentuate, pseudo, pseudoLocale } from '../support/pseudo.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

/**
 * A community that reads a made language, in which every letter of the catalogue wears an accent and everybody's own words
 * are Cyrillic. Whatever plain letter is left over has not come through the catalogue; the sandbox refuses whatever
 * exceeds Discord's limits.
 */
let town: Town;
let mentor: Actor;
let other: Actor;
let mentee: Actor;
beforeAll(async () => {
  town = await openTown({
    guild: { name: 'Лікарі', locale: pseudoLocale, channels: ['загальний'] },
    moderator: { name: 'Імані', locale: pseudoLocale },
    translations: { [pseudoLocale]: pseudo },
  });
  mentor = join('Хамза');
  other = join('Прія');
  mentee = join('Сана');
});
afterAll(() => town.close());

const join = (name: string) => town.guild.join({ name, locale: pseudoLocale });

/** What is English by itself and not ours to translate. */
const exempt = [
  // The name of the bot, and content that each community reads in English: tips, prompts, the code of conduct.
  'Preceptor',
  codeOfConduct.text,
  firstMeeting.text,
];

/** Names that stay as they are in every language: zones, addresses, Discord's marks, ids, and files. */
const names = [
  /<[@#t:&!/][^>]*>/g,
  /https?:\/\/\S+/g,
  /\b[A-Z][A-Za-z_]+(?:\/[A-Za-z_]+)+\b/g,
  /\bUTC(?=[+−\s)]|$)/g,
  /(?:New York|Chicago|Karachi|America|Asia)\b/g,
  /\bref [0-9a-z]{12}\b/g,
  /\b(?=[a-z]*\d)[0-9a-z]{12}\b/g,
  /[\w-]+\.(?:csv|png|json|txt)\b/g,
];

/** Words of a text in plain letters, that is: English ones which nobody has translated. */
function plainWords(text: string): string[] {
  let rest = text;
  for (const each of exempt) rest = rest.replaceAll(each, ' ');
  for (const each of names) rest = rest.replaceAll(each, ' ');
  return rest.match(/[A-Za-z]{2,}/g) ?? [];
}

/** Everything that a message shows: what the sandbox calls its text, and the labels and placeholders of its components. */
function textOf(message: Pick<APIMessage, 'content' | 'embeds' | 'components'> | undefined): string {
  const parts: string[] = [];
  const shown = new Set(['content', 'title', 'description', 'name', 'value', 'label', 'placeholder', 'text']);
  const collect = (part: unknown, key = '', within = ''): void => {
    if (typeof part === 'string') {
      // The value of an option is ours to read, not a person's.
      if (shown.has(key) && !(key === 'value' && within === 'options')) parts.push(part);
    } else if (Array.isArray(part)) for (const each of part) collect(each, key, key);
    else if (typeof part === 'object' && part !== null) {
      for (const [name, value] of Object.entries(part)) collect(value, name, within);
    }
  };
  collect([message?.content && { content: message.content }, message?.embeds, message?.components]);
  return parts.join('\n');
}

function expectTranslated(text: string, what: string): void {
  expect(plainWords(text), `${what}:\n${text}`).toEqual([]);
}

/** Checks an answer, and hands it on. */
async function read(answering: Promise<Answer>, what: string): Promise<Answer> {
  const answer = await answering;
  expectTranslated(answer.text, what);
  if (answer.message) expectTranslated(textOf(answer.message), what);
  if (answer.modal) expectTranslated(textOf(answer.modal as unknown as APIMessage), what);
  return answer;
}

const slash = (actor: Actor, command: string, options: Readonly<Record<string, OptionValue>> = {}) =>
  read(actor.slash(command, options), `/${command}`);

/** Presses the button with this key on a message, whatever language it is in. */
async function pressUnread(actor: Actor, key: string, on: Answer | APIMessage | undefined): Promise<Answer> {
  const message = on && 'kind' in on && 'interactionId' in on ? on.message : on;
  const id = new RegExp(`"custom_id":"(${key}(?::[^"]*)?)"`).exec(JSON.stringify(message?.components ?? []))?.[1];
  if (id === undefined || message === undefined) throw new Error(`no button ${key} in ${JSON.stringify(message)}`);
  return await actor.press(id, message);
}

/** Presses the button with this key, and checks the answer. */
const press = (actor: Actor, key: string, on: Answer | APIMessage | undefined): Promise<Answer> =>
  read(pressUnread(actor, key, on), key);

async function register(actor: Actor, role: 'mentor' | 'mentee', stage: string): Promise<Answer> {
  const first = await slash(actor, `register ${role}`, { timezone: 'America/New_York' });
  if (first.kind !== 'modal') await press(actor, keys.register.agree, first);
  return await read(
    actor.submit({
      specialties: ['internal-medicine', 'neurology'],
      stage: [stage],
      languages: ['en', 'ur'],
      topics: ['interviews', 'exams'],
      about: 'Люблю нічні чергування.',
    }),
    `the form of /register ${role}`,
  );
}

/** The newest direct message with a button of this key. */
const letterWith = (actor: Actor, key: string) =>
  actor.dms().findLast(({ components }) => JSON.stringify(components ?? []).includes(`"${key}:`));

describe('in a made language no English word of ours is left', () => {
  test('commands, options and choices are described in it', () => {
    const told = town.sandbox.commands();
    const missing: string[] = [];
    const collect = (part: Record<string, unknown>, path: string): void => {
      const names = part['name_localizations'] as Record<string, string> | null | undefined;
      const name = String(part['name']);
      if (/[A-Za-z]/.test(name) && !names?.[pseudoLocale]) missing.push(`${path} ${name}`);
      const described = part['description_localizations'] as Record<string, string> | null | undefined;
      if (part['description'] && !described?.[pseudoLocale]) missing.push(`${path} ${name}: description`);
      for (const text of [names?.[pseudoLocale], described?.[pseudoLocale]]) {
        expectTranslated(text ?? '', `${path} ${name}`);
      }
      for (const child of (part['options'] ?? []) as Record<string, unknown>[]) collect(child, `${path} ${name}`);
      // A language is called as those call it who speak it, and a category as in the library, which is content.
      const choices = ['language', 'category'].includes(name)
        ? []
        : ((part['choices'] ?? []) as Record<string, unknown>[]);
      for (const choice of choices) collect(choice, `${path} ${name}`);
    };
    for (const command of told) collect(command as unknown as Record<string, unknown>, '');
    expect(missing).toEqual([]);
    expect(told.length).toBeGreaterThan(10);
  });

  test('the set-up', async () => {
    const { moderator } = town;
    for (const command of ['schedule list', 'mentors queue', 'setup show']) await slash(moderator, command);
    await slash(moderator, 'setup start', { timezone: 'Nowhere at all' }).catch(() => undefined);
    const shown = await slash(moderator, 'setup start', { timezone: 'America/New_York' });
    const made = await press(moderator, keys.setup.goOn, shown);
    await press(moderator, keys.setup.undo, made);
    const again = await slash(moderator, 'setup start', { timezone: 'America/New_York' });
    await press(moderator, keys.setup.leave, again);
    await press(moderator, keys.setup.leave, again).catch(() => undefined);
    await setUp(moderator, { timezone: 'America/New_York' });
    await slash(moderator, 'setup undo');
    for (const remove of [true, undefined]) {
      await slash(moderator, 'setup panel', { ...(remove && { remove }) }).catch(() => undefined);
    }
    await slash(moderator, 'setup panel', { channel: town.guild.channels[0]! });
    const panel = await read(moderator.submit({ words: 'Вітаємо' }), 'the panel');
    await press(moderator, keys.setup.panelKeep, await press(moderator, keys.setup.panelRemove, panel));
    await town.bot.tick();
    await press(moderator, keys.setup.panelRemoveNow, await slash(moderator, 'setup panel', { remove: true }));
    await slash(moderator, 'setup start', { language: pseudoLocale });
    await slash(moderator, 'setup show');
    const check = await slash(moderator, 'setup check');
    await slash(moderator, 'setup weights');
    const preview = await slash(moderator, 'setup weights', { specialty: 40 });
    await slash(moderator, 'setup weights', { specialty: 100, stage: 0, hours: 0, topics: 0, languages: 0 }).catch(
      () => undefined,
    );
    await press(moderator, keys.setup.keepWeights, preview).catch(() => undefined);
    expect(check.text).not.toBe('');
    for (const { name } of town.guild.channels) expectTranslated(name, 'a channel');
    for (const { name } of town.guild.roles.filter(({ name }) => !/Preceptor|Імані|@everyone/.test(name))) {
      expectTranslated(name, 'a role');
    }
  });

  test('registering, profiles and verification', async () => {
    await slash(mentee, 'profile show');
    const home = await slash(mentee, 'home');
    await press(mentee, keys.home.what, home);
    await press(mentee, keys.register.door, home);
    expectTranslated((await mentee.submit({ zone: '+5:30' })).message?.content ?? 'nothing', 'several zones');
    for (const page of ['give', 'pair', 'read', 'data', 'staff']) {
      await press(town.moderator, `${keys.help.open}:${page}`, await slash(town.moderator, 'help'));
    }
    await slash(mentee, 'mentor find');
    await register(mentor, 'mentor', 'resident');
    await register(other, 'mentor', 'fellow');
    await register(mentee, 'mentee', 'applying');
    await read(mentee.slash('register mentee', { timezone: 'Atlantis' }), 'an unknown zone');
    await slash(mentee, 'profile show');
    await slash(mentee, 'profile edit', { country: 'Atlantis' });
    for (const each of [town.moderator, mentor, mentee]) await slash(each, 'home');
    const queue = await slash(town.moderator, 'mentors queue');
    await press(town.moderator, keys.mentors.verify, queue);
    await read(town.moderator.submit({ level: ['resident'], method: ['video-call'] }), 'verified');
    await slash(town.moderator, 'mentors verify', { member: other, level: 'fellow', method: 'hospital-email' });
    await slash(town.moderator, 'mentors verify', { member: other, level: 'fellow', method: 'hospital-email' });
    await slash(town.moderator, 'mentors verify', { member: mentee, level: 'fellow', method: 'hospital-email' });
    await slash(mentee, 'profile show', { member: mentor });
    await slash(mentor, 'profile show');
    await slash(mentor, 'profile pause', { days: 5 });
    await slash(mentor, 'profile resume');
    await slash(mentor, 'profile resume');
    await town.bot.tick();
  });

  test('requests, answers, the inbox and the waitlist', async () => {
    const found = await slash(mentee, 'mentor find');
    await press(mentee, keys.mentor.request, found);
    await read(mentee.submit({ message: 'Дуже хочу вчитися.' }), 'asked');
    await slash(mentee, 'mentor request', { member: other, message: 'І у вас.' });
    await slash(mentee, 'mentor request', { member: other });
    await slash(mentee, 'mentor request', { member: mentee });
    await slash(mentee, 'mentor requests');
    await slash(mentee, 'mentor withdraw');
    await town.bot.tick();
    for (const each of [mentor, other]) await slash(each, 'mentor requests');
    for (const each of [mentor, mentee]) await slash(each, 'home');
    await slash(mentor, 'inbox');
    await slash(mentee, 'inbox');
    const [asked, next] = letterWith(mentor, keys.mentor.accept) ? [mentor, other] : [other, mentor];
    const letter = letterWith(asked, keys.mentor.decline);
    await press(asked, keys.mentor.decline, letter);
    await read(asked.submit({ reason: [declineChoices[0]], note: 'На жаль, ні.' }), 'declined');
    await town.bot.tick();
    await press(next, keys.mentor.accept, letterWith(next, keys.mentor.accept));
    await read(next.press(accentuate('Accept'), letterWith(next, keys.mentor.accept)), 'accepted twice').catch(
      () => undefined,
    );
    await town.bot.tick();
    for (const each of [next, mentee]) await slash(each, 'home');
    await slash(mentee, 'mentorship show');
    await slash(next, 'mentorship show');
    await slash(mentee, 'mentor find');
    const end = await slash(mentee, 'mentorship end', { reason: 'no-time' });
    await press(mentee, keys.mentorship.end, end);
    await slash(mentee, 'mentorship end', { reason: 'no-time' });
    await town.bot.tick();
    const again = await slash(mentee, 'mentor find');
    await press(mentee, keys.mentor.waitlist, again).catch(() => undefined);
  });

  test('schedules, tips, prompts and what they notify', async () => {
    const { moderator } = town;
    await slash(moderator, 'schedule list');
    const channel = town.guild.channels.find(({ name }) => name === accentuate('tips'))!;
    await slash(moderator, 'schedule add', { kind: 'tip', channel, when: 'Mon 09:00' });
    await slash(moderator, 'schedule add', { kind: 'tip', channel, when: 'щодня' });
    const [choice] = await moderator.complete('schedule pause', 'schedule', '');
    expectTranslated(choice?.name ?? '', 'a choice of a schedule');
    const schedule = String(choice?.value);
    await slash(moderator, 'schedule pause', { schedule });
    await slash(moderator, 'schedule pause', { schedule });
    await slash(moderator, 'schedule resume', { schedule });
    await slash(moderator, 'schedule edit', { schedule, when: 'Tue 10:00' });
    await slash(moderator, 'schedule remove', { schedule });
    await slash(moderator, 'notify');
    await slash(mentee, 'notify');
    await slash(moderator, 'content list');
    await slash(moderator, 'content mix', { from: 'both' });
    await slash(mentee, 'tip suggest', { category: 'visas' }).catch(() => undefined);
  });

  test('announcements', async () => {
    const { moderator } = town;
    const channel = town.guild.channels.find(({ name }) => name === accentuate('announcements'))!;
    const form = await slash(moderator, 'announce compose', { channel, time: 'in 5 days' });
    expect(form.kind).toBe('modal');
    const preview = await read(moderator.submit({ title: 'Новини', text: 'Завтра зустріч.' }), 'the preview');
    const asked = await press(moderator, keys.announce.discard, preview);
    await press(moderator, keys.announce.post, await press(moderator, keys.announce.open, asked));
    const entry = await press(moderator, keys.announce.open, await slash(moderator, 'announce list'));
    await press(moderator, keys.announce.cancel, entry);
    const [choice] = await moderator.complete('announce cancel', 'announcement', '');
    expectTranslated(choice?.name ?? '', 'a choice of an announcement');
    for (const [option, typed] of [
      ['time', ''],
      ['time', 'tomorrow 9am'],
      ['time', 'щось'],
      ['repeat', ''],
      ['repeat', 'щось'],
    ] as const) {
      // prettier-ignore
      for (const { name } of await moderator.complete('announce compose', option, typed)) {
        expectTranslated(name, `${option} ${typed}`);
      }
    }
    await slash(moderator, 'announce cancel', { announcement: String(choice?.value) });
    await slash(moderator, 'announce cancel', { announcement: String(choice?.value) });
    await slash(moderator, 'announce edit', { announcement: 'nothing' });
  });

  test('matching rounds, the record, and what strangers are refused', async () => {
    const { moderator } = town;
    const preview = await slash(moderator, 'round preview');
    await slash(moderator, 'round history');
    await slash(moderator, 'round pin', { mentee, mentor });
    await press(moderator, keys.round.discard, preview).catch(() => undefined);
    await slash(moderator, 'round discard');
    await slash(moderator, 'audit');
    town.guild.openCommand('audit');
    await slash(mentee, 'audit');
    const on = await slash(mentee, 'profile show');
    const forged = await mentee.forge({
      kind: 'button',
      customId: 'nobody-knows:1',
      ...(on.message && { on: on.message }),
    });
    expectTranslated(forged.text, 'a button that nobody knows');
  });

  test('leaving: the file and the deletion', async () => {
    await slash(mentee, 'profile export');
    const asked = await slash(mentee, 'profile delete');
    await press(mentee, keys.profile.delete, asked);
    await slash(mentee, 'profile delete');
    await town.bot.tick();
  });

  test('everything that was written to people and in channels meanwhile', async () => {
    town.sandbox.clock.advance(8 * 86_400_000);
    await town.bot.tick();
    for (const person of [mentor, other, mentee, town.moderator]) {
      for (const message of person.dms()) expectTranslated(textOf(message), `a message to ${person.name}`);
    }
    const staff = town.guild.channels.find(({ name }) => name === accentuate('mentoring-staff'))!;
    const cards = town.moderator.messages(staff);
    expect(cards.length).toBeGreaterThan(0);
    for (const message of cards) expectTranslated(textOf(message), 'a card in the staff channel');
    // Behind the names stands a code, by which the bot finds the thread again.
    for (const { name } of town.guild.threads()) expectTranslated(name.replace(/ · \w+$/, ''), 'a thread');
  });
});

test('the same community in English stays English: each reads their own language', async () => {
  const ada = town.guild.join({ name: 'Ada' });
  expect((await ada.slash('mentor find')).text).toMatch(/register mentee/);
  expect((await mentor.slash('mentorship show')).text).not.toMatch(/[A-Za-z]{3,}/);
});

describe('a server whose moderators chose another language than Discord has for it', () => {
  let mixed: Town;
  let hamza: Actor;
  let olena: Actor;
  beforeAll(async () => {
    mixed = await openTown({ translations: { [pseudoLocale]: pseudo } });
    await setUp(mixed.moderator, { timezone: 'America/New_York', language: pseudoLocale });
    hamza = mixed.guild.join({ name: 'Hamza' });
    olena = mixed.guild.join({ name: 'Олена', locale: pseudoLocale });
    for (const each of [hamza, olena]) {
      const first = await each.slash('register mentor', { timezone: 'America/New_York' });
      await pressUnread(each, keys.register.agree, first);
      await each.submit({
        specialties: ['neurology'],
        stage: ['resident'],
        languages: ['en'],
        topics: ['exams'],
        about: '',
      });
      // The card about whoever waits goes out before they are verified.
      await mixed.bot.tick();
      await mixed.moderator.slash('mentors verify', { member: each, level: 'resident', method: 'video-call' });
    }
    await mixed.bot.tick();
  });
  afterAll(() => mixed.close());

  test('has channels named in it, and settings that say so in the language of whoever asks', async () => {
    const names = mixed.guild.channels.map(({ name }) => name);
    expect(names).toContain(accentuate('mentoring-staff'));
    expect(names).not.toContain('mentoring-staff');
    const shown = await mixed.moderator.slash('setup show');
    expect(shown.text).toContain('українська');
    expect(plainWords(shown.text)).not.toEqual([]);
  });

  test('writes to each in their own language all the same', () => {
    const written = (to: Actor) => to.dms().map(textOf).join('\n');
    expect(written(hamza)).toMatch(/verified/i);
    expect(written(olena)).not.toBe('');
    expectTranslated(written(olena), 'a message to Олена');
  });

  test('shows a moderator an announcement as its channel will read it, and asks about it in their own language', async () => {
    const channel = mixed.guild.channels.find(({ name }) => name === accentuate('announcements'))!;
    const { ManageGuild, MentionEveryone } = PermissionFlagsBits;
    const ada = mixed.guild.join({ name: 'Ada', permissions: ManageGuild | MentionEveryone });
    mixed.guild.allowBot(MentionEveryone);
    await ada.slash('announce compose', { channel, everyone: true });
    const form = { title: 'Новини', text: 'Завтра.', link: 'https://www.nrmp.org/', image: '' };
    const preview = await ada.submit(form);
    const sure = await pressUnread(ada, keys.announce.post, preview);
    await pressUnread(ada, keys.announce.everyone, sure);
    await mixed.bot.tick();
    const posted = mixed.moderator.messages(channel).at(-1);
    const link = (message: Pick<APIMessage, 'components'> | undefined) => JSON.stringify(message?.components?.[0]);
    expect(link(posted)).toContain(accentuate('Open'));
    expect(link(preview.message)).toBe(link(posted));
    expect(preview.text).toMatch(/notif/i);
    expect(sure.text).toMatch(/everyone/i);
  });

  test('has cards for its moderators in it, whoever they are about', () => {
    const staff = mixed.guild.channels.find(({ name }) => name === accentuate('mentoring-staff'))!;
    const cards = mixed.moderator.messages(staff);
    expect(cards.length).toBeGreaterThan(0);
    for (const card of cards) expect(plainWords(textOf(card)), textOf(card)).toEqual([]);
  });
});

test.each([
  ['not offered where the bot speaks one language', {}, false],
  ['offered where it speaks two', { [pseudoLocale]: pseudo }, true],
])('a language for the server is %s', (_, translations, isOffered) => {
  const setup = commands.find(({ name }) => name === 'setup')!;
  const start = commandBody(setup, createLanguages(translations)).options?.find(({ name }) => name === 'start');
  const options = start && 'options' in start ? (start.options ?? []) : [];
  expect(options.some(({ name }) => name === 'language')).toBe(isOffered);
});
