/** A process that claims what is due once it is told to: `node claimer.ts ADDRESS SHARD_COUNT SHARDS` (for example `4 0,1`). */
import { openDatabase } from '../../src/db/open.ts';
import { serveShards } from '../../src/db/owned.ts';
import { claimDue } from '../../src/posts/claim.ts';
import { claimerContext } from './due.ts';

const [, , address = '', count = '1', shards = '0'] = process.argv;
const db = await openDatabase(address);
serveShards(db, { count: Number(count), own: shards.split(',').map(Number) });
// A connection is made before the time counts.
await db.selectFrom('guilds').select('id').orderBy('id').limit(1).execute();
process.once('message', () => void claim());
process.send?.('ready');

async function claim(): Promise<void> {
  const owed = await claimDue(claimerContext(db));
  await db.destroy();
  process.send?.(owed, () => process.exit(0));
}
