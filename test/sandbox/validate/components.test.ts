import { describe, expect, it } from 'vitest';
import { codes, element, faultsOf, inside, newMessage, testBorders, text, times, type Target } from './border.ts';

const V2 = 1 << 15;
const rows = inside(newMessage, 'components', { content: 'x' });
const row = inside(element(rows), 'components', { type: 1 });
const inRow: Target = element(row);
const modern = inside(newMessage, 'components', { flags: V2 });
const button = (change: object = {}): object => ({ type: 2, style: 1, label: 'A', custom_id: 'a', ...change });
const unique = (index: number): object => button({ custom_id: `a${index}` });
const option = (index: number): object => ({ label: `o${index}`, value: `v${index}` });
const select = (change: object = {}): object => ({ type: 3, custom_id: 's', options: times(3, option), ...change });
const words = (length: number): object => ({ type: 10, content: text(length) });

describe('rows', () => {
  testBorders([
    {
      name: 'five rows',
      in: rows,
      allowed: times(5, (i) => ({ type: 1, components: [unique(i)] })),
      refused: times(6, (i) => ({ type: 1, components: [unique(i)] })),
      code: codes.BAD,
    },
    { name: 'five buttons', in: row, allowed: times(5, unique), refused: times(6, unique), code: codes.BAD },
    {
      name: 'at least one component',
      in: row,
      allowed: [button()],
      refused: [],
      code: codes.BAD,
    },
    {
      name: 'one menu alone',
      in: row,
      allowed: [select()],
      refused: [select(), button()],
      at: '1',
      code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    },
    {
      name: 'different custom ids',
      in: row,
      allowed: [unique(1), unique(2)],
      refused: [unique(1), unique(1)],
      at: '1.custom_id',
      code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
    },
    {
      name: 'different ids, where they are given',
      in: row,
      allowed: [button({ id: 0 }), button({ id: 0, custom_id: 'b' })],
      refused: [button({ id: 1 }), button({ id: 1, custom_id: 'b' })],
      at: '1.id',
      code: 'COMPONENT_ID_DUPLICATED',
    },
    {
      name: 'only rows without the flag',
      in: element(rows),
      allowed: { type: 1, components: [button()] },
      refused: words(1),
      at: 'type',
      code: 'UNION_TYPE_CHOICES',
    },
  ]);

  it('tell duplicates across rows too', () => {
    const components = times(2, () => ({ type: 1, components: [button()] }));
    expect(faultsOf('POST', '/channels/1/messages', { components })).toEqual([
      'components.1.components.0.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED',
    ]);
  });
});

