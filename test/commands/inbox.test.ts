import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, APIMessage } from '../../sandbox/api.ts';
import type { Context } from '../../src/context.ts';
import { openDatabase } from '../../src/db/open.ts';
import { newId, secureRandom } from '../../src/ids.ts';
import { createLog } from '../../src/log.ts';
import { keyedHashWith } from '../../src/protection-key.ts';
import { parseConfig } from '../../src/config.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { createLanguages } from '../../src/texts/languages.ts';
import { later } from '../../src/time.ts';
import { proposeTimes } from '../../src/mentoring/meetings/plan.ts';
import { openPair, pass } from '../support/pairs.ts';
import { register, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';
import { insertNotice } from '../../src/db/notices/write.ts';

let town: Town;
/** The bot's own database, from beside it. */
let ctx: Context;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  ctx = {
    config: parseConfig({ DISCORD_TOKEN: 'test' }),
    db: await openDatabase(town.database),
    random: secureRandom,
    languages: createLanguages(),
    keyedHash: keyedHashWith('a key for tests, as long as it has to be'),
    log: createLog('silent'),
    now: () => new Date(town.sandbox.clock.now()).toISOString(),
    time: { isSure: () => true },
  };
});
afterAll(async () => {
  await ctx.db.destroy();
  await town.close();
});

async function mentor(name: string): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentor', { stage: 'resident', capacity: 3 });
  await verify(town, actor);
  await town.bot.tick();
  return actor;
}

async function mentee(name: string): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentee', { about: '_'.repeat(600) });
  return actor;
}

async function ask(from: Actor, to: Actor, message = 'Would you look at my personal statement?'): Promise<string> {
  const { request } = await requestMentor(ctx, {
    guildId: town.guild.id,
    menteeId: from.id,
    mentorId: to.id,
    message,
  });
  await town.bot.tick();
  return request.id;
}

async function tell(person: Actor, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    const id = newId(ctx.random);
    await ctx.db.transaction().execute(async (trx) => {
      await trx
        .insertInto('mentorships')
        .values({
          id,
          guild_id: town.guild.id,
          mentor_id: town.moderator.id,
          mentee_id: person.id,
          state: 'ended',
          started_at: ctx.now(),
          due_at: later(ctx.now(), { days: 84 }),
          ended_at: ctx.now(),
          end_reason: 'no-time',
        })
        .execute();
      await insertNotice(trx, ctx, {
        guildId: town.guild.id,
        kind: 'mentorship-ended',
        userId: person.id,
        subjectId: id,
      });
    });
  }
  await town.bot.tick();
}

const mentionsOf = (reader: Actor, person: Actor): APIMessage[] =>
  town.guild.channels
    .filter((channel) => channel.name.includes('mentor'))
    .flatMap((channel) => reader.messages(channel))
    .filter((message) => message.content.includes(person.id));

test('an empty inbox says so, only to the person', async () => {
  const person = town.guild.join({ name: 'Amal' });
  const answer = await person.slash('inbox');
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toContain('Your inbox is empty');
});

test('a mentor with closed direct messages is mentioned once and finds the request with its buttons', async () => {
  const ada = await mentor('Ada');
  const omar = await mentee('Omar');
  town.guild.closeDms(ada);
  await ask(omar, ada, '*'.repeat(500));
  town.sandbox.expectRefusal((refusal) => refusal.code === 50_007);
  expect(mentionsOf(town.moderator, ada)).toHaveLength(1);
  expect(JSON.stringify(mentionsOf(town.moderator, ada))).not.toContain(omar.id);
  const inbox = await ada.slash('inbox');
  expect(inbox.ephemeral).toBe(true);
  expect(inbox.text).toContain(omar.id);
  expect(inbox.text).toContain('Accept');
  expect(inbox.text).not.toContain('Mark');
});

test('what the two wait for themselves is there too', async () => {
  const bea = await mentor('Bea');
  const noor = await mentee('Noor');
  await ask(noor, bea);
  const own = await noor.slash('inbox');
  expect(own.text).toContain('Your request to Bea is waiting');
  const waiting = town.guild.join({ name: 'Chen' });
  await register(waiting, 'mentor', { stage: 'fellow' });
  expect((await waiting.slash('inbox')).text).toContain('is waiting for a moderator');
});

