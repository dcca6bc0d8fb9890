/** Asks Discord for current permissions before carrying out an earlier decision. */
import { type APIGuild, Routes } from 'discord.js';
import { epochMs } from '../time.ts';
import type { Attempt, Sender } from './attempt.ts';

/** A guild as Discord has it now. */
export interface GuildNow {
  readonly ownerId: string;
  /** The permissions of each role; that of everyone has the guild's id. */
  readonly roles: ReadonlyMap<string, bigint>;
  /** The roles that anybody may mention. */
  readonly mentionable: ReadonlySet<string>;
}

/** How long an answer about a guild counts where much is done at once, as roles for ten thousand members are. */
const rememberedMs = 5_000;

/** The last answer, by sender: where much is done at once it is for one guild, and what a process was told ends with it. */
const lastAnswers = new WeakMap<Sender, { readonly guildId: string; readonly at: number; readonly guild: GuildNow }>();

/**
 * A guild's owner and roles, asked of Discord.
 * @param isRecentEnough whether an answer of the last seconds will do.
 */
export async function askGuild(attempt: Attempt, isRecentEnough = false): Promise<GuildNow> {
  const { sender, guild: settings } = attempt;
  const last = lastAnswers.get(sender);
  const isRecent = last?.guildId === settings.id && Math.abs(epochMs(attempt.ctx.now()) - last.at) < rememberedMs;
  if (isRecentEnough && isRecent) return last.guild;
  const answer = await attempt.request<APIGuild>('get', Routes.guild(settings.id));
  const guild: GuildNow = {
    ownerId: answer.owner_id,
    roles: new Map(answer.roles.map(({ id, permissions }) => [id, BigInt(permissions)])),
    mentionable: new Set(answer.roles.filter(({ mentionable }) => mentionable).map(({ id }) => id)),
  };
  lastAnswers.set(sender, { guildId: settings.id, at: epochMs(attempt.ctx.now()), guild });
  return guild;
}
