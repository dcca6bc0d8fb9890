import {
  type APIModalInteractionResponseCallbackData,
  type ChatInputCommandInteraction,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  type RepliableInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { listOwnDates, type OwnDate } from '../../db/journeys.ts';
import { whenText } from '../../discord/cards/date.ts';
import type { ActContext } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { embed } from '../../discord/embeds.ts';
import { noteTyped } from '../../discord/form-again.ts';
import { textIn } from '../../discord/forms.ts';
import { roadOf } from '../../discord/journey.ts';
import { keys } from '../../discord/keys.ts';
import { answer, type Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { UserError } from '../../errors.ts';
import {
  addOwnDate,
  editOwnDate,
  type NewOwnDate,
  ownLimits,
  removeOwnDate,
  type SavedOwnDate,
} from '../../journey/dates/own.ts';
import { readDay, readHour } from '../../journey/dates/stated.ts';
import { clip } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';

/** Reminders of one's own date unless others are named. */
const usualDays = [7, 1] as const;
/** The most days before that can be named. */
const mostDays = 60;

/** Adds a date out of the options of a command; where that is refused, they stand in a form. */
export async function addOwn(ctx: ActContext, interaction: ChatInputCommandInteraction): Promise<void> {
  const typed = typedIn(interaction);
  const words = Object.values(typed).filter((each) => each !== null);
  noteTyped(interaction, { form: ownForm(ctx.t, typed), words });
  await add(ctx, interaction, typed);
}

/** Adds a date out of that form. */
export async function addOwnFromForm(ctx: ActContext, interaction: ModalSubmitInteraction): Promise<void> {
  const read = (name: keyof TypedOwn) => textIn(interaction, name).trim() || null;
  const [title, day, hour, reminders] = [read('title'), read('day'), read('hour'), read('reminders')];
  await add(ctx, interaction, { title, day, hour, reminders });
}

async function add(ctx: ActContext, interaction: RepliableInteraction, typed: TypedOwn): Promise<void> {
  const road = await roadOf(ctx, interaction);
  if (!road) return;
  const wanted = readOwn(typed, road.zone);
  await answer(interaction, savedCard(ctx.t, await addOwnDate(ctx, road.user_id, road.zone, wanted), 'added'));
}

export async function editOwn(ctx: ActContext, interaction: ChatInputCommandInteraction): Promise<void> {
  const road = await roadOf(ctx, interaction);
  if (!road) return;
  const old = await requireOwn(ctx, road.user_id, interaction);
  const wanted = readOwn(typedIn(interaction), road.zone, old);
  await answer(
    interaction,
    savedCard(ctx.t, await editOwnDate(ctx, road.user_id, road.zone, old.id, wanted), 'changed'),
  );
}

export async function removeOwn(ctx: ActContext, interaction: ChatInputCommandInteraction): Promise<void> {
  const old = await requireOwn(ctx, interaction.user.id, interaction);
  await removeOwnDate(ctx, interaction.user.id, old.id);
  await answer(interaction, { content: ctx.t.deadlines.own.removed(showTyped(old.title)) });
}

/** Somebody's own dates. */
export async function ownCard(ctx: ActContext, userId: string): Promise<Card> {
  const text = ctx.t.deadlines.own;
  const dates = await listOwnDates(ctx.db, userId);
  if (dates.length === 0) return { content: text.none };
  const lines = dates.map((date) => `**${showTyped(date.title)}** · ${whenText(ctx.t, date)}`);
  return {
    embeds: [
      { ...embed(ctx.t, text.title, lines.join('\n')), footer: { text: text.count(dates.length, ownLimits.dates) } },
    ],
  };
}

/** Somebody's own dates whose name has what was typed. */
export async function searchOwn(ctx: ActContext, userId: string, typed: string, limit: number) {
  const wanted = typed.trim().toLowerCase();
  return (await listOwnDates(ctx.db, userId))
    .map(({ id, title, day }) => ({ name: `${day} · ${title}`, value: id }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, limit);
}

async function requireOwn(ctx: ActContext, userId: string, { options }: ChatInputCommandInteraction): Promise<OwnDate> {
  const wanted = options.getString('which', true);
  const dates = await listOwnDates(ctx.db, userId);
  const found = dates.find(({ id, title }) => id === wanted || title.toLowerCase() === wanted.trim().toLowerCase());
  if (!found) throw new UserError((t) => t.deadlines.refused.ownGone);
  return found;
}

/** A date as somebody typed it; null where they left an option out. */
interface TypedOwn {
  readonly title: string | null;
  readonly day: string | null;
  readonly hour: string | null;
  readonly reminders: string | null;
}

function typedIn({ options }: ChatInputCommandInteraction): TypedOwn {
  const [title, day] = [options.getString('title'), options.getString('day')];
  return { title, day, hour: options.getString('hour'), reminders: options.getString('reminders') };
}

/** The most characters of what is typed into the form. */
const typedLimits = { title: ownLimits.title, day: 40, hour: 40, reminders: 60 } as const;

/** A form for a date of one's own, with what was typed as options. */
function ownForm(t: Texts, typed: TypedOwn): APIModalInteractionResponseCallbackData {
  const text = t.deadlines.own.form;
  const field = (name: keyof TypedOwn, isRequired: boolean) => {
    const input = new TextInputBuilder()
      .setCustomId(name)
      .setStyle(TextInputStyle.Short)
      .setMaxLength(typedLimits[name])
      .setRequired(isRequired);
    const value = clip(typed[name] ?? '', typedLimits[name]);
    return new LabelBuilder()
      .setLabel(text[name])
      .setDescription(t.deadlines.command[name])
      .setTextInputComponent(value === '' ? input : input.setValue(value));
  };
  return new ModalBuilder()
    .setCustomId(customId(keys.deadlines.ownForm))
    .setTitle(text.heading)
    .addLabelComponents(field('title', true), field('day', true), field('hour', false), field('reminders', false))
    .toJSON();
}

/** @throws UserError for what is no day or hour, and for an hour without a day. */
function readOwn(typed: TypedOwn, zone: string, old?: OwnDate): NewOwnDate {
  const { day: typedDay, hour: typedHour } = typed;
  const day = typedDay === null ? old?.day : readDay(typedDay);
  if (day === undefined)
    throw new UserError((t) => t.deadlines.refused[typedDay === null ? 'hourWithoutDay' : 'noDay']);
  const hour = typedHour === null ? (old?.time ?? null) : readHour(typedHour);
  if (hour === undefined) throw new UserError((t) => t.deadlines.refused.noHour);
  const kept = typedHour === null ? old?.zone : undefined;
  return {
    title: typed.title ?? old?.title ?? '',
    stated: { day, time: hour, zone: hour === null ? null : (kept ?? zone) },
    days: readDaysBefore(typed.reminders) ?? old?.reminder_days ?? usualDays,
  };
}

/** @throws UserError for what are no numbers of days. */
function readDaysBefore(typed: string | null): readonly number[] | undefined {
  if (typed === null) return undefined;
  const days = typed.split(/[\s,;]+/).filter((each) => each !== '').map(Number); // prettier-ignore
  const isRight = days.length > 0 && days.every((each) => Number.isInteger(each) && each >= 0 && each <= mostDays);
  if (!isRight) throw new UserError((t) => t.deadlines.refused.reminders);
  return [...new Set(days)].filter((each) => each > 0).toSorted((a, b) => b - a);
}

function savedCard(t: Texts, { date, isAdjusted }: SavedOwnDate, what: 'added' | 'changed'): Card {
  const text = t.deadlines.own;
  return {
    content: [
      text[what](showTyped(date.title), whenText(t, date)),
      text.remindedAt(date.reminder_days.map(t.deadlines.remind.inDays)),
      ...(isAdjusted ? [text.adjusted] : []),
    ].join('\n'),
  };
}
