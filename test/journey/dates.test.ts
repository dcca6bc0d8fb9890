import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dateById, journey as content } from '../../src/content/journey.ts';
import { listGuildDates, listProposals } from '../../src/db/dates.ts';
import { findJourney, listJourneyDates } from '../../src/db/journeys.ts';
import { UserError } from '../../src/errors.ts';
import { chooseReminderDays, togglePick } from '../../src/journey/dates/choose.ts';
import { confirmDate, type Reading } from '../../src/journey/dates/confirm.ts';
import { writeDateFile } from '../../src/journey/dates/file.ts';
import { saveReminderHour } from '../../src/journey/dates/hour.ts';
import { addOwnDate, editOwnDate, removeOwnDate } from '../../src/journey/dates/own.ts';
import { remindOfDates, tellChanges } from '../../src/journey/dates/remind.ts';
import { beginJourney, eraseJourney, useJourney } from '../../src/journey/own/journey.ts';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { purgeOld } from '../../src/lifecycle/purge.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const one = { guildId, userId: '1' };
const two = { guildId, userId: '2' };
const [rol, standard] = ['rank-list-2027', 'nrmp-standard-2027'];
const asContent = (id: string, isAlone = false): Reading => {
  const { day, time, zone } = dateById().get(id)!;
  return { stated: { day: day!, time: time ?? null, zone: zone ?? null }, isAlone };
};
const at = (day: string, time: string | null = '21:00', isAlone = false): Reading => ({
  stated: { day, time, zone: time === null ? null : 'America/New_York' },
  isAlone,
});
const refused = (act: Promise<unknown>) => expect(act).rejects.toBeInstanceOf(UserError);
const notices = async (userId?: string) =>
  (await ctx.db.selectFrom('notices').selectAll().orderBy('created_at').execute()).filter(
    (notice) => userId === undefined || notice.user_id === userId,
  );
const begin = (userId: string, stage = 'interviewing', zone = 'Asia/Karachi') =>
  beginJourney(ctx, { userId, guildId }, zone, stage);
const words = { name: 'Dates', announced: () => 'read', expected: () => 'expected' };

describe('a date is announced', () => {
  test('by one moderator who reads what the content expects', async () => {
    expect(await confirmDate(ctx, one, rol, asContent(rol))).toMatchObject({ is: 'done', act: 'announce', differsFromContent: false }); // prettier-ignore
    const [row] = await listGuildDates(ctx.db, guildId);
    expect(row).toMatchObject({ state: 'announced', at: '2027-03-04T02:00:00.000Z', review_by: '2026-12-23', sequence: 1 }); // prettier-ignore
  });

  test('by two where they read something else, and by the same one alone not even twice', async () => {
    expect(await confirmDate(ctx, one, rol, at('2027-03-05'))).toMatchObject({ is: 'proposed', differs: false });
    expect(await listGuildDates(ctx.db, guildId)).toEqual([]);
    await refused(confirmDate(ctx, one, rol, at('2027-03-05')));
    // Somebody who reads another day does not second it.
    expect(await confirmDate(ctx, two, rol, at('2027-03-06'))).toMatchObject({ is: 'proposed', differs: true });
    expect(await confirmDate(ctx, one, rol, at('2027-03-06'))).toMatchObject({ is: 'done', differsFromContent: true });
    expect(await listProposals(ctx.db, guildId)).toEqual([]);
    const changes = await ctx.db.selectFrom('date_changes').select('act').where('date_id', '=', rol).execute();
    expect(changes).toEqual([{ act: 'announce' }]);
  });

  test('by a second one within 72 hours only', async () => {
    await confirmDate(ctx, one, rol, at('2027-03-05'));
    ctx.advance({ hours: 72, ms: 1 });
    expect(await confirmDate(ctx, two, rol, at('2027-03-05'))).toMatchObject({ is: 'proposed' });
  });

  test('by the only moderator there is, again after a day', async () => {
    await confirmDate(ctx, one, rol, at('2027-03-05', '21:00', true));
    ctx.advance({ hours: 23 });
    await refused(confirmDate(ctx, one, rol, at('2027-03-05', '21:00', true)));
    ctx.advance({ hours: 1 });
    await refused(confirmDate(ctx, one, rol, at('2027-03-05')));
    expect(await confirmDate(ctx, one, rol, at('2027-03-05', '21:00', true))).toMatchObject({ is: 'done' });
  });

  test('never from what is no day ahead, no official page, no hour of that night, or no news', async () => {
    await refused(confirmDate(ctx, one, rol, at('2026-03-03')));
    await refused(confirmDate(ctx, one, rol, at('2027-02-31')));
    await refused(confirmDate(ctx, one, rol, at('2027-03-14', '02:30')));
    await refused(confirmDate(ctx, one, rol, at('2027-11-07', '01:30')));
    await refused(confirmDate(ctx, one, rol, { ...asContent(rol), source: 'https://nrmp.example/calendar' }));
    await refused(confirmDate(ctx, one, 'doomsday-2027', at('2027-03-03')));
    await refused(confirmDate(ctx, one, rol, { stated: undefined, isAlone: false }));
    await refused(
      confirmDate(ctx, one, rol, { stated: { day: '2027-03-03', time: '21:00', zone: null }, isAlone: false }),
    );
    expect(await confirmDate(ctx, one, rol, { ...at('2027-11-07', '01:30'), isLater: true })).toMatchObject({ is: 'proposed' }); // prettier-ignore
    await confirmDate(ctx, one, standard, asContent(standard));
    await refused(confirmDate(ctx, two, standard, asContent(standard)));
    // Read again on a later day, it counts for longer.
    ctx.advance({ days: 20 });
    expect(await confirmDate(ctx, two, standard, asContent(standard))).toMatchObject({ is: 'still-right' });
    expect((await listGuildDates(ctx.db, guildId))[0]!.review_by).toBe('2027-01-12');
  });
});

