/** Failures that have nothing to do with Discord: what has no business with it explains them without loading its library. */
import { ConfigError } from './config.ts';
import { DatabaseRefused, StorageTrouble } from './db/trouble.ts';

/** What an operator reads when the program ends by itself, and what the process reports. */
export interface Failure {
  readonly message: string;
  /** 78 (EX_CONFIG) where somebody has to do something first and starting again does not help; 1 for everything else. */
  readonly exitCode: 1 | 78;
}

/** Why the program ends, in words that say what to do; undefined where it is about something else. */
export function explainOwnFailure(error: unknown): Failure | undefined {
  if (error instanceof ConfigError) return { message: error.message, exitCode: 78 };
  if (error instanceof DatabaseRefused) return { message: error.message, exitCode: 78 };
  if (error instanceof StorageTrouble) {
    const message = `Preceptor has to stop: ${error.says}.`;
    return { message, exitCode: error.what === 'damaged' ? 78 : 1 };
  }
  return undefined;
}

/** Why a script ends, as `explainFailure` says it; Discord's library is loaded only where it may be about Discord. */
export async function explainScriptFailure(error: unknown): Promise<Failure> {
  return explainOwnFailure(error) ?? (await import('./failure.ts')).explainFailure(error);
}
