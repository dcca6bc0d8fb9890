import { expect, test } from 'vitest';
import { createLog, serializeError } from '../src/log.ts';

test('the log names an error and where it was, and nothing of what a person typed', () => {
  const typed = 'my score\nat the hospital of Lagos I failed\n    at heart (a poem:1:2) I am\n  at home';
  const error = new Error(typed, { cause: new Error(typed) });
  error.name = 'SqliteError';
  const text = JSON.stringify(serializeError(error));
  expect(text).toContain('log.test.ts');
  for (const word of ['score', 'Lagos', 'poem', 'home']) expect(text).not.toContain(word);
});

test('whatever is thrown can be logged', () => {
  for (const thrown of ['typed', undefined, null, { secret: 'typed' }]) {
    expect(JSON.stringify(serializeError(thrown))).not.toContain('typed');
  }
  expect(() => createLog('silent').error({ err: new Error('no') }, 'a fault')).not.toThrow();
});
