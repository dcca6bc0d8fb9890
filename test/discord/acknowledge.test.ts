import { setTimeout as delay } from 'node:timers/promises';
import {
  ButtonStyle,
  type Client,
  ComponentType,
  Events,
  ModalBuilder,
  SlashCommandBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { parseConfig } from '../../src/config.ts';
import { deferAfterMs } from '../../src/discord/acknowledge.ts';
import { createClient } from '../../src/discord/client.ts';
import type { Command } from '../../src/discord/command.ts';
import { deployCommands } from '../../src/discord/deploy.ts';
import { createDispatch } from '../../src/discord/dispatch.ts';
import { answer, change, openForm, suggest } from '../../src/discord/replies.ts';
import { openTestContext } from '../support/context.ts';

/** How often each handler did what it is there for. */
const acts = { quick: 0, slow: 0, change: 0, slowly: 0, further: 0, form: 0, typed: '' };

const button = (label: string, id: string) => ({
  type: ComponentType.Button as const,
  style: ButtonStyle.Secondary as const,
  label,
  custom_id: id,
});

const commands: Command[] = [
  {
    name: 'quick',
    for: 'everyone',
    data: () =>
      new SlashCommandBuilder()
        .setName('quick')
        .setDescription('The quick command')
        .addStringOption((option) => option.setName('text').setDescription('Any text').setAutocomplete(true)),
    async autocomplete(_, interaction) {
      acts.typed = interaction.options.getFocused();
      await suggest(interaction, [{ name: 'A choice', value: 'choice' }]);
    },
    async execute(_, interaction) {
      acts.quick += 1;
      acts.typed = interaction.options.getString('text') ?? '';
      await answer(interaction, {
        content: 'Done at once.',
        components: [
          {
            type: ComponentType.ActionRow,
            components: [
              button('Change', 'x-change'),
              button('Slowly', 'x-slowly'),
              button('Further', 'x-further'),
              button('Form', 'x-form'),
            ],
          },
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.StringSelect,
                custom_id: 'x-choose',
                placeholder: 'Choose',
                options: [{ label: 'One', value: 'one' }],
              },
            ],
          },
        ],
      });
    },
    buttons: {
      'x-change': async (_, interaction) => {
        acts.change += 1;
        await change(interaction, { content: 'Changed.' });
      },
      'x-slowly': async (_, interaction) => {
        await delay(deferAfterMs + 200);
        acts.slowly += 1;
        await change(interaction, { content: 'Changed at last.' });
      },
      'x-further': async (_, interaction) => {
        await delay(deferAfterMs + 200);
        acts.further += 1;
        await answer(interaction, { content: 'A message of its own.' });
      },
      'x-form': async (_, interaction) => {
        acts.form += 1;
        await openForm(
          interaction,
          new ModalBuilder({
            custom_id: 'x-typed',
            title: 'A form',
            components: [
              {
                type: ComponentType.Label,
                label: 'Why',
                component: { type: ComponentType.TextInput, custom_id: 'why', style: TextInputStyle.Short },
              },
            ],
          }).toJSON(),
        );
      },
    },
    menus: {
      'x-choose': async (_, interaction) => {
        acts.typed = interaction.values.join('+');
        await answer(interaction, { content: 'Chosen.' });
      },
    },
    modals: {
      'x-typed': async (_, interaction) => {
        acts.typed = interaction.fields.getTextInputValue('why');
        await answer(interaction, { content: 'Thank you.' });
      },
    },
  },
  {
    name: 'slow',
    for: 'everyone',
    data: () => new SlashCommandBuilder().setName('slow').setDescription('The slow command'),
    async execute(_, interaction) {
      await delay(deferAfterMs + 200);
      acts.slow += 1;
      await answer(interaction, { content: 'It took a while.' });
    },
  },
];

let sandbox: Sandbox;
let guild: GuildHandle;
let person: Actor;
let client: Client;
/** What the bot was asked to do, until it has. */
let dispatches: Promise<void>[];

beforeEach(async () => {
  Object.assign(acts, { quick: 0, slow: 0, change: 0, slowly: 0, further: 0, form: 0, typed: '' });
  dispatches = [];
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'IMG Commons' });
  person = guild.join({ name: 'Ada' });
  const config = parseConfig({ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.apiUrl, LOG_LEVEL: 'silent' });
  const ctx = { ...(await openTestContext()), config };
  client = createClient(config);
  const dispatch = createDispatch(commands);
  client.on(Events.InteractionCreate, (interaction) => void dispatches.push(dispatch(ctx, interaction)));
  const ready = new Promise((resolve) => void client.once(Events.ClientReady, resolve));
  await client.login(config.token);
  await ready;
  if (client.isReady()) await deployCommands(ctx, client, commands);
});
afterEach(async () => {
  await client.destroy();
  await sandbox.close();
  // How an outcome is found out: by sending a form again, which Discord takes once, and by looking for an answer.
  sandbox.expectRefusal(({ code }) => code === 40_060 || code === 10_015);
  sandbox.assertNoRefusals();
});

type Kind = { readonly kind: 'error'; readonly status: 502; readonly afterEffect: boolean } | { readonly kind: 'cut'; readonly afterEffect: boolean }; // prettier-ignore
const losses: readonly (readonly [string, Kind])[] = [
  ['carried out and answered with a 502', { kind: 'error', status: 502, afterEffect: true }],
  ['carried out, and its connection cut', { kind: 'cut', afterEffect: true }],
  ['answered with a 502 and not carried out', { kind: 'error', status: 502, afterEffect: false }],
  ['cut off and not carried out', { kind: 'cut', afterEffect: false }],
];

const callback = /^POST \/interactions\/\d+\/[^/]+\/callback$/;
const lose = (fault: Kind, route: RegExp = callback, times = 1) => sandbox.fault({ ...fault, route, times });

