/** Interactions on Discord's side: they are sent to the bot, acknowledged once, answered and followed up. */
import type { APIModalInteractionResponseCallbackData, APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import { permissionsIn } from '../permissions.ts';
import { invalidForm, Refused, unknown } from '../refusals.ts';
import type { UploadedFile } from './files.ts';
import type { Interaction, Outcome } from './interaction-state.ts';
import { createMessage, deleteMessage, editMessage, messageFlags, messageTypes, type MessageBody } from './messages.ts';
import { channelJson, memberJson } from './render.ts';
import type { Channel, Guild, Message, User } from './state.ts';
import type { World } from './world.ts';

/** Discord waits this long for the first response. */
const acknowledgeWithinMs = 3000;
/** After that the token of an interaction is worth nothing. */
const tokenLifeMs = 15 * 60_000;
/** How long a person waits for the answer that a deferral promised, before the driver gives up. */
const patienceMs = 20_000;
/** A component may be acknowledged without any visible effect: how long a person looks whether something happens. */
const watchMs = 10_000;
const attachmentSizeLimit = 10 * 1024 * 1024;

export const interactionTypes = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
export const callbackTypes = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;
const contextMenuTypes: ReadonlySet<unknown> = new Set([2, 3]);

export interface NewInteraction {
  readonly type: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly user: User;
  readonly guild: Guild | undefined;
  readonly channel: Channel;
  readonly source?: Message | undefined;
  /** The name of the command, for the messages that answer it. */
  readonly name?: string;
}

/** Sends an interaction to the bot; `settled` gives what the person sees in the end. */
export function sendInteraction(
  world: World,
  { type, data, user, guild, channel, source, name }: NewInteraction,
): { interaction: Interaction; settled: Promise<Outcome> } {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const id = world.ids.next();
  const owners = { '0': guild?.id ?? '0' };
  const interaction: Interaction = {
    id,
    token: `aW50ZXJhY3Rpb246${id}`,
    type,
    user,
    guild,
    channel,
    source,
    metadata: {
      id,
      type,
      user: user.json,
      authorizing_integration_owners: owners,
      ...(name === undefined ? {} : { name, command_type: data['type'] }),
      ...(source ? { interacted_message_id: source.id } : {}),
    },
    createdAt: world.clock.now(),
    sentAt: performance.now(),
    arrived: false,
    state: 'waiting',
    callback: undefined,
    ackMs: 0,
    original: undefined,
    loading: false,
    open: true,
    followUps: [],
    settle: (outcome) => {
      if (!interaction.open) return;
      interaction.open = false;
      clearTimeout(interaction.timer);
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    },
    timer: undefined,
  };
  interaction.timer = setTimeout(() => {
    interaction.state = 'late';
    interaction.settle(new Error(`the application did not respond to ${describe(interaction, data)} within 3 s`));
  }, acknowledgeWithinMs);
  world.interactionById.set(id, interaction);
  world.interactionByToken.set(interaction.token, interaction);
  interaction.arrived = world.dispatch({
    t: 'INTERACTION_CREATE',
    d: payload(world, interaction, data, owners),
    guild,
  });
  return { interaction, settled: promise };
}

function describe({ type, user }: Interaction, data: NewInteraction['data']): string {
  const what = type === interactionTypes.command || type === interactionTypes.autocomplete ? 'name' : 'custom_id';
  return `${Object.entries(interactionTypes).find(([, value]) => value === type)?.[0]} "${String(data[what])}" of ${user.name}`;
}

function payload(
  world: World,
  { id, token, type, user, guild, channel, source }: Interaction,
  data: NewInteraction['data'],
  owners: object,
): object {
  const member = guild?.members.get(user.id);
  const permissions = guild ? permissionsIn(guild, user.id, channel.id).toString() : undefined;
  return {
    id,
    application_id: world.applicationId,
    type,
    token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...channelJson(world, channel), ...(permissions === undefined ? {} : { permissions }) },
    ...(guild && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          member: { ...memberJson(member), permissions },
        }
      : { user: user.json }),
    ...(source ? { message: source.json } : {}),
    app_permissions: (guild ? permissionsIn(guild, world.bot.id, channel.id) : directMessagePermissions).toString(),
    locale: user.locale,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: owners,
    context: guild ? 0 : 1,
    attachment_size_limit: attachmentSizeLimit,
  };
}

