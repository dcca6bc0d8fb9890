import { SlashCommandBuilder } from 'discord.js';
import type { AuditFilter } from '../../db/audit.ts';
import { auditActions } from '../../db/schema.ts';
import { auditCard } from './card.ts';
import type { Command } from '../../discord/command.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, change } from '../../discord/replies.ts';
import { requireGuild } from '../../guild/guilds.ts';
import type { Texts } from '../../texts/en.ts';
import { keys } from '../../discord/keys.ts';

function filterOf(memberId: string, action: string): AuditFilter {
  const known = auditActions.find((each) => each === action);
  return { ...(memberId === '' ? {} : { memberId }), ...(known ? { action: known } : {}) };
}

/** The record of what moderators did, for moderators. */
export default {
  name: 'audit',
  for: 'moderators',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('audit')
      .setDescription(t.audit.command.description)
      .addUserOption((option) => option.setName('member').setDescription(t.audit.command.member))
      .addStringOption((option) =>
        option
          .setName('action')
          .setDescription(t.audit.command.action)
          .addChoices(...auditActions.map((action) => ({ name: t.audit.actions[action], value: action }))),
      ),

  async execute(ctx, interaction) {
    await requireGuild(ctx.db, interaction.guildId);
    const { options } = interaction;
    const filter = filterOf(options.getUser('member')?.id ?? '', options.getString('action') ?? '');
    await answer(interaction, await auditCard(ctx, interaction.guildId, filter, 0));
  },

  buttons: {
    /** Turns the pages. */
    [keys.audit.page]: async (ctx, interaction, [page, memberId = '', action = '']) => {
      const { guildId } = memberOf(interaction);
      await change(interaction, await auditCard(ctx, guildId, filterOf(memberId, action), Number(page)));
    },
  },
} satisfies Command;
