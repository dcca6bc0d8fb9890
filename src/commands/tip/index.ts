import { type ButtonInteraction, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { tipCategories } from '../../content/library.ts';
import type { Context } from '../../context.ts';
import { button, row } from '../../discord/buttons.ts';
import { doneKey, pointsCard, pointsKey, takeBackKey } from '../../discord/cards/prompt.ts';
import { tipCard } from '../../discord/cards/tip.ts';
import type { Command } from '../../discord/command.ts';
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
import { texts } from '../../texts/en.ts';

const text = texts.content;
const anotherKey = 'tip-another';
const suggestFormKey = 'tip-suggest-form';
/** Stands in a custom id for every category. */
const all = 'all';

const data = new SlashCommandBuilder()
  .setName('tip')
  .setDescription(text.tip.description)
  .setContexts(InteractionContextType.Guild)
  .addSubcommand((show) =>
    show
      .setName('show')
      .setDescription(text.tip.show)
      .addStringOption((option) =>
        option
          .setName('category')
          .setDescription(text.tip.category)
          .addChoices(...tipCategories.map(({ id, name }) => ({ name, value: id }))),
      ),
  )
  .addSubcommand((suggest) => suggest.setName('suggest').setDescription(text.tip.suggest));

/** A tip now, the way to the moderators with one's own, and the buttons below every prompt: what is for everybody. */
export default {
  data,

  async execute(ctx, interaction) {
    const by = memberOf(interaction);
    await requireGuild(ctx.db, by.guildId);
    if (interaction.options.getSubcommand() === 'suggest') {
      return await openForm(interaction, entryForm(customId(suggestFormKey), text.form.suggestTitle, 'tip'));
    }
    const category = interaction.options.getString('category') ?? undefined;
    await answer(interaction, tipNowCard(await findTipNow(ctx, by, category), category));
  },

  buttons: {
    /** Shows the next tip, in place of the one before. */
    [anotherKey]: async (ctx, interaction, [id = all, place]) => {
      const category = id === all ? undefined : id;
      await change(
        interaction,
        tipNowCard(await findTipNow(ctx, memberOf(interaction), category, Number(place) + 1), category),
      );
    },

    /** Shows what a good answer to a prompt has, to whoever asks. */
    [pointsKey]: async (ctx, interaction, [from, id = '']) => {
      const source = from === 'guild' ? 'guild' : 'library';
      const prompt = await findPrompt(ctx.db, memberOf(interaction).guildId, source, id);
      if (!prompt) throw new UserError(text.points.gone);
      await answer(interaction, pointsCard(prompt));
    },
    /** Counts whoever presses it. */
    [doneKey]: countMe,
    [takeBackKey]: async (ctx, interaction, [slotId = '']) => {
      await countOut(ctx, memberOf(interaction), slotId);
      await change(interaction, { content: text.done.takenBack });
    },
  },

  modals: {
    /** Hands a tip to the moderators. */
    [suggestFormKey]: async (ctx, interaction) => {
      await suggestContent(ctx, memberOf(interaction), readEntry(interaction, 'tip'));
      await answer(interaction, { content: text.tip.suggested });
    },
  },
} satisfies Command;

function tipNowCard(found: TipNow | undefined, category: string | undefined): Card {
  if (!found) throw new UserError(text.tip.none);
  return {
    ...tipCard(found.tip),
    components: [row(button([anotherKey, category ?? all, String(found.place)], text.tip.another))],
  };
}

async function countMe(ctx: Context, interaction: ButtonInteraction, [slotId = '']: readonly string[]): Promise<void> {
  await answer(interaction, countedCard(await countIn(ctx, memberOf(interaction), slotId), slotId));
}
