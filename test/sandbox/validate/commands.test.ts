import { ChannelType, SlashCommandBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { codes, element, faultsOf, inside, testBorders, text, times, type Target } from './border.ts';

const all: Target = { method: 'PUT', path: '/applications/1/guilds/2/commands', wrap: (part) => part, at: '' };
const one = element(all);
const options = inside(one, 'options', { name: 'find', description: 'Finds' });
const onlyOption = element(options);
const choices = inside(onlyOption, 'choices', { type: 3, name: 'topic', description: 'Topic' });
const command = (change: object = {}): object => ({ name: 'find', description: 'Finds', ...change });
const named = (type: number) => (index: number) => ({
  type,
  name: `n${index}`,
  ...(type === 1 ? { description: 'd' } : {}),
});
const option = (change: object = {}): object => ({ type: 3, name: 'topic', description: 'Topic', ...change });
const numbered = (index: number): object => option({ name: `o${index}` });
const choice = (index: number): object => ({ name: `c${index}`, value: `v${index}` });
const sub = (change: object = {}): object => ({ type: 1, name: 'sub', description: 'Sub', ...change });
const group = (members: object[]): object => ({ type: 2, name: 'group', description: 'Group', options: members });

describe('the list of commands', () => {
  testBorders([
    {
      name: '100 slash commands',
      in: all,
      allowed: times(100, named(1)),
      refused: times(101, named(1)),
      code: codes.LONG,
    },
    {
      name: '15 user commands',
      in: all,
      allowed: times(15, named(2)),
      refused: times(16, named(2)),
      code: codes.LONG,
    },
    {
      name: '15 message commands',
      in: all,
      allowed: times(15, named(3)),
      refused: times(16, named(3)),
      code: codes.LONG,
    },
    {
      name: 'different names',
      in: all,
      allowed: [command(), { type: 2, name: 'find' }],
      refused: [command(), command()],
      at: '1.name',
      code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
    },
  ]);
});

describe('a command', () => {
  const dictionary = (locale: string) => ({ name_localizations: { [locale]: 'x' } });
  testBorders([
    {
      name: 'name of 32',
      in: one,
      allowed: command({ name: text(32) }),
      refused: command({ name: text(33) }),
      at: 'name',
      code: codes.BAD,
    },
    {
      name: 'name in lower case',
      in: one,
      allowed: command({ name: "it's_é-१" }),
      refused: command({ name: 'Find' }),
      at: 'name',
      code: 'APPLICATION_COMMAND_INVALID_NAME',
    },
    {
      name: 'name of one word',
      in: one,
      allowed: command({ name: 'find-me' }),
      refused: command({ name: 'find me' }),
      at: 'name',
      code: 'APPLICATION_COMMAND_INVALID_NAME',
    },
    {
      name: 'name of a menu entry',
      in: one,
      allowed: { type: 2, name: 'Show Profile' },
      refused: { type: 2, name: '' },
      at: 'name',
      code: codes.REQUIRED,
    },
    {
      name: 'menu entries have no description',
      in: one,
      allowed: { type: 3, name: 'Report' },
      refused: { type: 3, name: 'Report', description: 'x' },
      at: 'description',
      code: codes.LONG,
    },
    {
      name: 'description of 100',
      in: one,
      allowed: command({ description: text(100) }),
      refused: command({ description: text(101) }),
      at: 'description',
      code: codes.LONG,
    },
    {
      name: 'a description at all',
      in: one,
      allowed: command(),
      refused: command({ description: undefined }),
      at: 'description',
      code: codes.REQUIRED,
    },
    {
      name: 'translations into locales of Discord',
      in: one,
      allowed: command(dictionary('hi')),
      refused: command(dictionary('ar')),
      at: 'name_localizations.ar',
      code: 'BASE_TYPE_CHOICES',
    },
    {
      name: 'permissions as a decimal string',
      in: one,
      allowed: command({ default_member_permissions: '32' }),
      refused: command({ default_member_permissions: 'ManageGuild' }),
      at: 'default_member_permissions',
      code: 'NUMBER_TYPE_COERCE',
    },
    {
      name: 'known contexts',
      in: one,
      allowed: command({ contexts: [0, 1, 2], integration_types: [0, 1] }),
      refused: command({ contexts: [3] }),
      at: 'contexts.0',
      code: 'BASE_TYPE_CHOICES',
    },
    {
      name: '8000 characters in all',
      in: one,
      allowed: sizedCommand(8000),
      refused: sizedCommand(8001),
      code: 'APPLICATION_COMMAND_TOO_LARGE',
    },
  ]);

  it('counts only the longest translation', () => {
    const description_localizations = { de: text(99), fr: text(99) };
    const body = [{ ...sizedCommand(8000), description_localizations }];
    expect(faultsOf('PUT', all.path, body)).toEqual([]);
  });

  it('may be changed in part', () => {
    const path = '/applications/1/commands/2';
    expect(faultsOf('PATCH', path, { default_member_permissions: '0' })).toEqual([]);
    expect(faultsOf('PATCH', path, { options: [option(), option()] })).toHaveLength(1);
  });

  it('may be what the builders of discord.js make', () => {
    const built = new SlashCommandBuilder()
      .setName('register')
      .setDescription('Registers you')
      .setDefaultMemberPermissions(32n)
      .setNSFW(false)
      .addSubcommand((each) =>
        each
          .setName('mentor')
          .setDescription('As a mentor')
          .addStringOption((zone) => zone.setName('timezone').setDescription('Yours').setAutocomplete(true))
          .addIntegerOption((places) =>
            places.setName('capacity').setDescription('Mentees').setMinValue(1).setMaxValue(10),
          )
          .addChannelOption((channel) =>
            channel.setName('channel').setDescription('Where').addChannelTypes(ChannelType.GuildText),
          )
          .addAttachmentOption((file) => file.setName('file').setDescription('What')),
      );
    expect(faultsOf('PUT', all.path, [built.toJSON()])).toEqual([]);
  });
});

/** A command that counts exactly this many characters, near 8000: 1 + 25 × 100 + 27 × 200 and its description. */
function sizedCommand(characters: number): object {
  const long = (index: number): object => ({ name: `${index + 10}`.padEnd(100, 'x'), value: text(100) });
  const holders = times(25, (index) => {
    const chosen = index === 0 ? times(25, long) : index === 1 ? times(2, long) : [];
    return option({ name: `${index + 10}`, description: text(98), choices: chosen });
  });
  return { name: 'x', description: text(characters - 7901), options: holders };
}

describe('the options of a command', () => {
  testBorders([
    { name: '25 options', in: options, allowed: times(25, numbered), refused: times(26, numbered), code: codes.LONG },
    {
      name: 'required ones first',
      in: options,
      allowed: [option({ name: 'a', required: true }), option()],
      refused: [option({ name: 'a' }), option({ required: true })],
      at: '1',
      code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    },
    {
      name: 'different names',
      in: options,
      allowed: [option({ name: 'a' }), option({ name: 'b' })],
      refused: [option(), option()],
      at: '1.name',
      code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    },
    {
      name: 'name in lower case',
      in: onlyOption,
      allowed: option(),
      refused: option({ name: 'Topic' }),
      at: 'name',
      code: 'APPLICATION_COMMAND_INVALID_NAME',
    },
    {
      name: 'description of 100',
      in: onlyOption,
      allowed: option({ description: text(100) }),
      refused: option({ description: text(101) }),
      at: 'description',
      code: codes.BAD,
    },
    {
      name: 'subcommands or options, not both',
      in: options,
      allowed: [sub(), sub({ name: 'other' })],
      refused: [sub(), option()],
      at: '1',
      code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    },
    {
      name: 'subcommands in a group, not groups',
      in: onlyOption,
      allowed: group([sub()]),
      refused: group([option()]),
      at: 'options.0.type',
      code: 'BASE_TYPE_CHOICES',
    },
    {
      name: 'autocomplete or choices, not both',
      in: onlyOption,
      allowed: option({ autocomplete: true }),
      refused: option({ autocomplete: true, choices: [choice(1)] }),
      at: 'autocomplete',
      code: 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
    },
    {
      name: 'text up to 6000',
      in: onlyOption,
      allowed: option({ max_length: 6000 }),
      refused: option({ max_length: 6001 }),
      at: 'max_length',
      code: 'NUMBER_TYPE_MAX',
    },
    {
      name: 'the least below the most',
      in: onlyOption,
      allowed: { ...option({ type: 4 }), min_value: 3, max_value: 3 },
      refused: { ...option({ type: 4 }), min_value: 4, max_value: 3 },
      at: 'min_value',
      code: 'APPLICATION_COMMAND_OPTIONS_RANGE_INVALID',
    },
    { name: '25 choices', in: choices, allowed: times(25, choice), refused: times(26, choice), code: codes.LONG },
    {
      name: 'choice name of 100',
      in: choices,
      allowed: [{ name: text(100), value: 'v' }],
      refused: [{ name: text(101), value: 'v' }],
      at: '0.name',
      code: codes.BAD,
    },
    {
      name: 'choice value of 100',
      in: choices,
      allowed: [{ name: 'n', value: text(100) }],
      refused: [{ name: 'n', value: text(101) }],
      at: '0.value',
      code: codes.BAD,
    },
    {
      name: 'different choices',
      in: choices,
      allowed: [choice(1), choice(2)],
      refused: [choice(1), { name: 'c1', value: 'x' }],
      at: '1.name',
      code: 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
    },
  ]);
});
