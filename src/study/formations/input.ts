/** Those who wait for a group, as forming sees them: read when groups are formed, and again before they are offered. */
import type { Context } from '../../context.ts';
import { listBlocksIn } from '../../db/blocks.ts';
import { listHours } from '../../db/hours.ts';
import type { Db } from '../../db/open.ts';
import { listSuspended } from '../../db/suspensions.ts';
import { listPlacesTaken } from '../../db/study/members.ts';
import { listSeekers, type StoredSeeker } from '../../db/study/seekers.ts';
import type { Seeker } from '../../matching/form/index.ts';
import { circlesAtMost } from '../limits.ts';
import { familiesOf, monthsOf, topicOf } from '../people.ts';

/** Somebody who can be placed: what they seek, as stored and as forming takes it. */
export interface Waiting {
  readonly stored: StoredSeeker;
  readonly seeker: Seeker;
}

/** Two people of one topic are told apart by it, since somebody may seek several. */
const separator = ' ';

/** What a seeker is named in a plan. */
export function seekerId({ user_id: userId, topic }: Pick<StoredSeeker, 'user_id' | 'topic'>): string {
  return [userId, topic].join(separator);
}

/** Who a seeker in a plan is, and what they seek. */
export function readSeekerId(id: string): { readonly userId: string; readonly topic: string } {
  const [userId = '', topic = ''] = id.split(separator);
  return { userId, topic };
}

/**
 * Everybody in a guild who can be placed now, by seeker id: who is there, waits, has hours, is not suspended, has no place
 * for it yet and is not being asked.
 * @param only of these members; of all when absent.
 */
export async function readWaiting(
  ctx: Context,
  db: Db,
  guildId: string,
  only?: readonly string[],
): Promise<ReadonlyMap<string, Waiting>> {
  const seekers = await listSeekers(db, guildId, only);
  const isSuspended = await listSuspended(db, ctx, guildId);
  const hours = new Map((await listHours(db, guildId, ctx.now(), only)).map((each) => [each.user_id, each]));
  const blocks = await listBlocksIn(db, guildId, only);
  const places = await listPlacesTaken(db, guildId, only);
  // Whoever is being asked already is not asked twice.
  const taken = new Set(places.map(({ userId, topic }) => seekerId({ user_id: userId, topic })));
  const circles = new Map<string, number>();
  for (const { userId, kind, state } of places) {
    if (kind === 'circle' && state !== 'offered') circles.set(userId, (circles.get(userId) ?? 0) + 1);
  }
  const waiting = new Map<string, Waiting>();
  for (const stored of seekers) {
    const id = seekerId(stored);
    const own = hours.get(stored.user_id);
    const hasRoom = stored.kind === 'exam' || (circles.get(stored.user_id) ?? 0) < circlesAtMost;
    if (!own || !hasRoom || taken.has(id) || isSuspended(stored.user_id)) continue;
    const seeker: Seeker = {
      id,
      kind: stored.kind,
      topic: topicOf(stored),
      zone: own.zone,
      hours: own.windows,
      languages: stored.languages,
      target: monthsOf(stored.target_from, stored.target_until),
      sessions: stored.sessions,
      // Only circles look at specialties, and they are a few.
      families: stored.kind === 'circle' ? await familiesOf(db, { guildId, userId: stored.user_id }) : [],
      blocked: (blocks.get(stored.user_id) ?? []).map((userId) => seekerId({ ...stored, user_id: userId })),
    };
    waiting.set(id, { stored, seeker });
  }
  return waiting;
}
