/** A time zone where there is no option to complete: typed in a form, and chosen from a menu where several are meant. */
import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { understandZone, type ZoneChoice } from '../content/zones/index.ts';
import { requireZone } from '../guild/zones.ts';
import type { Texts } from '../texts/en.ts';
import { epochMs, type Instant } from '../time.ts';
import type { Id } from './buttons.ts';
import { customId } from './custom-ids.ts';
import { limits } from './limits.ts';
import type { Card } from './replies.ts';
import { showTyped } from './text.ts';
import { menuRow } from './buttons.ts';

/** The name of the form's field. */
export const zoneField = 'zone';

/** A form that asks for a time zone and nothing else. */
export function zoneForm(
  t: Texts,
  [key, ...args]: Id,
  { title, label }: { readonly title: string; readonly label: string },
): APIModalInteractionResponseCallbackData {
  const text = t.home.zone;
  const zone = new TextInputBuilder()
    .setCustomId(zoneField)
    .setStyle(TextInputStyle.Short)
    .setMaxLength(limits.choiceValue)
    .setPlaceholder(text.placeholder)
    .setRequired(true);
  return new ModalBuilder()
    .setCustomId(customId(key, ...args))
    .setTitle(title)
    .addLabelComponents(new LabelBuilder().setLabel(label).setDescription(text.hint).setTextInputComponent(zone))
    .toJSON();
}

/**
 * The zone that was typed, or a card that asks which of several is meant; its menu answers to `id`.
 * @throws UserError where it is none.
 */
export function zoneMeant(t: Texts, id: Id, typed: string, now: Instant): string | Card {
  const understood = understandZone(typed, epochMs(now));
  if (understood.is === 'several') return whichZoneCard(t, id, typed, understood.choices);
  return requireZone(typed, now);
}

function whichZoneCard(t: Texts, id: Id, typed: string, zones: readonly ZoneChoice[]): Card {
  const text = t.home.zone;
  const menu = menuRow(
    id,
    text.choose,
    zones.map(({ name, value }) => ({ label: name, value })),
  );
  return { content: text.which(showTyped(typed)), components: [menu] };
}