describe('buttons', () => {
  const link = { type: 2, style: 5, label: 'Open', url: 'https://example.org' };
  testBorders([
    {
      name: 'custom id of 100',
      in: inRow,
      allowed: button({ custom_id: text(100) }),
      refused: button({ custom_id: text(101) }),
      at: 'custom_id',
      code: codes.BAD,
    },
    {
      name: 'custom id of 1',
      in: inRow,
      allowed: button({ custom_id: 'x' }),
      refused: button({ custom_id: '' }),
      at: 'custom_id',
      code: codes.REQUIRED,
    },
    {
      name: 'a custom id at all',
      in: inRow,
      allowed: button(),
      refused: button({ custom_id: undefined }),
      at: 'custom_id',
      code: 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
    },
    {
      name: 'label of 80',
      in: inRow,
      allowed: button({ label: text(80) }),
      refused: button({ label: text(81) }),
      at: 'label',
      code: codes.LONG,
    },
    {
      name: 'a label or an emoji',
      in: inRow,
      allowed: button({ label: undefined, emoji: { name: '👍' } }),
      refused: button({ label: undefined }),
      at: 'label',
      code: 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
    },
    {
      name: 'a real emoji',
      in: inRow,
      allowed: button({ emoji: { name: '🇵🇰', animated: false } }),
      refused: button({ emoji: { name: ':smile:' } }),
      at: 'emoji.name',
      code: 'BUTTON_COMPONENT_INVALID_EMOJI',
    },
    {
      name: 'a link has an address',
      in: inRow,
      allowed: link,
      refused: { ...link, url: undefined },
      at: 'url',
      code: 'BUTTON_COMPONENT_URL_REQUIRED',
    },
    {
      name: 'a link has no custom id',
      in: inRow,
      allowed: link,
      refused: { ...link, custom_id: 'a' },
      code: 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    },
    {
      name: 'address of 512',
      in: inRow,
      allowed: { ...link, url: `https://example.org/${text(492)}` },
      refused: { ...link, url: `https://example.org/${text(493)}` },
      at: 'url',
      code: codes.LONG,
    },
    {
      name: 'address of the web',
      in: inRow,
      allowed: { ...link, url: 'http://example.org' },
      refused: { ...link, url: 'ftp://example.org' },
      at: 'url',
      code: 'URL_TYPE_INVALID_SCHEME',
    },
    {
      name: 'six styles',
      in: inRow,
      allowed: button({ style: 4 }),
      refused: button({ style: 7 }),
      at: 'style',
      code: 'BASE_TYPE_CHOICES',
    },
    {
      name: 'a premium button is its SKU',
      in: inRow,
      allowed: { type: 2, style: 6, sku_id: '1' },
      refused: { type: 2, style: 6, sku_id: '1', label: 'Buy' },
      code: 'BUTTON_COMPONENT_PREMIUM_EXCLUSIVE',
    },
  ]);
});

describe('select menus', () => {
  const userSelect = (change: object): object => ({ type: 5, custom_id: 's', ...change });
  const user = (index: number): object => ({ type: 'user', id: String(index + 1) });
  testBorders([
    {
      name: '25 options',
      in: inRow,
      allowed: select({ options: times(25, option) }),
      refused: select({ options: times(26, option) }),
      at: 'options',
      code: codes.BAD,
    },
    {
      name: 'one option',
      in: inRow,
      allowed: select({ options: [option(1)] }),
      refused: select({ options: [] }),
      at: 'options',
      code: codes.BAD,
    },
    {
      name: 'different values',
      in: inRow,
      allowed: select(),
      refused: select({ options: [option(1), option(1)] }),
      at: 'options.1.value',
      code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    },
    {
      name: 'placeholder of 150',
      in: inRow,
      allowed: select({ placeholder: text(150) }),
      refused: select({ placeholder: text(151) }),
      at: 'placeholder',
      code: codes.LONG,
    },
    {
      name: 'option label of 100',
      in: inRow,
      allowed: select({ options: [{ label: text(100), value: 'v' }] }),
      refused: select({ options: [{ label: text(101), value: 'v' }] }),
      at: 'options.0.label',
      code: codes.BAD,
    },
    {
      name: 'option value of 100',
      in: inRow,
      allowed: select({ options: [{ label: 'l', value: text(100) }] }),
      refused: select({ options: [{ label: 'l', value: text(101) }] }),
      at: 'options.0.value',
      code: codes.BAD,
    },
    {
      name: 'option description of 100',
      in: inRow,
      allowed: select({ options: [{ label: 'l', value: 'v', description: text(100) }] }),
      refused: select({ options: [{ label: 'l', value: 'v', description: text(101) }] }),
      at: 'options.0.description',
      code: codes.LONG,
    },
    {
      name: 'as many values as options',
      in: inRow,
      allowed: select({ max_values: 3 }),
      refused: select({ max_values: 4 }),
      at: 'options',
      code: codes.BAD,
    },
    {
      name: 'the least below the most',
      in: inRow,
      allowed: select({ min_values: 2, max_values: 2 }),
      refused: select({ min_values: 2 }),
      at: 'min_values',
      code: 'NUMBER_TYPE_MAX',
    },
    {
      name: 'defaults within the most',
      in: inRow,
      allowed: select({ options: [{ ...option(1), default: true }, option(2)] }),
      refused: select({
        options: [
          { ...option(1), default: true },
          { ...option(2), default: true },
        ],
      }),
      at: 'options',
      code: codes.LONG,
    },
    {
      name: '25 values',
      in: inRow,
      allowed: userSelect({ max_values: 25 }),
      refused: userSelect({ max_values: 26 }),
      at: 'max_values',
      code: 'NUMBER_TYPE_MAX',
    },
    {
      name: 'default people within the most',
      in: inRow,
      allowed: userSelect({ max_values: 2, default_values: times(2, user) }),
      refused: userSelect({ max_values: 2, default_values: times(3, user) }),
      at: 'default_values',
      code: codes.LONG,
    },
  ]);
});

