import type { Logger } from 'pino';
import type { Timekeeper } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './db/open.ts';
import type { Measures } from './measures.ts';
import type { Random } from './ids.ts';
import type { KeyedHash } from './protection-key.ts';
import type { Languages } from './texts/languages.ts';
import type { Instant } from './time.ts';

/** What every part works with. Handed down from `main.ts`, never global, so that tests can bring their own. */
export interface Context {
  readonly config: Config;
  readonly db: Db;
  readonly now: () => Instant;
  /** Asked before anything is destroyed, ended or skipped by the time. */
  readonly time: Pick<Timekeeper, 'isSure'>;
  readonly random: Random;
  readonly log: Logger;
  readonly languages: Languages;
  /** Names whoever deleted their data, where others have to be protected from them. */
  readonly keyedHash: KeyedHash;
  /** Set for work that the clock or one press does for many: its notices wait behind what somebody has just caused. */
  readonly bulk?: boolean;
  /** Counts what happens, where somebody reads the figures. */
  readonly measures?: Measures | undefined;
}
