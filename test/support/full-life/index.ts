import { sql } from 'kysely';
import { later } from '../../../src/time.ts';
import { type Privacy, privacy } from '../../../src/db/privacy.ts';
import type { Acting } from '../../../src/guild/acting.ts';
import type { TestContext } from '../context.ts';
import { fillCases } from './cases.ts';
import { fillClaims } from './claims.ts';
import { fillJourney } from './journey.ts';
import { fillMentoring } from './mentoring.ts';
import { fillPosts } from './posts.ts';
import { fillRounds } from './rounds.ts';
import { fillStudy } from './study.ts';

/**
 * Fills every table with rows about one member, in every column that can name them or hold their words: straight in the
 * database, since no member does all of it.
 * @param other somebody else, with whom they have to do.
 */
export async function fillEveryTable(ctx: TestContext, subject: Acting, other: string): Promise<void> {
  const { db } = ctx;
  const at = ctx.now();
  const { guildId: guild_id, userId } = subject;
  const created = { guild_id, created_at: at };
  const member = {
    ...created,
    zone: 'Asia/Karachi',
    country: 'PK',
    locale: 'hi',
    conduct_agreed_at: at,
    conduct_version: 1,
  };
  await db
    .insertInto('members')
    .values([
      { ...member, user_id: userId },
      { ...member, user_id: other },
    ])
    .execute();
  await fillMentoring(ctx, subject, other);
  await fillJourney(ctx, subject);
  await fillStudy(ctx, subject, other);
  await fillCases(ctx, subject, other);
  await fillPosts(ctx, subject, other);
  await fillRounds(ctx, subject, other);
  await fillClaims(ctx, subject);
  await db
    .insertInto('hours')
    .values({ guild_id, user_id: userId, windows: '[[1080,1260]]', until: at, updated_at: at, used_at: at })
    .execute();
  await db
    .insertInto('blocks')
    .values([
      { ...created, member_id: userId, blocked_id: other },
      { ...created, member_id: other, blocked_id: userId },
    ])
    .execute();
  await db
    .insertInto('protections')
    .values([
      { ...created, id: 'p1', kind: 'bad-fit', one: userId, other, until: later(at, { days: 720 }) },
      { ...created, id: 'p2', kind: 'declined', one: other, other: userId, until: later(at, { days: 30 }) },
    ])
    .execute();
  await db.insertInto('recent_acts').values({ guild_id, id: 'a1', kind: 'first-message', who: 'h_1', at }).execute();
  await db
    .insertInto('notices')
    .values({
      ...created,
      id: 'to-them',
      kind: 'mentorship-introduction',
      user_id: userId,
      subject_id: 'pair-1',
      detail: JSON.stringify({ about: userId }),
      dedupe_key: `mentorship-introduction:pair-1:${userId}`,
      state: 'delivered',
      due_at: at,
      channel_id: '1',
      message_id: '2',
      delivered_at: at,
    })
    .execute();
  const act = { guild_id, at, action: 'mentor-verified' as const };
  await db
    .insertInto('audit')
    .values([
      { ...act, id: 'did', actor_id: userId, subject_id: other, detail: JSON.stringify({ menteeId: userId }) },
      { ...act, id: 'was-done', actor_id: other, subject_id: userId },
    ])
    .execute();
}

/** A text that stands in a column which is not plain. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly privacy: Privacy;
  readonly value: string;
  /** The whole row, by column. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** Walks the classification of columns: everything that stands where somebody can be named or quoted. */
export async function walkPrivate(ctx: TestContext): Promise<Place[]> {
  const places: Place[] = [];
  for (const [table, columns] of Object.entries(privacy)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(ctx.db);
    for (const row of rows) {
      for (const [column, kind] of Object.entries(columns)) {
        const value = row[column];
        if (kind !== 'plain' && typeof value === 'string') places.push({ table, column, privacy: kind, value, row });
      }
    }
  }
  return places;
}
