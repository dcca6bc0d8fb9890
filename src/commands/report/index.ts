import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type GuildMember,
  type Message,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  SlashCommandBuilder,
  type User,
  type UserContextMenuCommandInteraction,
} from 'discord.js';
import type { Snapshot } from '../../db/cases/snapshots.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { textIn, valuesIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { answer, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { blockMember } from '../../mentoring/blocks.ts';
import { beginReport, fileReport } from '../../mentoring/cases/report.ts';
import {
  answerQuestion,
  decideReport,
  listOwnReports,
  reopenReport,
  requireQuestion,
  withdrawReport,
} from '../../mentoring/cases/own-reports.ts';
import { statementLength } from '../../mentoring/cases/limits.ts';
import { requireReportable } from '../../mentoring/office-hours/questions.ts';
import type { Texts } from '../../texts/en.ts';
import { filedCard, ownReportsCard } from './cards.ts';
import { answerForm, examForm, fields, reopenForm, reportForm } from './forms.ts';

type Opening =
  | ChatInputCommandInteraction<'cached'>
  | UserContextMenuCommandInteraction<'cached'>
  | MessageContextMenuCommandInteraction<'cached'>;

async function open(
  ctx: ActContext,
  interaction: Opening,
  user: User,
  member: GuildMember | null,
  snapshot?: Snapshot,
): Promise<void> {
  const draft = await beginReport(ctx, memberOf(interaction), { userId: user.id, isBot: user.bot }, snapshot);
  await openForm(interaction, reportForm(ctx.t, draft, member?.displayName ?? user.displayName));
}

/** Characters of a reported message that are kept: all that Discord allows, also with Nitro. */
const snapshotLength = 4_000;

/** A message as it is now. */
function snapshotOf(message: Message): Snapshot {
  return {
    text: message.content.slice(0, snapshotLength),
    authorId: message.author.id,
    channelId: message.channelId,
    messageId: message.id,
    at: message.createdAt.toISOString(),
    files: message.attachments.map(({ name }) => name),
  };
}

/** In a direct message the guild stands in the id; whose the report is, the use case checks. */
function actingIn(interaction: ButtonInteraction | ModalSubmitInteraction, guildId: string | undefined): Acting {
  return { guildId: interaction.guildId ?? guildId ?? '', userId: interaction.user.id };
}

