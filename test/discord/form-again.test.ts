/** Whatever form is refused, it is given back with every word: a walk through the forms of all commands. */
import {
  type BaseInteraction,
  type Client,
  ComponentType,
  Events,
  SlashCommandBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { commands } from '../../src/commands/index.ts';
import { parseConfig } from '../../src/config.ts';
import { createClient } from '../../src/discord/client.ts';
import type { Command } from '../../src/discord/command.ts';
import { deployCommands } from '../../src/discord/deploy.ts';
import { createDispatch } from '../../src/discord/dispatch.ts';
import { formAgain } from '../../src/discord/form-again.ts';
import { openForm } from '../../src/discord/replies.ts';
import { UserError } from '../../src/errors.ts';
import { openTestContext } from '../support/context.ts';

const forms = commands.flatMap(({ modals }: Command) => Object.keys(modals ?? {}));
const words = 'Where did you train, and what would you ask somebody who has been there? '.repeat(4).trim();

/** What the handlers of forms were sent, in their order. */
const sent: string[] = [];

/** Opens any form, and stands for every command: each of their forms is refused. */
const walker: Command = {
  name: 'walk',
  for: 'everyone',
  data: () =>
    new SlashCommandBuilder()
      .setName('walk')
      .setDescription('Opens a form')
      .addStringOption((option) => option.setName('form').setDescription('Which one').setRequired(true)),
  async execute(_, interaction) {
    const options = ['one', 'two', 'three'].map((value) => ({ label: value, value }));
    await openForm(interaction, {
      custom_id: interaction.options.getString('form', true),
      title: 'A form',
      components: [
        {
          type: ComponentType.Label,
          label: 'Words',
          component: { type: ComponentType.TextInput, custom_id: 'words', style: TextInputStyle.Paragraph },
        },
        {
          type: ComponentType.Label,
          label: 'Choices',
          component: { type: ComponentType.StringSelect, custom_id: 'choices', max_values: 2, options },
        },
      ],
    });
  },
  modals: Object.fromEntries(
    forms.map((key) => [
      key,
      (_ctx, { fields }) => {
        sent.push(`${fields.getTextInputValue('words')} ${fields.getStringSelectValues('choices').join('+')}`);
        throw new UserError(() => 'No.');
      },
    ]),
  ),
};
const help = commands.find(({ name }) => name === 'help');
const played = [walker, ...(help ? [help] : [])];

let sandbox: Sandbox;
let guild: GuildHandle;
let client: Client;
beforeAll(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'IMG Commons' });
  const config = parseConfig({ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.apiUrl, LOG_LEVEL: 'silent' });
  const ctx = { ...(await openTestContext()), config };
  client = createClient(config);
  const dispatch = createDispatch(played);
  client.on(Events.InteractionCreate, (interaction) => void dispatch(ctx, interaction));
  const ready = new Promise((resolve) => void client.once(Events.ClientReady, resolve));
  await client.login(config.token);
  await ready;
  if (client.isReady()) await deployCommands(ctx, client, played);
});
afterAll(async () => {
  await client.destroy();
  await sandbox.close();
  sandbox.assertNoRefusals();
});

// Another person for each: nobody sends so many forms in a minute.
test.each(forms)('the form %s comes back with what was typed and chosen', async (form) => {
  sent.length = 0;
  const ada = guild.join({ name: `Ada ${form}` });
  await ada.slash('walk', { form });
  const refusal = await ada.submit({ words, choices: ['two', 'three'] });
  expect(refusal.text).toContain('No.');
  await ada.press('Open the form again', refusal);
  await ada.submit({});
  expect(sent).toEqual([`${words} two+three`, `${words} two+three`]);
});

test('nobody else is given it, and without it the words still stand there', async () => {
  const ada = guild.join({ name: 'Ada' });
  await ada.slash('walk', { form: forms[0] ?? '' });
  const refusal = await ada.submit({ words, choices: ['one'] });
  expect(refusal.text).toContain(words);
  const shown = JSON.stringify(ada.ephemerals().map(({ components }) => components));
  const id = /help-form-again:([0-9a-z]{12})/.exec(shown)?.[1] ?? '';
  const given = (userId: string) => formAgain({ user: { id: userId } } as BaseInteraction, id);
  expect(given(ada.id)).toBeDefined();
  expect(given('1')).toBeUndefined();
});
