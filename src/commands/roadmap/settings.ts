import { LabelBuilder, ModalBuilder, type ModalSubmitInteraction } from 'discord.js';
import { pathways, visaAnswers } from '../../content/journey.ts';
import type { Journey } from '../../db/journeys.ts';
import { customId } from '../../discord/custom-ids.ts';
import { chooser, valuesIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { type Answers, matchYearsAhead } from '../../journey/roadmap/walk.ts';
import type { Texts } from '../../texts/en.ts';

/** Stands in the form for what somebody does not know yet. */
const unknown = 'unknown';

/** The form for what somebody may say of their road; each answer may stay open. */
export function settingsForm(t: Texts, journey: Journey, now: string) {
  const text = t.roadmap.set;
  const year = Number(now.slice(0, 4));
  const open = { id: unknown, name: text.unknown };
  const years = Array.from({ length: matchYearsAhead + 1 }, (_, i) => String(year + i));
  const menu = (label: string, id: string, entries: readonly { id: string; name: string }[], chosen: string) =>
    new LabelBuilder()
      .setLabel(label)
      .setStringSelectMenuComponent(chooser(id, [...entries, open], { chosen: [chosen] }));
  const couple = journey.couple === null ? unknown : journey.couple === 1 ? 'yes' : 'no';
  return new ModalBuilder()
    .setCustomId(customId(keys.roadmap.setForm))
    .setTitle(text.title)
    .addLabelComponents(
      menu(text.who, 'who', entriesOf(text.whos), journey.who ?? unknown),
      menu(
        text.pathway,
        'pathway',
        pathways.map((id) => ({ id, name: text.pathwayName(id) })),
        journey.pathway ?? unknown,
      ),
      menu(
        text.visa,
        'visa',
        visaAnswers.map((id) => ({ id, name: text.visas[id] })),
        journey.visa ?? unknown,
      ),
      menu(
        text.year,
        'year',
        years.map((id) => ({ id, name: id })),
        journey.match_year === null ? unknown : String(journey.match_year),
      ),
      menu(text.couple, 'couple', entriesOf(text.couples), couple),
    )
    .toJSON();
}

function entriesOf(names: Readonly<Record<string, string>>) {
  return Object.entries(names).map(([id, name]) => ({ id, name }));
}

/** What somebody chose; what the form does not hold stays as it is. */
export function readSettings(interaction: ModalSubmitInteraction): Answers {
  const one = (id: string): string | null | undefined => {
    const [value] = valuesIn(interaction, id);
    return value === unknown ? null : value;
  };
  const [who, pathway, visa, year, couple] = ['who', 'pathway', 'visa', 'year', 'couple'].map(one);
  return {
    ...(who === undefined ? {} : { who: who === 'student' || who === 'graduate' ? who : null }),
    ...(pathway === undefined ? {} : { pathway }),
    ...(visa === undefined ? {} : { visa }),
    ...(year === undefined ? {} : { matchYear: year === null ? null : Number(year) }),
    ...(couple === undefined ? {} : { couple: couple === null ? null : couple === 'yes' }),
  };
}
