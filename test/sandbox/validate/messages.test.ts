import { describe, expect, it } from 'vitest';
import {
  codes,
  editedMessage,
  element,
  faultsOf,
  followUp,
  inside,
  newMessage,
  testBorders,
  text,
  times,
} from './border.ts';

const embed = element(inside(newMessage, 'embeds'));
const poll = inside(newMessage, 'poll');
const mentions = inside(newMessage, 'allowed_mentions', { content: 'hello' });
const button = { type: 2, style: 1, custom_id: 'a', label: 'A' };
const row = { type: 1, components: [button] };
const field = { name: 'n', value: 'v' };

describe('the limits of a message', () => {
  testBorders([
    {
      name: 'content of 2000',
      in: newMessage,
      allowed: { content: text(2000) },
      refused: { content: text(2001) },
      at: 'content',
      code: codes.LONG,
    },
    {
      name: 'edited content of 2000',
      in: editedMessage,
      allowed: { content: text(2000) },
      refused: { content: text(2001) },
      at: 'content',
      code: codes.LONG,
    },
    {
      name: 'nonce of 25',
      in: newMessage,
      allowed: { content: 'x', nonce: text(25) },
      refused: { content: 'x', nonce: text(26) },
      at: 'nonce',
      code: codes.LONG,
    },
    {
      name: 'ten embeds',
      in: newMessage,
      allowed: { embeds: times(10, () => ({ title: 't' })) },
      refused: { embeds: times(11, () => ({ title: 't' })) },
      at: 'embeds',
      code: codes.LONG,
    },
    {
      name: 'ten attachments',
      in: newMessage,
      allowed: { attachments: times(10, (id) => ({ id: String(id) })) },
      refused: { attachments: times(11, (id) => ({ id: String(id) })) },
      at: 'attachments',
      code: codes.LONG,
    },
    {
      name: 'three stickers',
      in: newMessage,
      allowed: { sticker_ids: ['1', '2', '3'] },
      refused: { sticker_ids: ['1', '2', '3', '4'] },
      at: 'sticker_ids',
      code: codes.LONG,
    },
    {
      name: 'flags of an ordinary message',
      in: newMessage,
      allowed: { content: 'x', flags: 1 << 12 },
      refused: { content: 'x', flags: 1 << 6 },
      at: 'flags',
      code: 'MESSAGE_FLAGS_INVALID',
    },
    {
      name: 'flags of a follow-up',
      in: followUp,
      allowed: { content: 'x', flags: 1 << 6 },
      refused: { content: 'x', flags: 1 << 7 },
      at: 'flags',
      code: 'MESSAGE_FLAGS_INVALID',
    },
  ]);
});

describe('the limits of an embed', () => {
  testBorders([
    {
      name: 'title of 256',
      in: embed,
      allowed: { title: text(256) },
      refused: { title: text(257) },
      at: 'title',
      code: codes.LONG,
    },
    {
      name: 'description of 4096',
      in: embed,
      allowed: { description: text(4096) },
      refused: { description: text(4097) },
      at: 'description',
      code: codes.LONG,
    },
    {
      name: '25 fields',
      in: embed,
      allowed: { fields: times(25, () => field) },
      refused: { fields: times(26, () => field) },
      at: 'fields',
      code: codes.LONG,
    },
    {
      name: 'field name of 256',
      in: embed,
      allowed: { fields: [{ name: text(256), value: 'v' }] },
      refused: { fields: [{ name: text(257), value: 'v' }] },
      at: 'fields.0.name',
      code: codes.LONG,
    },
    {
      name: 'field value of 1024',
      in: embed,
      allowed: { fields: [{ name: 'n', value: text(1024) }] },
      refused: { fields: [{ name: 'n', value: text(1025) }] },
      at: 'fields.0.value',
      code: codes.LONG,
    },
    {
      name: 'field value of more than white space',
      in: embed,
      allowed: { fields: [{ name: 'n', value: '\u200B' }] },
      refused: { fields: [{ name: 'n', value: ' ' }] },
      at: 'fields.0.value',
      code: codes.REQUIRED,
    },
    {
      name: 'footer of 2048',
      in: embed,
      allowed: { footer: { text: text(2048) } },
      refused: { footer: { text: text(2049) } },
      at: 'footer.text',
      code: codes.LONG,
    },
    {
      name: 'author of 256',
      in: embed,
      allowed: { author: { name: text(256) } },
      refused: { author: { name: text(257) } },
      at: 'author.name',
      code: codes.LONG,
    },
    {
      name: 'something to show',
      in: embed,
      allowed: { color: 1, image: { url: 'https://example.org/a.png' } },
      refused: { color: 1 },
      at: 'description',
      code: codes.REQUIRED,
    },
    {
      name: 'color of 24 bits',
      in: embed,
      allowed: { title: 't', color: 0xffffff },
      refused: { title: 't', color: 0x1000000 },
      at: 'color',
      code: 'NUMBER_TYPE_MAX',
    },
    {
      name: 'a well-formed address',
      in: embed,
      allowed: { title: 't', url: 'https://example.org' },
      refused: { title: 't', url: 'example' },
      at: 'url',
      code: 'URL_TYPE_INVALID_URL',
    },
    {
      name: 'an attachment as a picture, not as a link',
      in: embed,
      allowed: { image: { url: 'attachment://a.png' } },
      refused: { title: 't', url: 'attachment://a.png' },
      at: 'url',
      code: 'URL_TYPE_INVALID_SCHEME',
    },
    {
      name: 'a timestamp with an offset',
      in: embed,
      allowed: { title: 't', timestamp: '2026-11-01T00:00:00+05:30' },
      refused: { title: 't', timestamp: '2026-11-01' },
      at: 'timestamp',
      code: 'DATE_TIME_TYPE_PARSE',
    },
    {
      name: '6000 characters in all embeds together',
      in: inside(newMessage, 'embeds'),
      allowed: [
        { description: text(4000) },
        {
          title: text(200),
          fields: [{ name: text(200), value: text(1000) }],
          footer: { text: text(400) },
          author: { name: text(200) },
        },
      ],
      refused: [
        { description: text(4000) },
        {
          title: text(200),
          fields: [{ name: text(200), value: text(1000) }],
          footer: { text: text(400) },
          author: { name: text(201) },
        },
      ],
      code: 'MAX_EMBED_SIZE_EXCEEDED',
    },
  ]);
});

