/** `npm run pictures`: takes the README's pictures of the page anew, as real screenshots. */
import { mkdirSync } from 'node:fs';
import { startBot } from '../../sandbox/bot.ts';
import { openStage, prepare } from '../../sandbox/demo/index.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { startPage } from '../../sandbox/page-server/index.ts';
import { personas } from '../../sandbox/personas.ts';
import { become, closeBrowser, openPlace, type, visit } from './visit.ts';

mkdirSync('docs', { recursive: true });
const sandbox = await startSandbox({ startAt: Date.UTC(2026, 10, 22, 15, 20) });
const stage = openStage(sandbox);
const bot = await startBot(sandbox, { env: { DISCORD_MEMBER_INTENT: 'on', TAKE_BACK_SECONDS: '0' } });
await prepare(stage, personas);
const page = await startPage({ sandbox, guild: stage.guild, people: personas, bot });
try {
  const { tab } = await visit(page.url, { colorScheme: 'dark', viewport: { width: 1200, height: 760 } });
  await become(tab, 'Sana');
  await type(tab, 'mentor find');
  await tab.getByRole('button', { name: /Request Hamza/ }).waitFor();
  const messages = tab.getByRole('region', { name: /^Messages/ });
  await messages.evaluate((element) => void Reflect.set(element, 'scrollTop', 0));
  await tab.waitForTimeout(300);
  await tab.screenshot({ path: 'docs/find-a-mentor.png' });

  // The door: what matters to Sana once she has asked somebody.
  await tab
    .getByRole('button', { name: /Request Hamza/ })
    .first()
    .click();
  const form = tab.getByRole('dialog');
  await form.getByRole('textbox').first().fill('I apply in September and would be glad of an honest look at my list.');
  await form.getByRole('button', { name: /^(Send|Submit)/ }).click();
  await tab
    .getByText(/Your request is on its way/)
    .first()
    .waitFor();
  await type(tab, 'home');
  await tab
    .getByText(/your request/i)
    .last()
    .waitFor();
  await tab.waitForTimeout(500);
  await tab.screenshot({ path: 'docs/home.png' });

  // The pair's private thread.
  await become(tab, 'Hamza');
  await openPlace(tab, /direct messages/);
  await tab
    .getByRole('button', { name: /^Accept/ })
    .first()
    .click();
  await openPlace(tab, /private thread/);
  await tab.getByRole('button', { name: 'Find a time' }).waitFor();
  await messages.evaluate((element) => void Reflect.set(element, 'scrollTop', 0));
  await tab.waitForTimeout(500);
  await tab.screenshot({ path: 'docs/thread.png' });

  // What moderators see of all pairs.
  await become(tab, 'Thandiwe');
  await type(tab, 'mentors pairs');
  await tab.getByRole('button', { name: 'Send /mentors pairs' }).click();
  await tab.getByText(/Thandiwe used/).waitFor();
  await tab.waitForTimeout(500);
  await tab.screenshot({ path: 'docs/pairs.png' });

  await tab.getByRole('button', { name: 'Next post' }).click();
  await tab.getByRole('status').getByText('Time has moved on').waitFor({ state: 'attached', timeout: 20_000 });
  await openPlace(tab, /channel tips/);
  await tab.getByRole('button', { name: 'Light colors' }).click();
  await tab.waitForTimeout(300);
  await tab.screenshot({ path: 'docs/monday-tip.png' });
} finally {
  await closeBrowser();
  await page.close();
  await bot.stop();
  await sandbox.close();
}
