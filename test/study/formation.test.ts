import { beforeEach, describe, expect, test } from 'vitest';
import { findGroup, listLiveGroups } from '../../src/db/study/groups.ts';
import { findGroupMember } from '../../src/db/study/members.ts';
import { listSeekersOf } from '../../src/db/study/seekers.ts';
import { readDetail } from '../../src/db/notices/write.ts';
import { takeChange } from '../../src/study/formations/near-miss.ts';
import { acceptOffer, declineOffer } from '../../src/study/formations/offer.ts';
import { previewFormation } from '../../src/study/formations/preview.ts';
import { publishFormation } from '../../src/study/formations/publish.ts';
import { seekGroup, stopSeeking } from '../../src/study/seek.ts';
import type { TestContext } from '../support/context.ts';
import { owedTo } from '../support/members.ts';
import { by, draft, guildId, openStudy, pass, person } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openStudy();
  return async () => await ctx.db.destroy();
});

const wish = { subject: draft.subject, target: '2027-03', languages: ['en'], sessions: 1 };
const moderator = by('77');

async function seekers(...ids: string[]): Promise<void> {
  for (const id of ids) {
    await person(ctx, id);
    await seekGroup(ctx, by(id), wish);
  }
}

async function publish(): Promise<void> {
  const { formation } = await previewFormation(ctx, moderator);
  expect((await publishFormation(ctx, moderator, formation)).is).toBe('published');
}

describe('a formation', () => {
  test('offers each their group; with the third yes it begins, owned by whoever of them has been here longest', async () => {
    await seekers('1', '2', '3', '4');
    await publish();
    const [group] = await listLiveGroups(ctx.db, guildId);
    for (const id of ['1', '2', '3', '4']) expect(await owedTo(ctx, id)).toEqual(['group-offered']);
    await acceptOffer(ctx, by('2'), group!.id);
    await acceptOffer(ctx, by('1'), group!.id);
    expect((await findGroup(ctx.db, group!.id))?.state).toBe('forming');
    await Promise.allSettled([acceptOffer(ctx, by('3'), group!.id), declineOffer(ctx, by('4'), group!.id, true)]);
    const begun = await findGroup(ctx.db, group!.id);
    expect([begun?.state, begun?.owner_id]).toEqual(['active', '1']);
    expect(await listSeekersOf(ctx.db, by('1'))).toEqual([]);
    expect(await listSeekersOf(ctx.db, by('4'))).toEqual([]);
    await expect(acceptOffer(ctx, by('4'), group!.id)).rejects.toThrow(/offer is over/);
  });

  test('is shown again where somebody came or left since the moderator looked', async () => {
    await seekers('1', '2', '3', '4');
    const { formation } = await previewFormation(ctx, moderator);
    await stopSeeking(ctx, by('4'), draft.subject);
    const outcome = await publishFormation(ctx, moderator, formation);
    expect(outcome.is).toBe('changed');
    expect(await listLiveGroups(ctx.db, guildId)).toEqual([]);
    if (outcome.is === 'changed') await publishFormation(ctx, moderator, outcome.view.formation);
    expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(1);
  });

  test('is offered once, however many moderators press at once, and nobody is asked twice while they think', async () => {
    await seekers('1', '2', '3');
    const { formation } = await previewFormation(ctx, moderator);
    await Promise.allSettled(Array.from({ length: 100 }, () => publishFormation(ctx, moderator, formation)));
    for (const id of ['1', '2', '3']) expect(await owedTo(ctx, id)).toEqual(['group-offered']);
    expect(await listLiveGroups(ctx.db, guildId)).toHaveLength(1);
    await expect(previewFormation(ctx, moderator)).rejects.toThrow(/nobody waits/);
  });

  test('of fewer than three is nothing, in words', async () => {
    await seekers('1', '2');
    await expect(previewFormation(ctx, moderator)).rejects.toThrow(/only 2 people wait/);
  });

  test('lets the silent go from the list after three days, with a way back', async () => {
    await seekers('1', '2', '3');
    await publish();
    const [group] = await listLiveGroups(ctx.db, guildId);
    await pass(ctx, 73);
    expect((await findGroupMember(ctx.db, group!.id, '1'))?.left_why).toBe('lapsed');
    expect(await owedTo(ctx, '1')).toContain('group-news');
    expect((await findGroup(ctx.db, group!.id))?.state).toBe('closed');
    expect(await listSeekersOf(ctx.db, by('1'))).toEqual([]);
  });
});

describe('a near miss', () => {
  /** Somebody left over, with the changes that their letter offers. */
  async function changesFor(id: string) {
    const notice = await ctx.db
      .selectFrom('notices')
      .select('detail')
      .where('kind', '=', 'seeker-left')
      .where('user_id', '=', id)
      .executeTakeFirstOrThrow();
    return readDetail('seeker-left', notice).changes;
  }

  test('of hours, of a month and of a language puts its seeker into the group that was offered', async () => {
    await seekers('1', '2', '3');
    await person(ctx, '4', { windows: [{ from: 6 * 60, to: 9 * 60 }] });
    await seekGroup(ctx, by('4'), wish);
    await person(ctx, '5');
    await seekGroup(ctx, by('5'), { ...wish, target: '2027-06' });
    await person(ctx, '6');
    await seekGroup(ctx, by('6'), { ...wish, languages: ['ur'] });
    await publish();
    const [group] = await listLiveGroups(ctx.db, guildId);
    for (const [id, is] of [
      ['4', 'hours'],
      ['5', 'month'],
      ['6', 'language'],
    ] as const) {
      // prettier-ignore
      const change = (await changesFor(id)).find((each) => each.is === is);
      expect(change, is).toBeDefined();
      const taken = await takeChange(ctx, by(id), 'step-1', change!);
      expect(taken, is).toMatchObject({ is: 'joined', group: { id: group!.id } });
    }
    await expect(takeChange(ctx, by('6'), 'step-1', { is: 'language', language: 'en' })).rejects.toThrow(
      /no longer wait/,
    );
  });

  test('that three left over share brings them a new group', async () => {
    await seekers('1', '2');
    await person(ctx, '3', { windows: [{ from: 6 * 60, to: 9 * 60 }] });
    await seekGroup(ctx, by('3'), wish);
    await publish();
    const [change] = await changesFor('3');
    expect(await takeChange(ctx, by('3'), 'step-1', change!)).toEqual({ is: 'offered' });
    const [group] = await listLiveGroups(ctx.db, guildId);
    expect((await findGroupMember(ctx.db, group!.id, '1'))?.state).toBe('offered');
  });
});
