/** Who has a place, who waits for one in turn, and who was there. */
import type { Context } from '../../context.ts';
import {
  deleteOfficePerson,
  giveOfficePlace,
  insertOfficePerson,
  listOfficePeople,
  listOwnPlaces,
  markHere,
  type OfficeHour,
  type OfficePerson,
  findOfficeHour,
} from '../../db/office-hours.ts';
import type { NewDetail } from '../../db/notice-kinds.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { hereAfterHours, hereBeforeMinutes, placesOfMember, waitingAtMost } from './limits.ts';
import { isRuledOut, notOpen, requireOpenTo } from './rules.ts';

/** How many come and wait, and how somebody stands among them. */
export interface Standing {
  readonly taken: number;
  readonly waiting: number;
  readonly here: number;
  /** Undefined for whoever is not on the list; `turn` is their place among those who wait, from 1. */
  readonly own: (Pick<OfficePerson, 'state' | 'here_at'> & { readonly turn: number }) | undefined;
}

/** Pure: the same of a list. @param userId absent for nobody's own. */
export function standingIn(people: readonly OfficePerson[], userId?: string): Standing {
  const waiting = people.filter(({ state }) => state === 'waiting');
  const own = people.find((each) => each.user_id === userId);
  return {
    taken: people.length - waiting.length,
    waiting: waiting.length,
    here: people.filter(({ here_at: at }) => at !== null).length,
    own: own && { state: own.state, here_at: own.here_at, turn: waiting.indexOf(own) + 1 },
  };
}

/**
 * A member takes a place, or the last one in the row of those who wait; a second press changes nothing.
 * @throws UserError where they may not, have too many or another at that time, and where too many wait.
 */
export async function joinOfficeHour(ctx: Context, whose: Acting, hourId: string): Promise<OfficeHour> {
  const { guildId, userId } = whose;
  return await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const hour = await requireOpenTo(ctx, trx, whose, hourId);
    if (hour.mentor_id === userId) throw new UserError((t) => t.officeHours.refused.own);
    const people = await listOfficePeople(trx, hourId);
    if (people.some((each) => each.user_id === userId)) return hour;
    const own = (await listOwnPlaces(trx, whose)).filter((each) => each.ends_at > ctx.now());
    if (own.length >= placesOfMember) throw new UserError((t) => t.officeHours.refused.tooMany(placesOfMember));
    const other = own.find((each) => each.starts_at < hour.ends_at && each.ends_at > hour.starts_at);
    if (other) throw new UserError((t) => t.officeHours.refused.another(other.starts_at));
    const { taken, waiting } = standingIn(people);
    // Whoever waits is first: a place that is just free is theirs.
    const state = taken < hour.places && waiting === 0 ? 'in' : 'waiting';
    if (state === 'waiting' && waiting >= waitingAtMost) throw new UserError((t) => t.officeHours.refused.listFull);
    const person = { hour_id: hourId, user_id: userId, guild_id: guildId, state, since: ctx.now() } as const;
    if (await insertOfficePerson(trx, person)) await reviseCard(trx, ctx, hourId);
    return hour;
  });
}

/** A member gives their place back, or waits no longer; their question goes with it. @throws UserError where they had none. */
export async function leaveOfficeHour(ctx: Context, whose: Acting, hourId: string): Promise<OfficeHour> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const hour = await findOfficeHour(trx, hourId);
    const isPlanned = hour?.guild_id === whose.guildId && hour.state === 'planned';
    if (!hour || !isPlanned) throw notOpen();
    if (!(await takeOff(trx, ctx, hour, whose.userId))) throw new UserError((t) => t.officeHours.refused.notOnList);
    return hour;
  });
}

/**
 * A member was there, as they say: nobody’s presence is measured. A second press changes nothing.
 * @throws UserError for whoever is not on the list, and outside of the time for it.
 */
export async function sayWasThere(ctx: Context, whose: Acting, hourId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const hour = await findOfficeHour(trx, hourId);
    if (hour?.guild_id !== whose.guildId || hour.state === 'called-off') throw notOpen();
    const own = standingIn(await listOfficePeople(trx, hourId), whose.userId).own;
    if (!own) throw new UserError((t) => t.officeHours.refused.notOnList);
    const now = ctx.now();
    const from = later(hour.starts_at, { minutes: -hereBeforeMinutes });
    if (now < from || now > later(hour.ends_at, { hours: hereAfterHours }))
      throw new UserError((t) => t.officeHours.refused.hereWhen(hereBeforeMinutes, hereAfterHours));
    if (await markHere(trx, hourId, whose.userId, now)) await reviseCard(trx, ctx, hourId);
  });
}

/** Takes somebody off the list of one that is planned; the first who waits moves up and is told. */
export async function takeOff(trx: Trx, ctx: Context, hour: OfficeHour, userId: string): Promise<boolean> {
  if (!(await deleteOfficePerson(trx, hour.id, userId))) return false;
  await fillPlaces(trx, ctx, hour);
  await reviseCard(trx, ctx, hour.id);
  return true;
}

/** Gives free places to those who wait, in turn; whom something keeps away meanwhile leaves the list instead. */
async function fillPlaces(trx: Trx, ctx: Context, hour: OfficeHour): Promise<void> {
  const people = await listOfficePeople(trx, hour.id);
  let free = hour.places - standingIn(people).taken;
  for (const { user_id: userId, state } of people) {
    if (free <= 0 || hour.ends_at <= ctx.now()) return;
    if (state !== 'waiting') continue;
    if (await isRuledOut(ctx, trx, { guildId: hour.guild_id, userId }, hour.mentor_id)) {
      await deleteOfficePerson(trx, hour.id, userId);
      continue;
    }
    if (!(await giveOfficePlace(trx, hour.id, userId))) continue;
    free -= 1;
    await tell(trx, ctx, hour, userId, 'place');
  }
}

/** What a letter about office hours says. */
type Part = NewDetail<'office-letter'>['part'];

/** Owes somebody a letter about one. */
export async function tell(
  trx: Trx,
  ctx: Context,
  hour: OfficeHour,
  userId: string,
  part: Part,
  dueAt = ctx.now(),
): Promise<void> {
  const about = { guildId: hour.guild_id, userId, subjectId: hour.id, dueAt };
  await insertNotice(trx, ctx, { ...about, kind: 'office-letter', detail: { part } });
}

/** Everything that stands openly follows when and where it is, and how it stands. */
export async function reviseOpen(trx: Trx, ctx: Context, hourId: string): Promise<void> {
  await reviseCard(trx, ctx, hourId);
  await reviseNotices(trx, hourId, 'office-event', ctx.now());
}

/** What stands in the mentoring channel follows who comes. */
export async function reviseCard(trx: Trx, ctx: Context, hourId: string): Promise<void> {
  await reviseNotices(trx, hourId, 'office-card', ctx.now());
}
