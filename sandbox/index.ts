/** A local Discord in this process: REST and gateway on 127.0.0.1, and people to act in it. Start here. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Sandbox, SandboxOptions } from './api.ts';
import { Clock } from './clock.ts';
import { Faults } from './faults.ts';
import { Gateway } from './gateway/index.ts';
import { privilegedIntents } from './gateway/intents.ts';
import { SandboxGuild } from './guild-handle.ts';
import { RefusalLog } from './refusals.ts';
import { createRest } from './rest/index.ts';
import { until } from './until.ts';
import { createGuild, invitePermissions } from './world/guilds.ts';
import { archiveStaleThreads } from './world/threads.ts';
import { World } from './world/world.ts';

export { invitePermissions } from './world/guilds.ts';
export { textOfMessage } from './people/text.ts';
export type * from './api.ts';

const readyWithinMs = 15_000;

/** For what shows a whole Discord, as the page does; tests and demos have the handles of `api.ts`. */
const worlds = new WeakMap<Sandbox, World>();

/** Everything that is in a sandbox. @throws when it is not one that `startSandbox` made. */
export function worldOf(sandbox: Sandbox): World {
  const world = worlds.get(sandbox);
  if (!world) throw new Error('this sandbox was not made by startSandbox');
  return world;
}

/** Starts a local Discord with one application and no guilds yet. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new Clock(options.startAt);
  const world = new World({
    clock,
    botName: options.botName ?? 'Preceptor',
    privilegedIntents: options.privilegedIntents ?? privilegedIntents,
    reactionMs: options.reactionMs ?? 20,
  });
  const token = options.token ?? tokenFor(world.bot.id);
  const faults = new Faults();
  const refusals = new RefusalLog();
  const requests: Sandbox['requests'][number][] = [];
  const gateway = new Gateway(world, token, {
    maxConcurrency: options.maxConcurrency ?? 16,
    isEnforced: options.identifyLimiter ?? false,
    perDay: 1000,
  });
  const rest = createRest({
    world,
    token,
    faults,
    refusals,
    requests,
    gatewayUrl: () => gateway.url,
    startLimit: () => gateway.startLimit,
    shards: options.shards ?? 1,
    limiter: options.limiter ?? false,
  });
  const server = createAdaptorServer({ fetch: rest.fetch }) as Server;
  // A connection that the server closes while a client writes to it would look like a lost request.
  server.keepAliveTimeout = 0;
  gateway.listen(server);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clock.onAdvance(() => archiveStaleThreads(world));

  const guilds: SandboxGuild[] = [];
  const waitUntil: Sandbox['until'] = (what, condition, timeoutMs) =>
    until(world, what, condition, () => lastRequests(requests), timeoutMs);
  const sandbox: Sandbox = {
    apiUrl: `${world.origin}/api`,
    token,
    botUserId: world.bot.id,
    guilds,
    requests,
    refusals: refusals.entries,
    clock,
    createGuild: ({ name, channels = ['general'], botPermissions = invitePermissions, locale = 'en-US' }) => {
      const guild = createGuild(world, { name, channels, botPermissions, locale });
      const handle = new SandboxGuild(world, guild);
      guilds.push(handle);
      gateway.announce(guild);
      return handle;
    },
    commands: (guildId) => world.commands.list(guildId),
    botReady: async (timeoutMs = readyWithinMs) => {
      await waitUntil('the bot to be connected and to have its guilds', () => gateway.ready, timeoutMs);
    },
    assertNoRefusals: () => refusals.assertNone(),
    expectRefusal: (matches) => refusals.expect(matches),
    shards: () => gateway.shards,
    fault: (fault) => faults.add(fault),
    dropGateway: (how, shard) => gateway.drop(how, shard),
    until: waitUntil,
    close: async () => {
      faults.close();
      gateway.close();
      for (const interaction of world.interactionById.values()) clearTimeout(interaction.timer);
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
  worlds.set(sandbox, world);
  return sandbox;
}

/** A token in Discord's form: its first part is the id of the bot. */
function tokenFor(botId: string): string {
  return `${Buffer.from(botId).toString('base64url')}.sandbx.${'only-good-for-this-sandbox'.padEnd(38, '_')}`;
}

function lastRequests(requests: Sandbox['requests']): string {
  const lines = requests.slice(-8).map(({ method, path, status }) => `  ${method} ${path} → ${status}`);
  return lines.length === 0 ? 'The bot has sent no request.' : `The last requests of the bot:\n${lines.join('\n')}`;
}
