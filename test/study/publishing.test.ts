import { beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { insertBlock } from '../../src/db/blocks.ts';
import { upsertHours } from '../../src/db/hours.ts';
import { findMember } from '../../src/db/members.ts';
import { readDetail } from '../../src/db/notices/write.ts';
import { insertSuspension } from '../../src/db/suspensions.ts';
import { findFormation, findOpenFormation } from '../../src/db/study/formations.ts';
import { listLiveGroups } from '../../src/db/study/groups.ts';
import { findGroupMember, listGroupMembers } from '../../src/db/study/members.ts';
import { deleteMemberData, exportMember } from '../../src/lifecycle/personal-data.ts';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { countAnswers, readHistory, tellableAnswers } from '../../src/study/formations/history.ts';
import { acceptOffer, declineOffer } from '../../src/study/formations/offer.ts';
import { discardFormation, expirePreviews, previewFormation, readView } from '../../src/study/formations/preview.ts';
import { publishFormation, resumeFormations } from '../../src/study/formations/publish.ts';
import { createGroup } from '../../src/study/groups/create.ts';
import { seekGroup, stopSeeking } from '../../src/study/seek.ts';
import { exams } from '../../src/study/topics.ts';
import type { TestContext } from '../support/context.ts';
import { owedTo } from '../support/members.ts';
import { by, draft, guildId, openStudy, pass, person } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openStudy();
  return async () => await ctx.db.destroy();
});

const moderator = by('77');
const wish = { subject: draft.subject, target: '2027-03', languages: ['en'], sessions: 1 };
const mornings = [{ from: 6 * 60, to: 9 * 60 }];

async function seekers(...ids: string[]): Promise<void> {
  for (const id of ids) {
    await person(ctx, id);
    await seekGroup(ctx, by(id), wish);
  }
}

/** Groups of three that nobody else fits: each exam in each of three languages; and two people left over. */
async function twelveGroups(): Promise<string[]> {
  const ids: string[] = [];
  for (const topic of exams) {
    for (const language of ['en', 'ur', 'ar']) {
      for (let i = 0; i < 3; i += 1) {
        const id = await person(ctx, String(1000 + ids.length));
        await seekGroup(ctx, by(id), { ...wish, languages: [language], subject: { ...draft.subject, topic } });
        ids.push(id);
      }
    }
  }
  for (const id of ['2000', '2001']) {
    await person(ctx, id, { windows: mornings });
    await seekGroup(ctx, by(id), wish);
  }
  return ids;
}

const noticesOf = async (kind: 'group-offered' | 'seeker-left') =>
  (await ctx.db.selectFrom('notices').select('user_id').where('kind', '=', kind).orderBy('user_id').execute()).map(
    (row) => row.user_id,
  );

/** The same bot, which dies once it has written so many more ids: in the middle of whatever it does then. */
function dyingAfter(ids: number): Context {
  let left = ids * 12;
  return {
    ...ctx,
    random() {
      if (left <= 0) throw new Error('killed');
      left -= 1;
      return ctx.random();
    },
  };
}

