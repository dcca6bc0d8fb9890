/** Troubles of the storage itself, whatever is being stored. */
export type Trouble = 'full' | 'busy' | 'failing' | 'away' | 'damaged' | 'gone' | 'restored';

/** For whoever runs the bot; none of it says what was to be stored. */
const words: Readonly<Record<Trouble, string>> = {
  full: 'the disk is full, so nothing can be stored: free some space',
  busy: 'another program has kept the database locked for seconds, so nothing was stored',
  failing: 'the disk does not work: nothing can be read from it or stored on it',
  away: 'the database cannot be reached, so nothing was stored: see whether it runs',
  damaged:
    'the database is damaged, so nothing more is written to it. Put back a backup: npm run restore -- FILE, and keep the damaged files',
  gone: 'the database file was deleted, moved or replaced while the bot was using it, so nothing more is stored. A copy of what it held is beside it, with “rescued” in its name',
  restored: 'a backup was put in place of the database: the bot begins again with that',
};

/** Nothing of a transaction was stored, for a reason that has nothing to do with what it was. */
export class StorageTrouble extends Error {
  override readonly name = 'StorageTrouble';
  readonly what: Trouble;
  /** May stand in the log. */
  readonly says: string;
  readonly code: unknown;

  /** @param says in place of the usual words. */
  constructor(what: Trouble, cause?: unknown, says: string = words[what]) {
    super(says, { cause });
    this.what = what;
    this.says = says;
    this.code = (cause as { code?: unknown } | undefined)?.code;
  }
}

/** The database is not begun with as it is: in words that say what to do. Starting again does not help. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}
