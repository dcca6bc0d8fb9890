import { type ButtonInteraction, type ModalSubmitInteraction, SlashCommandBuilder } from 'discord.js';
import { calendarFile } from '../../calendar-file.ts';
import { findQuestion, listOfficePeople, type OfficeHour } from '../../db/office-hours.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { placeOf } from '../../discord/place.ts';
import { answer, type Card, change, openForm, suggest } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import {
  callOffAsModerator,
  callOffOfficeHour,
  moveOfficeHour,
  offerOfficeHour,
} from '../../mentoring/office-hours/offer.ts';
import { joinOfficeHour, leaveOfficeHour, sayWasThere, standingIn } from '../../mentoring/office-hours/places.ts';
import { askQuestion, readQuestions, takeQuestionBack } from '../../mentoring/office-hours/questions.ts';
import { listOpenTo, requireMentor, requireOpenTo, requireOwnHour } from '../../mentoring/office-hours/rules.ts';
import type { Texts } from '../../texts/en.ts';
import {
  calledOffCard,
  comingCard,
  confirmOffCard,
  entryText,
  hourCard,
  questionsCard,
  requirePlanned,
  staffCard,
  staffHourCard,
  zoneOf,
} from './cards.ts';
import { askForm, moveForm, offerForm, readOffer, readQuestion, readWhen } from './form.ts';

const data = (t: Texts) =>
  new SlashCommandBuilder()
    .setName('officehours')
    .setDescription(t.officeHours.command.description)
    .addSubcommand((offer) => offer.setName('offer').setDescription(t.officeHours.command.offer))
    .addSubcommand((show) =>
      show
        .setName('show')
        .setDescription(t.officeHours.command.show)
        .addStringOption((option) =>
          option
            .setName('which')
            .setDescription(t.officeHours.command.which)
            .setAutocomplete(true)
            .setMaxLength(limits.choiceValue),
        ),
    )
    .addSubcommand((list) => list.setName('list').setDescription(t.officeHours.command.list));

