import { type GuildMember, SlashCommandBuilder } from 'discord.js';
import type { AuditFilter } from '../../db/audit.ts';
import { listSeenIds } from '../../db/cases/sight.ts';
import { auditActions } from '../../db/schema.ts';
import { auditCard } from './card.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { isHandler } from '../../discord/handlers.ts';
import { UserError } from '../../errors.ts';
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

/** The same, with the cases that whoever looks may see. */
async function seenFilter(ctx: ActContext, member: GuildMember, filter: AuditFilter): Promise<AuditFilter> {
  const settings = await requireGuild(ctx.db, member.guild.id);
  if (!isHandler(settings, member)) return filter;
  return { ...filter, cases: await listSeenIds(ctx.db, { guildId: member.guild.id, userId: member.id }) };
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
    const { options, member } = interaction;
    const chosen = filterOf(ctx.t, options.getUser('member')?.id ?? '', options.getString('action') ?? '');
    const filter = await seenFilter(ctx, member, chosen);
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
      if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
      const filter = await seenFilter(ctx, interaction.member, filterOf(ctx.t, memberId, action));
      await change(interaction, await auditCard(ctx, interaction.guildId, filter, Number(page)));
    },
  },
} satisfies Command;
