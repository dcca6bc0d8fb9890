import { afterEach, beforeEach, expect, test } from 'vitest';
import type { APIMessage, Channel } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';

const rol = 'rank-list-2027';
let town: Town;
let dates: Channel;
beforeEach(async () => {
  town = await openTown({ setUp: true, env: { ACTS_AT_ONCE: '0' } });
  await town.moderator.slash('setup start', { timezone: 'Asia/Karachi' });
  dates = town.guild.createChannel({ name: 'dates' });
});
afterEach(() => town.close());

const to = async (at: string): Promise<void> => {
  town.sandbox.clock.advance(Date.parse(at) - town.sandbox.clock.now());
  await town.bot.tick();
};
const posts = (): readonly APIMessage[] =>
  town.moderator.messages(dates).filter(({ author }) => author.id === town.sandbox.botUserId);
const shown = () => posts().map((message) => JSON.stringify(message.embeds));
const staff = () => JSON.stringify(town.moderator.messages('mentoring-staff'));

/** A moderator reads a day, as the content has it or, with another, in its place. */
async function read(day: string, by = town.moderator): Promise<string> {
  await by.press('Enter what I read', await by.slash('deadlines confirm', { date: rol }));
  return (await by.submit({ day, hour: '9 pm' })).text;
}

/** Posts go to the channel at eight by the clock of Karachi, where the list is due on March 4 at seven in the morning. */
const switchOn = () => town.moderator.slash('setup reminders', { channel: dates, hour: 8 });

test('nothing is posted for everybody before a moderator chose a channel, nor after they ended it', async () => {
  expect((await town.moderator.slash('setup reminders')).text).toContain('not posted for everybody');
  expect((await town.moderator.slash('setup reminders', { post: true })).text).toContain('I need a channel');
  await to('2027-01-25T00:00:00.000Z');
  await read('March 3, 2027');
  await to('2027-02-02T03:00:00.000Z');
  expect((await switchOn()).text).toContain(`posted in <#${dates.id}> at 08:00 by this server’s clock`);
  // Today's hour was over then: it begins with the next.
  await to('2027-02-02T04:00:00.000Z');
  expect(posts()).toHaveLength(0);
  expect((await town.moderator.slash('setup reminders', { post: false })).text).toContain('not posted for everybody');
  await read('March 3, 2027');
  await to('2027-02-25T03:00:00.000Z');
  expect(posts()).toHaveLength(0);
  expect(staff()).not.toContain('gone');
});

test('each announced date is posted once 30, 7 and 1 days before, at the hour of the server, to whoever took the role', async () => {
  await switchOn();
  await town.moderator.press('Offer Deadlines', await town.moderator.slash('notify'));
  const said = () => town.sandbox.requests.some(({ body }) => JSON.stringify(body ?? '').includes('Offered: members'));
  await town.sandbox.until('the role is offered', said);
  const role = town.guild.role('Notify: Deadlines');
  await to('2027-01-25T00:00:00.000Z');
  await read('March 3, 2027');
  await to('2027-02-02T02:59:00.000Z');
  expect(posts()).toHaveLength(0);
  // The answer is lost, the process ends, and both beats see the same day.
  town.sandbox.fault({ kind: 'cut', route: /messages$/, afterEffect: true });
  await to('2027-02-02T03:00:00.000Z');
  await town.bot.stop();
  await town.start();
  await to('2027-02-02T03:20:00.000Z');
  expect(shown()).toHaveLength(1);
  // In another zone it is another day, of which the same would have to be said.
  await town.moderator.slash('setup start', { timezone: 'America/New_York' });
  await town.moderator.slash('setup reminders', { hour: 12 });
  await to('2027-02-02T03:40:00.000Z');
  await town.moderator.slash('setup start', { timezone: 'Asia/Karachi' });
  await switchOn();
  await to('2027-02-02T06:00:00.000Z');
  expect(shown()).toHaveLength(1);
  expect(shown()[0]).toContain('**Rank order list is due** in 30 days');
  expect(shown()[0]).toContain('Wednesday, March 3, 2027 at 21:00 (America/New_York)');
  expect(shown()[0]).toContain('https://www.nrmp.org/match-calendars/');
  expect(posts()[0]!.mention_roles).toEqual([role.id]);
  // On the day before it is stale nobody hears of it; read again, it is.
  await to('2027-02-24T00:00:00.000Z');
  await read('March 3, 2027');
  await to('2027-02-25T03:00:00.000Z');
  await to('2027-02-26T00:00:00.000Z');
  await read('March 3, 2027');
  await to('2027-03-03T03:00:00.000Z');
  await to('2027-03-04T03:00:00.000Z');
  expect(shown().map((text) => /in \d+ days?/.exec(text)?.[0])).toEqual(['in 30 days', 'in 7 days', 'in 1 day']);
  const sana = town.guild.join({ name: 'Sana' });
  const mine = await sana.press('My dates', posts()[0]);
  expect(mine.ephemeral).toBe(true);
  expect(mine.text).toContain('Dates of the 2027 Match');
  expect(shown()[0]).toContain('in 30 days');
});