describe('publishing', () => {
  test('killed at any point goes on from there: every group is made once, everybody asked once, everybody left told once', async () => {
    const ids = await twelveGroups();
    const { formation, own } = await previewFormation(ctx, moderator);
    expect([own.groups, own.placed]).toEqual([12, 36]);
    // Before the press is written down, nothing has happened.
    await expect(publishFormation(dyingAfter(0), moderator, formation)).rejects.toThrow('killed');
    expect((await findOpenFormation(ctx.db, guildId))?.state).toBe('preview');
    await expect(publishFormation(dyingAfter(3), moderator, formation)).rejects.toThrow('killed');
    let kills = 0;
    for (let more = 1; (await findFormation(ctx.db, guildId, formation.id))?.state === 'publishing'; more += 3) {
      await resumeFormations(dyingAfter(more));
      kills += 1;
    }
    expect(kills).toBeGreaterThan(8);
    expect(await noticesOf('group-offered')).toEqual(ids);
    expect(await noticesOf('seeker-left')).toEqual(['2000', '2001']);
    expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(12);
    const [past] = await readHistory(ctx, guildId);
    expect(past?.outcome).toEqual({ groups: 12, offered: 36, dropped: 0, told: 2 });
    expect(past?.acts.map(({ action, actor_id: who }) => [action, who])).toEqual([
      ['groups-formed', '77'],
      ['groups-previewed', '77'],
    ]);
  });

  test('by a hundred presses and resumptions at once is one publication, and cannot be discarded or formed anew meanwhile', async () => {
    const ids = await twelveGroups();
    const { formation } = await previewFormation(ctx, moderator);
    await expect(publishFormation(dyingAfter(1), moderator, formation)).rejects.toThrow('killed');
    await expect(discardFormation(ctx, moderator)).rejects.toThrow(/being offered at the moment/);
    await expect(previewFormation(ctx, moderator)).rejects.toThrow(/being offered at the moment/);
    const presses = Array.from({ length: 100 }, (_, i) =>
      i % 10 === 0 ? resumeFormations(ctx) : publishFormation(ctx, by(String(80 + i)), formation),
    );
    await Promise.allSettled(presses);
    expect(await noticesOf('group-offered')).toEqual(ids);
    await expect(publishFormation(ctx, moderator, formation)).rejects.toThrow(/Somebody was quicker/);
  });

  test('against a discard at once: either nobody is asked, or everybody', async () => {
    for (let n = 0; n < 4; n += 1) {
      await seekers(...[1, 2, 3].map((i) => String(n * 10 + i)));
      const { formation } = await previewFormation(ctx, moderator);
      const [published, discarded] = await Promise.allSettled(
        n % 2 === 0
          ? [publishFormation(ctx, moderator, formation), discardFormation(ctx, by('78'))]
          : [discardFormation(ctx, by('78')), publishFormation(ctx, moderator, formation)].toReversed(),
      );
      expect([published?.status, discarded?.status].filter((each) => each === 'fulfilled')).toHaveLength(1);
      const { state } = (await findFormation(ctx.db, guildId, formation.id))!;
      expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(state === 'published' ? 1 : 0);
      await ctx.db.deleteFrom('study_groups').execute();
      await ctx.db.deleteFrom('seekers').execute();
    }
  });

  test('while people leave: nobody who left is asked, no group is of fewer than three, and it is shown first', async () => {
    const ids = await twelveGroups();
    const seen = await previewFormation(ctx, moderator);
    const leaving = ids.filter((_, i) => i % 7 === 0);
    const [first] = await Promise.allSettled([
      publishFormation(ctx, moderator, seen.formation),
      ...leaving.map((id) => memberLeft(ctx, guildId, id)),
    ]);
    if (first.status === 'fulfilled' && first.value.is === 'changed') {
      await publishFormation(ctx, moderator, first.value.view.formation).catch(() => undefined);
      const open = await findOpenFormation(ctx.db, guildId);
      if (open?.state === 'preview') await publishFormation(ctx, moderator, open);
    }
    for (const group of await listLiveGroups(ctx.db, guildId)) {
      const members = await listGroupMembers(ctx.db, group.id);
      for (const { user_id: id } of members) expect((await findMember(ctx.db, guildId, id))?.left_at).toBeNull();
    }
    expect(new Set(await noticesOf('group-offered')).size).toBe((await noticesOf('group-offered')).length);
  });
});

