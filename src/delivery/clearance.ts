/** Asks Discord, right before posting, which parts of the plan are still allowed. */
import {
  type APIGuildMember,
  type APITextChannel,
  type APIThreadChannel,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import type { QuietReason } from '../db/notice-kinds.ts';
import { type Grants, permissionsOf } from '../discord/permissions.ts';
import { askGuild } from './asked.ts';
import type { Attempt } from './attempt.ts';
import type { Charge } from './notices/posting.ts';
import { MemberGone } from './notices/scene.ts';

/** The parts of a plan that are still allowed. */
interface Clearance {
  /** Whether it may be posted at all: words need somebody who answers for them. */
  readonly mayPost: boolean;
  /** Why it may not notify whom it was to; undefined where it may, or was to notify nobody. */
  readonly quiet: QuietReason | undefined;
}

const everything: Clearance = { mayPost: true, quiet: undefined };

/**
 * Whether whoever answers for a post is still a moderator who sees the channel, and may still notify whom it notifies;
 * and whether the bot may. Of a role that members chose with `/notify` only the bot is asked, and from its memory: they
 * come due in thousands, and a wrong guess notifies nobody.
 * @throws RequestFailure where Discord does not say: then it is tried again, or fails as the post would.
 */
export async function findClearance(attempt: Attempt, charge: Charge | undefined): Promise<Clearance> {
  if (!charge) return everything;
  const { notifies } = charge;
  if (!charge.saysWords && notifies === undefined) return everything;
  if (!charge.saysWords && notifies !== 'everyone' && notifies?.isOffered) {
    const fault = attempt.findMentionFault(charge.channelId, notifies.roleId);
    return { mayPost: true, quiet: fault === 'bot-may-not' && attempt.mayOpen(notifies.roleId) ? undefined : fault };
  }
  const [place, mentionable] = await askPlace(attempt, charge.channelId);
  const member = charge.by === null ? undefined : await askMember(attempt, charge.by);
  const answers = charge.by !== null && member !== undefined && isModerator(place, charge.by, member);
  if (charge.saysWords && !answers) return { mayPost: false, quiet: undefined };
  if (notifies === undefined) return everything;
  if (notifies !== 'everyone' && !place.roles.has(notifies.roleId)) return { mayPost: true, quiet: 'role-gone' };
  const isOpen = notifies !== 'everyone' && mentionable.has(notifies.roleId);
  const isFree = notifies !== 'everyone' && notifies.isOffered;
  const theyMay = isFree || (answers && (isOpen || mayMention(place, charge.by, member)));
  if (!theyMay) return { mayPost: true, quiet: 'nobody-may' };
  if (isOpen) return everything;
  const me = await attempt.ownId();
  const own = await askMember(attempt, me);
  const may = (own && mayMention(place, me, own)) === true || (isFree && attempt.mayOpen(notifies.roleId));
  return { mayPost: true, quiet: may ? undefined : 'bot-may-not' };
}

/** The facts that decide permissions in this channel, and the roles that anybody may mention. */
export async function askPlace(attempt: Attempt, channelId: string): Promise<[Grants, ReadonlySet<string>]> {
  const { ownerId, roles, mentionable } = await askGuild(attempt);
  const place = await attempt.request<APITextChannel | APIThreadChannel>('get', Routes.channel(channelId));
  // Of a thread the permissions are those of the channel that it hangs on.
  const channel =
    'thread_metadata' in place && place.parent_id
      ? await attempt.request<APITextChannel>('get', Routes.channel(place.parent_id))
      : (place as APITextChannel);
  const overwrites = (channel.permission_overwrites ?? []).map(({ id, allow, deny }) => ({
    id,
    allow: BigInt(allow),
    deny: BigInt(deny),
  }));
  return [{ guildId: attempt.guild.id, ownerId, roles, overwrites }, mentionable];
}

/** A member as Discord has them now; undefined where they are not in the guild. */
export async function askMember(attempt: Attempt, userId: string): Promise<APIGuildMember | undefined> {
  try {
    return await attempt.member(userId);
  } catch (error) {
    if (error instanceof MemberGone) return undefined;
    throw error;
  }
}

function isModerator(place: Grants, userId: string, { roles: roleIds }: APIGuildMember): boolean {
  const inGuild = permissionsOf({ ...place, overwrites: [] }, { userId, roleIds });
  const inChannel = permissionsOf(place, { userId, roleIds });
  return (inGuild & PermissionFlagsBits.ManageGuild) !== 0n && (inChannel & PermissionFlagsBits.ViewChannel) !== 0n;
}

function mayMention(place: Grants, userId: string, { roles: roleIds }: APIGuildMember): boolean {
  return (permissionsOf(place, { userId, roleIds }) & PermissionFlagsBits.MentionEveryone) !== 0n;
}
