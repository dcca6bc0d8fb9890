import { describe, expect, it } from 'vitest';
import { findByName, TypingError } from '../../../sandbox/console/names.ts';
import { parseDuration, parseLine, splitList } from '../../../sandbox/console/parse.ts';

const slash = (words: string[], options: Record<string, string> = {}) => {
  return { kind: 'slash', words, options: new Map(Object.entries(options)) };
};

describe('a typed line', () => {
  it.each([
    ['', { kind: 'nothing' }],
    ['   ', { kind: 'nothing' }],
    ['as Amara', { kind: 'as', name: 'Amara' }],
    ['AS  "Amara"', { kind: 'as', name: 'Amara' }],
    ['press Accept', { kind: 'press', label: 'Accept' }],
    ['press [Not now]', { kind: 'press', label: 'Not now' }],
    ['choose Specialty: Pediatrics, Surgery', { kind: 'choose', menu: 'Specialty', values: ['Pediatrics', 'Surgery'] }],
    ['choose Pediatrics', { kind: 'choose', menu: undefined, values: ['Pediatrics'] }],
    ['choose "Menu": "a, b", c', { kind: 'choose', menu: 'Menu', values: ['a, b', 'c'] }],
    ['say Hello, all: welcome', { kind: 'say', text: 'Hello, all: welcome' }],
    ['look', { kind: 'look', place: undefined }],
    ['look #general', { kind: 'look', place: 'general' }],
    ['clock', { kind: 'clock', forwardMs: undefined }],
    ['clock +1d', { kind: 'clock', forwardMs: 86_400_000 }],
    ['people', { kind: 'people' }],
    ['exit', { kind: 'quit' }],
    ['quit', { kind: 'quit' }],
  ])('%j is understood', (line, meaning) => expect(parseLine(line)).toEqual(meaning));

  it.each([
    ['/tip', slash(['tip'])],
    ['/register mentor timezone:Asia/Karachi', slash(['register', 'mentor'], { timezone: 'Asia/Karachi' })],
    [
      '/register mentor timezone:New York capacity:2',
      slash(['register', 'mentor'], { timezone: 'New York', capacity: '2' }),
    ],
    ['/say text:"a: b \\"c\\"" to:x', slash(['say'], { text: 'a: b "c"', to: 'x' })],
    ['/say text: hello', slash(['say'], { text: 'hello' })],
    ['/say at:10:30', slash(['say'], { at: '10:30' })],
    ['/say text:see https://example.org/a', slash(['say'], { text: 'see', https: '//example.org/a' })],
    ['/say text:"see https://example.org/a"', slash(['say'], { text: 'see https://example.org/a' })],
    ['/mentor request Hamza', slash(['mentor', 'request', 'Hamza'])],
    ['/say text:"open', slash(['say'], { text: 'open' })],
  ])('%j is a command', (line, meaning) => expect(parseLine(line)).toEqual(meaning));

  it.each([
    ['pres Accept', /Did you mean "press"/],
    ['dance', /no "dance" here/],
    ['as', /Say whom/],
    ['choose', /Say what/],
    ['choose Menu:', /which values/],
    ['clock -1d', /only moves forward/],
    ['clock soon', /Say how far/],
    ['/', /name of a command/],
  ])('%j gets a hint', (line, text) => {
    expect(parseLine(line)).toEqual({ kind: 'unknown', hint: expect.stringMatching(text) as unknown });
  });
});

describe('a duration', () => {
  it('adds up its parts', () => {
    expect(parseDuration('2h30m')).toBe(9_000_000);
    expect(parseDuration('1w 1d')).toBe(691_200_000);
    expect(parseDuration('90s')).toBe(90_000);
  });

  it('is nothing without a unit', () => {
    expect(parseDuration('5')).toBeUndefined();
    expect(parseDuration('')).toBeUndefined();
  });
});

describe('a list', () => {
  it('is split at commas outside quotes', () => {
    expect(splitList('a, "b, c" ,d,')).toEqual(['a', 'b, c', 'd']);
  });
});

describe('a name', () => {
  const find = (typed: string) =>
    findByName(typed, ['Andrés', 'Amara', 'Amara Two', 'self-care'], (name) => name, 'person');

  it('is found without accents, by its beginning or by a word in it', () => {
    expect(find('andres')).toBe('Andrés');
    expect(find('amara')).toBe('Amara');
    expect(find('two')).toBe('Amara Two');
    expect(find('care')).toBe('self-care');
  });

  it('is asked for again when several or none fit', () => {
    expect(() => find('ama')).toThrow(new TypingError('"ama" could be Amara, Amara Two.'));
    expect(() => find('Zoe')).toThrow('There is no person "Zoe". There is: Andrés, Amara, Amara Two, self-care.');
    expect(() => find('')).toThrow(TypingError);
  });
});
