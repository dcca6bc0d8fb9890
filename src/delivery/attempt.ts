import {
  type APIGuild,
  type APIGuildMember,
  type Client,
  type REST,
  PermissionFlagsBits,
  type RouteLike,
  Routes,
} from 'discord.js';
import type { Context } from '../context.ts';
import type { QuietReason } from '../db/notice-kinds.ts';
import type { Guild } from '../db/guilds.ts';
import { findMember } from '../db/members.ts';
import { findPostPlace, isLockedTo, missingAt } from '../discord/post-places.ts';
import { findRoleFault } from '../discord/roles.ts';
import { deletedUser } from '../db/schema.ts';
import type { Texts } from '../texts/en.ts';
import { epochMs, type Instant, later } from '../time.ts';
import { MemberGone, type Scene } from './notices/scene.ts';
import type { Pace } from './pace.ts';
import { goneMemberCodes, isRefusal, toFailure } from './request-failure.ts';
import type { Notice } from '../db/notices/write.ts';
import { noteTry, renewClaim } from '../db/notices/claims.ts';

/** How long a claim holds: what a killed process had in hand is taken over after this time. */
export const leaseMs = 45_000;
/** How long one request of a delivery may take with all its waiting: well within a claim. */
const requestMs = 20_000;
/** What a claim must outlast a request by, so that its outcome can be written down. */
const recordMs = 5_000;

/** Another process has taken over: whatever happens now is its business. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

interface RequestOptions {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  /** True when doing it twice would be seen twice: then a lost answer makes the outcome unknown. */
  readonly creates?: boolean;
  /** Shown in the guild's audit log. */
  readonly reason?: string;
}

/** What sends to Discord for deliveries, and what is remembered about it. */
export interface Sender {
  readonly ctx: Context;
  readonly client: Client;
  /** Without retries of its own: what has been sent once is not sent again before somebody has looked. */
  readonly rest: REST;
  /** Discord's limit on all requests together. */
  readonly pace: Pace;
  /** Channels of direct messages by user. */
  readonly dms: Map<string, string>;
}

/** One try at delivering one notice: every request goes through here, and never outlives the claim. */
export class Attempt implements Scene {
  readonly sender: Sender;
  readonly ctx: Context;
  readonly guild: Guild;
  /** In the language of whoever reads it. */
  readonly t: Texts;
  notice: Notice;
  /** The channel or role that is being used, for whoever has to mend it. */
  concerns: string | undefined;
  /** Whom the request in hand is about, where that is not whom the notice is for. */
  person: string | undefined;
  /** Whether what it makes has no nonce: what seems lost gets longer to arrive before anybody looks. */
  hasNoNonce = false;
  /** Since when something may have been made without our knowing: carried over, or begun in this attempt. */
  unsureSince: Instant | null;

  constructor(sender: Sender, guild: Guild, notice: Notice, t: Texts) {
    this.sender = sender;
    // Notices caused by a bulk notice are bulk too.
    this.ctx = notice.mass === 1 ? { ...sender.ctx, bulk: true } : sender.ctx;
    this.guild = guild;
    this.t = t;
    this.notice = notice;
    this.unsureSince = notice.unsure_since;
  }

  /**
   * Sends one request.
   * @throws RequestFailure sorted by kind; ClaimLost when another process has taken over.
   */
  async request<T>(
    method: 'get' | 'post' | 'put' | 'patch' | 'delete',
    route: RouteLike,
    options: RequestOptions = {},
  ): Promise<T> {
    await this.sender.pace.wait(this.notice.mass === 1 ? 'bulk' : 'people', this.guild.id);
    await this.keepClaim();
    const before = this.unsureSince;
    if (options.creates) this.unsureSince ??= this.ctx.now();
    try {
      const result = await send(this.sender.rest, method, route, options);
      return result as T;
    } catch (error) {
      const failure = toFailure(error);
      // Limited and refused mean that this request has made nothing; what an earlier one made is still unknown.
      if (failure.kind !== 'away') this.unsureSince = before;
      throw failure;
    }
  }

  /** Makes sure that the claim outlasts one more request. */
  async keepClaim(): Promise<void> {
    const now = this.ctx.now();
    const claimedUntil = this.notice.claimed_until;
    if (claimedUntil !== null && epochMs(claimedUntil) - epochMs(now) > requestMs + recordMs) return;
    const until = later(now, { ms: leaseMs });
    if (!(await renewClaim(this.ctx.db, this.notice, until))) throw new ClaimLost();
    this.notice = { ...this.notice, claimed_until: until };
  }

