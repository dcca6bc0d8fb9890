/** Handlers who are none any more. */
import { expect, test } from 'vitest';
import { findCase } from '../../../src/db/cases/cases.ts';
import { listEntries } from '../../../src/db/cases/entries.ts';
import { memberLeft } from '../../../src/lifecycle/leavers.ts';
import { deleteMemberData } from '../../../src/lifecycle/personal-data.ts';
import { takeCase } from '../../../src/mentoring/cases/handle.ts';
import { releaseCasesOf, releaseFormerHandlers } from '../../../src/mentoring/cases/handlers.ts';
import { registerPerson } from '../../support/people.ts';
import { ctx, eachWithHandlers, file, guildId, handler, second, told } from './support.ts';

eachWithHandlers();

test('a case that a handler has taken is for the others again once they leave, or delete their data', async () => {
  await registerPerson(ctx, handler, 'mentee');
  const { caseId } = await file();
  await takeCase(ctx, handler, caseId);
  await memberLeft(ctx, guildId, handler.userId);
  expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'new', assignee_id: null });
  expect(await told('case-waiting')).toContain(second.userId);
  await takeCase(ctx, second, caseId);
  await deleteMemberData(ctx, second);
  expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'new', assignee_id: null });
});

test('a case of whoever only lost the role is for the others again: found once a day, or when they act', async () => {
  const { caseId } = await file();
  await takeCase(ctx, handler, caseId);
  const asked: string[] = [];
  const look = async (answer: boolean | undefined) =>
    await releaseFormerHandlers(ctx, ({ userId }) => Promise.resolve((asked.push(userId), answer)));
  await look(false);
  expect([asked, (await findCase(ctx.db, guildId, caseId))?.state]).toEqual([[], 'taken']);
  ctx.advance({ hours: 24 });
  await look(undefined);
  await look(true);
  await look(false);
  expect([asked, (await findCase(ctx.db, guildId, caseId))?.state]).toEqual([
    [handler.userId, handler.userId],
    'taken',
  ]);
  ctx.advance({ hours: 24 });
  await look(false);
  expect(await findCase(ctx.db, guildId, caseId)).toMatchObject({ state: 'new', assignee_id: null });
  expect((await listEntries(ctx.db, caseId)).at(-1)?.kind).toBe('released');
  expect(await told('case-waiting')).toContain(second.userId);
  await takeCase(ctx, second, caseId);
  await releaseCasesOf(ctx, handler);
  expect((await findCase(ctx.db, guildId, caseId))?.assignee_id).toBe(second.userId);
  await releaseCasesOf(ctx, second);
  expect((await findCase(ctx.db, guildId, caseId))?.state).toBe('new');
});
