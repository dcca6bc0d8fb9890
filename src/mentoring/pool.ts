import { setImmediate as nextTurn } from 'node:timers/promises';
import { offsetMinutes } from '../content/zones/index.ts';
import type { Context } from '../context.ts';
import { findGuild, type Guild } from '../db/guilds.ts';
import type { Db } from '../db/open.ts';
import {
  countRequestsBetween,
  countRequestsTo,
  listChangedMentors,
  listMentorIds,
  listPoolMentors,
  type PoolMentor,
} from '../db/pool.ts';
import { type PackedMentors, Roster } from '../matching/index.ts';
import { inParts } from '../parts.ts';
import { epochMs, type Instant, toInstant } from '../time.ts';
import { catalogue, latelyDays, mentorOf } from './matchable.ts';

const hourMs = 3_600_000;
/** How many mentors are read, or counted anew, before others are answered: some milliseconds of work. */
const rowsAtOnce = 500;

/** The mentors of a guild, packed for matching: what the database had at one version, and what the hour made of it. */
export interface Pool {
  /** What `guilds.pool_version` was. */
  readonly version: number;
  readonly packed: PackedMentors;
  readonly profiles: ReadonlyMap<string, PoolMentor>;
}

/** A pool that is kept, and brought up to date mentor by mentor. */
class KeptPool implements Pool {
  /** `guilds.pool_version` from before it was read, so that it is never newer than what is in here. */
  version = 0;
  /** Offsets from UTC change on the hour at most, and requests count as lately by the hour: all is as of this one. */
  hour: number;
  readonly profiles = new Map<string, PoolMentor>();
  /** How many requests each mentor was sent lately; who was sent none is not in it. */
  lately = new Map<string, number>();
  /** How far each zone of somebody here is ahead of UTC, in minutes. */
  readonly #offsets = new Map<string, number>();
  readonly #roster = new Roster([], catalogue);

  constructor(hour: number) {
    this.hour = hour;
  }

  get packed(): PackedMentors {
    return this.#roster.packed;
  }

