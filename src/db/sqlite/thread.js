/**
 * Work on the whole file that would hold up everybody else: looking for damage, and writing it anew without what was
 * deleted. Plain JavaScript: see src/mentoring/rounds/thread/start.ts for why a thread must not load TypeScript.
 */
import { parentPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';

const { work, file } = workerData;

/** @returns what is damaged; nothing when the file is whole. */
function check() {
  const sqlite = new SqliteDatabase(file, { readonly: true, timeout: 5_000 });
  try {
    const rows = sqlite.pragma('quick_check(5)');
    return rows.map(({ quick_check: said }) => said).filter((said) => said !== 'ok');
  } finally {
    sqlite.close();
  }
}

/** Pages that SQLite filled anew keep the rest of what was in them, whatever `secure_delete` says: only this removes it. */
function rewrite() {
  const sqlite = new SqliteDatabase(file, { timeout: 1_000 });
  try {
    sqlite.pragma('temp_store = memory');
    sqlite.exec('vacuum');
    sqlite.pragma('wal_checkpoint(truncate)');
    return [];
  } finally {
    sqlite.close();
  }
}

/** @param {object} answer */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const say = (answer) => parentPort.postMessage(answer);

try {
  say({ problems: work === 'check' ? check() : rewrite() });
} catch (error) {
  say({ code: error.code ?? 'unknown' });
}
