import { expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../src/config.ts';

function faultsOf(env: Readonly<Record<string, string | undefined>>): string {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('no fault found');
}

test('a token is all it takes', () => {
  expect(parseConfig({ DISCORD_TOKEN: 'abc' })).toEqual({
    token: 'abc',
    apiUrl: undefined,
    devGuildId: undefined,
    memberIntent: false,
    database: 'data/preceptor.db',
    logLevel: 'info',
    healthHost: '127.0.0.1',
    takeBackSeconds: 60,
    healthPort: undefined,
    actsAtOnce: 60,
  });
});

test('an empty value counts as absent', () => {
  expect(parseConfig({ DISCORD_TOKEN: 'abc', HEALTH_PORT: '', LOG_LEVEL: '', DATABASE_URL: '' })).toMatchObject({
    healthPort: undefined,
    logLevel: 'info',
    database: 'data/preceptor.db',
  });
});

test.each([{}, { DISCORD_TOKEN: '' }, { DISCORD_TOKEN: '  \n' }])(
  'without a token one line says what is missing, where to get it, and how to try without: %o',
  (env) => {
    const faults = faultsOf(env);
    expect(faults.split('\n')).toHaveLength(1);
    expect(faults).toMatch(/^DISCORD_TOKEN is missing/);
    expect(faults).toContain('https://discord.com/developers/applications');
    expect(faults).toContain('npm run demo');
  },
);

test('shards are all of their number, and one process has all of them', () => {
  const token = { DISCORD_TOKEN: 'abc' };
  expect(parseConfig(token)).toMatchObject({ shardCount: undefined, shards: undefined });
  expect(parseConfig({ ...token, SHARD_COUNT: '4' })).toMatchObject({ shardCount: 4, shards: undefined });
  expect(parseConfig({ ...token, SHARD_COUNT: '4', SHARDS: '2-3,0,1' }).shards).toEqual([0, 1, 2, 3]);
});

test.each([
  [{ SHARD_COUNT: '0' }, 'SHARD_COUNT must be a whole number'],
  [{ SHARD_COUNT: 'auto' }, 'SHARD_COUNT must be a whole number'],
  [{ SHARDS: '0-3' }, 'SHARDS needs SHARD_COUNT'],
  [{ SHARD_COUNT: '4', SHARDS: 'all' }, 'SHARDS must be numbers of shards'],
  [{ SHARD_COUNT: '4', SHARDS: '1-4' }, 'SHARDS names 4, but with SHARD_COUNT=4 the last is 3'],
  [{ SHARD_COUNT: '4', SHARDS: '3-1' }, 'SHARDS names 3-1; write the lower number first'],
  [{ SHARD_COUNT: '4', SHARDS: '0-1' }, 'On SQLite one process has all'],
])('shards that cannot be are refused in words: %o', (env, words) => {
  expect(faultsOf({ DISCORD_TOKEN: 'abc', ...env })).toContain(words);
});

test('every fault is named at once, one a line', () => {
  const faults = faultsOf({
    DISCORD_API_URL: 'ftp://discord.com',
    DISCORD_DEV_GUILD: 'mine',
    DISCORD_MEMBER_INTENT: 'yes',
    DATABASE_URL: 'mysql://x',
    LOG_LEVEL: 'loud',
    HEALTH_PORT: '70000',
  }).split('\n');
  expect(faults.map((line) => line.split(' ')[0])).toEqual([
    'DISCORD_TOKEN',
    'DISCORD_API_URL',
    'DISCORD_DEV_GUILD',
    'DISCORD_MEMBER_INTENT',
    'DATABASE_URL',
    'LOG_LEVEL',
    'HEALTH_PORT',
  ]);
});

test.each(['0', '-1', '80.5', 'http', '65536'])('%s is no port', (port) => {
  expect(faultsOf({ DISCORD_TOKEN: 'abc', HEALTH_PORT: port })).toContain('1 to 65535');
});

test('a token with a line break inside is refused here, and never quoted', () => {
  const faults = faultsOf({ DISCORD_TOKEN: 'secret\nDATABASE_URL=x' });
  expect(faults).toContain('DISCORD_TOKEN holds characters');
  expect(faults).not.toContain('secret');
});

test('blanks around the token and slashes behind the address do no harm', () => {
  expect(parseConfig({ DISCORD_TOKEN: ' abc\n', DISCORD_API_URL: 'http://localhost:8080/api//' })).toMatchObject({
    token: 'abc',
    apiUrl: 'http://localhost:8080/api',
  });
});
