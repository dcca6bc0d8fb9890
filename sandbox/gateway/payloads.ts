/** READY and GUILD_CREATE: what a session learns at its start. */
import { channelJson, guildJson, isThread, memberJson } from '../world/render.ts';
import { activeThreads } from '../world/threads.ts';
import type { Guild } from '../world/state.ts';
import type { World } from '../world/world.ts';
import { intentBits } from './intents.ts';
import type { Session } from './session.ts';

/** READY names the guilds of the shard; each of them follows by itself. */
export function readyPayload(world: World, session: Session, guilds: readonly Guild[], url: string): object {
  return {
    v: 10,
    user: { ...world.bot.json, verified: true, mfa_enabled: false, email: null, flags: 0 },
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: url,
    shard: [session.shard, session.shardCount],
    application: { id: world.applicationId, flags: applicationFlags(world) },
    private_channels: [],
    presences: [],
    relationships: [],
    user_settings: {},
    geo_ordered_rtc_regions: [],
  };
}

/** A whole guild. Members are only those that Discord sends unasked: the bot, or with presences all of a small guild. */
export function guildCreatePayload(world: World, guild: Guild, session: Session): object {
  const own = guild.members.get(world.bot.id);
  const sendsAll = (session.intents & intentBits.guildPresences) !== 0 && guild.members.size <= session.largeThreshold;
  const members = sendsAll ? [...guild.members.values()] : own ? [own] : [];
  return {
    ...guildJson(guild),
    joined_at: new Date(guild.joinedAt).toISOString(),
    large: guild.members.size > session.largeThreshold,
    unavailable: false,
    member_count: guild.members.size,
    members: members.map((member) => memberJson(member)),
    channels: [...guild.channels.values()].filter((channel) => !isThread(channel)).map((c) => channelJson(world, c)),
    threads: activeThreads(guild, world.bot.id).map((thread) => channelJson(world, thread)),
    guild_scheduled_events:
      session.intents & intentBits.guildScheduledEvents ? [...guild.events.values()].map(({ json }) => json) : [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    soundboard_sounds: [],
    embedded_activities: [],
  };
}

/** Flags of the application: which privileged intents it may use while it is small. */
export function applicationFlags({ privilegedIntents }: World): number {
  return (
    (privilegedIntents & intentBits.guildPresences ? 1 << 13 : 0) |
    (privilegedIntents & intentBits.guildMembers ? 1 << 15 : 0) |
    (privilegedIntents & intentBits.messageContent ? 1 << 19 : 0) |
    (1 << 23)
  );
}
