import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { upsertGuild } from '../../src/db/guilds.ts';
import { deletedUser } from '../../src/db/schema.ts';
import { deleteMemberData, exportMember, forgetDeleted } from '../../src/lifecycle/personal-data.ts';
import { purgeOld } from '../../src/lifecycle/purge.ts';
import { suspendMentor, verifyMentor } from '../../src/mentoring/verification.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { memberNumber, registerPerson, registerVerified } from '../support/people.ts';
import { onPostgres } from '../support/postgres/database.ts';
import { insertNotice } from '../../src/db/notices/write.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const mentor = memberNumber(1);
const mentee = memberNumber(2);

/** A mentor and a mentee with everything that the tables can hold on them. */
async function fullLife(state: 'active' | 'ended' = 'active'): Promise<void> {
  await registerVerified(ctx, mentor, { about: 'SECRET-mentor', country: 'EG' });
  await registerPerson(ctx, mentee, 'mentee', { about: 'SECRET-mentee', country: 'PK' });
  const at = ctx.now();
  const request = { guild_id: testGuildId, mentor_id: mentor.userId, mentee_id: mentee.userId, created_at: at };
  await ctx.db
    .insertInto('requests')
    .values([
      { ...request, id: 'accepted', state: 'accepted', message: 'SECRET-first', sent_at: at, decided_at: at },
      {
        ...request,
        id: 'declined',
        state: 'declined',
        message: 'SECRET-second',
        sent_at: at,
        decline_note: 'SECRET-note',
      },
      { ...request, id: 'queued', state: 'queued', message: 'SECRET-third', mentor_id: '777' },
    ])
    .execute();
  await ctx.db
    .insertInto('mentorships')
    .values({
      id: 'pair',
      guild_id: testGuildId,
      mentor_id: mentor.userId,
      mentee_id: mentee.userId,
      state,
      started_at: at,
      due_at: at,
      request_id: 'accepted',
    })
    .execute();
  await ctx.db
    .insertInto('waitlist')
    .values({ guild_id: testGuildId, mentee_id: mentee.userId, joined_at: at })
    .execute();
  await ctx.db
    .insertInto('blocks')
    .values([
      { guild_id: testGuildId, member_id: mentee.userId, blocked_id: '555', created_at: at },
      { guild_id: testGuildId, member_id: '666', blocked_id: mentee.userId, created_at: at },
    ])
    .execute();
}

/** Every value of every table that holds this text. */
async function placesOf(text: string): Promise<string[]> {
  const tables = [
    'members',
    'profiles',
    'requests',
    'mentorships',
    'waitlist',
    'blocks',
    'protections',
    'recent_acts',
    'notices',
    'announcements',
    'audit',
  ] as const;
  const found: string[] = [];
  for (const table of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(ctx.db);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row))
        if (String(value).includes(text)) found.push(`${table}.${column}`);
    }
  }
  return [...new Set(found)];
}

/** Columns that say nothing about anybody: keys of rows, and what delivery keeps for itself. */
const technical = new Set(['id', 'subject_id', 'request_id', 'dedupe_key', 'claimed_until', 'unsure_since']);
/** Who decided about a member is not the member's to know. */
const ofOthers = new Set(['verified_by']);

/** How a value stands in the file: lists and notes as JSON, a country by its name. */
function shownAs(column: string, value: string): string {
  return column === 'country' ? ({ EG: 'Egypt', PK: 'Pakistan' }[value] ?? value) : value;
}