describe('reminders', () => {
  /** Lets days pass, an hour at a time, as heartbeats do. */
  async function pass(days: number): Promise<void> {
    for (let i = 0; i < days * 24; i += 1) {
      ctx.advance({ hours: 1 });
      await tellChanges(ctx);
      await remindOfDates(ctx);
    }
  }
  const keepFresh = () => ctx.db.updateTable('dates').set({ review_by: '2099-01-01' }).execute();

  test('come from announced dates that concern somebody, each once; and never from expected ones', async () => {
    await begin('9');
    await begin('8', 'student');
    await confirmDate(ctx, one, standard, asContent(standard));
    await keepFresh();
    await pass(70);
    expect(await notices('8')).toEqual([]);
    const mine = await notices('9');
    expect(mine.map(({ detail }) => detail)).toEqual(
      [30, 7, 1].map((days) => JSON.stringify({ dates: [{ id: standard, days }], own: [] })),
    );
    // Nine in the morning in Karachi.
    expect(mine.map(({ due_at: due }) => due.slice(11, 16))).toEqual(['04:00', '04:00', '04:00']);
  });

  test('never come from a stale date, and again once somebody has looked', async () => {
    await begin('9');
    await confirmDate(ctx, one, standard, asContent(standard));
    // Announced on November 23 for January 29: nobody looks again before December 23.
    await pass(45);
    expect(await notices('9')).toEqual([]);
    await confirmDate(ctx, one, standard, asContent(standard));
    await pass(20);
    expect((await notices('9')).map(({ detail }) => detail)).toEqual([
      JSON.stringify({ dates: [{ id: standard, days: 7 }], own: [] }),
    ]);
  });

  test('come at the hour of the morning that the guild chose, each once, also when that changes in between', async () => {
    await begin('9');
    await confirmDate(ctx, one, standard, asContent(standard));
    await keepFresh();
    await saveReminderHour(ctx, one, 7);
    await pass(45);
    await saveReminderHour(ctx, one, 11);
    await pass(25);
    // Karachi is five hours ahead.
    expect((await notices('9')).map(({ due_at: due }) => due.slice(11, 16))).toEqual(['02:00', '06:00', '06:00']);
    for (const hour of [4, 13, 9.5]) await refused(saveReminderHour(ctx, one, hour));
    expect((await saveReminderHour(ctx, one, undefined)).reminder_hour).toBe(11);
  });

  test('of a move reach also whom the first try failed to tell, and nobody twice', async () => {
    for (const userId of ['8', '9']) await begin(userId);
    await confirmDate(ctx, one, standard, asContent(standard));
    await keepFresh();
    await pass(40);
    await confirmDate(ctx, one, standard, at('2027-02-20'));
    await confirmDate(ctx, two, standard, at('2027-02-20'));
    let tries = 0;
    const random = () => {
      tries += 1;
      // The first of the two is written down, the second meets a fault.
      if (tries > 12) throw new Error('no');
      return ctx.random();
    };
    await tellChanges({ ...ctx, random });
    const moves = async () =>
      (await notices()).filter(({ kind }) => kind === 'date-changed').map(({ user_id: id }) => id);
    expect(await moves()).toEqual(['8']);
    await tellChanges(ctx);
    await tellChanges(ctx);
    expect(await moves()).toEqual(['8', '9']);
  });

  test('follow what somebody chose: other days, none, picked dates alone', async () => {
    await begin('9', 'student');
    expect(await togglePick(ctx, '9', standard)).toBe(true);
    await chooseReminderDays(ctx, '9', [3]);
    await confirmDate(ctx, one, standard, asContent(standard));
    await keepFresh();
    await pass(66);
    expect((await notices('9')).map(({ detail }) => detail)).toEqual([
      JSON.stringify({ dates: [{ id: standard, days: 3 }], own: [] }),
    ]);
    expect(await togglePick(ctx, '9', standard)).toBe(false);
    await chooseReminderDays(ctx, '9', [1]);
    await pass(5);
    expect(await notices('9')).toHaveLength(1);
  });

  test('of one’s own dates come too, and of the same day as one message', async () => {
    await begin('9');
    await confirmDate(ctx, one, standard, asContent(standard));
    await keepFresh();
    // January 29, 23:59 in New York is the morning of the 30th in Karachi.
    const own = { title: 'OET', stated: { day: '2027-01-30', time: null, zone: null }, days: [7] };
    const { date } = await addOwnDate(ctx, '9', 'Asia/Karachi', own);
    await pass(62);
    expect((await notices('9')).map(({ detail }) => detail)).toContain(
      JSON.stringify({ dates: [{ id: standard, days: 7 }], own: [{ id: date.id, days: 7 }] }),
    );
    expect(await notices('9')).toHaveLength(2);
  });
});

