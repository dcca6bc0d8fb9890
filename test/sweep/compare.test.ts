import { describe, expect, test } from 'vitest';
import { compare, type DifferenceKind, type Known, type Seen } from '../../src/lifecycle/sweep/differences.ts';
import { nothing } from '../../src/lifecycle/sweep/known.ts';
import { mendings } from '../../src/lifecycle/sweep/mend.ts';

const early = '2026-11-01T00:00:00.000Z';
const late = '2026-11-20T00:00:00.000Z';
const fits = new Map([
  ['mentor', true],
  ['mentee', false],
]);
const member = { userId: 'ada', hasLeft: false, seenAt: late, roles: fits };
const pair = { id: 'pair', threadId: 'thread', present: ['ada', 'omar'] };
const group = { id: 'group', threadId: 'group-thread', present: ['ada', 'zara'] };

/** A guild in which everything is as it should be. */
const known: Known = {
  channels: ['mentoring', 'staff'],
  roles: ['mentor', 'mentee'],
  notifyRoles: ['tips-role'],
  safetyRole: 'safety-role',
  studyVoice: 'study-room',
  mentoringChannel: 'mentoring',
  plannedIn: ['tips', 'mentoring'],
  plannedThreads: [{ id: 'exam-tips', parentId: 'study' }],
  meetingPlaces: ['lounge'],
  members: [member],
  pairs: [pair],
  groups: [group],
  cards: [{ noticeId: 'card', messageId: 'message' }],
};
const there = new Set([
  'mentoring',
  'staff',
  'tips',
  'study',
  'lounge',
  'mentor',
  'mentee',
  'tips-role',
  'safety-role',
  'study-room',
]);
const seen: Seen = {
  has: (id) => there.has(id),
  gives: (id) => there.has(id),
  members: new Map([['ada', { joinedAt: early, roles: new Set(['mentor', 'other']) }]]),
  threads: new Map([
    ['thread', { locked: false, missing: [] }],
    ['group-thread', { locked: false, missing: [] }],
  ]),
  cards: new Map([['card', 'there']]),
};
const without =
  (...gone: string[]) =>
  (id: string) =>
    there.has(id) && !gone.includes(id);
const kinds = (change: Partial<Seen>, about: Partial<Known> = {}) =>
  compare({ ...known, ...about }, { ...seen, ...change }).map(({ kind }) => kind);

test('nothing differs where everything is in order', () => {
  expect(kinds({})).toEqual([]);
});

test('nothing follows from what was not looked at', () => {
  const blind = { members: new Map(), threads: new Map(), cards: new Map() };
  expect(kinds({ ...blind, has: () => undefined, gives: () => false })).toEqual([]);
  expect(compare(nothing, seen)).toEqual([]);
});

/** One way to bring about each kind; a kind that is not here, or has no mending, is a type error. */
const ways: Record<DifferenceKind, [Partial<Seen>, Partial<Known>?]> = {
  'channel-gone': [{ has: without('staff') }],
  'role-gone': [{ has: without('mentor'), gives: without('mentor') }],
  'safety-role-gone': [{ has: without('safety-role') }],
  'study-voice-gone': [{ has: without('study-room') }],
  'notify-role-gone': [{ has: without('tips-role') }],
  'planned-channel-gone': [{ has: without('tips') }],
  'meeting-place-gone': [{ has: without('lounge') }],
  'thread-gone': [{ threads: new Map([['thread', 'gone']]) }],
  'thread-missing': [{}, { pairs: [{ ...pair, threadId: null }] }],
  'thread-left': [{ threads: new Map([['thread', { locked: false, missing: ['omar'] }]]) }],
  'group-thread-gone': [{ threads: new Map([['group-thread', 'gone']]) }],
  'group-thread-left': [{ threads: new Map([['group-thread', { locked: false, missing: ['zara'] }]]) }],
  'thread-locked': [{ threads: new Map([['thread', { locked: true, missing: [] }]]) }],
  'thread-closed': [{ threads: new Map([['thread', 'closed']]) }],
  'card-gone': [{ cards: new Map([['card', 'gone']]) }],
  'panel-gone': [
    { cards: new Map([['card', 'gone']]) },
    { cards: [{ noticeId: 'card', messageId: 'message', is: 'panel' }] },
  ],
  'member-gone': [{ members: new Map([['ada', 'absent']]) }],
  'member-back': [{}, { members: [{ ...member, hasLeft: true }] }],
  'member-returned': [{}, { members: [{ ...member, seenAt: '2026-10-01T00:00:00.000Z' }] }],
  'roles-differ': [{ members: new Map([['ada', { joinedAt: early, roles: new Set<string>() }]]) }],
};

test.each(Object.entries(ways))('%s is found, and nothing else', (kind, [change, about]) => {
  expect(kinds(change, about)).toEqual([kind]);
  expect(mendings[kind as DifferenceKind].by).toMatch(/^(bot|moderators)$/);
});

test('a thread that something is planned in is gone with its channel, or once somebody looked for it in vain', () => {
  const inTips = { plannedThreads: [{ id: 'quiet', parentId: 'study' }] };
  expect(kinds({}, inTips)).toEqual([]);
  expect(kinds({ threads: new Map([...seen.threads, ['quiet', 'gone']]) }, inTips)).toEqual(['planned-channel-gone']);
  expect(kinds({ has: without('study') }, inTips)).toEqual(['planned-channel-gone']);
});

describe('what is no difference', () => {
  test.each<[string, Partial<Seen>, Partial<Known>?]>([
    [
      'somebody who had left is still away',
      { members: new Map([['ada', 'absent']]) },
      { members: [{ ...member, hasLeft: true }] },
    ],
    [
      'one who is away is not in the thread',
      { threads: new Map([['thread', { locked: false, missing: ['omar'] }]]) },
      { pairs: [{ ...pair, present: ['ada'] }] },
    ],
    [
      'one of a group who is away is not in its thread',
      { threads: new Map([['group-thread', { locked: false, missing: ['zara'] }]]) },
      { groups: [{ ...group, present: ['ada'] }] },
    ],
    ['a group waits for its first thread', {}, { groups: [{ ...group, threadId: null }] }],
    [
      'a role that the bot cannot give is missing',
      { gives: () => false, members: new Map([['ada', { joinedAt: early, roles: new Set<string>() }]]) },
    ],
    [
      'Discord does not say when they joined',
      { members: new Map([['ada', { joinedAt: null, roles: new Set(['mentor']) }]]) },
    ],
  ])('%s', (_, change, about) => {
    expect(kinds(change, about)).toEqual([]);
  });

  test('a pair without a thread waits while there is no channel for one', () => {
    const about = { pairs: [{ ...pair, threadId: null }] };
    expect(kinds({ has: without('mentoring') }, about)).toEqual(['channel-gone']);
    expect(kinds({}, { ...about, mentoringChannel: null })).toEqual([]);
  });
});
