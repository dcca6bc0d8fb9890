/** In which language somebody reads what the bot writes by itself. */
import type { Context } from '../context.ts';
import type { Guild } from '../db/guilds.ts';
import { findMember } from '../db/members.ts';
import type { Texts } from '../texts/en.ts';

/**
 * The texts for a guild's channels: in the language that its moderators chose, or else that Discord has for it.
 * @param preferred Discord's locale for the guild; undefined where it is not known at the moment.
 */
export function textsOfGuild(ctx: Context, guild: Pick<Guild, 'locale'>, preferred: string | undefined): Texts {
  return ctx.languages.textsIn(guild.locale ?? preferred);
}

/** The texts for a member: in their own language as last seen, or else in the guild's. */
export async function textsOfMember(
  ctx: Context,
  guild: Pick<Guild, 'id' | 'locale'>,
  userId: string,
  preferred: string | undefined,
): Promise<Texts> {
  const member = await findMember(ctx.db, guild.id, userId);
  return member?.locale ? ctx.languages.textsIn(member.locale) : textsOfGuild(ctx, guild, preferred);
}
