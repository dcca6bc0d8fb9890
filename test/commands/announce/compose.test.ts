/** What is written, seen before it is posted, and whom it may notify. */
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { OptionValue } from '../../../sandbox/api.ts';
import { setUp } from '../../support/set-up.ts';
import { arrived, channel, compose, eachInTown, hour, pass, posted, town } from './support.ts';

eachInTown();

describe('a draft', () => {
  const draft = async (options: Readonly<Record<string, OptionValue>>) => {
    const [choice] = await town.moderator.complete('announce edit', 'announcement', 'Office');
    return await town.moderator.slash('announce edit', { announcement: String(choice?.value), ...options });
  };

  test('gets another channel, role and rhythm, and everything typed stays', async () => {
    const lounge = town.guild.createChannel({ name: 'lounge' });
    const role = town.guild.createRole({ name: 'News', mentionable: true });
    await compose();
    const form = await draft({ channel: lounge, role, repeat: 'every other Mon 18:00' });
    expect(form.kind).toBe('modal');
    const preview = await town.moderator.submit({});
    expect(preview.text).toContain('Office hours');
    expect(preview.text).toContain(`<#${lounge.id}>`);
    expect(preview.text).toContain(`<@&${role.id}>`);
    expect(preview.text).toContain('repeating');
    await draft({ everyone: false, time: 'now' });
    const again = await town.moderator.submit({});
    expect(again.text).toContain('Notifies:** nobody');
    await town.moderator.press('Post now', again);
    await town.sandbox.until('the post', () => posted('lounge').length === 1);
  });

  test('is not given what cannot be, and nothing else than a draft is replanned', async () => {
    await compose();
    expect((await draft({ time: '2026-02-31 09:00' })).text).toContain('There is no 2026-02-31');
    expect((await draft({ repeat: 'first Monday' })).text).toContain('`first Monday 09:00`');
    expect((await draft({ time: 'now', repeat: 'Mon 09:00' })).text).toContain('not both');
    await draft({});
    await town.moderator.press('Post now', await town.moderator.submit({}));
    await arrived();
    const lounge = town.guild.createChannel({ name: 'lounge' });
    expect((await draft({ channel: lounge })).text).toContain('Only a draft');
  });

  test('with a picture whose address expires before it is posted says so', async () => {
    const ex = (ms: number) => Math.floor(ms / 1_000).toString(16);
    const image = `https://cdn.discordapp.com/attachments/1/2/a.png?ex=${ex(town.sandbox.clock.now() + 12 * hour)}&is=1&hm=2`;
    const later = await compose({ time: 'in 3 days' }, { image });
    expect(later.text).toContain('lets expire');
    expect(later.text).not.toContain('Schedule');
    expect((await compose({ time: 'in 2 hours' }, { image })).text).not.toContain('lets expire');
    expect((await compose({ repeat: 'Mon 09:00' }, { image })).text).toContain('lets expire');
    expect((await compose({}, { image: 'https://cdn.discordapp.com/attachments/1/2/a.png' })).text).toContain(
      'lets expire',
    );
  });
});

