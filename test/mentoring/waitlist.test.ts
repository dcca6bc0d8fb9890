import { beforeEach, expect, test } from 'vitest';
import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { joinWaitlist, leaveWaitlist } from '../../src/mentoring/waitlist.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, newUserId } from '../support/members.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

const join = (userId: string) => joinWaitlist(ctx, guildId, userId);

test('whoever joins first stands first, and joining again keeps the place', async () => {
  const [first, second] = [await addMentee(ctx), await addMentee(ctx)];
  const since = ctx.now();
  expect(await join(first)).toEqual({
    place: { position: 1, waiting: 1, joinedAt: since },
    already: false,
    keeps: false,
  });
  ctx.advance({ minutes: 1 });
  expect((await join(second)).place).toMatchObject({ position: 2, waiting: 2 });
  expect(await join(first)).toEqual({
    place: { position: 1, waiting: 2, joinedAt: since },
    already: true,
    keeps: false,
  });
});

test('leaving lets the others move up, and leaving twice says so', async () => {
  const [first, second] = [await addMentee(ctx), await addMentee(ctx)];
  const since = ctx.now();
  await join(first);
  ctx.advance({ minutes: 1 });
  await join(second);
  expect(await leaveWaitlist(ctx, guildId, first)).toBe(since);
  expect(await leaveWaitlist(ctx, guildId, first)).toBeUndefined();
  expect((await join(second)).place).toMatchObject({ position: 1, waiting: 1 });
});

test('joined at the same moment, no two share a place', async () => {
  const mentees = [await addMentee(ctx), await addMentee(ctx), await addMentee(ctx)];
  await Promise.all(mentees.map(join));
  const places = await Promise.all(mentees.map(async (mentee) => (await join(mentee)).place.position));
  expect(places.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
});

test('is for mentees who look for a mentor: everybody else reads why not', async () => {
  await expect(join(newUserId())).rejects.toThrow(/\/register mentee/);
  await expect(join(await addMentor(ctx))).rejects.toThrow(/\/register mentee/);
  await expect(join(await addMentee(ctx, { profile: { state: 'paused' } }))).rejects.toThrow(/\/profile resume/);
  const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
  const { request } = await requestMentor(ctx, { guildId, menteeId: mentee, mentorId: mentor, message: '' });
  await expect(join(mentee)).rejects.toThrow(/already asked/);
  await acceptRequest(ctx, mentor, request.id);
  await expect(join(mentee)).rejects.toThrow(/You have a mentor/);
});
