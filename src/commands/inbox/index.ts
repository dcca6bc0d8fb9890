import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  SlashCommandBuilder,
} from 'discord.js';
import type { ActContext, Command } from '../../discord/command.ts';
import { inboxCard } from './cards.ts';
import { answer, change, defer } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import type { Texts } from '../../texts/en.ts';
import { keys } from '../../discord/keys.ts';
import { placeOf } from '../../discord/place.ts';
import { markNoticeRead } from '../../db/notices/lookups.ts';

async function show(ctx: ActContext, interaction: ChatInputCommandInteraction | ButtonInteraction): Promise<void> {
  const { guild } = placeOf(interaction);
  const settings = await requireGuild(ctx.db, guild.id);
  // Names come from Discord, one request each.
  await defer(interaction);
  await answer(interaction, await inboxCard(ctx, settings, guild, interaction.user.id));
}

/** Shows the inbox of whoever pressed a button in it, in place of what the message showed. */
async function showAgain(ctx: ActContext, interaction: MessageComponentInteraction, page: number): Promise<void> {
  const { guild } = placeOf(interaction);
  const settings = await requireGuild(ctx.db, guild.id);
  await change(interaction, await inboxCard(ctx, settings, guild, interaction.user.id, page));
}

export default {
  name: 'inbox',
  for: 'everyone',
  data: (t: Texts) => new SlashCommandBuilder().setName('inbox').setDescription(t.inbox.description),

  execute: show,

  buttons: {
    /** Shows the inbox, like the command. */
    [keys.inbox.open]: show,
    /** Marks the notices of one page as read. */
    [keys.inbox.read]: async (ctx, interaction, noticeIds) => {
      await defer(interaction);
      let marked = 0;
      for (const id of noticeIds) if (await markNoticeRead(ctx.db, id, interaction.user.id)) marked += 1;
      if (marked === 0) throw new UserError((t) => t.inbox.notYours);
      await showAgain(ctx, interaction, 0);
    },
    /** Turns to another page. */
    [keys.inbox.page]: async (ctx, interaction, [page]) => {
      await defer(interaction);
      await showAgain(ctx, interaction, Number(page));
    },
  },
} satisfies Command;
