/** A guild's scheduled events as they change. */
import { intentBits } from '../gateway/intents.ts';
import type { Guild, ScheduledEvent, User } from './state.ts';
import type { World } from './world.ts';

export const eventStatuses = { scheduled: 1, active: 2, completed: 3, canceled: 4 } as const;

/** Whether it is still to come or on: of those a guild has 100 at most. */
export const isOpenEvent = ({ json }: ScheduledEvent): boolean =>
  json.status === eventStatuses.scheduled || json.status === eventStatuses.active;

/** Makes an event. @param body as a request has it. */
export function createEvent(
  world: World,
  guild: Guild,
  creator: User,
  body: Record<string, unknown> & { readonly entity_type: number },
): ScheduledEvent {
  const id = world.ids.next();
  const event: ScheduledEvent = {
    id,
    guild,
    json: {
      description: null,
      scheduled_end_time: null,
      recurrence_rule: null,
      entity_metadata: null,
      channel_id: null,
      ...body,
      id,
      guild_id: guild.id,
      creator_id: creator.id,
      creator: creator.json,
      status: eventStatuses.scheduled,
      privacy_level: 2,
      entity_id: null,
      user_count: 0,
      image: null,
      guild_scheduled_event_exceptions: [],
    },
  };
  guild.events.set(id, event);
  tellEvent(world, event, 'GUILD_SCHEDULED_EVENT_CREATE');
  return event;
}

export function deleteEvent(world: World, event: ScheduledEvent): void {
  event.guild.events.delete(event.id);
  tellEvent(world, event, 'GUILD_SCHEDULED_EVENT_DELETE');
}

export function tellEvent(world: World, { guild, json }: ScheduledEvent, t: string): void {
  world.dispatch({ t, d: json, guild, intents: intentBits.guildScheduledEvents });
}
