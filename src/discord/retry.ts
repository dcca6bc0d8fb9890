/** What to do about a request whose outcome is unknown: discord.js repeats nothing by itself here (see client.ts). */
import { setTimeout as delay } from 'node:timers/promises';
import { HTTPError } from 'discord.js';

/** How long to wait before each try, in milliseconds: within the three seconds in which somebody waits. */
export const waitsMs = [0, 100, 300, 600] as const;

/** The same for what somebody was promised already: no clock runs any more, and Discord may be away for some seconds. */
export const patientWaitsMs = [...waitsMs, 2_000, 4_000] as const;

/**
 * Does again what may be done twice without harm, as long as its outcome stays unknown.
 * @param waits milliseconds before each try.
 */
export async function retry<T>(work: () => Promise<T>, waits: readonly number[] = waitsMs): Promise<T> {
  let failure: unknown;
  for (const wait of waits) {
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

/** Errors of the connection, by the system and by undici; `ERR_…` are Node's own, about wrong calls. */
const connectionCodes = /^(E(?!RR_)[A-Z_]+|UND_ERR_\w+)$/;
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
  for (let isLast = false; ; isLast = true) {
    try {
      return await create();
    } catch (error) {
      if (!isUnknown(error)) throw error;
      const made = await retry(find);
      if (made !== undefined) return made;
      // It was not carried out, so it is tried once more.
      if (isLast) throw error;
    }
  }
}
