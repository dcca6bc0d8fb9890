/**
 * Refuses what Discord refuses: the shape of every request body after Discord's own OpenAPI document (`shapes.ts`,
 * `routes.ts`), then the documented rules across fields that the document cannot state.
 */
import { checkCommand, checkCommands } from './commands.ts';
import { emptyMessage, invalidFormBody, unknownRoute, Walk, type DiscordError } from './faults.ts';
import { checkInteractionCallback } from './interactions.ts';
import { checkScheduledEvent } from './events.ts';
import { checkMessage, isEmptied, isEmpty, type MessageBody } from './messages.ts';
import { findRoute } from './routes.ts';
import { checkBulkDelete, checkMember, checkNewThread } from './guilds.ts';

export type { DiscordError } from './faults.ts';

/** What the body alone does not tell. Everything is optional: without it the rules that need it are not applied. */
export interface BodyContext {
  /** How many files came along in the multipart form. */
  readonly files?: number;
  /** The flags of the message that is being edited. */
  readonly flags?: number;
  /** The time in the sandbox, in milliseconds since 1970. */
  readonly now?: number;
}

/** A rule reports faults to the walk, or returns a refusal that has a code of its own. */
export type Rule = (body: unknown, walk: Walk, context: BodyContext) => DiscordError | undefined | void;

const createMessage: Rule = (body, walk, context) => {
  const message = body as MessageBody;
  checkMessage(message, walk, { mode: 'create' });
  return isEmpty(message, context.files) ? emptyMessage : undefined;
};
const createWebhookMessage: Rule = (body, walk, context) => {
  const message = body as MessageBody;
  checkMessage(message, walk, { mode: 'respond' });
  return isEmpty(message, context.files) ? emptyMessage : undefined;
};
const editMessage: Rule = (body, walk, context) => {
  const message = body as MessageBody;
  checkMessage(message, walk, { mode: 'edit', flags: context.flags });
  return isEmptied(message, context.files) ? emptyMessage : undefined;
};

const rules: Readonly<Record<string, Rule>> = {
  'POST /channels/{channel_id}/messages': createMessage,
  'PATCH /channels/{channel_id}/messages/{message_id}': editMessage,
  'POST /channels/{channel_id}/messages/bulk-delete': checkBulkDelete,
  'POST /channels/{channel_id}/threads': checkNewThread,
  'POST /channels/{channel_id}/messages/{message_id}/threads': checkNewThread,
  'POST /webhooks/{webhook_id}/{webhook_token}': createWebhookMessage,
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original': editMessage,
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': editMessage,
  'POST /interactions/{interaction_id}/{interaction_token}/callback': checkInteractionCallback,
  'PUT /applications/{application_id}/commands': checkCommands,
  'PUT /applications/{application_id}/guilds/{guild_id}/commands': checkCommands,
  'POST /applications/{application_id}/commands': checkCommand,
  'POST /applications/{application_id}/guilds/{guild_id}/commands': checkCommand,
  'PATCH /applications/{application_id}/commands/{command_id}': checkCommand,
  'PATCH /applications/{application_id}/guilds/{guild_id}/commands/{command_id}': checkCommand,
  'PATCH /guilds/{guild_id}/members/{user_id}': checkMember,
  'POST /guilds/{guild_id}/scheduled-events': checkScheduledEvent,
  'PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}': checkScheduledEvent,
};

/**
 * Checks the JSON body of a request as Discord would and returns its refusal, or undefined.
 * `path` is without `/api/v10`, for example `/channels/1/messages`.
 */
export function checkBody(
  method: string,
  path: string,
  body: unknown,
  context: BodyContext = {},
): DiscordError | undefined {
  const route = findRoute(method, path);
  if (!route) return unknownRoute;
  const { check } = route;
  if (!check) return undefined;
  const given = body ?? {};
  const walk = new Walk();
  check(given, walk);
  // The rules rely on the shape, so they come second, and only for a body that has it.
  if (walk.count > 0) return invalidFormBody(walk);
  const refusal = rules[route.template]?.(given, walk, context);
  if (walk.count > 0) return invalidFormBody(walk);
  return refusal ?? undefined;
}

/** Whether Discord has this route at all; everything else is answered with 404. */
export function hasRoute(method: string, path: string): boolean {
  return findRoute(method, path) !== undefined;
}
