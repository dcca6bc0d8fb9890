import type { Guild as DiscordGuild } from 'discord.js';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { memberLeft } from '../../lifecycle/leavers.ts';
import { isInGuild } from '../../discord/presence.ts';

/**
 * Makes sure that somebody is in the guild, by asking Discord: without the members intent the bot does not hear of it
 * when people leave. Whoever is not there is released at once, so that nobody else waits for them. Where Discord does
 * not know at the moment, they count as present: delivery asks again.
 * @throws UserError when they are not in the guild.
 */
export async function requirePresent(ctx: Context, guild: DiscordGuild, userId: string): Promise<void> {
  try {
    if (await isInGuild(guild, userId)) return;
  } catch (error) {
    ctx.log.warn({ err: error }, 'whether a member is present could not be learned');
    return;
  }
  await memberLeft(ctx, guild.id, userId);
  throw new UserError((t) => t.mentor.ask.notInServer);
}