describe('components with IS_COMPONENTS_V2', () => {
  const picture = (): object => ({ media: { url: 'https://example.org/a.png' } });
  const section = (texts: number): object => ({
    type: 9,
    components: times(texts, () => words(1)),
    accessory: button(),
  });
  const container = (children: number): object => ({ type: 17, components: times(children, () => words(1)) });
  testBorders([
    {
      name: '40 in all, nested ones counted',
      in: modern,
      allowed: [container(38), words(1)],
      refused: [container(39), words(1)],
      code: codes.LONG,
    },
    {
      name: '4000 characters in all',
      in: modern,
      allowed: [words(2000), words(2000)],
      refused: [words(2000), words(2001)],
      code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    },
    {
      name: 'three texts in a section',
      in: element(modern),
      allowed: section(3),
      refused: section(4),
      at: 'components',
      code: codes.BAD,
    },
    {
      name: 'an accessory beside a section',
      in: element(modern),
      allowed: section(1),
      refused: { ...section(1), accessory: undefined },
      at: 'accessory',
      code: codes.REQUIRED,
    },
    {
      name: 'ten pictures in a gallery',
      in: element(modern),
      allowed: { type: 12, items: times(10, picture) },
      refused: { type: 12, items: times(11, picture) },
      at: 'items',
      code: codes.BAD,
    },
    {
      name: 'no container in a container',
      in: inside(element(modern), 'components', { type: 17 }),
      allowed: [words(1)],
      refused: [container(1)],
      at: '0.type',
      code: 'UNION_TYPE_CHOICES',
    },
    {
      name: 'files are those sent along',
      in: element(modern),
      allowed: { type: 13, file: { url: 'attachment://a.ics' } },
      refused: { type: 13, file: { url: 'https://example.org/a.ics' } },
      at: 'file.url',
      code: 'URL_TYPE_INVALID_SCHEME',
    },
  ]);

  it('leave no place for content, embeds, a poll or stickers', () => {
    const poll = { question: { text: 'When?' }, answers: [{ poll_media: { text: 'Now' } }] };
    const body = {
      flags: V2,
      components: [words(1)],
      content: 'x',
      embeds: [{ title: 't' }],
      poll,
      sticker_ids: ['1'],
    };
    expect(faultsOf('POST', '/channels/1/messages', body)).toEqual(
      ['content', 'embeds', 'poll', 'sticker_ids'].map(
        (key) => `${key}: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2`,
      ),
    );
  });

  it('may replace content by an edit that clears it', () => {
    const body = { flags: V2, content: null, embeds: [], components: [words(1)] };
    expect(faultsOf('PATCH', '/channels/1/messages/2', body)).toEqual([]);
  });

  it('need no flag in an edit of a message that has it', () => {
    const body = { components: [words(1)] };
    expect(faultsOf('PATCH', '/channels/1/messages/2', body, { flags: V2 })).toEqual([]);
    expect(faultsOf('PATCH', '/channels/1/messages/2', body)).toEqual([]);
    expect(faultsOf('PATCH', '/channels/1/messages/2', body, { flags: 0 })).toEqual([
      'components.0.type: UNION_TYPE_CHOICES',
    ]);
  });
});
