import { describe, expect, it } from 'vitest';
import { callback, codes, element, faultsOf, inside, testBorders, text, times } from './border.ts';

const data = inside(callback, 'data', { type: 9 });
const rows = inside(data, 'components', { custom_id: 'm', title: 'Form' });
const labeled = inside(element(rows), 'component', { type: 18, label: 'L' });
const input = (change: object = {}): object => ({ type: 4, custom_id: 'i', style: 1, ...change });
const label = (index: number): object => ({ type: 18, label: 'L', component: input({ custom_id: `i${index}` }) });
const option = (index: number): object => ({ label: `o${index}`, value: `v${index}` });
const options = (count: number): object[] => times(count, option);
const modal = (change: object): object => ({ custom_id: 'm', title: 'Form', components: [label(0)], ...change });

describe('the limits of a modal', () => {
  testBorders([
    {
      name: 'title of 45',
      in: data,
      allowed: modal({ title: text(45) }),
      refused: modal({ title: text(46) }),
      at: 'title',
      code: codes.BAD,
    },
    {
      name: 'custom id of 100',
      in: data,
      allowed: modal({ custom_id: text(100) }),
      refused: modal({ custom_id: text(101) }),
      at: 'custom_id',
      code: codes.BAD,
    },
    { name: 'five fields', in: rows, allowed: times(5, label), refused: times(6, label), code: codes.BAD },
    { name: 'one field', in: rows, allowed: [label(0)], refused: [], code: codes.BAD },
    {
      name: 'text between the fields',
      in: rows,
      allowed: [label(0), { type: 10, content: 'Why we ask' }],
      refused: [label(0), { type: 14 }],
      at: '1.type',
      code: 'UNION_TYPE_CHOICES',
    },
    {
      name: 'different custom ids',
      in: rows,
      allowed: [label(0), label(1)],
      refused: [label(0), label(0)],
      at: '1.component.custom_id',
      code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
    },
    {
      name: 'label of 45',
      in: element(rows),
      allowed: { ...label(0), label: text(45) },
      refused: { ...label(0), label: text(46) },
      at: 'label',
      code: codes.BAD,
    },
    {
      name: 'description of 100',
      in: element(rows),
      allowed: { ...label(0), description: text(100) },
      refused: { ...label(0), description: text(101) },
      at: 'description',
      code: codes.BAD,
    },
    {
      name: 'no buttons in a label',
      in: labeled,
      allowed: input(),
      refused: { type: 2, style: 1, custom_id: 'b', label: 'B' },
      at: 'type',
      code: 'UNION_TYPE_CHOICES',
    },
  ]);
});

describe('the fields of a modal', () => {
  const radio = (count: number): object => ({ type: 21, custom_id: 'r', options: options(count) });
  const boxes = (change: object): object => ({ type: 22, custom_id: 'c', options: options(3), ...change });
  const select = (change: object): object => ({ type: 3, custom_id: 's', options: options(3), ...change });
  const upload = (change: object): object => ({ type: 19, custom_id: 'u', ...change });
  testBorders([
    {
      name: 'text of 4000',
      in: labeled,
      allowed: input({ max_length: 4000 }),
      refused: input({ max_length: 4001 }),
      at: 'max_length',
      code: 'NUMBER_TYPE_MAX',
    },
    {
      name: 'filled-in text of 4000',
      in: labeled,
      allowed: input({ value: text(4000) }),
      refused: input({ value: text(4001) }),
      at: 'value',
      code: codes.LONG,
    },
    {
      name: 'filled-in text within its own limit',
      in: labeled,
      allowed: input({ max_length: 5, value: text(5) }),
      refused: input({ max_length: 5, value: text(6) }),
      at: 'value',
      code: codes.LONG,
    },
    {
      name: 'the least text below the most',
      in: labeled,
      allowed: input({ min_length: 5, max_length: 5 }),
      refused: input({ min_length: 6, max_length: 5 }),
      at: 'min_length',
      code: 'NUMBER_TYPE_MAX',
    },
    {
      name: 'placeholder of 100',
      in: labeled,
      allowed: input({ placeholder: text(100) }),
      refused: input({ placeholder: text(101) }),
      at: 'placeholder',
      code: codes.LONG,
    },
    { name: 'ten radio buttons', in: labeled, allowed: radio(10), refused: radio(11), at: 'options', code: codes.BAD },
    { name: 'two radio buttons', in: labeled, allowed: radio(2), refused: radio(1), at: 'options', code: codes.BAD },
    {
      name: 'ten checkboxes',
      in: labeled,
      allowed: boxes({ options: options(10) }),
      refused: boxes({ options: options(11) }),
      at: 'options',
      code: codes.BAD,
    },
    {
      name: 'one checkbox',
      in: labeled,
      allowed: boxes({ options: options(1) }),
      refused: boxes({ options: [] }),
      at: 'options',
      code: codes.BAD,
    },
    {
      name: 'as many checks as boxes',
      in: labeled,
      allowed: boxes({ max_values: 3 }),
      refused: boxes({ max_values: 4 }),
      at: 'options',
      code: codes.BAD,
    },
    {
      name: 'a required group takes one at least',
      in: labeled,
      allowed: boxes({ min_values: 0, required: false }),
      refused: boxes({ min_values: 0 }),
      at: 'min_values',
      code: 'NUMBER_TYPE_MIN',
    },
    {
      name: 'a required menu takes one at least',
      in: labeled,
      allowed: select({ min_values: 0, required: false }),
      refused: select({ min_values: 0, required: true }),
      at: 'min_values',
      code: 'NUMBER_TYPE_MIN',
    },
    {
      name: 'nothing is disabled',
      in: labeled,
      allowed: select({ disabled: false }),
      refused: select({ disabled: true }),
      at: 'disabled',
      code: 'COMPONENT_DISABLED_IN_MODAL',
    },
    {
      name: 'ten files',
      in: labeled,
      allowed: upload({ max_values: 10 }),
      refused: upload({ max_values: 11 }),
      at: 'max_values',
      code: 'NUMBER_TYPE_MAX',
    },
    {
      name: 'ten kinds of file',
      in: labeled,
      allowed: upload({ file_types: times(10, (i) => `.t${i}`) }),
      refused: upload({ file_types: times(11, (i) => `.t${i}`) }),
      at: 'file_types',
      code: codes.LONG,
    },
    {
      name: 'a checkbox is not required',
      in: labeled,
      allowed: { type: 23, custom_id: 'c' },
      refused: { type: 23, custom_id: 'c', required: true },
      at: 'required',
      code: codes.UNKNOWN,
    },
  ]);

  it('may be written in the older form, one labeled text input a row', () => {
    const send = (components: unknown) =>
      faultsOf('POST', '/interactions/1/t/callback', { type: 9, data: { custom_id: 'm', title: 'Form', components } });
    expect(send([{ type: 1, components: [input({ label: 'L' })] }])).toEqual([]);
    expect(send([{ type: 1, components: [input()] }])).toEqual([
      `data.components.0.components.0.label: ${codes.REQUIRED}`,
    ]);
    const two = [input({ label: 'L' }), input({ label: 'L', custom_id: 'j' })];
    expect(send([{ type: 1, components: two }])).toEqual([`data.components.0.components: ${codes.BAD}`]);
  });
});
