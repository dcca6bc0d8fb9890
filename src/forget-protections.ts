/**
 * `npm run forget-protections`: for an operator whose protection key is lost. What was protected by it can be recognized
 * by nobody any more, so it goes, and the next start takes the key that it finds, or makes one.
 */
import { parseConfig } from './config.ts';
import { openDatabase } from './db/open.ts';
import { forgetProtections } from './db/protection-keys.ts';
import { explainScriptFailure } from './own-failure.ts';

const warning = `This forgets for good whom others blocked, or moderators suspended, before they deleted their data: they are
no longer known when they come back. What concerns people whose data is still there stays. Stop the bot, and then:
  npm run forget-protections -- --yes`;

try {
  if (process.argv.includes('--yes')) {
    const db = await openDatabase(parseConfig({ DISCORD_TOKEN: 'not-needed', ...process.env }).database);
    const forgotten = await forgetProtections(db);
    await db.destroy();
    console.log(`Forgotten: ${forgotten}. The next start takes the protection key that it finds, or makes one.`);
  } else console.log(warning);
} catch (error) {
  const { message, exitCode } = await explainScriptFailure(error);
  console.error(message);
  process.exit(exitCode);
}
