import type { Context } from '../context.ts';
import { findGuild, type Guild } from '../db/guilds.ts';
import { type MentorTally, tallyMentorships } from '../db/mentorships.ts';
import type { Db } from '../db/open.ts';
import { listMentors, type MentorProfile } from '../db/profiles.ts';
import { countRequestsByMentor } from '../db/requests.ts';
import { type Mentor, pack, type PackedMentors } from '../matching/index.ts';
import { epochMs, later } from '../time.ts';
import { catalogue, mentorOf } from './matchable.ts';

/** For how many days a request to a mentor counts as lately, when two fit alike. */
const latelyDays = 30;
const hourMs = 3_600_000;

/** The mentors of a guild, packed for matching. A copy of what the database has, good for one version and one hour. */
export interface Pool {
  /** `guilds.pool_version` from before it was read, so that it is never newer than what is in here. */
  readonly version: number;
  /** Offsets from UTC change on the hour at most, and all were computed for this one. */
  readonly hour: number;
  readonly packed: PackedMentors;
  readonly profiles: ReadonlyMap<string, MentorProfile>;
}

/** One database's pools by guild. What is being read is shared by everybody who asks meanwhile. */
const pools = new WeakMap<Db, Map<string, Promise<Pool>>>();

/** The guild's mentors as of now: kept in memory, and read again once somebody changed who can be suggested. */
export async function openPool(ctx: Context, guild: Pick<Guild, 'id' | 'pool_version'>): Promise<Pool> {
  let ofDatabase = pools.get(ctx.db);
  if (!ofDatabase) pools.set(ctx.db, (ofDatabase = new Map()));
  const hour = Math.floor(epochMs(ctx.now()) / hourMs);
  const known = await ofDatabase.get(guild.id)?.catch(() => undefined);
  if (known && known.version >= guild.pool_version && known.hour === hour) return known;
  const reading = readPool(ctx, guild.id, hour, known);
  ofDatabase.set(guild.id, reading);
  return await reading;
}

async function readPool(ctx: Context, guildId: string, hour: number, known: Pool | undefined): Promise<Pool> {
  const version = (await findGuild(ctx.db, guildId))?.pool_version ?? 0;
  const atMs = hour * hourMs;
  // Only the hour has moved on: the profiles are still good, the offsets may not be.
  const profiles = known?.version === version ? [...known.profiles.values()] : await listMentors(ctx.db, guildId);
  const tallies = await tallyMentorships(ctx.db, guildId);
  const lately = await countRequestsByMentor(ctx.db, guildId, later(ctx.now(), { days: -latelyDays }));
  const mentors = profiles.map((profile): Mentor => {
    const tally = tallies.get(profile.user_id);
    return mentorOf(
      profile,
      {
        mentees: tally?.mentees ?? 0,
        requestsLately: lately.get(profile.user_id) ?? 0,
        waitingSince: waitingSince(profile, tally),
      },
      atMs,
    );
  });
  return {
    version,
    hour,
    packed: pack(mentors, catalogue),
    profiles: new Map(profiles.map((profile) => [profile.user_id, profile])),
  };
}

/** Since when a mentor has been waiting for a mentee: since they were given the last one, or registered. */
function waitingSince(profile: MentorProfile, tally: MentorTally | undefined): number {
  return epochMs(tally?.lastStartedAt ?? profile.created_at);
}
