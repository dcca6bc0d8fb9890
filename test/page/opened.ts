/** The page before a community that is set up, with the bot beside it: how most tests of the page begin and end. */
import { type BotProcess, startBot } from '../../sandbox/bot.ts';
import { guide, openStage, type Stage } from '../../sandbox/demo/index.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { startPage, type Page } from '../../sandbox/page-server/index.ts';
import { personas } from '../../sandbox/personas.ts';
import { setUp } from '../support/set-up.ts';
import { testStart } from '../support/time.ts';
import { closeBrowser, openBrowser } from './visit.ts';

export interface Opened {
  readonly stage: Stage;
  readonly bot: BotProcess;
  readonly page: Page;
}

/** @param hasTour whether the tour stands beside the page. */
export async function openSetUp(hasTour = false): Promise<Opened> {
  const sandbox = await startSandbox({ startAt: Date.parse(testStart) });
  const stage = openStage(sandbox);
  const [bot] = await Promise.all([startBot(sandbox, { byHand: true }), openBrowser()]);
  await sandbox.botReady();
  await setUp(stage.person('Thandiwe').actor, { timezone: 'America/New_York' });
  const tour = hasTour ? { tour: guide(stage) } : {};
  const page = await startPage({ sandbox, guild: stage.guild, people: personas, bot, ...tour });
  return { stage, bot, page };
}

export async function closeAll({ stage, bot, page }: Opened): Promise<void> {
  await closeBrowser();
  await page.close();
  await bot.stop();
  await stage.sandbox.close();
}
