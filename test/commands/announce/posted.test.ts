/** When an announcement is posted, what changes it after, and what keeps it from being posted. */
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { arrived, channel, compose, eachInTown, hour, pass, passDays, posted, town } from './support.ts';

const newsType = 5;
/** Discord's codes for what it refuses. */
const missingPermissions = 50_013;
const unknownChannel = 10_003;

eachInTown();

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
