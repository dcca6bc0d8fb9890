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
import { type Logger, pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { parseConfig } from '../../src/config.ts';
import { createClient } from '../../src/discord/client.ts';
import type { Command } from '../../src/discord/command.ts';
import { deployCommands } from '../../src/discord/deploy.ts';
import { createDispatch } from '../../src/discord/dispatch.ts';
import { keys } from '../../src/discord/keys.ts';
import { answer, change } from '../../src/discord/replies.ts';
import { StrangePresses } from '../../src/discord/strange.ts';
import { NotTheirs, UserError } from '../../src/errors.ts';
import { openTestContext } from '../support/context.ts';
import { deferAfterMs } from '../../src/discord/acknowledge.ts';

function command(name: string, rest: Partial<Command> & Pick<Command, 'execute'>): Command {
  return {
    name,
    for: 'everyone',
    data: () => new SlashCommandBuilder().setName(name).setDescription(`The ${name} command`),
    ...rest,
  };
}

const button = (label: string, id: string) => ({
  type: ComponentType.Button as const,
  style: ButtonStyle.Secondary as const,
  label,
  custom_id: id,
});

const commands: Command[] = [
  command('hello', {
    execute: async (_, interaction) => await answer(interaction, { content: 'Good morning.' }),
  }),
  command('slow', {
    async execute(_, interaction) {
      await delay(deferAfterMs + 300);
      await answer(interaction, { content: 'It took a while.' });
    },
  }),
  command('close', {
    async execute(_, interaction) {
      // While the deferral is on its way.
      await delay(deferAfterMs + 100);
      await answer(interaction, { content: 'In between.' });
    },
  }),
  command('refuse', {
    execute: () => Promise.reject(new UserError(() => 'That mentor has no free place.')),
  }),
  command('crash', {
    execute: () => Promise.reject(new Error('secret: what somebody typed')),
  }),
  command('late-refusal', {
    async execute() {
      await delay(deferAfterMs + 300);
      throw new UserError(() => 'Too late for that.');
    },
  }),
  command('twice', {
    async execute(_, interaction) {
      await answer(interaction, { content: 'First.' });
      await answer(interaction, { content: 'Second.' });
    },
  }),
  command('moderate', {
    for: 'moderators',
    execute: async (_, interaction) => await answer(interaction, { content: 'Moderated.' }),
  }),
  command('card', {
    execute: async (_, interaction) =>
      await answer(interaction, {
        content: 'Press one.',
        components: [
          {
            type: ComponentType.ActionRow,
            components: [button('Change', 'card-change'), button('Slowly', 'card-slow'), button('Form', 'card-form')],
          },
        ],
      }),
    buttons: {
      'card-change': async (_, interaction) => await change(interaction, { content: 'Changed.' }),
      'card-theirs': () => Promise.reject(new NotTheirs(() => 'This is not yours.')),
      'card-slow': async (_, interaction) => {
        await delay(deferAfterMs + 300);
        await change(interaction, { content: 'Changed at last.' });
      },
      'card-form': async (_, interaction) =>
        await interaction.showModal(
          new ModalBuilder({
            custom_id: 'card-form:7:x',
            title: 'A form',
            components: [
              {
                type: ComponentType.Label,
                label: 'Why',
                component: { type: ComponentType.TextInput, custom_id: 'why', style: TextInputStyle.Short },
              },
            ],
          }),
        ),
    },
    modals: {
      'card-form': {
        for: 'moderators',
        run: async (_, interaction, args) =>
          await answer(interaction, { content: `${interaction.fields.getTextInputValue('why')} ${args.join('+')}` }),
      },
    },
  }),
  command('older', {
    execute: () => Promise.resolve(),
    buttons: {
      [keys.mentor.request]: async (_, interaction, args) =>
        await answer(interaction, { content: `Asked ${args.join('+')}.` }),
    },
    modals: {
      [keys.mentor.requestForm]: async (_, interaction, args) =>
        await answer(interaction, { content: `${interaction.fields.getTextInputValue('why')} ${args.join('+')}` }),
    },
  }),
  {
    name: 'guess',
    for: 'everyone',
    data: () =>
      new SlashCommandBuilder()
        .setName('guess')
        .setDescription('The guess command')
        .addStringOption((option) => option.setName('what').setDescription('What it is').setAutocomplete(true)),
    execute: () => Promise.resolve(),
    autocomplete: () => Promise.reject(new Error('no idea')),
  },
];

let sandbox: Sandbox;
let guild: GuildHandle;
let person: Actor;
let moderator: Actor;
let client: Client;
let logged: string[];

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'IMG Commons' });
  person = guild.join({ name: 'Ada' });
  moderator = guild.join({ name: 'Imani', permissions: 1n << 5n });
  const config = parseConfig({ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.apiUrl, LOG_LEVEL: 'silent' });
  logged = [];
  const log = pino({ base: null }, { write: (line) => logged.push(line) });
  const ctx = { ...(await openTestContext()), config, log };
  client = createClient(config);
  const dispatch = createDispatch(commands);
  client.on(Events.InteractionCreate, (interaction) => void dispatch(ctx, interaction));
  const ready = new Promise((resolve) => void client.once(Events.ClientReady, resolve));
  await client.login(config.token);
  await ready;
  if (client.isReady()) await deployCommands(ctx, client, commands);
});
afterEach(async () => {
  await client.destroy();
  await sandbox.close();
  sandbox.assertNoRefusals();
});

