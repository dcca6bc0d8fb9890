/** Who may offer office hours, and who may come. */
import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import { findMember } from '../../db/members.ts';
import { findOfficeHour, listOfficeHours, type OfficeHour } from '../../db/office-hours.ts';
import type { Db } from '../../db/open.ts';
import { findProfile, listProfiles } from '../../db/profiles.ts';
import { findSuspension } from '../../db/suspensions.ts';
import { listRelations } from '../../db/relations.ts';
import { NotTheirs, UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { standingOf } from '../../guild/standing.ts';

/** Whether a member is a mentor here whom the moderators accept. */
export async function isAcceptedMentor(db: Db, guild: Guild, userId: string): Promise<boolean> {
  const profile = await findProfile(db, guild.id, userId, 'mentor');
  const member = await findMember(db, guild.id, userId);
  return member?.left_at === null && profile !== undefined && standingOf(profile, guild) === 'accepted';
}

/** @throws UserError for whoever is no mentor here whom the moderators accept. */
export async function requireMentor(db: Db, guild: Guild, userId: string): Promise<void> {
  if (!(await isAcceptedMentor(db, guild, userId))) throw new UserError((t) => t.officeHours.refused.notMentor);
}

/** Mentors to whose office hours somebody does not go, whatever lies between them; undefined for those of nobody. */
async function findRuledOut(
  ctx: Pick<Context, 'now' | 'keyedHash'>,
  db: Db,
  whose: Acting,
): Promise<ReadonlySet<string> | undefined> {
  const { guildId, userId } = whose;
  const profiles = await listProfiles(db, guildId, userId);
  const at = ctx.now();
  const relations = await listRelations(db, guildId, userId, { since: at, at });
  const isSuspended =
    profiles.some(({ verification }) => verification === 'suspended') ||
    (await findSuspension(db, ctx, whose, 'mentee')) !== undefined ||
    (await findSuspension(db, ctx, whose, 'mentor')) !== undefined;
  if (isSuspended) return undefined;
  return new Set(
    relations.filter(({ kind }) => kind === 'blocked' || kind === 'bad-fit').map(({ userId: other }) => other),
  );
}

/** Whether something keeps a member from a mentor's office hours: what it is looks the same to them in every case. */
export async function isRuledOut(
  ctx: Pick<Context, 'now' | 'keyedHash'>,
  db: Db,
  whose: Acting,
  mentorId: string,
): Promise<boolean> {
  const ruledOut = await findRuledOut(ctx, db, whose);
  return ruledOut === undefined || ruledOut.has(mentorId);
}

/** Those of a guild that are not over and that somebody may go to or holds, in the order in which they begin. */
export async function listOpenTo(ctx: Context, whose: Acting): Promise<readonly OfficeHour[]> {
  const hours = await listOfficeHours(ctx.db, whose.guildId);
  if (hours.length === 0) return [];
  const ruledOut = await findRuledOut(ctx, ctx.db, whose);
  return hours.filter(
    (hour) => hour.mentor_id === whose.userId || (ruledOut !== undefined && !ruledOut.has(hour.mentor_id)),
  );
}

/**
 * One that is not over, for somebody who may go to it or holds it.
 * @throws UserError with one text for one that does not exist, is over, is another guild's or is not for them.
 */
export async function requireOpenTo(
  ctx: Pick<Context, 'now' | 'keyedHash'>,
  db: Db,
  whose: Acting,
  hourId: string,
): Promise<OfficeHour> {
  const hour = await findOfficeHour(db, hourId);
  const isOut = await isRuledOut(ctx, db, whose, hour?.mentor_id ?? '');
  const isOpen = hour?.guild_id === whose.guildId && hour.state === 'planned' && hour.ends_at > ctx.now();
  if (!hour || !isOpen || (isOut && hour.mentor_id !== whose.userId)) throw notOpen();
  return hour;
}

/** The mentor's own that is not over. @throws UserError for any other. */
export async function requireOwnHour(ctx: Context, db: Db, whose: Acting, hourId: string): Promise<OfficeHour> {
  const hour = await requireOpenTo(ctx, db, whose, hourId);
  if (hour.mentor_id !== whose.userId) throw new NotTheirs((t) => t.officeHours.refused.notYours);
  return hour;
}

export function notOpen(): UserError {
  return new UserError((t) => t.officeHours.refused.notOpen);
}
