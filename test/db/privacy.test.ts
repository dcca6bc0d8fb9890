import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { updateGuild } from '../../src/db/guilds.ts';
import { privacy } from '../../src/db/privacy.ts';
import { deleteMemberData, exportMember, forgetDeleted } from '../../src/lifecycle/personal-data.ts';
import { purgeOld } from '../../src/lifecycle/purge.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { fillEveryTable, walkPrivate } from '../support/full-life/index.ts';
import { secret } from '../support/full-life/secret.ts';
import { memberNumber } from '../support/people.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const subject = memberNumber(1);
const other = memberNumber(2).userId;

/** Columns that name a member, or hold words, as `table.column`. */
const sensitive = Object.entries(privacy).flatMap(([table, columns]) =>
  Object.entries(columns).flatMap(([column, kind]) => (kind === 'plain' ? [] : [`${table}.${column}`])),
);

/** What stays of somebody who deleted their data, and whom it protects. */
const kept: Readonly<Record<string, string>> = {
  'cases.reported_id': 'whoever reported them, until the words of the case go',
  'cases.assignee_id': 'those who read later who handled the case',
  'case_excluded.user_id': 'whoever did not want them to see the case',
  'case_entries.by_id': 'those who read later who handled the case',
  'case_entries.words': 'what they answered as a reporter stays, without their name',
  'case_statements.words': 'what they reported stays, without their name',
  'case_statements.snapshot': 'the message of theirs that somebody reported',
  'case_drafts.reported_id': 'a report about them that somebody is writing: a day at most',
  'case_drafts.snapshot': 'the same',
  'guild_answers.question': 'members who read what they answered as a moderator; without their name',
  'guild_answers.answer': 'the same',
  'guild_answers.words': 'the same',
  'audit.actor_id': 'the other moderators and members, for a year: who did it must not go with the one who did it',
};

/** Tables of what belongs to a person, whichever guilds they are in. */
const ofPerson: ReadonlySet<string> = new Set(['journeys', 'journey_items', 'journey_dates', 'own_dates', 'reminded']);

describe('the map of what columns say about people', () => {
  test('classifies every text column of the real tables, and names none that is not there', async () => {
    const unclassified: string[] = [];
    const found: Record<string, string[]> = {};
    for (const { name, columns } of await ctx.db.introspection.getTables()) {
      const texts = columns.filter(({ dataType }) => dataType.toUpperCase() === 'TEXT').map((column) => column.name);
      found[name] = texts;
      const known = Object.keys((privacy as Record<string, object>)[name] ?? {});
      unclassified.push(...texts.filter((column) => !known.includes(column)).map((column) => `${name}.${column}`));
    }
    expect(
      unclassified,
      'say in src/db/privacy/ whether these hold somebody’s id (person), what somebody wrote or chose (words), or neither (plain); then let export and erasure reach them',
    ).toEqual([]);
    for (const [table, columns] of Object.entries(privacy)) {
      expect(
        Object.keys(columns).filter((column) => !found[table]?.includes(column)),
        table,
      ).toEqual([]);
    }
  });

  test('is walked by the tests below: each column that is not plain holds something there', async () => {
    await fillEveryTable(ctx, subject, other);
    const places = await walkPrivate(ctx);
    const filled = new Set(places.map(({ table, column }) => `${table}.${column}`));
    expect(
      sensitive.filter((column) => !filled.has(column)),
      'give these a value in test/support/full-life/, so that export, erasure and purge are tried on them',
    ).toEqual([]);
    const names = new Set(
      places.filter(({ value }) => value.includes(subject.userId)).map(({ table, column }) => `${table}.${column}`),
    );
    const persons = sensitive.filter((each) => {
      const [table = '', column = ''] = each.split('.');
      return (privacy as Record<string, Record<string, string>>)[table]?.[column] === 'person';
    });
    expect(persons.filter((column) => !names.has(column))).toEqual([]);
  });
});

