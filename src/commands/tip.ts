import { ButtonStyle, ComponentType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { tipCategories } from '../content/library.ts';
import { tipCard } from '../discord/cards/tip.ts';
import type { Command } from '../discord/command.ts';
import { entryForm, readEntry } from '../discord/content/forms.ts';
import { customId } from '../discord/custom-ids.ts';
import { memberOf } from '../discord/profile/whose.ts';
import { answer, type Card, change, openForm } from '../discord/replies.ts';
import { UserError } from '../errors.ts';
import { requireGuild } from '../mentoring/guilds.ts';
import { findTipNow, type TipNow } from '../posts/content/now.ts';
import { suggestContent } from '../posts/content/own.ts';
import { texts } from '../texts/en.ts';

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

/** A tip now, for whoever asks; and the way to the moderators with one's own. */
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
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Secondary,
            label: text.tip.another,
            custom_id: customId(anotherKey, category ?? all, String(found.place)),
          },
        ],
      },
    ],
  };
}
