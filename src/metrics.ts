/**
 * What `/metrics` says, in the form that Prometheus reads. Nothing in it is about a person, and no guild is named: labels
 * are commands, kinds of notices, outcomes and numbers of shards.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Client, Status } from 'discord.js';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Context } from './context.ts';
import { countOwed, findOldestOwed } from './db/notices/claims.ts';
import { countRoundsUnderWay } from './db/rounds.ts';
import { timeQueries } from './db/timing.ts';
import type { Measures } from './measures.ts';
import { epochMs } from './time.ts';

/** Seconds, up to the three within which Discord wants an answer, and beyond for deferred ones. */
const answerBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10, 30];
const queryBuckets = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2];
/** How often the delay of the event loop is sampled, in milliseconds. */
const delayResolutionMs = 10;

/** The figures of a process. */
export interface Metrics {
  /** What the bot calls while it works. */
  readonly measures: Measures;
  readonly contentType: string;
  /** Everything as it now is, as text. */
  read(ctx: Context, client: Client): Promise<string>;
  close(): void;
}

/** Begins to count. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const interactions = new Histogram({
    name: 'preceptor_interaction_seconds',
    help: 'From the arrival of an interaction to the end of its handler, by command, button, menu or form, and outcome',
    labelNames: ['command', 'outcome'] as const,
    buckets: answerBuckets,
    registers,
  });
  const deliveries = new Counter({
    name: 'preceptor_deliveries_total',
    help: 'Attempts to deliver a notice, by kind and outcome',
    labelNames: ['kind', 'outcome'] as const,
    registers,
  });
  const queries = new Histogram({
    name: 'preceptor_database_query_seconds',
    help: 'How long each statement took in the database',
    buckets: queryBuckets,
    registers,
  });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `preceptor_${name}`, help, labelNames, registers });
  const owed = gauge('notices_owed', 'Notices that are due and not delivered, by queue', 'queue');
  const oldest = gauge('oldest_owed_notice_seconds', 'How long the oldest due notice has waited, by queue', 'queue');
  const rounds = gauge('rounds_under_way', 'Matching rounds that are computed or published just now', 'state');
  const shards = gauge('gateway_shard_ready', '1 for a connection that is up and has its guilds', 'shard');
  const pings = gauge('gateway_ping_seconds', 'The latest heartbeat of a connection, there and back', 'shard');
  const guilds = gauge('guilds', 'Guilds of this process');
  const delay = gauge('event_loop_delay_seconds', 'Delay of the event loop since the last look', 'quantile');
  const sureness = gauge('time_is_sure', '1 while Discord confirms the time of this machine');
  const answers = gauge('database_answers', '1 while the database can be read');

  const monitor = monitorEventLoopDelay({ resolution: delayResolutionMs });
  monitor.enable();
  let timed: Context['db'] | undefined;

  const readDelay = () => {
    // What the histogram holds includes the sampling itself.
    const seconds = (ns: number) => Math.max(0, ns / 1e9 - delayResolutionMs / 1e3);
    delay.set({ quantile: '0.5' }, seconds(monitor.percentile(50)));
    delay.set({ quantile: '0.99' }, seconds(monitor.percentile(99)));
    delay.set({ quantile: '1' }, seconds(monitor.max));
    monitor.reset();
  };

  const readGateway = (client: Client) => {
    for (const [id, { status, ping }] of client.ws.shards) {
      shards.set({ shard: String(id) }, status === Status.Ready ? 1 : 0);
      if (ping >= 0) pings.set({ shard: String(id) }, ping / 1000);
    }
    guilds.set(client.guilds.cache.size);
  };

  const readDatabase = async ({ db, now }: Context) => {
    const at = now();
    const counts = await countOwed(db, at);
    for (const queue of ['people', 'bulk'] as const) {
      const since = await findOldestOwed(db, at, queue);
      owed.set({ queue }, counts[queue]);
      oldest.set({ queue }, since === undefined ? 0 : Math.max(0, epochMs(at) - epochMs(since)) / 1000);
    }
    for (const [state, count] of Object.entries(await countRoundsUnderWay(db))) rounds.set({ state }, count);
  };

  return {
    measures: {
      interaction: (command, outcome, seconds) => interactions.observe({ command, outcome }, seconds),
      delivery: (kind, outcome) => deliveries.inc({ kind, outcome }),
    },
    contentType: registry.contentType,
    async read(ctx, client) {
      if (timed !== ctx.db) {
        timed = ctx.db;
        timeQueries(ctx.db, (ms) => queries.observe(ms / 1000));
      }
      readDelay();
      readGateway(client);
      sureness.set(ctx.time.isSure() ? 1 : 0);
      try {
        await readDatabase(ctx);
        answers.set(1);
      } catch (error) {
        ctx.log.error({ err: error }, 'the figures of the database could not be read');
        for (const each of [owed, oldest, rounds]) each.reset();
        answers.set(0);
      }
      return await registry.metrics();
    },
    close() {
      monitor.disable();
      registry.clear();
    },
  };
}
