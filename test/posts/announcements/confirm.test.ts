import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertAudit, listAudit } from '../../../src/db/audit.ts';
import { type Announcement, findAnnouncement } from '../../../src/db/announcements.ts';
import { findGuild } from '../../../src/db/guilds.ts';
import { announcementSource } from '../../../src/delivery/notices/announcement-source.ts';
import { announcementNotPosted } from '../../../src/delivery/notices/announcements.ts';
import { UserError } from '../../../src/errors.ts';
import { deleteMemberData, exportMember, hasDeletable } from '../../../src/lifecycle/personal-data.ts';
import { purgeOld } from '../../../src/lifecycle/purge.ts';
import { cancelAnnouncement } from '../../../src/posts/announcements/cancel.ts';
import { confirmAnnouncement } from '../../../src/posts/announcements/confirm.ts';
import { type Choices, openChange, startDraft, writeDraft } from '../../../src/posts/announcements/drafts.ts';
import { announcementFailed, announcementPosted } from '../../../src/posts/announcements/outcome.ts';
import { claimDue } from '../../../src/posts/claim.ts';
import { removeSchedule } from '../../../src/posts/schedules.ts';
import { slotFailed } from '../../../src/posts/slots.ts';
import { later } from '../../../src/time.ts';
import { posterOf } from '../../support/poster.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import type { Notice } from '../../../src/db/notices/write.ts';
import { findNoticeByKey } from '../../../src/db/notices/lookups.ts';
import { claimNotices } from '../../../src/db/notices/claims.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const by = posterOf({ guildId, userId: '800000000000000001' });
const channelId = '900000000000000006';

async function draft(choices: Partial<Choices> = {}): Promise<Announcement> {
  const chosen = { channelId, roleId: null, everyone: false, crosspost: false, time: null, repeat: null, ...choices };
  const { id } = await startDraft(ctx, by, chosen);
  return await writeDraft(ctx, by, id, { title: 'Office hours', text: 'On Monday.', link: '', image: '' });
}

const seen = ({ id, revision }: Announcement, everyone = false) => ({ id, revision, everyone });

async function scheduled(choices: Partial<Choices> = { time: 'in 2 hours' }): Promise<Announcement> {
  return await confirmAnnouncement(ctx, by, seen(await draft(choices), true));
}

async function claim(): Promise<number> {
  const taken = await claimNotices(ctx.db, ctx.now(), later(ctx.now(), { minutes: 1 }), 10);
  return taken.filter(({ kind }) => kind === 'announcement').length;
}

const inTrx = async (work: Parameters<ReturnType<typeof ctx.db.transaction>['execute']>[0]) =>
  await ctx.db.transaction().execute(work);

const sceneOf = async (notice: Notice) => ({
  ctx,
  guild: (await findGuild(ctx.db, guildId))!,
  notice,
  t: ctx.languages.textsIn(null),
  guildName: () => Promise.resolve('IMG'),
  memberName: () => Promise.resolve('Ada'),
});

