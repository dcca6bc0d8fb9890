import { LabelBuilder, ModalBuilder, SlashCommandBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import { guideById, itemById, journey as content, themes } from '../../content/journey.ts';
import { isCurrent, tips } from '../../content/library.ts';
import { listDatesOfGuilds, listGuildDates } from '../../db/dates.ts';
import { listGuildsOfJourney } from '../../db/journeys.ts';
import { row } from '../../discord/buttons.ts';
import { dateText } from '../../discord/cards/date.ts';
import { link } from '../../discord/cards/fact.ts';
import { entryText } from '../../discord/cards/guide.ts';
import { shownText } from '../../discord/cards/road.ts';
import { tipCard } from '../../discord/cards/tip.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { embed } from '../../discord/embeds.ts';
import { textIn } from '../../discord/forms.ts';
import { travelingOf } from '../../discord/journey.ts';
import { keys } from '../../discord/keys.ts';
import { answer, type Card, change, openForm } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { showDate } from '../../journey/dates/view.ts';
import { askGuide, type Findable } from '../../journey/guide/search.ts';
import type { Traveling } from '../../journey/own/journey.ts';
import { clip } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';
import { askButton, entryCard, themeCard, themeMenu } from './pages.ts';

/** Characters of a question. */
const question = { least: 3, most: 120 } as const;
/** Characters of one answer on the card: five of the longest stay below Discord's limit. */
const answerMost = 850;

const data = (t: Texts) => {
  const text = t.guide.command;
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
    );
};

/** What answers a question, best first, each with who says so and when. */
async function answersCard(ctx: ActContext, who: Traveling, asked: string): Promise<Card> {
  const text = ctx.t.guide;
  const shown = showTyped(clip(asked.trim(), question.most));
  const found = await askGuide(ctx.db, asked);
  if (found.length === 0) return { content: text.none(shown), components: [themeMenu(ctx.t), row(askButton(ctx.t))] };
  const fields = [];
  for (const entry of found) {
    const title = text.heading(text.kinds[entry.kind], entry.title);
    fields.push({ name: clip(title, 256), value: clip(await bodyOf(ctx, who, entry), answerMost) });
  }
  return {
    embeds: [{ ...embed(ctx.t, text.title, text.asked(shown), fields), footer: { text: text.nobodyAdvises } }],
    components: [themeMenu(ctx.t), row(askButton(ctx.t))],
  };
}

async function bodyOf(ctx: ActContext, who: Traveling, { kind, id, body }: Findable): Promise<string> {
  const now = ctx.now();
  const { t } = ctx;
  if (kind === 'item') {
    const item = itemById().get(id);
    return item ? shownText(t, item, now) : body;
  }
  if (kind === 'tip') {
    const tip = tips().find((each) => each.id === id);
    if (!tip) return body;
    if (!isCurrent(tip, now.slice(0, 10))) return t.guide.stale(tip.source ? link(tip.source) : '');
    return tipCard(t, { ...tip, from: 'library' }).embeds?.[0]?.description ?? body;
  }
  if (kind === 'date') {
    const known = content().dates.find((each) => each.id === id);
    const rows = who.guildId === null ? await listDatesOfGuilds(ctx.db, await listGuildsOfJourney(ctx.db, who.userId)) : await listGuildDates(ctx.db, who.guildId); // prettier-ignore
    return known ? dateText(t, showDate(known, rows.filter(({ date_id: of }) => of === id), now)) : body; // prettier-ignore
  }
  const entry = guideById().get(id);
  if (!entry) return body;
  return entryText(t, entry, now);
}

/** Questions answered with who says so and when: in servers, in direct messages, wherever somebody installed the bot. */
export default {
  name: 'guide',
  for: 'everyone',
  data,

  anywhere: {
    async ask(ctx, interaction) {
      const asked = interaction.options.getString('question', true);
      await answer(interaction, await answersCard(ctx, travelingOf(interaction), asked));
    },
    async page(ctx, interaction) {
      await answer(interaction, themeCard(ctx.t, interaction.options.getString('category', true)));
    },
  },

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
  },

  menus: {
    /** An answer from a theme's page, in place of the page. */
    [keys.guide.read]: async (ctx, interaction) => {
      const entry = guideById().get(interaction.values[0] ?? '');
      await change(interaction, entry ? entryCard(ctx.t, entry, ctx.now()) : themeCard(ctx.t, ''));
    },
    /** The page of a theme, in place of what the message showed. */
    [keys.guide.page]: async (ctx, interaction) => {
      await change(interaction, themeCard(ctx.t, interaction.values[0] ?? ''));
    },
  },

  modals: {
    [keys.guide.askForm]: async (ctx, interaction) => {
      await answer(interaction, await answersCard(ctx, travelingOf(interaction), textIn(interaction, 'question')));
    },
  },
} satisfies Command;
