import { beforeEach, expect, test } from 'vitest';
import { findGuild, updateGuild } from '../../src/db/guilds.ts';
import { saveSetup } from '../../src/lifecycle/setup.ts';
import { listLiveGroups } from '../../src/db/study/groups.ts';
import { readHistory } from '../../src/study/formations/history.ts';
import { previewFormation } from '../../src/study/formations/preview.ts';
import { publishFormation, resumeFormations } from '../../src/study/formations/publish.ts';
import { runWeeklyForming, saveWeeklyForming } from '../../src/study/formations/weekly.ts';
import { seekGroup } from '../../src/study/seek.ts';
import type { TestContext } from '../support/context.ts';
import { owedTo } from '../support/members.ts';
import { by, draft, guildId, openStudy, person } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openStudy();
  return async () => await ctx.db.destroy();
});

const moderator = by('77');
const wish = { subject: draft.subject, target: '2027-03', languages: ['en'], sessions: 1 };

async function seekers(...ids: string[]): Promise<void> {
  for (const id of ids) {
    await person(ctx, id);
    await seekGroup(ctx, by(id), wish);
  }
}

const nextRun = async () => (await findGuild(ctx.db, guildId))?.forming_at?.replace('.000', '') ?? null;
const staffLines = async () =>
  (await ctx.db.selectFrom('notices').select('id').where('kind', '=', 'groups-formed').execute()).length;

async function goTo(at: string): Promise<void> {
  ctx.advance({ ms: Date.parse(at) - Date.parse(ctx.now()) });
}

test('is off until moderators want it; then it comes on Sunday at noon of the server’s clock, also over a change of the clock', async () => {
  // A Monday of winter in Chicago.
  await runWeeklyForming(ctx);
  expect(await nextRun()).toBeNull();
  await saveWeeklyForming(ctx, moderator, true);
  expect(await nextRun()).toBe('2026-11-29T18:00:00Z');
  await seekers('1', '2', '3');
  await goTo('2026-11-29T17:59:00Z');
  await runWeeklyForming(ctx);
  expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(0);
  await goTo('2026-11-29T18:00:00Z');
  await runWeeklyForming(ctx);
  await runWeeklyForming(ctx);
  expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(1);
  for (const id of ['1', '2', '3']) expect(await owedTo(ctx, id)).toEqual(['group-offered']);
  expect([await staffLines(), await nextRun()]).toEqual([1, '2026-12-06T18:00:00Z']);
  await goTo('2027-03-07T18:00:00Z');
  await runWeeklyForming(ctx);
  // Clocks go forward on 14 March.
  expect(await nextRun()).toBe('2027-03-14T17:00:00Z');
  await goTo('2027-10-31T17:00:00Z');
  await runWeeklyForming(ctx);
  expect(await nextRun()).toBe('2027-11-07T18:00:00Z');
  expect((await saveWeeklyForming(ctx, moderator, false)).forming_at).toBeNull();
});

test('after weeks of sleep runs once, whichever of two processes is quicker, and once in a week of a changed zone', async () => {
  await saveWeeklyForming(ctx, moderator, true);
  await seekers('1', '2', '3');
  await goTo('2026-12-18T09:00:00Z');
  await Promise.all(Array.from({ length: 3 }, () => runWeeklyForming(ctx)));
  expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(1);
  expect(await readHistory(ctx, guildId)).toHaveLength(1);
  expect(await nextRun()).toBe('2026-12-20T18:00:00Z');
  await goTo('2026-12-20T18:00:00Z');
  await runWeeklyForming(ctx);
  // West of Chicago the same Sunday has no noon yet: it has had its run.
  await saveSetup(ctx, guildId, { zone: 'Pacific/Honolulu' }, moderator.userId);
  expect(await nextRun()).toBe('2026-12-27T22:00:00Z');
});

test('killed before its groups are stored begins again, and afterwards goes on; both are one run', async () => {
  await saveWeeklyForming(ctx, moderator, true);
  await seekers('1', '2', '3', '4');
  await goTo('2026-11-29T18:00:00Z');
  let left = 12;
  const dying = {
    ...ctx,
    random() {
      if (left <= 0) throw new Error('killed');
      left -= 1;
      return ctx.random();
    },
  };
  // Its first id is the formation's: it dies with the first group.
  await runWeeklyForming(dying);
  expect((await readHistory(ctx, guildId)).map(({ formation }) => formation.state)).toEqual(['publishing']);
  await runWeeklyForming(ctx);
  await resumeFormations(ctx);
  expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(1);
  for (const id of ['1', '2', '3', '4']) expect(await owedTo(ctx, id)).toEqual(['group-offered']);
  expect(await staffLines()).toBe(1);
});

test('with too few to form anything says so once, and again only after there were groups', async () => {
  await saveWeeklyForming(ctx, moderator, true);
  await seekers('1', '2');
  for (const day of ['2026-11-29', '2026-12-06', '2026-12-13']) {
    await goTo(`${day}T18:00:00Z`);
    await runWeeklyForming(ctx);
  }
  expect(await staffLines()).toBe(1);
  expect((await readHistory(ctx, guildId)).map(({ waiting }) => waiting)).toEqual([2, 2, 2]);
  await seekers('3');
  await goTo('2026-12-20T18:00:00Z');
  await runWeeklyForming(ctx);
  expect(await staffLines()).toBe(2);
  await goTo('2026-12-27T18:00:00Z');
  await runWeeklyForming(ctx);
  expect(await staffLines()).toBe(3);
});

test('takes the place of a preview that is open, and waits for groups that are just being offered', async () => {
  await saveWeeklyForming(ctx, moderator, true);
  await seekers('1', '2', '3');
  await goTo('2026-11-29T17:00:00Z');
  const { formation } = await previewFormation(ctx, moderator);
  await ctx.db.updateTable('formations').set({ state: 'publishing', closed_at: ctx.now() }).execute();
  await goTo('2026-11-29T18:00:00Z');
  await runWeeklyForming(ctx);
  expect(await nextRun()).toBe('2026-11-29T18:00:00Z');
  await ctx.db.updateTable('formations').set({ state: 'preview' }).execute();
  await runWeeklyForming(ctx);
  await expect(publishFormation(ctx, moderator, formation)).rejects.toThrow(/newer preview/);
  for (const id of ['1', '2', '3']) expect(await owedTo(ctx, id)).toEqual(['group-offered']);
});

test('waits in a server that removed the bot, and comes once it is back', async () => {
  await saveWeeklyForming(ctx, moderator, true);
  await seekers('1', '2', '3');
  await updateGuild(ctx.db, guildId, { left_at: ctx.now() });
  await goTo('2026-11-29T18:00:00Z');
  await runWeeklyForming(ctx);
  expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(0);
  await updateGuild(ctx.db, guildId, { left_at: null });
  await runWeeklyForming(ctx);
  expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(1);
});