describe('confirming', () => {
  test('of many who confirm at once one does, and one message is owed', async () => {
    const announcement = await draft();
    const all = Array.from({ length: 8 }, () => confirmAnnouncement(ctx, by, seen(announcement)));
    const results = await Promise.allSettled(all);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(UserError);
    }
    expect(await claim()).toBe(1);
    expect(await listAudit(ctx.db, guildId, {}, { offset: 0, limit: 9 })).toMatchObject([
      { action: 'announcement-posted', actor_id: by.userId, subject_id: announcement.id },
    ]);
  });

  test('a time that passed while the preview was open is not posted late by surprise', async () => {
    const announcement = await draft({ time: 'in 2 hours' });
    ctx.advance({ hours: 3 });
    await expect(confirmAnnouncement(ctx, by, seen(announcement))).rejects.toThrow('Its time has passed');
    const now = await openChange(ctx, by, announcement.id, { time: 'now' });
    expect(await confirmAnnouncement(ctx, by, seen(now))).toMatchObject({ state: 'scheduled', at: ctx.now() });
  });

  test.each([
    ['the channel is gone', { channel: undefined }, 'The channel is gone'],
    ['the moderator cannot see it', { moderatorLacks: ['ViewChannel'] }, 'You cannot see'],
    ['the bot may not post', { botLacks: ['SendMessages'] }, 'Send Messages'],
    ['the moderator may not notify everyone any more', { moderatorMentions: false }, 'You may not notify everyone'],
    ['the bot may not', { botMentions: false }, 'I may not notify everyone'],
  ] as const)('between preview and press, %s: refused, nothing owed', async (_, change, why) => {
    const announcement = await draft({ everyone: true });
    const press = confirmAnnouncement(ctx, posterOf(by, change), seen(announcement, true));
    await expect(press).rejects.toThrow(why);
    expect(await claim()).toBe(0);
    expect(await findAnnouncement(ctx.db, announcement.id)).toMatchObject({ state: 'draft' });
  });

  test('everyone needs the second confirmation inside the use case, too', async () => {
    const press = confirmAnnouncement(ctx, by, seen(await draft({ everyone: true })));
    await expect(press).rejects.toThrow('second confirmation');
  });

  test('an announcement of another guild does not exist', async () => {
    const announcement = await draft();
    await ctx.db.insertInto('guilds').values({ id: '77', zone: 'Etc/UTC', set_up_at: ctx.now() }).execute();
    const other = posterOf({ guildId: '77', userId: by.userId });
    await expect(confirmAnnouncement(ctx, other, seen(announcement))).rejects.toThrow('no longer there');
    await expect(cancelAnnouncement(ctx, other, announcement.id)).rejects.toThrow('no longer there');
    await expect(openChange(ctx, other, announcement.id)).rejects.toThrow('no longer there');
  });
});

