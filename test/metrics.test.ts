import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { register } from './support/play.ts';
import { freePort } from './support/port.ts';
import { openTown, type Town } from './support/town.ts';

let town: Town;
afterEach(async () => await town.close());

/** Asks for the figures once those of a moment ago no longer hold. */
async function open(): Promise<() => Promise<string>> {
  const port = await freePort();
  town = await openTown({ setUp: true, env: { HEALTH_PORT: String(port) } });
  return async () => {
    await delay(1_050);
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/plain');
    return await response.text();
  };
}

/** The value of the first line that has this name and these labels. */
function valueOf(text: string, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const lines = text.split('\n').filter((line) => /^\w+/.exec(line)?.[0] === name);
  const line = lines.find((each) => wanted.every((part) => each.includes(part)));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

test('commands, buttons and forms are counted by outcome, with how long they took, and nobody is named', async () => {
  const figures = await open();
  const sana = town.guild.join({ name: 'Sana Qureshi' });
  await register(sana, 'mentee', { about: 'Words about myself' });
  await sana.slash('mentor withdraw', { member: sana });
  await sana.forge({ customId: 'no-such-thing:1234567890', kind: 'button' });
  const text = await figures();
  const count = (command: string, outcome: string) =>
    valueOf(text, 'preceptor_interaction_seconds_count', { command, outcome });
  expect(count('/register', 'ok')).toBe(1);
  expect(count('/mentor', 'refused')).toBe(1);
  expect(count('unknown', 'refused')).toBe(1);
  expect(valueOf(text, 'preceptor_interaction_seconds_sum', { command: '/register' })).toBeGreaterThan(0);
  expect(text).not.toMatch(/="[^"\n]*\d{17,20}|no-such-thing|Sana|Qureshi|IMG Commons|Imani|Words about/);
});

test('what is owed and delivered, the connections, the database and the event loop are there', async () => {
  const figures = await open();
  const mentor = town.guild.join({ name: 'Hamza' });
  await register(mentor, 'mentor', { stage: 'resident' });
  await town.bot.tick();
  const text = await figures();
  expect(valueOf(text, 'preceptor_deliveries_total', { kind: 'mentor-review', outcome: 'delivered' })).toBe(1);
  for (const queue of ['people', 'bulk']) {
    expect(valueOf(text, 'preceptor_notices_owed', { queue })).toBe(0);
    expect(valueOf(text, 'preceptor_oldest_owed_notice_seconds', { queue })).toBe(0);
  }
  expect(valueOf(text, 'preceptor_gateway_shard_ready', { shard: '0' })).toBe(1);
  expect(valueOf(text, 'preceptor_guilds')).toBe(1);
  expect(valueOf(text, 'preceptor_database_query_seconds_count')).toBeGreaterThan(10);
  expect(valueOf(text, 'preceptor_rounds_under_way', { state: 'computing' })).toBe(0);
  expect(valueOf(text, 'preceptor_event_loop_delay_seconds', { quantile: '0.99' })).toBeGreaterThanOrEqual(0);
  expect(valueOf(text, 'preceptor_time_is_sure')).toBe(1);
  // The dashboard asks for nothing that is not there.
  const dashboard = readFileSync(new URL('../deploy/grafana-dashboard.json', import.meta.url), 'utf8');
  const asked = new Set(dashboard.match(/\b(preceptor|process)_\w+/g));
  expect(asked.size).toBeGreaterThan(12);
  const missing = [...asked].filter((name) => !new RegExp(`^${name}[ {]`, 'm').test(text));
  // Of a connection that has not yet had a heartbeat acknowledged there is no ping.
  expect(missing.filter((name) => name !== 'preceptor_gateway_ping_seconds')).toEqual([]);
});
