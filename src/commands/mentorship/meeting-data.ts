/** The subcommands about meetings, as Discord shows them. */
import { ChannelType, type SlashCommandSubcommandBuilder } from 'discord.js';
import type { Pace } from '../../db/schema.ts';
import { wholeNumber } from '../../discord/options.ts';
import { paces } from '../../mentoring/course.ts';
import { linkLimit, lineLimit, loggedMinutes, meetingMinutes } from '../../mentoring/meetings/limits.ts';
import type { Texts } from '../../texts/en.ts';

const withMember = (t: Texts, command: SlashCommandSubcommandBuilder) =>
  command.addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.endMember));

export const meetingCommands = {
  meet: (t: Texts, command: SlashCommandSubcommandBuilder) =>
    withMember(
      t,
      command
        .setName('meet')
        .setDescription(t.meetings.command.meet)
        .addIntegerOption(wholeNumber('minutes', t.meetings.command.minutes, meetingMinutes)),
    ),
  log: (t: Texts, command: SlashCommandSubcommandBuilder) =>
    withMember(
      t,
      command
        .setName('log')
        .setDescription(t.meetings.command.log)
        .addStringOption((option) => option.setName('date').setDescription(t.meetings.command.logDate).setMaxLength(20))
        .addIntegerOption(wholeNumber('minutes', t.meetings.command.logMinutes, loggedMinutes))
        .addStringOption((option) =>
          option.setName('line').setDescription(t.meetings.command.logLine).setMaxLength(lineLimit),
        ),
    ),
  place: (t: Texts, command: SlashCommandSubcommandBuilder) =>
    withMember(
      t,
      command
        .setName('place')
        .setDescription(t.meetings.command.place)
        .addChannelOption((option) =>
          option
            .setName('channel')
            .setDescription(t.meetings.command.placeChannel)
            .addChannelTypes(ChannelType.GuildVoice, ChannelType.GuildStageVoice),
        )
        .addStringOption((option) =>
          option
            .setName('link')
            .setDescription(t.meetings.command.placeLink)
            .setMaxLength(linkLimit * 2),
        ),
    ),
  pace: (t: Texts, command: SlashCommandSubcommandBuilder) =>
    withMember(
      t,
      command
        .setName('pace')
        .setDescription(t.meetings.command.pace)
        .addStringOption((option) =>
          option
            .setName('often')
            .setDescription(t.meetings.command.paceChoice)
            .setRequired(true)
            .addChoices(paces.map((value: Pace) => ({ name: t.meetings.paces[value], value }))),
        ),
    ),
  reminders: (t: Texts, command: SlashCommandSubcommandBuilder) =>
    command
      .setName('reminders')
      .setDescription(t.meetings.command.reminders)
      .addBooleanOption((option) =>
        option.setName('on').setDescription(t.meetings.command.remindersOn).setRequired(true),
      ),
} as const;
