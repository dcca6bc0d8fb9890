/** A process of its own that goes on with the rounds whose publishing was cut off, once its parent says so. */
import { resumePublishing } from '../../src/mentoring/rounds/publish.ts';
import { openTestContext } from './context.ts';

const [file = '', seed = '1', at = ''] = process.argv.slice(2);
const ctx = await openTestContext({ file, seed: Number(seed), at });
process.once('message', () => {
  void (async () => {
    await resumePublishing(ctx);
    await ctx.db.destroy();
    process.disconnect();
  })();
});
process.send?.('ready');
