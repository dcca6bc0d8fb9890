import { type Client, Collection, DiscordAPIError, type GuildMember } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { upsertGuild } from '../../src/db/guilds.ts';
import { findMember, markMemberSeen, upsertMember } from '../../src/db/members.ts';
import { upsertProfile } from '../../src/db/profiles.ts';
import { listMembersToLookFor } from '../../src/db/sweep.ts';
import type { ProfileRole } from '../../src/db/schema.ts';
import type { EventContext } from '../../src/events/event.ts';
import guildMemberAdd from '../../src/events/guild-member-add.ts';
import guildMemberRemove from '../../src/events/guild-member-remove.ts';
import { newId } from '../../src/ids.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { purgeLeavers } from '../../src/jobs/purge-leavers.ts';
import { memberLeft, memberPresent } from '../../src/lifecycle/leavers.ts';
import { later } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { owedTo } from '../support/members.ts';

const ada = '800000000000000011';
const omar = '800000000000000012';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
  return async () => await ctx.db.destroy();
});

async function register(userId: string, role: ProfileRole): Promise<void> {
  await upsertMember(ctx.db, { guild_id: testGuildId, user_id: userId, zone: 'Africa/Cairo', created_at: ctx.now() });
  const answers = {
    specialties: ['neurology'],
    stage: role === 'mentor' ? 'resident' : 'applying',
    languages: ['en'],
    topics: ['interviews'],
    about: '',
    capacity: role === 'mentor' ? 2 : 0,
    acceptsFrom: null,
    priority: null,
  };
  const verification = role === 'mentor' ? 'verified' : 'none';
  const whose = { guildId: testGuildId, userId, role };
  await upsertProfile(ctx.db, whose, answers, { id: newId(ctx.random), verification }, ctx.now());
}

async function request(menteeId: string, mentorId: string): Promise<void> {
  await ctx.db
    .insertInto('requests')
    .values({
      id: newId(ctx.random),
      guild_id: testGuildId,
      mentee_id: menteeId,
      mentor_id: mentorId,
      state: 'pending',
      message: '',
      created_at: ctx.now(),
      sent_at: ctx.now(),
      expires_at: later(ctx.now(), { days: 7 }),
    })
    .execute();
}

async function pair(): Promise<void> {
  await ctx.db
    .insertInto('mentorships')
    .values({
      id: newId(ctx.random),
      guild_id: testGuildId,
      mentor_id: ada,
      mentee_id: omar,
      state: 'active',
      started_at: ctx.now(),
      due_at: later(ctx.now(), { days: 84 }),
    })
    .execute();
}

describe('a member who leaves', () => {
  it('leaves nobody waiting: the mentorship rests, and the partner is told once, however often it is learnt', async () => {
    await register(ada, 'mentor');
    await register(omar, 'mentee');
    await pair();
    await Promise.all([memberLeft(ctx, testGuildId, ada), memberLeft(ctx, testGuildId, ada)]);
    await memberLeft(ctx, testGuildId, ada);
    const mentorship = await ctx.db.selectFrom('mentorships').selectAll().executeTakeFirstOrThrow();
    expect(mentorship).toMatchObject({ state: 'paused', end_reason: null });
    expect(await owedTo(ctx, omar)).toEqual(['mentorship-rests']);
    expect(await owedTo(ctx, ada)).toEqual([]);
    expect((await findMember(ctx.db, testGuildId, ada))?.left_at).toBe(ctx.now());
  });

  it('lets go of the requests that waited for them', async () => {
    await register(ada, 'mentor');
    await register(omar, 'mentee');
    await request(omar, ada);
    await memberLeft(ctx, testGuildId, ada);
    const { state } = await ctx.db.selectFrom('requests').select('state').executeTakeFirstOrThrow();
    expect(state).toBe('superseded');
    expect(await owedTo(ctx, omar)).toEqual(['request-lapsed']);
  });

  it('is not purged when they come back within 30 days, and gets the roles again', async () => {
    await register(omar, 'mentee');
    await memberLeft(ctx, testGuildId, omar);
    ctx.advance({ days: 29 });
    await memberPresent(ctx, testGuildId, omar);
    await memberPresent(ctx, testGuildId, omar);
    expect(await owedTo(ctx, omar)).toEqual(['member-roles']);
    ctx.advance({ days: 60 });
    await purgeLeavers.run(ctx, nobody);
    expect(await findMember(ctx.db, testGuildId, omar)).toMatchObject({ left_at: null });
  });

  it('is purged after 30 days', async () => {
    await register(omar, 'mentee');
    await memberLeft(ctx, testGuildId, omar);
    ctx.advance({ days: 29, hours: 23 });
    await purgeLeavers.run(ctx, nobody);
    expect(await findMember(ctx.db, testGuildId, omar)).toBeDefined();
    ctx.advance({ hours: 1 });
    await purgeLeavers.run(ctx, nobody);
    expect(await findMember(ctx.db, testGuildId, omar)).toBeUndefined();
    expect(await ctx.db.selectFrom('profiles').selectAll().execute()).toEqual([]);
  });
});

