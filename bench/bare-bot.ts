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

client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) {
    const button = new ButtonBuilder().setCustomId('again').setLabel('Again').setStyle(ButtonStyle.Secondary);
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(button);
    void interaction.reply({ content: 'At once.', components: [row], flags: MessageFlags.Ephemeral });
  } else if (interaction.isButton()) {
    void interaction.update({ content: 'Again, at once.' });
  }
});
client.once(Events.ClientReady, (ready) => {
  void ready.application.commands.set([
    new SlashCommandBuilder().setName('ping').setDescription('Answers at once').toJSON(),
  ]);
});
await client.login(process.env['DISCORD_TOKEN']);
process.on('SIGTERM', () => void client.destroy().then(() => process.exit(0)));
