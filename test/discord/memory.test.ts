import { EventEmitter } from 'node:events';
import { type Client, Collection, type GuildMember, GuildMemberManager } from 'discord.js';
import { expect, test } from 'vitest';
import { cacheFactory, thinIncoming } from '../../src/discord/memory.ts';

const botId = '1';

/** The members of two guilds, as discord.js would keep them. */
function twoGuilds(most: number) {
  const create = cacheFactory(most) as unknown as (...args: unknown[]) => Collection<string, GuildMember>;
  const cacheOf = () => create(GuildMemberManager, undefined, GuildMemberManager);
  const [a, b] = [cacheOf(), cacheOf()];
  const join = (cache: typeof a, id: string) => {
    const member = { id, client: { user: { id: botId } }, guild: { members: { cache } } };
    cache.set(id, member as unknown as GuildMember);
  };
  return { a, b, join };
}

test('the members of all guilds share one bound: the longest known go first, and the bot itself stays', () => {
  const { a, b, join } = twoGuilds(3);
  join(a, botId);
  for (const id of ['11', '12']) join(a, id);
  join(b, botId);
  for (const id of ['21', '22']) join(b, id);
  expect([...a.keys()]).toEqual([botId, '12']);
  expect([...b.keys()]).toEqual([botId, '21', '22']);
  // Whoever left makes room for somebody else.
  a.delete('12');
  join(b, '23');
  expect([...b.keys()]).toEqual([botId, '21', '22', '23']);
  b.clear();
  for (const id of ['13', '14', '15']) join(a, id);
  expect([...a.keys()]).toEqual([botId, '13', '14', '15']);
  expect(a.filter(({ id }) => id === '13')).toBeInstanceOf(Collection);
});

test('what nobody reads of a guild and its channels is left out before discord.js keeps it', () => {
  const client = new EventEmitter();
  thinIncoming(client as unknown as Client);
  const channel = {
    id: '2',
    name: 'general',
    topic: 'x'.repeat(1_000),
    last_message_id: '3',
    permission_overwrites: [],
  };
  const created = {
    t: 'GUILD_CREATE',
    d: { id: '1', name: 'House', emojis: [{}], channels: [{ ...channel }], roles: [] },
  };
  client.emit('raw', created);
  const kept = { id: '2', name: 'general', permission_overwrites: [] };
  expect(created.d).toEqual({ id: '1', name: 'House', channels: [kept], roles: [] });
  const changed = { t: 'CHANNEL_UPDATE', d: { ...channel } };
  client.emit('raw', changed);
  expect(changed.d).toEqual(kept);
  const message = { t: 'MESSAGE_CREATE', d: { ...channel } };
  client.emit('raw', message);
  expect(message.d).toEqual(channel);
});

test('what is the same in many channels is kept once', () => {
  const client = new EventEmitter();
  thinIncoming(client as unknown as Client);
  // As it comes in: each text a new one.
  const guild = (id: string) => {
    const channel = { id: `${id}2`, guild_id: id, name: 'general', parent_id: `${id}9`, permission_overwrites: [{ id: `${id}7`, allow: '0' }] }; // prettier-ignore
    const d = { id, roles: [{ id: `${id}7` }], channels: [{ id: `${id}9`, name: 'House', type: 4 }, channel] };
    return JSON.parse(JSON.stringify(d)) as typeof d;
  };
  const created = [guild('1'), guild('8')];
  for (const d of created) client.emit('raw', { t: 'GUILD_CREATE', d });
  for (const [i, { id, channels }] of created.entries()) {
    const { guild_id: _, ...channel } = guild(id).channels[1] as { guild_id: string };
    expect(channels[1], `guild ${i}`).toEqual(channel);
  }
});
