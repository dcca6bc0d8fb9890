/** The form of one's hours, and how it comes back filled in. */
import {
  type APIModalInteractionResponseCallbackData,
  CheckboxGroupBuilder,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  RadioGroupBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { cityOf } from '../../content/zones/index.ts';
import type { Hours } from '../../db/hours.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn, valuesIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { exactLimit, type HoursForm, weeksOfHours } from '../../hours/edit.ts';
import { writeExact } from '../../hours/exact.ts';
import { answersOf, dayParts, days } from '../../hours/week.ts';
import type { Texts } from '../../texts/en.ts';

const fields = {
  weekdays: 'weekdays',
  weekend: 'weekend',
  notOn: 'not_on',
  exactly: 'exactly',
  until: 'until',
} as const;

/** How the form is filled in for hours that are kept; empty for none. */
export function formOf(t: Texts, hours: Hours | undefined): HoursForm {
  if (!hours) return { weekdays: [], weekend: [], notOn: [], exactly: '', weeks: 0 };
  const { weekdays, weekend, notOn, exact } = answersOf(hours.windows);
  const exactly = writeExact(exact, (day) => t.hours.days[day] ?? '');
  return { weekdays, weekend, notOn: notOn.map(String), exactly, weeks: 0 };
}

/** The form, filled in. @param guildId goes along: it also opens from a direct message; so does `wanted`, as of `hoursCard`. */
export function hoursForm(
  t: Texts,
  guildId: string,
  zone: string,
  filled: HoursForm,
  wanted: readonly string[],
): APIModalInteractionResponseCallbackData {
  const text = t.hours;
  const group = (
    id: string,
    most: number,
    entries: readonly { label: string; value: string }[],
    on: readonly string[],
  ) =>
    new CheckboxGroupBuilder()
      .setCustomId(id)
      .setMinValues(0)
      .setMaxValues(most)
      .setRequired(false)
      .addOptions(entries.map((entry) => ({ ...entry, ...(on.includes(entry.value) ? { default: true } : {}) })));
  const parts = dayParts.map(({ id }) => ({ label: text.parts[id] ?? id, value: id }));
  const dayOptions = days.map((day) => ({ label: text.days[day] ?? '', value: String(day) }));
  const ends = [0, ...weeksOfHours].map((weeks) => ({
    label: weeks === 0 ? text.form.always : text.form.weeks(weeks),
    value: String(weeks),
    ...(weeks === filled.weeks ? { default: true } : {}),
  }));
  return new ModalBuilder()
    .setCustomId(customId(keys.hours.form, guildId, ...wanted))
    .setTitle(text.form.title)
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(text.form.weekdays)
        .setDescription(text.form.weekdaysHint(cityOf(zone)))
        .setCheckboxGroupComponent(group(fields.weekdays, parts.length, parts, filled.weekdays)),
      new LabelBuilder()
        .setLabel(text.form.weekend)
        .setCheckboxGroupComponent(group(fields.weekend, parts.length, parts, filled.weekend)),
      new LabelBuilder()
        .setLabel(text.form.notOn)
        .setDescription(text.form.notOnHint)
        .setCheckboxGroupComponent(group(fields.notOn, dayOptions.length, dayOptions, filled.notOn)),
      new LabelBuilder()
        .setLabel(text.form.exactly)
        .setDescription(text.form.exactlyHint)
        .setTextInputComponent(
          new TextInputBuilder()
            .setCustomId(fields.exactly)
            .setStyle(TextInputStyle.Paragraph)
            .setMaxLength(exactLimit)
            .setPlaceholder(text.form.exactlyExample)
            .setRequired(false)
            .setValue(filled.exactly),
        ),
      new LabelBuilder()
        .setLabel(text.form.until)
        .setDescription(text.form.untilHint)
        .setRadioGroupComponent(new RadioGroupBuilder().setCustomId(fields.until).setRequired(false).addOptions(ends)),
    )
    .toJSON();
}

/** What was filled in. */
export function readHoursForm(interaction: ModalSubmitInteraction): HoursForm {
  return {
    weekdays: valuesIn(interaction, fields.weekdays),
    weekend: valuesIn(interaction, fields.weekend),
    notOn: valuesIn(interaction, fields.notOn),
    exactly: textIn(interaction, fields.exactly),
    weeks: Number(textIn(interaction, fields.until)) || 0,
  };
}

/** The boxes of a form in a few characters: they go along in the button that opens it again. */
export function encodeBoxes({ weekdays, weekend, notOn, weeks }: HoursForm): string {
  const bits = (all: readonly string[], chosen: readonly string[]) =>
    all.reduce((sum, each, i) => sum + (chosen.includes(each) ? 2 ** i : 0), 0);
  const parts = dayParts.map(({ id }) => id);
  return [bits(parts, weekdays), bits(parts, weekend), bits(days.map(String), notOn), weeks].join('.');
}

/** The same, back; whatever is no such code counts as nothing chosen. */
export function decodeBoxes(code: string): Omit<HoursForm, 'exactly'> {
  const [weekdays = 0, weekend = 0, notOn = 0, weeks = 0] = code.split('.').map((each) => Number(each) || 0);
  const chosen = (all: readonly string[], bits: number) => all.filter((_, i) => Math.floor(bits / 2 ** i) % 2 === 1);
  const parts = dayParts.map(({ id }) => id);
  return {
    weekdays: chosen(parts, weekdays),
    weekend: chosen(parts, weekend),
    notOn: chosen(days.map(String), notOn),
    weeks: weeksOfHours.find((each) => each === weeks) ?? 0,
  };
}
