import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Answer, APIMessage, OptionValue } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

const newsType = 5;
/** Discord's codes for what it refuses. */
const missingPermissions = 50_013;
const unknownChannel = 10_003;
const hour = 3_600_000;

let town: Town;
beforeEach(async () => {
  town = await openTown({ setUp: true });
});
afterEach(async () => await town.close());

const channel = () => town.guild.channel('announcements');

/** What stands in a channel from the bot, for everybody. */
function posted(name = 'announcements'): APIMessage[] {
  return town.moderator
    .messages(name)
    .filter(({ author, flags = 0 }) => author.id === town.sandbox.botUserId && (flags & MessageFlags.Ephemeral) === 0);
}

/** Composes up to the preview. */
async function compose(
  options: Readonly<Record<string, OptionValue>> = {},
  fields: Readonly<Record<string, string>> = {},
  by: Actor = town.moderator,
): Promise<Answer> {
  const form = await by.slash('announce compose', { channel: channel(), ...options });
  if (form.kind !== 'modal') return form;
  return await by.submit({ title: 'Office hours', text: 'Dr. Ali answers on **Monday**.', ...fields });
}

async function arrived(count = 1): Promise<APIMessage> {
  await town.sandbox.until(`${count} announcements`, () => posted().length === count);
  // Discord has it before the bot has written that down.
  await town.bot.tick();
  return posted().at(-1)!;
}

/** Lets time pass, and the outbox do what came due. */
async function pass(ms: number): Promise<void> {
  town.sandbox.clock.advance(ms);
  await town.bot.tick();
}

/** Lets whole days pass, with a look every few hours: what is more than six hours late is not posted. */
async function passDays(days: number): Promise<void> {
  for (let step = 0; step < days * 8; step += 1) await pass(3 * hour);
}

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

describe('at a time', () => {
  test('is posted when its time comes, and shown in the zone of the guild and of the moderator', async () => {
    await town.moderator.slash('register mentee', { timezone: 'Asia/Karachi' });
    await town.moderator.press('I agree');
    await town.moderator.submit({
      Specialties: ['internal-medicine'],
      Stage: ['applying'],
      Languages: ['en'],
      Topics: ['interviews'],
      'About you': 'Moderator and mentee.',
    });
    const preview = await compose({ time: 'in 2 hours' });
    expect(preview.text).toMatch(/<t:\d+:F>.*New York.*Karachi/s);
    expect((await town.moderator.press('Schedule', preview)).text).toContain('Scheduled');
    await pass(hour);
    expect(posted()).toHaveLength(0);
    await pass(hour);
    await arrived();
    expect((await town.moderator.slash('announce list')).text).toContain('Posted:** Office hours');
  });

  test('is called off for good; what is posted stays, and can be changed', async () => {
    const preview = await compose({ time: 'in 2 hours' });
    await town.moderator.press('Schedule', preview);
    const [choice] = await town.moderator.complete('announce cancel', 'announcement', '');
    const announcement = String(choice!.value);
    // What is opened from the list leads back to it.
    const opened = await town.moderator.press('Open 1', await town.moderator.slash('announce list'));
    expect((await town.moderator.press('Back', opened)).text).toContain('Scheduled:** Office hours');
    expect((await town.moderator.slash('announce cancel', { announcement })).text).toContain('will not be posted');
    expect((await town.moderator.slash('announce cancel', { announcement })).text).toContain('called off already');
    await pass(3 * hour);
    expect(posted()).toHaveLength(0);

    await town.moderator.press('Post now', await compose());
    await arrived();
    const [other] = await town.moderator.complete('announce cancel', 'announcement', '');
    const answer = await town.moderator.slash('announce cancel', { announcement: String(other!.value) });
    expect(answer.text).toContain('cannot be taken back');
  });

  test('another time, and other words, count from when they are confirmed', async () => {
    await town.moderator.press('Schedule', await compose({ time: 'in 2 hours' }));
    const [choice] = await town.moderator.complete('announce edit', 'announcement', '');
    await town.moderator.slash('announce edit', { announcement: String(choice!.value), time: 'in 5 hours' });
    const preview = await town.moderator.submit({ title: 'Later hours' });
    expect((await town.moderator.press('Save the change', preview)).text).toContain('Changed');
    await pass(3 * hour);
    expect(posted()).toHaveLength(0);
    await pass(2 * hour);
    expect((await arrived()).embeds[0]?.title).toBe('Later hours');
  });

  test('more than six hours late it is not posted: its author is asked first', async () => {
    await town.moderator.press('Schedule', await compose({ time: 'in 2 hours' }));
    await town.bot.stop();
    town.sandbox.clock.advance(9 * hour);
    await town.start();
    await pass(60_000);
    expect(posted()).toHaveLength(0);
    const dm = await town.sandbox.until('word to the author', () => town.moderator.dms().at(-1));
    expect(JSON.stringify(dm)).toContain('too late to post it');
    const list = await town.moderator.slash('announce list');
    const entry = await town.moderator.press('Open 1', list);
    await town.moderator.press('Post again', entry);
    await arrived();
  });
});

