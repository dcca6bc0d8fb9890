import { type ButtonInteraction, type ChatInputCommandInteraction, SlashCommandBuilder } from 'discord.js';
import { tipCategories } from '../../content/library.ts';
import { button, row } from '../../discord/buttons.ts';
import { pointsCard } from '../../discord/cards/prompt.ts';
import { tipCard } from '../../discord/cards/tip.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { countedCard } from './counted.ts';
import { entryForm, readEntry } from '../content/forms.ts';
import { customId } from '../../discord/custom-ids.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, type Card, change, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { findPrompt } from '../../posts/content/entries.ts';
import { findTipNow, type TipNow } from '../../posts/content/now.ts';
import { countIn, countOut } from '../../posts/content/participation.ts';
import { suggestContent } from '../../posts/content/suggestions.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';

/** Stands in a custom id for every category. */
const all = 'all';

const data = (t: Texts) =>
  new SlashCommandBuilder()
    .setName('tip')
    .setDescription(t.content.tip.description)
    .addSubcommand((show) =>
      show
        .setName('show')
        .setDescription(t.content.tip.show)
        .addStringOption((option) =>
          option
            .setName('category')
            .setDescription(t.content.tip.category)
            .addChoices(...tipCategories.map(({ id, name }) => ({ name, value: id }))),
        ),
    )
    .addSubcommand((suggest) => suggest.setName('suggest').setDescription(t.content.tip.suggest));

/** A tip now, the way to the moderators with one's own, and the buttons below every prompt: what is for everybody. */
export default {
  name: 'tip',
  for: 'everyone',
  data,

  subcommands: {
    show: async (ctx, interaction) => {
      await show(ctx, interaction, interaction.options.getString('category') ?? undefined);
    },
    suggest,
  },

  buttons: {
    /** Shows a tip, like the command. */
    [keys.tip.show]: async (ctx, interaction) => await show(ctx, interaction, undefined),
    /** Opens the form for one, like the command. */
    [keys.tip.suggest]: suggest,
    /** Shows the next tip, in place of the one before. */
    [keys.tip.another]: async (ctx, interaction, [id = all, place]) => {
      const category = id === all ? undefined : id;
      const found = await findTipNow(ctx, memberOf(interaction), category, Number(place) + 1);
      await change(interaction, tipNowCard(ctx.t, found, category));
    },

    /** Shows what a good answer to a prompt has, to whoever asks. */
    [keys.tip.points]: async (ctx, interaction, [from, id = '']) => {
      const source = from === 'guild' ? 'guild' : 'library';
      const prompt = await findPrompt(ctx.db, memberOf(interaction).guildId, source, id);
      if (!prompt) throw new UserError((t) => t.content.points.gone);
      await answer(interaction, pointsCard(ctx.t, prompt));
    },
    /** Counts whoever presses it. */
    [keys.tip.done]: async (ctx, interaction, [slotId = '']) => {
      await answer(interaction, countedCard(ctx.t, await countIn(ctx, memberOf(interaction), slotId), slotId));
    },
    [keys.tip.takeBack]: async (ctx, interaction, [slotId = '']) => {
      await countOut(ctx, memberOf(interaction), slotId);
      await change(interaction, { content: ctx.t.content.done.takenBack });
    },
  },

  modals: {
    /** Hands a tip to the moderators. */
    [keys.tip.suggestForm]: async (ctx, interaction) => {
      await suggestContent(ctx, memberOf(interaction), readEntry(interaction, 'tip'));
      await answer(interaction, { content: ctx.t.content.tip.suggested });
    },
  },
} satisfies Command;

type Acting = ChatInputCommandInteraction | ButtonInteraction;

async function show(ctx: ActContext, interaction: Acting, category: string | undefined): Promise<void> {
  const by = memberOf(interaction);
  await requireGuild(ctx.db, by.guildId);
  await answer(interaction, tipNowCard(ctx.t, await findTipNow(ctx, by, category), category));
}

async function suggest(ctx: ActContext, interaction: Acting): Promise<void> {
  await requireGuild(ctx.db, memberOf(interaction).guildId);
  const form = entryForm(ctx.t, customId(keys.tip.suggestForm), ctx.t.content.form.suggestTitle, 'tip');
  await openForm(interaction, form);
}

function tipNowCard(t: Texts, found: TipNow | undefined, category: string | undefined): Card {
  if (!found) throw new UserError((t) => t.content.tip.none);
  return {
    ...tipCard(t, found.tip),
    components: [row(button([keys.tip.another, category ?? all, String(found.place)], t.content.tip.another))],
  };
}