/** What Discord says that an application may do in its direct messages. */
const directMessagePermissions = 2_251_799_813_685_248n | 442_368n;

export interface Callback {
  readonly type: number;
  readonly data?: MessageBody & {
    readonly choices?: readonly APIApplicationCommandOptionChoice[];
    readonly custom_id?: string;
  };
}

/** The first response to an interaction. Returns the message that it made or changed. */
export function acknowledge(
  world: World,
  interaction: Interaction,
  { type, data = {} }: Callback,
  files: readonly UploadedFile[],
): Message | undefined {
  if (interaction.state === 'late') throw unknown('interaction', !interaction.arrived);
  if (interaction.state === 'acknowledged') {
    throw new Refused(400, 40060, 'Interaction has already been acknowledged.');
  }
  checkCallbackType(interaction, type);
  interaction.state = 'acknowledged';
  interaction.callback = type;
  interaction.ackMs = performance.now() - interaction.sentAt;
  clearTimeout(interaction.timer);
  const { ackMs } = interaction;
  const ephemeralFor = (data.flags ?? 0) & messageFlags.ephemeral ? interaction.user : undefined;
  switch (type) {
    case callbackTypes.choices:
      interaction.settle({ kind: 'choices', choices: data.choices ?? [], ackMs });
      return undefined;
    case callbackTypes.modal:
      interaction.settle({ kind: 'modal', modal: data as unknown as APIModalInteractionResponseCallbackData, ackMs });
      return undefined;
    case callbackTypes.deferred:
      interaction.loading = true;
      interaction.original = answer(world, interaction, { flags: 0 }, [], ephemeralFor, true);
      waitPatiently(interaction);
      return interaction.original;
    case callbackTypes.deferredUpdate:
      interaction.original = interaction.source;
      waitPatiently(interaction);
      return interaction.original;
    case callbackTypes.update: {
      const { source } = interaction;
      if (!source || source.deleted) throw unknown('message');
      interaction.original = source;
      editMessage(world, source, data, files, true);
      interaction.settle({ kind: 'update', message: source.json, ackMs });
      return source;
    }
    default:
      interaction.original = answer(world, interaction, data, files, ephemeralFor);
      interaction.settle({ kind: 'message', message: interaction.original.json, ackMs });
      return interaction.original;
  }
}

function checkCallbackType({ type: asked, source }: Interaction, type: number): void {
  const fits =
    type === callbackTypes.choices
      ? asked === interactionTypes.autocomplete
      : asked !== interactionTypes.autocomplete &&
        (type === callbackTypes.modal
          ? asked !== interactionTypes.modal
          : type === callbackTypes.update || type === callbackTypes.deferredUpdate
            ? source !== undefined
            : type === callbackTypes.message || type === callbackTypes.deferred);
  if (!fits) {
    throw invalidForm(
      'type',
      'INTERACTION_CALLBACK_TYPE_INVALID',
      `A response of type ${type} is not possible for an interaction of type ${asked}${source ? '' : ' without a message'}.`,
    );
  }
}

function waitPatiently(interaction: Interaction): void {
  const { source, ackMs } = interaction;
  if (interaction.callback === callbackTypes.deferred) {
    const failure = new Error(`the application deferred its answer and gave none within ${patienceMs / 1000} s`);
    interaction.timer = setTimeout(() => interaction.settle(failure), patienceMs);
    return;
  }
  const settle = () => interaction.settle({ kind: 'update', ...(source ? { message: source.json } : {}), ackMs });
  // Some bots acknowledge silently and then edit the message by its id: that is what the person waits for, too.
  if (source) source.onEdited = settle;
  interaction.timer = setTimeout(settle, watchMs);
}

