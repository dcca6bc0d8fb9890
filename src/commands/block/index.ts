import { type ChatInputCommandInteraction, SlashCommandBuilder, type User } from 'discord.js';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { answer } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { blockMember, findBlocks, unblockMember } from '../../mentoring/blocks.ts';
import type { Texts } from '../../texts/en.ts';
import { blockedCard, blocksCard } from './cards.ts';

type Slash = ChatInputCommandInteraction<'cached'>;
type Interaction = Parameters<typeof memberOf>[0] & Parameters<typeof answer>[0];

async function block(ctx: ActContext, interaction: Interaction, user: User): Promise<void> {
  if (user.bot) throw new UserError((t) => t.block.refused.bot);
  const outcome = await blockMember(ctx, memberOf(interaction), user.id);
  await answer(interaction, blockedCard(ctx.t, outcome, user.id));
}

const member = (interaction: Slash) => interaction.options.getUser('member', true);

/** Whom one does not want to have to do with here. */
export default {
  name: 'block',
  for: 'everyone',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('block')
      .setDescription(t.block.command.description)
      .addSubcommand((add) =>
        add
          .setName('add')
          .setDescription(t.block.command.add)
          .addUserOption((option) =>
            option.setName('member').setDescription(t.block.command.addMember).setRequired(true),
          ),
      )
      .addSubcommand((remove) =>
        remove
          .setName('remove')
          .setDescription(t.block.command.remove)
          .addUserOption((option) =>
            option.setName('member').setDescription(t.block.command.removeMember).setRequired(true),
          ),
      )
      .addSubcommand((list) => list.setName('list').setDescription(t.block.command.list)),

  subcommands: {
    add: async (ctx, interaction) => await block(ctx, interaction, member(interaction)),
    remove: async (ctx, interaction) => {
      const { id } = member(interaction);
      await unblockMember(ctx, memberOf(interaction), id);
      await answer(interaction, { content: ctx.t.block.removed(id) });
    },
    list: async (ctx, interaction) => {
      await answer(interaction, blocksCard(ctx.t, await findBlocks(ctx, memberOf(interaction))));
    },
  },

  userMenu: {
    name: (t: Texts) => t.block.menu,
    run: async (ctx, interaction) => await block(ctx, interaction, interaction.targetUser),
  },
} satisfies Command;
