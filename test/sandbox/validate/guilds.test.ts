import { describe, expect, it } from 'vitest';
import { hasRoute } from '../../../sandbox/validate/index.ts';
import { codes, faultsOf, testBorders, text, times, type Target } from './border.ts';

const to = (method: string, path: string): Target => ({ method, path, wrap: (part) => part, at: '' });
const thread = to('POST', '/channels/1/threads');
const fromMessage = to('POST', '/channels/1/messages/2/threads');
const channel = to('POST', '/guilds/1/channels');
const role = to('POST', '/guilds/1/roles');
const member = to('PATCH', '/guilds/1/members/2');
const bulkDelete = to('POST', '/channels/1/messages/bulk-delete');
const overwrite = to('PUT', '/channels/1/permissions/2');
const event = to('POST', '/guilds/1/scheduled-events');

describe('threads', () => {
  testBorders([
    {
      name: 'name of 100',
      in: thread,
      allowed: { name: text(100), type: 12 },
      refused: { name: text(101), type: 12 },
      at: 'name',
      code: codes.BAD,
    },
    {
      name: 'name of 1',
      in: fromMessage,
      allowed: { name: 'x' },
      refused: { name: '' },
      at: 'name',
      code: codes.REQUIRED,
    },
    {
      name: 'name of more than white space',
      in: thread,
      allowed: { name: 'x' },
      refused: { name: ' ' },
      at: 'name',
      code: codes.REQUIRED,
    },
    {
      name: 'documented archive times',
      in: fromMessage,
      allowed: { name: 'x', auto_archive_duration: 10080 },
      refused: { name: 'x', auto_archive_duration: 10081 },
      at: 'auto_archive_duration',
      code: 'BASE_TYPE_CHOICES',
    },
    {
      name: 'first message of 2000',
      in: thread,
      allowed: { name: 'x', message: { content: text(2000) } },
      refused: { name: 'x', message: { content: text(2001) } },
      at: 'message.content',
      code: codes.LONG,
    },
    {
      name: 'five tags',
      in: thread,
      allowed: { name: 'x', message: { content: 'x' }, applied_tags: times(5, String) },
      refused: { name: 'x', message: { content: 'x' }, applied_tags: times(6, String) },
      at: 'applied_tags',
      code: codes.LONG,
    },
  ]);

  it('in a forum begin with a message that is not empty', () => {
    expect(faultsOf('POST', thread.path, { name: 'x', message: { tts: false } })).toEqual(['400 50006']);
  });
});

describe('channels, roles and members', () => {
  testBorders([
    {
      name: 'channel name of 100',
      in: channel,
      allowed: { name: text(100) },
      refused: { name: text(101) },
      at: 'name',
      code: codes.BAD,
    },
    {
      name: 'overwrites in decimal strings',
      in: channel,
      allowed: { name: 'x', permission_overwrites: [{ id: '1', type: 0, allow: '1024', deny: '0' }] },
      refused: { name: 'x', permission_overwrites: [{ id: '1', type: 0, allow: '-1', deny: '0' }] },
      at: 'permission_overwrites.0.allow',
      code: 'NUMBER_TYPE_COERCE',
    },
    {
      name: 'overwrites of roles and members',
      in: overwrite,
      allowed: { id: '2', type: 1, allow: '1024' },
      refused: { id: '2', type: 2, allow: '1024' },
      at: 'type',
      code: 'BASE_TYPE_CHOICES',
    },
    {
      name: 'role name of 100',
      in: role,
      allowed: { name: text(100), permissions: '0' },
      refused: { name: text(101), permissions: '0' },
      at: 'name',
      code: codes.BAD,
    },
    {
      name: 'nickname of 32',
      in: member,
      allowed: { nick: text(32) },
      refused: { nick: text(33) },
      at: 'nick',
      code: codes.LONG,
    },
    {
      name: 'different roles',
      in: member,
      allowed: { roles: ['1', '2'] },
      refused: { roles: ['1', '1'] },
      at: 'roles',
      code: 'SET_TYPE_ALREADY_CONTAINS_VALUE',
    },
    {
      name: 'ids are snowflakes',
      in: member,
      allowed: { roles: ['1'] },
      refused: { roles: ['mentor'] },
      at: 'roles.0',
      code: 'NUMBER_TYPE_COERCE',
    },
    {
      name: '100 messages to delete',
      in: bulkDelete,
      allowed: { messages: times(100, String) },
      refused: { messages: times(101, String) },
      at: 'messages',
      code: codes.BAD,
    },
    {
      name: 'two messages to delete',
      in: bulkDelete,
      allowed: { messages: ['1', '2'] },
      refused: { messages: ['1'] },
      at: 'messages',
      code: codes.BAD,
    },
    {
      name: 'different messages to delete',
      in: bulkDelete,
      allowed: { messages: ['1', '2'] },
      refused: { messages: ['1', '1'] },
      at: 'messages',
      code: 'SET_TYPE_ALREADY_CONTAINS_VALUE',
    },
  ]);
});

