/** Scheduled events of a guild. */
import { intentBits } from '../../gateway/intents.ts';
import { permissionBits } from '../../permissions.ts';
import { invalidForm, Refused, unknown } from '../../refusals.ts';
import type { Guild, ScheduledEvent } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { guildOf, need } from '../access.ts';
import { route, type Call, type Route } from '../call.ts';

const mostEvents = 100;
const statuses = { scheduled: 1, active: 2, completed: 3, canceled: 4 } as const;
const external = 3;
/** From each status, the ones that may follow. */
const next: Readonly<Record<number, readonly number[]>> = {
  [statuses.scheduled]: [statuses.active, statuses.canceled],
  [statuses.active]: [statuses.completed],
};

const collection = '/guilds/:guild/scheduled-events';

export const scheduledEventRoutes: readonly Route[] = [
  route('GET', collection, (call) => [...guildOf(call).events.values()].filter(isOpen).map(({ json }) => json)),
  route<Record<string, unknown>>('POST', collection, (call) => {
    const guild = guildOf(call);
    const { world, body } = call;
    const channelId = (body['channel_id'] ?? null) as string | null;
    need(world, guild, permissionBits.CREATE_EVENTS);
    if ([...guild.events.values()].filter(isOpen).length >= mostEvents) {
      throw new Refused(400, 30038, 'Maximum number of guild scheduled events reached (100)');
    }
    if (channelId !== null && !guild.channels.has(channelId)) throw unknown('channel');
    if (Date.parse(String(body['scheduled_start_time'])) <= world.clock.now()) {
      throw invalidForm(
        'scheduled_start_time',
        'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST',
        'Cannot schedule event in the past.',
      );
    }
    const event: ScheduledEvent = {
      id: world.ids.next(),
      guild,
      json: {
        description: null,
        scheduled_end_time: null,
        recurrence_rule: null,
        entity_metadata: null,
        ...body,
        id: '',
        guild_id: guild.id,
        channel_id: channelId,
        creator_id: world.bot.id,
        creator: world.bot.json,
        status: statuses.scheduled,
        privacy_level: 2,
        entity_type: body['entity_type'] as number,
        entity_id: null,
        user_count: 0,
        image: null,
        guild_scheduled_event_exceptions: [],
      },
    };
    event.json['id'] = event.id;
    guild.events.set(event.id, event);
    tell(world, guild, event, 'GUILD_SCHEDULED_EVENT_CREATE');
    return event.json;
  }),
  route('GET', `${collection}/:event`, (call) => eventOf(call, guildOf(call)).json),
  route<Record<string, unknown>>('PATCH', `${collection}/:event`, (call) => {
    const guild = guildOf(call);
    const event = eventOf(call, guild);
    needToChange(call.world, guild, event);
    const { body } = call;
    const status = body['status'];
    if (!isOpen(event)) throw new Refused(400, 180000, 'Cannot update a finished event');
    if (typeof status === 'number' && status !== event.json.status && !next[event.json.status]?.includes(status)) {
      throw invalidForm('status', 'TRANSITION_STATUS_INVALID', 'Invalid Guild Scheduled Event Status Transition');
    }
    const merged = { ...event.json, ...body };
    if (merged.entity_type === external && !merged['scheduled_end_time']) {
      throw invalidForm('scheduled_end_time', 'BASE_TYPE_REQUIRED', 'This field is required');
    }
    event.json = merged;
    tell(call.world, guild, event, 'GUILD_SCHEDULED_EVENT_UPDATE');
    return event.json;
  }),
  route('DELETE', `${collection}/:event`, (call) => {
    const guild = guildOf(call);
    const event = eventOf(call, guild);
    needToChange(call.world, guild, event);
    guild.events.delete(event.id);
    tell(call.world, guild, event, 'GUILD_SCHEDULED_EVENT_DELETE');
  }),
  route('GET', `${collection}/:event/users`, (call) => {
    eventOf(call, guildOf(call));
    return [];
  }),
];

const isOpen = ({ json }: ScheduledEvent): boolean =>
  json.status === statuses.scheduled || json.status === statuses.active;

function eventOf({ params }: Call, guild: Guild): ScheduledEvent {
  const event = guild.events.get(params['event'] ?? '');
  if (!event) throw unknown('event');
  return event;
}

/** Own events need the right to create them, others' the right to manage them. */
function needToChange(world: World, guild: Guild, event: ScheduledEvent): void {
  const own = event.json['creator_id'] === world.bot.id;
  need(world, guild, own ? permissionBits.CREATE_EVENTS : permissionBits.MANAGE_EVENTS);
}

function tell(world: World, guild: Guild, event: ScheduledEvent, t: string): void {
  world.dispatch({ t, d: event.json, guild, intents: intentBits.guildScheduledEvents });
}
