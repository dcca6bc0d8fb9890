/**
 * A server's own events. The notice of an occasion keeps its event in line: made once, changed with it, taken away where it
 * is not to be there. In `message_id` stands the event's id, once Discord confirmed it.
 */
import {
  type APIGuildScheduledEvent,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  Routes,
} from 'discord.js';
import { setUpPrefix } from '../db/notices/claims.ts';
import { refFooter } from '../discord/embeds.ts';
import { limits } from '../discord/limits.ts';
import { clip } from '../marks.ts';
import { epochMs, weekOf } from '../time.ts';
import type { Attempt } from './attempt.ts';
import type { EventPlan, EventSource } from './notices/events.ts';
import type { Follow, Outcome } from './outcome.ts';
import { codesOf } from './refusals.ts';
import { isRefusal } from './request-failure.ts';

const goneCodes = codesOf('event-gone');

/** Brings the event of an occasion in line with how it stands now. */
export async function toEvent(attempt: Attempt, source: EventSource): Promise<Outcome> {
  const { notice, ctx } = attempt;
  // Moderators hear of what is in the way once a week.
  attempt.concerns = weekOf(ctx.now());
  attempt.hasNoNonce = true;
  const planned = await source.plan(attempt);
  const plan = planned && { ...planned, place: await named(attempt, planned.place) };
  const eventId = notice.message_id ?? (await findLost(attempt));
  const outcome = await bring(attempt, eventId, plan);
  if (!notice.problem?.startsWith(setUpPrefix) || outcome.is !== 'delivered') return outcome;
  const also: Follow = (trx) => source.changed(trx, ctx, notice);
  return { ...outcome, also };
}

/** With its place as Discord takes it. */
interface Placed extends EventPlan {
  readonly place: Exclude<EventPlan['place'], { readonly channelId: string }>;
}

/** A channel that is not for voices stands there by its name. */
async function named(attempt: Attempt, place: EventPlan['place']): Promise<Placed['place']> {
  if (!('channelId' in place)) return place;
  const { channelId } = place;
  const known = attempt.sender.client.guilds.cache.get(attempt.guild.id)?.channels.cache.get(channelId)?.name;
  const name = known ?? (await attempt.request<{ name?: string }>('get', Routes.channel(channelId))).name;
  return { location: `#${name ?? channelId}` };
}

async function bring(attempt: Attempt, eventId: string | undefined, plan: Placed | undefined): Promise<Outcome> {
  if (eventId !== undefined) return plan ? await change(attempt, eventId, plan) : await takeAway(attempt, eventId);
  // Discord takes none that has begun.
  if (!plan || plan.startsAt <= attempt.ctx.now()) return inLine(null);
  const made = await attempt.request<APIGuildScheduledEvent>('post', Routes.guildScheduledEvents(attempt.guild.id), {
    creates: true,
    body: bodyOf(attempt, plan),
  });
  return inLine(made.id);
}

function inLine(eventId: string | null): Extract<Outcome, { is: 'delivered' }> {
  return { is: 'delivered', channelId: null, messageId: eventId };
}

/** The event that an earlier attempt may have made without learning its id: it carries this notice's reference. */
async function findLost(attempt: Attempt): Promise<string | undefined> {
  if (attempt.unsureSince === null) return undefined;
  const route = Routes.guildScheduledEvents(attempt.guild.id);
  const events = await attempt.request<APIGuildScheduledEvent[]>('get', route);
  const me = await attempt.ownId();
  return events.find((each) => each.creator_id === me && each.description?.endsWith(refFooter(attempt.notice.id)))?.id;
}

async function change(attempt: Attempt, eventId: string, plan: Placed): Promise<Outcome> {
  const route = Routes.guildScheduledEvent(attempt.guild.id, eventId);
  const there = await attempt.request<APIGuildScheduledEvent>('get', route);
  const { Scheduled, Active } = GuildScheduledEventStatus;
  // Ended or called off there: by Discord, or by somebody who meant it.
  if (there.status !== Scheduled && there.status !== Active) return { is: 'void', why: 'event-over' };
  const body = changesOf(attempt, there, plan);
  if (Object.keys(body).length > 0) await attempt.request('patch', route, { body });
  return inLine(eventId);
}

/** What Discord is to change: nothing where all stands as planned. */
function changesOf(attempt: Attempt, there: APIGuildScheduledEvent, plan: Placed): Partial<EventBody> {
  const body = bodyOf(attempt, plan);
  const { entity_metadata: metadata } = there;
  const isScheduled = there.status === GuildScheduledEventStatus.Scheduled;
  const isSamePlace =
    there.entity_type === body.entity_type &&
    there.channel_id === body.channel_id &&
    metadata?.location === body.entity_metadata?.location;
  const isSame = (one: string | null, other: string) => one !== null && epochMs(one) === epochMs(other);
  return {
    ...(there.name === body.name ? {} : { name: body.name }),
    ...(there.description === body.description ? {} : { description: body.description }),
    ...(isSame(there.scheduled_end_time, plan.endsAt) && isSamePlace ? {} : { scheduled_end_time: plan.endsAt }),
    // What has begun neither begins at another time nor moves.
    ...(!isScheduled || isSame(there.scheduled_start_time, plan.startsAt) || plan.startsAt <= attempt.ctx.now()
      ? {}
      : { scheduled_start_time: plan.startsAt }),
    ...(!isScheduled || isSamePlace ? {} : placeOf(plan)),
    // Those that are elsewhere Discord begins by itself.
    ...(isScheduled && plan.isOn && 'voiceChannelId' in plan.place ? { status: GuildScheduledEventStatus.Active } : {}),
  };
}

async function takeAway(attempt: Attempt, eventId: string): Promise<Outcome> {
  try {
    await attempt.request('delete', Routes.guildScheduledEvent(attempt.guild.id, eventId));
  } catch (error) {
    if (!isRefusal(error, goneCodes)) throw error;
  }
  return inLine(null);
}

type EventBody = ReturnType<typeof bodyOf> & { readonly status: GuildScheduledEventStatus };

function bodyOf({ notice }: Attempt, plan: Placed) {
  const end = `\n\n${refFooter(notice.id)}`;
  return {
    name: clip(plan.name, limits.eventName),
    description: clip(plan.description, limits.eventDescription - end.length) + end,
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    scheduled_start_time: plan.startsAt,
    scheduled_end_time: plan.endsAt,
    ...placeOf(plan),
  };
}

function placeOf({ place }: Placed) {
  return 'voiceChannelId' in place
    ? { entity_type: GuildScheduledEventEntityType.Voice, channel_id: place.voiceChannelId, entity_metadata: null }
    : {
        entity_type: GuildScheduledEventEntityType.External,
        channel_id: null,
        entity_metadata: { location: clip(place.location, limits.eventLocation) },
      };
}
