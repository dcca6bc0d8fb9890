import { type ChatInputCommandInteraction, SlashCommandBuilder } from 'discord.js';
import { listLiveMentorshipsOf } from '../../db/mentorships.ts';
import { findProfile } from '../../db/profiles.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { confirmEndCard, endedCard, mentorshipsCard } from './cards.ts';
import { answer, change } from '../../discord/replies.ts';
import { type Saying, UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { endMentorship, endReasons, partnerIn } from '../../mentoring/mentorships.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';

async function show(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  await requireGuild(ctx.db, interaction.guildId);
  const mentorships = await listLiveMentorshipsOf(ctx.db, interaction.guildId, interaction.user.id);
  if (mentorships.length === 0) {
    const say = await none(ctx, interaction);
    return await answer(interaction, { content: say(ctx.t) });
  }
  await answer(interaction, await mentorshipsCard(ctx, interaction.user.id, mentorships));
}

/** What whoever is in no mentorship can do: whoever is only a mentor here waits to be asked. */
async function none(ctx: ActContext, { guildId, user }: ChatInputCommandInteraction<'cached'>): Promise<Saying> {
  const isMentee = (await findProfile(ctx.db, guildId, user.id, 'mentee')) !== undefined;
  const isMentor = (await findProfile(ctx.db, guildId, user.id, 'mentor')) !== undefined;
  return (t) => (isMentor && !isMentee ? t.mentorship.none.mentor : t.mentorship.none.mentee);
}

async function askWhetherToEnd(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options, user, guildId } = interaction;
  await requireGuild(ctx.db, guildId);
  const reason = requireReason(options.getString('reason', true));
  const partner = options.getUser('member');
  const own = await listLiveMentorshipsOf(ctx.db, guildId, user.id);
  const meant = partner ? own.filter((mentorship) => partnerIn(mentorship, user.id) === partner.id) : own;
  const [mentorship, another] = meant;
  if (!mentorship && partner) throw new UserError((t) => t.mentorship.noneWith(partner.id));
  if (!mentorship) throw new UserError(await none(ctx, interaction));
  if (another) throw new UserError((t) => t.mentorship.which);
  await answer(interaction, confirmEndCard(ctx.t, mentorship, user.id, reason));
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

  subcommands: { show, end: askWhetherToEnd },

  buttons: {
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
