import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/db/audit.ts';
import { deletedUser } from '../../../src/db/schema.ts';
import { deleteMemberData, exportMember } from '../../../src/lifecycle/personal-data.ts';
import { purgeOld } from '../../../src/lifecycle/purge.ts';
import {
  confirmContent,
  draftContent,
  restoreContent,
  retireContent,
  versionOf,
} from '../../../src/posts/content/own.ts';
import {
  approveContent,
  declineContent,
  suggestContent,
  suggestionsAtMost,
} from '../../../src/posts/content/suggestions.ts';
import { countIn } from '../../../src/posts/content/participation.ts';
import { readTip } from '../../../src/posts/content/write.ts';
import { addSchedule, runSchedule } from '../../../src/posts/schedules.ts';
import { posterOf } from '../../support/poster.ts';
import { openTestContext, type TestContext, testGuildId } from '../../support/context.ts';
import { memberNumber, testModeratorId } from '../../support/people.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const moderator = posterOf({ guildId: testGuildId, userId: testModeratorId });
const member = memberNumber(1);
const written = (title: string) => readTip({ category: 'resilience', title, text: 'SECRET words', see: '' });
const stateOf = async (id: string) =>
  (await ctx.db.selectFrom('guild_contents').select('state').where('id', '=', id).executeTakeFirst())?.state;

describe('a suggestion', () => {
  test('is decided once, whoever presses at the same time, and the author is told once', async () => {
    const { id } = await suggestContent(ctx, member, written('One'));
    const results = await Promise.allSettled([
      approveContent(ctx, moderator, id),
      declineContent(ctx, { ...moderator, userId: '1' }, id, ''),
      approveContent(ctx, { ...moderator, userId: '2' }, id),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const told = await ctx.db.selectFrom('notices').select('kind').where('user_id', '=', member.userId).execute();
    expect(told).toHaveLength(1);
    expect(await listAudit(ctx.db, testGuildId, {}, { offset: 0, limit: 9 })).toHaveLength(1);
  });

  test('finds room for so many of one member, also when all come at once', async () => {
    const all = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => suggestContent(ctx, member, written(`Tip ${n}`))));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(suggestionsAtMost);
    const cards = await ctx.db.selectFrom('notices').select('id').where('kind', '=', 'content-review').execute();
    expect(cards).toHaveLength(suggestionsAtMost);
  });
});

describe('an entry of a moderator', () => {
  test('is added by whoever wrote it only, as it was previewed, and once', async () => {
    const draft = await draftContent(ctx, moderator, written('Mine'));
    const version = versionOf(draft);
    await expect(confirmContent(ctx, { ...moderator, userId: '1' }, draft.id, version)).rejects.toThrow(/already/);
    await expect(confirmContent(ctx, moderator, draft.id, '0')).rejects.toThrow(/newest/);
    const twice = [1, 2].map(() => confirmContent(ctx, moderator, draft.id, version));
    const results = await Promise.allSettled(twice);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('is retired once and brought back once', async () => {
    const draft = await draftContent(ctx, moderator, written('Mine'));
    await confirmContent(ctx, moderator, draft.id, versionOf(draft));
    await retireContent(ctx, moderator, draft.id);
    await expect(retireContent(ctx, moderator, draft.id)).rejects.toThrow(/already retired/);
    await restoreContent(ctx, moderator, draft.id);
    await expect(restoreContent(ctx, moderator, draft.id)).rejects.toThrow(/not retired/);
    expect(await stateOf(draft.id)).toBe('approved');
  });

  test('nobody finished is dropped after a month', async () => {
    const draft = await draftContent(ctx, moderator, written('Never finished'));
    ctx.advance({ days: 29 });
    await purgeOld(ctx, 100);
    expect(await stateOf(draft.id)).toBe('draft');
    ctx.advance({ days: 2 });
    await purgeOld(ctx, 100);
    expect(await stateOf(draft.id)).toBeUndefined();
  });
});

describe('what is held on a member who never registered', () => {
  async function life(): Promise<{ inUse: string; waiting: string; slotId: string }> {
    const inUse = await suggestContent(ctx, member, written('In use'));
    await approveContent(ctx, moderator, inUse.id);
    const waiting = await suggestContent(ctx, member, written('Waiting'));
    const wanted = { kind: 'prompt', channelId: '1', cron: '0 9 * * 1' } as const;
    const { schedule } = await addSchedule(ctx, moderator, wanted);
    const slotId = await runSchedule(ctx, moderator, schedule.id);
    await countIn(ctx, member, slotId);
    return { inUse: inUse.id, waiting: waiting.id, slotId };
  }

  test('is exported with the words and the posts', async () => {
    const { slotId } = await life();
    const held = JSON.stringify(await exportMember(ctx, member));
    expect(held).toContain('SECRET words');
    expect(held).toContain(slotId);
  });

  test('goes with their data: what is in use stays without the name, and the count loses them', async () => {
    const { inUse, waiting, slotId } = await life();
    expect(await deleteMemberData(ctx, member)).toBe(true);
    expect(await stateOf(waiting)).toBeUndefined();
    const kept = await ctx.db.selectFrom('guild_contents').selectAll().where('id', '=', inUse).executeTakeFirst();
    expect([kept?.state, kept?.author_id]).toEqual(['approved', deletedUser]);
    expect(await ctx.db.selectFrom('participations').selectAll().execute()).toEqual([]);
    const revised = await ctx.db.selectFrom('notices').select('revision').where('subject_id', '=', slotId).execute();
    // Once when they pressed, once when they left the count.
    expect(revised).toEqual([{ revision: 3 }]);
    expect(JSON.stringify(await exportMember(ctx, member)) ?? '').not.toContain('SECRET');
    expect(await deleteMemberData(ctx, member)).toBe(false);
  });
});