describe('the log', () => {
  test('has a line for whoever presses what is not theirs, without who, where or what they sent', async () => {
    const on = (await person.slash('card')).message;
    const forge = async (customId: string, kind: 'button' | 'modal' = 'button') =>
      await person.forge({ kind, customId, ...(on && kind === 'button' ? { on } : {}), ...(kind === 'modal' ? { fields: { why: 'in confidence' } } : {}) }); // prettier-ignore
    const before = logged.length;
    expect(await forge('card-theirs:fmx2a')).toMatchObject({ text: 'This is not yours.', ephemeral: true });
    await forge('in-confidence:fmx2a');
    expect((await forge('card-form:fmx2a', 'modal')).text).toMatch(/moderators/i);
    const lines = logged.slice(before);
    expect(lines.map((line) => (JSON.parse(line) as { what: string }).what)).toEqual([
      'card-theirs',
      'unknown',
      'card-form',
    ]);
    for (const secret of ['fmx2a', 'confidence', person.id, guild.id, 'Ada'])
      expect(lines.join()).not.toContain(secret);
    // What anybody may be refused is no news.
    await person.slash('refuse');
    await person.slash('moderate').catch(() => undefined);
    expect(logged).toHaveLength(before + 3);
  });

  test('is not filled by a flood of them, and says how many it left out', () => {
    let now = 0;
    const presses = new StrangePresses(() => now);
    const lines: unknown[] = [];
    const log = { warn: (line: unknown) => void lines.push(line) } as unknown as Logger;
    for (let n = 0; n < 10_000; n += 1) presses.note(log, 'card-theirs');
    expect(lines).toHaveLength(20);
    now += 3_600_000 / 20;
    presses.note(log, 'card-theirs');
    expect(lines.at(-1)).toEqual({ what: 'card-theirs', leftOut: 9_980 });
    // A week of it.
    for (now = 0; now < 7 * 86_400_000; now += 60_000) presses.note(log, 'card-theirs');
    expect(lines.length).toBeLessThan(20 * 24 * 7 + 50);
  });
});

