import { overwriteErased, tryWrite } from '../db/open.ts';
import type { Job } from './job.ts';

const tooLarge =
  'the database is too large to be written anew while the bot runs: traces of what was deleted may be left in it until npm run backup and npm run restore have done so';

/**
 * Overwrites what was deleted, whoever deleted it: the jobs before have run by now. Stores something first: where
 * nobody has done anything for hours, that is what notices a full disk, a file that has gone, and a restore.
 */
export const overwriteDeletedRows: Job = {
  name: 'overwrite-deleted',
  async run(ctx) {
    await tryWrite(ctx.db);
    if (!(await overwriteErased(ctx.db))) ctx.log.warn(tooLarge);
  },
};
