import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dateById, guideById, itemById } from '../../src/content/journey.ts';
import { findGuildDate, listGuildDates } from '../../src/db/dates.ts';
import { itemCard } from '../../src/commands/roadmap/item.ts';
import { readRoad } from '../../src/discord/cards/road.ts';
import { UserError } from '../../src/errors.ts';
import { askQuestion } from '../../src/journey/claims/ask.ts';
import { beginJourney } from '../../src/journey/own/journey.ts';
import { confirmDate } from '../../src/journey/dates/confirm.ts';
import { readAgain } from '../../src/content/checks.ts';
import { prompts, tips } from '../../src/content/library.ts';
import { tipCard } from '../../src/discord/cards/tip.ts';
import { readPool } from '../../src/posts/choice.ts';
import { findTip } from '../../src/posts/content/entries.ts';
import { nextPrompt } from '../../src/study/outline.ts';
import { freshnessOf } from '../../src/journey/freshness.ts';
import { addOwnAnswer, readOwnAnswers } from '../../src/journey/guide/own.ts';
import {
  cannotTell,
  findMatter,
  keepRight,
  leaveOut,
  putOffMatter,
  readStatus,
  takeIn,
} from '../../src/journey/review/act.ts';
import { listMatters, type Matter, matterKey } from '../../src/journey/review/matters.ts';
import { texts } from '../../src/texts/en.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const one = { guildId, userId: '1', isAlone: false };
const two = { guildId, userId: '2', isAlone: false };
const alone = { ...one, isAlone: true };
const list = (who = one) => listMatters(ctx.db, who, ctx.now());
const keysOf = async (who = one) => (await list(who)).map(matterKey);
const find = async (key: string, who = one): Promise<Matter> => {
  const found = (await list(who)).find((matter) => matterKey(matter) === key);
  if (!found) throw new Error(`${key} does not wait`);
  return found;
};
const refused = (act: Promise<unknown>) => expect(act).rejects.toBeInstanceOf(UserError);
const [rol] = ['rank-list-2027'];
const announce = (day: string, who = one) =>
  confirmDate(ctx, who, rol, { stated: { day, time: '21:00', zone: 'America/New_York' }, isAlone: who.isAlone });

describe('tips and prompts of the library', () => {
  const sourced = [
    ...tips().flatMap(({ id, source }) => (source ? [`tip ${id}`] : [])),
    ...prompts().flatMap(({ id, source }) => (source ? [`prompt ${id}`] : [])),
  ];
  const tip = 'tip step-3-only-in-the-us';
  const pool = async (kind: 'tip' | 'prompt') => {
    const { candidates, outdated } = await readPool(ctx, guildId, kind, null);
    return { ids: candidates.map(({ id }) => id), outdated };
  };
  const entriesOf = async () => (await keysOf()).filter((key) => /^(tip|prompt) /.test(key));

  test('wait a week before their day, each that states a fact and no other', async () => {
    expect(await entriesOf()).toEqual([]);
    ctx.advance({ days: 358 });
    expect(await entriesOf()).toContain(tip);
    ctx.advance({ days: 365 });
    expect((await entriesOf()).toSorted()).toEqual(sourced.toSorted());
    expect(sourced.length).toBeGreaterThan(80);
  });

  test('are posted and shown on, as read by moderators, once one of them has read the page again', async () => {
    ctx.advance({ days: 370 });
    const id = tip.slice('tip '.length);
    const before = await pool('tip');
    expect(before.ids).not.toContain(id);
    await keepRight(ctx, one, await find(tip));
    expect(await keysOf()).not.toContain(tip);
    const after = await pool('tip');
    expect([after.ids.includes(id), after.outdated]).toEqual([true, before.outdated - 1]);
    const read = await findTip(ctx.db, guildId, 'library', id);
    expect(read?.checked).toBe(ctx.now().slice(0, 10));
    // It was opened, so it no longer goes by notes.
    expect(JSON.stringify(tipCard(texts, read!))).not.toContain('notes');
    // For as long again as it did.
    ctx.advance({ days: 350 });
    expect(await keysOf()).not.toContain(tip);
    ctx.advance({ days: 10 });
    expect(await keysOf()).toContain(tip);
  });

  test('are left out where the page says something else, until that is taken back', async () => {
    ctx.advance({ days: 360 });
    const prompt = sourced.find((key) => key.startsWith('prompt '))!;
    for (const key of [tip, prompt]) {
      const [kind, id] = key.split(' ') as ['tip' | 'prompt', string];
      const before = await pool(kind);
      expect(before.ids).toContain(id);
      await leaveOut(ctx, one, await find(key));
      expect(await keysOf()).not.toContain(key);
      // Nobody need look at it: it is not owed.
      expect(await pool(kind)).toEqual({ ids: before.ids.filter((each) => each !== id), outdated: before.outdated });
      await takeIn(ctx, two, kind, id);
      expect(await keysOf()).toContain(key);
      expect(await pool(kind)).toEqual(before);
      await refused(takeIn(ctx, two, kind, id));
    }
    await refused(leaveOut(ctx, one, { ...(await find(tip)), kind: 'guide' }));
  });

  test('a group gets no prompt that was left out', async () => {
    const wrong = prompts().find(({ source }) => source)!;
    const all = prompts().filter(({ exam }) => exam === wrong.exam);
    const had = new Map(all.filter(({ id }) => id !== wrong.id).map(({ id }) => [id, ctx.now()]));
    expect(nextPrompt(wrong.exam, [], had, ctx.now(), new Map())).toBe(wrong);
    ctx.advance({ days: 10 });
    const left = new Map([[`prompt ${wrong.id}`, { checked: ctx.now().slice(0, 10), review_by: '2026-01-01' }]]);
    expect(nextPrompt(wrong.exam, [], had, ctx.now(), left)?.id).not.toBe(wrong.id);
  });
});

