import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, APIMessage, GuildHandle } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let sana: Actor;
let hamza: Actor;
let lobby: ReturnType<GuildHandle['createChannel']>;
beforeAll(async () => {
  town = await openTown({ setUp: true, env: { ACTS_AT_ONCE: '0' } });
  lobby = town.guild.createChannel({ name: 'lobby' });
  sana = town.guild.join({ name: 'Sana' });
  hamza = town.guild.join({ name: 'Hamza' });
});
afterAll(() => town.close());

const menu = 'Is this true?';
const about = (kind: string, line = '') => ({ 'What is it about?': [kind], 'What exactly would you like to know?': line }); // prettier-ignore
const letters = (actor: Actor) => actor.dms().map(({ embeds }) => embeds[0]?.title);
const last = (actor: Actor): APIMessage => actor.dms().at(-1)!;
/** What stands in the staff channel for everybody there: without answers that one of them alone sees. */
const staffCards = () =>
  JSON.stringify(town.moderator.messages('mentoring-staff').filter(({ flags = 0 }) => (flags & 64) === 0));
const answer = {
  'The question, as others would ask it': 'Is OET valid for life?',
  'What the page says': 'No: a result counts for a limited time.',
  'The official page': 'https://www.ecfmg.org/certification-pathways/oet.html',
  'What that means for the claim': ['silent'],
};

