import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import type { Insertable } from 'kysely';
import { type Profile, readProfile } from '../../src/db/profiles.ts';
import type { ProfileRole, ProfilesTable } from '../../src/db/schema.ts';
import { newId } from '../../src/ids.ts';
import type { Instant } from '../../src/time.ts';
import { type TestContext, testGuildId } from './context.ts';
import type { NoticeKind } from '../../src/db/notice-kinds.ts';

/** What differs from a member who suits everybody: internal medicine, English, interviews. */
export interface MemberSpec {
  readonly zone?: string;
  readonly country?: string;
  readonly specialties?: readonly string[];
  readonly languages?: readonly string[];
  readonly topics?: readonly string[];
  readonly profile?: Partial<Insertable<ProfilesTable>>;
  readonly member?: { readonly left_at: Instant };
  readonly guildId?: string;
}

let last = 0;

/** A snowflake that nobody else has. */
export function newUserId(): string {
  last += 1;
  return String(100_000_000_000_000_000n + BigInt(last));
}

/** Registers a verified mentor (a resident with one place), straight in the database. Returns the user's id. */
export async function addMentor(ctx: TestContext, spec: MemberSpec = {}): Promise<string> {
  const userId = newUserId();
  await addProfile(ctx, userId, 'mentor', {
    ...spec,
    profile: { stage: 'resident', capacity: 1, verification: 'verified', ...spec.profile },
  });
  return userId;
}

/** Registers a mentee who is applying, straight in the database. Returns the user's id. */
export async function addMentee(ctx: TestContext, spec: MemberSpec = {}): Promise<string> {
  const userId = newUserId();
  await addProfile(ctx, userId, 'mentee', { ...spec, profile: { stage: 'applying', ...spec.profile } });
  return userId;
}

/** Gives somebody a profile, and makes them a member when they are none. */
export async function addProfile(
  ctx: TestContext,
  userId: string,
  role: ProfileRole,
  spec: MemberSpec = {},
): Promise<Profile> {
  const at = ctx.now();
  const guildId = spec.guildId ?? testGuildId;
  await ctx.db
    .insertInto('members')
    .values({
      guild_id: guildId,
      user_id: userId,
      zone: spec.zone ?? 'America/New_York',
      country: spec.country ?? null,
      shows_country: spec.country ? 1 : 0,
      conduct_version: 1,
      conduct_agreed_at: at,
      created_at: at,
      left_at: spec.member?.left_at ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await ctx.db
    .insertInto('profiles')
    .values({
      id: newId(ctx.random),
      guild_id: guildId,
      user_id: userId,
      role,
      state: 'active',
      stage: 'applying',
      specialties: JSON.stringify(spec.specialties ?? ['internal-medicine']),
      languages: JSON.stringify(spec.languages ?? ['en']),
      topics: JSON.stringify(spec.topics ?? ['interviews']),
      about: 'Likes ward rounds.',
      capacity: 0,
      verification: 'none',
      created_at: at,
      updated_at: at,
      ...spec.profile,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return readProfile(row);
}

/** What is owed to somebody (or to the guild's channels, for null), as kinds in the order in which it came up. */
export async function owedTo(ctx: TestContext, userId: string | null): Promise<NoticeKind[]> {
  const rows = await ctx.db
    .selectFrom('notices')
    .select('kind')
    .where('user_id', userId === null ? 'is' : '=', userId)
    .where('state', '=', 'owed')
    .orderBy('created_at')
    .execute();
  return rows.map((row) => row.kind);
}

/** Marks everything owed as delivered, as delivery would. */
export async function deliverAll(ctx: TestContext): Promise<void> {
  await ctx.db
    .updateTable('notices')
    .set((row) => ({ state: 'delivered', delivered_revision: row.ref('revision'), message_id: '1' }))
    .where('state', '=', 'owed')
    .execute();
}

/** A mentor and a mentee whose request was accepted, by their ids, and their mentorship's. */
export async function addPair(ctx: TestContext): Promise<{ mentor: string; mentee: string; id: string }> {
  const mentor = await addMentor(ctx);
  const mentee = await addMentee(ctx);
  const { request } = await requestMentor(ctx, {
    guildId: testGuildId,
    menteeId: mentee,
    mentorId: mentor,
    message: '',
  });
  const { mentorshipId: id } = await acceptRequest(ctx, mentor, request.id);
  return { mentor, mentee, id };
}
