import { PermissionFlagsBits } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { findGuild } from '../../src/db/guilds.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

let town: Town;
afterEach(async () => await town.close());

async function leftAt(): Promise<string | null | undefined> {
  const db = await openDatabase(town.database);
  try {
    return (await findGuild(db, town.guild.id))?.left_at;
  } finally {
    await db.destroy();
  }
}

test('a guild that removes the bot is marked as left', async () => {
  town = await openTown({ setUp: true });
  expect(await leftAt()).toBeNull();
  town.guild.kickBot();
  await expect.poll(leftAt).toEqual(expect.any(String));
});

test('a guild that removed the bot while it was away is marked at the next start', async () => {
  town = await openTown({ setUp: true });
  await town.bot.stop();
  town.guild.kickBot();
  await town.start();
  expect(await leftAt()).toEqual(expect.any(String));
});

test('a guild that removed the bot while its session was gone is marked with the next one', async () => {
  town = await openTown({ setUp: true });
  const other = town.sandbox.createGuild({ name: 'Another' });
  town.sandbox.dropGateway('invalid');
  town.guild.kickBot();
  await expect.poll(leftAt).toEqual(expect.any(String));
  // The others are there as before.
  const moderator = other.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
  expect((await setUp(moderator, { timezone: 'America/New_York' })).text).toContain('set up');
});

test('a deleted role that is in use is told to the moderators in the staff channel', async () => {
  town = await openTown({ setUp: true });
  const admin = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.Administrator });
  const { guild, sandbox } = town;
  const staff = guild.channel('mentoring-staff');
  const response = await fetch(`${sandbox.apiUrl}/v10/guilds/${guild.id}/roles/${guild.role('Mentee').id}`, {
    method: 'DELETE',
    headers: { authorization: `Bot ${sandbox.token}` },
  });
  expect(response.status).toBe(204);
  await sandbox.until('an alert', () => admin.messages(staff).length === 1);
});
