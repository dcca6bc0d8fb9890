import { type ChatInputCommandInteraction, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { Context } from '../../context.ts';
import { listLiveMentorshipsOf } from '../../db/mentorships.ts';
import { findProfile } from '../../db/profiles.ts';
import type { Command } from '../../discord/command.ts';
import { confirmEndCard, endedCard, mentorshipsCard } from './cards.ts';
import { answer, change } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { endMentorship, endReasons, partnerIn } from '../../mentoring/mentorships.ts';
import { texts } from '../../texts/en.ts';

const text = texts.mentorship;

async function show(ctx: Context, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const mentorships = await listLiveMentorshipsOf(ctx.db, interaction.guildId, interaction.user.id);
  if (mentorships.length === 0) return await answer(interaction, { content: await none(ctx, interaction) });
  await answer(interaction, await mentorshipsCard(ctx, interaction.user.id, mentorships));
}

/** What whoever is in no mentorship can do: whoever is only a mentor here waits to be asked. */
async function none(ctx: Context, { guildId, user }: ChatInputCommandInteraction<'cached'>): Promise<string> {
  const isMentee = (await findProfile(ctx.db, guildId, user.id, 'mentee')) !== undefined;
  const isMentor = (await findProfile(ctx.db, guildId, user.id, 'mentor')) !== undefined;
  return isMentor && !isMentee ? text.none.mentor : text.none.mentee;
}

async function askWhetherToEnd(ctx: Context, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options, user, guildId } = interaction;
  const reason = requireReason(options.getString('reason', true));
  const partner = options.getUser('member');
  const own = await listLiveMentorshipsOf(ctx.db, guildId, user.id);
  const meant = partner ? own.filter((mentorship) => partnerIn(mentorship, user.id) === partner.id) : own;
  const [mentorship, another] = meant;
  if (!mentorship) throw new UserError(partner ? text.noneWith(partner.id) : await none(ctx, interaction));
  if (another) throw new UserError(text.which);
  await answer(interaction, confirmEndCard(mentorship, user.id, reason));
}

/** A reason out of an option or a custom id. @throws UserError when it is none. */
function requireReason(value: string | undefined) {
  const reason = endReasons.find((known) => known === value);
  if (!reason) throw new UserError(texts.common.outdated);
  return reason;
}

export default {
  data: new SlashCommandBuilder()
    .setName('mentorship')
    .setDescription(text.command.description)
    .setContexts(InteractionContextType.Guild)
    .addSubcommand((command) => command.setName('show').setDescription(text.command.show))
    .addSubcommand((command) =>
      command
        .setName('end')
        .setDescription(text.command.end)
        .addStringOption((option) =>
          option
            .setName('reason')
            .setDescription(text.command.endReason)
            .setRequired(true)
            .addChoices(endReasons.map((value) => ({ name: text.reasons[value], value }))),
        )
        .addUserOption((option) => option.setName('member').setDescription(text.command.endMember)),
    ),

  async execute(ctx, interaction) {
    await requireGuild(ctx.db, interaction.guildId);
    if (interaction.options.getSubcommand() === 'end') await askWhetherToEnd(ctx, interaction);
    else await show(ctx, interaction);
  },

  buttons: {
    'mentorship-end': async (ctx, interaction, [id = '', reason]) => {
      const ended = await endMentorship(ctx, interaction.user.id, id, requireReason(reason));
      await change(interaction, endedCard(ended, interaction.user.id));
    },
    /** Leaves the mentorship as it is. */
    'mentorship-keep': async (_ctx, interaction) => {
      await change(interaction, { content: text.kept });
    },
  },
} satisfies Command;
