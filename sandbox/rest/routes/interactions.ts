/** Answering interactions: the first response, then everything through the webhook of their token. */
import { missingAccess, unknown } from '../../refusals.ts';
import { acknowledge, type Callback } from '../../world/interactions/acknowledge.ts';
import { deleteAnswer, editAnswer, findByToken, followUp, messageOf } from '../../world/interactions/webhook.ts';
import type { Interaction } from '../../world/interactions/state.ts';
import { messageFlags, type MessageBody } from '../../world/messages/body.ts';
import type { Message } from '../../world/state.ts';
import { Reply, route, type Call, type Route } from '../call.ts';

const isPublic = { isPublic: true };
const message = '/webhooks/:application/:token/messages/:message';

export const interactionRoutes: readonly Route[] = [
  route<Callback>(
    'POST',
    '/interactions/:interaction/:token/callback',
    ({ world, params, query, body, files }) => {
      const interaction = world.interactionById.get(params['interaction'] ?? '');
      if (!interaction || interaction.token !== params['token']) throw unknown('interaction');
      refuseAfterKick(interaction);
      const made = acknowledge(world, interaction, body, files);
      return query.get('with_response') === 'true' ? callbackResponse(interaction, body.type, made) : undefined;
    },
    isPublic,
  ),
  route<MessageBody>(
    'POST',
    '/webhooks/:application/:token',
    (call) => followUp(call.world, interactionOf(call), call.body, call.files).json,
    isPublic,
  ),
  route('GET', message, (call) => messageOf(interactionOf(call), call.params['message'] ?? '').json, isPublic),
  route<MessageBody>(
    'PATCH',
    message,
    (call) => {
      const interaction = interactionOf(call);
      const edited = messageOf(interaction, call.params['message'] ?? '');
      editAnswer(call.world, interaction, edited, call.body, call.files);
      return edited.json;
    },
    isPublic,
  ),
  route(
    'DELETE',
    message,
    (call) => {
      const interaction = interactionOf(call);
      deleteAnswer(call.world, interaction, messageOf(interaction, call.params['message'] ?? ''));
    },
    isPublic,
  ),
];

function interactionOf({ world, params }: Call): Interaction {
  if (params['application'] !== world.applicationId) throw unknown('webhook');
  const interaction = findByToken(world, params['token'] ?? '');
  refuseAfterKick(interaction);
  return interaction;
}

function refuseAfterKick({ guild, isOwn }: Interaction): void {
  if (guild && !guild.hasBot && !isOwn) throw missingAccess(true);
}

function callbackResponse(interaction: Interaction, type: number, made: Message | undefined): Reply {
  return new Reply(200, {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(made
        ? {
            response_message_id: made.id,
            response_message_loading: interaction.loading,
            response_message_ephemeral: ((made.json.flags ?? 0) & messageFlags.ephemeral) !== 0,
          }
        : {}),
    },
    ...(made ? { resource: { type, message: made.json } } : {}),
  });
}
