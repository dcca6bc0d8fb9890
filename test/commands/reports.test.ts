import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { ask, register, requestAt, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let second: Actor;
let sana: Actor;
let hamza: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  second = town.guild.join({ name: 'Thandiwe', permissions: PermissionFlagsBits.ManageGuild });
  // Whoever did something as a moderator is known to the bot as one.
  await second.slash('setup safety', { days: 200 });
  town.guild.allowIn(town.guild.channel('mentoring-staff'), second, PermissionFlagsBits.ViewChannel);
  sana = town.guild.join({ name: 'Sana' });
  hamza = town.guild.join({ name: 'Hamza' });
  await register(hamza, 'mentor', { stage: 'resident' });
  await verify(town, hamza);
  await register(sana, 'mentee', {});
  await ask(sana, hamza);
  await hamza.press('Accept', await requestAt(town, hamza, sana));
  await town.bot.tick();
});
afterAll(() => town.close());

const words = 'He asked me for two hundred dollars for a letter.';
const numberIn = (answer: Answer) => /number is \*\*([0-9a-z]{12})\*\*/.exec(answer.text)?.[1] ?? '';
/** Every way to a case by a command. */
const doors: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['show', {}],
  ['take', {}],
  ['ask', { words: 'Why?' }],
  ['note', { words: 'Well.' }],
  ['act', { what: 'lift' }],
  ['act', { what: 'leave-groups' }],
  ['act', { what: 'ask-to-decide' }],
  ['close', { outcome: 'acted' }],
  ['reopen', {}],
];
const filled = (more: Record<string, string | readonly string[]> = {}) => ({
  'What it is about': ['money'],
  'What happened': words,
  ...more,
});

