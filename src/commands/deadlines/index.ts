import { type ChatInputCommandInteraction, type RepliableInteraction, SlashCommandBuilder } from 'discord.js';
import { themes } from '../../content/journey.ts';
import { searchZones } from '../../content/zones/index.ts';
import { findGuildDate } from '../../db/dates.ts';
import { memberOf } from '../../discord/acting.ts';
import { dateTitle, hostOf } from '../../discord/cards/date.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { addBeginOptions, beginCard, begunCard, readOnward, roadOf, travelingOf } from '../../discord/journey.ts';
import { textIn, valuesIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { isAloneIn } from '../../discord/presence.ts';
import { answer, change, openForm, suggest } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { requireZone } from '../../guild/zones.ts';
import { chooseOnlyPicked, chooseReminderDays, togglePick } from '../../journey/dates/choose.ts';
import { confirmDate, requireDate } from '../../journey/dates/confirm.ts';
import { writeDateFile } from '../../journey/dates/file.ts';
import { beginJourney, prefill } from '../../journey/own/journey.ts';
import type { Texts } from '../../texts/en.ts';
import { epochMs } from '../../time.ts';
import { confirmedCard, lookCard, readingForm, readReading } from './confirm.ts';
import { cycles, datesCard, readLook, searchDates } from './list.ts';
import { beginFields, beginForm } from './begin.ts';
import { addOwn, addOwnFromForm, editOwn, ownCard, removeOwn, searchOwn } from './own.ts';
import { remindersCard } from './remind.ts';

const data = (t: Texts) => {
  const text = t.deadlines.command;
  return new SlashCommandBuilder()
    .setName('deadlines')
    .setDescription(text.description)
    .addSubcommand((show) =>
      show
        .setName('show')
        .setDescription(text.show)
        .addIntegerOption((cycle) =>
          cycle
            .setName('cycle')
            .setDescription(text.cycle)
            .addChoices(cycles().map((year) => ({ name: String(year), value: year }))),
        )
        .addStringOption((theme) =>
          theme
            .setName('category')
            .setDescription(text.theme)
            .addChoices(themes.map(({ id, name }) => ({ name, value: id }))),
        ),
    )
    .addSubcommand((remind) => addBeginOptions(t, remind.setName('remind').setDescription(text.remind)))
    .addSubcommand((pick) =>
      addBeginOptions(
        t,
        pick
          .setName('pick')
          .setDescription(text.pick)
          .addStringOption((date) =>
            date.setName('date').setDescription(text.date).setRequired(true).setAutocomplete(true),
          ),
      ),
    )
    .addSubcommand((file) =>
      addBeginOptions(
        t,
        file
          .setName('file')
          .setDescription(text.file)
          .addBooleanOption((expected) => expected.setName('expected').setDescription(text.expected)),
      ),
    )
    .addSubcommandGroup((own) =>
      own
        .setName('own')
        .setDescription(text.own)
        .addSubcommand((add) =>
          addBeginOptions(
            t,
            add
              .setName('add')
              .setDescription(text.ownAdd)
              .addStringOption((title) => title.setName('title').setDescription(text.title).setRequired(true))
              .addStringOption((day) => day.setName('day').setDescription(text.day).setRequired(true))
              .addStringOption((hour) => hour.setName('hour').setDescription(text.hour))
              .addStringOption((reminders) => reminders.setName('reminders').setDescription(text.reminders)),
          ),
        )
        .addSubcommand((edit) =>
          edit
            .setName('edit')
            .setDescription(text.ownEdit)
            .addStringOption((which) =>
              which.setName('which').setDescription(text.which).setRequired(true).setAutocomplete(true),
            )
            .addStringOption((title) => title.setName('title').setDescription(text.title))
            .addStringOption((day) => day.setName('day').setDescription(text.day))
            .addStringOption((hour) => hour.setName('hour').setDescription(text.hour))
            .addStringOption((reminders) => reminders.setName('reminders').setDescription(text.reminders)),
        )
        .addSubcommand((remove) =>
          remove
            .setName('remove')
            .setDescription(text.ownRemove)
            .addStringOption((which) =>
              which.setName('which').setDescription(text.which).setRequired(true).setAutocomplete(true),
            ),
        )
        .addSubcommand((list) => list.setName('list').setDescription(text.ownList)),
    )
    .addSubcommand((confirm) =>
      confirm
        .setName('confirm')
        .setDescription(text.confirm)
        .addStringOption((date) =>
          date.setName('date').setDescription(text.date).setRequired(true).setAutocomplete(true),
        ),
    )
    .addSubcommand((correct) =>
      correct
        .setName('correct')
        .setDescription(text.correct)
        .addStringOption((date) =>
          date.setName('date').setDescription(text.date).setRequired(true).setAutocomplete(true),
        )
        .addBooleanOption((withdrawn) => withdrawn.setName('withdrawn').setDescription(text.withdrawn)),
    );
};

/** Says, in the id of a button, that dates that are only expected stand in the file too. */
const withExpectedArg = 'expected';

/** Hands out somebody's dates as a file. */
async function handFile(ctx: ActContext, interaction: RepliableInteraction, withExpected: boolean): Promise<void> {
  if (!(await roadOf(ctx, interaction, ['file', withExpected ? withExpectedArg : '']))) return;
  const text = ctx.t.deadlines.fileText;
  const today = ctx.now().slice(0, 10);
  const words = {
    name: text.name(today),
    announced: (date: { known: { note: string }; source: string; checked: string }) =>
      text.announced(date.known.note, hostOf(date.source), date.checked),
    expected: (date: { known: { note: string; pattern: string } }) =>
      text.expected(date.known.note, date.known.pattern),
  };
  const file = await writeDateFile(ctx, interaction.user.id, words, withExpected);
  if (!file || file.count === 0) return await answer(interaction, { content: text.empty });
  await answer(interaction, {
    content: text.made(file.count),
    files: [{ name: text.fileName, attachment: Buffer.from(file.text) }],
  });
}

async function showReminders(ctx: ActContext, interaction: RepliableInteraction): Promise<void> {
  if (!(await roadOf(ctx, interaction, ['remind', '']))) return;
  await answer(interaction, await remindersCard(ctx, interaction.user.id));
}

/** Shows a moderator what to look for on the page. */
async function look(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  await requireGuild(ctx.db, interaction.guildId);
  const known = requireDate(interaction.options.getString('date', true));
  await answer(interaction, lookCard(ctx.t, known, await findGuildDate(ctx.db, interaction.guildId, known.id)));
}

/** Dates with who read them when, reminders, dates of one's own, a file; for moderators what the page says. */
export default {
  name: 'deadlines',
  for: 'everyone',
  data,

  subcommands: {
    confirm: { for: 'moderators', run: look },
    correct: {
      for: 'moderators',
      async run(ctx, interaction) {
        if (interaction.options.getBoolean('withdrawn') !== true) return await look(ctx, interaction);
        await requireGuild(ctx.db, interaction.guildId);
        const known = requireDate(interaction.options.getString('date', true));
        const reading = { stated: undefined, isAlone: isAloneIn(interaction.guild) };
        const confirmed = await confirmDate(ctx, memberOf(interaction), known.id, reading);
        await answer(interaction, confirmedCard(ctx.t, known, confirmed));
      },
    },
  },

  anywhere: {
    async show(ctx, interaction) {
      const cycle = interaction.options.getInteger('cycle') ?? undefined;
      const theme = themes.find(({ id }) => id === interaction.options.getString('category'))?.id;
      const whose = cycle === undefined && theme === undefined ? 'mine' : 'all';
      await answer(interaction, await datesCard(ctx, travelingOf(interaction), { whose, cycle, theme, page: 0 }));
    },
    async remind(ctx, interaction) {
      await showReminders(ctx, interaction);
    },
    async pick(ctx, interaction) {
      const { id } = requireDate(interaction.options.getString('date', true));
      if (!(await roadOf(ctx, interaction, ['pick', id]))) return;
      const isPicked = await togglePick(ctx, interaction.user.id, id);
      const text = ctx.t.deadlines.remind;
      await answer(interaction, { content: (isPicked ? text.picked : text.letGo)(dateTitle(id)) });
    },
    file: (ctx, interaction) => handFile(ctx, interaction, interaction.options.getBoolean('expected') === true),
    'own add': addOwn,
    'own edit': editOwn,
    'own remove': removeOwn,
    async 'own list'(ctx, interaction) {
      await answer(interaction, await ownCard(ctx, interaction.user.id));
    },
  },

  async autocomplete(_ctx, interaction) {
    await suggest(interaction, searchDates(interaction.options.getFocused(), limits.choices));
  },
  async autocompleteAnywhere(ctx, interaction) {
    const { name, value } = interaction.options.getFocused(true);
    if (name === 'timezone') return await suggest(interaction, searchZones(value, epochMs(ctx.now())));
    if (name === 'which')
      return await suggest(interaction, await searchOwn(ctx, interaction.user.id, value, limits.choices));
    await suggest(interaction, searchDates(value, limits.choices));
  },

  buttons: {
    /** Begins somebody's road, with the zone and stage that the card named. */
    [keys.deadlines.begin]: async (ctx, interaction, [zone = '', stage = '', ...next]) => {
      await beginJourney(ctx, travelingOf(interaction), zone, stage);
      const card = begunCard(ctx.t, readOnward(next));
      // A message that gives back what they typed must stay as it is: they may still need it.
      await (interaction.message.content === '' ? change : answer)(interaction, card);
    },
    /** Opens a form for what has to be known before somebody's road begins. */
    [keys.deadlines.missing]: async (ctx, interaction, next) => {
      const known = await prefill(ctx, travelingOf(interaction));
      await openForm(interaction, beginForm(ctx.t, known, readOnward(next)));
    },
    /** Below a post for everybody: in a message of one's own. */
    [keys.deadlines.door]: async (ctx, interaction) => {
      await answer(interaction, await datesCard(ctx, travelingOf(interaction), readLook(['mine', '', '', '0'])));
    },
    /** Turns pages, and between all dates and those of whoever presses. */
    [keys.deadlines.page]: async (ctx, interaction, args) => {
      const look = readLook(args);
      if (look.whose === 'mine' && !(await roadOf(ctx, interaction))) return;
      await change(interaction, await datesCard(ctx, travelingOf(interaction), look));
    },
    [keys.deadlines.file]: (ctx, interaction, [which]) => handFile(ctx, interaction, which === withExpectedArg),
    [keys.deadlines.reminders]: showReminders,
    /** Picks a date that somebody asked for before their road had begun; a second press changes nothing. */
    [keys.deadlines.pick]: async (ctx, interaction, [dateId = '']) => {
      const { id } = requireDate(dateId);
      if (!(await roadOf(ctx, interaction, ['pick', id]))) return;
      await togglePick(ctx, interaction.user.id, id, true);
      await answer(interaction, { content: ctx.t.deadlines.remind.picked(dateTitle(id)) });
    },
    /** Between everything that concerns somebody and picked dates alone: says which, so that two presses want the same. */
    [keys.deadlines.mode]: async (ctx, interaction, [mode]) => {
      await chooseOnlyPicked(ctx, interaction.user.id, mode === 'picked');
      await change(interaction, await remindersCard(ctx, interaction.user.id));
    },
    /** Opens the form for what a moderator has read. */
    [keys.deadlines.enter]: {
      for: 'moderators',
      run: async (ctx, interaction, [id = '']) => {
        await openForm(interaction, readingForm(ctx.t, requireDate(id)));
      },
    },
  },

  menus: {
    /** Chooses the days before. */
    [keys.deadlines.days]: async (ctx, interaction) => {
      await chooseReminderDays(ctx, interaction.user.id, interaction.values.map(Number));
      await change(interaction, await remindersCard(ctx, interaction.user.id));
    },
  },

  modals: {
    /** Takes where somebody is and stands, and shows what their road keeps. */
    [keys.deadlines.beginForm]: async (ctx, interaction, next) => {
      const zone = requireZone(textIn(interaction, beginFields.zone), ctx.now());
      const [stage = ''] = valuesIn(interaction, beginFields.stage);
      await answer(interaction, beginCard(ctx.t, zone, stage, readOnward(next)));
    },
    /** Takes a date of somebody's own that waited in a form. */
    [keys.deadlines.ownForm]: addOwnFromForm,
    /** Takes what a moderator has read on the page. */
    [keys.deadlines.form]: {
      for: 'moderators',
      run: async (ctx, interaction, [id = '']) => {
        if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
        const by = memberOf(interaction);
        await requireGuild(ctx.db, by.guildId);
        const known = requireDate(id);
        const reading = { ...readReading(interaction), isAlone: isAloneIn(interaction.guild) };
        await answer(interaction, confirmedCard(ctx.t, known, await confirmDate(ctx, by, id, reading)));
      },
    },
  },
} satisfies Command;
