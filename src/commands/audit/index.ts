import { InteractionContextType, PermissionFlagsBits, SlashCommandBuilder } from 'discord.js';
import type { AuditFilter } from '../../db/audit.ts';
import { auditActions, auditCard, isAuditAction, pageKey } from './card.ts';
import type { Command } from '../../discord/command.ts';
import { requireModerator } from '../../discord/guards.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, change } from '../../discord/replies.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { texts } from '../../texts/en.ts';

const text = texts.audit;

function filterOf(memberId: string, action: string): AuditFilter {
  return {
    ...(memberId === '' ? {} : { memberId }),
    ...(isAuditAction(action) ? { action } : {}),
  };
}

/** The record of what moderators did, for moderators. */
export default {
  data: new SlashCommandBuilder()
    .setName('audit')
    .setDescription(text.command.description)
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addUserOption((option) => option.setName('member').setDescription(text.command.member))
    .addStringOption((option) =>
      option
        .setName('action')
        .setDescription(text.command.action)
        .addChoices(...auditActions.map((action) => ({ name: text.actions[action], value: action }))),
    ),

  async execute(ctx, interaction) {
    requireModerator(interaction);
    await requireGuild(ctx.db, interaction.guildId);
    const { options } = interaction;
    const filter = filterOf(options.getUser('member')?.id ?? '', options.getString('action') ?? '');
    await answer(interaction, await auditCard(ctx, interaction.guildId, filter, 0));
  },

  buttons: {
    /** Turns the pages. */
    [pageKey]: async (ctx, interaction, [page, memberId = '', action = '']) => {
      requireModerator(interaction);
      const { guildId } = memberOf(interaction);
      await change(interaction, await auditCard(ctx, guildId, filterOf(memberId, action), Number(page)));
    },
  },
} satisfies Command;
