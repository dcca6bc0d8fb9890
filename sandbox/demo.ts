/**
 * The demo: this Discord, a dozen people in it, and the bot beside it as a process of its own.
 *
 *   npm run demo               be any of the people, in the terminal, until Ctrl-C
 *   npm run demo -- --script   watch the main job as a transcript; exit code 0, or 1 naming the step that failed
 */
import { mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startBot } from './bot.ts';
import { runConsole } from './console/index.ts';
import { openStage, tell } from './demo/index.ts';
import { startSandbox } from './index.ts';

const usage = 'Usage: npm run demo [-- --script]';

/** The demo's own database, made anew at each start: the people in it are new ones too. */
const databaseFile = 'data/demo/preceptor.db';

async function main(): Promise<number> {
  let script: boolean;
  try {
    script = parseArgs({ options: { script: { type: 'boolean', default: false } } }).values.script;
  } catch {
    console.error(usage);
    return 2;
  }
  rmSync('data/demo', { recursive: true, force: true });
  mkdirSync('data/demo', { recursive: true });
  const sandbox = await startSandbox();
  const stage = openStage(sandbox);
  const bot = await startBot(sandbox, { databaseFile, env: { LOG_LEVEL: 'warn', DISCORD_MEMBER_INTENT: 'on' } });
  try {
    return script ? await tell(stage, bot) : await runConsole(stage, bot);
  } finally {
    await bot.stop();
    await sandbox.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
