import { PostgresAdapter } from 'kysely';

/** The lock of migrations is a transaction's own: a session's would stay behind in a pooler. */
export class TransactionLocks extends PostgresAdapter {
  override acquireMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}
