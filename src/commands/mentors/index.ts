import { type ButtonInteraction, type ChatInputCommandInteraction, SlashCommandBuilder } from 'discord.js';
import type { Command } from '../../discord/command.ts';
import { decisionCard, declineForm, levelChoices, methodChoices, queueCard, verifyForm } from './cards.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, change, defer, openForm } from '../../discord/replies.ts';
import { namesKnownTo, placeOf } from '../../discord/place.ts';
import { UserError } from '../../errors.ts';
import { waitingReportCard } from '../../delivery/notices/waiting-report.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { readWaitingReport } from '../../mentoring/waiting-report.ts';
import { endPairAsModerator } from '../../mentoring/mentorships.ts';
import { declineMentor, readQueue, requireOpen, suspendMentor, verifyMentor } from '../../mentoring/verification.ts';
import { who } from '../../marks.ts';
import { confirmPairEnd, pairsCard } from './pairs.ts';
import { textIn, valuesIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { pairsIn, pairsOption } from '../../discord/suspension.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';

const choices = (entries: readonly { readonly id: string; readonly name: string }[]) =>
  entries.map(({ id, name }) => ({ name, value: id }));

const data = (t: Texts) =>
  new SlashCommandBuilder()
    .setName('mentors')
    .setDescription(t.verification.command.description)
    .addSubcommand((queue) => queue.setName('queue').setDescription(t.verification.command.queue))
    .addSubcommand((verify) =>
      verify
        .setName('verify')
        .setDescription(t.verification.command.verify)
        .addUserOption((option) =>
          option.setName('member').setDescription(t.verification.command.verifyMember).setRequired(true),
        )
        .addStringOption((option) =>
          option
            .setName('level')
            .setDescription(t.verification.command.verifyLevel)
            .addChoices(...choices(levelChoices(t)))
            .setRequired(true),
        )
        .addStringOption((option) =>
          option
            .setName('method')
            .setDescription(t.verification.command.verifyMethod)
            .addChoices(...choices(methodChoices(t)))
            .setRequired(true),
        )
        .addBooleanOption((option) => option.setName('again').setDescription(t.verification.command.verifyAgain)),
    )
    .addSubcommand((suspend) =>
      suspend
        .setName('suspend')
        .setDescription(t.verification.command.suspend)
        .addUserOption((option) =>
          option.setName('member').setDescription(t.verification.command.suspendMember).setRequired(true),
        )
        .addStringOption(pairsOption(t)),
    )
    .addSubcommand((list) =>
      list
        .setName('pairs')
        .setDescription(t.pairs.command.list)
        .addUserOption((option) => option.setName('member').setDescription(t.pairs.command.member)),
    )
    .addSubcommand((waiting) => waiting.setName('waiting').setDescription(t.waitingReport.command));

/** Mentors, for moderators. */
export default {
  name: 'mentors',
  for: 'moderators',
  data,

  subcommands: {
    queue: showQueue,
    verify,
    suspend,
    pairs: async (ctx, interaction) => {
      const member = interaction.options.getUser('member')?.id;
      await showPairs(ctx, interaction, member);
    },
    waiting: async (ctx, interaction) => {
      const guild = await requireGuild(ctx.db, interaction.guildId);
      await defer(interaction);
      await answer(interaction, waitingReportCard(ctx.t, guild, await readWaitingReport(ctx, guild)));
    },
  },

  buttons: {
    /** Shows the queue, like the command. */
    [keys.mentors.queue]: showQueue,
    /** Shows every pair, like the command. */
    [keys.mentors.showPairs]: async (ctx, interaction) => await showPairs(ctx, interaction, undefined),
    /** Opens the form to verify the mentor of a card. */
    [keys.mentors.verify]: async (ctx, interaction, [profileId = '']) => {
      const { user_id: userId } = await requireOpen(ctx, memberOf(interaction).guildId, profileId);
      const name = namesKnownTo(placeOf(interaction).guild)(userId);
      await openForm(interaction, verifyForm(ctx.t, profileId, name));
    },
    /** Opens the form to decline the mentor of a card. */
    [keys.mentors.decline]: async (ctx, interaction, [profileId = '']) => {
      const { user_id: userId } = await requireOpen(ctx, memberOf(interaction).guildId, profileId);
      const name = namesKnownTo(placeOf(interaction).guild)(userId);
      await openForm(interaction, declineForm(ctx.t, profileId, name));
    },
    /** Turns the pages of the queue. */
    [keys.mentors.page]: async (ctx, interaction, [page]) => {
      await change(
        interaction,
        queueCard(ctx.t, await readQueue(ctx, memberOf(interaction).guildId, Number(page)), ctx.now()),
      );
    },
    /** Turns the pages of the pairs. */
    [keys.mentors.pairs]: async (ctx, interaction, [page, member]) => {
      const { guildId } = memberOf(interaction);
      await change(interaction, await pairsCard(ctx, { guildId, page: Number(page), member: member || undefined }));
    },
    /** Asks whether a pair shall really end. */
    [keys.mentors.pairEnd]: async (ctx, interaction, [id = '']) => {
      await answer(interaction, await confirmPairEnd(ctx, memberOf(interaction).guildId, id));
    },
    /** Ends it. */
    [keys.mentors.pairEndNow]: async (ctx, interaction, [id = '']) => {
      const ended = await endPairAsModerator(ctx, memberOf(interaction), id);
      await change(interaction, { content: ctx.t.pairs.ended(who(ended.mentor_id), who(ended.mentee_id)) });
    },
    /** Leaves it as it is. */
    [keys.mentors.pairKeep]: async (ctx, interaction) => {
      await change(interaction, { content: ctx.t.pairs.kept });
    },
  },

  modals: {
    /** Verifies. */
    [keys.mentors.verifyForm]: async (ctx, interaction, [profileId = '']) => {
      const by = memberOf(interaction);
      const record = {
        level: valuesIn(interaction, 'level')[0] ?? '',
        method: valuesIn(interaction, 'method')[0] ?? '',
      };
      await answer(interaction, decisionCard(ctx.t, await verifyMentor(ctx, by, { profileId }, record), by.userId));
    },
    /** Declines. */
    [keys.mentors.declineForm]: async (ctx, interaction, [profileId = '']) => {
      const by = memberOf(interaction);
      const decision = await declineMentor(ctx, by, { profileId }, textIn(interaction, 'note'));
      await answer(interaction, decisionCard(ctx.t, decision, by.userId));
    },
  },
} satisfies Command;

type Acting = ChatInputCommandInteraction<'cached'> | ButtonInteraction;

async function showQueue(ctx: ActContext, interaction: Acting): Promise<void> {
  const { guildId } = memberOf(interaction);
  await answer(interaction, queueCard(ctx.t, await readQueue(ctx, guildId, 0), ctx.now()));
}

async function showPairs(ctx: ActContext, interaction: Acting, member: string | undefined): Promise<void> {
  await answer(interaction, await pairsCard(ctx, { guildId: memberOf(interaction).guildId, page: 0, member }));
}

async function verify(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const by = memberOf(interaction);
  const { options } = interaction;
  const decision = await verifyMentor(
    ctx,
    by,
    mentorIn(interaction),
    { level: options.getString('level', true), method: options.getString('method', true) },
    options.getBoolean('again') === true ? 'everything' : 'refusals',
  );
  await answer(interaction, decisionCard(ctx.t, decision, by.userId));
}

async function suspend(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const by = memberOf(interaction);
  const decision = await suspendMentor(ctx, by, mentorIn(interaction), pairsIn(interaction));
  await answer(interaction, decisionCard(ctx.t, decision, by.userId));
}

function mentorIn({ options }: ChatInputCommandInteraction<'cached'>): { userId: string } {
  const user = options.getUser('member', true);
  if (user.bot) throw new UserError((t) => t.profiles.isBot(`<@${user.id}>`));
  return { userId: user.id };
}