  put(profile: PoolMentor): void {
    const { user_id: id, zone } = profile;
    if (profile.left_at !== null) {
      this.remove(id);
      return;
    }
    this.profiles.set(id, profile);
    if (!this.#offsets.has(zone)) this.#offsets.set(zone, offsetMinutes(zone, this.hour * hourMs));
    const load = {
      mentees: profile.mentees,
      requestsLately: this.lately.get(id) ?? 0,
      // Since they were given the last mentee, or registered.
      waitingSince: epochMs(profile.last_started_at ?? profile.created_at),
    };
    this.#roster.put(mentorOf(profile, load, this.hour * hourMs));
  }

  remove(id: string): void {
    this.profiles.delete(id);
    this.#roster.remove(id);
  }

  /** Moves to another hour. Returns the mentors for whom it changes something. */
  moveTo(hour: number): PoolMentor[] {
    this.hour = hour;
    const moved = new Set<string>();
    for (const [zone, before] of this.#offsets) {
      const now = offsetMinutes(zone, hour * hourMs);
      if (now !== before) moved.add(zone);
      this.#offsets.set(zone, now);
    }
    return moved.size === 0 ? [] : [...this.profiles.values()].filter(({ zone }) => moved.has(zone));
  }
}

/** One database's pools by guild, and those that are being brought up to date: shared by everybody who asks meanwhile. */
const pools = new WeakMap<Db, Map<string, Promise<KeptPool>>>();

/** The pools that are there, by guild. */
const kept = new WeakMap<Db, Map<string, Pool>>();

/**
 * The guild's mentors as they were when somebody last looked, for whoever is in a transaction and must not wait for
 * another; undefined when nobody has. What changed since `version` is for the caller to read.
 */
export function keptPool(db: Db, guildId: string): Pool | undefined {
  return kept.get(db)?.get(guildId);
}

/** The guild's mentors as of now: kept in memory, and brought up to date with what changed since. */
export async function openPool(ctx: Context, guild: Guild): Promise<Pool> {
  let ofDatabase = pools.get(ctx.db);
  if (!ofDatabase) pools.set(ctx.db, (ofDatabase = new Map()));
  const hour = hourOf(ctx);
  for (;;) {
    const opening = ofDatabase.get(guild.id);
    const known = await opening?.catch(() => undefined);
    if (known && known.version >= guild.pool_version && known.hour === hour) return known;
    // Somebody else who waited has begun in the meantime.
    if (ofDatabase.get(guild.id) !== opening) continue;
    const updating = known ? update(ctx, guild, known, hour) : readPool(ctx, guild.id);
    ofDatabase.set(guild.id, updating);
    try {
      const pool = await updating;
      keep(ctx.db, guild.id, pool);
      return pool;
    } catch (error) {
      // What was changed by half must not be taken for whole.
      ofDatabase.delete(guild.id);
      kept.get(ctx.db)?.delete(guild.id);
      throw error;
    }
  }
}

function keep(db: Db, guildId: string, pool: Pool): void {
  const ofDatabase = kept.get(db) ?? new Map<string, Pool>();
  kept.set(db, ofDatabase.set(guildId, pool));
}

function hourOf(ctx: Context): number {
  return Math.floor(epochMs(ctx.now()) / hourMs);
}

/** From when on a request counts as lately, at an hour. */
function latelySince(hour: number): Instant {
  return toInstant(hour * hourMs - latelyDays * 24 * hourMs);
}

const later = '9999';

/** Reads all mentors of a guild, a part at a time. */
export async function readPool(ctx: Context, guildId: string): Promise<KeptPool> {
  const { db } = ctx;
  const pool = new KeptPool(hourOf(ctx));
  pool.version = (await findGuild(db, guildId))?.pool_version ?? 0;
  pool.lately = new Map(await countRequestsBetween(db, guildId, latelySince(pool.hour), later));
  let after = '';
  for (;;) {
    const part = await listPoolMentors(db, guildId, after, rowsAtOnce);
    for (const profile of part) pool.put(profile);
    if (part.length < rowsAtOnce) return pool;
    after = part.at(-1)?.id ?? '';
    await nextTurn();
  }
}

/** Brings a pool up to date: those who changed are read again, those who are gone go, and the hour's part follows. @param guild as read before. */
async function update(ctx: Context, guild: Guild, pool: KeptPool, hour: number): Promise<KeptPool> {
  const { db } = ctx;
  const guildId = guild.id;
  if (guild.pool_whole_version > pool.version) return await readPool(ctx, guildId);
  const changed = await listChangedMentors(db, guildId, pool.version);
  const ids = guild.pool_removed_version > pool.version ? await listMentorIds(db, guildId) : undefined;
  const since = latelySince(hour);
  const counts = new Map<string, number>();
  for (const { user_id: id } of changed) counts.set(id, await countRequestsTo(db, guildId, id, since));
  const again = new Map(changed.map((profile) => [profile.user_id, profile]));
  if (hour !== pool.hour) {
    const before = latelySince(pool.hour);
    // Those whose requests have become old meanwhile, or lately again where the clock was set back.
    for (const [id, fewer] of await countRequestsBetween(db, guildId, before, since)) {
      if (!counts.has(id)) counts.set(id, Math.max(0, (pool.lately.get(id) ?? 0) - fewer));
    }
    for (const [id, more] of await countRequestsBetween(db, guildId, since, before)) {
      if (!counts.has(id)) counts.set(id, (pool.lately.get(id) ?? 0) + more);
    }
    for (const profile of pool.moveTo(hour)) if (!again.has(profile.user_id)) again.set(profile.user_id, profile);
    for (const id of counts.keys()) {
      const profile = pool.profiles.get(id);
      if (profile && !again.has(id)) again.set(id, profile);
    }
  }
  for (const [id, count] of counts) {
    if (count === 0) pool.lately.delete(id);
    else pool.lately.set(id, count);
  }
  for await (const part of inParts([...again.values()], rowsAtOnce)) for (const profile of part) pool.put(profile);
  for (const id of ids ? [...pool.profiles.keys()].filter((each) => !ids.has(each)) : []) pool.remove(id);
  pool.version = Math.max(pool.version, guild.pool_version);
  return pool;
}