describe('again and again', () => {
  test('is posted at each of its times, changed for the next one, and ended', async () => {
    const preview = await compose({ repeat: 'daily 09:00' });
    expect(preview.text).toMatch(/repeating.*New York/s);
    expect(preview.text.match(/09:00 there/g)).toHaveLength(3);
    expect((await town.moderator.press('Schedule', preview)).text).toContain('Scheduled to repeat');
    await passDays(1);
    await arrived();
    const [choice] = await town.moderator.complete('announce edit', 'announcement', '');
    const announcement = String(choice!.value);
    await town.moderator.slash('announce edit', { announcement });
    const changed = await town.moderator.submit({ title: 'New hours' });
    expect((await town.moderator.press('Save the change', changed)).text).toContain('From the next time on');
    await passDays(1);
    await arrived(2);
    expect(posted().map(({ embeds }) => embeds[0]?.title)).toEqual(['Office hours', 'New hours']);
    expect((await town.moderator.slash('announce list')).text).toContain('repeats, next');
    expect((await town.moderator.slash('announce cancel', { announcement })).text).toContain('Ended');
    await passDays(2);
    expect(posted()).toHaveLength(2);
  });

  test('is taken off the schedules when it is called off', async () => {
    await town.moderator.press('Schedule', await compose({ repeat: 'Mon 09:00' }));
    const entry = await town.moderator.press('Open 1', await town.moderator.slash('announce list'));
    const asked = await town.moderator.press('Call it off', entry);
    expect((await town.moderator.slash('announce list')).text).not.toContain('Called off');
    expect((await town.moderator.press('Yes, call it off', asked)).text).toContain('Ended');
    expect((await town.moderator.slash('announce list')).text).toContain('Called off:** Office hours');
  });
});