function answer(
  world: World,
  interaction: Interaction,
  body: MessageBody,
  files: readonly UploadedFile[],
  ephemeralFor: User | undefined,
  loading = false,
): Message {
  const { metadata, type, source, channel } = interaction;
  const isCommand = type === interactionTypes.command;
  const commandType = contextMenuTypes.has(metadata['command_type'])
    ? messageTypes.contextMenuCommand
    : messageTypes.chatInputCommand;
  const { command_type: _, ...interactionMetadata } = metadata;
  return createMessage(world, {
    channel,
    author: world.bot,
    body,
    files,
    ...(isCommand ? { type: commandType } : {}),
    repliesTo: isCommand || source?.deleted ? undefined : source,
    ephemeralFor,
    loading,
    extra: {
      application_id: world.applicationId,
      webhook_id: world.applicationId,
      interaction_metadata: interactionMetadata,
      ...(isCommand
        ? { interaction: { id: metadata['id'], type, name: metadata['name'], user: interaction.user.json } }
        : {}),
    },
  });
}

/** The interaction that a webhook token belongs to, if it is acknowledged and its 15 minutes are not over. */
export function findByToken(world: World, token: string): Interaction {
  const interaction = world.interactionByToken.get(token);
  if (!interaction || interaction.state !== 'acknowledged') throw unknown('webhook');
  if (world.clock.now() - interaction.createdAt > tokenLifeMs) {
    throw new Refused(401, 50027, 'Invalid Webhook Token');
  }
  return interaction;
}

/** The message that `@original` or an id means, among those of this interaction. */
export function messageOf(interaction: Interaction, id: string): Message {
  const { original, user, channel } = interaction;
  const message =
    id === '@original' || id === original?.id ? original : (user.ephemerals.get(id) ?? channel.messages.get(id));
  const own = message === original || message?.json.interaction_metadata?.id === interaction.id;
  if (!message || message.deleted || !own) throw unknown('message');
  return message;
}

/** Changes an answer; of a deferred one this is the answer. */
export function editAnswer(
  world: World,
  interaction: Interaction,
  message: Message,
  body: MessageBody,
  files: readonly UploadedFile[],
): void {
  editMessage(world, message, body, files, true);
  if (message !== interaction.original) return;
  interaction.loading = false;
  settleDeferred(interaction, message);
}

export function deleteAnswer(world: World, interaction: Interaction, message: Message): void {
  deleteMessage(world, message);
  if (message === interaction.original) {
    interaction.loading = false;
    interaction.settle({ kind: 'update', ackMs: interaction.ackMs });
  }
}

/** A further message. The first one after a deferral takes the place of the message that was thinking. */
export function followUp(
  world: World,
  interaction: Interaction,
  body: MessageBody,
  files: readonly UploadedFile[],
): Message {
  const { original } = interaction;
  if (interaction.loading && original && !original.deleted) {
    editAnswer(world, interaction, original, { ...body, flags: (body.flags ?? 0) & ~messageFlags.ephemeral }, files);
    return original;
  }
  const ephemeralFor = (body.flags ?? 0) & messageFlags.ephemeral ? interaction.user : undefined;
  const message = createMessage(world, {
    channel: interaction.channel,
    author: world.bot,
    body,
    files,
    repliesTo: original?.deleted ? undefined : original,
    ephemeralFor,
    extra: {
      application_id: world.applicationId,
      webhook_id: world.applicationId,
      interaction_metadata: {
        ...interaction.metadata,
        command_type: undefined,
        original_response_message_id: original?.id,
      },
    },
  });
  interaction.followUps.push(message.json);
  interaction.settle({ kind: 'message', message: message.json, ackMs: interaction.ackMs });
  return message;
}

function settleDeferred(interaction: Interaction, message: Message): void {
  const kind = interaction.callback === callbackTypes.deferred ? 'message' : 'update';
  interaction.settle({ kind, message: message.json, ackMs: interaction.ackMs });
}