  /**
   * Notes where something is about to be made, before it is: should nobody learn whether it was, it is looked for there,
   * also when moderators have chosen another channel since.
   * @throws ClaimLost when another process has taken over.
   */
  async tries(channelId: string): Promise<void> {
    if (this.notice.tried_in === channelId) return;
    if (!(await noteTry(this.ctx.db, this.notice, channelId))) throw new ClaimLost();
    this.notice = { ...this.notice, tried_in: channelId };
  }

  /** The channel in which something may have been made, where another was chosen since. @param channelId the one of now. */
  formerPlace(channelId: string | null): string | undefined {
    const { tried_in: former } = this.notice;
    return this.unsureSince === null || former === null || former === channelId ? undefined : former;
  }

  async guildName(): Promise<string> {
    const cached = this.sender.client.guilds.cache.get(this.guild.id)?.name;
    return cached ?? (await this.request<APIGuild>('get', Routes.guild(this.guild.id))).name;
  }

  async memberName(userId: string): Promise<string> {
    if (userId === deletedUser) return this.t.notices.formerMember;
    const cached = this.sender.client.guilds.cache.get(this.guild.id)?.members.cache.get(userId);
    if (cached) return cached.displayName;
    try {
      const member = await this.member(userId);
      return member.nick ?? member.user.global_name ?? member.user.username;
    } catch (error) {
      // Their leaving is already recorded; nothing more to do.
      if (!(error instanceof MemberGone)) throw error;
      const member = await findMember(this.ctx.db, this.guild.id, userId);
      if (member?.left_at === null) throw error;
      return this.t.notices.formerMember;
    }
  }

  /**
   * Why the bot may not mention a role in a channel, from its memory; undefined where it may, or where an outage hides
   * the guild: Discord then notifies nobody.
   */
  findMentionFault(channelId: string, roleId: string): QuietReason | undefined {
    const guild = this.sender.client.guilds.cache.get(this.guild.id);
    if (!guild?.available) return undefined;
    const role = guild.roles.cache.get(roleId);
    if (!role) return 'role-gone';
    const place = findPostPlace(guild, channelId);
    const me = guild.members.me;
    if (role.mentionable || !place || !me) return undefined;
    return place.holder.permissionsFor(me).has(PermissionFlagsBits.MentionEveryone) ? undefined : 'bot-may-not';
  }

  /** Whether the bot can let a role of `/notify` be mentioned for a post; from its memory, true where that is not known. */
  mayOpen(roleId: string): boolean {
    const guild = this.sender.client.guilds.cache.get(this.guild.id);
    const role = guild?.roles.cache.get(roleId);
    const me = guild?.members.me;
    if (!role || !me) return true;
    return me.permissions.has(PermissionFlagsBits.ManageRoles) && findRoleFault(role, me) === undefined;
  }

  /**
   * A member as Discord has it now.
   * @throws MemberGone when the person is not in the guild.
   */
  async member(userId: string): Promise<APIGuildMember> {
    try {
      return await this.request<APIGuildMember>('get', Routes.guildMember(this.guild.id, userId));
    } catch (error) {
      if (isRefusal(error, goneMemberCodes)) throw new MemberGone(userId);
      throw error;
    }
  }

  /** Whether the bot may post in a channel, from its memory; undefined where that is not known at the moment. */
  mayPost(channelId: string, parentId: string | null): boolean | undefined {
    const guild = this.sender.client.guilds.cache.get(this.guild.id);
    const me = guild?.members.me;
    if (!guild?.available || !me) return undefined;
    const place = findPostPlace(guild, channelId, parentId);
    return place !== undefined && missingAt(place, me).length === 0 && !isLockedTo(place, me);
  }

  /** The bot's own user id. */
  async ownId(): Promise<string> {
    return this.sender.client.user?.id ?? (await this.request<{ id: string }>('get', Routes.user())).id;
  }
}

async function send(
  rest: REST,
  method: 'get' | 'post' | 'put' | 'patch' | 'delete',
  route: RouteLike,
  options: RequestOptions,
): Promise<unknown> {
  return await rest[method](route, {
    body: options.body,
    ...(options.query ? { query: new URLSearchParams(options.query) } : {}),
    ...(options.reason ? { reason: options.reason } : {}),
    signal: AbortSignal.timeout(requestMs),
  });
}
