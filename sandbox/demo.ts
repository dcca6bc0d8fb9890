/**
 * The demo: this Discord, a dozen people in it, and the bot beside it as a process of its own.
 *
 *   npm run demo                 be any of the people, in the browser, until Ctrl-C; the address is printed
 *   npm run demo -- --terminal   the same in the terminal
 *   npm run demo -- --empty      with nothing set up yet; goes with both
 *   npm run demo -- --help       says which options there are
 *   npm run demo -- --script     watch the main job as a transcript; exit code 0, or 1 naming the step that failed
 */
import { mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startBot, type BotProcess } from './bot.ts';
import { runConsole } from './console/index.ts';
import { demoSettings, guide, openStage, prepare, tell, type Stage } from './demo/index.ts';
import { startSandbox } from './index.ts';
import { startPage } from './page-server/index.ts';
import { personas } from './personas.ts';

const usage = `Usage: npm run demo [-- [--terminal] [--empty] | --script]

  (nothing)     a page for your browser, in which you are any of the people; Ctrl-C ends it
  --terminal    the same in the terminal
  --empty       with nothing set up yet; goes with both
  --script      the whole story as a transcript, in under a minute`;

/** The demo's own database, made anew at each start: the people in it are new ones too. */
const databaseFile = 'data/demo/preceptor.db';

const flag = { type: 'boolean', default: false } as const;

async function main(): Promise<number> {
  let options: { script: boolean; terminal: boolean; empty: boolean; help: boolean; port: string };
  try {
    const port = { type: 'string', default: '0' } as const;
    options = parseArgs({ options: { script: flag, terminal: flag, empty: flag, help: flag, port } }).values;
  } catch {
    console.error(usage);
    return 2;
  }
  if (options.help) {
    console.log(usage);
    return 0;
  }
  rmSync('data/demo', { recursive: true, force: true });
  mkdirSync('data/demo', { recursive: true });
  const sandbox = await startSandbox();
  const stage = openStage(sandbox);
  const bot = await startBot(sandbox, { databaseFile, env: { LOG_LEVEL: 'warn', ...demoSettings } });
  try {
    if (options.script) return await tell(stage, bot);
    if (!options.empty) await prepare(stage, personas);
    if (options.terminal) return await runConsole(stage, bot);
    return await show(stage, bot, Number(options.port));
  } finally {
    await bot.stop();
    await sandbox.close();
  }
}

/** Serves the page until somebody ends it. */
async function show(stage: Stage, bot: BotProcess, port: number): Promise<number> {
  const ended = askedToEnd();
  const { sandbox, guild } = stage;
  const page = await startPage({ sandbox, guild, people: personas, bot, tour: guide(stage), port });
  console.log(`The demo is running. Open this address in a browser:

  ${page.url}

Ctrl-C ends it.`);
  const code = await Promise.race([ended.then(() => 0), bot.exited.then(() => 1)]);
  if (code !== 0) console.error(['The bot has ended by itself. Its last lines:', ...bot.log.slice(-10)].join('\n'));
  await page.close();
  return code;
}

/** Resolves when the process is asked to end. Only the first time: whoever asks twice does not want to wait. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
