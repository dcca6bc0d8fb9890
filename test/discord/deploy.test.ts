import {
  ApplicationCommandOptionType,
  ChannelType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../sandbox/api.ts';
import { insertCommandScope, listCommandScopes } from '../../src/db/command-scopes.ts';
import { openDatabase } from '../../src/db/open.ts';
import { commandBodies, menuBodies } from '../support/commands.ts';
import { isDeployed } from '../../src/discord/deploy.ts';
import { openTown, type Town } from '../support/town.ts';

describe('commands at start', () => {
  let town: Town;
  afterEach(async () => await town.close());

  const deployments = () =>
    town.sandbox.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'));

  test.each([
    ['globally', false],
    ['to the one server for developing', true],
  ])('are deployed %s once; a second start sends nothing', async (_, devGuild) => {
    town = await openTown({ devGuild });
    expect(deployments()).toHaveLength(1);
    await town.bot.stop();
    await town.start();
    expect(deployments()).toHaveLength(1);
  });

  /** The bot started again while Discord answers about commands like this. */
  async function startWith(fault: Fault): Promise<void> {
    town = await openTown({ setUp: true });
    await town.bot.stop();
    town.sandbox.fault({ ...fault, route: /^GET \/applications\/\d+\/commands/ });
    await town.start();
  }
  const isServed = async () => (await town.moderator.slash('schedule list')).text.includes('Tip');

  test.each<[string, Fault]>([
    ['says 503', { kind: 'error', status: 503, times: Infinity }],
    ['wants to be left alone for an hour', { kind: 'rate-limit', retryAfterMs: 3_600_000, times: Infinity }],
    ['cuts every connection', { kind: 'cut', times: Infinity }],
    ['never answers', { kind: 'hold', times: Infinity }],
  ])('are answered as they are deployed while Discord %s', async (_, fault) => {
    await startWith(fault);
    expect(await isServed()).toBe(true);
  });

  test('are deployed once Discord takes them', async () => {
    const env: Record<string, string> = {};
    town = await openTown({ devGuild: true, env });
    await town.bot.stop();
    env['DISCORD_DEV_GUILD'] = '';
    // As often as the first attempt asks.
    town.sandbox.fault({ kind: 'error', status: 503, route: /^GET \/applications\/\d+\/commands/, times: 4 });
    await town.start();
    expect(town.sandbox.commands()).toHaveLength(0);
    await expect
      .poll(() => town.sandbox.commands().length, { timeout: 15_000 })
      .toBe(commandBodies.length + menuBodies.length);
  });

  /** Whether there are commands of this server, of that one, of all. */
  const scopes = (other: string) => [town.guild.id, other, undefined].map((id) => town.sandbox.commands(id).length > 0);

  test('follow DISCORD_DEV_GUILD from one server to another, and to all, and back: nobody sees them twice', async () => {
    const env: Record<string, string> = {};
    town = await openTown({ env });
    const other = town.sandbox.createGuild({ name: 'Workshop' }).id;
    const follow = async (id: string) => {
      await town.bot.stop();
      env['DISCORD_DEV_GUILD'] = id;
      await town.start();
      return scopes(other);
    };
    expect(scopes(other)).toEqual([false, false, true]);
    expect(await follow(town.guild.id)).toEqual([true, false, false]);
    expect(await follow(other)).toEqual([false, true, false]);
    expect(await follow('')).toEqual([false, false, true]);
  });

  test('of a server that the bot has left since are forgotten', async () => {
    const env = { DISCORD_DEV_GUILD: '' };
    town = await openTown({ env });
    await town.bot.stop();
    const db = await openDatabase(town.database);
    await insertCommandScope(db, '123456789012345678');
    await db.destroy();
    await town.start();
    const after = await openDatabase(town.database);
    expect(await listCommandScopes(after)).toEqual([]);
    await after.destroy();
    town.sandbox.expectRefusal(({ route }) => route.includes('123456789012345678'));
  });
});

const wanted: RESTPostAPIChatInputApplicationCommandsJSONBody[] = [
  {
    name: 'setup',
    description: 'Set up',
    contexts: [InteractionContextType.Guild],
    default_member_permissions: '32',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'start',
        description: 'Begin',
        options: [
          {
            type: ApplicationCommandOptionType.Channel,
            name: 'tips',
            description: 'Where',
            channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
          },
          {
            type: ApplicationCommandOptionType.Integer,
            name: 'days',
            description: 'How many',
            min_value: 3,
            max_value: 14,
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'verification',
            description: 'Whether',
            required: false,
            choices: [
              { name: 'on', value: 'on' },
              { name: 'off', value: 'off' },
            ],
          },
        ],
      },
    ],
  },
  { name: 'inbox', description: 'What waits', contexts: [InteractionContextType.Guild] },
];

