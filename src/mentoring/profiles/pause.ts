import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import {
  listProfiles,
  pauseProfile,
  type Profile,
  listGuildsWithPausesOver,
  resumeDueProfiles,
  resumeProfile,
} from '../../db/profiles.ts';
import type { ProfileRole } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import { type Instant, later } from '../../time.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { carryOutAnswersOf } from '../requests/hold.ts';
import { releaseMember, releaseRest } from '../release.ts';
import { pauseDays } from './limits.ts';
import type { Acting } from '../../guild/acting.ts';
import type { Trx } from '../../db/open.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { returnToWaitlist } from '../turn.ts';
import { openPlace } from '../../db/openings.ts';
import { touchMentors } from '../../db/pool.ts';
import { insertNotice } from '../../db/notices/write.ts';

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
  const { days } = options;
  if (days !== undefined && (!Number.isInteger(days) || days < pauseDays.min || days > pauseDays.max)) {
    throw new UserError((t) => t.profiles.refused.pauseDays(pauseDays.min, pauseDays.max));
  }
  // A pause says no to new requests, not to somebody who was accepted a moment ago.
  if (options.role !== 'mentee') await carryOutAnswersOf(ctx, whose);
  const at = ctx.now();
  const until = days === undefined ? null : later(at, { days });
  const paused = await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    const roles = rolesMeant(await listProfiles(trx, whose.guildId, whose.userId), options.role);
    for (const role of roles) {
      await pauseProfile(trx, { ...whose, role }, { until, by: 'self' }, at);
      await releaseMember(ctx, trx, { ...whose, role, why: 'paused' });
    }
    await touchMentors(trx, whose.guildId, [whose.userId]);
    return { roles, until };
  });
  await releaseRest(ctx, whose);
  return paused;
}

/**
 * Puts a member back on the list, also one whom expired requests took off it.
 * @returns the roles that were paused and are not any more, and the turn with which they are on the waitlist again.
 * @throws UserError when they have no such profile, or nothing was paused.
 */
export async function resumeMember(
  ctx: Context,
  whose: Acting,
  options: { role?: ProfileRole | undefined } = {},
): Promise<{ roles: ProfileRole[]; waitsSince: Instant | undefined }> {
  const at = ctx.now();
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    const roles: ProfileRole[] = [];
    let waitsSince: Instant | undefined;
    for (const role of rolesMeant(await listProfiles(trx, whose.guildId, whose.userId), options.role)) {
      if (!(await resumeProfile(trx, { ...whose, role }, at))) continue;
      roles.push(role);
      if (role === 'mentor') await openPlace(trx, whose.guildId, whose.userId, at);
      else waitsSince = await returnToWaitlist(ctx, trx, whose);
    }
    if (roles.length === 0) throw new UserError((t) => t.profiles.refused.notPaused);
    await touchMentors(trx, whose.guildId, [whose.userId]);
    return { roles, waitsSince };
  });
}

function rolesMeant(profiles: readonly Profile[], role: ProfileRole | undefined): ProfileRole[] {
  const meant = profiles.filter((profile) => role === undefined || profile.role === role);
  if (meant.length === 0)
    throw new UserError((t) => (role ? t.profiles.refused.notRegisteredAs(role) : t.profiles.refused.notRegistered));
  return meant.map((profile) => profile.role);
}

/** How many pauses are ended at a heartbeat, at least; the rest follows with the next. */
const perRun = 500;

/** Members of one transaction: some milliseconds of work. */
const membersAtOnce = 200;

/** Ends every pause whose end has come, guild by guild, and tells whose it was. Returns in how many guilds that changed something. */
export async function resumeDue(ctx: Context): Promise<number> {
  let changed = 0;
  const guilds = await listGuildsWithPausesOver(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'resume-profiles', guilds, async (guildId) => {
    let resumed = 0;
    for (let some = Infinity; some > 0; resumed += some) {
      some = await inTurn(ctx.db, guildId, async (trx) => await resumeDueIn(trx, ctx, guildId));
      await nextTurn();
    }
    if (resumed > 0) changed += 1;
  });
  return changed;
}

async function resumeDueIn(trx: Trx, ctx: Context, guildId: string): Promise<number> {
  const at = ctx.now();
  const resumed = await resumeDueProfiles(trx, guildId, at, membersAtOnce);
  for (const { id, user_id: userId, role } of resumed) {
    if (role === 'mentor') await openPlace(trx, guildId, userId, at);
    else await returnToWaitlist(ctx, trx, { guildId, userId });
    await insertNotice(trx, ctx, {
      guildId,
      kind: 'pause-over',
      userId,
      subjectId: id,
      // Once for whoever paused as mentor and as mentee in one go.
      dedupeKey: `pause-over:${guildId}:${userId}:${at}`,
    });
  }
  await touchMentors(
    trx,
    guildId,
    resumed.map((profile) => profile.user_id),
  );
  return resumed.length;
}