describe('a date that moves', () => {
  test('is told once to everybody who was reminded, has it in a file or waits for it, and to nobody else', async () => {
    await begin('3', 'student');
    await begin('4', 'applying');
    await begin('5', 'student');
    await begin('6', 'student');
    await confirmDate(ctx, one, rol, asContent(rol));
    await tellChanges(ctx);
    // 4 has the step that hangs on it before them, 5 picked it, 6 has it in a file.
    await togglePick(ctx, '5', rol);
    await togglePick(ctx, '6', rol);
    await writeDateFile(ctx, '6', words, false);
    await togglePick(ctx, '6', rol);
    await begin('7', 'interviewing');
    await confirmDate(ctx, one, rol, at('2027-03-10'));
    expect(await confirmDate(ctx, two, rol, at('2027-03-10'))).toMatchObject({ is: 'done', act: 'move' });
    for (let i = 0; i < 3; i += 1) await tellChanges(ctx);
    const told = (await notices()).filter(({ kind }) => kind === 'date-changed');
    expect(told.map(({ user_id: id }) => String(id)).toSorted()).toEqual(['5', '6', '7']);
    // Withdrawn: whoever was told hears of it, and whoever waits for it.
    await confirmDate(ctx, one, rol, { stated: undefined, isAlone: false });
    await confirmDate(ctx, two, rol, { stated: undefined, isAlone: false });
    await tellChanges(ctx);
    expect((await notices('7')).filter(({ kind }) => kind === 'date-changed')).toHaveLength(2);
    // And announced anew: they hear of that as well.
    await confirmDate(ctx, one, rol, asContent(rol));
    await tellChanges(ctx);
    expect((await notices('5')).filter(({ kind }) => kind === 'date-changed')).toHaveLength(3);
    expect((await notices('3')).filter(({ kind }) => kind === 'date-changed')).toEqual([]);
  });

  test('waits for the morning of whoever sleeps, unless the new moment is near', async () => {
    ctx.advance({ hours: 7 });
    // 19:00 UTC is midnight in Karachi.
    await begin('9');
    await confirmDate(ctx, one, rol, asContent(rol));
    await confirmDate(ctx, one, rol, at('2027-03-10'));
    await confirmDate(ctx, two, rol, at('2027-03-10'));
    await tellChanges(ctx);
    expect((await notices('9'))[0]!.due_at).toBe('2026-11-24T02:00:00.000Z');
    await confirmDate(ctx, one, rol, at('2026-11-24', '05:00'));
    await confirmDate(ctx, two, rol, at('2026-11-24', '05:00'));
    await tellChanges(ctx);
    expect((await notices('9'))[1]!.due_at).toBe(ctx.now());
  });
});