/** The same commands as an awkward server might tell them. */
function told(): Record<string, unknown>[] {
  return [
    {
      version: '2',
      type: 1,
      nsfw: false,
      name: 'inbox',
      name_localizations: null,
      id: '11',
      description: 'What waits',
      default_member_permissions: null,
      application_id: '1',
      contexts: [0],
      integration_types: [0],
      dm_permission: false,
      options: [],
      something_new: { of: ['next', 'year'] },
    },
    {
      id: '10',
      application_id: '1',
      version: '1',
      name: 'setup',
      description: 'Set up',
      description_localizations: {},
      default_member_permissions: '32',
      contexts: [0],
      integration_types: [0, 1],
      nsfw: null,
      handler: null,
      options: [
        {
          options: [
            {
              channel_types: [5, 0],
              name: 'tips',
              name_localizations: null,
              description: 'Where',
              description_localizations: null,
              required: false,
              type: 7,
            },
            {
              type: 4,
              name: 'days',
              description: 'How many',
              min_value: 3,
              max_value: 14,
              required: false,
              choices: [],
            },
            {
              type: 3,
              name: 'verification',
              description: 'Whether',
              autocomplete: false,
              choices: [
                { name: 'on', name_localizations: null, value: 'on' },
                { name: 'off', name_localizations: {}, value: 'off' },
              ],
            },
          ],
          type: 1,
          name: 'start',
          description: 'Begin',
          required: false,
        },
      ],
    },
  ];
}

describe('what Discord tells of the commands', () => {
  test('in its own order, with ids and defaults spelled out, is still the same', () => {
    expect(isDeployed(wanted, told())).toBe(true);
  });

  test.each<[string, (commands: ReturnType<typeof told>) => unknown]>([
    ['a command is missing', (all) => all.slice(1)],
    ['there is one more', (all) => [...all, { ...all[0], name: 'old' }]],
    ['one of another type has the name', (all) => [{ ...all[0], type: 2 }, all[1]]],
    ['a description differs', (all) => [{ ...all[0], description: 'What waits for you' }, all[1]]],
    ['it is for others', (all) => [{ ...all[0], default_member_permissions: '8' }, all[1]]],
    ['it works in other places', (all) => [{ ...all[0], contexts: [0, 1] }, all[1]]],
    ['it says nothing of places', (all) => [{ ...all[0], contexts: null }, all[1]]],
    ['it has a translation we do not have', (all) => [{ ...all[0], name_localizations: { de: 'postfach' } }, all[1]]],
    ['it is for adults', (all) => [{ ...all[0], nsfw: true }, all[1]]],
    [
      'it has an option we do not have',
      (all) => [{ ...all[0], options: [{ type: 3, name: 'x', description: 'x' }] }, all[1]],
    ],
    ['it is no list', () => ({ message: 'odd' })],
  ])('is not the same where %s', (_, spoil) => {
    expect(isDeployed(wanted, spoil(told()))).toBe(false);
  });

  test.each<[string, (options: Record<string, unknown>[]) => void]>([
    ['a limit', (options) => (options[1]!['max_value'] = 7)],
    ['a limit we do not set', (options) => (options[2]!['max_length'] = 7)],
    ['whether it is required', (options) => (options[0]!['required'] = true)],
    ['the types of channel', (options) => (options[0]!['channel_types'] = [0])],
    [
      'the order of choices',
      (options) => (options[2]!['choices'] = [...(options[2]!['choices'] as unknown[])].toReversed()),
    ],
    ['the order of options', (options) => options.splice(0, 2, options[1]!, options[0]!)],
  ])('is not the same where an option differs in %s', (_, spoil) => {
    const commands = told();
    const [start] = commands[1]!['options'] as { options: Record<string, unknown>[] }[];
    spoil(start!.options);
    expect(isDeployed(wanted, commands)).toBe(false);
  });

  test('is the same for every command of ours, told back as sent', () => {
    const ours = commandBodies;
    expect(isDeployed(ours, JSON.parse(JSON.stringify(ours)))).toBe(true);
  });
});