/** Office hours: mentors offer them, members come, moderators look after them. */
export default {
  name: 'officehours',
  for: 'everyone',
  data,

  subcommands: {
    offer: async (ctx, interaction) => {
      await openForm(interaction, await requireOfferForm(ctx, memberOf(interaction)));
    },
    show: async (ctx, interaction) => {
      const whose = memberOf(interaction);
      await requireGuild(ctx.db, whose.guildId);
      const which = interaction.options.getString('which');
      await answer(interaction, which === null ? await comingCard(ctx, whose) : await oneCard(ctx, whose, which));
    },
    list: {
      for: 'moderators',
      run: async (ctx, interaction) => {
        await answer(interaction, await staffCard(ctx, memberOf(interaction)));
      },
    },
  },

  async autocomplete(ctx, interaction) {
    const whose = memberOf(interaction);
    const typed = interaction.options.getFocused().trim().toLowerCase();
    const zone = await zoneOf(ctx, whose);
    const choices = (await listOpenTo(ctx, whose)).map((hour) => ({
      name: entryText(ctx, hour, zone),
      value: hour.id,
    }));
    await suggest(
      interaction,
      choices.filter(({ name }) => name.toLowerCase().includes(typed)).slice(0, limits.choices),
    );
  },

  modals: {
    [keys.officehours.offerForm]: async (ctx, interaction) => {
      const whose = memberOf(interaction);
      const settings = await requireGuild(ctx.db, whose.guildId);
      const when = readWhen(ctx, interaction, settings, await zoneOf(ctx, whose));
      const hour = await offerOfficeHour(ctx, whose, { ...when, ...readOffer(interaction) });
      const text = ctx.t.officeHours;
      const said = [
        text.offered(settings.mentoring_channel_id),
        ...(when.isSkipped ? [text.skipped(hour.starts_at)] : []),
      ];
      await answer(interaction, await hourCard(ctx, whose, hour, said.join('\n')));
    },
    [keys.officehours.moveForm]: async (ctx, interaction, [id = '']) => {
      const whose = memberOf(interaction);
      const settings = await requireGuild(ctx.db, whose.guildId);
      const { channel_id: before } = await requireOwnHour(ctx, ctx.db, whose, id);
      const when = readWhen(ctx, interaction, settings, await zoneOf(ctx, whose), before);
      const hour = await moveOfficeHour(ctx, whose, id, when);
      const text = ctx.t.officeHours;
      const said = [text.moved, ...(when.isSkipped ? [text.skipped(hour.starts_at)] : [])];
      await answer(interaction, await hourCard(ctx, whose, hour, said.join('\n')));
    },
    [keys.officehours.askForm]: async (ctx, interaction, [id = '']) => {
      const whose = memberOf(interaction);
      await askQuestion(ctx, whose, id, readQuestion(interaction));
      await answer(interaction, await hourCard(ctx, whose, await requireOpenTo(ctx, ctx.db, whose, id), ctx.t.officeHours.asked)); // prettier-ignore
    },
  },

  menus: {
    [keys.officehours.pick]: async (ctx, interaction) => {
      await change(interaction, await oneCard(ctx, memberOf(interaction), interaction.values[0] ?? ''));
    },
    [keys.officehours.staffPick]: {
      for: 'moderators',
      run: async (ctx, interaction) => {
        await change(interaction, await staffHourCard(ctx, memberOf(interaction), interaction.values[0] ?? ''));
      },
    },
  },

  buttons: {
    [keys.officehours.open]: async (ctx, interaction, [where]) => {
      await respond(interaction, where, await comingCard(ctx, memberOf(interaction)));
    },
    [keys.officehours.look]: async (ctx, interaction, [id = '', where]) => {
      await respond(interaction, where, await oneCard(ctx, memberOf(interaction), id));
    },
    [keys.officehours.offer]: async (ctx, interaction) => {
      // A direct message has no channels to choose from.
      if (interaction.guildId === null) throw new UserError((t) => t.officeHours.refused.offerThere);
      await openForm(interaction, await requireOfferForm(ctx, memberOf(interaction)));
    },
    [keys.officehours.join]: async (ctx, interaction, [id = '', where]) => {
      const whose = memberOf(interaction);
      const hour = await joinOfficeHour(ctx, whose, id);
      const { own } = standingIn(await listOfficePeople(ctx.db, id), whose.userId);
      const said = ctx.t.officeHours[own?.state === 'waiting' ? 'waits' : 'joined'];
      await respond(interaction, where, await hourCard(ctx, whose, hour, said));
    },
    [keys.officehours.leave]: async (ctx, interaction, [id = '', where]) => {
      const whose = memberOf(interaction);
      const hour = await leaveOfficeHour(ctx, whose, id);
      await respond(interaction, where, await hourCard(ctx, whose, hour, ctx.t.officeHours.left));
    },
    [keys.officehours.ask]: async (ctx, interaction, [id = '']) => {
      const whose = memberOf(interaction);
      const hour = await requireOpenTo(ctx, ctx.db, whose, id);
      const { own } = standingIn(await listOfficePeople(ctx.db, id), whose.userId);
      if (!own) throw new UserError((t) => t.officeHours.refused.askOnList);
      await openForm(interaction, askForm(ctx.t, hour.id, await findQuestion(ctx.db, id, whose.userId)));
    },
    [keys.officehours.takeBack]: async (ctx, interaction, [id = '', where]) => {
      const whose = memberOf(interaction);
      await takeQuestionBack(ctx, whose, id);
      const hour = await requireOpenTo(ctx, ctx.db, whose, id);
      await respond(interaction, where, await hourCard(ctx, whose, hour, ctx.t.officeHours.takenBack));
    },
    [keys.officehours.here]: async (ctx, interaction, [id = '']) => {
      await sayWasThere(ctx, memberOf(interaction), id);
      await answer(interaction, { content: ctx.t.officeHours.counted });
    },
    [keys.officehours.questions]: async (ctx, interaction, [id = '', page, where]) => {
      const { hour, questions } = await readQuestions(ctx, memberOf(interaction), id);
      await respond(interaction, where, questionsCard(ctx, hour, questions, Number(page ?? 0)));
    },
    [keys.officehours.move]: async (ctx, interaction, [id = '']) => {
      const whose = memberOf(interaction);
      const hour = await requireOwnHour(ctx, ctx.db, whose, id);
      if (hour.starts_at <= ctx.now()) throw new UserError((t) => t.officeHours.refused.begun);
      const isAway = interaction.guildId === null;
      if (isAway && hour.channel_id === null) throw new UserError((t) => t.officeHours.refused.moveThere);
      await openForm(interaction, moveForm(ctx.t, hour, await zoneOf(ctx, whose), isAway));
    },
    [keys.officehours.callOff]: async (ctx, interaction, [id = '']) => {
      const hour = await requireOwnHour(ctx, ctx.db, memberOf(interaction), id);
      await answer(interaction, await confirmOffCard(ctx, hour, false));
    },
    [keys.officehours.callOffNow]: async (ctx, interaction, [id = '']) => {
      await callOffOfficeHour(ctx, memberOf(interaction), id);
      await change(interaction, calledOffCard(ctx.t, ctx.t.officeHours.calledOff, keys.officehours.open));
    },
    [keys.officehours.calendar]: async (ctx, interaction, [id = '']) => {
      await answer(interaction, calendarCard(ctx, interaction, await requireOpenTo(ctx, ctx.db, memberOf(interaction), id))); // prettier-ignore
    },
    [keys.officehours.list]: {
      for: 'moderators',
      run: async (ctx, interaction, [where]) => {
        await respond(interaction, where, await staffCard(ctx, memberOf(interaction)));
      },
    },
    [keys.officehours.staffOff]: {
      for: 'moderators',
      run: async (ctx, interaction, [id = '']) => {
        await change(
          interaction,
          await confirmOffCard(ctx, await requirePlanned(ctx, memberOf(interaction), id), true),
        );
      },
    },
    [keys.officehours.staffOffNow]: {
      for: 'moderators',
      run: async (ctx, interaction, [id = '']) => {
        await callOffAsModerator(ctx, memberOf(interaction), id);
        await change(interaction, calledOffCard(ctx.t, ctx.t.officeHours.staff.done, keys.officehours.list));
      },
    },
  },
} satisfies Command;

