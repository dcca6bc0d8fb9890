import { upsertHours } from '../../src/db/hours.ts';
import { upsertGuild } from '../../src/db/guilds.ts';
import { upsertMember } from '../../src/db/members.ts';
import type { Window } from '../../src/hours/week.ts';
import { createGroup, type GroupDraft } from '../../src/study/groups/create.ts';
import { joinGroup } from '../../src/study/groups/join.ts';
import { keepGroups } from '../../src/study/groups/keep.ts';
import { runSessions } from '../../src/study/sessions/run.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';

export { guildId };

export const by = (userId: string) => ({ guildId, userId });

/** Every evening from 18:00 to 22:00. */
export const evenings: readonly Window[] = [0, 1, 2, 3, 4, 5, 6].map((day) => ({
  from: day * 1440 + 18 * 60,
  to: day * 1440 + 22 * 60,
}));

export async function openStudy(): Promise<TestContext> {
  const ctx = await openTestContext();
  await upsertGuild(ctx.db, {
    id: guildId,
    zone: 'America/Chicago',
    set_up_at: ctx.now(),
    study_channel_id: '900000000000000006',
  });
  return ctx;
}

/** Somebody with hours. */
export async function person(
  ctx: TestContext,
  userId: string,
  { zone = 'Asia/Karachi', windows = evenings }: { zone?: string; windows?: readonly Window[] } = {},
): Promise<string> {
  await upsertMember(ctx.db, { guild_id: guildId, user_id: userId, zone, created_at: ctx.now() });
  await ctx.db.transaction().execute((trx) => upsertHours(trx, by(userId), { windows, until: null }, ctx.now()));
  return userId;
}

export const draft: GroupDraft = {
  subject: { kind: 'exam', topic: 'step-1', place: '' },
  target: '2027-03',
  languages: ['en'],
  size: 4,
  sessions: 1,
  minutes: 60,
  about: 'We talk through one system a week.',
};

/** A group of these people that is active: the first owns it. */
export async function activeGroup(
  ctx: TestContext,
  ids: readonly string[] = ['1', '2', '3'],
  more: Partial<GroupDraft> = {},
): Promise<string> {
  for (const id of ids) await person(ctx, id);
  const [owner = '', ...others] = ids;
  const id = await createGroup(ctx, by(owner), { ...draft, ...more });
  for (const other of others) await joinGroup(ctx, by(other), id);
  return id;
}

/** Time passes, six hours at a time, with its heartbeats. */
export async function pass(ctx: TestContext, hours: number): Promise<void> {
  for (let left = hours; left > 0; left -= 6) {
    ctx.advance({ hours: Math.min(6, left) });
    await runSessions(ctx);
    await keepGroups(ctx);
  }
}
