/**
 * `npm run backup`: a copy of the database as it is at one moment, looked at before it counts, while the bot runs.
 *
 *   npm run backup                     into `backups` beside the database
 *   npm run backup -- FILE
 *   npm run backup -- --keep 14        and deletes the oldest of those in `backups` but 14
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { backUp } from '../db/sqlite/backup.ts';
import { counted, placeOfKey, requireFile, runScript, timeStamp } from './script.ts';

/** How backups are named that this script may delete again. */
const named = /^preceptor-\d{4}-\d\d-\d\dT[\d-]+\.db$/;

await runScript((config, args) => {
  const { values, positionals } = parseArgs({ args: [...args], options: { keep: { type: 'string' } }, allowPositionals: true }); // prettier-ignore
  if (values.keep !== undefined && !/^[1-9]\d*$/.test(values.keep))
    throw new ConfigError('--keep must be a number, 1 or more.');
  const file = requireFile(config, 'npm run backup');
  const folder = join(dirname(file), 'backups');
  const to = resolve(positionals[0] ?? join(folder, `preceptor-${timeStamp()}.db`));
  const { guilds, members, fingerprint } = backUp(file, to);
  const old = values.keep === undefined ? [] : readdirSync(folder).filter((name) => named.test(name)).toSorted().slice(0, -Number(values.keep)); // prettier-ignore
  for (const name of old) rmSync(join(folder, name));
  return [
    `Backed up to ${to} (${Math.ceil(statSync(to).size / 1024)} KB, checked): ${counted(guilds, 'server')}, ${counted(members, 'member')}.`,
    ...(old.length > 0 ? [`Deleted: ${counted(old.length, 'older backup')}.`] : []),
    ...(fingerprint === undefined ? [] : [`It belongs to the protection key in ${placeOfKey(config)}: keep a copy of that, too, in another place.`]),
  ].join('\n'); // prettier-ignore
});