/** Reports in confidence to the moderators. */
export default {
  name: 'report',
  for: 'everyone',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('report')
      .setDescription(t.cases.report.description)
      .addSubcommand((member) =>
        member
          .setName('member')
          .setDescription(t.cases.report.file)
          .addUserOption((option) => option.setName('member').setDescription(t.cases.report.member).setRequired(true)),
      )
      .addSubcommand((mine) => mine.setName('mine').setDescription(t.cases.report.mine)),

  subcommands: {
    member: async (ctx, interaction) => {
      const { options } = interaction;
      await open(ctx, interaction, options.getUser('member', true), options.getMember('member'));
    },
    mine: async (ctx, interaction) => {
      await answer(interaction, ownReportsCard(ctx.t, await listOwnReports(ctx, memberOf(interaction))));
    },
  },

  userMenu: {
    name: (t: Texts) => t.cases.menu,
    run: async (ctx, interaction) => await open(ctx, interaction, interaction.targetUser, interaction.targetMember),
  },

  messageMenus: [
    {
      name: (t: Texts) => t.cases.menu,
      run: async (ctx, interaction) => {
        const { targetMessage: message } = interaction;
        await open(ctx, interaction, message.author, message.member, snapshotOf(message));
      },
    },
    {
      name: (t: Texts) => t.guard.menu,
      run: async (ctx, interaction) => {
        const { targetMessage: message } = interaction;
        const about = { userId: message.author.id, isBot: message.author.bot };
        await openForm(interaction, examForm(ctx.t, await beginReport(ctx, memberOf(interaction), about, snapshotOf(message)))); // prettier-ignore
      },
    },
  ],

  buttons: {
    /** Below a card about somebody. */
    [keys.report.open]: async (ctx, interaction, [userId = '']) => {
      const draft = await beginReport(ctx, memberOf(interaction), { userId, isBot: false });
      const known = interaction.guild?.members.cache.get(userId)?.displayName;
      await openForm(interaction, reportForm(ctx.t, draft, known ?? ctx.t.cases.form.somebody));
    },
    [keys.report.mine]: async (ctx, interaction) => {
      await answer(interaction, ownReportsCard(ctx.t, await listOwnReports(ctx, memberOf(interaction))));
    },
    [keys.report.answer]: async (ctx, interaction, [statementId = '', guildId]) => {
      await requireQuestion(ctx, actingIn(interaction, guildId), statementId);
      await openForm(interaction, answerForm(ctx.t, statementId, guildId ?? ''));
    },
    [keys.report.decide]: async (ctx, interaction, [statementId = '', wish = '', guildId]) => {
      const chosen = await decideReport(ctx, actingIn(interaction, guildId), statementId, wish);
      await answer(interaction, { content: ctx.t.cases.mine.decided(ctx.t.cases.wishes[chosen]) });
    },
    [keys.report.withdraw]: async (ctx, interaction, [statementId = '']) => {
      await withdrawReport(ctx, memberOf(interaction), statementId);
      await answer(interaction, { content: ctx.t.cases.mine.tookBack });
    },
    [keys.report.reopen]: async (ctx, interaction, [statementId = '']) => {
      await openForm(interaction, reopenForm(ctx.t, statementId));
    },
    [keys.report.block]: async (ctx, interaction, [userId = '']) => {
      const { isNew } = await blockMember(ctx, memberOf(interaction), userId);
      await answer(interaction, { content: isNew ? ctx.t.block.done(userId) : ctx.t.block.already(userId) });
    },
  },

  menus: {
    /** Of the questions that were sent to a mentor for office hours. */
    [keys.report.question]: async (ctx, interaction) => {
      const whose = memberOf(interaction);
      const { authorId, snapshot } = await requireReportable(ctx, whose, interaction.values[0] ?? '');
      const draft = await beginReport(ctx, whose, { userId: authorId, isBot: false }, snapshot);
      await openForm(interaction, reportForm(ctx.t, draft, ctx.t.cases.form.somebody));
    },
  },

  modals: {
    /** Exam content: what it is about is known, and nobody has to write anything. */
    [keys.report.examForm]: async (ctx, interaction, [draftId = '']) => {
      if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
      const { statement, short } = ctx.t.guard;
      const words = textIn(interaction, fields.words).trim();
      const report = {
        category: 'exam-content',
        words: words === '' ? statement : words.length < statementLength.min ? `${short} ${words}` : words,
        today: false,
        mayName: false,
        excluded: valuesIn(interaction, fields.excluded),
      };
      const filed = await fileReport(ctx, memberOf(interaction), draftId, report, interaction.guild.ownerId);
      await answer(interaction, filedCard(ctx.t, filed, report.category));
    },
    [keys.report.form]: async (ctx, interaction, [draftId = '']) => {
      if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
      const report = {
        category: valuesIn(interaction, fields.category)[0] ?? '',
        words: textIn(interaction, fields.words),
        today: valuesIn(interaction, fields.today)[0] === 'yes',
        mayName: valuesIn(interaction, fields.mayName)[0] === 'yes',
        excluded: valuesIn(interaction, fields.excluded),
      };
      const filed = await fileReport(ctx, memberOf(interaction), draftId, report, interaction.guild.ownerId);
      await answer(interaction, filedCard(ctx.t, filed, report.category));
    },
    [keys.report.answerForm]: async (ctx, interaction, [statementId = '', guildId]) => {
      await answerQuestion(ctx, actingIn(interaction, guildId), statementId, textIn(interaction, fields.words));
      await answer(interaction, { content: ctx.t.cases.mine.answered });
    },
    [keys.report.reopenForm]: async (ctx, interaction, [statementId = '']) => {
      await reopenReport(ctx, memberOf(interaction), statementId, textIn(interaction, fields.words));
      await answer(interaction, { content: ctx.t.cases.mine.reopened });
    },
  },
} satisfies Command;