describe('walking the map', () => {
  test('deletion leaves no id and no word of theirs, but for what protects somebody else', async () => {
    await fillEveryTable(ctx, subject, other);
    expect(await deleteMemberData(ctx, subject)).toBe(true);
    // The order to take the roles goes once it was carried out.
    await ctx.db.updateTable('notices').set({ state: 'delivered' }).execute();
    await forgetDeleted(ctx);
    const left = (await walkPrivate(ctx)).filter(
      ({ value }) => value.includes(subject.userId) || value.includes(secret),
    );
    const columns = new Set(left.map(({ table, column }) => `${table}.${column}`));
    expect([...columns].toSorted()).toEqual(Object.keys(kept).toSorted());
  });

  test('deletion by somebody else leaves every word of theirs, and of the other only whom they blocked', async () => {
    await fillEveryTable(ctx, subject, other);
    const before = JSON.stringify(await exportMember(ctx, subject));
    await deleteMemberData(ctx, { ...subject, userId: other });
    const after = JSON.stringify(await exportMember(ctx, subject));
    for (const words of before.match(/SECRET [a-z]+/g) ?? []) {
      // A note with a decline spoke to the mentee, and goes with them.
      if (!words.endsWith('note')) expect(after, words).toContain(words);
    }
    expect(after.replace(`{"member":"${other}"`, '')).not.toContain(other);
  });

  test('export holds every word that they wrote or chose, and who they are in every row about them', async () => {
    await fillEveryTable(ctx, subject, other);
    const file = JSON.stringify(await exportMember(ctx, subject));
    const shown: Readonly<Record<string, string>> = { PK: 'Pakistan' };
    for (const { table, column, privacy: kind, value, row } of await walkPrivate(ctx)) {
      if (kind !== 'words') continue;
      const isTheirs = Object.entries(row).some(([name, each]) => each === subject.userId && name !== 'decided_by' && name !== 'verified_by' && name !== 'to_id'); // prettier-ignore
      if (!isTheirs) continue;
      // Objects and lists stand in the file as themselves, not as text within text.
      const text = /^[[{]/.test(value) ? value : JSON.stringify(shown[value] ?? value);
      expect(file, `${table}.${column}`).toContain(text);
    }
  });

  test('nothing that moderators decided about somebody else, and nobody who blocked them, is in their export', async () => {
    await fillEveryTable(ctx, subject, other);
    await ctx.db.updateTable('blocks').set({ member_id: '666' }).where('member_id', '=', other).execute();
    expect(JSON.stringify(await exportMember(ctx, subject))).not.toContain('666');
  });

  test('a guild that removed the bot is gone after 90 days, with every row of every table', async () => {
    await fillEveryTable(ctx, subject, other);
    await updateGuild(ctx.db, testGuildId, { left_at: ctx.now() });
    ctx.advance({ days: 90 });
    // As many heartbeats as it takes; each does a bounded part.
    for (let i = 0; i < 50; i += 1) await purgeOld(ctx, 50);
    // Somebody's own road is not the guild's: it outlives it until nobody has used it for a year.
    const left = (await walkPrivate(ctx)).filter(({ table }) => !ofPerson.has(table));
    expect(left).toEqual([]);
    expect(await ctx.db.selectFrom('guilds').selectAll().execute()).toEqual([]);
  });

  test('after three years nothing of what is over names anybody, but who must not be paired again and who registered', async () => {
    await fillEveryTable(ctx, subject, other);
    ctx.advance({ days: 3 * 365 });
    for (let i = 0; i < 50; i += 1) await purgeOld(ctx, 50);
    const columns = new Set((await walkPrivate(ctx)).map(({ table }) => table));
    expect([...columns].toSorted()).toEqual([
      'blocks',
      // A word that somebody kept.
      'closings',
      'guild_answers',
      'guild_contents',
      'members',
      'mentorships',
      // What moderators say to newcomers, for as long as it stands there.
      'panels',
      'profiles',
      // A wish of somebody who is registered.
      'reminder_wishes',
      'round_plans',
      'schedules',
      'waitlist',
    ]);
  });
});
