/** Who has a place, and whom something keeps away from it. */
import { describe, expect, test } from 'vitest';
import { insertBlock } from '../../../src/db/blocks.ts';
import { blockMember } from '../../../src/mentoring/blocks.ts';
import { placesOfMember } from '../../../src/mentoring/office-hours/limits.ts';
import { joinOfficeHour, leaveOfficeHour } from '../../../src/mentoring/office-hours/places.ts';
import { askQuestion, readQuestions } from '../../../src/mentoring/office-hours/questions.ts';
import { listOpenTo } from '../../../src/mentoring/office-hours/rules.ts';
import { keepOfficeHours } from '../../../src/mentoring/office-hours/run.ts';
import { suspendMentee } from '../../../src/mentoring/suspend-mentee.ts';
import { later } from '../../../src/time.ts';
import { testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor, newUserId } from '../../support/members.ts';
import { by, comers, ctx, eachWithDatabase, fine, inHours, letters, offer, standing } from './support.ts';

eachWithDatabase();

describe('places', () => {
  test('go to whoever comes first; the others wait in turn, and move up when somebody leaves', async () => {
    const hour = await offer(await addMentor(ctx));
    const ids = await comers(hour, 5);
    expect(await standing(hour, ids[4])).toMatchObject({ taken: 3, waiting: 2, own: { state: 'waiting', turn: 2 } });
    // A second press changes nothing.
    await joinOfficeHour(ctx, by(ids[4]!), hour.id);
    expect((await standing(hour)).waiting).toBe(2);
    await leaveOfficeHour(ctx, by(ids[0]!), hour.id);
    expect(await letters(ids[3]!)).toEqual(['place']);
    expect(await letters(ids[4]!)).toEqual([]);
    expect(await standing(hour, ids[4])).toMatchObject({ taken: 3, own: { state: 'waiting', turn: 1 } });
    await expect(leaveOfficeHour(ctx, by(ids[0]!), hour.id)).rejects.toThrow(/no place/);
    // Whoever left comes behind those who wait.
    await joinOfficeHour(ctx, by(ids[0]!), hour.id);
    expect(await standing(hour, ids[0])).toMatchObject({ own: { turn: 2 } });
  });

  test('are never more than there are, whoever presses at once', async () => {
    const hour = await offer(await addMentor(ctx));
    const ids = await Promise.all(Array.from({ length: 12 }, () => addMentee(ctx)));
    await Promise.all(ids.map((id) => joinOfficeHour(ctx, by(id), hour.id)));
    expect(await standing(hour)).toMatchObject({ taken: 3, waiting: 9 });
    await Promise.all(ids.slice(0, 6).map((id) => leaveOfficeHour(ctx, by(id), hour.id)));
    expect(await standing(hour)).toMatchObject({ taken: 3, waiting: 3 });
  });

  test('need no profile, are not for the mentor, and are bounded so that some are left for others', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const guest = newUserId();
    await joinOfficeHour(ctx, by(guest), hour.id);
    await expect(joinOfficeHour(ctx, by(mentor), hour.id)).rejects.toThrow(/are your own/);
    const beside = await offer(await addMentor(ctx), { startsAt: later(hour.starts_at, { minutes: 30 }) });
    await expect(joinOfficeHour(ctx, by(guest), beside.id)).rejects.toThrow(/other office hours at that time/);
    for (let i = 1; i < placesOfMember; i += 1)
      await joinOfficeHour(ctx, by(guest), (await offer(await addMentor(ctx), { startsAt: inHours(50 + 2 * i) })).id);
    const more = await offer(await addMentor(ctx), { startsAt: inHours(100) });
    await expect(joinOfficeHour(ctx, by(guest), more.id)).rejects.toThrow(/5 places/);
  });
});

describe('whom something keeps away', () => {
  test('reads the same whatever it is, and sees the rest as if that mentor offered nothing', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const other = await offer(await addMentor(ctx), { startsAt: inHours(60) });
    const [blocked, blocking, misfit, suspended] = [await addMentee(ctx), await addMentee(ctx), await addMentee(ctx), await addMentee(ctx)]; // prettier-ignore
    await insertBlock(ctx.db, { guildId, memberId: mentor, blockedId: blocked }, ctx.now());
    await insertBlock(ctx.db, { guildId, memberId: blocking, blockedId: mentor }, ctx.now());
    await ctx.db
      .insertInto('mentorships')
      .values({
        id: 'm1',
        guild_id: guildId,
        mentor_id: mentor,
        mentee_id: misfit,
        request_id: 'r1',
        state: 'ended',
        started_at: ctx.now(),
        due_at: ctx.now(),
        ended_at: ctx.now(),
        end_reason: 'not-a-fit',
        ended_by: 'mentor',
      })
      .execute();
    await suspendMentee(ctx, by('7'), suspended);
    const said: string[] = [];
    for (const id of [blocked, blocking, misfit, suspended]) {
      await joinOfficeHour(ctx, by(id), hour.id).catch((error: Error) => said.push(error.message));
      await joinOfficeHour(ctx, by(id), 'made-up').catch((error: Error) => said.push(error.message));
      const open = (await listOpenTo(ctx, by(id))).map((each) => each.id);
      expect(open).toEqual(id === suspended ? [] : [other.id]);
    }
    expect(said).toHaveLength(8);
    expect(new Set(said).size).toBe(1);
  });

  test('leaves the list without a word, and the next moves up', async () => {
    const mentor = await addMentor(ctx);
    const hour = await offer(mentor);
    const [one = '', two = '', three = '', four = '', five = ''] = await comers(hour, 5);
    await askQuestion(ctx, by(one), hour.id, { words: 'Mine', named: true });
    await blockMember(ctx, by(mentor), one);
    expect(await letters(one)).toEqual([]);
    expect(await letters(four)).toEqual(['place']);
    expect((await readQuestions(ctx, by(mentor), hour.id)).questions).toEqual([]);
    await suspendMentee(ctx, by('7'), two);
    expect(await letters(five)).toEqual(['place']);
    // What came between them otherwise is seen before people are reminded.
    await ctx.db.insertInto('blocks').values({ guild_id: guildId, member_id: three, blocked_id: mentor, created_at: ctx.now() }).execute(); // prettier-ignore
    ctx.advance({ hours: 25 });
    await keepOfficeHours(ctx, fine);
    expect(await letters(three)).toEqual([]);
    expect((await standing(hour)).taken).toBe(2);
  });
});