describe('scheduled events', () => {
  const start = '2026-12-01T10:00:00.000Z';
  const end = '2026-12-01T11:00:00.000Z';
  const external = (change: object = {}): object => ({
    name: 'Study session',
    privacy_level: 2,
    entity_type: 3,
    scheduled_start_time: start,
    scheduled_end_time: end,
    entity_metadata: { location: 'Online' },
    ...change,
  });
  const repeats = (change: object): object => external({ recurrence_rule: { start, interval: 1, ...change } });
  const voice = { name: 'Talk', privacy_level: 2, entity_type: 2, scheduled_start_time: start };
  const rule = 'GUILD_SCHEDULED_EVENT_RECURRENCE_RULE_INVALID';
  testBorders([
    {
      name: 'name of 100',
      in: event,
      allowed: external({ name: text(100) }),
      refused: external({ name: text(101) }),
      at: 'name',
      code: codes.LONG,
    },
    {
      name: 'description of 1000',
      in: event,
      allowed: external({ description: text(1000) }),
      refused: external({ description: text(1001) }),
      at: 'description',
      code: codes.LONG,
    },
    {
      name: 'location of 100',
      in: event,
      allowed: external({ entity_metadata: { location: text(100) } }),
      refused: external({ entity_metadata: { location: text(101) } }),
      at: 'entity_metadata.location',
      code: codes.LONG,
    },
    {
      name: 'an end for an external event',
      in: event,
      allowed: external(),
      refused: external({ scheduled_end_time: undefined }),
      at: 'scheduled_end_time',
      code: codes.REQUIRED,
    },
    {
      name: 'a channel for a voice event',
      in: event,
      allowed: { ...voice, channel_id: '1' },
      refused: voice,
      at: 'channel_id',
      code: codes.REQUIRED,
    },
    {
      name: 'no channel for an external event',
      in: event,
      allowed: external({ channel_id: null }),
      refused: external({ channel_id: '1' }),
      at: 'channel_id',
      code: 'GUILD_SCHEDULED_EVENT_CHANNEL_NOT_ALLOWED',
    },
    {
      name: 'an end after the start',
      in: event,
      allowed: external(),
      refused: external({ scheduled_end_time: start }),
      at: 'scheduled_end_time',
      code: 'GUILD_SCHEDULED_EVENT_END_BEFORE_START',
    },
    {
      name: 'a start to come',
      in: event,
      allowed: external(),
      refused: external({ scheduled_start_time: '2026-11-30T00:00:00Z' }),
      at: 'scheduled_start_time',
      code: 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST',
      context: { now: Date.parse('2026-11-30T00:00:00Z') },
    },
    {
      name: 'one weekday in a weekly event',
      in: event,
      allowed: repeats({ frequency: 2, interval: 2, by_weekday: [1] }),
      refused: repeats({ frequency: 2, by_weekday: [1, 2] }),
      at: 'recurrence_rule.by_weekday',
      code: rule,
    },
    {
      name: 'documented weekdays in a daily event',
      in: event,
      allowed: repeats({ frequency: 3, by_weekday: [6, 0] }),
      refused: repeats({ frequency: 3, by_weekday: [1, 2] }),
      at: 'recurrence_rule.by_weekday',
      code: rule,
    },
    {
      name: 'an interval of 2 for a weekly event only',
      in: event,
      allowed: repeats({ frequency: 2, interval: 2 }),
      refused: repeats({ frequency: 3, interval: 2 }),
      at: 'recurrence_rule.interval',
      code: rule,
    },
    {
      name: 'no end of a recurrence',
      in: event,
      allowed: repeats({ frequency: 2 }),
      refused: repeats({ frequency: 2, end }),
      at: 'recurrence_rule.end',
      code: rule,
    },
    {
      name: 'one month in a yearly event',
      in: event,
      allowed: repeats({ frequency: 0, by_month: [3], by_month_day: [1] }),
      refused: repeats({ frequency: 0, by_month: [3, 4], by_month_day: [1] }),
      at: 'recurrence_rule.by_month',
      code: rule,
    },
    {
      name: 'one weekday in a monthly event',
      in: event,
      allowed: repeats({ frequency: 1, by_n_weekday: [{ n: 1, day: 0 }] }),
      refused: repeats({
        frequency: 1,
        by_n_weekday: [
          { n: 1, day: 0 },
          { n: 2, day: 0 },
        ],
      }),
      at: 'recurrence_rule.by_n_weekday',
      code: rule,
    },
  ]);
});

describe('routes', () => {
  it.each([
    ['GET', '/gateway/bot'],
    ['GET', '/users/@me'],
    ['GET', '/channels/1/messages?limit=50'],
    ['PATCH', '/webhooks/1/token/messages/@original'],
    ['PUT', '/channels/1/messages/2/reactions/%F0%9F%91%8D/@me'],
    ['PUT', '/channels/1/messages/pins/2'],
    ['PUT', '/guilds/1/members/2/roles/3'],
    ['PUT', '/channels/1/thread-members/@me'],
    ['post', '/users/@me/channels'],
  ])('include %s %s', (method, path) => expect(hasRoute(method, path)).toBe(true));

  it.each([
    ['GET', '/nowhere'],
    ['PUT', '/channels/1/messages'],
    ['GET', '/channels//messages'],
    ['GET', '/channels/1/messages/2/3'],
  ])('do not include %s %s', (method, path) => {
    expect(hasRoute(method, path)).toBe(false);
    expect(faultsOf(method, path, {})).toEqual(['404 0']);
  });

  it('without a body are left alone', () => {
    expect(faultsOf('POST', '/channels/1/typing', {})).toEqual([]);
    expect(faultsOf('DELETE', '/channels/1/messages/2', null)).toEqual([]);
  });
});
