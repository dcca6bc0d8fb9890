/** Roles that were chosen at one time and are given at another: what they open is looked at when they are given. */
import { afterEach, describe, expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord.js';
import type { Actor, Role } from '../../sandbox/api.ts';
import { hour, register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
afterEach(() => town.close());

const has = (who: Actor, role: Role) => town.guild.rolesOf(who).includes(role.id);
const alerts = () =>
  town.moderator.messages(town.guild.channel('mentoring-staff')).map((message) => JSON.stringify(message.embeds));

async function registers(name: string): Promise<Actor> {
  const who = town.guild.join({ name });
  await register(who, 'mentee', {});
  await town.bot.tick();
  return who;
}

describe('a role that has come to moderate since the set-up', () => {
  test('is given to nobody who registers; moderators are told once, and it follows when they mended it', async () => {
    town = await openTown({ setUp: true });
    const role = town.guild.role('Mentee');
    town.guild.changeRole(role, { permissions: PermissionFlagsBits.BanMembers });
    const [first, second] = [await registers('Omar'), await registers('Sana')];
    expect([has(first, role), has(second, role)]).toEqual([false, false]);
    expect(alerts().filter((text) => text.includes('moderating permissions by now'))).toHaveLength(1);
    expect((await town.moderator.slash('setup check')).text).toContain('comes with moderating permissions');

    town.guild.changeRole(role, { permissions: 0n });
    await town.moderator.slash('setup check');
    await town.bot.tick();
    expect([has(first, role), has(second, role)]).toEqual([true, true]);
  });

  test('also where it moderates a single channel', async () => {
    town = await openTown({ setUp: true });
    const role = town.guild.role('Mentee');
    town.guild.allowIn(town.guild.channel('general'), role, PermissionFlagsBits.ManageMessages);
    expect(has(await registers('Omar'), role)).toBe(false);
    expect((await town.moderator.slash('setup check')).text).toContain('comes with moderating permissions');
  });

  test('a member cannot take it with /notify, but may still give it back', async () => {
    town = await openTown({ setUp: true });
    await town.moderator.press('Offer Tips', await town.moderator.slash('notify'));
    const role = town.guild.role('Notify: Tips');
    const noor = town.guild.join({ name: 'Noor' });
    const sana = town.guild.join({ name: 'Sana' });
    await sana.press('Tips: turn on', await sana.slash('notify'));
    await town.bot.tick();
    town.guild.changeRole(role, { permissions: PermissionFlagsBits.ManageMessages });
    expect((await noor.press('Tips: turn on', await noor.slash('notify'))).text).toContain('I give it to nobody');
    await sana.press('Tips: turn off', await sana.slash('notify'));
    await town.bot.tick();
    expect([has(noor, role), has(sana, role)]).toEqual([false, false]);
  });

  test('a wish for it from before is not carried out either', async () => {
    town = await openTown({ setUp: true });
    await town.moderator.press('Offer Tips', await town.moderator.slash('notify'));
    const role = town.guild.role('Notify: Tips');
    const noor = town.guild.join({ name: 'Noor' });
    const panel = await noor.slash('notify');
    const away = town.sandbox.fault({ kind: 'error', status: 503, route: /^PUT .*\/roles\//, times: Infinity });
    await noor.press('Tips: turn on', panel);
    await town.bot.tick();
    away.clear();
    town.guild.changeRole(role, { permissions: PermissionFlagsBits.KickMembers });
    town.sandbox.clock.advance(hour);
    await town.bot.tick();
    expect(has(noor, role)).toBe(false);
    expect(alerts().some((text) => text.includes('moderating permissions by now'))).toBe(true);
  });
});

describe('a role of the usual name for /notify', () => {
  test('that opens a channel is not offered by a moderator who gives no roles', async () => {
    town = await openTown({ setUp: true });
    const role = town.guild.createRole({ name: 'Notify: Tips', mentionable: true });
    town.guild.allowIn(town.guild.channel('mentoring-staff'), role, PermissionFlagsBits.ViewChannel);
    const answer = await town.moderator.press('Offer Tips', await town.moderator.slash('notify'));
    expect(answer.text).toContain('opens something that you may not give');
    expect((await town.guild.join({ name: 'Noor' }).slash('notify')).text).toMatch(/Tips:\*\* not offered/);
  });
});
