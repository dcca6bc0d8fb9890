/**
 * The program. `npm start` comes here by way of `start.js`, which refuses a Node that is too old to read this file or to
 * load the native database driver.
 */
import { startBot } from './bot.ts';
import { StorageTrouble } from './db/trouble.ts';
import { explainFailure } from './failure.ts';
import { serializeError } from './log.ts';

/** Says why the program ends, in a form for people, and ends it. */
function fail(error: unknown): never {
  const { message, exitCode } = explainFailure(error);
  console.error(message);
  process.exit(exitCode);
}

/** A fault that nothing caught: what state things are in is unknown, so the program ends and is started again. */
process.on('uncaughtException', (error) => {
  // Not the message: it may quote what a person typed.
  console.error(
    JSON.stringify({ level: 60, time: Date.now(), msg: 'a fault nothing caught', err: serializeError(error) }),
  );
  process.exit(1);
});

/** `docker stop` and most supervisors kill after ten seconds, so whatever hangs then must not: the program ends before. */
const longestEndMs = 9_000;

let stop = (): Promise<void> => Promise.resolve();
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // Asked twice: whoever asks does not want to wait for what is in hand.
    if (stopping) process.exit(1);
    stopping = true;
    // Unfinished work is in the database and done at the next start.
    setTimeout(() => process.exit(0), longestEndMs);
    void stop().then(() => process.exit(0), fail);
  });
}

/** Runs the bot until it cannot go on. After a restore it begins again with what was put in place. */
async function run(): Promise<never> {
  for (;;) {
    const bot = await startBot(process.env);
    stop = () => bot.stop();
    try {
      return await bot.lost;
    } catch (error) {
      if (stopping || !(error instanceof StorageTrouble && error.what === 'restored')) throw error;
      await stop();
    }
  }
}

try {
  await run();
} catch (error) {
  if (!stopping) {
    await stop().catch(() => undefined);
    fail(error);
  }
}
