/** The form for what has to be known before somebody's road begins. */
import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { stages } from '../../content/index.ts';
import { customId } from '../../discord/custom-ids.ts';
import { chooser } from '../../discord/forms.ts';
import type { RoadOnward } from '../../discord/journey.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import type { Beginning } from '../../journey/own/journey.ts';
import type { Texts } from '../../texts/en.ts';

/** The names of its fields. */
export const beginFields = { zone: 'zone', stage: 'stage' } as const;

/** @param known stands in it already. @param next what somebody asked for before. */
export function beginForm(
  t: Texts,
  known: Beginning,
  next: RoadOnward | undefined,
): APIModalInteractionResponseCallbackData {
  const text = t.deadlines.begin;
  const zone = new TextInputBuilder()
    .setCustomId(beginFields.zone)
    .setStyle(TextInputStyle.Short)
    .setMaxLength(limits.choiceValue)
    .setPlaceholder(t.home.zone.placeholder)
    .setRequired(true);
  const stage = chooser(
    beginFields.stage,
    stages.map(({ id }) => ({ id, name: t.stages[id]?.name ?? id })),
    { chosen: known.stage === undefined ? [] : [known.stage] },
  );
  return new ModalBuilder()
    .setCustomId(customId(keys.deadlines.beginForm, ...(next ?? [])))
    .setTitle(text.title)
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(t.home.zone.label)
        .setDescription(t.home.zone.hint)
        .setTextInputComponent(known.zone === undefined ? zone : zone.setValue(known.zone)),
      new LabelBuilder().setLabel(text.stageLabel).setStringSelectMenuComponent(stage),
    )
    .toJSON();
}