describe('what waits', () => {
  test('comes worst harm first: dates within a month, visas, money, the rest; in each what waits longest', async () => {
    // By then every fact of the content is due.
    ctx.advance({ days: 95 });
    await askQuestion(ctx, { guildId, userId: '5' }, 'Where is the xylophone?');
    await askQuestion(ctx, { guildId, userId: '5' }, 'Who pays for the kazoo?');
    await ctx.db.updateTable('claims').set({ kind: 'fee' }).where('text', 'like', '%kazoo%').execute();
    const matters = await list();
    expect(matters.map(({ harm }) => harm)).toEqual(matters.map(({ harm }) => harm).toSorted((a, b) => a - b));
    expect(new Set(matters.map(({ harm }) => harm))).toEqual(new Set([0, 1, 2, 3]));
    expect(matters[0]?.kind).toBe('date');
    expect(matters.find(({ harm }) => harm === 1)).toMatchObject({
      kind: expect.stringMatching(/guide|item/) as string,
    });
    for (const harm of [0, 1, 2, 3]) {
      const since = matters.filter((matter) => matter.harm === harm).map((matter) => matter.since.slice(0, 10));
      expect(since, String(harm)).toEqual(since.toSorted());
    }
    // Everything but questions leads to its page.
    expect(matters.filter(({ page, kind }) => page === undefined && kind !== 'claim')).toEqual([]);
  });

  test('is nothing that was looked at lately, and no advice, for it states nothing', async () => {
    const keys = await keysOf();
    const fresh = [...guideById().values()].filter(
      (entry) => entry.kind !== 'advice' && entry.review_by! > '2026-12-02',
    );
    expect(keys).not.toContain(`guide ${fresh[0]!.id}`);
    ctx.advance({ days: 400 });
    const advice = [...guideById().values()].find(({ kind }) => kind === 'advice')!;
    expect(await keysOf()).not.toContain(`guide ${advice.id}`);
  });
});

