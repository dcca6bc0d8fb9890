import {
  LabelBuilder,
  ModalBuilder,
  type RepliableInteraction,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { guideById, themes } from '../../content/journey.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { travelingOf } from '../../discord/journey.ts';
import { keys } from '../../discord/keys.ts';
import { answer, change, openForm, suggest } from '../../discord/replies.ts';
import { claimKinds } from '../../db/schema.ts';
import { countUnanswered } from '../../journey/claims/ask.ts';
import { claimLimits } from '../../journey/claims/limits.ts';
import type { Texts } from '../../texts/en.ts';
import { answersCard, entryOf, question } from './answers.ts';
import {
  checkClaim,
  handOver,
  noteUnclear,
  openAnswerForm,
  openSendForm,
  openTrueForm,
  postBelow,
  sendQuestion,
  showFacts,
  takeAnswer,
} from './claims.ts';
import {
  openAddForm,
  openChangeForm,
  removeNamed,
  searchOwnAnswers,
  showOwnAnswers,
  takeOwnAnswer,
  turnOwnAnswers,
} from './own.ts';
import { themeCard } from './pages.ts';

const data = (t: Texts) => {
  const text = t.guide.command;
  const own = t.claims.command;
  return new SlashCommandBuilder()
    .setName('guide')
    .setDescription(text.description)
    .addSubcommand((ask) =>
      ask
        .setName('ask')
        .setDescription(text.ask)
        .addStringOption((option) =>
          option
            .setName('question')
            .setDescription(text.question)
            .setRequired(true)
            .setMinLength(question.least)
            .setMaxLength(question.most),
        ),
    )
    .addSubcommand((page) =>
      page
        .setName('page')
        .setDescription(text.page)
        .addStringOption((theme) =>
          theme
            .setName('category')
            .setDescription(text.theme)
            .setRequired(true)
            .addChoices(themes.map(({ id, name }) => ({ name, value: id }))),
        ),
    )
    .addSubcommand((check) =>
      check
        .setName('check')
        .setDescription(own.check)
        .addStringOption((option) =>
          option
            .setName('claim')
            .setDescription(own.claim)
            .setRequired(true)
            .setMinLength(question.least)
            .setMaxLength(claimLimits.snapshot),
        )
        .addStringOption((option) =>
          option
            .setName('about')
            .setDescription(t.claims.form.kind)
            .addChoices(claimKinds.map((id) => ({ name: t.claims.kinds[id], value: id }))),
        ),
    )
    .addSubcommand((add) => add.setName('add').setDescription(own.add))
    .addSubcommand((list) => list.setName('own').setDescription(own.own))
    .addSubcommand((edit) =>
      edit
        .setName('change')
        .setDescription(own.change)
        .addStringOption((option) =>
          option.setName('answer').setDescription(own.answer).setRequired(true).setAutocomplete(true),
        ),
    )
    .addSubcommand((remove) =>
      remove
        .setName('remove')
        .setDescription(own.remove)
        .addStringOption((option) =>
          option.setName('answer').setDescription(own.answer).setRequired(true).setAutocomplete(true),
        ),
    );
};

/** Answers a question; what nobody could answer is counted, without words or name. */
async function ask(ctx: ActContext, interaction: RepliableInteraction, asked: string): Promise<void> {
  const who = travelingOf(interaction);
  const { card, isEmpty } = await answersCard(ctx, who, asked);
  await answer(interaction, card);
  if (isEmpty && who.guildId !== null) await countUnanswered(ctx, { ...who, guildId: who.guildId }, asked);
}

/** Questions answered with who says so and when, and *Is this true?*: in servers, in direct messages, wherever somebody installed the bot. */
export default {
  name: 'guide',
  for: 'everyone',
  data,

  anywhere: {
    ask: (ctx, interaction) => ask(ctx, interaction, interaction.options.getString('question', true)),
    check: checkClaim,
    async page(ctx, interaction) {
      await answer(interaction, themeCard(ctx.t, interaction.options.getString('category', true)));
    },
  },

  subcommands: {
    add: { for: 'moderators', run: openAddForm },
    own: { for: 'moderators', run: showOwnAnswers },
    change: { for: 'moderators', run: openChangeForm },
    remove: { for: 'moderators', run: removeNamed },
  },

  async autocomplete(ctx, interaction) {
    const typed = interaction.options.getFocused();
    await suggest(interaction, await searchOwnAnswers(ctx, interaction.guildId, typed));
  },

  messageMenus: [{ name: (t: Texts) => t.claims.menu, anywhere: openTrueForm }],

  buttons: {
    /** The first page of the guide, with the way to the others. */
    [keys.guide.open]: async (ctx, interaction) => {
      await answer(interaction, themeCard(ctx.t, ''));
    },
    /** Back from an answer to the page of its theme. */
    [keys.guide.theme]: async (ctx, interaction, [theme = '']) => {
      await change(interaction, themeCard(ctx.t, theme));
    },
    /** Opens a form for another question. */
    [keys.guide.ask]: async (ctx, interaction) => {
      const text = ctx.t.guide;
      const input = new TextInputBuilder()
        .setCustomId('question')
        .setStyle(TextInputStyle.Short)
        .setMinLength(question.least)
        .setMaxLength(question.most)
        .setRequired(true);
      const form = new ModalBuilder()
        .setCustomId(customId(keys.guide.askForm))
        .setTitle(text.formTitle)
        .addLabelComponents(new LabelBuilder().setLabel(text.command.question).setTextInputComponent(input))
        .toJSON();
      await openForm(interaction, form);
    },
    [keys.guide.hand]: handOver,
    [keys.guide.send]: openSendForm,
    [keys.guide.answer]: { for: 'moderators', run: openAnswerForm },
    [keys.guide.unclear]: { for: 'moderators', run: noteUnclear },
    [keys.guide.post]: postBelow,
    [keys.guide.own]: { for: 'moderators', run: turnOwnAnswers },
  },

  menus: {
    /** An answer from a theme's page, in place of the page. */
    [keys.guide.read]: async (ctx, interaction) => {
      const entry = guideById().get(interaction.values[0] ?? '');
      await change(interaction, entry ? await entryOf(ctx, travelingOf(interaction), entry) : themeCard(ctx.t, ''));
    },
    /** The page of a theme, in place of what the message showed. */
    [keys.guide.page]: async (ctx, interaction) => {
      await change(interaction, themeCard(ctx.t, interaction.values[0] ?? ''));
    },
  },

  modals: {
    [keys.guide.askForm]: (ctx, interaction) => ask(ctx, interaction, textIn(interaction, 'question')),
    [keys.guide.trueForm]: showFacts,
    [keys.guide.sendForm]: sendQuestion,
    [keys.guide.answerForm]: { for: 'moderators', run: takeAnswer },
    [keys.guide.ownForm]: { for: 'moderators', run: takeOwnAnswer },
  },
} satisfies Command;
