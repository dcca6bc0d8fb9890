/** Somebody is gone, refused, or ruled out: what becomes of their office hours, and of their places in others'. */
import type { Context } from '../../context.ts';
import { findOfficeHour, listOfficeHours, listOwnPlaces } from '../../db/office-hours.ts';
import type { Trx } from '../../db/open.ts';
import type { OffWhy } from '../../db/schema.ts';
import type { Acting } from '../../guild/acting.ts';
import { callOffInTurn } from './offer.ts';
import { takeOff } from './places.ts';

/** Calls off everything that a mentor has offered. */
export async function callOffAllOf(trx: Trx, ctx: Context, whose: Acting, why: OffWhy): Promise<void> {
  for (const hour of await listOfficeHours(trx, whose.guildId)) {
    if (hour.mentor_id === whose.userId) await callOffInTurn(trx, ctx, hour, why);
  }
}

/**
 * Takes somebody off all lists, or off those of one mentor; whoever waits moves up, and they themselves are told nothing.
 * @param mentorId undefined for every mentor.
 */
export async function takeOffAll(trx: Trx, ctx: Context, whose: Acting, mentorId?: string): Promise<void> {
  for (const { hour_id: hourId, mentor_id: holder } of await listOwnPlaces(trx, whose)) {
    if (mentorId !== undefined && holder !== mentorId) continue;
    const hour = await findOfficeHour(trx, hourId);
    if (hour) await takeOff(trx, ctx, hour, whose.userId);
  }
}

/** The same for two between whom something has come: neither is on a list of the other's. */
export async function takeOffBetween(
  trx: Trx,
  ctx: Context,
  guildId: string,
  one: string,
  other: string,
): Promise<void> {
  await takeOffAll(trx, ctx, { guildId, userId: one }, other);
  await takeOffAll(trx, ctx, { guildId, userId: other }, one);
}