describe('a press', () => {
  test('keeps a fact for another while: members read it again, with the day and who looked', async () => {
    const visa = [...guideById().values()].find(({ kind }) => kind === 'visa')!;
    ctx.advance({ days: 40 });
    const today = () => ctx.now().slice(0, 10);
    expect(freshnessOf(visa, today())).toBe('stale');
    const matter = await find(`guide ${visa.id}`);
    await keepRight(ctx, one, matter);
    expect(await keysOf()).not.toContain(`guide ${visa.id}`);
    const { checks } = await readOwnAnswers(ctx.db, guildId, today());
    const read = readAgain(visa, checks.get(`guide ${visa.id}`));
    expect(freshnessOf(read, today())).toBe('fresh');
    expect(read).toMatchObject({ checked: today(), isReadHere: true });
    // The same press again, by another moderator's older card: it is done.
    expect(await findMatter(ctx, two, matter)).toBeUndefined();
    // Elsewhere nobody has looked.
    expect((await readOwnAnswers(ctx.db, null, today())).checks.size).toBe(0);
    ctx.advance({ days: 24 });
    expect(await keysOf()).toContain(`guide ${visa.id}`);
  });

  test('announces a date that the page names as expected, and keeps an announced one', async () => {
    ctx.advance({ days: 45 });
    const { id, day } = [...dateById().values()].find((date) => date.day !== undefined && date.day > '2027-01-10' && date.day < '2027-03-01')!; // prettier-ignore
    await keepRight(ctx, one, await find(`date ${id}`));
    expect(await findGuildDate(ctx.db, guildId, id)).toMatchObject({ state: 'announced', day, sequence: 1 });
    expect(await keysOf()).not.toContain(`date ${id}`);
    const { review_by: until } = (await findGuildDate(ctx.db, guildId, id))!;
    ctx.advance({ days: Math.max(0, (Date.parse(until) - Date.parse(ctx.now())) / 86_400_000) });
    const matter = await find(`date ${id}`);
    await keepRight(ctx, two, matter);
    expect((await findGuildDate(ctx.db, guildId, id))!.review_by > until).toBe(true);
    // A date without a day cannot be confirmed by a press: there is nothing to confirm.
    const bare = (await list()).find(
      ({ kind, id: each }) => kind === 'date' && dateById().get(each)?.day === undefined,
    )!;
    await refused(keepRight(ctx, one, bare));
    await cannotTell(ctx, one, bare);
    expect(await keysOf(two)).not.toContain(matterKey(bare));
    ctx.advance({ days: 14, ms: 1 });
    expect(await keysOf(two)).toContain(matterKey(bare));
  });

  test('is the second pair of eyes that another day needs: never one’s own, but where nobody else is, after a day', async () => {
    await announce('2027-03-05');
    expect(await keysOf()).not.toContain(`proposal ${rol}`);
    expect(await keysOf(two)).toContain(`proposal ${rol}`);
    // While it waits for that, nobody is asked for the date itself.
    expect(await keysOf(two)).not.toContain(`date ${rol}`);
    expect(await keysOf(alone)).not.toContain(`proposal ${rol}`);
    ctx.advance({ hours: 24 });
    const own = await find(`proposal ${rol}`, alone);
    await keepRight(ctx, alone, own);
    expect((await listGuildDates(ctx.db, guildId)).map(({ day }) => day)).toEqual(['2027-03-05']);
    await announce('2027-03-06', two);
    const seen = await find(`proposal ${rol}`);
    // Before it is pressed, its author reads something else: the press means nothing any more.
    await announce('2027-03-07', two);
    expect(await findMatter(ctx, one, seen)).toBeUndefined();
    await keepRight(ctx, one, await find(`proposal ${rol}`));
    expect((await listGuildDates(ctx.db, guildId)).map(({ day, state }) => [day, state])).toEqual([['2027-03-07', 'moved']]); // prettier-ignore
  });

  test('never takes back what another has changed meanwhile', async () => {
    await announce('2027-03-05');
    await announce('2027-03-05', two);
    ctx.advance({ days: 29 });
    const matter = await find(`date ${rol}`);
    const row = (await findGuildDate(ctx.db, guildId, rol))!;
    await ctx.db
      .updateTable('dates')
      .set({ sequence: row.sequence + 1, day: '2027-03-08' })
      .execute();
    expect(await findMatter(ctx, one, matter)).toBeUndefined();
    const reading = {
      stated: { day: row.day, time: row.time, zone: row.zone },
      isAlone: false,
      sequence: row.sequence,
    };
    await refused(confirmDate(ctx, one, rol, reading));
  });

  test('puts a matter off until tomorrow, for oneself; the third time it goes to another', async () => {
    ctx.advance({ days: 95 });
    const key = (await keysOf())[0]!;
    for (let i = 0; i < 3; i += 1) {
      await putOffMatter(ctx, one, await find(key));
      expect(await keysOf()).not.toContain(key);
      expect(await keysOf(two)).toContain(key);
      ctx.advance({ hours: 21 });
    }
    expect(await keysOf()).not.toContain(key);
    expect(await keysOf(two)).toContain(key);
    // Where there is nobody else, it stays theirs.
    expect(await keysOf(alone)).toContain(key);
    await keepRight(ctx, two, await find(key, two));
    expect(await ctx.db.selectFrom('put_offs').selectAll().execute()).toEqual([]);
  });

  test('changes what the guide and the road say in this guild: the change comes up again by its own day', async () => {
    await beginJourney(ctx, { userId: '9', guildId }, 'Asia/Karachi', 'step-1');
    ctx.advance({ days: 95 });
    const item = [...itemById().values()].find(({ kind }) => kind === 'fee' || kind === 'rule')!;
    const typed = {
      question: item.title,
      answer: 'It is otherwise now.',
      link: 'https://www.ecfmg.org/fees/',
      words: '',
    };
    const own = await addOwnAnswer(ctx, one, typed, `item ${item.id}`);
    expect(await keysOf()).not.toContain(`item ${item.id}`);
    const road = async () => (await readRoad(ctx.db, '9', ctx.now()))!;
    const said = async () => JSON.stringify(itemCard(texts, await road(), item.id, ctx.now()));
    expect(await said()).toContain('It is otherwise now.');
    ctx.advance({ days: 84 });
    await keepRight(ctx, one, await find(`answer ${own.id}`));
    expect(await keysOf()).not.toContain(`answer ${own.id}`);
    await refused(
      keepRight(ctx, one, {
        kind: 'answer',
        id: 'gone',
        harm: 3,
        isHarmful: false,
        since: '',
        version: '',
        page: undefined,
      }),
    );
  });
});

test('the status tells how much waits, and how long the week took', async () => {
  ctx.advance({ days: 95 });
  const before = await readStatus(ctx, one);
  for (const matter of (await list()).filter(({ kind }) => kind === 'guide').slice(0, 4)) {
    await keepRight(ctx, one, matter);
    ctx.advance({ ms: 30_000 });
  }
  ctx.advance({ hours: 1 });
  const after = await readStatus(ctx, one);
  expect(after).toMatchObject({ waiting: before.waiting - 4, done: 4 });
  // Three minutes for the first look, half a minute for each that follows.
  expect(after.minutes).toBe(5);
  ctx.advance({ days: 8 });
  expect((await readStatus(ctx, one)).done).toBe(0);
});