describe('a member who leaves and comes back at once', () => {
  it('is there, in whichever order the two pieces of news are worked on', async () => {
    await register(omar, 'mentee');
    const events = { ...ctx, outbox: { wake: () => undefined } } as unknown as EventContext;
    const member = { id: omar, guild: { id: testGuildId } } as unknown as GuildMember;
    await Promise.all([guildMemberRemove.run(events, member), guildMemberAdd.run(events, member)]);
    expect(await findMember(ctx.db, testGuildId, omar)).toMatchObject({ left_at: null });
    expect(await owedTo(ctx, omar)).toEqual(['member-roles']);
  });
});

describe('looking for members', () => {
  const look = () =>
    listMembersToLookFor(
      ctx.db,
      testGuildId,
      { pairedSince: later(ctx.now(), { days: -1 }), othersSince: later(ctx.now(), { days: -7 }) },
      10,
    ).then((members) => members.map((member) => member.user_id));

  it('happens once a day for pairs and once a week for the rest', async () => {
    await register(ada, 'mentor');
    await register(omar, 'mentee');
    await register('800000000000000013', 'mentor');
    await pair();
    expect(await look()).toEqual([]);
    ctx.advance({ days: 1 });
    expect((await look()).toSorted()).toEqual([ada, omar]);
    await markMemberSeen(ctx.db, testGuildId, ada, ctx.now());
    expect(await look()).toEqual([omar]);
    await markMemberSeen(ctx.db, testGuildId, omar, ctx.now());
    expect(await look()).toEqual([]);
    ctx.advance({ days: 6 });
    expect(await look()).toContain('800000000000000013');
  });

  it('happens once a day for a mentor for whose answer a mentee waits', async () => {
    await register(ada, 'mentor');
    await register(omar, 'mentee');
    await request(omar, ada);
    ctx.advance({ days: 1 });
    expect(await look()).toEqual([ada]);
  });

  it('does not take an outage for somebody leaving', async () => {
    await register(ada, 'mentor');
    await register(omar, 'mentee');
    await pair();
    ctx.advance({ days: 2 });
    const away = discord(() => Promise.reject(new Error('503')));
    await expect(sweep.run(ctx, away)).rejects.toThrow('503');
    expect((await findMember(ctx.db, testGuildId, ada))?.left_at).toBeNull();
  });

  it('goes on with other guilds where one refuses, and with that one an hour later', async () => {
    await upsertGuild(ctx.db, { id: 'closed', zone: 'Etc/UTC', set_up_at: ctx.now() });
    for (let i = 0; i < 12; i += 1) {
      await upsertMember(ctx.db, { guild_id: 'closed', user_id: `${i}`, zone: 'Etc/UTC', created_at: ctx.now() });
    }
    ctx.advance({ ms: 1 });
    await register(omar, 'mentee');
    ctx.advance({ days: 8 });
    const asked: string[] = [];
    const client = discord(
      (guildId, userId) => {
        asked.push(userId);
        return guildId === 'closed' ? Promise.reject(refusal(50_001)) : Promise.reject(refusal(10_007));
      },
      ['closed', testGuildId],
    );
    await sweep.run(ctx, client);
    await sweep.run(ctx, client);
    expect((await findMember(ctx.db, testGuildId, omar))?.left_at).toBe(ctx.now());
    const before = asked.length;
    ctx.advance({ hours: 1 });
    await sweep.run(ctx, client);
    expect(asked.length).toBeGreaterThan(before);
  });
});

describe('purging somebody who left', () => {
  const isKept = async () => (await findMember(ctx.db, testGuildId, omar)) !== undefined;
  beforeEach(async () => {
    await register(omar, 'mentee');
    await memberLeft(ctx, testGuildId, omar);
    ctx.advance({ days: 31 });
  });

  it('does not happen when they came back without the bot hearing of it: they are on the list again', async () => {
    await purgeLeavers.run(
      ctx,
      discord(() => Promise.resolve({})),
    );
    expect(await findMember(ctx.db, testGuildId, omar)).toMatchObject({ left_at: null });
    expect(await owedTo(ctx, omar)).toEqual(['member-roles']);
  });

  it('waits while Discord is away', async () => {
    const away = discord(() => Promise.reject(new Error('503')));
    await expect(purgeLeavers.run(ctx, away)).rejects.toThrow('503');
    expect(await isKept()).toBe(true);
  });

  it('happens where Discord says that they are not there, or does not let the bot look', async () => {
    await purgeLeavers.run(
      ctx,
      discord(() => Promise.reject(refusal(10_007))),
    );
    expect(await isKept()).toBe(false);
    await register(omar, 'mentee');
    await memberLeft(ctx, testGuildId, omar);
    ctx.advance({ days: 31 });
    await purgeLeavers.run(
      ctx,
      discord(() => Promise.reject(refusal(50_001))),
    );
    expect(await isKept()).toBe(false);
  });
});

/** A refusal by Discord with one of its codes. */
function refusal(code: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: '' }, code, 404, 'GET', '', {});
}

/** A client whose guilds answer for their members. */
function discord(
  answer: (guildId: string, userId: string) => Promise<unknown>,
  guildIds: readonly string[] = [testGuildId],
): Client<true> {
  const cache = new Collection(
    guildIds.map((id) => [
      id,
      {
        id,
        available: true,
        channels: { cache: new Collection() },
        roles: { cache: new Collection() },
        members: { fetch: ({ user }: { user: string }) => answer(id, user) },
      },
    ]),
  );
  return { guilds: { cache } } as unknown as Client<true>;
}

const nobody = discord(() => Promise.reject(refusal(10_007)), []);
