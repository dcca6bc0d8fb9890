import type { Client, Guild as DiscordGuild } from 'discord.js';
import type { Context } from '../../context.ts';
import { type Saying, UserError } from '../../errors.ts';
import { memberLeft } from '../../lifecycle/leavers.ts';
import { findGuildOfAny } from '../../discord/shards.ts';
import { isInGuild } from '../../discord/presence.ts';

/**
 * Makes sure that somebody is in the guild, by asking Discord: without the members intent the bot does not hear of it
 * when people leave. Whoever is not there is released at once, so that nobody else waits for them. Where Discord does
 * not know at the moment, they count as present: delivery asks again.
 * @param whyNot what whoever acts reads where they are not.
 * @throws UserError when they are not in the guild.
 */
export async function requirePresent(
  ctx: Context,
  guild: DiscordGuild,
  userId: string,
  whyNot: Saying = (t) => t.mentor.ask.notInServer,
): Promise<void> {
  if (!(await findAbsent(ctx, guild, userId))) return;
  throw new UserError(whyNot);
}

/**
 * The same for both of a pair, one of whom presses a button in a direct message: those stay when people leave.
 * @throws UserError when one of them is not in the guild.
 */
export async function requireBothPresent(
  ctx: Context,
  client: Client<true>,
  pair: { readonly guildId: string; readonly mentorId: string; readonly menteeId: string },
): Promise<void> {
  const guild = await findGuildOfAny(ctx, client, pair.guildId);
  // The bot is not there, or an outage hides the guild: what follows looks at both.
  if (!guild) return;
  await requirePresent(ctx, guild, pair.mentorId, (t) => t.mentor.answer.youLeft(pair.menteeId));
  await requirePresent(ctx, guild, pair.menteeId, (t) => t.mentor.answer.menteeLeft(pair.menteeId));
}

/** Notes it when somebody who acts from a direct message has left. A no counts from wherever it comes. */
export async function notePresence(ctx: Context, client: Client<true>, guildId: string, userId: string): Promise<void> {
  const guild = await findGuildOfAny(ctx, client, guildId);
  if (guild) await findAbsent(ctx, guild, userId);
}

/** Whether somebody is not in the guild; then that is recorded, with all that follows from it. */
async function findAbsent(ctx: Context, guild: DiscordGuild, userId: string): Promise<boolean> {
  try {
    if (await isInGuild(guild, userId)) return false;
  } catch (error) {
    ctx.log.warn({ err: error }, 'whether a member is present could not be learned');
    return false;
  }
  await memberLeft(ctx, guild.id, userId);
  return true;
}
