import { describe, expect, it } from 'vitest';
import { callback, codes, faultsOf, testBorders, text, times } from './border.ts';

describe('the answer to an interaction', () => {
  const data = { content: 'x' };
  testBorders([
    {
      name: 'a known type',
      in: callback,
      allowed: { type: 4, data },
      refused: { type: 3, data },
      at: 'type',
      code: 'UNION_TYPE_CHOICES',
    },
    {
      name: 'a deferral says ephemeral and no more',
      in: callback,
      allowed: { type: 5, data: { flags: 64 } },
      refused: { type: 5, data: { flags: 64 | (1 << 15) } },
      at: 'data.flags',
      code: 'MESSAGE_FLAGS_INVALID',
    },
    {
      name: '25 choices',
      in: callback,
      allowed: { type: 8, data: { choices: times(25, (i) => ({ name: 'n', value: String(i) })) } },
      refused: { type: 8, data: { choices: times(26, (i) => ({ name: 'n', value: String(i) })) } },
      at: 'data.choices',
      code: codes.LONG,
    },
    {
      name: 'choice name of 100',
      in: callback,
      allowed: { type: 8, data: { choices: [{ name: text(100), value: 'v' }] } },
      refused: { type: 8, data: { choices: [{ name: text(101), value: 'v' }] } },
      at: 'data.choices.0.name',
      code: codes.BAD,
    },
    {
      name: 'choice value of 100',
      in: callback,
      allowed: { type: 8, data: { choices: [{ name: 'n', value: text(100) }] } },
      refused: { type: 8, data: { choices: [{ name: 'n', value: text(101) }] } },
      at: 'data.choices.0.value',
      code: codes.LONG,
    },
    {
      name: 'content of 2000',
      in: callback,
      allowed: { type: 4, data: { content: text(2000) } },
      refused: { type: 4, data: { content: text(2001) } },
      at: 'data.content',
      code: codes.LONG,
    },
  ]);

  it('may be numbers among the choices', () => {
    const choices = [{ name: 'one', value: 1 }];
    expect(faultsOf('POST', '/interactions/1/t/callback', { type: 8, data: { choices } })).toEqual([]);
  });

  it('may be a bare deferral', () => {
    expect(faultsOf('POST', '/interactions/1/t/callback', { type: 5 })).toEqual([]);
    expect(faultsOf('POST', '/interactions/1/t/callback', { type: 6 })).toEqual([]);
  });
});
