/**
 * The yardstick: a discord.js bot that does nothing but answer at once. What Preceptor takes is given as a ratio to it,
 * measured in the same run on the same machine, because absolute times say more about the machine than about the bot.
 */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: process.env['DISCORD_API_URL'] ? { api: process.env['DISCORD_API_URL'] } : {},
});

/** As large as what Preceptor answers: the size of a message is Discord's affair, what leads to it is the bot's. */
const embeds = Array.from({ length: 5 }, (_, i) => ({
  title: `Answer ${i + 1}`,
  description: 'Also in internal medicine · offers interviews and visas · 9 waking hours in common. '.repeat(2),
  fields: ['Stage', 'Specialties', 'Languages', 'Helps with', 'Local time', 'Places', 'Verification'].map((name) => ({
    name,
    value: 'As long as such a value is',
    inline: true,
  })),
}));
const components = [
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    Array.from({ length: 5 }, (_, i) =>
      new ButtonBuilder().setCustomId(`again:${i}`).setLabel(`Again ${i}`).setStyle(ButtonStyle.Secondary),
    ),
  ),
];

client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) {
    void interaction.reply({ content: 'At once.', embeds, components, flags: MessageFlags.Ephemeral });
  } else if (interaction.isButton()) {
    void interaction.reply({ content: 'Again, at once.', flags: MessageFlags.Ephemeral });
  }
});
client.once(Events.ClientReady, (ready) => {
  void ready.application.commands.set([
    new SlashCommandBuilder().setName('ping').setDescription('Answers at once').toJSON(),
  ]);
});
await client.login(process.env['DISCORD_TOKEN']);
process.on('SIGTERM', () => void client.destroy().then(() => process.exit(0)));