describe('after it is posted', () => {
  test('a change edits the message and notifies nobody', async () => {
    const role = town.guild.createRole({ name: 'IMG 2027', mentionable: true });
    await town.moderator.press('Post now', await compose({ role }));
    const before = await arrived();
    const [choice] = await town.moderator.complete('announce edit', 'announcement', 'hours');
    await town.moderator.slash('announce edit', { announcement: String(choice!.value) });
    const preview = await town.moderator.submit({ text: 'Dr. Ali answers on Tuesday.' });
    expect(preview.text).toContain('An edit notifies nobody');
    expect(posted()[0]?.embeds[0]?.description).toContain('Monday');
    await town.moderator.press('Save the change', preview);
    await town.sandbox.until('the edit', () => posted()[0]?.embeds[0]?.description?.includes('Tuesday'));
    await town.bot.tick();
    expect(posted()).toHaveLength(1);
    expect(posted()[0]).toMatchObject({ id: before.id, content: `<@&${role.id}>` });
    const edits = town.sandbox.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith(before.id));
    expect(edits).toHaveLength(1);
    expect(edits[0]?.body).toMatchObject({ allowed_mentions: { parse: [] } });
  });

  describe('and its message was deleted', () => {
    const remove = async () => {
      await town.moderator.press('Post now', await compose());
      const { id, channel_id: channelId } = await arrived();
      await fetch(`${town.sandbox.apiUrl}/v10/channels/${channelId}/messages/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bot ${town.sandbox.token}` },
      });
      const [choice] = await town.moderator.complete('announce edit', 'announcement', 'hours');
      return String(choice?.value);
    };

    test('whoever saves a change reads that there is nothing to change, and the list says so', async () => {
      const announcement = await remove();
      await town.moderator.slash('announce edit', { announcement });
      const saved = await town.moderator.press(
        'Save the change',
        await town.moderator.submit({ title: 'Other hours' }),
      );
      expect(saved.text).toContain('somebody deleted it');
      expect((await town.moderator.slash('announce list')).text).toContain('its message was deleted since');
      const again = await town.moderator.slash('announce edit', { announcement });
      expect([again.kind, again.text.includes('somebody deleted it')]).toEqual(['message', true]);
      town.sandbox.expectRefusal(({ code }) => code === 10_008);
    });

    test('its author hears of it when that shows only afterwards', async () => {
      const announcement = await remove();
      await town.moderator.slash('announce edit', { announcement });
      const preview = await town.moderator.submit({ title: 'Other hours' });
      // Discord does not say at that moment whether it is there.
      town.sandbox.fault({ kind: 'error', status: 503, route: /^GET .*\/messages\/\d+$/, times: 10 });
      expect((await town.moderator.press('Save the change', preview)).text).toContain('follows in a moment');
      await pass(60_000);
      expect(JSON.stringify(town.moderator.dms())).toContain('is no longer there');
      town.sandbox.expectRefusal(({ code }) => code === 10_008);
    });
  });

  test('of two changes made from the same words the second is not lost silently', async () => {
    await town.moderator.press('Post now', await compose());
    await arrived();
    const [choice] = await town.moderator.complete('announce edit', 'announcement', 'hours');
    const announcement = String(choice!.value);
    const other = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
    await town.moderator.slash('announce edit', { announcement });
    const mine = await town.moderator.submit({ title: 'Mine' });
    await other.slash('announce edit', { announcement });
    const theirs = await other.submit({ title: 'Theirs' });
    await town.moderator.press('Save the change', mine);
    expect((await other.press('Save the change', theirs)).text).toContain('changed after you saw');
    await town.sandbox.until('the edit', () => posted()[0]?.embeds[0]?.title === 'Mine');
  });

  test('in an announcement channel it is published to followers, if asked', async () => {
    const news = town.guild.createChannel({ name: 'news', type: newsType });
    await town.moderator.press('Post now', await compose({ channel: news, crosspost: true }));
    await town.sandbox.until('the post', () => posted('news').length === 1);
    await town.sandbox.until('publishing', () =>
      town.sandbox.requests.some(({ path, status }) => path.endsWith('/crosspost') && status === 200),
    );
  });
});

