import { areFilesThere, overwriteErased, tryWrite } from '../db/open.ts';
import type { Job } from './job.ts';

/**
 * Overwrites what was deleted, whoever deleted it: the other jobs have run by now. Looks at the files first, which
 * nobody may have touched for hours.
 */
export const overwriteDeletedRows: Job = {
  name: 'overwrite-deleted',
  async run(ctx) {
    // Storing something is what tells everybody that they are gone.
    if (!areFilesThere(ctx.db)) await tryWrite(ctx.db);
    if (!(await overwriteErased(ctx.db))) {
      ctx.log.warn('the database is too large to be written anew beside everything else: traces of what was deleted may be left in it until the bot is stopped and `npm run backup` and `npm run restore` have written it anew'); // prettier-ignore
    }
  },
};
