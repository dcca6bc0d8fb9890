import { SlashCommandBuilder } from 'discord.js';
import type { AuditFilter } from '../../db/audit.ts';
import { auditActions } from '../../db/schema.ts';
import { auditCard } from './card.ts';
import type { Command } from '../../discord/command.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, change, suggest } from '../../discord/replies.ts';
import { limits } from '../../discord/limits.ts';
import { requireGuild } from '../../guild/guilds.ts';
import type { Texts } from '../../texts/en.ts';
import { keys } from '../../discord/keys.ts';

/** @param action a slug, or what it is called: whoever ignores the suggestions may have typed its name. */
function filterOf(t: Texts, memberId: string, action: string): AuditFilter {
  const known = auditActions.find((each) => each === action || t.audit.actions[each] === action.trim().toLowerCase());
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
        option.setName('action').setDescription(t.audit.command.action).setAutocomplete(true),
      ),

  async execute(ctx, interaction) {
    await requireGuild(ctx.db, interaction.guildId);
    const { options } = interaction;
    const filter = filterOf(ctx.t, options.getUser('member')?.id ?? '', options.getString('action') ?? '');
    await answer(interaction, await auditCard(ctx, interaction.guildId, filter, 0));
  },

  /** There are more acts than Discord shows as choices. */
  async autocomplete(ctx, interaction) {
    const typed = interaction.options.getFocused().trim().toLowerCase();
    const acts = auditActions.map((value) => ({ name: ctx.t.audit.actions[value], value }));
    const found = acts.filter(({ name }) => name.toLowerCase().includes(typed)).slice(0, limits.choices);
    await suggest(interaction, found);
  },

  buttons: {
    /** Turns the pages. */
    [keys.audit.page]: async (ctx, interaction, [page, memberId = '', action = '']) => {
      const { guildId } = memberOf(interaction);
      await change(interaction, await auditCard(ctx, guildId, filterOf(ctx.t, memberId, action), Number(page)));
    },
  },
} satisfies Command;
