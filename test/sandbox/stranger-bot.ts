/**
 * Somebody else's bot, in the style of discord.js' guide. It knows nothing of this project: only that the base address
 * of the REST API can be set. `stranger.test.ts` runs and plays it.
 */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  ComponentType,
  Events,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  REST,
  Routes,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  StringSelectMenuOptionBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';

const token = process.env['DISCORD_TOKEN'] ?? '';
const api = process.env['DISCORD_API_URL'] ?? 'https://discord.com/api';

const client = new Client({
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMembers,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.MessageContent,
  ],
  rest: { api },
});

const fruits = ['apple', 'apricot', 'banana', 'cherry'];

const commands = [
  new SlashCommandBuilder().setName('ping').setDescription('Replies with Pong!'),
  new SlashCommandBuilder().setName('secret').setDescription('Only you can see the answer'),
  new SlashCommandBuilder().setName('slow').setDescription('Thinks first, then answers and follows up'),
  new SlashCommandBuilder().setName('menu').setDescription('Choose your starter'),
  new SlashCommandBuilder().setName('form').setDescription('Fill in a form'),
  new SlashCommandBuilder().setName('confirm').setDescription('Waits for a button with a collector'),
  new SlashCommandBuilder()
    .setName('fruit')
    .setDescription('Pick a fruit')
    .addStringOption((option) =>
      option.setName('name').setDescription('Which one').setRequired(true).setAutocomplete(true),
    ),
  new SlashCommandBuilder()
    .setName('server')
    .setDescription('About the server')
    .addSubcommand((sub) => sub.setName('info').setDescription('Name and members'))
    .addSubcommand((sub) =>
      sub
        .setName('member')
        .setDescription('About somebody')
        .addUserOption((option) => option.setName('who').setDescription('Whom').setRequired(true)),
    ),
  new SlashCommandBuilder().setName('talk').setDescription('Opens a private thread and sends a direct message'),
].map((command) => command.toJSON());

// oxlint-disable no-misused-promises -- the guide writes its listeners like this, and this bot follows the guide
client.once(Events.ClientReady, async (readyClient) => {
  const rest = new REST({ api }).setToken(token);
  await rest.put(Routes.applicationCommands(readyClient.user.id), { body: commands });
  console.log(`Ready! Logged in as ${readyClient.user.tag}`);
});

client.on(Events.MessageCreate, async (message) => {
  if (message.author.bot) return;
  if (message.content === '!ping') await message.reply('Pong, the old way!');
});

client.on(Events.GuildMemberAdd, (member) => console.log(`welcome ${member.displayName}`));

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isAutocomplete()) {
    const focused = interaction.options.getFocused();
    const found = fruits.filter((fruit) => fruit.startsWith(focused));
    await interaction.respond(found.map((fruit) => ({ name: fruit, value: fruit })));
    return;
  }
  if (interaction.isButton() && interaction.customId === 'again') {
    await interaction.update({ content: 'Pong, again!', components: [] });
    return;
  }
  if (interaction.isStringSelectMenu()) {
    await interaction.reply(`You chose ${interaction.values.join(' and ')}!`);
    return;
  }
  if (interaction.isModalSubmit()) {
    const hobby = interaction.fields.getTextInputValue('hobby');
    await interaction.reply({ content: `Enjoy ${hobby}!`, flags: MessageFlags.Ephemeral });
    return;
  }
  if (!interaction.isChatInputCommand()) return;

  switch (interaction.commandName) {
    case 'ping': {
      const again = new ButtonBuilder().setCustomId('again').setLabel('Again').setStyle(ButtonStyle.Primary);
      await interaction.reply({
        content: 'Pong!',
        components: [new ActionRowBuilder<ButtonBuilder>().addComponents(again)],
      });
      break;
    }
    case 'secret':
      await interaction.reply({ content: 'Psst!', flags: MessageFlags.Ephemeral });
      break;
    case 'slow': {
      await interaction.deferReply();
      await interaction.editReply('Done thinking.');
      await interaction.followUp({ content: 'One more thing.', flags: MessageFlags.Ephemeral });
      break;
    }
    case 'menu': {
      const select = new StringSelectMenuBuilder()
        .setCustomId('starter')
        .setPlaceholder('Make a selection!')
        .addOptions(
          new StringSelectMenuOptionBuilder().setLabel('Bulbasaur').setDescription('Grass').setValue('bulbasaur'),
          new StringSelectMenuOptionBuilder().setLabel('Charmander').setDescription('Fire').setValue('charmander'),
        );
      await interaction.reply({
        content: 'Choose your starter!',
        components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select)],
      });
      break;
    }
    case 'form': {
      const input = new TextInputBuilder().setCustomId('hobby').setStyle(TextInputStyle.Short).setMaxLength(20);
      const label = new LabelBuilder().setLabel('Your favorite hobby').setTextInputComponent(input);
      await interaction.showModal(
        new ModalBuilder().setCustomId('about').setTitle('About you').addLabelComponents(label),
      );
      break;
    }
    case 'confirm': {
      const yes = new ButtonBuilder().setCustomId('yes').setLabel('Confirm').setStyle(ButtonStyle.Danger);
      const no = new ButtonBuilder().setCustomId('no').setLabel('Cancel').setStyle(ButtonStyle.Secondary);
      const response = await interaction.reply({
        content: 'Are you sure?',
        components: [new ActionRowBuilder<ButtonBuilder>().addComponents(no, yes)],
        withResponse: true,
      });
      const confirmation = await response.resource!.message!.awaitMessageComponent({
        componentType: ComponentType.Button,
        filter: (pressed) => pressed.user.id === interaction.user.id,
        time: 60_000,
      });
      await confirmation.update({
        content: confirmation.customId === 'yes' ? 'It is done.' : 'Cancelled.',
        components: [],
      });
      break;
    }
    case 'fruit':
      await interaction.reply(`One ${interaction.options.getString('name', true)} for you.`);
      break;
    case 'server':
      if (interaction.options.getSubcommand() === 'info') {
        await interaction.reply(`${interaction.guild!.name} has ${interaction.guild!.memberCount} members.`);
      } else {
        const user = interaction.options.getUser('who', true);
        const member = await interaction.guild!.members.fetch(user.id);
        await interaction.reply(`${member.displayName} joined at ${member.joinedAt!.toISOString()}`);
      }
      break;
    case 'talk': {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      if (interaction.channel?.type !== ChannelType.GuildText) return;
      const thread = await interaction.channel.threads.create({ name: 'talk', type: ChannelType.PrivateThread });
      await thread.members.add(interaction.user.id);
      await thread.send('Just the two of us.');
      await interaction.user.send('Look at the thread.');
      await interaction.editReply(`See ${thread.toString()}.`);
      break;
    }
  }
});

await client.login(token);
