import type { Client, ClientEvents } from 'discord.js';
import type { Context } from '../context.ts';
import type { Outbox } from '../delivery/outbox.ts';

/** What a listener works with. */
export interface EventContext extends Context {
  readonly client: Client;
  readonly outbox: Outbox;
}

/**
 * What the bot does when Discord says that something has happened. An event can come twice (a resumed session replays)
 * or not at all (the bot was away), so a listener only brings the database in line with what is the case.
 */
export interface GatewayEvent<Name extends keyof ClientEvents> {
  readonly name: Name;
  run(ctx: EventContext, ...args: ClientEvents[Name]): Promise<void> | void;
}

/** Any one of them: a list of these keeps each name together with its own arguments. */
export type AnyGatewayEvent = { [Name in keyof ClientEvents]: GatewayEvent<Name> }[keyof ClientEvents];
