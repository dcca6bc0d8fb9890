import { beforeEach, expect, test } from 'vitest';
import { waitCard } from '../../src/commands/mentor/waiting.ts';
import { blockMember } from '../../src/mentoring/blocks.ts';
import { pauseMember } from '../../src/mentoring/profiles/pause.ts';
import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { readWaiting } from '../../src/mentoring/supply.ts';
import { joinWaitlist } from '../../src/mentoring/waitlist.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

const waitOf = async (menteeId: string) => await readWaiting(ctx, guildId, menteeId);
const lists = (specialties: string[], topics: string[] = []) => ({ specialties, topics });

test('before joining: free places in one’s specialty, who waits for the like, and who else can help with one’s topics', async () => {
  const mentee = await addMentee(ctx, lists(['neurology'], ['applications', 'visas']));
  const full = await addMentor(ctx, { ...lists(['neurology']), profile: { capacity: 1 } });
  await addMentor(ctx, { ...lists(['neurology']), profile: { capacity: 2 } });
  await addMentor(ctx, { ...lists(['pediatrics'], ['applications']), profile: { capacity: 4 } });
  await addMentor(ctx, { ...lists(['pediatrics'], ['applications']), languages: ['ta'] });
  const { request } = await requestMentor(ctx, {
    guildId,
    menteeId: await addMentee(ctx),
    mentorId: full,
    message: '',
  });
  await acceptRequest(ctx, full, request.id);
  for (const specialty of ['neurology', 'neurology', 'pediatrics'])
    await joinWaitlist(ctx, guildId, await addMentee(ctx, lists([specialty])));
  const wait = await waitOf(mentee);
  expect(wait).toMatchObject({
    place: undefined,
    others: 3,
    radar: {
      specialties: [{ id: 'neurology', places: 2, waiting: 2 }],
      topics: [{ id: 'applications', places: 4 }],
      places: 6,
      waiting: 3,
    },
  });
  const [card] = waitCard(ctx.t, wait).embeds ?? [];
  expect(card?.description).toContain('Neurology: 2 free places, 2 waiting.');
  expect(card?.description).toContain('4 free places');
});

test('the median of the last 90 days is of people alike from five on, else of all, and never of fewer than five', async () => {
  const mentee = await addMentee(ctx, { ...lists(['neurology']), profile: { stage: 'step-1' } });
  await joinWaitlist(ctx, guildId, mentee);
  const pair = async (days: number, specialty: string, stage: string) => {
    const other = await addMentee(ctx, { ...lists([specialty]), profile: { stage } });
    const mentorId = await addMentor(ctx, { profile: { capacity: 1 } });
    const { request } = await requestMentor(ctx, { guildId, menteeId: other, mentorId, message: '' });
    const since = new Date(Date.parse(ctx.now()) - days * 86_400_000).toISOString();
    await ctx.db.updateTable('requests').set({ looking_since: since }).where('id', '=', request.id).execute();
    await acceptRequest(ctx, mentorId, request.id);
  };
  for (const days of [30, 40, 50, 60]) await pair(days, 'pediatrics', 'applying');
  expect((await waitOf(mentee)).median).toBeUndefined();
  await pair(20, 'neurology', 'step-1');
  expect((await waitOf(mentee)).median).toEqual({ days: 40, of: 'all' });
  for (const days of [2, 4, 6, 8]) await pair(days, 'neurology', 'step-1');
  expect((await waitOf(mentee)).median).toEqual({ days: 6, of: 'alike' });
  ctx.advance({ days: 91 });
  expect((await waitOf(mentee)).median).toBeUndefined();
});

test('whoever blocked somebody counts to them as one who paused', async () => {
  const [mentee, mentor] = [await addMentee(ctx), await addMentor(ctx)];
  await addMentor(ctx);
  await joinWaitlist(ctx, guildId, await addMentee(ctx));
  await blockMember(ctx, { guildId, userId: mentor }, mentee);
  const blocked = await waitOf(mentee);
  await ctx.db.deleteFrom('blocks').execute();
  expect(await waitOf(mentee)).not.toEqual(blocked);
  await pauseMember(ctx, { guildId, userId: mentor }, { role: 'mentor' });
  expect(await waitOf(mentee)).toEqual(blocked);
});
