/** The first response to an interaction. */
import type { APIModalInteractionResponseCallbackData, APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import { invalidForm, Refused, unknown } from '../../refusals.ts';
import type { UploadedFile } from '../files.ts';
import { messageFlags, messageTypes, type MessageBody } from '../messages/body.ts';
import { createMessage, editMessage } from '../messages/write.ts';
import type { Message, User } from '../state.ts';
import type { World } from '../world.ts';
import { callbackTypes, interactionTypes, type Interaction } from './state.ts';

/** How long a person waits for the answer that a deferral promised, before the driver gives up. */
const patienceMs = 20_000;
/** A component may be acknowledged without any visible effect: how long a person looks whether something happens. */
const watchMs = 10_000;
const contextMenuTypes: ReadonlySet<unknown> = new Set([2, 3]);

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
