/** The forms of office hours: to offer some, to move them, to ask something. */
import {
  type APIModalInteractionResponseCallbackData,
  ChannelSelectMenuBuilder,
  ChannelType,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { Temporal } from 'temporal-polyfill';
import { cityOf } from '../../content/zones/index.ts';
import type { Guild } from '../../db/guilds.ts';
import type { OfficeHour, OfficeQuestion } from '../../db/office-hours.ts';
import type { ActContext } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { chooser, textIn, valuesIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { placeOf } from '../../discord/place.ts';
import { findVoiceChannel, isOpenToMembers } from '../../discord/voice-channels.ts';
import { UserError } from '../../errors.ts';
import {
  officeMinutes,
  officePlaces,
  questionLength,
  topicLength,
  usualMinutes,
} from '../../mentoring/office-hours/limits.ts';
import type { When } from '../../mentoring/office-hours/offer.ts';
import { dayThatIsNone, understandMoment } from '../../posts/announcements/when.ts';
import type { Texts } from '../../texts/en.ts';
import type { Instant } from '../../time.ts';

const fields = {
  start: 'start',
  topic: 'topic',
  minutes: 'minutes',
  places: 'places',
  channel: 'channel',
  words: 'words',
  named: 'named',
} as const;

/** Characters of a moment as people type it. */
const startLimit = 60;

/** The form of an offer. @param zone of whoever offers it. */
export function offerForm(t: Texts, zone: string): APIModalInteractionResponseCallbackData {
  const text = t.officeHours.form;
  const topic = new TextInputBuilder()
    .setCustomId(fields.topic)
    .setStyle(TextInputStyle.Short)
    .setMinLength(topicLength.min)
    .setMaxLength(topicLength.max);
  const numbers = Array.from({ length: officePlaces.max - officePlaces.min + 1 }, (_, i) => officePlaces.min + i);
  const places = chooser(
    fields.places,
    numbers.map((n) => ({ id: String(n), name: text.placesEntry(n) })),
    { chosen: [String(officePlaces.usual)] },
  );
  return new ModalBuilder()
    .setCustomId(customId(keys.officehours.offerForm))
    .setTitle(text.title)
    .addLabelComponents(
      new LabelBuilder().setLabel(text.topic).setDescription(text.topicHint).setTextInputComponent(topic),
      startField(t, zone),
      minutesField(t, usualMinutes),
      new LabelBuilder().setLabel(text.places).setStringSelectMenuComponent(places),
      channelField(t, null),
    )
    .toJSON();
}

/**
 * The form to move one, filled in as it stands.
 * @param isAway whether it opens from a direct message, where Discord has no channels to choose from.
 */
export function moveForm(
  t: Texts,
  hour: OfficeHour,
  zone: string,
  isAway: boolean,
): APIModalInteractionResponseCallbackData {
  const start = Temporal.Instant.from(hour.starts_at).toZonedDateTimeISO(zone).toPlainDateTime();
  return new ModalBuilder()
    .setCustomId(customId(keys.officehours.moveForm, hour.id))
    .setTitle(t.officeHours.form.moveTitle)
    .addLabelComponents(
      startField(t, zone, start.toString({ smallestUnit: 'minute' }).replace('T', ' ')),
      minutesField(t, hour.minutes),
      ...(isAway ? [] : [channelField(t, hour.channel_id)]),
    )
    .toJSON();
}

/** The form of a question, with what was asked before. */
export function askForm(
  t: Texts,
  hourId: string,
  before: OfficeQuestion | undefined,
): APIModalInteractionResponseCallbackData {
  const text = t.officeHours.form;
  const words = new TextInputBuilder()
    .setCustomId(fields.words)
    .setStyle(TextInputStyle.Paragraph)
    .setMinLength(1)
    .setMaxLength(questionLength);
  if (before) words.setValue(before.words);
  const named = chooser(
    fields.named,
    [
      { id: 'no', name: text.no },
      { id: 'yes', name: text.yes },
    ],
    { chosen: [before?.named === 1 ? 'yes' : 'no'] },
  );
  return new ModalBuilder()
    .setCustomId(customId(keys.officehours.askForm, hourId))
    .setTitle(text.ask)
    .addLabelComponents(
      new LabelBuilder().setLabel(text.question).setDescription(text.questionHint).setTextInputComponent(words),
      new LabelBuilder().setLabel(text.named).setDescription(text.namedHint).setStringSelectMenuComponent(named),
    )
    .toJSON();
}

function startField(t: Texts, zone: string, start?: string): LabelBuilder {
  const text = t.officeHours.form;
  const input = new TextInputBuilder()
    .setCustomId(fields.start)
    .setStyle(TextInputStyle.Short)
    .setMaxLength(startLimit);
  if (start !== undefined) input.setValue(start);
  return new LabelBuilder()
    .setLabel(text.start)
    .setDescription(text.startHint(cityOf(zone)))
    .setTextInputComponent(input);
}

function minutesField(t: Texts, minutes: number): LabelBuilder {
  const text = t.officeHours.form;
  const menu = chooser(
    fields.minutes,
    officeMinutes.map((n) => ({ id: String(n), name: text.minutesEntry(n) })),
    { chosen: [String(minutes)] },
  );
  return new LabelBuilder().setLabel(text.minutes).setStringSelectMenuComponent(menu);
}

function channelField(t: Texts, channelId: string | null): LabelBuilder {
  const text = t.officeHours.form;
  const menu = new ChannelSelectMenuBuilder()
    .setCustomId(fields.channel)
    .setChannelTypes(ChannelType.GuildVoice)
    .setMinValues(1)
    .setMaxValues(1)
    .setRequired(true);
  if (channelId !== null) menu.setDefaultChannels(channelId);
  return new LabelBuilder().setLabel(text.channel).setDescription(text.channelHint).setChannelSelectMenuComponent(menu);
}

/** When and where, as a form says it. */
interface ReadWhen extends When {
  /** Whether the clocks leave out the hour that was typed. */
  readonly isSkipped: boolean;
}

/**
 * Reads when and where it is.
 * @param before the channel that stays where the form had none to choose.
 * @throws UserError for a moment that is not understood or over, and for a channel that members do not see.
 */
export function readWhen(
  ctx: ActContext,
  interaction: ModalSubmitInteraction,
  settings: Guild,
  zone: string,
  before?: string | null,
): ReadWhen {
  const { startsAt, isSkipped } = readStart(textIn(interaction, fields.start), zone, ctx.now());
  return {
    startsAt,
    isSkipped,
    minutes: Number(valuesIn(interaction, fields.minutes)[0]),
    channelId: readChannel(interaction, settings, before ?? undefined),
  };
}

function readStart(typed: string, zone: string, now: Instant): { startsAt: Instant; isSkipped: boolean } {
  const understood = understandMoment(typed, zone, now);
  if (understood.is === 'unknown') {
    const none = dayThatIsNone(typed);
    throw new UserError((t) => (none === undefined ? t.officeHours.refused.when : t.officeHours.refused.noDay(none)));
  }
  if (understood.is === 'past') throw new UserError((t) => t.officeHours.refused.past(understood.at));
  // Minutes count: what was typed as "in 2 hours" begins at a whole one.
  const startsAt = new Date(Math.floor(Date.parse(understood.at) / 60_000) * 60_000).toISOString();
  return { startsAt, isSkipped: understood.is === 'moment' && understood.skipped !== undefined };
}

function readChannel(interaction: ModalSubmitInteraction, settings: Guild, before = ''): string {
  const { guild } = placeOf(interaction);
  const channel = findVoiceChannel(guild, valuesIn(interaction, fields.channel)[0] ?? before);
  if (!channel) throw new UserError((t) => t.officeHours.refused.channel);
  if (!isOpenToMembers(guild, channel, settings))
    throw new UserError((t) => t.officeHours.refused.channelClosed(channel.id));
  return channel.id;
}

/** What else an offer says. */
export function readOffer(interaction: ModalSubmitInteraction): { readonly topic: string; readonly places: number } {
  return { topic: textIn(interaction, fields.topic), places: Number(valuesIn(interaction, fields.places)[0]) };
}

/** What somebody asks. */
export function readQuestion(interaction: ModalSubmitInteraction): { readonly words: string; readonly named: boolean } {
  return { words: textIn(interaction, fields.words), named: valuesIn(interaction, fields.named)[0] === 'yes' };
}
