/**
 * `npm run forget-protections`: for an operator whose protection key is lost. What was protected by it can be recognized
 * by nobody any more, so it goes, and the next start takes the key that it finds, or makes one.
 */
import { openDatabase } from '../db/open.ts';
import { forgetProtections } from '../db/protection-keys.ts';
import { runScript } from './script.ts';

const warning = `This forgets for good whom others blocked, or moderators suspended, before they deleted their data: they are
no longer known when they come back. What concerns people whose data is still there stays. Stop the bot, and then:
  npm run forget-protections -- --yes`;

await runScript(async (config, names) => {
  if (!names.includes('--yes')) return warning;
  const db = await openDatabase(config.database);
  const forgotten = await forgetProtections(db);
  await db.destroy();
  return `Forgotten: ${forgotten}. The next start takes the protection key that it finds, or makes one.`;
});
