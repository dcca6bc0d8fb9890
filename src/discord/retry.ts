/** What to do about a request whose outcome is unknown: discord.js repeats nothing by itself here (see client.ts). */
import { setTimeout as delay } from 'node:timers/promises';
import { HTTPError } from 'discord.js';

/** How long to wait before each try, in milliseconds: within the three seconds in which somebody waits. */
export const waitsMs = [0, 100, 300, 600] as const;

/** Does again what may be done twice without anybody seeing it, as long as its outcome stays unknown. */
export async function retry<T>(work: () => Promise<T>): Promise<T> {
  let failure: unknown;
  for (const wait of waitsMs) {
    if (wait > 0) await delay(wait);
    try {
      return await work();
    } catch (error) {
      if (!isUnknown(error)) throw error;
      failure = error;
    }
  }
  throw failure;
}

/** Errors of the connection, by the system and by undici. */
const connectionCodes = /^(E[A-Z]+|UND_ERR_\w+)$/;
const timeouts: ReadonlySet<unknown> = new Set(['AbortError', 'TimeoutError']);

/** Whether a failure leaves open what Discord did: no answer, or one that says nothing (5xx). */
export function isUnknown(error: unknown): boolean {
  if (error instanceof HTTPError) return true;
  const { code, name } = error as { code?: unknown; name?: unknown };
  return timeouts.has(name) || (typeof code === 'string' && connectionCodes.test(code));
}

/**
 * Creates something that must not be there twice.
 * @param find looks on Discord for what may have been made without an answer; undefined when it is not there.
 * @throws whatever keeps it from being made, or from being looked for.
 */
export async function createOnce<T>(create: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!isUnknown(error)) throw error;
    // Where it was not carried out, it is tried once more; a second failure is for the caller to tell.
    return (await retry(find)) ?? (await create());
  }
}
