import { ChannelType, type ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import { support } from '../../content/journey.ts';
import type { Guild } from '../../db/guilds.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { answer, type Card } from '../../discord/replies.ts';
import { matchPhaseAt } from '../../journey/match/phase.ts';
import { matchChannelOf, saveMatchWeek } from '../../journey/match/settings.ts';
import { stamp } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';
import type { Instant } from '../../time.ts';
import { requirePostChannel } from './channel.ts';

/** `/setup match`: what Match Week is like here. */
export function matchData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.match.settings;
  return new SlashCommandSubcommandBuilder()
    .setName('match')
    .setDescription(text.command)
    .addBooleanOption((option) => option.setName('quiet').setDescription(text.quiet))
    .addBooleanOption((option) => option.setName('post').setDescription(text.post))
    .addBooleanOption((option) => option.setName('share').setDescription(text.share))
    .addChannelOption((option) =>
      option
        .setName('channel')
        .setDescription(text.channel)
        .addChannelTypes(ChannelType.GuildText, ChannelType.GuildAnnouncement),
    );
}

/** Changes what is named, and shows how it now is. @throws UserError for a channel that whoever asks, or the bot, cannot use. */
export async function match(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options } = interaction;
  const channelId = options.getChannel('channel')?.id;
  if (channelId !== undefined) requirePostChannel(ctx.t, interaction, channelId);
  const settings = await saveMatchWeek(ctx, memberOf(interaction), {
    quiet: options.getBoolean('quiet') ?? undefined,
    post: options.getBoolean('post') ?? undefined,
    share: options.getBoolean('share') ?? undefined,
    channelId,
  });
  await answer(interaction, shownCard(ctx.t, settings, ctx.now()));
}

function shownCard(t: Texts, guild: Guild, now: Instant): Card {
  const text = t.match.settings;
  const { week } = matchPhaseAt(now);
  const id = matchChannelOf(guild);
  const channel = id === null ? text.noChannel : `<#${id}>`;
  const lines = [
    text.when(week.year, stamp(week.from, 'D'), stamp(week.where, 'D')),
    guild.match_week === 1 ? text.isQuiet : text.isNotQuiet,
    guild.match_post === 1 ? text.posts(channel) : text.postsNothing,
    guild.match_share === 1 ? text.shares(channel) : text.sharesNothing,
    text.never,
  ];
  return { embeds: [embed(t, text.title, lines.map((line) => `- ${line}`).join('\n'))] };
}

/** `/setup words`: what a moderator can write when somebody is not well. */
export function wordsData(t: Texts): SlashCommandSubcommandBuilder {
  return new SlashCommandSubcommandBuilder().setName('words').setDescription(t.match.wordsCommand);
}

/** Shows the words, to be copied and made one's own. */
export async function words(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const text = ctx.t.match.words;
  const fields = support.words.map(({ when, say }) => ({ name: when, value: say }));
  await answer(interaction, { embeds: [embed(ctx.t, text.title, text.rules, fields)] });
}
