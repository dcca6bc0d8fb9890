/**
 * `npm run erase -- USER_ID [SERVER_ID]`: for an operator whom somebody asks to delete their data, and who cannot do it
 * with `/profile delete`, for example because the bot has left their server. Does what that command does, in every server
 * or in one; also while the bot runs.
 */
import { createTimekeeper } from '../clock.ts';
import type { Context } from '../context.ts';
import { listGuildsHolding } from '../db/personal-data/ground.ts';
import { openDatabase } from '../db/open.ts';
import { secureRandom } from '../ids.ts';
import { deleteMemberData } from '../lifecycle/personal-data.ts';
import { createLog } from '../log.ts';
import { openKeyedHash } from '../protection-key.ts';
import { createLanguages } from '../texts/languages.ts';
import { systemClock } from '../time.ts';
import { runScript } from './script.ts';

const usage = `This deletes for good what is held on somebody, as /profile delete does:
  npm run erase -- USER_ID              in every server
  npm run erase -- USER_ID SERVER_ID    in one`;
const isId = (id: string): boolean => /^\d{17,20}$/.test(id);

await runScript(async (config, [userId = '', onlyGuild]) => {
  if (!isId(userId) || (onlyGuild !== undefined && !isId(onlyGuild))) {
    console.error(usage);
    process.exit(64);
  }
  const db = await openDatabase(config.database);
  const time = createTimekeeper(systemClock);
  const now = () => time.now();
  const keyedHash = await openKeyedHash(db, config, now());
  const log = createLog(config.logLevel);
  const ctx: Context = { config, db, log, random: secureRandom, now, time, languages: createLanguages(), keyedHash };
  const guilds = onlyGuild === undefined ? await listGuildsHolding(db, userId) : [onlyGuild];
  let erased = 0;
  for (const guildId of guilds) erased += (await deleteMemberData(ctx, { guildId, userId })) ? 1 : 0;
  await db.destroy();
  return `Deleted in ${erased} of ${guilds.length} servers. What protects others stays, as PRIVACY.md says.`;
});
