import {
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
  SlashCommandBuilder,
} from 'discord.js';
import type { Context } from '../../context.ts';
import type { Command } from '../../discord/command.ts';
import { requireModerator } from '../../discord/guards.ts';
import {
  decisionCard,
  declineForm,
  declineFormKey,
  declineKey,
  levelChoices,
  methodChoices,
  pageKey,
  queueCard,
  verifyForm,
  verifyFormKey,
  verifyKey,
} from './cards.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, change, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { declineMentor, readQueue, requireOpen, suspendMentor, verifyMentor } from '../../mentoring/verification.ts';
import { texts } from '../../texts/en.ts';
import { textIn, valuesIn } from '../../discord/forms.ts';

const text = texts.verification;

const choices = (entries: readonly { readonly id: string; readonly name: string }[]) =>
  entries.map(({ id, name }) => ({ name, value: id }));

const data = new SlashCommandBuilder()
  .setName('mentors')
  .setDescription(text.command.description)
  .setContexts(InteractionContextType.Guild)
  .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
  .addSubcommand((queue) => queue.setName('queue').setDescription(text.command.queue))
  .addSubcommand((verify) =>
    verify
      .setName('verify')
      .setDescription(text.command.verify)
      .addUserOption((option) => option.setName('member').setDescription(text.command.verifyMember).setRequired(true))
      .addStringOption((option) =>
        option
          .setName('level')
          .setDescription(text.command.verifyLevel)
          .addChoices(...choices(levelChoices))
          .setRequired(true),
      )
      .addStringOption((option) =>
        option
          .setName('method')
          .setDescription(text.command.verifyMethod)
          .addChoices(...choices(methodChoices))
          .setRequired(true),
      )
      .addBooleanOption((option) => option.setName('again').setDescription(text.command.verifyAgain)),
  )
  .addSubcommand((suspend) =>
    suspend
      .setName('suspend')
      .setDescription(text.command.suspend)
      .addUserOption((option) => option.setName('member').setDescription(text.command.suspendMember).setRequired(true)),
  );

/** Mentors, for moderators. */
export default {
  data,

  async execute(ctx, interaction) {
    requireModerator(interaction);
    switch (interaction.options.getSubcommand()) {
      case 'queue':
        return await answer(interaction, queueCard(await readQueue(ctx, interaction.guildId, 0), ctx.now()));
      case 'verify':
        return await verify(ctx, interaction);
      default:
        return await suspend(ctx, interaction);
    }
  },

  buttons: {
    /** Opens the form to verify the mentor of a card. */
    [verifyKey]: async (ctx, interaction, [profileId = '']) => {
      requireModerator(interaction);
      await requireOpen(ctx, memberOf(interaction).guildId, profileId);
      await openForm(interaction, verifyForm(profileId));
    },
    /** Opens the form to decline the mentor of a card. */
    [declineKey]: async (ctx, interaction, [profileId = '']) => {
      requireModerator(interaction);
      await requireOpen(ctx, memberOf(interaction).guildId, profileId);
      await openForm(interaction, declineForm(profileId));
    },
    /** Turns the pages of the queue. */
    [pageKey]: async (ctx, interaction, [page]) => {
      requireModerator(interaction);
      await change(
        interaction,
        queueCard(await readQueue(ctx, memberOf(interaction).guildId, Number(page)), ctx.now()),
      );
    },
  },

  modals: {
    /** Verifies. */
    [verifyFormKey]: async (ctx, interaction, [profileId = '']) => {
      requireModerator(interaction);
      const by = memberOf(interaction);
      const record = {
        level: valuesIn(interaction, 'level')[0] ?? '',
        method: valuesIn(interaction, 'method')[0] ?? '',
      };
      await answer(interaction, decisionCard(await verifyMentor(ctx, by, { profileId }, record), by.userId));
    },
    /** Declines. */
    [declineFormKey]: async (ctx, interaction, [profileId = '']) => {
      requireModerator(interaction);
      const by = memberOf(interaction);
      const decision = await declineMentor(ctx, by, { profileId }, textIn(interaction, 'note'));
      await answer(interaction, decisionCard(decision, by.userId));
    },
  },
} satisfies Command;

async function verify(ctx: Context, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const by = memberOf(interaction);
  const { options } = interaction;
  const decision = await verifyMentor(
    ctx,
    by,
    mentorIn(interaction),
    { level: options.getString('level', true), method: options.getString('method', true) },
    options.getBoolean('again') === true ? 'everything' : 'refusals',
  );
  await answer(interaction, decisionCard(decision, by.userId));
}

async function suspend(ctx: Context, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const by = memberOf(interaction);
  await answer(interaction, decisionCard(await suspendMentor(ctx, by, mentorIn(interaction)), by.userId));
}

function mentorIn({ options }: ChatInputCommandInteraction<'cached'>): { userId: string } {
  const user = options.getUser('member', true);
  if (user.bot) throw new UserError(texts.profiles.isBot(`<@${user.id}>`));
  return { userId: user.id };
}