describe('what changed since a moderator looked', () => {
  const causes: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
    'they left the server': (id) => memberLeft(ctx, guildId, id),
    'they look no longer': (id) => stopSeeking(ctx, by(id), draft.subject),
    'they are suspended': (id) => ctx.db.transaction().execute((trx) => insertSuspension(trx, ctx, by(id), 'mentee')),
    'they are in another group': (id) => createGroup(ctx, by(id), { ...draft, size: 3 }),
    'they deleted their data': (id) => deleteMemberData(ctx, by(id)),
    'they blocked somebody in it': (id) => insertBlock(ctx.db, { guildId, memberId: id, blockedId: '1' }, ctx.now()),
    'their hours are others': (id) =>
      ctx.db.transaction().execute((trx) => upsertHours(trx, by(id), { windows: mornings, until: null }, ctx.now())),
  };

  test.each(Object.keys(causes))('is shown, and waits for a second press: %s', async (cause) => {
    await seekers('1', '2', '3', '4');
    const { formation } = await previewFormation(ctx, moderator);
    await causes[cause]?.('4');
    const outcome = await publishFormation(ctx, moderator, formation);
    if (outcome.is !== 'changed') throw new Error('published what nobody saw');
    expect(outcome.changes).toHaveLength(1);
    expect(outcome.view.own).toMatchObject({ groups: 1, placed: 3 });
    expect(await noticesOf('group-offered')).toEqual([]);
    // The former card is outdated for whoever else has it on the screen.
    await expect(publishFormation(ctx, by('78'), formation)).rejects.toThrow(/have changed since/);
    expect((await publishFormation(ctx, moderator, outcome.view.formation)).is).toBe('published');
    expect(await noticesOf('group-offered')).toHaveLength(3);
  });

  test('leaves a group of two behind: they keep their turn, and read why', async () => {
    await seekers('1', '2', '3');
    const { formation } = await previewFormation(ctx, moderator);
    await stopSeeking(ctx, by('3'), draft.subject);
    const outcome = await publishFormation(ctx, moderator, formation);
    if (outcome.is !== 'changed') throw new Error('published what nobody saw');
    expect(outcome.view).toMatchObject({ own: { groups: 0 }, left: { all: 2 } });
    const done = await publishFormation(ctx, moderator, outcome.view.formation);
    expect(done).toMatchObject({ outcome: { groups: 0, dropped: 1, told: 2 } });
    expect(await owedTo(ctx, '1')).toEqual(['seeker-left']);
  });

  test('tells whoever is left over how many still wait, without those who have just been asked', async () => {
    await seekers('1', '2', '3');
    for (const id of ['4', '5']) await seekGroup(ctx, by(await person(ctx, id, { windows: mornings })), wish);
    const { formation } = await previewFormation(ctx, moderator);
    await publishFormation(ctx, moderator, formation);
    const { detail } = await ctx.db
      .selectFrom('notices')
      .select('detail')
      .where('kind', '=', 'seeker-left')
      .where('user_id', '=', '4')
      .executeTakeFirstOrThrow();
    expect(readDetail('seeker-left', { detail }).waiting).toBe(1);
  });

  test('does not matter where every rule still holds: other hours with the same evenings are published at once', async () => {
    await seekers('1', '2', '3');
    const { formation } = await previewFormation(ctx, moderator);
    const windows = [{ from: 18 * 60, to: 23 * 60 }];
    await ctx.db.transaction().execute((trx) => upsertHours(trx, by('1'), { windows, until: null }, ctx.now()));
    expect((await publishFormation(ctx, moderator, formation)).is).toBe('published');
  });

  test('after an offer is looked at when somebody says yes: a block since then keeps both out of one group', async () => {
    await seekers('1', '2', '3', '4');
    const { formation } = await previewFormation(ctx, moderator);
    await publishFormation(ctx, moderator, formation);
    const [group] = await listLiveGroups(ctx.db, guildId);
    await acceptOffer(ctx, by('1'), group!.id);
    await insertBlock(ctx.db, { guildId, memberId: '1', blockedId: '4' }, ctx.now());
    await expect(acceptOffer(ctx, by('4'), group!.id)).rejects.toThrow(/not for you/);
  });
});

