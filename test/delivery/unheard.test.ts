import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Channel } from '../../sandbox/api.ts';
import { openDatabase } from '../../src/db/open.ts';
import { day, hour, register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown({ setUp: true });
});
afterEach(async () => {
  town.sandbox.expectRefusal(({ code }) => [10_003, 50_001, 50_013, 50_007, 50_278].includes(code));
  await town.close();
});

const staff = (): Channel => town.guild.channel('mentoring-staff');
const owner = (): Actor => town.guild.as('Owner of IMG Commons');
const hint = /could not post it in the staff channel/;
async function pass(ms: number, step = ms): Promise<void> {
  for (let left = ms; left > 0; left -= step) {
    town.sandbox.clock.advance(Math.min(step, left));
    await town.bot.tick();
  }
}
/** The staff channel is deleted, and the bot has found out that it cannot tell anybody there. */
async function deleteStaffChannel(...others: readonly Channel[]): Promise<void> {
  const { id } = staff();
  for (const channel of [staff(), ...others]) town.guild.deleteChannel(channel);
  const tried = () => town.sandbox.requests.filter(({ path, status }) => path === `/channels/${id}/messages` && status === 404).length; // prettier-ignore
  await town.sandbox.until('the alerts to be tried', () => tried() > others.length);
  await town.bot.tick();
}
/** A moderator plans an announcement and is gone before its time; its channel goes as well. */
async function planAndLeave(): Promise<void> {
  const noor = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
  const news = town.guild.createChannel({ name: 'news' });
  await noor.slash('announce compose', { channel: news, time: 'in 2 hours' });
  await noor.press('Schedule', await noor.submit({ Title: 'Match panel', Text: 'On Saturday.' }));
  noor.leave();
  await pass(hour);
  town.guild.deleteChannel(news);
  await pass(2 * hour, hour);
}

describe('when the staff channel is gone', () => {
  test('the next command of a moderator says so before its answer, whichever it is, and once', async () => {
    await deleteStaffChannel();
    const member = town.guild.join({ name: 'Sana' });
    await register(member, 'mentee', {});
    expect((await member.slash('profile show')).text).not.toMatch(hint);
    const first = await town.moderator.slash('schedule list');
    expect(first.text).toMatch(hint);
    expect(first.text).toContain('The staff channel was deleted');
    expect(first.text).toContain('2 schedules');
    expect((await town.moderator.slash('schedule list')).text).not.toMatch(hint);
    await pass(3 * day, hour);
    expect(owner().dms()).toEqual([]);
  });

  test('what is to be mended is told along with it, and a form does not use it up', async () => {
    await deleteStaffChannel(town.guild.channel('tips'));
    expect((await town.moderator.slash('announce compose')).kind).toBe('modal');
    const { text } = await town.moderator.slash('mentors queue');
    expect(text).toContain('The staff channel was deleted');
    expect(text).toContain('The channel that was set for tips');
  });

  test('the owner hears of it after a day without any command, once, and the next moderator as well', async () => {
    await deleteStaffChannel();
    await pass(20 * hour, hour);
    expect(owner().dms()).toEqual([]);
    await pass(5 * day, hour);
    expect(owner().dms()).toHaveLength(1);
    expect(JSON.stringify(owner().dms()[0])).toMatch(/The staff channel was deleted.*IMG Commons|IMG Commons.*The staff channel was deleted/s); // prettier-ignore
    expect((await town.moderator.slash('announce list')).text).toMatch(hint);
    expect((await town.moderator.slash('announce list')).text).not.toMatch(hint);
  });

  test('an owner who takes no messages does not end the chain', async () => {
    town.guild.closeDms(owner());
    await deleteStaffChannel();
    await pass(3 * day, hour);
    expect((await town.moderator.slash('announce list')).text).toMatch(hint);
  });

  test('nobody hears of what another channel has mended before they looked', async () => {
    await deleteStaffChannel();
    const other = town.guild.createChannel({ name: 'moderators' });
    expect((await setUp(town.moderator, { staff: other })).text).not.toMatch(/\bwas deleted/);
    await pass(2 * day, hour);
    expect((await town.moderator.slash('schedule list')).text).not.toMatch(hint);
    expect(town.moderator.messages(other)).toEqual([]);
    expect(owner().dms()).toEqual([]);
  });
});

describe('when a moderator is gone who should hear', () => {
  test('that their announcement was not posted, the others read it in the staff channel', async () => {
    await planAndLeave();
    const told = town.moderator.messages(staff()).map((message) => JSON.stringify(message));
    expect(told.filter((text) => text.includes('An announcement for'))).toHaveLength(1);
  });

  test('and the staff channel as well, whoever uses a command next reads it there', async () => {
    await deleteStaffChannel();
    await planAndLeave();
    expect((await town.moderator.slash('mentors queue')).text).toContain('An announcement for');
  });

  test('that a round was interrupted, the others read it in the staff channel', async () => {
    const noor = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
    const db = await openDatabase(town.database);
    const at = new Date(town.sandbox.clock.now()).toISOString();
    const round = { id: 'round0000001', guild_id: town.guild.id, created_by: noor.id, created_at: at };
    await db
      .insertInto('rounds')
      .values({ ...round, state: 'computing', floor: 0, beat_at: at })
      .execute();
    await db.destroy();
    noor.leave();
    await pass(2 * hour, hour);
    const told = town.moderator.messages(staff()).map((message) => JSON.stringify(message));
    expect(told.filter((text) => text.includes('was interrupted'))).toHaveLength(1);
  });

  test('with closed direct messages, both their inbox and the others have it', async () => {
    const noor = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild, acceptsDms: false });
    const news = town.guild.createChannel({ name: 'news' });
    await noor.slash('announce compose', { channel: news, time: 'in 2 hours' });
    await noor.press('Schedule', await noor.submit({ Title: 'Match panel', Text: 'On Saturday.' }));
    town.guild.deleteChannel(news);
    await pass(3 * hour, hour);
    expect((await noor.slash('inbox')).text).toContain('Match panel');
    expect(JSON.stringify(town.moderator.messages(staff()))).toContain('An announcement for');
  });
});
