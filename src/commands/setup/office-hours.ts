import {
  type ChatInputCommandInteraction,
  type Guild,
  type GuildMember,
  SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Guild as Settings } from '../../db/guilds.ts';
import { listOfficeHours } from '../../db/office-hours.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { answer } from '../../discord/replies.ts';
import { ownMember } from '../../discord/roles.ts';
import { saveOffice } from '../../mentoring/office-hours/settings.ts';
import type { Texts } from '../../texts/en.ts';
import { findEventProblems } from './check-events.ts';
import type { Problem } from './problem.ts';

/** `/setup officehours`: whether mentors offer some, and whether those stand among the server's events. */
export function officeData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.officeHours.settings;
  return new SlashCommandSubcommandBuilder()
    .setName('officehours')
    .setDescription(text.command)
    .addBooleanOption((option) => option.setName('offered').setDescription(text.offered))
    .addBooleanOption((option) => option.setName('events').setDescription(text.events));
}

/** Changes what is named, says how it now is, and what the bot lacks for it. */
export async function officehours(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options, guild } = interaction;
  const settings = await saveOffice(ctx, memberOf(interaction), {
    offered: options.getBoolean('offered') ?? undefined,
    events: options.getBoolean('events') ?? undefined,
  });
  const text = ctx.t.officeHours.settings;
  const problems = await checkOffice(ctx, guild, await ownMember(guild), settings);
  const lines = [
    settings.office_hours === 1 ? text.areOffered : text.notOffered,
    settings.office_events === 1 ? text.hasEvents : text.hasNoEvents,
    ...problems.map(({ text: what, fix }) => `${what} ${fix}`),
  ];
  await answer(interaction, { embeds: [embed(ctx.t, text.title, lines.join('\n\n'))] });
}

/** Whether those that are coming can stand among the server's events. */
export async function checkOffice(
  ctx: ActContext,
  guild: Guild,
  me: GuildMember,
  settings: Settings,
): Promise<Problem[]> {
  if (settings.office_events === 0) return [];
  const hours = await listOfficeHours(ctx.db, settings.id);
  // Whoever lost their voice channel was asked for another themselves.
  const channels = new Set(
    hours.map(({ channel_id: id }) => id).filter((id) => id !== null && guild.channels.cache.has(id)),
  );
  const found = [...channels].flatMap((id) => findEventProblems(ctx.t, guild, me, id));
  const once = new Map(found.map((each) => [each.text, each]));
  return [...once.values()].map((each) => ({ about: 'office-hours', ...each }));
}
