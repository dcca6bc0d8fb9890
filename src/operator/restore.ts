/**
 * `npm run restore -- FILE`: puts a backup in place of the database, also while the bot runs, which begins again with
 * it. The backup is looked at before anything is changed, and what is there now is backed up first.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '../config.ts';
import { backUp, examineCopy, putInPlace } from '../db/sqlite/backup.ts';
import { DatabaseRefused } from '../db/trouble.ts';
import { counted, keyMatches, placeOfKey, requireFile, runScript, timeStamp } from './script.ts';

await runScript(async (config, [name]) => {
  if (name === undefined) throw new ConfigError('Name the backup: npm run restore -- FILE');
  const copy = resolve(name);
  const file = requireFile(config, 'npm run restore');
  if (copy === resolve(file)) throw new ConfigError(`${name} is the database itself. Name a backup.`);
  const { guilds, members, fingerprint } = examineCopy(copy);
  if (!keyMatches(config, fingerprint)) {
    throw new DatabaseRefused(
      `${name} was made with another protection key than the one in ${placeOfKey(config)}. Put the key back that belongs to it, or set PROTECTION_KEY to it, and restore then.`,
    );
  }
  const kept = keepPresent(file);
  await putInPlace(copy, file);
  return [
    `Restored ${name}: ${counted(guilds, 'server')}, ${counted(members, 'member')}. A running bot begins again with it within a minute.`,
    kept,
    'Whoever deleted their data after this backup was made is in it again, and messages of that time may be sent once more.',
  ].join('\n');
});

/** Says what becomes of the database that is there now. */
function keepPresent(file: string): string {
  if (!existsSync(file)) return 'There was no database before.';
  const to = join(dirname(file), 'backups', `before-restore-${timeStamp()}.db`);
  try {
    backUp(file, to);
    return `What was there before is in ${to}.`;
  } catch (error) {
    if (error instanceof DatabaseRefused)
      return `What was there before is damaged; it lies beside it, with "damaged" in its name.`;
    throw error;
  }
}