describe('Is this true?', () => {
  test('from a rumor in a channel to the official page below it: nobody is named on the way', async () => {
    const rumor = hamza.say(lobby, `I, Hamza, tell you <@${sana.id}>: an OET result is valid for life`);
    await sana.contextMenu(menu, rumor);
    const facts = await sana.submit(about('rule', 'Mine is three years old.'));
    expect(facts.ephemeral).toBe(true);
    expect(facts.text).toMatch(/What official pages say.*OET.*(Second hand|stored copy)/s);
    const asked = await sana.press('Ask the moderators', facts);
    expect(asked.text).toMatch(/without your name.*7 days/);
    await town.bot.tick();

    const card = town.moderator.messages('mentoring-staff').at(-1)!;
    expect(JSON.stringify(card)).toMatch(/valid for life.*A rule of an exam.*Mine is three years old/s);
    expect(JSON.stringify(card.embeds)).not.toMatch(new RegExp(`Hamza|Sana|${hamza.id}|${sana.id}`));
    // Somebody else asks the same: one card, counted.
    await town.moderator.contextMenu(menu, rumor);
    await town.moderator.press('Ask the moderators', await town.moderator.submit(about('rule')));
    await town.bot.tick();
    expect(staffCards().match(/valid for life/g)).toHaveLength(1);
    expect(staffCards()).toContain('2 members ask this');

    await town.moderator.press('Answer …', card);
    const wrong = { ...answer, 'The official page': 'https://oet-guide.example' };
    const refused = await town.moderator.submit(wrong);
    expect(refused.text).toContain('no official host');
    // What was typed can be copied, and the button still stands.
    expect(refused.text).toContain('limited time');
    await town.moderator.press('Answer …', card);
    expect((await town.moderator.submit(answer)).text).toContain('hears it from me');
    await town.bot.tick();
    expect(letters(sana).at(-1)).toBe('The moderators have answered you');
    const told = JSON.stringify(last(sana));
    expect(told).toMatch(/The page does not say so.*limited time.*ecfmg\.org/s);
    expect(told).toContain(`/${lobby.id}/${rumor.id}`);
    // Nothing of the message is left with the moderators.
    expect(staffCards()).not.toContain('valid for life"');
    expect((await sana.slash('guide ask', { question: 'is oet valid for life' })).text).toContain('From this server: Is OET valid for life?'); // prettier-ignore

    await sana.press('Post below the message', last(sana));
    await town.bot.tick();
    const posted = hamza.messages(lobby).at(-1)!;
    expect(posted.message_reference?.message_id).toBe(rumor.id);
    expect(JSON.stringify(posted.embeds)).toMatch(/What the official page says.*limited time.*Read on/s);
    expect(JSON.stringify(posted.embeds)).not.toMatch(new RegExp(`Hamza|Sana|${hamza.id}|${sana.id}`));
    expect(JSON.stringify(last(sana))).toContain('It stands below the message.');
    // The second press, from the older card.
    const id = /guide-post[^"]*/.exec(told)![0];
    expect((await sana.forge({ kind: 'button', on: last(sana), customId: id })).text).toContain('already');
    await town.bot.tick();
    expect(hamza.messages(lobby)).toHaveLength(2);

    // The moderators were wrong: both hear it again, and the post is changed.
    const [choice] = await town.moderator.complete('guide change', 'answer', 'oet');
    await town.moderator.slash('guide change', { answer: String(choice!.value) });
    await town.moderator.submit({ 'The answer': 'It counts as long as the page says so.' });
    await town.bot.tick();
    expect(letters(sana).at(-1)).toBe('An answer has been corrected');
    expect(letters(town.moderator).at(-1)).toBe('An answer has been corrected');
    expect(JSON.stringify(hamza.messages(lobby).at(-1))).toContain('as long as the page says so');
    expect((await town.moderator.slash('audit')).text).toContain('answered whether something is true');
  });

  test('somebody who says they can help: what to look for first, and the report', async () => {
    const offer = hamza.say(lobby, 'I get you a letter for 500 dollars, last places today');
    await sana.contextMenu(menu, offer);
    const shown = await sana.submit(about('helper'));
    expect(shown.text).toMatch(/gift card.*promises a letter.*consumer\.ftc\.gov/s);
    expect((await sana.press('Report it', shown)).kind).toBe('modal');
    // On one's own message there is nobody to report.
    await hamza.contextMenu(menu, offer);
    expect((await hamza.submit(about('helper'))).text.split('\n')).not.toContain('Report it');
  });

  test('of exam material nothing is kept and nothing is said, and what has no words has no answer', async () => {
    const leak = hamza.say(lobby, 'Recalls from last week, dm me');
    expect((await sana.contextMenu(menu, leak)).text).toContain('I keep nothing of it');
    const empty = last(sana);
    expect((await sana.contextMenu(menu, empty)).text).toContain('no words');
  });

  test('nobody can tell, said by a moderator or by seven days: whoever asked hears it either way', async () => {
    const messages = ['Signals will be gone next year', 'Observerships are paid now'].map((text) =>
      hamza.say(lobby, text),
    );
    for (const message of messages) {
      await sana.contextMenu(menu, message);
      await sana.press('Ask the moderators', await sana.submit(about('program')));
    }
    await town.bot.tick();
    const before = letters(sana).length;
    await town.moderator.press('Cannot tell', town.moderator.messages('mentoring-staff').at(-1));
    town.sandbox.clock.advance(7 * 86_400_000 + 60_000);
    await town.bot.tick();
    await town.bot.tick();
    expect(letters(sana).slice(before)).toEqual(['Nobody could tell so far', 'Nobody could tell so far']);
    expect(staffCards()).not.toMatch(/Signals will|are paid now/);
  });

  test('where the bot has no server in common it says what pages say, and offers nobody to ask', async () => {
    const message = sana.say('dm', 'My cousin says that EPIC is needed for certification');
    await sana.contextMenu(menu, message);
    const shown = await sana.submit(about('rule'));
    expect(shown.text).toContain('Do I need EPIC');
    expect(shown.text.split('\n')).not.toContain('Ask the moderators');
    expect(shown.text).toContain('from a server that uses Preceptor');
  });

  test('what the guide has nothing on goes to the moderators with one press, and comes back to the guide', async () => {
    const none = await sana.slash('guide ask', { question: 'xylophone rehearsal' });
    expect((await sana.press('Ask the moderators', none)).text).toContain('without your name');
    await town.bot.tick();
    const card = town.moderator.messages('mentoring-staff').at(-1)!;
    await town.moderator.press('Answer …', card);
    await town.moderator.submit({ ...answer, 'The question, as others would ask it': 'When is xylophone rehearsal?' });
    await town.bot.tick();
    expect(letters(sana).at(-1)).toBe('The moderators have answered you');
    expect((await hamza.slash('guide ask', { question: 'xylophon' })).text).toContain('limited time');
    // Of something else it had found: the question is typed, and an empty one is nothing.
    await sana.press('Ask the moderators', await sana.slash('guide ask', { question: 'epic' }));
    expect((await sana.submit({ 'Your question': 'Who plays first?' })).text).toContain('without your name');
  });

  test('what somebody read elsewhere is checked by a command, in a direct message too', async () => {
    const options = { claim: 'A cousin says that EPIC is needed for certification', about: 'helper' };
    const shown = await sana.slash('guide check', options);
    expect(shown.text).toMatch(/gift card.*Do I need EPIC/s);
    expect((await sana.press('Ask the moderators', shown)).text).toContain('without your name');
    const away = await sana.slash('guide check', { claim: options.claim }, { channelId: 'dm' });
    expect(away.text).toContain('Do I need EPIC');
    expect(away.text.split('\n')).not.toContain('Ask the moderators');
    expect((await sana.slash('guide check', { claim: 'NBME 26 pdf free' })).text).toContain('I keep nothing of it');
    await town.bot.tick();
    expect(staffCards()).toContain('A cousin says');
  });

  test('is not posted for whoever may not write there, nor once nobody answers for it', async () => {
    const rumor = hamza.say(lobby, 'An OET result never runs out');
    await sana.contextMenu(menu, rumor);
    await sana.press('Ask the moderators', await sana.submit(about('rule')));
    const second = town.guild.join({ name: 'Thandiwe', permissions: PermissionFlagsBits.ManageGuild });
    town.guild.allowIn(town.guild.channel('mentoring-staff'), second, PermissionFlagsBits.ViewChannel);
    await town.bot.tick();
    await second.press('Answer …', second.messages('mentoring-staff').at(-1));
    await second.submit(answer);
    await town.bot.tick();
    const letter = last(sana);
    town.guild.hideChannel(lobby, sana);
    expect((await sana.press('Post below the message', letter)).text).toContain('cannot write');
    town.guild.allowIn(lobby, sana, PermissionFlagsBits.ViewChannel);
    second.leave();
    await sana.press('Post below the message', letter);
    const count = hamza.messages(lobby).length;
    await town.bot.tick();
    await town.bot.tick();
    expect(hamza.messages(lobby)).toHaveLength(count);
    expect(JSON.stringify(last(sana))).toContain('could not be posted');
  });
});

describe('answers of the server', () => {
  test('are written, listed and taken out by moderators, and found by members', async () => {
    expect((await town.moderator.slash('guide own')).text).toContain('of 200');
    await town.moderator.slash('guide add');
    const typed = { 'The question': 'Where do we hold the kazoo circle?', 'The answer': 'In the voice channel.' };
    expect((await town.moderator.submit({ ...typed, 'The answer': 'On January 4.' })).text).toContain('official page');
    await town.moderator.slash('guide add');
    expect((await town.moderator.submit(typed)).text).toContain('Members find it now');
    expect((await sana.slash('guide ask', { question: 'kazoo' })).text).toContain('In the voice channel.');
    const [choice] = await town.moderator.complete('guide remove', 'answer', 'kazoo');
    expect((await town.moderator.slash('guide remove', { answer: String(choice!.value) })).text).toContain('Taken out');
    expect((await town.moderator.slash('guide remove', { answer: String(choice!.value) })).text).toContain('no longer here'); // prettier-ignore
    expect((await sana.slash('guide ask', { question: 'kazoo' })).text).toContain('nothing on');
  });
});