describe('export', () => {
  test('holds everything on the member, and nothing that is only somebody else’s', async () => {
    await fullLife();
    const file = JSON.stringify(await exportMember(ctx, mentee));
    for (const part of [
      'SECRET-mentee',
      'Pakistan',
      'SECRET-first',
      'SECRET-second',
      'SECRET-third',
      'SECRET-note',
      '555',
    ]) {
      expect(file).toContain(part);
    }
    // Who blocked them, and the mentor's own profile.
    expect(file).not.toContain('666');
    expect(file).not.toContain('SECRET-mentor');
  });

  test('holds every value of every row about the member, apart from what only serves to deliver messages', async () => {
    await fullLife();
    for (const [who, roles] of [
      [mentee, ['mentee_id']],
      [mentor, ['mentor_id']],
    ] as const) {
      const file = JSON.stringify(await exportMember(ctx, who));
      const tables = {
        members: ['user_id'],
        profiles: ['user_id'],
        requests: roles,
        mentorships: roles,
        waitlist: ['mentee_id'],
        blocks: ['member_id'],
        notices: ['user_id'],
      } as const;
      for (const [table, columns] of Object.entries(tables)) {
        for (const column of columns) {
          const rows =
            await sql<Record<string, unknown>>`select * from ${sql.table(table)} where ${sql.ref(column)} = ${who.userId}`.execute(ctx.db); // prettier-ignore
          for (const [name, value] of rows.rows.flatMap((row) => Object.entries(row))) {
            if (technical.has(name) || ofOthers.has(name) || typeof value !== 'string' || value === 'none') continue;
            expect(file, `${table}.${name}`).toContain(shownAs(name, value));
          }
        }
      }
    }
  });

  test('of a mentor leaves out what is only queued for them', async () => {
    await fullLife();
    await ctx.db.updateTable('requests').set({ mentor_id: mentor.userId }).where('id', '=', 'queued').execute();
    const file = JSON.stringify(await exportMember(ctx, mentor));
    expect(file).toContain('SECRET-first');
    expect(file).not.toContain('SECRET-third');
    expect(file).toContain('"verification":{"state":"verified"');
  });

  test('of somebody unknown is nothing', async () => {
    expect(await exportMember(ctx, memberNumber(9))).toBeUndefined();
  });
});

