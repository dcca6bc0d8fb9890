/** The page before a community that is set up, with the bot beside it: how most tests of the page begin and end. */
import { vi } from 'vitest';
import { type BotOptions, type BotProcess, startBot } from '../../sandbox/bot.ts';
import { demoSettings, guide, openStage, prepare, type Stage } from '../../sandbox/demo/index.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { startPage, type Page } from '../../sandbox/page-server/index.ts';
import { personas } from '../../sandbox/personas.ts';
import { setUp } from '../support/set-up.ts';
import { testStart } from '../support/time.ts';
import { closeBrowser, openBrowser } from './visit.ts';

/** Longer than any machine is busy. */
const patienceMs = 20_000;

export interface Opened {
  readonly stage: Stage;
  readonly bot: BotProcess;
  readonly page: Page;
}

/**
 * @param hasTour whether the tour stands beside the page.
 * @param started where the bot keeps its data, for a test that writes there.
 */
export async function openSetUp(hasTour = false, started: Pick<BotOptions, 'databaseFile'> = {}): Promise<Opened> {
  return await openWith(started, hasTour, async (stage) => {
    await setUp(stage.person('Thandiwe').actor, { timezone: 'America/New_York' });
  });
}

/** As a visitor of the demo finds it: everybody but the newcomer has registered, and the tour begins. */
export async function openDemo(): Promise<Opened> {
  return await openWith({ env: demoSettings }, true, async (stage) => await prepare(stage, personas));
}

async function openWith(
  started: Pick<BotOptions, 'databaseFile' | 'env'>,
  hasTour: boolean,
  make: (stage: Stage) => Promise<void>,
): Promise<Opened> {
  const sandbox = await startSandbox({ startAt: Date.parse(testStart) });
  const stage = openStage(sandbox);
  const [bot] = await Promise.all([startBot(sandbox, { byHand: true, ...started }), openBrowser()]);
  await sandbox.botReady();
  await make(stage);
  const tour = hasTour ? { tour: guide(stage) } : {};
  const page = await startPage({ sandbox, guild: stage.guild, people: personas, bot, ...tour });
  return { stage, bot, page };
}

/** Lets the bot do what is due until something is there: what has to wait for another thing comes with the next look. */
export async function soon({ bot }: Pick<Opened, 'bot'>, what: string, isThere: () => boolean): Promise<void> {
  const look = async () => {
    await bot.tick();
    if (!isThere()) throw new Error(`${what} never came`);
  };
  await vi.waitFor(look, { timeout: patienceMs });
}

export async function closeAll({ stage, bot, page }: Opened): Promise<void> {
  await closeBrowser();
  await page.close();
  await bot.stop();
  await stage.sandbox.close();
}
