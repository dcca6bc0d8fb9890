/**
 * A new version, and another number of shards, while people act: several processes on one PostgreSQL are replaced one by
 * one, each next to its successor for a moment, then all of them by a set with another count and back. Everybody must be
 * answered, once, as the README's steps promise. Where no PostgreSQL can be started it says so.
 *
 *   node test/rolling.ts [--rolls 6] [--counts 2,4,3,2]
 */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Actor } from '../sandbox/api.ts';
import { answeredTwice, type Fleet, openFleet, quantile } from './support/fleet.ts';
import { register } from './support/play.ts';

const { values } = parseArgs({
  options: { rolls: { type: 'string', default: '6' }, counts: { type: 'string', default: '2,4,3,2' } },
});
const [first = 2, ...others] = values.counts.split(',').map(Number);
/** An answer that takes no longer is none of which anybody asks why. */
const slowMs = 1_000;
/** Between two acts of the same person. */
const restMs = 150;

const fleet = await openFleet({ shards: first, guilds: 6 });
if (fleet) {
  try {
    await play(fleet);
  } finally {
    await fleet.close();
  }
}

async function play(fleet: Fleet): Promise<void> {
  const { guilds, moderators, sandbox, start } = fleet;
  const people = guilds.map((guild, i) => guild.join({ name: `Noor ${i}` }));
  for (const noor of people) await register(noor, 'mentee', { stage: 'applying' });

  const over = new AbortController();
  /** Does these things in turn until all is over. */
  const goOn = async (where: string, acts: readonly (readonly [string, () => ReturnType<Actor['slash']>])[]) => {
    for (let i = 0; !over.signal.aborted; i = (i + 1) % acts.length) {
      const [what, work] = acts[i] ?? acts[0]!;
      await fleet.act(what, where, work);
      await delay(restMs);
    }
  };
  const acting = [
    ...people.map((noor, i) =>
      goOn(`Guild ${i}`, [
        ['join', () => noor.forge({ customId: 'find-waitlist', kind: 'button' })],
        ['home', () => noor.slash('home')],
        ['leave', () => noor.forge({ customId: 'find-waitlist-leave', kind: 'button' })],
      ]),
    ),
    ...moderators.map((imani, i) => goOn(`Guild ${i}`, [['setup', () => imani.slash('setup show')]])),
    // Direct messages reach the first shard alone.
    ...people.slice(0, 2).map((noor) => goOn('direct messages', [['support', () => noor.slash('support', {}, { channelId: 'dm' })]])), // prettier-ignore
  ];

  // A new version: each process has its successor beside it, with the same shards, before it is asked to end.
  for (let roll = 0; roll < Number(values.rolls); roll += 1) {
    const shard = roll % first;
    const next = await start(String(shard), first);
    const before = fleet.bots[shard];
    fleet.bots = fleet.bots.with(shard, next);
    await before?.stop();
  }
  const rolled = fleet.done.length;
  // Another number of shards: the whole new set is there before the old one ends.
  for (const count of others) {
    const next = await Promise.all(Array.from({ length: count }, (_, shard) => start(String(shard), count)));
    const before = fleet.bots;
    fleet.bots = next;
    await Promise.all(before.map((bot) => bot.stop()));
  }
  over.abort();
  await Promise.all(acting);

  const answered = fleet.done.filter(({ fate }) => fate === 'answered');
  const rest = fleet.done.filter(({ fate }) => fate !== 'answered');
  const ours = rest.filter(({ isMachines, fate }) => !isMachines || fate !== 'silence');
  const twice = answeredTwice(fleet);
  console.log(`${values.rolls} processes replaced during ${rolled} acts, then ${values.counts.replaceAll(',', ' → ')} shards during ${fleet.done.length - rolled}: ${answered.length} answered (p99 ${quantile(answered.map(({ ms }) => ms), 0.99)} ms), ${ours.length} not, ${twice} twice.`); // prettier-ignore
  const starved = fleet.done.filter(({ isMachines, ms }) => isMachines && ms > slowMs).length;
  if (starved > 0) {
    console.log(`During ${starved} acts this machine kept a process waiting for a core for a third of the time or longer; ${rest.length - ours.length} of them are not counted, since nobody answered in time.`); // prettier-ignore
  }
  assert.deepEqual(ours.map(({ what, where, says }) => `${what} in ${where}: ${says}`), [], 'everybody was answered'); // prettier-ignore
  if (starved > 0) return;
  assert.equal(twice, 0, 'nobody was answered twice');
  sandbox.assertNoRefusals();
}
