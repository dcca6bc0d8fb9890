/** Who reports whom, and who handles it. */
import { afterEach, beforeEach, expect } from 'vitest';
import { insertAudit } from '../../../src/db/audit.ts';
import type { Acting } from '../../../src/guild/acting.ts';
import { inTurn } from '../../../src/guild/turn.ts';
import { beginReport, fileReport, type Report } from '../../../src/mentoring/cases/report.ts';
import { acceptRequest } from '../../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { takeOutOfShared } from '../../../src/study/groups/apart.ts';
import { openTestContext, type TestContext, testGuildId } from '../../support/context.ts';
import { memberNumber, registerPerson, registerVerified, testModeratorId } from '../../support/people.ts';

export const guildId = testGuildId;
export const reporter = memberNumber(1);
export const reported = memberNumber(2);
export const handler: Acting = { guildId, userId: testModeratorId };
export const second = memberNumber(4);
export const owner = memberNumber(9);
export const around = { ownerId: owner.userId, takeOutOfShared };
export const words = 'They asked me for two hundred dollars for a letter.';

export let ctx: TestContext;
/** A database for each test of the file that calls this, where two moderators are known. */
export function eachWithHandlers(): void {
  beforeEach(async () => {
    ctx = await openTestContext();
    await act(handler);
    await act(second);
  });
  afterEach(() => ctx.db.destroy());
}

/** Somebody has done something as a moderator, so that the bot knows them. */
export async function act(by: Acting): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    await insertAudit(trx, ctx, { guildId, actorId: by.userId, action: 'setup-changed' });
  });
}

export async function file(by = reporter, about = reported, report: Partial<Report> = {}) {
  const draft = await beginReport(ctx, by, { userId: about.userId, isBot: false });
  const whole = { category: 'money', words, today: false, mayName: false, excluded: [], ...report };
  return await fileReport(ctx, by, draft, whole, owner.userId);
}

export async function pair() {
  await registerVerified(ctx, reported);
  await registerPerson(ctx, reporter, 'mentee');
  await requestMentor(ctx, { guildId, menteeId: reporter.userId, mentorId: reported.userId, message: '' });
  const [request] = await ctx.db.selectFrom('requests').selectAll().execute();
  const { mentorshipId } = await acceptRequest(ctx, reported.userId, request?.id ?? '');
  return { id: mentorshipId };
}

export const notices = async (kind: string) =>
  (await ctx.db.selectFrom('notices').selectAll().execute()).filter((each) => each.kind === kind);
export const told = async (kind: string) => (await notices(kind)).map(({ user_id: id }) => id ?? '').toSorted();
export const refused = (work: Promise<unknown>, why: RegExp) =>
  expect(work).rejects.toThrow(expect.objectContaining({ message: expect.stringMatching(why) as string }) as Error);

/** A study group that goes on. */
export async function group(id: string, ...people: readonly Acting[]): Promise<void> {
  const at = ctx.now();
  await ctx.db.insertInto('study_groups').values({ id, guild_id: guildId, kind: 'exam', topic: 'step-1', place: '', state: 'active', languages: '["en"]', size: 4, sessions: 1, minutes: 60, about: '', created_at: at }).execute(); // prettier-ignore
  for (const { userId } of people)
    await ctx.db.insertInto('group_members').values({ group_id: id, guild_id: guildId, user_id: userId, state: 'member', since: at }).execute(); // prettier-ignore
}
