import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { codesOf } from './refusals.ts';

/**
 * Why a request of a delivery failed, in the three kinds that call for different things:
 * - `limited`: Discord has not taken it and says when to come back;
 * - `away`: no answer, or an answer that says nothing (5xx, cut connection): it may or may not have been carried out;
 * - `refused`: Discord understood and said no; `code` is its own.
 */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly kind: 'limited' | 'away' | 'refused';
  /** For `refused` Discord's number as text, otherwise a status or an error's name: for operators. */
  readonly code: string;
  readonly retryAfterMs: number;

  constructor(kind: RequestFailure['kind'], code: string, retryAfterMs = 0) {
    super(`${kind}: ${code}`);
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Discord thinks that the bot writes to too many people; it names no time. */
const slowDownCodes: ReadonlySet<string> = new Set(['20026', '40003']);
const slowDownMs = 10 * 60_000;

/** Sorts whatever discord.js threw for a request. */
export function toFailure(error: unknown): RequestFailure {
  if (error instanceof RateLimitError) {
    return new RequestFailure('limited', '429', Math.max(error.retryAfter, error.timeToReset, error.sublimitTimeout));
  }
  if (error instanceof HTTPError) return new RequestFailure('away', String(error.status));
  if (error instanceof DiscordAPIError) {
    const code = String(error.code);
    if (slowDownCodes.has(code)) return new RequestFailure('limited', code, slowDownMs);
    // Without a code of Discord's own it is a proxy that speaks; 401 means that the operator's token has changed.
    if (error.status === 401 || !/^\d+$/.test(code) || code === '0')
      return new RequestFailure('away', String(error.status));
    return new RequestFailure('refused', code);
  }
  const { code, name } = error as { code?: unknown; name?: unknown };
  return new RequestFailure('away', typeof code === 'string' ? code : String(name));
}

/** The person is not in the server, or no longer on Discord. */
export const goneMemberCodes = codesOf('member-gone');
export const goneChannelCodes = codesOf('channel-gone');

/** Whether Discord refused with one of these codes. What follows from a refusal otherwise stands in `refusals.ts`. */
export function isRefusal(error: unknown, among: ReadonlySet<string>): error is RequestFailure {
  return error instanceof RequestFailure && error.kind === 'refused' && among.has(error.code);
}
