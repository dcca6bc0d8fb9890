import { type Client, type ClientEvents, Events } from 'discord.js';
import type { Context } from '../context.ts';
import type { Outbox } from '../delivery/outbox.ts';
import channelDelete from './channel-delete.ts';
import channelUpdate from './channel-update.ts';
import type { AnyGatewayEvent, EventContext, GatewayEvent } from './event.ts';
import guildCreate from './guild-create.ts';
import guildDelete from './guild-delete.ts';
import guildMemberAdd from './guild-member-add.ts';
import guildMemberRemove from './guild-member-remove.ts';
import guildMemberUpdate from './guild-member-update.ts';
import interactionCreate from './interaction-create.ts';
import messageCreate from './message-create.ts';
import roleDelete from './role-delete.ts';
import roleUpdate from './role-update.ts';
import shardReady from './shard-ready.ts';
import threadDelete from './thread-delete.ts';
import threadUpdate from './thread-update.ts';

/** Everything the bot listens to. An explicit list: a file that is not here hears nothing. */
export const events: readonly AnyGatewayEvent[] = [
  interactionCreate,
  guildCreate,
  guildDelete,
  guildMemberAdd,
  guildMemberRemove,
  guildMemberUpdate,
  channelDelete,
  roleDelete,
  threadDelete,
  threadUpdate,
  shardReady,
  messageCreate,
  channelUpdate,
  roleUpdate,
];

/** What is being done about events, for a clean end. */
interface Subscription {
  /** Takes nothing new, and resolves when everything in hand is done. */
  stop(): Promise<void>;
}

/** Subscribes to everything the bot listens to, in one place that catches whatever a listener throws. */
export function subscribe(ctx: Context, client: Client, outbox: Outbox): Subscription {
  const parts: EventContext = { ...ctx, client, outbox };
  const inHand = new Set<Promise<void>>();
  let stopped = false;

  const listen = <Name extends keyof ClientEvents>(event: GatewayEvent<Name>): void => {
    client.on(event.name, (...args: ClientEvents[Name]) => {
      if (stopped) return;
      const work = (async () => {
        try {
          await event.run(parts, ...args);
        } catch (error) {
          ctx.log.error({ err: error, event: event.name }, 'an event listener failed');
        }
      })();
      inHand.add(work);
      void work.finally(() => inHand.delete(work));
    });
  };
  for (const event of events) listen(event as GatewayEvent<keyof ClientEvents>);

  client.on(Events.Error, (error) => ctx.log.error({ err: error }, 'the client reported an error'));
  client.on(Events.Warn, () => ctx.log.warn('the client reported a warning'));
  client.on(Events.ShardError, (error, shard) => ctx.log.warn({ err: error, shard }, 'the gateway connection failed'));
  client.on(Events.ShardReconnecting, (shard) => ctx.log.info({ shard }, 'gateway reconnecting'));
  client.on(Events.ShardResume, (shard, replayed) => ctx.log.info({ shard, replayed }, 'gateway resumed'));

  return {
    async stop() {
      stopped = true;
      await Promise.all(inHand);
    },
  };
}
