import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findClaim, listOpenClaims } from '../../src/db/claims.ts';
import { updateGuild } from '../../src/db/guilds.ts';
import { UserError } from '../../src/errors.ts';
import { answerClaim, closeOverdueClaims, leaveUnclear, postAnswer } from '../../src/journey/claims/answer.ts';
import {
  askModerators,
  askQuestion,
  beginClaim,
  beginQuestion,
  countUnanswered,
  describeClaim,
  findEarlierAnswer,
} from '../../src/journey/claims/ask.ts';
import { letGoOfDrafts } from '../../src/journey/claims/area.ts';
import { snapshotOf } from '../../src/journey/claims/snapshot.ts';
import { addOwnAnswer, changeOwnAnswer, readOwnAnswers, removeOwnAnswer } from '../../src/journey/guide/own.ts';
import { askGuide } from '../../src/journey/guide/search.ts';
import { purgeOld } from '../../src/lifecycle/purge.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { texts } from '../../src/texts/en.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const moderator = { guildId, userId: '1' };
const member = (userId: string) => ({ guildId, userId });
const rumor = { text: 'From 2027 on Step 3 costs nothing at all', channelId: '10', messageId: '20' };
const written = {
  question: 'Is Step 3 free from 2027 on?',
  answer: 'No. The page names a fee for Step 3.',
  link: 'https://www.usmle.org/apply-exams',
  verdict: 'silent',
};
async function ask(userId: string, message = rumor, line = ''): Promise<string> {
  const draft = await beginClaim(ctx, member(userId), message);
  await describeClaim(ctx, userId, draft, { kind: 'fee', line });
  return (await askModerators(ctx, member(userId), draft)).claim.id;
}
const refusal = async (act: Promise<unknown>): Promise<string> => {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).say(texts);
};
const notices = (kind: string) =>
  ctx.db
    .selectFrom('notices')
    .selectAll()
    .where('kind', '=', kind as 'claim-waiting')
    .orderBy('id')
    .execute();

describe('what is kept of a message', () => {
  test('is its words, without mentions and without the name of whoever wrote it', () => {
    const text = snapshotOf('<@123> Dr. Ayşe (I AM AYŞE) told <@!9> and <@&7> all of @everyone: ayshe', [
      'Ayşe',
      'ays',
    ]);
    expect(text).not.toMatch(/ayşe|123|<@|@everyone/i);
    expect(text).toContain('told');
    // What only begins like a name is a word.
    expect(text).toContain('ayshe');
    expect(snapshotOf('Me (x.y+z) say', ['(x.y+z)', 'Me'])).toBe('Me @… say');
    expect(snapshotOf(' '.repeat(9), [])).toBe('');
    expect(snapshotOf('a'.repeat(5_000), []).length).toBe(1_000);
  });

  test('goes after an hour where nobody handed it on, and with the answer or after a week where somebody did', async () => {
    const draft = await beginClaim(ctx, member('5'), rumor);
    const claim = await ask('6');
    ctx.advance({ minutes: 61 });
    expect(await refusal(describeClaim(ctx, '5', draft, { kind: 'fee', line: '' }))).toContain('too long ago');
    await letGoOfDrafts(ctx);
    expect(await ctx.db.selectFrom('claim_drafts').selectAll().execute()).toEqual([]);
    await answerClaim(ctx, moderator, claim, written);
    expect((await findClaim(ctx.db, claim))?.text).toBeNull();
    const other = await ask('6', { ...rumor, messageId: '21' });
    ctx.advance({ days: 6, hours: 23 });
    await closeOverdueClaims(ctx);
    expect((await findClaim(ctx.db, other))?.state).toBe('open');
    ctx.advance({ hours: 1 });
    await closeOverdueClaims(ctx);
    await closeOverdueClaims(ctx);
    expect(await findClaim(ctx.db, other)).toMatchObject({ state: 'unclear', text: null });
    expect(new Set((await notices('claim-answered')).map(({ subject_id: id }) => id))).toEqual(new Set([claim, other]));
    // Nowhere is anything left of it.
    for (const table of ['claims', 'claim_drafts', 'guild_answers', 'notices', 'audit'] as const) {
      expect(JSON.stringify(await ctx.db.selectFrom(table).selectAll().execute())).not.toContain('costs nothing');
    }
  });

  test('is nothing of what passes on exam material, and nothing where there are no words', async () => {
    const leak = { ...rumor, text: 'Recalls of last week: t.me/step2' };
    expect(await refusal(beginClaim(ctx, member('5'), leak))).toContain('exam material');
    expect(await refusal(beginClaim(ctx, member('5'), { ...rumor, text: '' }))).toContain('no words');
    expect(await refusal(askQuestion(ctx, member('5'), 'Where are the uworld pdf files?'))).toContain('exam material');
    expect(await beginQuestion(ctx, member('5'), 'leaked questions please')).toBeUndefined();
    expect(await ctx.db.selectFrom('claim_drafts').selectAll().execute()).toEqual([]);
  });
});

