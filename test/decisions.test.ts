/** The table of CONTRIBUTING that says what is looked at again when, held against the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noticeKinds } from '../src/delivery/notices/kinds.ts';

const source = new URL('../src/', import.meta.url);
const contributing = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');
const [, section = ''] = /## What is looked at again, and when\n([\s\S]*?)\n## /.exec(contributing) ?? [];
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()));
const guards = rows.flatMap(([, decision = '', , by = '']) =>
  [...by.matchAll(/`(\w+)` in `([\w/.-]+)`/g)].map(([, name = '', file = '']) => ({ decision, name, file })),
);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'));
const textOf = (file: string) => readFileSync(new URL(file, source), 'utf8');

test('every decision says what is looked at, by what, and who is told', () => {
  expect(rows.length).toBeGreaterThan(12);
  for (const [, decision, looked, by, told] of rows) {
    for (const cell of [decision, looked, by, told]) expect(cell, decision).not.toBe('');
    expect(guards.map((guard) => guard.decision)).toContain(decision);
  }
});

test.each(guards)('$name, by which it is looked at again: $decision', ({ name, file }) => {
  expect(textOf(file)).toMatch(new RegExp(`export (async )?(function|const) ${name}\\b`));
  const callers = files.filter((each) => each !== file && new RegExp(`\\b${name}\\b`).test(textOf(each)));
  expect(callers.length, `nothing calls ${name} of ${file} any more`).toBeGreaterThan(0);
});

test('every way in which something is delivered has its guard in the table, or carries nothing that was decided earlier', () => {
  const guarded: Readonly<Record<(typeof noticeKinds)[keyof typeof noticeKinds]['to'], string>> = {
    person: 'toPerson',
    handler: 'toHandler',
    'handlers-channel': 'toHandlersChannel',
    staff: 'toStaff',
    'chosen-channel': 'findClearance',
    roles: 'syncRoles',
    thread: 'openThread',
    // Says that something waits, never what; whoever it mentions opens it as themselves. Office hours are for everybody.
    mentoring: '',
    // Stands there for everybody, in words that any moderator changes or takes away.
    panel: '',
    pair: 'meetingThread',
    // Both follow the group as it is in that moment.
    group: '',
    // Open to whoever reads the channel; what is in it was said there by those who are.
    study: '',
    'group-thread': '',
    // Follows a post at once, and a thread that is there.
    crosspost: '',
    'thread-members': '',
    // Takes somebody out, who asked to be forgotten.
    'thread-exit': '',
    removal: 'removeMessage',
    event: 'toEvent',
    listing: 'toListing',
  };
  const named = new Set(guards.map(({ name }) => name));
  for (const { to } of Object.values(noticeKinds)) if (guarded[to] !== '') expect(named, to).toContain(guarded[to]);
});

test('whatever brings one member to another goes only to who is there', () => {
  const shows = Object.entries(noticeKinds).flatMap(([kind, row]) =>
    row.to === 'person' && row.showsMember ? [kind] : [],
  );
  expect(shows).toEqual(
    expect.arrayContaining([
      'request-received',
      'request-nudge',
      'request-accepted',
      'mentorship-introduction',
      'round-proposed',
    ]),
  );
});
