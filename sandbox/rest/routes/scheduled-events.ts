/** Scheduled events of a guild. */
import { permissionBits } from '../../permissions.ts';
import { invalidForm, Refused, unknown } from '../../refusals.ts';
import { createEvent, deleteEvent, eventStatuses, isOpenEvent, tellEvent } from '../../world/events.ts';
import { channelTypes } from '../../world/render.ts';
import type { Channel, Guild, ScheduledEvent } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { guildOf, need } from '../access.ts';
import { route, type Call, type Route } from '../call.ts';

const mostEvents = 100;
const external = 3;
/** From each status, the ones that may follow. */
const next: Readonly<Record<number, readonly number[]>> = {
  [eventStatuses.scheduled]: [eventStatuses.active, eventStatuses.canceled],
  [eventStatuses.active]: [eventStatuses.completed],
};

const collection = '/guilds/:guild/scheduled-events';

export const scheduledEventRoutes: readonly Route[] = [
  route('GET', collection, (call) => [...guildOf(call).events.values()].filter(isOpenEvent).map(({ json }) => json)),
  route<Record<string, unknown>>('POST', collection, (call) => {
    const guild = guildOf(call);
    const { world, body } = call;
    const channelId = (body['channel_id'] ?? null) as string | null;
    need(world, guild, permissionBits.CREATE_EVENTS);
    if ([...guild.events.values()].filter(isOpenEvent).length >= mostEvents) {
      // How many others have planned nobody knows who has not asked.
      throw new Refused(400, 30038, 'Maximum number of guild scheduled events reached (100)', { expected: true });
    }
    const channel = channelId === null ? undefined : guild.channels.get(channelId);
    if (channelId !== null && !channel) throw unknown('channel');
    needVoice(world, guild, body['entity_type'], channel);
    if (Date.parse(String(body['scheduled_start_time'])) <= world.clock.now()) {
      throw invalidForm(
        'scheduled_start_time',
        'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST',
        'Cannot schedule event in the past.',
      );
    }
    const event = createEvent(world, guild, world.bot, { ...body, entity_type: body['entity_type'] as number });
    return event.json;
  }),
  route('GET', `${collection}/:event`, (call) => eventOf(call, guildOf(call)).json),
  route<Record<string, unknown>>('PATCH', `${collection}/:event`, (call) => {
    const guild = guildOf(call);
    const event = eventOf(call, guild);
    needToChange(call.world, guild, event);
    const { body } = call;
    const status = body['status'];
    if (!isOpenEvent(event)) throw new Refused(400, 180000, 'Cannot update a finished event');
    if (typeof status === 'number' && status !== event.json.status && !next[event.json.status]?.includes(status)) {
      throw invalidForm('status', 'TRANSITION_STATUS_INVALID', 'Invalid Guild Scheduled Event Status Transition');
    }
    const merged = { ...event.json, ...body };
    needVoice(call.world, guild, merged.entity_type, guild.channels.get((merged['channel_id'] ?? '') as string));
    if (merged.entity_type === external && !merged['scheduled_end_time']) {
      throw invalidForm('scheduled_end_time', 'BASE_TYPE_REQUIRED', 'This field is required');
    }
    event.json = merged;
    tellEvent(call.world, event, 'GUILD_SCHEDULED_EVENT_UPDATE');
    return event.json;
  }),
  route('DELETE', `${collection}/:event`, (call) => {
    const guild = guildOf(call);
    const event = eventOf(call, guild);
    needToChange(call.world, guild, event);
    deleteEvent(call.world, event);
  }),
  route('GET', `${collection}/:event/users`, (call) => {
    eventOf(call, guildOf(call));
    return [];
  }),
];

function eventOf({ params, world }: Call, guild: Guild): ScheduledEvent {
  const id = params['event'] ?? '';
  const event = guild.events.get(id);
  if (!event) throw unknown('event', world.removedOnPurpose.has(id));
  return event;
}

/** Own events need the right to create them, others' the right to manage them. */
function needToChange(world: World, guild: Guild, event: ScheduledEvent): void {
  const own = event.json['creator_id'] === world.bot.id;
  need(world, guild, own ? permissionBits.CREATE_EVENTS : permissionBits.MANAGE_EVENTS);
}

/** Whoever plans something in a voice or stage channel sees it and may join it. */
function needVoice(world: World, guild: Guild, type: unknown, channel: Channel | undefined): void {
  if (type === external || !channel) return;
  if (channel.type !== channelTypes.voice && channel.type !== channelTypes.stage) {
    throw invalidForm('channel_id', 'CHANNEL_TYPE_INVALID', 'Invalid channel type');
  }
  need(world, guild, permissionBits.VIEW_CHANNEL | permissionBits.CONNECT, channel);
}