describe('a claim', () => {
  test('is one however many ask about the same message; each is counted once, and each hears', async () => {
    const first = await ask('5', rumor, 'Really free?');
    expect(await ask('6')).toBe(first);
    expect(await ask('5')).toBe(first);
    expect(await listOpenClaims(ctx.db, guildId, 9)).toMatchObject([{ id: first, asked: 2, kind: 'fee' }]);
    expect(await notices('claim-waiting')).toHaveLength(1);
    await answerClaim(ctx, moderator, first, written);
    expect(new Set((await notices('claim-answered')).map(({ user_id: id }) => id))).toEqual(new Set(['5', '6']));
    // Who asks about it later reads the answer at once.
    const again = await beginClaim(ctx, member('7'), rumor);
    const draft = await describeClaim(ctx, '7', again, { kind: 'fee', line: '' });
    expect((await findEarlierAnswer(ctx, draft))?.answer).toBe(written.answer);
  });

  test('is answered with an official page only, once; or nobody can tell', async () => {
    const claim = await ask('5');
    for (const link of ['https://usmle.org.evil.example/fees', 'http://www.usmle.org/apply-exams', 'usmle.org', '']) {
      expect(await refusal(answerClaim(ctx, moderator, claim, { ...written, link })), link).toContain('no official host'); // prettier-ignore
    }
    expect(await refusal(answerClaim(ctx, moderator, claim, { ...written, answer: 'x'.repeat(301) }))).toContain('300');
    expect(await refusal(answerClaim(ctx, { ...moderator, guildId: '999' }, claim, written))).toContain('no longer here'); // prettier-ignore
    const both = await Promise.allSettled([
      answerClaim(ctx, moderator, claim, written),
      answerClaim(ctx, member('2'), claim, { ...written, answer: 'Yes.' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await refusal(answerClaim(ctx, moderator, claim, written))).toContain('answered this already: “');
    expect(await refusal(leaveUnclear(ctx, moderator, claim))).toContain('answered this already');
    const unclear = await ask('5', { ...rumor, messageId: '30' });
    await leaveUnclear(ctx, moderator, unclear);
    expect(await refusal(answerClaim(ctx, moderator, unclear, written))).toContain('nobody could tell');
    expect(await ctx.db.selectFrom('guild_answers').selectAll().execute()).toHaveLength(1);
  });

  test('that is answered can be corrected: whoever asked is told again', async () => {
    const claim = await ask('5');
    const { id } = await answerClaim(ctx, moderator, claim, written);
    const typed = { ...written, words: 'free', answer: 'Yes, since this week.' };
    expect(await refusal(changeOwnAnswer(ctx, moderator, id, { ...typed, link: '' }))).toContain('no official host');
    await changeOwnAnswer(ctx, moderator, id, typed);
    const told = await notices('claim-answered');
    expect(new Set(told.map(({ detail }) => detail))).toEqual(new Set([null, JSON.stringify({ again: true })]));
    // Other words to find it by are no news to anybody.
    await changeOwnAnswer(ctx, moderator, id, { ...typed, words: 'gratis' });
    expect(await notices('claim-answered')).toHaveLength(2);
  });

  test('stands below the message once, for whoever asked or a moderator, and never for anybody else', async () => {
    const claim = await ask('5');
    expect(await refusal(postAnswer(ctx, member('5'), claim, false))).toContain('no answer');
    await answerClaim(ctx, moderator, claim, written);
    expect(await refusal(postAnswer(ctx, member('6'), claim, false))).toContain('no longer here');
    expect(await refusal(postAnswer(ctx, { guildId: '999', userId: '5' }, claim, true))).toContain('no longer here');
    await postAnswer(ctx, member('5'), claim, false);
    expect(await refusal(postAnswer(ctx, moderator, claim, true))).toContain('already');
    expect(await notices('claim-post')).toHaveLength(1);
    const asked = (await askQuestion(ctx, member('5'), 'Where do we meet?')).claim.id;
    await answerClaim(ctx, moderator, asked, written);
    expect(await refusal(postAnswer(ctx, member('5'), asked, false))).toContain('no answer');
  });

  test('is asked five times a day by one member, also if they delete their data in between', async () => {
    for (let i = 0; i < 4; i += 1) await ask('5', { ...rumor, messageId: `4${i}` });
    await deleteMemberData(ctx, member('5'));
    await ask('5', { ...rumor, messageId: '44' });
    expect(await refusal(ask('5', { ...rumor, messageId: '45' }))).toContain('5 questions in a day');
    // What somebody else asked already costs as much, and nothing is left of the attempt.
    expect(await listOpenClaims(ctx.db, guildId, 9)).toHaveLength(5);
    ctx.advance({ hours: 25 });
    await ask('5', { ...rumor, messageId: '46' });
  });

  test('is handed in from its own guild, once, and only by whoever began it', async () => {
    const draft = await beginClaim(ctx, member('5'), rumor);
    expect(await refusal(askModerators(ctx, member('6'), draft))).toContain('Begin it once more');
    const away = await beginClaim(ctx, { userId: '5', guildId: null }, rumor);
    expect(await refusal(askModerators(ctx, member('5'), away))).toContain('another server');
    await askModerators(ctx, member('5'), draft);
    expect(await refusal(askModerators(ctx, member('5'), draft))).toContain('Begin it once more');
    expect(await listOpenClaims(ctx.db, guildId, 9)).toHaveLength(1);
  });
});

describe('questions that find nothing', () => {
  test('reach moderators with the third who asks the same, in other words and order too; before, no word is stored', async () => {
    await countUnanswered(ctx, member('5'), 'Where is the Zanzibar xylophone?');
    await countUnanswered(ctx, member('5'), 'where is the zanzibar xylophone');
    await countUnanswered(ctx, member('6'), 'the xylophone, zanzibar: where?');
    expect(JSON.stringify(await ctx.db.selectFrom('guide_misses').selectAll().execute())).not.toMatch(
      /zanzibar|"[56]"/i,
    );
    expect(await listOpenClaims(ctx.db, guildId, 9)).toEqual([]);
    await countUnanswered(ctx, member('7'), 'Zanzibar xylophone where');
    const [claim] = await listOpenClaims(ctx.db, guildId, 9);
    expect(claim).toMatchObject({ origin: 'question', asked: 3, text: 'Zanzibar xylophone where' });
    // Whoever hands the same in joins it.
    expect((await askQuestion(ctx, member('8'), 'Where is the Zanzibar xylophone?')).claim.id).toBe(claim!.id);
    expect(await ctx.db.selectFrom('guide_misses').selectAll().execute()).toEqual([]);
    // Two of another kind are no three of one.
    await countUnanswered(ctx, member('5'), 'Timbuktu xylophone');
    await countUnanswered(ctx, member('6'), 'Timbuktu xylophone');
    expect(await listOpenClaims(ctx.db, guildId, 9)).toHaveLength(1);
  });
});

describe('answers of the guild’s own', () => {
  const own = { question: 'Where do we hold the Zanzibar xylophone?', answer: 'In the voice channel, on Sundays.', link: '', words: 'meetup' }; // prettier-ignore
  const found = async (question: string) => {
    const { findable } = await readOwnAnswers(ctx.db, guildId, ctx.now().slice(0, 10));
    return (await askGuide(ctx.db, question, undefined, findable)).map(({ kind, id }) => `${kind} ${id}`);
  };

  test('are found first for what they answer, also mistyped and by other words, and spoil nothing else', async () => {
    const before = await found('do i need epic');
    const { id } = await addOwnAnswer(ctx, moderator, own);
    expect((await found('where is the zanzibr xylophone'))[0]).toBe(`own ${id}`);
    expect((await found('sunday meetup'))[0]).toBe(`own ${id}`);
    expect(await found('do i need epic')).toEqual(before);
    await removeOwnAnswer(ctx, moderator, id);
    expect(await found('zanzibar xylophone')).toEqual([]);
    expect(await refusal(removeOwnAnswer(ctx, moderator, id))).toContain('no longer here');
  });

  test('state no figure without an official page, and go with the day by which it had to be read again', async () => {
    const figure = { ...own, answer: 'It costs 985 dollars.' };
    expect(await refusal(addOwnAnswer(ctx, moderator, figure))).toContain('official page');
    expect(await refusal(addOwnAnswer(ctx, moderator, { ...own, link: 'https://bit.ly/x' }))).toContain('no official host'); // prettier-ignore
    expect(await refusal(addOwnAnswer(ctx, moderator, { ...own, question: ' ' }))).toContain('need words');
    expect(await refusal(addOwnAnswer(ctx, moderator, { ...own, answer: 'See t.me/recalls' }))).toContain('exam');
    const { id } = await addOwnAnswer(ctx, moderator, { ...figure, link: 'https://www.usmle.org/apply-exams' });
    ctx.advance({ days: 90 });
    expect(await found('zanzibar xylophone')).toEqual([`own ${id}`]);
    ctx.advance({ days: 1 });
    expect(await found('zanzibar xylophone')).toEqual([]);
  });

  test('stand in for what the guide says, and stay without the name of a moderator who deletes their data', async () => {
    await addOwnAnswer(ctx, moderator, own, 'guide is-my-school-eligible');
    await addOwnAnswer(ctx, moderator, { ...own, answer: 'Another.' }, 'guide is-my-school-eligible');
    expect(await refusal(addOwnAnswer(ctx, moderator, own, 'guide nothing-of-the-kind'))).toContain('no longer here');
    const today = ctx.now().slice(0, 10);
    const { instead, findable } = await readOwnAnswers(ctx.db, guildId, today);
    expect(instead.get('guide is-my-school-eligible')?.answer).toBe('Another.');
    expect(findable).toEqual([]);
    expect((await readOwnAnswers(ctx.db, null, today)).instead.size).toBe(0);
    await deleteMemberData(ctx, moderator);
    expect((await ctx.db.selectFrom('guild_answers').select('by_id').execute()).map(({ by_id: by }) => by)).toEqual([null]); // prettier-ignore
  });

  test('go with the guild', async () => {
    await ask('5');
    await addOwnAnswer(ctx, moderator, own);
    await countUnanswered(ctx, member('5'), 'Timbuktu xylophone');
    await updateGuild(ctx.db, guildId, { left_at: ctx.now() });
    ctx.advance({ days: 200 });
    for (let i = 0; i < 9; i += 1) await purgeOld(ctx, 1_000);
    for (const table of ['claims', 'claim_askers', 'guild_answers', 'guide_misses'] as const) {
      expect(await ctx.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
    }
  });
});
