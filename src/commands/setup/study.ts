import {
  ChannelType,
  type ChatInputCommandInteraction,
  type Guild,
  type GuildMember,
  SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Guild as Settings } from '../../db/guilds.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { answer } from '../../discord/replies.ts';
import { listingPermissions, missingPermissions } from '../../discord/permissions.ts';
import { ownMember } from '../../discord/roles.ts';
import { saveWeeklyForming } from '../../study/formations/weekly.ts';
import { saveStudy } from '../../study/settings.ts';
import type { Texts } from '../../texts/en.ts';
import { findEventProblems } from './check-events.ts';
import type { Problem, ProblemText } from './problem.ts';

/** `/setup study`: whether groups are formed by themselves, and what everybody sees of them. */
export function studyData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.studyOpen.settings;
  return new SlashCommandSubcommandBuilder()
    .setName('study')
    .setDescription(text.command)
    .addBooleanOption((option) => option.setName('weekly').setDescription(t.formations.weekly.option))
    .addBooleanOption((option) => option.setName('events').setDescription(text.events))
    .addChannelOption((option) =>
      option.setName('voice').setDescription(text.voice).addChannelTypes(ChannelType.GuildVoice),
    )
    .addBooleanOption((option) => option.setName('no_voice').setDescription(text.noVoice))
    .addChannelOption((option) =>
      option.setName('forum').setDescription(text.forum).addChannelTypes(ChannelType.GuildForum),
    )
    .addBooleanOption((option) => option.setName('no_forum').setDescription(text.noForum));
}

/** Changes what is named, says how it now is, and what the bot lacks for it. */
export async function study(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options, guild } = interaction;
  const by = memberOf(interaction);
  await saveWeeklyForming(ctx, by, options.getBoolean('weekly') ?? undefined);
  const settings = await saveStudy(ctx, by, {
    events: options.getBoolean('events') ?? undefined,
    voiceChannelId: options.getBoolean('no_voice') === true ? null : options.getChannel('voice')?.id,
    forumId: options.getBoolean('no_forum') === true ? null : options.getChannel('forum')?.id,
  });
  const text = ctx.t.studyOpen.settings;
  const { study_voice_channel_id: voice, study_forum_id: forum } = settings;
  const place = voice === null ? text.threads : `<#${voice}>`;
  const problems = checkStudy(ctx.t, guild, await ownMember(guild), settings);
  const { weekly } = ctx.t.formations;
  const lines = [
    settings.forming_at === null ? weekly.off : weekly.on(settings.forming_at),
    settings.study_events === 1 ? text.hasEvents(place) : text.hasNoEvents,
    forum === null ? text.hasNoForum : text.hasForum(`<#${forum}>`),
    ...problems.map(({ text: what, fix }) => `${what} ${fix}`),
  ];
  await answer(interaction, { embeds: [embed(ctx.t, text.title, lines.join('\n\n'))] });
}

/** Whether sessions can stand among the server's events, and groups in the forum, where they are to. */
export function checkStudy(t: Texts, guild: Guild, me: GuildMember, settings: Settings): Problem[] {
  const { study_voice_channel_id: voice, study_forum_id: forumId } = settings;
  const problems = settings.study_events === 0 ? [] : findEventProblems(t, guild, me, voice);
  if (forumId !== null) problems.push(...findForumProblems(t, guild, me, forumId));
  return problems.map((each) => ({ about: 'study', ...each }));
}

function findForumProblems(t: Texts, guild: Guild, me: GuildMember, forumId: string): ProblemText[] {
  const forum = guild.channels.cache.get(forumId);
  if (forum?.type !== ChannelType.GuildForum) return [t.studyOpen.forumGone()];
  const missing = missingPermissions(forum.permissionsFor(me), listingPermissions);
  return missing.length === 0 ? [] : [t.places.forumPermissions(forum.toString(), missing)];
}
