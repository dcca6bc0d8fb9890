/** What processes tell each other: not anybody's data, and nothing that outlives them. */
import type { Instant } from '../../time.ts';

/** Interactions that a process has taken. */
interface HandledTable {
  id: string;
  at: Instant;
}

/** One row: when the next request to Discord may go, in milliseconds. */
interface PaceTable {
  id: number;
  next: number;
}

/** When the next login at the gateway may come, by Discord's key for it, in milliseconds. */
interface IdentifiesTable {
  key: number;
  next: number;
}

/** Processes that run. */
interface ProcessesTable {
  id: string;
  shard_count: number;
  /** JSON list of numbers. */
  shards: string;
  started_at: Instant;
  seen_at: Instant;
}

export interface ProcessesTables {
  handled: HandledTable;
  pace: PaceTable;
  identifies: IdentifiesTable;
  processes: ProcessesTable;
}

export type TableOfProcesses = keyof ProcessesTables;