describe('the file', () => {
  test('holds announced dates of one’s own, with sequence and alarms; a withdrawn one is taken back', async () => {
    await begin('9');
    await confirmDate(ctx, one, rol, asContent(rol));
    await addOwnDate(ctx, '9', 'Asia/Karachi', { title: 'Visa, Islamabad', stated: { day: '2027-05-03', time: '09:00', zone: 'Asia/Karachi' }, days: [7] }); // prettier-ignore
    const first = (await writeDateFile(ctx, '9', words, false))!;
    expect(first.count).toBe(2);
    expect(first.text).toMatch(/UID:rank-list-2027@/);
    expect(first.text).toMatch(/SEQUENCE:1/);
    expect(first.text).toMatch(/TRIGGER:-P30D/);
    expect(first.text).toContain('Visa\\, Islamabad');
    const withExpected = (await writeDateFile(ctx, '9', words, true))!;
    expect(withExpected.count).toBeGreaterThan(6);
    expect(withExpected.text).toMatch(/STATUS:TENTATIVE/);
    for (const by of [one, two]) await confirmDate(ctx, by, rol, { stated: undefined, isAlone: false });
    expect((await writeDateFile(ctx, '9', words, false))!.text).toMatch(/STATUS:CANCELLED/);
    expect(first.text).not.toMatch(/TENTATIVE|CANCELLED/);
  });
});

describe('dates of one’s own', () => {
  const own = (title: string, day = '2027-05-03') => ({ title, stated: { day, time: null, zone: null }, days: [7, 1] });
  test('are thirty at most, have a name and lie ahead', async () => {
    await begin('9');
    for (let i = 0; i < 30; i += 1) await addOwnDate(ctx, '9', 'Etc/UTC', own(`Exam ${i}`));
    await refused(addOwnDate(ctx, '9', 'Etc/UTC', own('The 31st')));
    await refused(addOwnDate(ctx, '9', 'Etc/UTC', own('   ')));
    await refused(addOwnDate(ctx, '9', 'Etc/UTC', own('x'.repeat(81))));
    await refused(addOwnDate(ctx, '9', 'Etc/UTC', own('Past', '2026-01-01')));
  });
  test('are nobody else’s', async () => {
    await begin('9');
    await begin('8');
    const { date } = await addOwnDate(ctx, '9', 'Etc/UTC', own('Exam'));
    await refused(editOwnDate(ctx, '8', 'Etc/UTC', date.id, own('Mine now')));
    await refused(removeOwnDate(ctx, '8', date.id));
    expect((await editOwnDate(ctx, '9', 'Etc/UTC', date.id, own('OET'))).date).toMatchObject({ title: 'OET', sequence: 1 }); // prettier-ignore
    await removeOwnDate(ctx, '9', date.id);
    await refused(removeOwnDate(ctx, '9', date.id));
  });
});

describe('somebody’s road', () => {
  test('belongs to them: leaving a guild takes nothing, and after twelve months without one or unused it is gone', async () => {
    await begin('9');
    await addOwnDate(ctx, '9', 'Etc/UTC', { title: 'Exam', stated: { day: '2029-05-03', time: null, zone: null }, days: [] }); // prettier-ignore
    await memberLeft(ctx, guildId, '9');
    expect(await findJourney(ctx.db, '9')).toMatchObject({ alone_since: ctx.now() });
    ctx.advance({ days: 200 });
    await useJourney(ctx, { userId: '9', guildId: null });
    ctx.advance({ days: 164 });
    await purgeOld(ctx, 100);
    expect(await findJourney(ctx.db, '9')).toBeDefined();
    ctx.advance({ days: 1 });
    await purgeOld(ctx, 100);
    expect(await findJourney(ctx.db, '9')).toBeUndefined();
    expect(await ctx.db.selectFrom('own_dates').selectAll().execute()).toEqual([]);
  });

  test('is erased with everything on it, twice without harm', async () => {
    await begin('9');
    await togglePick(ctx, '9', rol);
    expect([await eraseJourney(ctx, '9'), await eraseJourney(ctx, '9')]).toEqual([true, false]);
    expect(await listJourneyDates(ctx.db, '9')).toEqual([]);
    expect(content().dates.length).toBeGreaterThan(20);
  });
});
