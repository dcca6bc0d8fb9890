import { type ChatInputCommandInteraction, SlashCommandBuilder } from 'discord.js';
import { memberOf } from '../../discord/acting.ts';
import type { Command } from '../../discord/command.ts';
import { pairsIn, pairsOption } from '../../discord/suspension.ts';
import { answer } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { liftMentee, suspendMentee } from '../../mentoring/suspend-mentee.ts';
import type { Texts } from '../../texts/en.ts';

/** Mentees, for moderators. */
export default {
  name: 'mentees',
  for: 'moderators',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('mentees')
      .setDescription(t.mentees.command.description)
      .addSubcommand((suspend) =>
        suspend
          .setName('suspend')
          .setDescription(t.mentees.command.suspend)
          .addUserOption((option) =>
            option.setName('member').setDescription(t.mentees.command.member).setRequired(true),
          )
          .addStringOption(pairsOption(t)),
      )
      .addSubcommand((lift) =>
        lift
          .setName('lift')
          .setDescription(t.mentees.command.lift)
          .addUserOption((option) =>
            option.setName('member').setDescription(t.mentees.command.member).setRequired(true),
          ),
      ),

  subcommands: {
    suspend: async (ctx, interaction) => {
      const userId = menteeIn(interaction);
      const pairs = pairsIn(interaction);
      const { isRegistered, mentorship } = await suspendMentee(ctx, memberOf(interaction), userId, pairs);
      const text = ctx.t.mentees;
      const lines = [isRegistered ? text.suspended(userId) : text.suspendedAhead(userId)];
      if (mentorship) lines.push(text.mentorship[pairs](mentorship.mentor_id));
      await answer(interaction, { content: lines.join('\n') });
    },
    lift: async (ctx, interaction) => {
      const userId = menteeIn(interaction);
      await liftMentee(ctx, memberOf(interaction), userId);
      await answer(interaction, { content: ctx.t.mentees.lifted(userId) });
    },
  },
} satisfies Command;

function menteeIn({ options }: ChatInputCommandInteraction<'cached'>): string {
  const user = options.getUser('member', true);
  if (user.bot) throw new UserError((t) => t.profiles.isBot(`<@${user.id}>`));
  return user.id;
}