describe.each(losses)('a first answer that is %s', (_, fault) => {
  test('is there once, and the act is done once', async () => {
    lose(fault);
    expect(await person.slash('quick')).toMatchObject({
      text: expect.stringContaining('Done at once.'),
      ephemeral: true,
    });
    expect(acts.quick).toBe(1);
    expect(person.ephemerals()).toHaveLength(1);
  });

  test('as a change of the message is seen once', async () => {
    const card = await person.slash('quick');
    lose(fault);
    await person.press('Change', card);
    await sandbox.until('the change', () => person.ephemerals().some(({ content }) => content === 'Changed.'));
    expect(acts.change).toBe(1);
  });

  test('as a form opens it', async () => {
    const card = await person.slash('quick');
    lose(fault);
    expect((await person.press('Form', card)).kind).toBe('modal');
    expect(acts.form).toBe(1);
    expect((await person.submit({ why: 'Because' })).text).toBe('Thank you.');
  });

  test('as choices shows them to whoever types', async () => {
    lose(fault);
    expect(await person.complete('quick', 'text', 'x')).toEqual([{ name: 'A choice', value: 'choice' }]);
  });
});

describe.each(losses)('a deferral that is %s', (_, fault) => {
  test('by the clock is filled: no “thinking…” stays', async () => {
    lose(fault);
    expect(await person.slash('slow')).toMatchObject({ text: 'It took a while.', ephemeral: true });
    expect(acts.slow).toBe(1);
    expect(person.ephemerals()).toHaveLength(1);
  });

  test('of a button leaves it to do its work once', async () => {
    const card = await person.slash('quick');
    lose(fault);
    await person.press('Slowly', card);
    await sandbox.until('the change', () => person.ephemerals().some(({ content }) => content === 'Changed at last.'));
    expect(acts.slowly).toBe(1);
  });
});

describe('what comes after the first answer', () => {
  const original = /^(GET|PATCH) \/webhooks\/\d+\/[^/]+\/messages\/@original$/;

  test.each(losses.slice(1, 3))('is filled in although the edit is %s', async (_, fault) => {
    lose(fault, original);
    expect(await person.slash('slow')).toMatchObject({ text: 'It took a while.' });
    expect(acts.slow).toBe(1);
  });

  test.each(losses.slice(2))('reaches the person as a message of its own although that is %s', async (_, fault) => {
    const card = await person.slash('quick');
    lose(fault, /^POST \/webhooks\//);
    await person.press('Further', card);
    const further = () => person.ephemerals().filter(({ content }) => content === 'A message of its own.');
    await sandbox.until('the answer', () => further().length > 0);
    expect(further()).toHaveLength(1);
    expect(acts.further).toBe(1);
  });

  test('is found although looking fails too, for a while', async () => {
    lose({ kind: 'error', status: 502, afterEffect: true });
    lose({ kind: 'cut', afterEffect: false }, /^GET \/webhooks/, 2);
    expect((await person.slash('quick')).text).toContain('Done at once.');
    expect(acts.quick).toBe(1);
  });
});

describe('where Discord stays away until nobody looks any more', () => {
  /** The first answer is carried out, and nothing of what follows about it gets through. */
  function loseAll(): void {
    lose({ kind: 'cut', afterEffect: true });
    lose({ kind: 'cut', afterEffect: false }, callback, 3);
    lose({ kind: 'cut', afterEffect: false }, /^GET \/webhooks/, 4);
  }

  test('a deferral that had arrived is filled with the answer', async () => {
    loseAll();
    expect(await person.slash('slow')).toMatchObject({ text: 'It took a while.', ephemeral: true });
    expect(acts.slow).toBe(1);
    expect(person.ephemerals()).toHaveLength(1);
  });

  test('a deferral of a button that had arrived leaves room for a message of its own', async () => {
    const card = await person.slash('quick');
    loseAll();
    await person.press('Further', card);
    await sandbox.until('the answer', () => person.ephemerals().some(({ content }) => content.includes('of its own')));
    expect(acts.further).toBe(1);
  });

  test('an answer that had arrived stays, and nothing says that it failed', async () => {
    loseAll();
    expect((await person.slash('quick')).text).toContain('Done at once.');
    await Promise.all(dispatches);
    expect(person.ephemerals().map(({ content }) => content)).toEqual(['Done at once.']);
    expect(acts.quick).toBe(1);
  });
});

describe('at the border', () => {
  test('NUL and halves of characters never reach a handler by a menu or while typing', async () => {
    await person.complete('quick', 'text', 'a\u0000b\ud83d');
    expect(acts.typed).toBe('ab');
    const card = await person.slash('quick');
    await person.forge({
      kind: 'menu',
      customId: 'x-ch\u0000oose',
      values: ['o\u0000ne', '\udc00two'],
      ...(card.message && { on: card.message }),
    });
    expect(acts.typed).toBe('one+two');
  });

  test('NUL and halves of characters never reach a handler', async () => {
    await person.slash('quick', { text: 'a\u0000b\ud83dc\ude00d' });
    expect(acts.typed).toBe('abcd');
    await person.slash('quick', { text: 'whole \u{1f600} stays' });
    expect(acts.typed).toBe('whole \u{1f600} stays');
    const card = await person.slash('quick');
    await person.press('Form', card);
    await person.submit({ why: '\u0000x\udc00y' });
    expect(acts.typed).toBe('xy');
    const forged = await person.forge({
      kind: 'button',
      customId: 'x-cha\u0000nge:\u0000',
      ...(card.message && { on: card.message }),
    });
    expect(forged.kind).toBe('update');
    expect(acts.change).toBe(1);
  });
});
