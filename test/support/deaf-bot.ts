/**
 * Delivery alone beside a local Discord: no gateway tells the bot anything, so whatever it knows of permissions, roles
 * and members it has asked for.
 */
import { createClient } from '../../src/discord/client.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { parseConfig } from '../../src/config.ts';
import { upsertGuild } from '../../src/db/guilds.ts';
import type { GuildHandle, GuildSpec, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { openTestContext, type TestContext } from './context.ts';
import { testStart } from './time.ts';

interface DeafBot {
  readonly sandbox: Sandbox;
  readonly guild: GuildHandle;
  readonly ctx: TestContext;
  readonly outbox: Outbox;
  close(): Promise<void>;
}

/** @param settings of the guild, by what the test made in it. */
export async function openDeafBot(
  spec: Partial<GuildSpec>,
  settings: (guild: GuildHandle) => Partial<Parameters<typeof upsertGuild>[1]>,
): Promise<DeafBot> {
  const sandbox = await startSandbox({ startAt: Date.parse(testStart) });
  const guild = sandbox.createGuild({ name: 'IMG Commons', ...spec });
  const config = { DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.apiUrl, LOG_LEVEL: 'silent' };
  const ctx = Object.assign(await openTestContext(), {
    config: parseConfig(config),
    now: () => new Date(sandbox.clock.now()).toISOString(),
  });
  await upsertGuild(ctx.db, { id: guild.id, zone: 'America/Chicago', set_up_at: ctx.now(), ...settings(guild) });
  const client = createClient(ctx.config);
  const outbox = createOutbox(ctx, client);
  return {
    sandbox,
    guild,
    ctx,
    outbox,
    async close() {
      await outbox.stop();
      await client.destroy();
      await ctx.db.destroy();
      await sandbox.close();
      sandbox.assertNoRefusals();
    },
  };
}