describe('the limits of a poll', () => {
  const question = { text: 'When?' };
  const answer = { poll_media: { text: 'Now' } };
  testBorders([
    {
      name: 'question of 300',
      in: poll,
      allowed: { question: { text: text(300) }, answers: [answer] },
      refused: { question: { text: text(301) }, answers: [answer] },
      at: 'question.text',
      code: codes.BAD,
    },
    {
      name: 'answer of 55',
      in: poll,
      allowed: { question, answers: [{ poll_media: { text: text(55) } }] },
      refused: { question, answers: [{ poll_media: { text: text(56) } }] },
      at: 'answers.0.poll_media.text',
      code: codes.LONG,
    },
    {
      name: 'ten answers',
      in: poll,
      allowed: { question, answers: times(10, () => answer) },
      refused: { question, answers: times(11, () => answer) },
      at: 'answers',
      code: codes.BAD,
    },
    {
      name: '768 hours',
      in: poll,
      allowed: { question, answers: [answer], duration: 768 },
      refused: { question, answers: [answer], duration: 769 },
      at: 'duration',
      code: 'NUMBER_TYPE_MAX',
    },
  ]);
});

describe('allowed mentions', () => {
  testBorders([
    {
      name: '100 users',
      in: mentions,
      allowed: { users: times(100, String) },
      refused: { users: times(101, String) },
      at: 'users',
      code: codes.LONG,
    },
    {
      name: 'users by id or by parsing',
      in: mentions,
      allowed: { parse: ['roles'], users: ['1'] },
      refused: { parse: ['users'], users: ['1'] },
      code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    },
    {
      name: 'roles by id or by parsing',
      in: mentions,
      allowed: { parse: ['roles'], roles: [] },
      refused: { parse: ['roles'], roles: ['1'] },
      code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    },
    {
      name: 'different users',
      in: mentions,
      allowed: { users: ['1', '2'] },
      refused: { users: ['1', '1'] },
      at: 'users',
      code: 'SET_TYPE_ALREADY_CONTAINS_VALUE',
    },
    {
      name: 'known kinds',
      in: mentions,
      allowed: { parse: ['users', 'roles', 'everyone'] },
      refused: { parse: ['here'] },
      at: 'parse.0',
      code: 'BASE_TYPE_CHOICES',
    },
  ]);
});

describe('an empty message', () => {
  const send = (body: unknown, files = 0) => faultsOf('POST', '/channels/1/messages', body, { files });
  const edit = (body: unknown) => faultsOf('PATCH', '/channels/1/messages/2', body);

  it('is refused, also with white space only', () => {
    expect(send({})).toEqual(['400 50006']);
    expect(send({ content: '  \n', embeds: [], tts: false })).toEqual(['400 50006']);
    expect(faultsOf('POST', '/interactions/1/t/callback', { type: 4, data: { flags: 64 } })).toEqual(['400 50006']);
    expect(faultsOf('POST', '/interactions/1/t/callback', { type: 4 })).toEqual(['400 50006']);
  });

  it('is not empty with a file, a forward or components', () => {
    expect(send({}, 1)).toEqual([]);
    expect(send({ message_reference: { type: 1, message_id: '1', channel_id: '1' } })).toEqual([]);
    expect(send({ components: [row] })).toEqual([]);
  });

  it('is what an edit leaves that takes everything away, and no other', () => {
    expect(edit({ content: '', embeds: [], components: [], attachments: [] })).toEqual(['400 50006']);
    expect(edit({ components: [] })).toEqual([]);
    expect(edit({ content: '' })).toEqual([]);
  });
});

describe('the shape of a message', () => {
  it('has no unknown keys', () => {
    const found = faultsOf('POST', '/channels/1/messages', { content: 'x', allowedMentions: {} });
    expect(found).toEqual([`allowedMentions: ${codes.UNKNOWN}`]);
  });

  it('may have what discord.js sends along everywhere', () => {
    const body = { content: 'x', tts: false, enforce_nonce: false };
    expect(faultsOf('PATCH', '/webhooks/1/token/messages/@original', body)).toEqual([]);
    expect(faultsOf('POST', '/interactions/1/t/callback', { type: 7, data: body })).toEqual([]);
  });

  it('is reported in nested keys, with all faults of the body', () => {
    const embeds = [{ title: 't' }, { title: text(257), description: 5 }];
    expect(faultsOf('POST', '/channels/1/messages', { embeds })).toEqual([
      `embeds.1.title: ${codes.LONG}`,
      'embeds.1.description: STRING_TYPE_CONVERT',
    ]);
  });

  it('keeps null apart from a missing value', () => {
    expect(faultsOf('PATCH', '/channels/1/messages/2', { content: null, components: [] })).toEqual([]);
    expect(faultsOf('POST', '/channels/1/messages', { poll: { question: null, answers: [] } })).toEqual([
      `poll.question: ${codes.REQUIRED}`,
      `poll.answers: ${codes.BAD}`,
    ]);
  });
});
