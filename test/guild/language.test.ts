import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settingsCard } from '../../src/commands/setup/cards.ts';
import { findGuild, type Guild, upsertGuild } from '../../src/db/guilds.ts';
import { findMember } from '../../src/db/members.ts';
import { textsOfGuild, textsOfMember } from '../../src/guild/language.ts';
import { memberPresent } from '../../src/lifecycle/leavers.ts';
import { texts as english } from '../../src/texts/en.ts';
import type { Texts } from '../../src/texts/en.ts';
import { createLanguages } from '../../src/texts/languages.ts';
import { epochMs } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { memberNumber, registerPerson } from '../support/people.ts';
import { onPostgres } from '../support/postgres/database.ts';
import { pseudo, pseudoLocale } from '../support/pseudo.ts';

const ada = memberNumber(1);
const { userId } = ada;

let ctx: TestContext;
beforeEach(async () => {
  ctx = { ...(await openTestContext()), languages: createLanguages({ [pseudoLocale]: pseudo }) };
});
afterEach(async () => await ctx.db.destroy());

async function guildIn(locale: string | null): Promise<Guild> {
  const guild = await findGuild(ctx.db, testGuildId);
  if (!guild) throw new Error('the test has no guild');
  await upsertGuild(ctx.db, { id: guild.id, zone: guild.zone, set_up_at: guild.set_up_at, locale });
  return { ...guild, locale };
}

const localeOf = async () => (await findMember(ctx.db, testGuildId, userId))?.locale;
const rowsWritten = async () =>
  (await sql<{ n: number }>`select total_changes() as n`.execute(ctx.db)).rows[0]?.n ?? Number.NaN;

describe('a guild’s channels are written', () => {
  test.each<[what: string, chosen: string | null, preferred: string | undefined, texts: typeof english]>([
    ['in what its moderators chose, whatever Discord has', pseudoLocale, 'en-US', pseudo],
    ['in English where they chose it', 'en-US', pseudoLocale, english],
    ['in Discord’s language for it where they chose none', null, pseudoLocale, pseudo],
    ['in English where Discord’s has no catalogue', null, 'tr', english],
    ['in English where nothing is known', null, undefined, english],
  ])('%s', (_, locale, preferred, texts) => {
    expect(textsOfGuild(ctx, { locale }, preferred)).toBe(texts);
  });
});

describe('a member is written to', () => {
  test('in their own language as last seen, whatever the guild’s is', async () => {
    await registerPerson(ctx, ada, 'mentee');
    await memberPresent(ctx, testGuildId, userId, pseudoLocale);
    const guild = await guildIn('en-US');
    expect(await textsOfMember(ctx, guild, userId, 'en-US')).toBe(pseudo);
    await memberPresent(ctx, testGuildId, userId, 'en-US');
    expect(await textsOfMember(ctx, await guildIn(pseudoLocale), userId, pseudoLocale)).toBe(english);
  });

  test('in the guild’s where they were not seen since they registered, or never registered', async () => {
    const guild = await guildIn(pseudoLocale);
    expect(await textsOfMember(ctx, guild, userId, 'en-US')).toBe(pseudo);
    await registerPerson(ctx, ada, 'mentee');
    expect(await textsOfMember(ctx, guild, userId, 'en-US')).toBe(pseudo);
    expect(await textsOfMember(ctx, { ...guild, locale: null }, userId, 'en-US')).toBe(english);
  });
});

describe('the language of somebody who acts', () => {
  // SQLite counts what is written.
  test.skipIf(onPostgres)('is kept when it is new, and nothing is written while it stays the same', async () => {
    await registerPerson(ctx, ada, 'mentee');
    await memberPresent(ctx, testGuildId, userId, pseudoLocale);
    expect(await localeOf()).toBe(pseudoLocale);
    const before = await rowsWritten();
    await memberPresent(ctx, testGuildId, userId, pseudoLocale);
    expect(await rowsWritten()).toBe(before);
    await memberPresent(ctx, testGuildId, userId, 'tr');
    expect(await localeOf()).toBe('tr');
    expect(await rowsWritten()).toBe(before + 1);
  });

  test('stays where Discord does not say it', async () => {
    await registerPerson(ctx, ada, 'mentee');
    await memberPresent(ctx, testGuildId, userId, pseudoLocale);
    await memberPresent(ctx, testGuildId, userId);
    expect(await localeOf()).toBe(pseudoLocale);
  });

  test('is not kept of those who never registered', async () => {
    await memberPresent(ctx, testGuildId, userId, pseudoLocale);
    expect(await findMember(ctx.db, testGuildId, userId)).toBeUndefined();
  });
});

test('the settings name the chosen language only where the bot speaks more than one', async () => {
  const named = (guild: Guild, languages = ctx.languages) =>
    JSON.stringify(settingsCard(english, languages, guild, undefined, epochMs(ctx.now()))).includes('українська');
  expect(named(await guildIn(pseudoLocale))).toBe(true);
  expect(named(await guildIn(null))).toBe(false);
  expect(named(await guildIn(pseudoLocale), createLanguages())).toBe(false);
});

test('a catalogue that lacks a specialty, a sentence, or has one without its gaps is refused by name', () => {
  const { neurology: _, ...specialties } = pseudo.specialties;
  const { empty: __, ...inbox } = pseudo.inbox;
  const lacking = { ...pseudo, specialties, inbox, words: { ...pseudo.words, list: 'and' } } as unknown as Texts;
  expect(() => createLanguages({ hi: lacking })).toThrow(/catalogue hi lacks/);
  for (const path of ['specialties.neurology', 'inbox.empty', 'words.list']) {
    expect(() => createLanguages({ hi: lacking })).toThrow(path);
  }
  expect(createLanguages({ hi: pseudo }).locales).toEqual(['en-US', 'hi']);
});
