import { type ButtonInteraction, InteractionContextType, PermissionFlagsBits, SlashCommandBuilder } from 'discord.js';
import type { Context } from '../../context.ts';
import { findNotifyRole } from '../../db/notify.ts';
import type { NotifyKind } from '../../db/schema.ts';
import type { Command } from '../../discord/command.ts';
import { requireModerator } from '../../discord/guards.ts';
import { provideNotifyRole } from './offer.ts';
import { chooseKey, notifyPanel, offerKey } from './panel.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, change, defer } from '../../discord/replies.ts';
import { findRoleFault, ownMember } from '../../discord/roles.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { chooseNotify, notifyKinds, offerNotify } from '../../posts/notify.ts';
import { texts } from '../../texts/en.ts';

const text = texts.notify;

/** What a member wants to be notified of. */
export default {
  data: new SlashCommandBuilder()
    .setName('notify')
    .setDescription(text.command)
    .setContexts(InteractionContextType.Guild),

  async execute(ctx, interaction) {
    await requireGuild(ctx.db, interaction.guildId);
    const isModerator = interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild);
    await answer(interaction, await notifyPanel(ctx, interaction.member, isModerator));
  },

  buttons: {
    /** Turns one kind on or off for whoever presses it. */
    [chooseKey]: async (ctx, interaction, [kind, wish]) => {
      if (!interaction.inCachedGuild()) throw new UserError(texts.common.notInGuild);
      const chosen = requireKind(kind);
      await requireReach(ctx, interaction, chosen);
      await chooseNotify(ctx, memberOf(interaction), chosen, wish === 'on');
      const isModerator = interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild);
      await change(interaction, await notifyPanel(ctx, interaction.member, isModerator));
    },
    /** Creates the role for one kind, and offers it to members. */
    [offerKey]: async (ctx, interaction, [kind]) => {
      if (!interaction.inCachedGuild()) throw new UserError(texts.common.notInGuild);
      requireModerator(interaction);
      const chosen = requireKind(kind);
      const by = memberOf(interaction);
      await requireGuild(ctx.db, by.guildId);
      await defer(interaction);
      const roleId = await provideNotifyRole(interaction.guild, interaction.member, chosen);
      const schedules = await offerNotify(ctx, by, chosen, roleId);
      await change(interaction, await notifyPanel(ctx, interaction.member, true));
      await answer(interaction, { content: text.offered(`<@&${roleId}>`, chosen, schedules) });
    },
  },
} satisfies Command;

/** @throws UserError for what no button of ours says. */
function requireKind(kind: string | undefined): NotifyKind {
  const known = notifyKinds.find((each) => each === kind);
  if (!known) throw new UserError(texts.common.outdated);
  return known;
}

/** What can be seen to fail is said at once. @throws UserError when the bot cannot or must not give the role. */
async function requireReach(ctx: Context, interaction: ButtonInteraction<'cached'>, kind: NotifyKind): Promise<void> {
  const { guild } = interaction;
  const role = guild.roles.cache.get((await findNotifyRole(ctx.db, guild.id, kind)) ?? '');
  if (!role) throw new UserError(text.refused.notOffered);
  if (findRoleFault(role, await ownMember(guild))) throw new UserError(text.refused.outOfReach(role.toString()));
}
