import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { createOnce, isUnknown, retry } from '../../src/discord/retry.ts';

const url = 'https://discord.com/api/v10/x';
const request = { body: undefined, files: undefined };
const withCode = (code: string) => Object.assign(new Error(code), { code });
const timeOut = new DOMException('The request timed out', 'AbortError');
const away = new HTTPError(502, 'Bad Gateway', 'POST', url, request);
const refusal = new DiscordAPIError(
  { code: 50_013, message: 'Missing Permissions' },
  50_013,
  403,
  'POST',
  url,
  request,
);

describe('a failure', () => {
  test.each([
    away,
    timeOut,
    ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'].map(withCode),
  ])('of the connection leaves open what Discord did: $code $name', (error) => {
    expect(isUnknown(error)).toBe(true);
  });

  test.each([
    refusal,
    new RateLimitError({
      global: false,
      hash: 'x',
      limit: 5,
      majorParameter: 'x',
      method: 'POST',
      retryAfter: 1,
      route: '/x',
      scope: 'user',
      sublimitTimeout: 0,
      timeToReset: 1,
      url,
    }),
    new Error('a mistake of ours'),
    ...['ERR_INVALID_ARG_TYPE', 'InteractionNotReplied', 'SQLITE_BUSY'].map(withCode),
  ])('of another kind says that nothing was done: $code $name', (error) => {
    expect(isUnknown(error)).toBe(false);
  });
});

describe('doing again', () => {
  /** Fails as the list says, one after the other, then gives `done`. */
  function failing(...failures: readonly Error[]): { readonly work: () => Promise<string>; count: number } {
    const tried = {
      count: 0,
      work: () => {
        tried.count += 1;
        const failure = failures[tried.count - 1];
        return failure ? Promise.reject(failure) : Promise.resolve('done');
      },
    };
    return tried;
  }

  test('ends with the first answer, whatever it is', async () => {
    const luckyAtLast = failing(away, timeOut);
    expect(await retry(luckyAtLast.work, [0, 0, 0])).toBe('done');
    const refused = failing(away, refusal);
    await expect(retry(refused.work, [0, 0, 0])).rejects.toBe(refusal);
    expect(refused.count).toBe(2);
  });

  test('ends after the last wait with the last failure', async () => {
    const tried = failing(away, away, timeOut, away);
    await expect(retry(tried.work, [0, 0, 0])).rejects.toBe(timeOut);
    expect(tried.count).toBe(3);
  });

  test('creates nothing again that is there', async () => {
    const tried = failing(away);
    expect(await createOnce(tried.work, () => Promise.resolve('found'))).toBe('found');
    expect(tried.count).toBe(1);
  });

  test('creates once more what is not there, and looks for that too', async () => {
    const again = failing(away);
    expect(await createOnce(again.work, () => Promise.resolve(undefined))).toBe('done');
    const lost = failing(away, timeOut);
    const finds = [undefined, 'found'];
    expect(await createOnce(lost.work, () => Promise.resolve(finds.shift()))).toBe('found');
    expect(lost.count).toBe(2);
    const gone = failing(away, timeOut);
    await expect(createOnce(gone.work, () => Promise.resolve(undefined))).rejects.toBe(timeOut);
    expect(gone.count).toBe(2);
  });

  test('never creates again what Discord refused', async () => {
    const tried = failing(refusal);
    await expect(createOnce(tried.work, () => Promise.resolve('found'))).rejects.toBe(refusal);
  });
});
