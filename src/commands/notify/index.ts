import { type ButtonInteraction, type ChatInputCommandInteraction, type Guild, SlashCommandBuilder } from 'discord.js';
import type { Context } from '../../context.ts';
import { findNotifyRole } from '../../db/notify.ts';
import type { NotifyKind } from '../../db/schema.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { provideNotifyRole } from './offer.ts';
import { notifyPanel } from './panel.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, change, defer } from '../../discord/replies.ts';
import { findRoleFault, ownMember } from '../../discord/roles.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { chooseNotify, notifyKinds, offerNotify } from '../../posts/notify.ts';
import { audiences } from '../../discord/audience.ts';
import { keys } from '../../discord/keys.ts';
import { placeOf } from '../../discord/place.ts';
import type { Texts } from '../../texts/en.ts';

/** What a member wants to be notified of. */
export default {
  name: 'notify',
  for: 'everyone',
  data: (t: Texts) => new SlashCommandBuilder().setName('notify').setDescription(t.notify.command),

  execute: show,

  buttons: {
    /** Shows what there is to choose, like the command. */
    [keys.notify.open]: show,
    /** Turns one kind on or off for whoever presses it. */
    [keys.notify.choose]: async (ctx, interaction, [kind, wish]) => {
      const { guild, member } = placeOf(interaction);
      const chosen = requireKind(kind);
      const given = wish === 'on';
      await requireReach(ctx, guild, chosen, given);
      await chooseNotify(ctx, memberOf(interaction), chosen, given);
      const isModerator = audiences.moderators.admits(interaction);
      await change(interaction, await notifyPanel(ctx, member, isModerator));
    },
    /** Creates the role for one kind, and offers it to members. */
    [keys.notify.offer]: {
      for: 'moderators',
      run: async (ctx, interaction, [kind]) => {
        const { guild, member } = placeOf(interaction);
        const chosen = requireKind(kind);
        const by = memberOf(interaction);
        await requireGuild(ctx.db, by.guildId);
        await defer(interaction);
        const roleId = await provideNotifyRole(ctx.t, guild, member, chosen);
        const schedules = await offerNotify(ctx, by, chosen, roleId);
        await change(interaction, await notifyPanel(ctx, member, true));
        await answer(interaction, { content: ctx.t.notify.offered(`<@&${roleId}>`, chosen, schedules) });
      },
    },
  },
} satisfies Command;

async function show(ctx: ActContext, interaction: ChatInputCommandInteraction | ButtonInteraction): Promise<void> {
  const { guild, member } = placeOf(interaction);
  await requireGuild(ctx.db, guild.id);
  await answer(interaction, await notifyPanel(ctx, member, audiences.moderators.admits(interaction)));
}

/** @throws UserError for what no button of ours says. */
function requireKind(kind: string | undefined): NotifyKind {
  const known = notifyKinds.find((each) => each === kind);
  if (!known) throw new UserError((t) => t.common.outdated);
  return known;
}

/** Refuses at once whatever is bound to fail. @throws UserError when the bot cannot or must not give or take the role. */
async function requireReach(ctx: Context, guild: Guild, kind: NotifyKind, given: boolean): Promise<void> {
  const role = guild.roles.cache.get((await findNotifyRole(ctx.db, guild.id, kind)) ?? '');
  if (!role) throw new UserError((t) => t.notify.refused.notOffered);
  const fault = findRoleFault(role, await ownMember(guild));
  // Whoever has a role that became powerful may still give it back.
  if (fault === 'powerful' && !given) return;
  if (fault === 'powerful') throw new UserError((t) => t.notify.refused.powerful(role.toString()));
  if (fault) throw new UserError((t) => t.notify.refused.outOfReach(role.toString()));
}
