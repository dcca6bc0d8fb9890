/**
 * Places that open, for those who wait: whoever has the next turn and suits hears of one, and has a day before the next
 * in line does. Nothing is reserved, and whoever passes keeps their turn.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { findGuild, type Guild } from '../db/guilds.ts';
import { insertNotice, reviseNotices } from '../db/notices/write.ts';
import type { Db, Trx } from '../db/open.ts';
import {
  closeOffer,
  closeOpenings,
  countOpenOffers,
  findOffer,
  findOpenOfferTo,
  insertOffer,
  listGuildsToOffer,
  listOffersOver,
  listOffersTo,
  listOpenings,
  type Offer,
  planOpenings,
} from '../db/openings.ts';
import { countPendingByMentor, listWaitingByTurn, type WaitingMentee } from '../db/round-input.ts';
import { NotTheirs } from '../errors.ts';
import { forEachInTurn } from '../guild/each.ts';
import { inTurn } from '../guild/turn.ts';
import { newId } from '../ids.ts';
import { type Mentor, pack, type Relations, suggest } from '../matching/index.ts';
import { epochMs, type Instant, later } from '../time.ts';
import { catalogue, menteeOf } from './matchable.ts';
import { openPool } from './pool.ts';
import { countFreePlaces } from './requests/onward.ts';
import { findObstacle, findRelationsForSearch, rulesOf } from './requests/rules.ts';

/** For how many hours somebody is the one who hears of a place. */
export const offerHours = 24;
/** For how many days nobody hears of the same mentor's place again. */
const offeredAgainDays = 30;
/** Guilds of one heartbeat, and people of one guild who hear of places at it: those left over follow with the next. */
const guildsPerRun = 50;
const offersPerRun = 20;
/** Openings of one guild that are looked at together. */
const openingsAtOnce = 500;
/** Those who wait that are read at a time, and looked at before others are served. */
const readAtOnce = 200;
const lookedAtOnce = 20;
/** How soon a place is looked at again whose mentor is being asked just now, in minutes. */
const busyMinutes = 60;

const nothing: Relations = { blocked: new Set(), badFit: new Set(), ownMentees: new Set(), asked: new Set() };

/** Tells those who wait of places that opened, in turn. */
export async function offerPlaces(ctx: Context): Promise<void> {
  const guilds = await listGuildsToOffer(ctx.db, ctx.now(), guildsPerRun);
  await forEachInTurn(ctx, 'offer-places', guilds, async (guildId) => await offerIn(ctx, guildId));
}

async function offerIn(ctx: Context, guildId: string): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => await closeOver(ctx, trx, guildId));
  const guild = await findGuild(ctx.db, guildId);
  const opened = await listOpenings(ctx.db, guildId, openingsAtOnce);
  if (opened.length === 0) return;
  if (!guild || guild.left_at !== null) {
    return await inTurn(ctx.db, guildId, async (trx) => await closeOpenings(trx, guildId, opened));
  }
  const places = await countPlaces(ctx, guild, opened);
  const looked = await lookThroughWaiting(ctx, guild, places.free);
  await inTurn(ctx.db, guildId, async (trx) => {
    const at = ctx.now();
    const free = [...places.free.keys()];
    await closeOpenings(trx, guildId, [...places.gone, ...(looked.is === 'all' ? free : [])]);
    // Whoever hears of another place at the moment hears of this one when that is over.
    if (looked.is === 'some') await planOpenings(trx, guildId, later(at, { minutes: busyMinutes }), free);
    await planOpenings(trx, guildId, later(at, { minutes: busyMinutes }), places.busy);
  });
}

/** Ends the offers of which nothing more comes; the places are then looked at again. */
async function closeOver(ctx: Context, trx: Trx, guildId: string): Promise<void> {
  const over = await listOffersOver(trx, guildId, ctx.now());
  for (const { id } of over) {
    if (await closeOffer(trx, id, 'over')) await reviseNotices(trx, id, 'place-open', ctx.now());
  }
  if (over.length > 0) await planOpenings(trx, guildId, ctx.now());
}

/** Mentors whose place has opened, by whether somebody could hear of one. */
interface Places {
  /** With how many places nobody hears of at the moment. */
  readonly free: Map<string, { readonly mentor: Mentor; left: number }>;
  /** Every place is being asked for, or somebody has just heard of it. */
  readonly busy: readonly string[];
  readonly gone: readonly string[];
}

async function countPlaces(ctx: Context, guild: Guild, opened: readonly string[]): Promise<Places> {
  const { packed } = await openPool(ctx, guild);
  const pending = await countPendingByMentor(ctx.db, guild.id);
  const told = await countOpenOffers(ctx.db, guild.id);
  const places = {
    free: new Map<string, { mentor: Mentor; left: number }>(),
    busy: [] as string[],
    gone: [] as string[],
  };
  for (const id of opened) {
    const mentor = packed.mentors[packed.indexById.get(id) ?? -1];
    if (!mentor || !mentor.active || mentor.mentees >= mentor.capacity) {
      places.gone.push(id);
      continue;
    }
    const left = mentor.capacity - mentor.mentees - (pending.get(id) ?? 0) - (told.get(id) ?? 0);
    if (left > 0) places.free.set(id, { mentor, left });
    else places.busy.push(id);
  }
  return places;
}

