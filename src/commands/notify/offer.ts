import { DiscordAPIError, type Guild, type GuildMember, PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';
import type { NotifyKind } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import { createRole, findRoleFault, opensNothing, ownMember } from '../../discord/roles.ts';
import { oneAtATime } from '../../discord/turns.ts';
import type { Texts } from '../../texts/en.ts';

/**
 * The role for a kind: the one of its name that is there, else a new one without permissions. Two moderators at once take
 * turns, so the second finds what the first created; and so does whoever tries again after a crash. Calls Discord: defer
 * first.
 * @throws UserError when the bot may not create one, or may not give the one that is there.
 */
export async function provideNotifyRole(
  t: Texts,
  guild: Guild,
  moderator: GuildMember,
  kind: NotifyKind,
): Promise<string> {
  const text = t.notify;
  return await oneAtATime(guild.id, async () => {
    const me = await ownMember(guild);
    const name = text.roleName(kind);
    const there = [...guild.roles.cache.filter((role) => role.name === name).values()];
    const [namesake] = there.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    if (namesake) {
      const fault = findRoleFault(namesake, me, moderator);
      // As the bot makes it: it opens nothing. Such a one may be left of a broken run.
      const isAsMade = fault === 'notYours' && opensNothing(namesake);
      if (fault && !isAsMade) throw new UserError((t) => t.notify.refused.unusable(namesake.toString()));
      return namesake.id;
    }
    if (!me.permissions.has(PermissionFlagsBits.ManageRoles)) throw new UserError((t) => t.notify.refused.mayNotCreate);
    try {
      const reason = text.reason(moderator.user.username);
      // Without permissions of its own; closed to mentions but for the minute of a post (`src/delivery/mention.ts`).
      return (await createRole(guild, { name, permissions: [], mentionable: false, reason })).id;
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      if (error.code === RESTJSONErrorCodes.MissingPermissions)
        throw new UserError((t) => t.notify.refused.mayNotCreate);
      if (error.code === RESTJSONErrorCodes.MaximumNumberOfGuildRolesReached)
        throw new UserError((t) => t.notify.refused.full);
      throw error;
    }
  });
}
