import { type Client, type ClientEvents, Events } from 'discord.js';
import { commands } from '../commands/index.ts';
import type { Context } from '../context.ts';
import { createDispatch } from '../discord/dispatch.ts';
import type { Outbox } from '../discord/outbox.ts';

/** Subscribes to everything the bot listens to, in one place that catches whatever a listener throws. */
export function subscribe(ctx: Context, client: Client, outbox: Outbox): void {
  const dispatch = createDispatch(commands);
  const on = <Event extends keyof ClientEvents>(
    event: Event,
    listener: (...args: ClientEvents[Event]) => Promise<void> | void,
  ) => {
    client.on(event, (...args: ClientEvents[Event]) => {
      void (async () => {
        try {
          await listener(...args);
        } catch (error) {
          ctx.log.error({ err: error, event }, 'an event listener failed');
        }
      })();
    });
  };

  on(Events.InteractionCreate, async (interaction) => {
    await dispatch(ctx, interaction);
    // What the person's action owes to others goes out at once, not with the next minute.
    outbox.wake();
  });
  on(Events.Error, (error) => ctx.log.error({ err: error }, 'the client reported an error'));
  on(Events.Warn, () => ctx.log.warn('the client reported a warning'));
  on(Events.ShardDisconnect, (event, shard) => ctx.log.warn({ shard, code: event.code }, 'gateway disconnected'));
  on(Events.ShardResume, (shard, replayed) => ctx.log.info({ shard, replayed }, 'gateway resumed'));
}