/** Changes a card of the reader's own; below a message for everybody, or a letter, it is an answer. */
async function respond(
  interaction: ButtonInteraction | ModalSubmitInteraction,
  where: string | undefined,
  card: Card,
): Promise<void> {
  if (where === 'in' && interaction.isButton()) await change(interaction, card);
  else await answer(interaction, card);
}

async function oneCard(ctx: ActContext, whose: Acting, hourId: string): Promise<Card> {
  return await hourCard(ctx, whose, await requireOpenTo(ctx, ctx.db, whose, hourId));
}

async function requireOfferForm(ctx: ActContext, whose: Acting) {
  await requireMentor(ctx.db, await requireGuild(ctx.db, whose.guildId), whose.userId);
  return offerForm(ctx.t, await zoneOf(ctx, whose));
}

function calendarCard(ctx: ActContext, interaction: ButtonInteraction, hour: OfficeHour): Card {
  const text = ctx.t.officeHours;
  const { guild } = placeOf(interaction);
  const channel = guild.channels.cache.get(hour.channel_id ?? '')?.name ?? '';
  const file = calendarFile(
    text.calendar.name,
    [
      {
        uid: `office-hours-${hour.id}`,
        sequence: hour.moves,
        at: { moment: hour.starts_at, minutes: hour.minutes },
        title: text.title(hour.topic),
        text: text.calendar.text(guild.name, channel),
        status: 'confirmed',
        alarms: [60],
        isBusy: true,
      },
    ],
    ctx.now(),
  );
  return {
    content: text.calendar.done,
    files: [{ name: text.calendar.file, attachment: Buffer.from(file) }],
  };
}
