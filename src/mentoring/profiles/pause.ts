import type { Context } from '../../context.ts';
import { touchPool } from '../../db/guilds.ts';
import { insertNotice } from '../../db/notices.ts';
import { listProfiles, pauseProfile, type Profile, resumeDueProfiles, resumeProfile } from '../../db/profiles.ts';
import type { ProfileRole } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import { type Instant, later } from '../../time.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { releaseMember } from '../release.ts';
import { pauseDays } from './limits.ts';
import type { Acting } from '../../guild/acting.ts';

/**
 * Takes a member off the list for a while: requests to them or by them are released, mentorships go on. Pausing what is
 * paused changes when the pause ends.
 * @param options `days` until it ends by itself (without: when they resume); `role` where only one profile is meant.
 * @returns the roles paused, and when the pause ends.
 * @throws UserError when they have no such profile, or for a number of days out of range.
 */
export async function pauseMember(
  ctx: Context,
  whose: Acting,
  options: { days?: number | undefined; role?: ProfileRole | undefined },
): Promise<{ roles: ProfileRole[]; until: Instant | null }> {
  await requireGuild(ctx.db, whose.guildId);
  const { days } = options;
  if (days !== undefined && (!Number.isInteger(days) || days < pauseDays.min || days > pauseDays.max)) {
    throw new UserError((t) => t.profiles.refused.pauseDays(pauseDays.min, pauseDays.max));
  }
  const at = ctx.now();
  const until = days === undefined ? null : later(at, { days });
  return await ctx.db.transaction().execute(async (trx) => {
    const roles = rolesMeant(await listProfiles(trx, whose.guildId, whose.userId), options.role);
    for (const role of roles) {
      await pauseProfile(trx, { ...whose, role }, { until, by: 'self' }, at);
      await releaseMember(ctx, trx, { ...whose, role, why: 'paused' });
    }
    await touchPool(trx, whose.guildId);
    return { roles, until };
  });
}

/**
 * Puts a member back on the list, also one whom expired requests took off it.
 * @returns the roles that were paused and are not any more.
 * @throws UserError when they have no such profile, or nothing was paused.
 */
export async function resumeMember(
  ctx: Context,
  whose: Acting,
  options: { role?: ProfileRole | undefined } = {},
): Promise<{ roles: ProfileRole[] }> {
  await requireGuild(ctx.db, whose.guildId);
  const at = ctx.now();
  return await ctx.db.transaction().execute(async (trx) => {
    const roles: ProfileRole[] = [];
    for (const role of rolesMeant(await listProfiles(trx, whose.guildId, whose.userId), options.role)) {
      if (await resumeProfile(trx, { ...whose, role }, at)) roles.push(role);
    }
    if (roles.length === 0) throw new UserError((t) => t.profiles.refused.notPaused);
    await touchPool(trx, whose.guildId);
    return { roles };
  });
}

function rolesMeant(profiles: readonly Profile[], role: ProfileRole | undefined): ProfileRole[] {
  const meant = profiles.filter((profile) => role === undefined || profile.role === role);
  if (meant.length === 0)
    throw new UserError((t) => (role ? t.profiles.refused.notRegisteredAs(role) : t.profiles.refused.notRegistered));
  return meant.map((profile) => profile.role);
}

/** Ends every pause whose end has come, in all guilds, and tells whose it was. Returns in how many guilds that changed something. */
export async function resumeDue(ctx: Context): Promise<number> {
  return await ctx.db.transaction().execute(async (trx) => {
    const at = ctx.now();
    const resumed = await resumeDueProfiles(trx, at);
    for (const { id, guild_id: guildId, user_id: userId } of resumed) {
      await insertNotice(trx, ctx, {
        guildId,
        kind: 'pause-over',
        userId,
        subjectId: id,
        // Once for whoever paused as mentor and as mentee in one go.
        dedupeKey: `pause-over:${guildId}:${userId}:${at}`,
      });
    }
    const guilds = new Set(resumed.map((profile) => profile.guild_id));
    for (const guildId of guilds) await touchPool(trx, guildId);
    return guilds.size;
  });
}
