import { type ButtonInteraction, type ChatInputCommandInteraction, SlashCommandBuilder } from 'discord.js';
import { listLiveMentorshipsOf, type Mentorship } from '../../db/mentorships.ts';
import { findProfile } from '../../db/profiles.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { confirmEndCard, endedCard, mentorshipsCard } from './cards.ts';
import { answer, change } from '../../discord/replies.ts';
import { type Saying, UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { memberOf } from '../../discord/acting.ts';
import { endMentorship, endReasons, partnerIn } from '../../mentoring/mentorships.ts';
import { pauseMentorship, restDays, resumeMentorship } from '../../mentoring/rests.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';

async function show(ctx: ActContext, interaction: ChatInputCommandInteraction | ButtonInteraction): Promise<void> {
  const whose = memberOf(interaction);
  await requireGuild(ctx.db, whose.guildId);
  const mentorships = await listLiveMentorshipsOf(ctx.db, whose.guildId, whose.userId);
  if (mentorships.length === 0) {
    const say = await none(ctx, whose);
    return await answer(interaction, { content: say(ctx.t) });
  }
  await answer(interaction, await mentorshipsCard(ctx, whose.userId, mentorships));
}

/** What whoever is in no mentorship can do: whoever is only a mentor here waits to be asked. */
async function none(ctx: ActContext, { guildId, userId }: Acting): Promise<Saying> {
  const isMentee = (await findProfile(ctx.db, guildId, userId, 'mentee')) !== undefined;
  const isMentor = (await findProfile(ctx.db, guildId, userId, 'mentor')) !== undefined;
  return (t) => (isMentor && !isMentee ? t.mentorship.none.mentor : t.mentorship.none.mentee);
}

async function askWhetherToEnd(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const reason = requireReason(interaction.options.getString('reason', true));
  const mentorship = await requireMeant(ctx, interaction);
  await answer(interaction, confirmEndCard(ctx.t, mentorship, interaction.user.id, reason));
}

async function pause(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const days = interaction.options.getInteger('days', true);
  const { id } = await requireMeant(ctx, interaction);
  const { mentorship, until } = await pauseMentorship(ctx, interaction.user.id, id, days);
  await answer(interaction, { content: ctx.t.mentorship.paused(partnerIn(mentorship, interaction.user.id), until) });
}

async function resume(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { id } = await requireMeant(ctx, interaction);
  const mentorship = await resumeMentorship(ctx, interaction.user.id, id);
  await answer(interaction, { content: ctx.t.mentorship.resumed(partnerIn(mentorship, interaction.user.id)) });
}

/** The mentorship that a command is about. @throws UserError when there is none, or more than one could be meant. */
async function requireMeant(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<Mentorship> {
  const { options, user, guildId } = interaction;
  await requireGuild(ctx.db, guildId);
  const partner = options.getUser('member');
  const own = await listLiveMentorshipsOf(ctx.db, guildId, user.id);
  const meant = partner ? own.filter((mentorship) => partnerIn(mentorship, user.id) === partner.id) : own;
  const [mentorship, another] = meant;
  if (!mentorship && partner) throw new UserError((t) => t.mentorship.noneWith(partner.id));
  if (!mentorship) throw new UserError(await none(ctx, memberOf(interaction)));
  if (another) throw new UserError((t) => t.mentorship.which);
  return mentorship;
}

/** A reason out of an option or a custom id. @throws UserError when it is none. */
function requireReason(value: string | undefined) {
  const reason = endReasons.find((known) => known === value);
  if (!reason) throw new UserError((t) => t.common.outdated);
  return reason;
}

export default {
  name: 'mentorship',
  for: 'everyone',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('mentorship')
      .setDescription(t.mentorship.command.description)
      .addSubcommand((command) => command.setName('show').setDescription(t.mentorship.command.show))
      .addSubcommand((command) =>
        command
          .setName('pause')
          .setDescription(t.mentorship.command.pause)
          .addIntegerOption((option) =>
            option
              .setName('days')
              .setDescription(t.mentorship.command.pauseDays)
              .setMinValue(restDays.min)
              .setMaxValue(restDays.max)
              .setRequired(true),
          )
          .addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.endMember)),
      )
      .addSubcommand((command) =>
        command
          .setName('resume')
          .setDescription(t.mentorship.command.resume)
          .addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.endMember)),
      )
      .addSubcommand((command) =>
        command
          .setName('end')
          .setDescription(t.mentorship.command.end)
          .addStringOption((option) =>
            option
              .setName('reason')
              .setDescription(t.mentorship.command.endReason)
              .setRequired(true)
              .addChoices(endReasons.map((value) => ({ name: t.mentorship.reasons[value], value }))),
          )
          .addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.endMember)),
      ),

  subcommands: { show, pause, resume, end: askWhetherToEnd },

  buttons: {
    /** Shows them, like the command. */
    [keys.mentorship.show]: show,
    [keys.mentorship.end]: async (ctx, interaction, [id = '', reason]) => {
      const ended = await endMentorship(ctx, interaction.user.id, id, requireReason(reason));
      await change(interaction, endedCard(ctx.t, ended, interaction.user.id));
    },
    /** Leaves the mentorship as it is. */
    [keys.mentorship.keep]: async (ctx, interaction) => {
      await change(interaction, { content: ctx.t.mentorship.kept });
    },
  },
} satisfies Command;
