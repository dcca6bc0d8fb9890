/** Everything after the first response: the webhook of an interaction's token. */
import { Refused, unknown } from '../../refusals.ts';
import type { UploadedFile } from '../files.ts';
import { messageFlags, type MessageBody } from '../messages/body.ts';
import { createMessage, deleteMessage, editMessage } from '../messages/write.ts';
import type { Message } from '../state.ts';
import type { World } from '../world.ts';
import { callbackTypes, type Interaction } from './state.ts';

/** After that the token of an interaction is worth nothing. */
const tokenLifeMs = 15 * 60_000;
/** Where the bot is not, an answer can be followed by so many messages. */
const ownFollowUps = 5;

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
  if (interaction.isOwn && interaction.followUps.length >= ownFollowUps) throw new Refused(400, 40094, 'This interaction has hit the maximum number of follow up messages'); // prettier-ignore
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
