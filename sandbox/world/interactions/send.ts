/** Sending an interaction to the bot, and what it carries. */
import { permissionsIn } from '../../permissions.ts';
import { channelJson, memberJson } from '../render.ts';
import type { Channel, Guild, Message, User } from '../state.ts';
import type { World } from '../world.ts';
import { interactionTypes, type Interaction, type Outcome } from './state.ts';

/** Discord waits this long for the first response. */
const acknowledgeWithinMs = 3000;
const attachmentSizeLimit = 10 * 1024 * 1024;

interface NewInteraction {
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
  const isOwn = guild?.hasBot === false;
  const owners = isOwn ? { '1': user.id } : { '0': guild?.id ?? '0' };
  const interaction: Interaction = {
    id,
    token: `aW50ZXJhY3Rpb246${id}`,
    type,
    user,
    guild,
    isOwn,
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
    // It comes like one from direct messages: the guild is nobody's.
    guild: isOwn ? undefined : guild,
  });
  return { interaction, settled: promise };
}

function describe({ type, user }: Interaction, data: NewInteraction['data']): string {
  const what = type === interactionTypes.command || type === interactionTypes.autocomplete ? 'name' : 'custom_id';
  return `${Object.entries(interactionTypes).find(([, value]) => value === type)?.[0]} "${String(data[what])}" of ${user.name}`;
}

function payload(
  world: World,
  { id, token, type, user, guild, isOwn, channel, source }: Interaction,
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
    app_permissions: (guild && !isOwn
      ? permissionsIn(guild, world.bot.id, channel.id)
      : directMessagePermissions
    ).toString(),
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