describe('composing', () => {
  test('shows exactly what will be posted, then posts it once', async () => {
    const preview = await compose({}, { link: 'https://www.nrmp.org/dates', image: 'https://example.org/a.png' });
    expect(preview.ephemeral).toBe(true);
    expect(preview.text).toContain('Notifies:** nobody');
    expect(preview.text).toContain('as soon as you press');
    expect(posted()).toHaveLength(0);
    await town.moderator.press('Post now', preview);
    const message = await arrived();
    const shown = preview.message!.embeds[0]!;
    const { author, ...card } = message.embeds[0]!;
    const { author: shownAuthor, ...shownCard } = shown;
    expect(card).toEqual(shownCard);
    expect(shownAuthor?.name).toBe('IMG Commons');
    expect(author?.name).toBe('IMG Commons');
    // The address of the signature carries how the message is found again; nothing of it is read.
    expect(author?.url).toMatch(new RegExp(`^${shownAuthor?.url}#ref-\\w{12}$`));
    expect(card.footer).toBeUndefined();
    expect(message.content).toBe(preview.message!.content);
    expect(message.components?.[0]).toEqual(preview.message!.components?.[0]);
    expect(JSON.stringify(message.components)).toContain('Open www.nrmp.org');
    expect((await town.moderator.slash('announce list')).text).toMatch(/Posted:\*\* Office hours/);
  });

  test('without a channel goes to the one for announcements that was set up', async () => {
    await town.moderator.press('Offer Announcements', await town.moderator.slash('notify'));
    await town.moderator.slash('announce compose');
    const preview = await town.moderator.submit({ title: 'No channel named', text: 'Still clear where to.' });
    expect(preview.text).toContain(`<#${town.guild.channel('announcements').id}>`);
    // Members who chose to hear of announcements are not forgotten, and not notified unasked.
    expect(preview.text).toContain('Notifies:** nobody');
    expect(preview.text).toContain(`<@&${town.guild.role('Notify: Announcements').id}>`);
    expect(preview.message?.content ?? '').toBe('');
    await town.moderator.press('Yes, discard it', await town.moderator.press('Discard', preview));
  });

  test('what was typed survives a form that cannot be posted, and says what to mend', async () => {
    const preview = await compose({}, { link: 'http://nrmp.org', image: 'https://user@evil.example/a.png' });
    expect(preview.text).toContain('Fix the points below before posting');
    expect(preview.text).toContain('The link cannot be used');
    expect(preview.text).toContain('The image address cannot be used');
    expect(preview.text).not.toContain('Post now\n');
    await town.moderator.press('Edit', preview);
    const again = await town.moderator.submit({ link: 'https://nrmp.org', image: '' });
    expect(again.text).toContain('Dr. Ali answers');
    await town.moderator.press('Post now', again);
    await arrived();
  });

  test('an edit changes the preview in place; a press from before it posts nothing, since it was not what was seen', async () => {
    const first = await compose();
    const before = /announce-post:[^"]+/.exec(JSON.stringify(first.message))![0];
    await town.moderator.press('Edit', first);
    const second = await town.moderator.submit({ title: 'Other hours' });
    expect(second).toMatchObject({ kind: 'update', message: { id: first.message!.id } });
    const answer = await town.moderator.forge({ customId: before, kind: 'button' });
    expect(answer.text).toContain('changed after you saw this preview');
    await town.moderator.press('Post now', second);
    expect((await arrived()).embeds[0]?.title).toBe('Other hours');
  });

  test('Arabic, Urdu and emoji are posted as they are typed, and nothing turns the words around them', async () => {
    const text = `نتائج Match يوم الجمعة 🩺\n\u202eخوش آمدید \u2067— (USMLE)\u200f ${'🎉'.repeat(1_000)}`;
    await town.moderator.press('Post now', await compose({}, { title: '\u202eالمواعيد\u2066', text }));
    const [card] = (await arrived()).embeds;
    expect(card?.title).toBe('المواعيد');
    expect(card?.description).toBe(text.replaceAll(/[\u202e\u2067]/g, ''));
  });

  test('two moderators who press at once post it once', async () => {
    const preview = await compose();
    const id = /announce-post:[^"]+/.exec(JSON.stringify(preview.message))![0];
    const other = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
    await other.slash('announce list');
    const answers = await Promise.all([
      town.moderator.press('Post now', preview),
      other.forge({ customId: id, kind: 'button' }),
    ]);
    const said = answers.map(({ text }) => /On its way|already/.exec(text)?.[0]);
    expect(new Set(said)).toEqual(new Set(['On its way', 'already']));
    await arrived();
    await pass(hour);
    expect(posted()).toHaveLength(1);
  });

  test('a draft and its preview survive a restart of the bot', async () => {
    const preview = await compose();
    await town.bot.stop();
    await town.start();
    expect((await town.moderator.slash('announce list')).text).toContain('Draft:** Office hours');
    await town.moderator.press('Post now', preview);
    await arrived();
  });

  test('a discarded draft is gone, and its buttons say so', async () => {
    const preview = await compose();
    const message = preview.message!;
    const post = /announce-post:[^"]+/.exec(JSON.stringify(message))![0];
    const asked = await town.moderator.press('Discard', preview);
    expect(asked.text).toContain('Discard it?');
    // Nothing is lost before the second press: the preview comes back with every word.
    const kept = await town.moderator.press('Keep it', asked);
    expect(kept.text).toContain('Office hours');
    const again = await town.moderator.press('Discard', kept);
    expect((await town.moderator.press('Yes, discard it', again)).text).toContain('Nothing was posted');
    const answer = await town.moderator.forge({ customId: post, kind: 'button', on: message });
    expect(answer.text).toContain('no longer there');
  });

  test('whoever is no moderator reaches none of it, not with forged buttons and forms either', async () => {
    const preview = await compose();
    const message = preview.message!;
    const [, id, revision] = /announce-post:(\w+):(\d+)/.exec(JSON.stringify(message))!;
    const member = town.guild.join({ name: 'Mallory' });
    await member.slash('inbox');
    for (const key of ['post', 'everyone', 'edit', 'discard', 'cancel', 'open', 'page']) {
      const customId = `announce-${key}:${id}:${revision}`;
      const answer = await member.forge({ customId, kind: 'button' });
      expect(answer.text).toContain('Only moderators');
    }
    const form = await member.forge({
      customId: `announce-form:${id}`,
      kind: 'modal',
      fields: { title: 'x', text: 'y' },
    });
    expect(form.text).toContain('Only moderators');
    expect((await town.moderator.slash('announce list')).text).toContain('Draft:** Office hours');
  });

  test('a draft of another community is nobody’s here', async () => {
    const preview = await compose();
    const other = town.sandbox.createGuild({ name: 'Elsewhere' });
    const stranger = other.join({ name: 'Sam', permissions: PermissionFlagsBits.ManageGuild });
    await setUp(stranger, { timezone: 'Asia/Karachi' });
    const id = /announce-post:[^"]+/.exec(JSON.stringify(preview.message))![0];
    expect((await stranger.forge({ customId: id, kind: 'button' })).text).toContain('no longer there');
    expect((await stranger.slash('announce list')).text).toContain('Nothing here yet');
  });
});

describe('what is said before anybody writes', () => {
  test('a channel in which the bot may not post is named with its fix', async () => {
    town.guild.denyBot(PermissionFlagsBits.EmbedLinks, channel());
    const answer = await compose();
    expect(answer.kind).toBe('message');
    expect(answer.text).toMatch(/I lack \*\*Embed Links\*\*.*Edit the channel/s);
  });

  test('nobody posts through the bot where they could not even look', async () => {
    town.guild.hideChannel(channel(), town.moderator);
    const answer = await compose();
    expect(answer.text).toContain('You cannot see');
  });

  test.each([
    [{ time: 'soon-ish' }, 'I do not understand “soon-ish”'],
    [{ time: '2020-01-01 09:00' }, 'in the past'],
    [{ time: '2126-01-01 09:00' }, 'further ahead than 365 days'],
    [{ repeat: 'now and then' }, 'I do not understand “now and then”'],
    [{ repeat: '* * * * *' }, 'more often than every 30 minutes'],
    [{ time: 'Mon 18:00', repeat: 'Mon 18:00' }, 'not both'],
    [{ crosspost: true }, 'isn’t an announcement channel'],
  ])('%o is refused: %s', async (options, why) => {
    const answer = await compose(options);
    expect(answer.text).toContain(why);
    expect((await town.moderator.slash('announce list')).text).toContain('Nothing here yet');
  });

  test('while a time is typed, autocomplete shows how it is understood', async () => {
    const choices = await town.moderator.complete('announce compose', 'time', 'in 2 hours', { channel: channel() });
    expect(choices[0]?.name).toMatch(/^\w+day, .* at \d\d:\d\d \(New York\)$/);
    const unknown = await town.moderator.complete('announce compose', 'time', 'whenever', { channel: channel() });
    expect(unknown[0]?.name).toContain('Not understood yet');
    const repeat = await town.moderator.complete('announce compose', 'repeat', 'Mon 18:00', { channel: channel() });
    expect(repeat[0]).toMatchObject({ value: '0 18 * * 1', name: expect.stringContaining('Next: Mon') });
  });
});

describe('whom it notifies', () => {
  const mayMention = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.MentionEveryone;

  test('a role that anybody may mention is notified, and nothing that the text says', async () => {
    const role = town.guild.createRole({ name: 'IMG 2027', mentionable: true });
    const other = town.guild.createRole({ name: 'Residents', mentionable: true });
    const text = `@everyone @here <@&${other.id}> <@${town.moderator.id}>`;
    const preview = await compose({ role }, { title: '@everyone', text });
    expect(preview.text).toContain(`everybody with <@&${role.id}>`);
    await town.moderator.press('Post now', preview);
    const message = await arrived();
    expect(message).toMatchObject({ mention_everyone: false, mention_roles: [role.id], mentions: [] });
  });

  test('a role that not everybody may mention needs Discord’s permission, of the moderator and of the bot', async () => {
    const role = town.guild.createRole({ name: 'Residents' });
    expect((await compose({ role })).text).toContain('You may not notify');
    const admin = town.guild.join({ name: 'Ada', permissions: mayMention });
    expect((await compose({ role }, {}, admin)).text).toContain('I may not notify');
    town.guild.allowBot(PermissionFlagsBits.MentionEveryone);
    const preview = await compose({ role }, {}, admin);
    await admin.press('Post now', preview);
    expect((await arrived()).mention_roles).toEqual([role.id]);
  });

  test('everyone is notified only with Discord’s permission and a second confirmation', async () => {
    expect((await compose({ everyone: true })).text).toContain('You may not notify everyone');
    const admin = town.guild.join({ name: 'Ada', permissions: mayMention });
    expect((await compose({ everyone: true }, {}, admin)).text).toContain('I may not notify everyone');
    town.guild.allowBot(PermissionFlagsBits.MentionEveryone);
    const preview = await compose({ everyone: true }, {}, admin);
    expect(preview.text).toContain('everyone in this server');
    const question = await admin.press('Post now', preview);
    expect(question.text).toContain('It cannot be taken back');
    await pass(0);
    expect(posted()).toHaveLength(0);
    await admin.press('Yes, notify everyone', question);
    expect(await arrived()).toMatchObject({ content: '@everyone', mention_everyone: true, mention_roles: [] });
  });

  test('the permission is looked at again when it is posted: a forged confirmation does not help', async () => {
    const admin = town.guild.join({ name: 'Ada', permissions: mayMention });
    town.guild.allowBot(PermissionFlagsBits.MentionEveryone);
    const preview = await compose({ everyone: true }, {}, admin);
    const [, id, revision] = /announce-post:(\w+):(\d+)/.exec(JSON.stringify(preview.message))!;
    const customId = `announce-everyone:${id}:${revision}`;
    const answer = await town.moderator.forge({ customId, kind: 'button' });
    expect(answer.text).toContain('You may not notify everyone');
    await pass(hour);
    expect(posted()).toHaveLength(0);
  });

  test('a change of words under a notification to everyone needs the permission, too', async () => {
    const admin = town.guild.join({ name: 'Ada', permissions: mayMention });
    town.guild.allowBot(PermissionFlagsBits.MentionEveryone);
    const preview = await compose({ everyone: true, time: 'in 2 hours' }, {}, admin);
    await admin.press('Yes, notify everyone', await admin.press('Schedule', preview));
    const [choice] = await town.moderator.complete('announce edit', 'announcement', 'office');
    await town.moderator.slash('announce edit', { announcement: String(choice!.value) });
    const changed = await town.moderator.submit({ text: 'Free visas for all' });
    expect(changed.text).toContain('You may not notify everyone');
    await pass(3 * hour);
    expect((await arrived()).embeds[0]?.description).toContain('Dr. Ali');
  });
});