describe('a preview', () => {
  test('is stored until it is published or discarded; a newer one takes its place, and of a discarded one nothing stays', async () => {
    await seekers('1', '2', '3');
    const first = await previewFormation(ctx, moderator);
    const second = await previewFormation(ctx, by('78'));
    await expect(publishFormation(ctx, moderator, first.formation)).rejects.toThrow(/newer preview/);
    expect(await readView(ctx.db, (await findOpenFormation(ctx.db, guildId))!)).toEqual(second);
    await discardFormation(ctx, moderator);
    await expect(discardFormation(ctx, moderator)).rejects.toThrow(/There is no preview/);
    await expect(publishFormation(ctx, moderator, second.formation)).rejects.toThrow(/was discarded/);
    expect(await ctx.db.selectFrom('formation_people').selectAll().execute()).toEqual([]);
    expect(await noticesOf('group-offered')).toEqual([]);
  });

  test('cannot be published after two days, and goes by itself', async () => {
    await seekers('1', '2', '3');
    const { formation } = await previewFormation(ctx, moderator);
    ctx.advance({ hours: 49 });
    await expect(publishFormation(ctx, moderator, formation)).rejects.toThrow(/more than 48 hours old/);
    await expirePreviews(ctx);
    expect((await findFormation(ctx.db, guildId, formation.id))?.state).toBe('discarded');
    expect(await ctx.db.selectFrom('formation_groups').selectAll().execute()).toEqual([]);
  });

  test('of another server is nobody’s business', async () => {
    await seekers('1', '2', '3');
    const { formation } = await previewFormation(ctx, moderator);
    const stranger = { guildId: '900000000000000099', userId: '77' };
    await expect(publishFormation(ctx, stranger, formation)).rejects.toThrow();
    await expect(discardFormation(ctx, stranger, formation)).rejects.toThrow();
  });

  test('stands in nobody’s export before it is published, and then in theirs', async () => {
    await seekers('1', '2', '3');
    const { formation } = await previewFormation(ctx, moderator);
    expect(JSON.stringify(await exportMember(ctx, by('1')))).not.toContain('hadAPlaceForYou');
    await publishFormation(ctx, moderator, formation);
    expect(JSON.stringify(await exportMember(ctx, by('1')))).toContain('"hadAPlaceForYou":true');
  });
});

describe('an offer', () => {
  test('is brought back to mind once, a day before it ends, unless it was answered', async () => {
    await seekers('1', '2', '3');
    const { formation } = await previewFormation(ctx, moderator);
    await publishFormation(ctx, moderator, formation);
    const [group] = await listLiveGroups(ctx.db, guildId);
    await acceptOffer(ctx, by('1'), group!.id);
    await pass(ctx, 47);
    expect(await owedTo(ctx, '2')).toEqual(['group-offered']);
    await pass(ctx, 24);
    expect(await owedTo(ctx, '2')).toEqual(['group-offered', 'group-offered']);
    expect(await owedTo(ctx, '1')).toEqual(['group-offered']);
  });

  test('is counted once all are over, and then nobody is kept; fewer than five are not told apart', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => String(100 + i));
    await seekers(...ids);
    const { formation } = await previewFormation(ctx, moderator);
    await publishFormation(ctx, moderator, formation);
    const groupOf = async (id: string) =>
      (await ctx.db.selectFrom('group_members').select('group_id').where('user_id', '=', id).executeTakeFirstOrThrow())
        .group_id;
    for (const id of ids.slice(0, 6)) await acceptOffer(ctx, by(id), await groupOf(id));
    await declineOffer(ctx, by(ids[6]!), await groupOf(ids[6]!), false);
    await countAnswers(ctx);
    expect((await readHistory(ctx, guildId))[0]?.answers).toBeUndefined();
    await pass(ctx, 74);
    await countAnswers(ctx);
    const [past] = await readHistory(ctx, guildId);
    expect(past?.answers).toMatchObject({ yes: 6, no: 1, silent: 5 });
    expect(tellableAnswers(past!.outcome!, past!.answers!)).toEqual({ yes: 6, others: undefined });
    expect(tellableAnswers({ offered: 9 }, { yes: 6, no: 3, silent: 0, begun: 2 }).yes).toBeUndefined();
    expect(await ctx.db.selectFrom('formation_people').selectAll().execute()).toEqual([]);
    expect((await findGroupMember(ctx.db, await groupOf(ids[0]!), ids[0]!))?.state).toBe('member');
  });
});
