/**
 * The other side of `bot.ts`: runs a bot in a process of its own, on the sandbox' clock.
 *
 * Started by `fork` only. It waits for the first message, which says how far the sandbox' time is from real time, and
 * starts the bot then, so that the bot never sees another time. Every later message moves the clock, lets the bot do
 * what has fallen due, and is answered when that is done.
 */
import { flushCompileCache } from 'node:module';
import { Temporal } from 'temporal-polyfill';
import '../src/own-imports.js';

/** What the parent sends: where the clock stands. The answer carries the same number. */
export interface ClockMessage {
  readonly number: number;
  /** Milliseconds from real time to the sandbox' time. */
  readonly offsetMs: number;
}

/** What the child answers once the bot has done all that was due; `failed` holds the reason when it could not. */
export interface DoneMessage {
  readonly number: number;
  readonly failed?: string;
}

/** What the module of a bot has to export to be run on the sandbox' clock. */
export interface BotModule {
  readonly startBot: (
    env: Readonly<Record<string, string | undefined>>,
    clock: { now(): Temporal.Instant; everyMinute?: () => { destroy(): void } },
  ) => Promise<{ tick(): Promise<void>; stop(): Promise<void> }>;
}

const [, , moduleUrl, byHand] = process.argv;
if (!moduleUrl || !process.send) {
  console.error('This is the child process of the sandbox: start a bot with startBot() of sandbox/bot.ts.');
  process.exit(64);
}

let offsetMs = 0;
const clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Date.now() + offsetMs),
  ...(byHand === 'by-hand' && { everyMinute: () => ({ destroy: () => undefined }) }),
};
let bot: Awaited<ReturnType<BotModule['startBot']>> | undefined;
let stopping = false;

// One after the other: a move of the clock that comes during a beat waits for its own beat.
let queue: Promise<void> = Promise.resolve();
process.on('message', (message: ClockMessage) => {
  // At once, not in turn: whatever the bot is doing, it is later now.
  offsetMs = message.offsetMs;
  queue = queue.then(() => handle(message));
});

async function handle({ number }: ClockMessage): Promise<void> {
  if (stopping) return;
  try {
    if (bot) {
      await bot.tick();
    } else {
      const { startBot } = (await import(moduleUrl!)) as BotModule;
      bot = await startBot(process.env, clock);
      // Node keeps what it has compiled when a process ends by itself; this one may be killed.
      flushCompileCache();
    }
    answer({ number });
  } catch (error) {
    console.error(error);
    // A bot that did not start is over, but not before the reason has gone out.
    answer({ number, failed: error instanceof Error ? error.message : String(error) }, () => {
      if (!bot) process.exit(1);
    });
  }
}

function answer(message: DoneMessage, sent: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, sent);
}

function stop(): void {
  if (stopping) return;
  stopping = true;
  void Promise.resolve(bot?.stop()).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// The parent is gone, however it went: a bot without its Discord has nothing to do.
process.on('disconnect', stop);
