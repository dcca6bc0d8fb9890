import { type ButtonInteraction, SlashCommandBuilder } from 'discord.js';
import { listLiveMentorshipsOf } from '../../db/mentorships.ts';
import { memberOf } from '../../discord/acting.ts';
import { button, row } from '../../discord/buttons.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { wholeNumber } from '../../discord/options.ts';
import { answer, change } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { goOn, sayDone } from '../../mentoring/completion.ts';
import { endMentorship, endReasons, partnerIn } from '../../mentoring/mentorships.ts';
import { requireOwn } from '../../mentoring/meetings/find.ts';
import { pauseMentorship, restDays, resumeMentorship } from '../../mentoring/rests.ts';
import type { Texts } from '../../texts/en.ts';
import {
  askDoneCard,
  confirmEndCard,
  doneCard,
  endedCard,
  mentorshipCard,
  mentorshipsCard,
  withThread,
} from './cards.ts';
import { checkInButtons, checkInModals, quiet, quietCommand } from './check-ins.ts';
import { closingButtons, closingModals, kept } from './closing.ts';
import { completeGoal, goalButtons, goalCommands, goalModals, goalSubcommands } from './goals.ts';
import { requireMeant, sayNone, type Slash } from './meant.ts';
import { meetingButtons, meetingMenus, meetingSubcommands } from './meetings.ts';
import { meetingCommands } from './meeting-data.ts';

/** What may be chosen when a mentorship is to be over: an end, or that both are done. */
const choices = ['completed', ...endReasons] as const;

async function showMine(ctx: ActContext, interaction: Slash | ButtonInteraction): Promise<void> {
  const whose = memberOf(interaction);
  await requireGuild(ctx.db, whose.guildId);
  const mentorships = await listLiveMentorshipsOf(ctx.db, whose.guildId, whose.userId);
  const [only, another] = mentorships;
  if (!only) {
    const say = await sayNone(ctx, whose);
    return await answer(interaction, { content: say(ctx.t) });
  }
  const card = another
    ? await mentorshipsCard(ctx, whose.userId, mentorships)
    : await mentorshipCard(ctx, whose.userId, only);
  await answer(interaction, card);
}

async function show(ctx: ActContext, interaction: Slash): Promise<void> {
  if (!interaction.options.getUser('member')) return await showMine(ctx, interaction);
  const mentorship = await requireMeant(ctx, interaction);
  await answer(interaction, await mentorshipCard(ctx, interaction.user.id, mentorship));
}

async function askWhetherToEnd(ctx: ActContext, interaction: Slash): Promise<void> {
  const reason = requireChoice(interaction.options.getString('reason', true));
  const mentorship = await requireMeant(ctx, interaction);
  const card =
    reason === 'completed'
      ? askDoneCard(ctx.t, mentorship, interaction.user.id)
      : confirmEndCard(ctx.t, mentorship, interaction.user.id, reason);
  await answer(interaction, card);
}

async function pause(ctx: ActContext, interaction: Slash): Promise<void> {
  const days = interaction.options.getInteger('days', true);
  const { id } = await requireMeant(ctx, interaction);
  const { mentorship, until, restsAnyway } = await pauseMentorship(ctx, interaction.user.id, id, days);
  const text = ctx.t.mentorship;
  const said = (restsAnyway ? text.pausedToo : text.paused)(partnerIn(mentorship, interaction.user.id), until);
  await answer(interaction, withThread(ctx.t, mentorship, said));
}

async function resume(ctx: ActContext, interaction: Slash): Promise<void> {
  const { id } = await requireMeant(ctx, interaction);
  const { mentorship, restsUntil } = await resumeMentorship(ctx, interaction.user.id, id);
  const text = ctx.t.mentorship;
  const partner = partnerIn(mentorship, interaction.user.id);
  if (restsUntil !== undefined)
    return await answer(interaction, withThread(ctx.t, mentorship, text.stillRests(partner, restsUntil)));
  const said = text.resumed(partner);
  const meet = button([keys.mentorship.meet, mentorship.id], ctx.t.meetings.findTime);
  await answer(interaction, withThread(ctx.t, mentorship, said, meet));
}

/** A choice out of an option. @throws UserError when it is none. */
function requireChoice(value: string) {
  const choice = choices.find((known) => known === value);
  if (!choice) throw new UserError((t) => t.common.outdated);
  return choice;
}

/** A reason out of a custom id. @throws UserError when it is none. */
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
      .addSubcommand((command) =>
        command
          .setName('show')
          .setDescription(t.mentorship.command.show)
          .addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.showMember)),
      )
      .addSubcommand((command) => meetingCommands.meet(t, command))
      .addSubcommand((command) => meetingCommands.place(t, command))
      .addSubcommand((command) => meetingCommands.log(t, command))
      .addSubcommand((command) => meetingCommands.pace(t, command))
      .addSubcommand((command) => meetingCommands.reminders(t, command))
      .addSubcommandGroup((group) => goalCommands(t, group))
      .addSubcommand((command) => quietCommand(t, command))
      .addSubcommand((command) => command.setName('kept').setDescription(t.closings.command.kept))
      .addSubcommand((command) =>
        command
          .setName('pause')
          .setDescription(t.mentorship.command.pause)
          .addIntegerOption(wholeNumber('days', t.mentorship.command.pauseDays, restDays).setRequired(true))
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
              .addChoices(choices.map((value) => ({ name: t.mentorship.reasons[value], value }))),
          )
          .addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.endMember)),
      ),

  subcommands: { show, pause, resume, end: askWhetherToEnd, quiet, kept, ...meetingSubcommands, ...goalSubcommands },

  autocomplete: completeGoal,

  buttons: {
    ...checkInButtons,
    ...goalButtons,
    ...closingButtons,
    /** Shows them, like the command; or one of them. */
    [keys.mentorship.show]: async (ctx, interaction, [id]) => {
      if (id === undefined) return await showMine(ctx, interaction);
      const mentorship = await requireOwn(ctx.db, id, interaction.user.id);
      if (mentorship.ended_at !== null) return await showMine(ctx, interaction);
      await answer(interaction, await mentorshipCard(ctx, interaction.user.id, mentorship));
    },
    ...meetingButtons,
    [keys.mentorship.end]: async (ctx, interaction, [id = '', reason]) => {
      const ended = await endMentorship(ctx, interaction.user.id, id, requireReason(reason));
      await change(interaction, endedCard(ctx.t, ended, interaction.user.id));
    },
    /** Leaves the mentorship as it is. */
    [keys.mentorship.keep]: async (ctx, interaction) => {
      await change(interaction, { content: ctx.t.mentorship.kept });
    },
    /** One says that they are done, or confirms it; from one's own answer and from a letter. */
    [keys.mentorship.done]: async (ctx, interaction, [id = '']) => {
      const completion = await sayDone(ctx, interaction.user.id, id);
      await answer(interaction, doneCard(ctx.t, completion, interaction.user.id));
    },
    /** The other would like to go on. */
    [keys.mentorship.goOn]: async (ctx, interaction, [id = '']) => {
      const mentorship = await goOn(ctx, interaction.user.id, id);
      await answer(interaction, {
        content: ctx.t.mentorship.goesOn(partnerIn(mentorship, interaction.user.id)),
        components: [row(button([keys.mentorship.meet, mentorship.id], ctx.t.meetings.findTime))],
      });
    },
  },

  menus: meetingMenus,
  modals: { ...checkInModals, ...goalModals, ...closingModals },
} satisfies Command;