test('what is only expected, was not looked at lately, comes too late or falls into Match Week is not posted', async () => {
  await switchOn();
  const expected = ['2027-02-02', '2027-02-25', '2027-03-03'].map((day) => `${day}T03:00:00.000Z`);
  await to(expected[0]!);
  await read('March 3, 2027');
  await to('2027-02-25T15:01:00.000Z');
  await to('2027-03-03T15:01:00.000Z');
  await to('2027-03-12T03:00:00.000Z');
  for (const by of [town.moderator, town.guild.join({ name: 'Omar', permissions: 0x20n })]) {
    await read('March 23, 2027', by);
  }
  await to('2027-03-17T03:00:00.000Z');
  expect(posts()).toHaveLength(0);
  await to('2027-03-20T03:00:00.000Z');
  await read('March 23, 2027');
  await to('2027-03-23T03:00:00.000Z');
  expect(shown()).toHaveLength(1);
  expect(shown()[0]).toContain('in 1 day');
});

test('a date that moves is corrected where it was named, and posted anew; one that is withdrawn says so', async () => {
  await switchOn();
  const other = town.guild.join({ name: 'Omar', permissions: 0x20n });
  await to('2027-01-25T00:00:00.000Z');
  await read('March 3, 2027');
  await to('2027-02-02T02:30:00.000Z');
  expect(posts()).toHaveLength(0);
  // In Dhaka it is past eight.
  await town.moderator.slash('setup start', { timezone: 'Asia/Dhaka' });
  await town.bot.tick();
  await read('March 10, 2027');
  await read('March 10, 2027', other);
  await town.bot.tick();
  expect(shown()).toHaveLength(1);
  expect(shown()[0]).toMatch(/Was: .*March 3, 2027.*Is now: .*March 10, 2027/);
  await to('2027-02-09T03:00:00.000Z');
  expect(shown()).toHaveLength(2);
  expect(shown()[1]).toContain('March 10, 2027');
  for (const by of [town.moderator, other]) await by.slash('deadlines correct', { date: rol, withdrawn: true });
  await town.bot.tick();
  for (const text of shown()) expect(text).toContain('The authority has withdrawn it');
  await to('2027-03-04T03:00:00.000Z');
  expect(shown()).toHaveLength(2);
});

test('when its channel is deleted moderators hear it once, and another channel gets what is still in time', async () => {
  await switchOn();
  await to('2027-01-25T00:00:00.000Z');
  await read('March 3, 2027');
  town.guild.deleteChannel(dates);
  await town.sandbox.until('moderators hear of it', () => staff().includes('dates that come nearer'));
  expect((await town.moderator.slash('setup check')).text).toContain('dates that come nearer are posted is gone');
  await to('2027-02-02T03:00:00.000Z');
  await to('2027-02-02T04:00:00.000Z');
  expect(staff().split('for dates with').length - 1).toBe(1);
  dates = town.guild.createChannel({ name: 'dates-again' });
  await switchOn();
  await to('2027-02-02T05:00:00.000Z');
  expect(shown()).toHaveLength(1);
  expect((await town.moderator.slash('setup check')).text).not.toContain('dates that come nearer');
});
