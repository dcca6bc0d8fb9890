/** Ids come from the client: what a moderator of one guild sends about another guild's posts and rounds finds nothing. */
import { beforeEach, expect, test } from 'vitest';
import { upsertGuild } from '../../src/db/guilds.ts';
import { endRound, openRound, requirePreviewOf } from '../../src/mentoring/rounds/open.ts';
import { findReach, publishRound } from '../../src/mentoring/rounds/publish.ts';
import { cancelAnnouncement } from '../../src/posts/announcements/cancel.ts';
import { discardDraft, openChange, startDraft, writeDraft } from '../../src/posts/announcements/drafts.ts';
import { claimDue } from '../../src/posts/claim.ts';
import {
  confirmContent,
  discardContent,
  draftContent,
  redraftContent,
  requireDraft,
  restoreContent,
  retireContent,
  versionOf,
} from '../../src/posts/content/own.ts';
import { countIn, countOut } from '../../src/posts/content/participation.ts';
import {
  approveContent,
  declineContent,
  requireSuggested,
  suggestContent,
} from '../../src/posts/content/suggestions.ts';
import { readTip } from '../../src/posts/content/write.ts';
import {
  addSchedule,
  editSchedule,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  runSchedule,
} from '../../src/posts/schedules.ts';
import { addWaiting, finish } from '../mentoring/rounds/support.ts';
import { posterOf } from '../support/poster.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { addMentor } from '../support/members.ts';

const here = posterOf({ guildId: testGuildId, userId: '700000000000000001' });
/** The same person, a moderator of another guild: what counts is where they act. */
const there = { ...here, guildId: '900000000000000099' };
const channelId = '900000000000000009';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
  await upsertGuild(ctx.db, { id: there.guildId, zone: 'Etc/UTC', set_up_at: ctx.now() });
  return async () => await ctx.db.destroy();
});

/** All of these are refused, and nothing in the database is another than before. */
async function expectNothing(acts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const tables = ['rounds', 'schedules', 'slots', 'guild_contents', 'participations', 'announcements', 'audit', 'notices', 'requests'] as const; // prettier-ignore
  const all = async () => await Promise.all(tables.map((table) => ctx.db.selectFrom(table).selectAll().execute()));
  const before = await all();
  for (const act of acts) await expect(act(), act.toString()).rejects.toThrow(/.../);
  expect(await all()).toEqual(before);
}

test('a round of another guild is not there', async () => {
  await addMentor(ctx);
  await addWaiting(ctx);
  const opened = await openRound(ctx, here);
  await expectNothing([() => endRound(ctx, there, { id: opened.id, state: 'computing' })]);
  const round = await finish(ctx, opened);
  await expectNothing([
    () => requirePreviewOf(ctx, there.guildId, round),
    () => findReach(ctx, there.guildId, round),
    () => publishRound(ctx, there, round),
    () => endRound(ctx, there, { id: round.id }),
  ]);
});

test('a schedule of another guild is not there, nor is the prompt that it posted', async () => {
  const { schedule } = await addSchedule(ctx, here, { kind: 'prompt', channelId, cron: '0 9 * * *' });
  ctx.advance({ hours: 4 });
  await claimDue(ctx);
  const slot = await ctx.db.selectFrom('slots').selectAll().executeTakeFirstOrThrow();
  await countIn(ctx, here, slot.id);
  await expectNothing([
    () => editSchedule(ctx, there, schedule.id, { channelId: '900000000000000010' }),
    () => pauseSchedule(ctx, there, schedule.id),
    () => resumeSchedule(ctx, there, schedule.id),
    () => runSchedule(ctx, there, schedule.id),
    () => removeSchedule(ctx, there, schedule.id),
    () => countIn(ctx, there, slot.id),
    () => countOut(ctx, there, slot.id),
  ]);
});

test('a tip of another guild is not there, whatever its state; a draft is its author’s alone', async () => {
  const words = readTip({ category: 'resilience', title: 'Sleep', text: 'Two nights.', see: '' });
  const draft = await draftContent(ctx, here, words);
  const ofDraft = (by: typeof here) => [
    () => requireDraft(ctx, by, draft.id),
    () => redraftContent(ctx, by, draft.id, words),
    () => confirmContent(ctx, by, draft.id, versionOf(draft)),
    () => discardContent(ctx, by, draft.id),
  ];
  await expectNothing([...ofDraft(there), ...ofDraft({ ...here, userId: '700000000000000002' })]);
  await confirmContent(ctx, here, draft.id, versionOf(draft));
  await expectNothing([() => retireContent(ctx, there, draft.id)]);
  await retireContent(ctx, here, draft.id);
  await expectNothing([() => restoreContent(ctx, there, draft.id)]);
  const suggested = await suggestContent(ctx, here, words);
  await expectNothing([
    () => requireSuggested(ctx, there.guildId, suggested.id),
    () => approveContent(ctx, there, suggested.id),
    () => declineContent(ctx, there, suggested.id, ''),
  ]);
});

test('an announcement of another guild is not there', async () => {
  const choices = { channelId, roleId: null, everyone: false, crosspost: false, time: null, repeat: null };
  const { id } = await startDraft(ctx, here, choices);
  await expectNothing([
    () => openChange(ctx, there, id),
    () => writeDraft(ctx, there, id, { title: 'Mine', text: 'now', link: '', image: '' }),
    () => discardDraft(ctx, there, id),
    () => cancelAnnouncement(ctx, there, id),
  ]);
});