/**
 * Goes through those who wait in the order of their turns: each hears of the place that suits them best.
 * @returns `all` where everybody has been looked at and nobody is left to hear of what is still free; `some` where
 * somebody suits who is told of another place at the moment; `more` where the next heartbeat goes on.
 */
async function lookThroughWaiting(
  ctx: Context,
  guild: Guild,
  free: Places['free'],
): Promise<{ readonly is: 'all' | 'some' | 'more' }> {
  let packed = pack([...free.values()].map(({ mentor }) => mentor), catalogue); // prettier-ignore
  const rules = rulesOf(guild);
  const at = ctx.now();
  let made = 0;
  let seen = 0;
  let isWaiting = false;
  for (let after: WaitingMentee | undefined; ;) {
    const part = await listWaitingByTurn(ctx.db, guild.id, after, readAtOnce);
    for (const profile of part) {
      if (packed.mentors.length === 0) return { is: 'more' };
      if (made >= offersPerRun) return { is: 'more' };
      seen += 1;
      if (seen % lookedAtOnce === 0) await nextTurn();
      const mentee = menteeOf(profile, profile, epochMs(at));
      // Most suit none of a few places: then nothing else has to be read of them.
      if (suggest(mentee, packed, { k: 1, relations: nothing, rules }).eligible === 0) continue;
      const heard = await listOffersTo(ctx.db, guild.id, mentee.id, later(at, { days: -offeredAgainDays }));
      const relations = await findRelationsForSearch(ctx.db, guild.id, mentee.id, at);
      const asked = new Set([...relations.asked, ...heard.map(({ mentor_id: id }) => id)]);
      const [best] = suggest(mentee, packed, { k: 1, relations: { ...relations, asked }, rules }).suggestions;
      if (!best) continue;
      if (heard.some(({ state }) => state === 'open')) {
        isWaiting = true;
        continue;
      }
      if (!(await offer(ctx, guild, { menteeId: mentee.id, mentorId: best.mentor.id }))) continue;
      made += 1;
      const place = free.get(best.mentor.id);
      if (!place) continue;
      place.left -= 1;
      if (place.left > 0) continue;
      free.delete(best.mentor.id);
      packed = pack([...free.values()].map(({ mentor }) => mentor), catalogue); // prettier-ignore
    }
    if (part.length < readAtOnce) return { is: isWaiting ? 'some' : 'all' };
    after = part.at(-1);
    await nextTurn();
  }
}

/** Tells one mentee of one place, unless something has come between the two since. */
async function offer(
  ctx: Context,
  { id: guildId }: Guild,
  pair: { readonly menteeId: string; readonly mentorId: string },
): Promise<boolean> {
  return await inTurn(ctx.db, guildId, async (trx) => {
    const at = ctx.now();
    const guild = await findGuild(trx, guildId);
    if (!guild || (await findObstacle(trx, guild, pair, at)) !== undefined) return false;
    const id = newId(ctx.random);
    const isTold = await insertOffer(trx, {
      id,
      guild_id: guildId,
      mentor_id: pair.mentorId,
      mentee_id: pair.menteeId,
      created_at: at,
      until: later(at, { hours: offerHours }),
    });
    if (!isTold) return false;
    await insertNotice(trx, ctx, { guildId, kind: 'place-open', userId: pair.menteeId, subjectId: id });
    return true;
  });
}

/** An offer as its mentee may act on it. @throws UserError for everybody else, who learns nothing. */
export async function requireOffer(ctx: Pick<Context, 'db'>, actorId: string, offerId: string): Promise<Offer> {
  return await requireOfferIn(ctx.db, actorId, offerId);
}

async function requireOfferIn(db: Db, actorId: string, offerId: string): Promise<Offer> {
  const found = await findOffer(db, offerId);
  if (found?.mentee_id !== actorId) throw new NotTheirs((t) => t.openings.notYours);
  return found;
}

/** The place of which a mentee has heard, while they can still ask for it. */
export async function findOpenOffer(ctx: Context, guildId: string, menteeId: string): Promise<Offer | undefined> {
  const offer = await findOpenOfferTo(ctx.db, guildId, menteeId);
  const guild = offer && (await findGuild(ctx.db, guildId));
  return guild && (await isStillOpen(ctx.db, guild, offer, ctx.now())) ? offer : undefined;
}

/**
 * A mentee would rather wait for another place: the next in line hears of this one, and they keep their turn.
 * @throws UserError when it is not theirs.
 */
export async function passOffer(ctx: Context, actorId: string, offerId: string): Promise<Offer> {
  const found = await requireOffer(ctx, actorId, offerId);
  return await inTurn(ctx.db, found.guild_id, async (trx) => {
    const offer = await requireOfferIn(trx, actorId, offerId);
    if (await closeOffer(trx, offer.id, 'passed')) {
      await reviseNotices(trx, offer.id, 'place-open', ctx.now());
      await planOpenings(trx, offer.guild_id, ctx.now());
    }
    return offer;
  });
}

/** Whether a mentor can still be asked for the place that a mentee heard of. */
export async function isStillOpen(db: Db, guild: Guild, offer: Offer, at: Instant): Promise<boolean> {
  const pair = { menteeId: offer.mentee_id, mentorId: offer.mentor_id };
  if ((await countFreePlaces(db, guild.id, offer.mentor_id)) <= 0) return false;
  return (await findObstacle(db, guild, pair, at)) === undefined;
}
