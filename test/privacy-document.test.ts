import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { longDays, shortDays } from '../src/db/protections.ts';
import { privacy } from '../src/db/privacy.ts';
import * as leavers from '../src/lifecycle/leavers.ts';
import { guildKeptDays } from '../src/lifecycle/purge.ts';
import * as shared from '../src/lifecycle/shared.ts';
import { placeKeptDays } from '../src/mentoring/meetings/limits.ts';
import { closedKeptDays, proposalsKeptDays, unansweredKeptDays } from '../src/mentoring/area.ts';
import { hoursKeptDays } from '../src/mentoring/office-hours/area.ts';
import { wordsKeptDays } from '../src/mentoring/office-hours/limits.ts';
import { caseDays } from '../src/mentoring/cases/limits.ts';
import { unusedKeptDays } from '../src/hours/area.ts';
import * as study from '../src/study/limits.ts';
import * as posts from '../src/posts/area.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const policy = read('PRIVACY.md');
/** The rows of its table, by the tables of the database that each names. */
const rows = policy.split('\n').filter((line) => /^\| .* \| `/.test(line));
const rowOf = (table: string): string => rows.find((line) => line.includes(`\`${table}\``)) ?? '';

describe('PRIVACY.md', () => {
  const holding = Object.entries(privacy).filter(([, columns]) =>
    Object.values(columns).some((kind) => kind !== 'plain'),
  );
  test.each(holding.map(([table]) => table))('names the table %s, which holds something about people', (table) => {
    expect(rowOf(table), 'add it to the table in PRIVACY.md: what is in it, why, and for how long').not.toBe('');
  });

  test('names no table that does not exist', () => {
    const named = rows.flatMap((line) =>
      [...(line.split('|').at(-2) ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(named.filter((name) => !(name && name in privacy))).toEqual([]);
  });

  test.each([
    ['members', leavers.keptDays],
    ['requests', closedKeptDays],
    ['rounds', proposalsKeptDays],
    ['notices', shared.keptDays],
    ['guild_contents', posts.keptDays],
    ['guild_contents', posts.draftKeptDays],
    ['participations', posts.slotKeptDays],
    ['study_groups', study.closedKeptDays],
    ['seekers', study.seekerKeptDays],
    ['focus_rooms', study.focusKeptDays],
    ['office_hours', hoursKeptDays],
    ['office_questions', wordsKeptDays],
    ['announcements', posts.keptDays],
    ['announcements', posts.draftKeptDays],
    ['audit', shared.keptDays],
    ['hours', unusedKeptDays],
    ['meetings', placeKeptDays],
    ['check_ins', unansweredKeptDays],
    ['check_ins', closedKeptDays],
    ['closings', closedKeptDays],
    ['cases', caseDays.usual],
    ['protections', longDays],
    ['protections', shortDays],
  ])('says for how long %s is kept: %i days', (table, days) => {
    expect(rowOf(table)).toContain(`${days} days`);
  });

  test('says when a server that removed the bot is deleted', () => {
    expect(policy).toContain(`removes the bot is deleted whole after ${guildKeptDays} days`);
    expect(read('TERMS.md')).toContain(`kept for ${shared.keptDays} days`);
  });

  test('and the terms and the way to report a weakness stand in the README', () => {
    for (const name of ['PRIVACY.md', 'TERMS.md', 'SECURITY.md']) expect(read('README.md')).toContain(`(${name})`);
  });
});
