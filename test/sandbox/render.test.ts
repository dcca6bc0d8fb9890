import type { APIMessage, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../sandbox/api.ts';
import { canStyle, renderAnswer, renderMessage, renderModal, type View } from '../../sandbox/render/index.ts';
import { formatInline, formatMarkdown } from '../../sandbox/render/markdown.ts';
import { wrap, widthOf } from '../../sandbox/render/wrap.ts';

const now = Date.parse('2026-11-30T09:00:00Z');
const view: View = {
  timeZone: 'Asia/Karachi',
  now,
  userName: (id) => (id === '1' ? 'Amina' : undefined),
  channelName: (id) => (id === '2' ? 'general' : undefined),
  roleName: () => 'Mentors',
};
const stamp = (hours: number, style: string): string => `<t:${now / 1000 + hours * 3600}:${style}>`;

function message(change: object): APIMessage {
  const author = { id: '9', username: 'Preceptor', global_name: null, bot: true };
  return { author, timestamp: '2026-11-30T09:00:00.000Z', ...change } as unknown as APIMessage;
}
/** The lines below the header. */
function body(change: object, as: View = view): string[] {
  return renderMessage(message(change), as).split('\n').slice(1);
}

describe('text', () => {
  it.each([
    ['loses its marks', '**bold**, *slanted*, __under__, ~~gone~~ and `code`', 'bold, slanted, under, gone and code'],
    ['keeps marks that are escaped', String.raw`2 \* 3 \* 4 and snake_case_name`, '2 * 3 * 4 and snake_case_name'],
    ['names people, channels and roles', '<@1> <@!1> <@7> <#2> <@&3>', '@Amina @Amina @unknown #general @Mentors'],
    ['names commands', 'Use </mentor find:123>.', 'Use /mentor find.'],
    ['shows the address of a link', '[ECFMG](https://www.ecfmg.org/a_b_c)', 'ECFMG (https://www.ecfmg.org/a_b_c)'],
    ['says what is hidden', '||spoiler||', '(hidden: spoiler)'],
    ['puts relative stamps into words', `${stamp(48, 'R')}, ${stamp(-3, 'R')}`, 'in 2 days, 3 hours ago'],
    ["puts stamps into the reader's zone", stamp(0, 't'), '14:00'],
    ['puts stamps with a date into words', stamp(20, 'D'), '1 December 2026'],
    [
      'says so of a moment that no calendar has',
      '<t:8640000000001:R>, <t:-99999999999999999999>',
      'Invalid Date, Invalid Date',
    ],
    ['leaves code alone', '`**not bold** <@1>`', '**not bold** <@1>'],
  ])('%s', (_, given, shown) => {
    expect(formatInline(given, view)).toBe(shown);
  });

  it('shows headings, lists, quotes and code by their lines', () => {
    const given = '## Head\n- one\n  - two\n> said\n-# small\n```ts\ncode **x**\n```';
    expect(formatMarkdown(given, view)).toEqual(['Head', '• one', '  • two', '│ said', 'small', '    code **x**']);
  });

  it('breaks between words and hangs lists', () => {
    expect(wrap('• one two three', 9)).toEqual(['• one two', '  three']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrap('see https://example.org/long now', 8)).toEqual(['see', 'https://example.org/long', 'now']);
  });

  it('counts columns, not characters', () => {
    expect(widthOf('日本')).toBe(4);
    expect(widthOf('\u001B[1mab\u001B[0m')).toBe(2);
    expect(widthOf('e\u0301')).toBe(1);
  });
});

describe('a message', () => {
  it('says who wrote it, when, and that it is for one person only', () => {
    expect(renderMessage(message({ content: 'Hello', flags: 64 }), view)).toBe(
      'Preceptor · bot · 30/11/2026, 14:00 · (only you can see this)\n  Hello',
    );
  });

  it('shows an embed with its fields and footer', () => {
    const embeds = [
      {
        title: 'A request for you',
        description: 'From <@1>',
        fields: [
          { name: 'Stage', value: 'Step 1' },
          { name: 'About', value: 'First line\nsecond line' },
        ],
        footer: { text: 'Expires soon' },
      },
    ];
    expect(body({ embeds })).toEqual([
      '  │ A request for you',
      '  │ From @Amina',
      '  │ Stage: Step 1',
      '  │ About',
      '  │   First line',
      '  │   second line',
      '  │ Expires soon',
    ]);
  });

  it('shows buttons and menus in brackets, and says in words what is off', () => {
    const options = [
      { label: 'Pediatrics', value: 'p' },
      { label: 'Surgery', value: 's' },
    ];
    const components = [
      {
        type: 1,
        components: [
          { type: 2, style: 3, label: 'Accept', custom_id: 'a' },
          { type: 2, style: 4, label: 'Decline', custom_id: 'd', disabled: true },
          { type: 2, style: 5, label: 'Guide', url: 'https://example.org' },
        ],
      },
      { type: 1, components: [{ type: 3, custom_id: 's', placeholder: 'Choose a specialty', options }] },
    ];
    expect(body({ components })).toEqual([
      '  [Accept] [Decline: off] [Guide → https://example.org]',
      '  [Choose a specialty ▾]',
      '    one of: Pediatrics · Surgery',
    ]);
  });

  it('shows the newer layout', () => {
    const components = [
      {
        type: 17,
        components: [
          { type: 10, content: '# Welcome' },
          { type: 14 },
          {
            type: 9,
            components: [{ type: 10, content: 'Start here' }],
            accessory: { type: 2, style: 1, label: 'Start', custom_id: 's' },
          },
        ],
      },
    ];
    expect(body({ components })).toEqual(['  │ Welcome', `  │ ${'─'.repeat(40)}`, '  │ Start here', '  │ [Start]']);
  });

  it('stays within the width', () => {
    const lines = body(
      { content: 'word '.repeat(60), embeds: [{ description: 'word '.repeat(60) }] },
      { ...view, width: 40 },
    );
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(40);
  });

  it('means the same without styling', () => {
    const embeds = [{ title: '**A** title', description: 'Text' }];
    const styled = renderMessage(message({ content: '**x y**', embeds }), { ...view, styled: true });
    expect(styled).toContain('\u001B[1mx\u001B[0m \u001B[1my\u001B[0m');
    // oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
    expect(styled.replaceAll(/\u001B\[\d+m/g, '')).toBe(renderMessage(message({ content: '**x y**', embeds }), view));
  });
});

describe('a form', () => {
  const modal = {
    custom_id: 'm',
    title: 'About you',
    components: [
      {
        type: 18,
        label: 'Specialties',
        description: 'Up to three',
        component: {
          type: 3,
          custom_id: 's',
          max_values: 3,
          options: [
            { label: 'Pediatrics', value: 'p', default: true },
            { label: 'Surgery', value: 's' },
          ],
        },
      },
      { type: 18, label: 'About', component: { type: 4, custom_id: 't', style: 2, required: false } },
      {
        type: 18,
        label: 'Stage',
        component: {
          type: 21,
          custom_id: 'r',
          options: [
            { label: 'Student', value: 'st', default: true },
            { label: 'Resident', value: 're', description: 'In training' },
          ],
        },
      },
    ],
  } as unknown as APIModalInteractionResponseCallbackData;

  it('shows every field with its label and what stands in it', () => {
    expect(renderModal(modal, view).split('\n')).toEqual([
      'Form: About you',
      '  Specialties',
      '    Up to three',
      '    [Pediatrics ▾]',
      '    1 to 3 of: Pediatrics · Surgery',
      '  About (optional)',
      '    [a longer text]',
      '  Stage',
      '    (•) Student',
      '    ( ) Resident: In training',
    ]);
  });
});

describe('an answer', () => {
  const answer = (change: object): Answer => ({
    kind: 'message',
    ephemeral: false,
    followUps: [],
    text: '',
    ackMs: 1,
    interactionId: '1',
    ...change,
  });

  it('says when the message has changed, and shows what followed', () => {
    const given = answer({
      kind: 'update',
      message: message({ content: 'Accepted' }),
      followUps: [message({ content: 'Next' })],
    });
    const lines = renderAnswer(given, view).split('\n');
    expect(lines[0]).toBe('(the message has changed)');
    expect(lines).toContain('  Accepted');
    expect(lines.at(-1)).toBe('  Next');
  });

  it('says so when there is nothing to show', () => {
    expect(renderAnswer(answer({ kind: 'update' }), view)).toBe('(done; there is nothing to show)');
  });
});

describe('styling', () => {
  it('is for terminals that do not refuse it', () => {
    expect(canStyle({ isTTY: true }, {})).toBe(true);
    expect(canStyle({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(canStyle({}, {})).toBe(false);
  });
});
