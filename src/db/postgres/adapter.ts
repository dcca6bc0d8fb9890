import { PostgresAdapter } from 'kysely';
import type { Shards } from '../shards.ts';

/** Tells a PostgreSQL database, and every transaction in it, apart from SQLite, and knows which guilds are this process's. */
export class ServerAdapter extends PostgresAdapter {
  /** The shards that this process serves; undefined for all. */
  serves: Shards | undefined;

  // The lock of migrations is a transaction's own: a session's would stay behind in a pooler.
  override acquireMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}