test('many messages fill pages, are marked as read page by page, and are then gone', async () => {
  const dina = await mentee('Dina');
  town.guild.closeDms(dina);
  await tell(dina, 15);
  town.sandbox.expectRefusal((refusal) => refusal.code === 50_007);
  const first = await dina.slash('inbox');
  expect(first.text).toContain('15 messages could not reach you');
  expect(first.text).toContain('Page 1 of 3');
  const second = await dina.press('Next page', first);
  expect(second.kind).toBe('update');
  expect(second.text).toContain('Page 2 of 3');
  const rest = await dina.press('Mark these 6 as read', second);
  expect(rest.text).toContain('9 messages could not reach you');
  const last = await dina.press('Mark these 6 as read', rest);
  const none = await dina.press('Mark these 3 as read', last);
  expect(none.text).toContain('Your inbox is empty');
  expect((await dina.slash('inbox')).text).toContain('Your inbox is empty');
});

test('with very much in it asks Discord for the names of one page only, and every page can be turned to', async () => {
  const gina = await mentor('Gina');
  const crowd = town.guild.joinMany(60, 'Crowd');
  const at = ctx.now();
  const row = { guild_id: town.guild.id, mentor_id: gina.id, state: 'pending' as const, created_at: at, sent_at: at };
  await ctx.db
    .insertInto('requests')
    .values(
      crowd.map(({ id }, i) => ({
        ...row,
        id: `crowd-${id}`,
        mentee_id: id,
        message: i % 2 === 0 ? 'Please' : '_'.repeat(900),
        expires_at: later(at, { days: 5, ms: i }),
      })),
    )
    .execute();
  const asked = () => town.sandbox.requests.filter(({ path }) => /members\/\d+$/.test(path)).length;
  const before = asked();
  const first = await gina.slash('inbox');
  expect(asked() - before).toBeLessThanOrEqual(4);
  const pages = Number(/Page 1 of (\d+)/.exec(first.text)?.[1]);
  expect(pages).toBeGreaterThanOrEqual(20);
  expect(first.text).toContain(crowd[0]!.id);
  const last = await gina.forge({ customId: `inbox-page:${pages - 1}`, kind: 'button' });
  expect(last.text).toContain(crowd.at(-1)!.id);
  expect(asked() - before).toBeLessThanOrEqual(8);
});

test("somebody else's message cannot be marked as read, nor a page be forged", async () => {
  const eve = await mentee('Eve');
  const finn = await mentee('Finn');
  town.guild.closeDms(finn);
  await tell(finn, 1);
  town.sandbox.expectRefusal((refusal) => refusal.code === 50_007);
  const { id } = await ctx.db
    .selectFrom('notices')
    .select('id')
    .where('user_id', '=', finn.id)
    .where('state', '=', 'undeliverable')
    .executeTakeFirstOrThrow();
  const forged = await eve.forge({ customId: `inbox-read:${id}`, kind: 'button' });
  expect(forged.text).toContain('no longer in your inbox');
  for (const page of ['-3', '99', 'x', '']) {
    const answer = await finn.forge({ customId: `inbox-page:${page}`, kind: 'button' });
    expect(answer.text).toContain('One message could not reach you');
  }
  expect((await finn.slash('inbox')).text).toContain('has ended');
});

test('times that wait for an answer stand there once, also when their letter did not arrive; then what became of them', async () => {
  const pair = await openPair(town, ['Ngozi', 'Tariq']);
  town.guild.closeDms(pair.mentor);
  const { id } = await ctx.db
    .selectFrom('mentorships')
    .select('id')
    .where('mentee_id', '=', pair.mentee.id)
    .executeTakeFirstOrThrow();
  const times = [1, 2, 3, 4, 5].map((days) => later(`${ctx.now().slice(0, 13)}:00:00.000Z`, { days }));
  await proposeTimes(ctx, pair.mentee.id, id, { minutes: 45, times });
  await town.bot.tick();
  town.sandbox.expectRefusal((refusal) => refusal.code === 50_007);
  const inbox = await pair.mentor.slash('inbox');
  expect(inbox.text).toContain('One thing is still open');
  expect(inbox.text.match(/Tariq proposes times/g)).toHaveLength(1);
  expect((await pair.mentor.press('Take 2', inbox)).text).toContain('Agreed: you and');
  expect((await pair.mentor.slash('inbox')).text).not.toContain('still open');
  // Nothing can be taken any more of times that are over.
  const [soon, ...rest] = [2, 3].map((hours) => later(`${ctx.now().slice(0, 13)}:00:00.000Z`, { hours }));
  await proposeTimes(ctx, pair.mentee.id, id, { minutes: 45, times: [soon!, ...rest] });
  expect((await pair.mentor.slash('inbox')).text).toContain('One thing is still open');
  await pass(town, 4 * 3_600_000);
  expect((await pair.mentor.slash('inbox')).text).not.toContain('still open');
});
