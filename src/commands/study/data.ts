import { type SlashCommandSubcommandBuilder, SlashCommandBuilder } from 'discord.js';
import { removalReasons } from '../../db/notice-kinds.ts';
import { restWeeks, sessionMinutes } from '../../study/limits.ts';
import { shapes } from '../../study/phases.ts';
import { circles, exams } from '../../study/topics.ts';
import type { Texts } from '../../texts/en.ts';
import { placeLength } from './meant.ts';
import { noDay, weekdays } from './plan.ts';
import { wholeNumber } from '../../discord/options.ts';

const topicOption = (t: Texts) => (command: SlashCommandSubcommandBuilder) =>
  command
    .addStringOption((option) =>
      option
        .setName('topic')
        .setDescription(t.study.command.topic)
        .setRequired(true)
        .addChoices([...exams, ...circles].map((value) => ({ name: t.study.topicNames[value], value }))),
    )
    .addStringOption((option) =>
      option.setName('place').setDescription(t.study.command.place).setMaxLength(placeLength),
    );

const groupOption = (t: Texts) => (command: SlashCommandSubcommandBuilder) =>
  command.addStringOption((option) =>
    option.setName('group').setDescription(t.study.command.group).setAutocomplete(true).setMaxLength(100),
  );

/** What Discord shows of the command. */
export function studyCommand(t: Texts) {
  const text = t.study.command;
  const more = t.studySessions.command;
  const groups = t.studyGroups.command;
  const about = topicOption(t);
  const ofGroup = groupOption(t);
  return new SlashCommandBuilder()
    .setName('study')
    .setDescription(text.description)
    .addSubcommand((command) => about(command.setName('find').setDescription(text.find)))
    .addSubcommand((command) => about(command.setName('match').setDescription(text.match)))
    .addSubcommand((command) =>
      about(command.setName('create').setDescription(text.create)).addIntegerOption(
        wholeNumber('minutes', text.minutes, sessionMinutes),
      ),
    )
    .addSubcommand((command) => about(command.setName('stop').setDescription(text.stop)))
    .addSubcommand((command) =>
      command
        .setName('join')
        .setDescription(groups.join)
        .addStringOption((option) =>
          option
            .setName('open')
            .setDescription(groups.anyGroup)
            .setRequired(true)
            .setAutocomplete(true)
            .setMaxLength(100),
        ),
    )
    .addSubcommand((command) => command.setName('show').setDescription(text.show))
    .addSubcommand((command) => ofGroup(command.setName('merge').setDescription(groups.merge)))
    .addSubcommand((command) =>
      ofGroup(
        command
          .setName('invite')
          .setDescription(groups.invite)
          .addUserOption((option) => option.setName('member').setDescription(text.member).setRequired(true)),
      ),
    )
    .addSubcommand((command) => ofGroup(command.setName('leave').setDescription(text.leave)))
    .addSubcommand((command) => ofGroup(command.setName('time').setDescription(text.time)))
    .addSubcommand((command) =>
      ofGroup(
        command
          .setName('session')
          .setDescription(text.session)
          .addStringOption((option) => option.setName('when').setDescription(text.when).setMaxLength(40)),
      ),
    )
    .addSubcommand((command) => ofGroup(command.setName('plan').setDescription(more.plan)))
    .addSubcommand((command) =>
      ofGroup(
        command
          .setName('prompts')
          .setDescription(more.prompts)
          .addStringOption((option) =>
            option
              .setName('weekday')
              .setDescription(more.weekday)
              .addChoices(
                { name: t.studySessions.prompts.noDay, value: noDay },
                ...weekdays.map((day) => ({ name: t.words.weekdayLong(day % 7), value: String(day) })),
              ),
          ),
      ),
    )
    .addSubcommand((command) =>
      ofGroup(
        command
          .setName('settings')
          .setDescription(more.settings)
          .addStringOption((option) =>
            option
              .setName('shape')
              .setDescription(more.shape)
              .addChoices(shapes.map((value) => ({ name: t.studySessions.shapes[value], value }))),
          )
          .addBooleanOption((option) => option.setName('weekly_line').setDescription(more.line))
          .addBooleanOption((option) => option.setName('by_application').setDescription(groups.application))
          .addBooleanOption((option) => option.setName('openly').setDescription(t.studyOpen.command.openly)),
      ),
    )
    .addSubcommand((command) =>
      ofGroup(
        command
          .setName('rest')
          .setDescription(text.rest)
          .addIntegerOption((option) =>
            option.setName('weeks').setDescription(text.weeks).setMinValue(1).setMaxValue(restWeeks).setRequired(true),
          ),
      ),
    )
    .addSubcommand((command) => ofGroup(command.setName('wake').setDescription(text.wake)))
    .addSubcommand((command) => ofGroup(command.setName('close').setDescription(text.close)))
    .addSubcommand((command) =>
      ofGroup(
        command
          .setName('hand-over')
          .setDescription(text.handOver)
          .addUserOption((option) => option.setName('member').setDescription(text.member).setRequired(true)),
      ),
    )
    .addSubcommand((command) =>
      ofGroup(
        command
          .setName('remove')
          .setDescription(text.remove)
          .addUserOption((option) => option.setName('member').setDescription(text.member).setRequired(true))
          .addStringOption((option) =>
            option
              .setName('reason')
              .setDescription(groups.reason)
              .setRequired(true)
              .addChoices(removalReasons.map((value) => ({ name: t.studyGroups.removal[value], value }))),
          ),
      ),
    )
    .addSubcommandGroup((group) =>
      group
        .setName('form')
        .setDescription(text.form)
        .addSubcommand((command) => command.setName('preview').setDescription(t.formations.command.preview))
        .addSubcommand((command) => command.setName('publish').setDescription(t.formations.command.publish))
        .addSubcommand((command) => command.setName('discard').setDescription(t.formations.command.discard))
        .addSubcommand((command) => command.setName('history').setDescription(t.formations.command.history)),
    )
    .addSubcommand((command) => command.setName('list').setDescription(text.list));
}
