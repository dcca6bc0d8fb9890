/** A server, in a sandbox, whose posts come due: its outbox and its database, without a bot around them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'discord.js';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach } from 'vitest';
import type { Actor, Channel, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { parseConfig } from '../../src/config.ts';
import { upsertGuild } from '../../src/db/guilds.ts';
import { createClient } from '../../src/discord/client.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { openTestContext, type TestContext } from '../support/context.ts';
import { removePlace } from '../support/postgres/database.ts';

export let sandbox: Sandbox;
export let guild: GuildHandle;
/** A moderator, as whom the channels are read. */
export let reader: Actor;
export let staff: Channel;
export let ctx: TestContext;
export let outbox: Outbox;
/** Where the database is. */
export let file: string;

/** Opens such a server for each test of the file that calls this: on a Monday, 08:59 in Chicago. */
export function eachBeforeNine(): void {
  let client: Client;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preceptor-posting-'));
    file = join(folder, 'preceptor.db');
    sandbox = await startSandbox({ startAt: Date.parse('2026-11-23T14:59:00Z') });
    guild = sandbox.createGuild({ name: 'IMG Commons' });
    reader = guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
    staff = guild.createChannel({ name: 'staff' });
    const config = { DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.apiUrl, LOG_LEVEL: 'silent' };
    ctx = Object.assign(await openTestContext({ file }), {
      config: parseConfig(config),
      now: () => new Date(sandbox.clock.now()).toISOString(),
    });
    const settings = { zone: 'America/Chicago', set_up_at: ctx.now(), staff_channel_id: staff.id };
    await upsertGuild(ctx.db, { id: guild.id, ...settings });
    client = createClient(ctx.config);
    outbox = createOutbox(ctx, client);
  });
  afterEach(async () => {
    await outbox.stop();
    await client.destroy();
    await ctx.db.destroy();
    await sandbox.close();
    rmSync(folder, { recursive: true });
    await removePlace(file);
  });
}