describe('/report', () => {
  test('from its first word to its end: nobody reads it whom it concerns, by any door', async () => {
    const form = await sana.press('Report to staff', await sana.slash('mentorship show'));
    expect(form.kind).toBe('modal');
    const filed = await sana.submit(filled({ 'Who should not see this?': [second.id] }));
    expect(filed.ephemeral).toBe(true);
    expect(filed.text).toMatch(/Only those who handle reports.*rests from now on.*Discord’s own/s);
    const id = numberIn(filed);
    await town.bot.tick();
    // The other sees a pause, as if it had been asked for, and whoever was left out sees nothing.
    expect((await hamza.slash('mentorship show')).text).toMatch(/At rest/);
    expect(town.moderator.dms().at(-1)?.embeds?.[0]?.title).toBe('A report is waiting');
    expect(JSON.stringify(town.moderator.dms().at(-1))).not.toMatch(/Hamza|Sana|dollars/);
    expect(second.dms().some(({ embeds }) => embeds[0]?.title === 'A report is waiting')).toBe(false);
    // They can read the channel: not even that there is one stands there.
    expect(JSON.stringify(second.messages('mentoring-staff'))).not.toContain('A report is waiting');

    const nothing = 'There is no such case.';
    // A message in the server, to press from.
    const post = town.moderator.say(town.guild.createChannel({ name: 'lobby' }), 'Hello');
    for (const stranger of [sana, hamza, second]) {
      for (const [command, more] of doors)
        expect((await stranger.slash(`reports ${command}`, { case: id, ...more })).text, command).toContain(nothing);
      for (const key of ['open', 'take', 'reopen', 'ask', 'decide', 'note', 'close'])
        expect(
          (await stranger.forge({ kind: 'button', on: post, customId: `reports-${key}:${id}` })).text,
          key,
        ).toContain(nothing);
      expect(await stranger.complete('reports show', 'case', '')).toEqual([]);
      expect((await stranger.slash('reports list')).text).not.toContain(id);
    }
    expect((await second.slash('reports list')).text).toBe('No report is waiting that you may see.');

    expect((await second.slash('home')).text).not.toContain('report waits');
    expect((await town.moderator.slash('home')).text).toContain('1 report waits');
    const list = await town.moderator.slash('reports list');
    expect(list.text).toContain(id);
    const card = await town.moderator.press(`Open ${id}`, list);
    expect(card.text).toMatch(/two hundred dollars/);
    const taken = await town.moderator.press('Take it', card);
    await town.moderator.press('Ask the reporter', taken);
    expect((await town.moderator.submit({ 'Ask the reporter': 'Was it in writing?' })).text).toContain('waits for the');
    await town.bot.tick();
    expect((await sana.slash('home')).text).toContain('The moderators have a question');
    const question = sana.dms().at(-1);
    if (!question) throw new Error('no question');
    expect(JSON.stringify(question)).not.toContain(town.moderator.id);
    await sana.press('Answer', question);
    expect((await sana.submit({ 'Your answer': 'Yes, on Monday.' })).text).toContain('Thank you');
    expect((await town.moderator.slash('reports show', { case: id })).text).toContain('Yes, on Monday.');
    expect((await town.moderator.slash('reports close', { case: id, outcome: 'talked' })).text).toContain(
      'still rests',
    );
    await town.moderator.slash('reports act', { case: id, what: 'end' });
    expect((await town.moderator.slash('reports close', { case: id, outcome: 'acted' })).text).toContain('Acted on');
    await town.bot.tick();
    expect(sana.dms().map(({ embeds }) => embeds[0]?.title)).toContain('Your report is closed');
    expect(JSON.stringify(hamza.dms())).not.toMatch(/report|case/i);

    // The record shows it to those who may see the case, and counts it for nobody else.
    expect((await town.moderator.slash('audit')).text).toContain(id);
    expect((await second.slash('audit')).text).not.toContain(id);
    // Nothing of it is in what either of the two can take with them, but the reporter's own words.
    expect((await sana.slash('report mine')).text).toContain('closed');
  });

  test('from a message keeps what it said, whatever becomes of it', async () => {
    const karim = town.guild.join({ name: 'Karim' });
    const channel = town.guild.createChannel({ name: 'general' });
    const message = karim.say(channel, 'I sell real exam questions');
    await sana.contextMenu('Report to staff', message);
    const id = numberIn(await sana.submit(filled({ 'What it is about': ['exam-content'] })));
    town.guild.deleteMessage(message);
    await town.bot.tick();
    // Nobody reads the channel who may not see it, so a line stands there, without a name.
    const line = second.messages('mentoring-staff').at(-1);
    expect(JSON.stringify(line)).toContain('A report is waiting');
    expect(JSON.stringify(line)).not.toMatch(/Karim|Sana|exam/);
    const card = await town.moderator.slash('reports show', { case: id });
    expect(card.text).toContain('I sell real exam questions');
    await town.moderator.slash('reports take', { case: id });
    expect((await town.moderator.slash('reports give', { case: id, member: karim })).text).toContain(
      'nobody who handles',
    );
    await town.moderator.slash('reports give', { case: id, member: second });
    expect((await second.slash('reports note', { case: id, words: 'Seen.' })).text).toContain('Seen.');
  });

  test('of exam content takes the message away where the server wants that, and tells its author why', async () => {
    const [nadia, yusuf] = [town.guild.join({ name: 'Nadia' }), town.guild.join({ name: 'Yusuf' })];
    const channel = town.guild.createChannel({ name: 'step-1' });
    const first = yusuf.say(channel, 'Here is what came on my exam');
    const form = await nadia.contextMenu('Report exam content', first);
    expect(form.kind).toBe('modal');
    const id = numberIn(await nadia.submit({}));
    await town.bot.tick();
    expect(nadia.messages(channel).map(({ content }) => content)).toContain('Here is what came on my exam');
    expect((await town.moderator.slash('reports show', { case: id })).text).toMatch(/content of a real exam.*Here is what came/s); // prettier-ignore

    // Without the permission nothing is taken away, nobody is told of a report, and the check says what is missing.
    const shown = await town.moderator.slash('setup guard', { hide: true });
    expect(shown.text).toMatch(/taken away at once.*I lack \*\*Manage Messages\*\*.*exam recalls, /s);
    expect((await town.moderator.slash('setup check')).text).toContain('I lack **Manage Messages**');
    const second = yusuf.say(channel, 'And here is the rest of it');
    await nadia.contextMenu('Report exam content', second);
    await nadia.submit({ 'What is it? (optional)': 'The same again' });
    await town.bot.tick();
    expect(nadia.messages(channel).map(({ content }) => content)).toContain('And here is the rest of it');
    expect(yusuf.dms()).toEqual([]);
    town.sandbox.expectRefusal(({ method, code }) => method === 'DELETE' && code === 50013);

    town.guild.allowBot(PermissionFlagsBits.ManageMessages);
    const third = yusuf.say(channel, 'One more that I remember');
    await nadia.contextMenu('Report exam content', third);
    await nadia.submit({});
    await town.bot.tick();
    expect(nadia.messages(channel).map(({ content }) => content)).not.toContain('One more that I remember');
    expect(JSON.stringify(yusuf.dms())).toMatch(/was reported as content of a real exam.*Nothing else is decided/s);
    expect(JSON.stringify(yusuf.dms())).not.toContain('Nadia');
    expect((await town.moderator.slash('reports show', { case: id })).text).toContain('the message was taken away');

    const rule = town.moderator.say(channel, 'Never post recalls here');
    await sana.contextMenu('Report exam content', rule);
    const ofModerator = await sana.submit({});
    await town.bot.tick();
    expect(nadia.messages(channel).map(({ content }) => content)).toContain('Never post recalls here');
    await sana.press('Take it back', ofModerator);
    await town.moderator.slash('setup guard', { hide: false });
    town.guild.denyBot(PermissionFlagsBits.ManageMessages);
  });

  test('says first what to do where somebody may be at risk, and gives back what was written when it is refused', async () => {
    const liza = town.guild.join({ name: 'Liza' });
    await sana.contextMenu('Report to staff', liza);
    const filed = await sana.submit(filled({ 'What it is about': ['risk'] }));
    expect(filed.text).toMatch(/988.*number is/s);
    await sana.press('Take it back', filed);
    expect((await sana.slash('report mine')).text).toContain('taken back');
    expect((await sana.slash('report member', { member: sana })).text).toContain('cannot report yourself');
    for (const name of ['One', 'Two', 'Three']) {
      await sana.slash('report member', { member: town.guild.join({ name }) });
      const answer = await sana.submit(filled());
      if (name === 'Three') expect(answer.text).toMatch(/3 open reports.*what you typed.*two hundred dollars/s);
      // Once is enough.
      expect(answer.text.match(/two hundred dollars/g) ?? []).toHaveLength(name === 'Three' ? 1 : 0);
    }
  });

  test('of 19 characters is refused by that number, and what was written is given back to copy', async () => {
    const karla = town.guild.join({ name: 'Karla' });
    await karla.slash('report member', { member: town.guild.join({ name: 'Four' }) });
    // Spaces count for Discord's client, and for nothing else.
    const short = await karla.submit(filled({ 'What happened': 'He asked for money!   ' }));
    expect(short.text).toMatch(/at least 20 characters.*yours has 19\. Nothing was sent yet.*He asked for money!/s);
    expect((await karla.slash('report mine')).text).toContain('You have reported nothing here');
  });

  test('lets whoever reported decide by a button, which says what holds when it is pressed again', async () => {
    const [rosa, igor] = [town.guild.join({ name: 'Rosa' }), town.guild.join({ name: 'Igor' })];
    await rosa.slash('report member', { member: igor });
    const id = numberIn(await rosa.submit(filled()));
    const taken = await town.moderator.slash('reports take', { case: id });
    expect((await town.moderator.press('Let the reporter decide', taken)).text).toContain(
      'asked the reporter to decide',
    );
    await town.bot.tick();
    const letter = rosa.dms().at(-1);
    if (!letter) throw new Error('no letter');
    expect(JSON.stringify(letter)).toMatch(
      /What would you like to happen.*Please do something.*Only keep it on record/,
    );
    expect(JSON.stringify(letter)).not.toContain(town.moderator.id);
    expect(JSON.stringify(igor.dms())).not.toMatch(/report|wish/i);
    expect((await rosa.slash('report mine')).text).toContain('waits for your answer');
    await town.bot.stop();
    await town.start();
    expect((await rosa.press('Only keep it on record', letter)).text).toContain('reads what you chose');
    expect((await rosa.press('Please do something', letter)).text).toMatch(/chosen already.*Only keep it on record/);
    const card = await town.moderator.slash('reports show', { case: id });
    expect(card.text).toMatch(/chose: Only keep it on record/);
    await town.moderator.slash('reports close', { case: id, outcome: 'outside' });
  });

  test('a handler who loses the role loses what they had taken: when they act, or found once a day', async () => {
    const role = town.guild.createRole({ name: 'Listeners' });
    const noor = town.guild.join({ name: 'Noor' });
    for (const handler of [noor, town.moderator]) town.guild.giveRole(handler, role);
    await town.moderator.slash('setup safety', { role });
    const lea = town.guild.join({ name: 'Lea' });
    await lea.slash('report member', { member: town.guild.join({ name: 'Piotr' }) });
    const id = numberIn(await lea.submit(filled()));
    for (const found of ['act', 'day'] as const) {
      expect((await noor.slash('reports take', { case: id })).text).toContain(`taken, by <@${noor.id}>`);
      await town.bot.tick();
      expect((await town.moderator.slash('reports show', { case: id })).text).toContain(`<@${noor.id}>`);
      town.guild.takeRole(noor, role);
      if (found === 'act') expect((await noor.slash('reports show', { case: id })).text).toContain('no such case');
      else {
        town.sandbox.clock.advance(25 * 3_600_000);
        await town.bot.tick();
      }
      const shown = (await town.moderator.slash('reports show', { case: id })).text;
      expect(shown).toMatch(/it is free again: whoever had it cannot go on/);
      expect(shown).not.toContain('taken, by');
      town.guild.giveRole(noor, role);
    }
    await town.moderator.slash('setup safety', { everyone: true });
  });

  test('is for those with the role that handles reports, where there is one, and for the owner', async () => {
    const role = town.guild.createRole({ name: 'Safety' });
    const omar = town.guild.join({ name: 'Omar' });
    town.guild.giveRole(omar, role);
    expect((await town.moderator.slash('setup safety', { role })).text).toContain(`<@&${role.id}>`);
    expect((await omar.slash('reports list')).text).not.toContain('no such case');
    expect((await second.slash('reports list')).text).toContain('There is no such case.');
    await town.moderator.slash('setup safety', { everyone: true });
    expect((await omar.slash('reports list')).text).toContain('There is no such case.');
  });
});
