import { languageById } from '../../content/index.ts';
import type { Context } from '../../context.ts';
import { touchMentors } from '../../db/pool.ts';
import { listProfiles, type Profile, setLanguages } from '../../db/profiles.ts';
import type { ProfileRole } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { mostChosen } from './limits.ts';

/**
 * Adds a language to somebody's profiles, or to the one that is meant.
 * @returns the profiles as they now are.
 * @throws UserError when they have none, the language is none of the list, or they have as many as there may be.
 */
export async function addLanguage(
  ctx: Context,
  whose: Acting,
  language: string,
  role: ProfileRole | undefined,
): Promise<readonly Profile[]> {
  if (!languageById.has(language)) throw new UserError((t) => t.profiles.refused.language);
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    const profiles = await listProfiles(trx, whose.guildId, whose.userId);
    const meant = profiles.filter((profile) => role === undefined || profile.role === role);
    if (meant.length === 0)
      throw new UserError((t) => (role ? t.profiles.refused.notRegisteredAs(role) : t.profiles.refused.notRegistered));
    for (const { id, languages } of meant) {
      if (languages.includes(language)) continue;
      if (languages.length >= mostChosen.languages)
        throw new UserError((t) => t.profiles.refused.languagesFull(mostChosen.languages));
      await setLanguages(trx, id, [...languages, language], ctx.now());
    }
    await touchMentors(trx, whose.guildId, [whose.userId]);
    return await listProfiles(trx, whose.guildId, whose.userId);
  });
}