describe('deletion', () => {
  test('of a mentee leaves no word and no id but the order to take roles, which goes once carried out', async () => {
    await fullLife();
    expect(await deleteMemberData(ctx, mentee)).toBe(true);
    expect(await placesOf('SECRET-mentee')).toEqual([]);
    for (const text of ['SECRET-first', 'SECRET-second', 'SECRET-third', 'SECRET-note']) {
      expect(await placesOf(text), text).toEqual([]);
    }
    // Who blocked them is somebody else's wish and stays, by keyed hash.
    expect(await placesOf(mentee.userId)).toEqual(['notices.user_id']);
    const kept = await ctx.db
      .selectFrom('protections')
      .select(['one', 'other'])
      .where('kind', '=', 'blocked')
      .execute();
    expect(kept).toEqual([{ one: '666', other: ctx.keyedHash(testGuildId, mentee.userId) }]);
    expect(await forgetDeleted(ctx)).toBe(0);
    await ctx.db.updateTable('notices').set({ state: 'delivered' }).where('user_id', '=', mentee.userId).execute();
    expect(await forgetDeleted(ctx)).toBeGreaterThan(0);
    expect(await placesOf(mentee.userId)).toEqual([]);
  });

  test('ends the mentorship, tells the partner, and keeps for them that it was', async () => {
    await fullLife();
    await deleteMemberData(ctx, mentee);
    expect(await ctx.db.selectFrom('mentorships').selectAll().executeTakeFirst()).toMatchObject({
      state: 'ended',
      end_reason: 'data-deleted',
      mentor_id: mentor.userId,
      mentee_id: deletedUser,
    });
    const told = await ctx.db
      .selectFrom('notices')
      .select('kind')
      .where('user_id', '=', mentor.userId)
      .where('kind', '=', 'mentorship-ended')
      .execute();
    expect(told).toHaveLength(1);
  });

  test('of both partners, at once or in turn, works and leaves rows without names', async () => {
    await fullLife();
    expect(await Promise.all([deleteMemberData(ctx, mentor), deleteMemberData(ctx, mentee)])).toEqual([true, true]);
    expect(await ctx.db.selectFrom('mentorships').selectAll().execute()).toMatchObject([
      { mentor_id: deletedUser, mentee_id: deletedUser },
    ]);
    const requests = await ctx.db.selectFrom('requests').selectAll().execute();
    expect(requests.map((row) => [row.mentee_id, row.message])).toEqual([
      [deletedUser, ''],
      [deletedUser, ''],
      [deletedUser, ''],
    ]);
  });

  test('twice, or of nobody, says that there was nothing', async () => {
    await fullLife('ended');
    expect(await deleteMemberData(ctx, mentee)).toBe(true);
    expect(await deleteMemberData(ctx, mentee)).toBe(false);
    expect(await deleteMemberData(ctx, memberNumber(9))).toBe(false);
    // The second time did not take away the order to take the roles.
    expect(await placesOf(mentee.userId)).toContain('notices.user_id');
  });

  test('empties the card in the staff channel and the record of whom they verified', async () => {
    await fullLife();
    await ctx.db.updateTable('notices').set({ state: 'delivered' }).execute();
    await ctx.db.updateTable('profiles').set({ verified_by: mentee.userId }).where('role', '=', 'mentor').execute();
    await deleteMemberData(ctx, mentee);
    expect(await ctx.db.selectFrom('profiles').select('verified_by').execute()).toEqual([{ verified_by: null }]);
    await deleteMemberData(ctx, mentor);
    expect(await ctx.db.selectFrom('notices').selectAll().where('kind', '=', 'mentor-review').execute()).toMatchObject([
      // Written again when its moderator deleted their data, too.
      { state: 'owed', revision: 4 },
    ]);
  });

  test('has the messages to others written again without the name, and nobody else’s', async () => {
    await fullLife('ended');
    const others = [
      { kind: 'request-accepted', userId: '1', subjectId: 'queued' },
      { kind: 'request-received', userId: mentor.userId, subjectId: 'accepted' },
      { kind: 'mentorship-thread', subjectId: 'pair' },
      { kind: 'request-received', userId: mentor.userId, subjectId: 'somebody else’s' },
    ] as const;
    await ctx.db.transaction().execute(async (trx) => {
      for (const notice of others) await insertNotice(trx, ctx, { guildId: testGuildId, ...notice });
    });
    await ctx.db.updateTable('notices').set({ state: 'delivered', message_id: '1' }).execute();
    await deleteMemberData(ctx, mentee);
    const owed = await ctx.db
      .selectFrom('notices')
      .select(['kind', 'subject_id'])
      .where('state', '=', 'owed')
      .where('kind', '!=', 'member-roles')
      .orderBy('subject_id')
      .execute();
    expect(owed.map((notice) => notice.subject_id)).toEqual(['accepted', 'pair', 'queued']);
  });

  test.skipIf(onPostgres)('leaves nothing readable in the files of the database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'preceptor-data-'));
    await ctx.db.destroy();
    ctx = await openTestContext({ file: join(folder, 'preceptor.db') });
    const found = () =>
      ['SECRET-mentee', 'SECRET-first', 'SECRET-second', 'SECRET-third', 'SECRET-note'].filter((text) =>
        readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text)),
      );
    await fullLife();
    expect(found()).toHaveLength(5);
    await deleteMemberData(ctx, mentee);
    expect(found()).toEqual([]);
    await ctx.db.destroy();
    rmSync(folder, { recursive: true });
    ctx = await openTestContext();
  });

  test('of a suspended mentor does not undo the suspension: they are told of it, and are suspended when they register again', async () => {
    await upsertGuild(ctx.db, { id: testGuildId, zone: 'Etc/UTC', set_up_at: ctx.now(), mentor_verification: 0 });
    await registerVerified(ctx, mentor, { about: 'SECRET-mentor' });
    const imani = { guildId: testGuildId, userId: '800000000000000001' };
    await suspendMentor(ctx, imani, mentor);
    const since = ctx.now();
    expect(await deleteMemberData(ctx, mentor)).toBe(true);
    await ctx.db.updateTable('notices').set({ state: 'delivered' }).execute();
    await forgetDeleted(ctx);
    expect(await placesOf(mentor.userId)).toEqual([]);
    expect(await exportMember(ctx, mentor)).toMatchObject({ suspendedAsAMentorSince: since });

    ctx.advance({ days: 1 });
    expect(await registerPerson(ctx, mentor, 'mentor')).toMatchObject({
      queued: false,
      profile: { verification: 'suspended', verified_at: since },
    });
    await deleteMemberData(ctx, mentor);
    await registerPerson(ctx, mentor, 'mentee');
    expect(await registerPerson(ctx, mentor, 'mentor')).toMatchObject({ profile: { verification: 'suspended' } });
    const record = { level: 'resident', method: 'video-call' };
    await verifyMentor(ctx, imani, mentor, record, 'refusals');
    await deleteMemberData(ctx, mentor);
    expect(await registerPerson(ctx, mentor, 'mentor')).toMatchObject({ profile: { verification: 'none' } });
  });

  test('of a suspended mentor is complete after two years', async () => {
    await registerVerified(ctx, mentor);
    await suspendMentor(ctx, { guildId: testGuildId, userId: '800000000000000001' }, mentor);
    await deleteMemberData(ctx, mentor);
    ctx.advance({ days: 730, ms: -1 });
    await purgeOld(ctx, 10);
    expect(await exportMember(ctx, mentor)).toBeDefined();
    ctx.advance({ ms: 1 });
    await purgeOld(ctx, 10);
    expect(await exportMember(ctx, mentor)).toBeUndefined();
  });

  test('lets somebody register again as if for the first time', async () => {
    await fullLife();
    await deleteMemberData(ctx, mentee);
    expect(await registerPerson(ctx, mentee, 'mentee')).toMatchObject({ was: 'new' });
  });
});
