/** What a person can see. */
import { permissionBits, permissionsIn } from '../permissions.ts';
import { openDm } from '../world/channels.ts';
import { isThread } from '../world/render.ts';
import { compareSnowflakes } from '../world/snowflakes.ts';
import type { Channel, Guild, Message, User } from '../world/state.ts';
import type { World } from '../world/world.ts';

export function canSee(user: User, channel: Channel): boolean {
  if (!channel.guild) return channel.recipient === user;
  return (permissionsIn(channel.guild, user.id, channel.id) & permissionBits.VIEW_CHANNEL) !== 0n;
}

/** Whether a message is on this person's screen when they look. */
export function canRead(user: User, message: Message): boolean {
  if (message.deleted) return false;
  return message.ephemeralFor ? message.ephemeralFor === user : canSee(user, message.channel);
}

/** A channel or thread by id or by name, as far as the person can see it; `dm` for the direct messages with the bot. */
export function channelNamed(world: World, guild: Guild, user: User, wanted: string): Channel {
  if (wanted === 'dm') return openDm(world, user);
  const byId = world.channels.get(wanted);
  const name = wanted.replace(/^#/, '');
  const channel =
    byId ?? [...guild.channels.values()].find((candidate) => candidate.name === name && canSee(user, candidate));
  if (!channel) {
    const names = [...guild.channels.values()]
      .filter((one) => !isThread(one) && canSee(user, one))
      .map((one) => one.name);
    throw new Error(`there is no channel "${wanted}"; ${user.name} sees ${names.join(', ') || 'none'}`);
  }
  if (!canSee(user, channel)) throw new Error(`${user.name} cannot see the channel "${channel.name || wanted}"`);
  return channel;
}

/** Where somebody is when nothing else is said: the first channel that they see. */
export function defaultChannel(guild: Guild, user: User): Channel {
  for (const channel of guild.channels.values()) {
    if (channel.type === 0 && canSee(user, channel)) return channel;
  }
  throw new Error(`${user.name} sees no text channel in ${guild.name}`);
}

/** Messages with components that the person sees, newest first: direct, ephemeral, and in the guild's channels. */
export function* interactiveMessages(guild: Guild, user: User): Generator<Message> {
  const own = user.interactive;
  const shared = guild.interactive;
  let o = own.length - 1;
  let s = shared.length - 1;
  while (o >= 0 || s >= 0) {
    const mine = own[o];
    const theirs = shared[s];
    const takeOwn = mine !== undefined && (theirs === undefined || compareSnowflakes(mine.id, theirs.id) > 0);
    const message = takeOwn ? mine : theirs;
    if (takeOwn) o -= 1;
    else s -= 1;
    if (message?.json.components?.length && canRead(user, message)) yield message;
  }
}