describe('what a person sees', () => {
  test('an answer is for them alone', async () => {
    const seen = await person.slash('hello');
    expect(seen).toMatchObject({ text: 'Good morning.', ephemeral: true });
  });

  test('a slow answer comes all the same', async () => {
    expect(await person.slash('slow')).toMatchObject({ text: 'It took a while.', ephemeral: true });
  });

  test('an answer that meets its own deferral on the way comes once', async () => {
    sandbox.fault({ kind: 'slow', route: /callback/, ms: 400 });
    expect(await person.slash('close')).toMatchObject({ text: 'In between.', ephemeral: true });
  });

  test('a refusal is shown as written', async () => {
    expect(await person.slash('refuse')).toMatchObject({ text: 'That mentor has no free place.', ephemeral: true });
    expect(await person.slash('late-refusal')).toMatchObject({ text: 'Too late for that.', ephemeral: true });
  });

  test('a fault is answered with an id and without its text', async () => {
    const seen = await person.slash('crash');
    expect(seen.ephemeral).toBe(true);
    expect(seen.text).toMatch(/Something went wrong on our side \(id `\w{12}`\)/);
    expect(seen.text).not.toContain('secret');
  });

  test('a second answer is a message of its own', async () => {
    const seen = await person.slash('twice');
    expect(seen.text).toContain('First.');
    await sandbox.until('the second', () => person.ephemerals().some(({ content }) => content === 'Second.'));
  });

  test('a button changes the message it is on, also when that takes long', async () => {
    const card = await person.slash('card');
    expect(await person.press('Change', card)).toMatchObject({ kind: 'update', text: 'Changed.' });
    const other = await person.slash('card');
    await person.press('Slowly', other);
    await sandbox.until('the change', () => person.ephemerals().some(({ content }) => content === 'Changed at last.'));
  });

  test.each(['button', 'menu', 'modal'] as const)(
    'a %s of a key that is gone is answered as out of date',
    async (kind) => {
      const card = await person.slash('card');
      // Also by names that every object has.
      for (const key of ['mentors-crown', 'constructor', '__proto__', '']) {
        const on = kind === 'modal' ? {} : { on: card.message! };
        const seen = await person.forge({ customId: `${key}:1`, kind, ...on });
        expect(seen).toMatchObject({ ephemeral: true, text: expect.stringContaining('has changed since') });
      }
    },
  );

  test('a button and a form of an older message still mean what they meant', async () => {
    const card = await person.slash('card');
    const pressed = await person.forge({ customId: 'find-request:7:x', kind: 'button', on: card.message! });
    expect(pressed.text).toBe('Asked 7+x.');
    const sent = await person.forge({ customId: 'request-form:7', kind: 'modal', fields: { why: 'Because' } });
    expect(sent.text).toBe('Because 7');
  });

  test('a form gets what was typed and what its id carries', async () => {
    const card = await moderator.slash('card');
    expect((await moderator.press('Form', card)).kind).toBe('modal');
    expect((await moderator.submit({ Why: 'Because' })).text).toBe('Because 7+x');
  });

  test('an autocomplete that fails shows no choices', async () => {
    expect(await person.complete('guess', 'what', 'x')).toEqual([]);
  });
});

describe('for moderators only', () => {
  test('a command refuses others and serves moderators', async () => {
    // The guild's own settings can hand a command to anybody.
    guild.openCommand('moderate');
    expect((await person.slash('moderate')).text).toContain('Only moderators');
    expect((await moderator.slash('moderate')).text).toBe('Moderated.');
  });

  test('a forged form refuses others', async () => {
    const seen = await person.forge({ customId: 'card-form:7', kind: 'modal', fields: { why: 'Let me in' } });
    expect(seen.text).toContain('Only moderators');
  });
});

describe('a form that is refused', () => {
  const refused = async (why: string) =>
    await person.forge({ customId: 'card-form:7', kind: 'modal', fields: { why } });

  test('gives back what was typed, as it was typed', async () => {
    const words = 'I have **read** everything, and @everyone should know.';
    const seen = await refused(words);
    expect(seen.ephemeral).toBe(true);
    expect(seen.text).toContain('Only moderators');
    expect(seen.text).toContain(`\`\`\`\n${words}\n\`\`\``);
    expect(seen.message?.mention_everyone).toBe(false);
  });

  test('gives it back as a file where it is too long for a message, or would end its block', async () => {
    for (const words of ['All of it. '.repeat(300).trim(), 'Here it ends: ``` and goes on for a while.']) {
      const [file] = (await refused(words)).message?.attachments ?? [];
      expect(file?.filename).toBe('what-you-typed.txt');
      expect(await (await fetch(file?.url ?? '')).text()).toBe(`${words}\n`);
    }
  });

  test('says nothing of a word or two', async () => {
    expect((await refused('Let me in')).text).not.toContain('Let me in');
  });
});

describe('building it', () => {
  test('two commands of one name are a fault at start', () => {
    const [first] = commands;
    expect(() => createDispatch([first!, { ...first! }])).toThrow('share the name hello');
  });

  test('two buttons of one key are a fault at start', () => {
    const press = { 'hello-press': () => Promise.resolve() };
    const other = { 'hello-press': () => Promise.resolve() };
    const run = { execute: () => Promise.resolve() };
    expect(() =>
      createDispatch([command('a', { ...run, buttons: press }), command('b', { ...run, buttons: other })]),
    ).toThrow('share the name hello-press');
  });
});