describe('what cannot be posted', () => {
  test('its author hears why, and posts it again after mending', async () => {
    const general = town.guild.channel('general');
    await town.moderator.press('Schedule', await compose({ time: 'in 2 hours', channel: general }));
    town.guild.denyBot(PermissionFlagsBits.SendMessages, general);
    await pass(2 * hour);
    const dm = await town.sandbox.until('word to the author', () => town.moderator.dms().at(-1));
    expect(JSON.stringify(dm)).toContain('I may not post in its channel');
    const entry = await town.moderator.press('Open 1', await town.moderator.slash('announce list'));
    expect(entry.text).toContain('I lack **Send Messages**');
    town.guild.allowBot(PermissionFlagsBits.SendMessages, general);
    const mended = await town.moderator.press('Open 1', await town.moderator.slash('announce list'));
    await town.moderator.press('Post again', mended);
    await town.sandbox.until('the post', () => posted('general').length === 1);
    await town.bot.tick();
    expect((await town.moderator.slash('announce list')).text).toContain('Posted:** Office hours');
    town.sandbox.expectRefusal(({ code }) => code === missingPermissions);
  });

  test('it is posted after all once that is possible, and its author reads so in place of why it was not', async () => {
    const general = town.guild.channel('general');
    await town.moderator.press('Schedule', await compose({ time: 'in 2 hours', channel: general }));
    town.guild.denyBot(PermissionFlagsBits.SendMessages, general);
    await pass(2 * hour);
    const dm = await town.sandbox.until('word to the author', () => town.moderator.dms().at(-1));
    expect(JSON.stringify(dm)).toContain('I also try by myself');
    town.guild.allowBot(PermissionFlagsBits.SendMessages, general);
    await pass(hour);
    await pass(60_000);
    expect(posted('general')).toHaveLength(1);
    expect(town.moderator.dms()).toHaveLength(1);
    expect(JSON.stringify(town.moderator.dms())).toContain('was posted after all');
    expect((await town.moderator.slash('announce list')).text).toContain('Posted:** Office hours');
    town.sandbox.expectRefusal(({ code }) => code === missingPermissions);
  });

  test('its author reads why in a direct message that names no command, and leads to it by a button', async () => {
    const doomed = town.guild.createChannel({ name: 'doomed' });
    await town.moderator.press('Schedule', await compose({ time: 'in 2 hours', channel: doomed }));
    town.guild.deleteChannel(doomed);
    await pass(2 * hour);
    const letter = await town.sandbox.until('the letter', () =>
      town.moderator.dms().find((message) => JSON.stringify(message).includes('was not posted')),
    );
    expect(JSON.stringify(letter)).not.toContain('`/');
    const list = await town.moderator.press('Show announcements', letter);
    expect(list.text).toContain('Office hours');
    expect((await town.moderator.press('Open 1', list)).text).toContain('Not posted');
  });

  test('called off while the bot still tries, it is not posted', async () => {
    const general = town.guild.channel('general');
    await town.moderator.press('Schedule', await compose({ time: 'in 2 hours', channel: general }));
    town.guild.denyBot(PermissionFlagsBits.SendMessages, general);
    await pass(2 * hour);
    const entry = await town.moderator.press('Open 1', await town.moderator.slash('announce list'));
    await town.moderator.press('Yes, call it off', await town.moderator.press('Call it off', entry));
    town.guild.allowBot(PermissionFlagsBits.SendMessages, general);
    await pass(hour);
    await pass(6 * hour);
    expect(posted('general')).toEqual([]);
    town.sandbox.expectRefusal(({ code }) => code === missingPermissions);
  });

  test('more than six hours late the bot no longer tries', async () => {
    const general = town.guild.channel('general');
    await town.moderator.press('Schedule', await compose({ time: 'in 2 hours', channel: general }));
    town.guild.denyBot(PermissionFlagsBits.SendMessages, general);
    for (let i = 0; i < 9; i += 1) await pass(hour);
    town.guild.allowBot(PermissionFlagsBits.SendMessages, general);
    for (let i = 0; i < 9; i += 1) await pass(hour);
    expect(posted('general')).toEqual([]);
    expect((await town.moderator.slash('announce list')).text).toContain('I may not post in its channel any more');
    town.sandbox.expectRefusal(({ code }) => code === missingPermissions);
  });

  test('an author with closed direct messages finds it in the inbox', async () => {
    town.guild.closeDms(town.moderator);
    await town.moderator.press('Schedule', await compose({ time: 'in 2 hours' }));
    town.guild.deleteChannel(channel());
    await pass(2 * hour);
    await pass(60_000);
    const inbox = await town.moderator.slash('inbox');
    expect(inbox.text).toContain('Your announcement was not posted');
    expect(inbox.text).toContain('its channel was deleted');
    town.sandbox.expectRefusal(({ code }) => code === unknownChannel);
  });
});