describe('while it is on its way', () => {
  test('it can neither be called off nor moved: nobody knows any more who has read it', async () => {
    const announcement = await scheduled({ time: null });
    const change = await openChange(ctx, by, announcement.id, { time: 'in 3 hours' });
    expect(await claim()).toBe(1);
    await expect(cancelAnnouncement(ctx, by, announcement.id)).rejects.toThrow('at this very moment');
    await expect(confirmAnnouncement(ctx, by, seen(change))).rejects.toThrow('at this very moment');
    expect(await findAnnouncement(ctx.db, announcement.id)).toMatchObject({ state: 'scheduled' });
    // The change is still there for another try.
    expect(await findAnnouncement(ctx.db, change.id)).toMatchObject({ state: 'draft' });
  });

  test('called off before, it is never taken', async () => {
    const announcement = await scheduled();
    await cancelAnnouncement(ctx, by, announcement.id);
    ctx.advance({ hours: 3 });
    expect(await claim()).toBe(0);
    await expect(cancelAnnouncement(ctx, by, announcement.id)).rejects.toThrow('called off already');
  });

  test('of a call-off and a change at once both cannot win', async () => {
    const announcement = await scheduled();
    const change = await openChange(ctx, by, announcement.id, { time: 'in 5 hours' });
    const results = await Promise.allSettled([
      cancelAnnouncement(ctx, by, announcement.id),
      confirmAnnouncement(ctx, by, seen(change)),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

test('one that failed and was posted again is owed through the same message, so that it cannot come twice', async () => {
  const announcement = await scheduled({ time: null });
  await claim();
  await ctx.db
    .updateTable('notices')
    .set({ state: 'void', claimed_until: null })
    .where('kind', '=', 'announcement')
    .execute();
  await inTrx(async (trx) => await announcementFailed(trx, ctx, announcement.id, 'channel-closed'));
  const failed = (await findAnnouncement(ctx.db, announcement.id))!;
  expect(failed).toMatchObject({ state: 'failed', failure: 'channel-closed' });
  await confirmAnnouncement(ctx, by, seen(failed));
  expect(await claim()).toBe(1);
  expect(await ctx.db.selectFrom('notices').select('id').where('kind', '=', 'announcement').execute()).toHaveLength(1);
});

test('a change of a posted one is owed as an edit', async () => {
  const announcement = await scheduled({ time: null });
  await ctx.db.updateTable('notices').set({ state: 'delivered', message_id: '5' }).execute();
  await inTrx(
    async (trx) =>
      await announcementPosted(trx, ctx, announcement.id, { channelId: announcement.channel_id, messageId: '5' }),
  );
  const change = await openChange(ctx, by, announcement.id);
  await confirmAnnouncement(ctx, by, seen(change));
  expect(await findNoticeByKey(ctx.db, `announcement:${announcement.id}`)).toMatchObject({
    state: 'owed',
    revision: 2,
  });
  expect(await findAnnouncement(ctx.db, change.id)).toBeUndefined();
});

describe('what is held on the moderator', () => {
  test('is handed out with what they wrote and did', async () => {
    await scheduled();
    expect(await exportMember(ctx, by)).toMatchObject({
      announcementsYouWrote: [{ title: 'Office hours', text: 'On Monday.', state: 'scheduled' }],
      moderatorsActs: [{ you: 'did it', act: 'announcement-scheduled' }],
    });
  });

  test('is deleted with their data: drafts go, what the community has stays without their name', async () => {
    const kept = await scheduled();
    const gone = await draft();
    await deleteMemberData(ctx, by);
    expect(await findAnnouncement(ctx.db, gone.id)).toBeUndefined();
    expect(await findAnnouncement(ctx.db, kept.id)).toMatchObject({ author_id: 'deleted', state: 'scheduled' });
    // The record goes on saying who did it, and so does a later export; nothing else is left.
    expect(await listAudit(ctx.db, guildId, {}, { offset: 0, limit: 9 })).toMatchObject([{ actor_id: by.userId }]);
    expect(await exportMember(ctx, by)).toMatchObject({ moderatorsActs: [{ act: 'announcement-scheduled' }] });
    expect(await hasDeletable(ctx, by)).toBe(false);
  });

  test('goes out of what others wished of them, too', async () => {
    const wish = { action: 'round-previewed', detail: { wish: 'pinned', mentee: by.userId, mentor: '5' } } as const;
    await inTrx(async (trx) => await insertAudit(trx, ctx, { guildId, actorId: '6', ...wish }));
    await deleteMemberData(ctx, by);
    const [entry] = await listAudit(ctx.db, guildId, {}, { offset: 0, limit: 9 });
    expect(JSON.parse(entry!.detail!)).toEqual({ wish: 'pinned', mentee: 'deleted', mentor: '5' });
  });

  test('drafts go after a month, the record after twelve; what is still to come stays', async () => {
    const unfinished = await draft();
    const repeating = await scheduled({ repeat: 'Mon 18:00' });
    ctx.advance({ days: 30 });
    await purgeOld(ctx, 10);
    expect(await findAnnouncement(ctx.db, unfinished.id)).toBeUndefined();
    ctx.advance({ days: 335 });
    await purgeOld(ctx, 10);
    expect(await findAnnouncement(ctx.db, repeating.id)).toMatchObject({ state: 'scheduled' });
    expect(await listAudit(ctx.db, guildId, {}, { offset: 0, limit: 9 })).toEqual([]);
  });
});

test('one that was called off while it may have arrived is looked for, and otherwise not posted', async () => {
  const { id } = await scheduled();
  await ctx.db.updateTable('announcements').set({ state: 'cancelled' }).where('id', '=', id).execute();
  const notice = (await findNoticeByKey(ctx.db, `announcement:${id}`))!;
  expect(await announcementSource.find(await sceneOf(notice), false)).toMatchObject({
    channelId,
    stale: 'called-off',
  });
  await inTrx(async (trx) => await announcementSource.dropped(trx, ctx, notice, 'called-off'));
  expect(await findAnnouncement(ctx.db, id)).toMatchObject({ state: 'cancelled' });
});

test('a repeating announcement whose schedule a moderator removes is called off with it', async () => {
  const repeating = await scheduled({ repeat: 'Mon 18:00' });
  await removeSchedule(ctx, by, repeating.schedule_id!);
  expect(await findAnnouncement(ctx.db, repeating.id)).toMatchObject({ state: 'cancelled' });
});

test('the author of a repeating announcement hears why one time of it was not posted', async () => {
  const repeating = await scheduled({ repeat: 'Mon 18:00' });
  ctx.advance({ days: 7 });
  await claimDue(ctx);
  const { id } = await ctx.db.selectFrom('slots').select('id').executeTakeFirstOrThrow();
  await inTrx(async (trx) => await slotFailed(trx, ctx, id, 'channel-closed', channelId));
  const notice = await ctx.db
    .selectFrom('notices')
    .selectAll()
    .where('kind', '=', 'announcement-failed')
    .executeTakeFirstOrThrow();
  expect(notice).toMatchObject({ user_id: by.userId, subject_id: repeating.id });
  const card = JSON.stringify(await announcementNotPosted(await sceneOf(notice)));
  expect(card).toContain('I may not post in its channel any more');
  expect(card).toContain('/schedule resume');
});
