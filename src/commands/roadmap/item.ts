import { ButtonStyle, LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import { itemById } from '../../content/journey.ts';
import type { ItemState } from '../../db/schema.ts';
import { button, row } from '../../discord/buttons.ts';
import { dateTitle } from '../../discord/cards/date.ts';
import { dayStamp } from '../../discord/cards/fact.ts';
import { type Road, shownText } from '../../discord/cards/road.ts';
import { customId } from '../../discord/custom-ids.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { journey as content } from '../../content/journey.ts';
import { beginBy, openNeeds, stateIn } from '../../journey/roadmap/items.ts';
import { type ItemAct, itemActs, itemMoves, noteLimit } from '../../journey/roadmap/walk.ts';
import type { Texts } from '../../texts/en.ts';
import type { Instant } from '../../time.ts';

/** One step, with what can be done with it; undefined for one that is none, or none any more. */
export function itemCard(t: Texts, road: Road, itemId: string, now: Instant): Card | undefined {
  const item = road.items.find(({ id }) => id === itemId) ?? itemById().get(itemId);
  if (!item) return undefined;
  const text = t.roadmap.item;
  const { journey, touched, items, dayOf } = road;
  const state = stateIn(journey, item, touched);
  const own = touched.find(({ item_id: id }) => id === item.id);
  const open = openNeeds(item, items, (need) => stateIn(journey, need, touched));
  const hangs = content().dates.filter(({ id }) => item.dates.some((series) => id.startsWith(`${series}-`)));
  const dated = item.dates.flatMap((series) => {
    const day = dayOf(series);
    const date = hangs.find(({ id }) => id.startsWith(`${series}-`));
    return date ? [day === undefined ? dateTitle(date.id) : `${dateTitle(date.id)} (${dayStamp(day)})`] : [];
  });
  const by = beginBy(item, dayOf);
  const body = [
    text.state(state),
    shownText(t, item, now, road.instead.get(item.id)),
    [
      text.lead(item.lead),
      ...(item.optional ? [text.optional] : []),
      ...(dated.length > 0 ? [text.hangs(dated)] : []),
      ...(by !== undefined && state === 'todo' ? [text.beginBy(dayStamp(by))] : []),
    ].join(' '),
    ...(open.length > 0 && state === 'todo' ? [text.first(open.map(({ title }) => title))] : []),
    ...(own && own.note !== '' ? [text.note(showTyped(own.note))] : []),
    ...(own?.day ? [text.day(dayStamp(own.day))] : []),
  ];
  return {
    embeds: [embed(t, item.title, body.join('\n\n'))],
    components: [
      row(
        ...actsFrom(state).map((act) =>
          button(
            [keys.roadmap.walk, act, item.id],
            labelOf(t, act),
            act === 'finish' ? ButtonStyle.Success : ButtonStyle.Secondary,
          ),
        ),
        button([keys.roadmap.note, item.id], text.annotate),
        button([keys.roadmap.show], t.roadmap.back),
      ),
    ],
  };
}

/** What changes something from this state. */
const actsFrom = (state: ItemState): ItemAct[] =>
  itemActs.filter((act) => {
    const to = itemMoves[act][state];
    return to !== undefined && to !== state;
  });

function labelOf({ roadmap: { item } }: Texts, act: ItemAct): string {
  return { start: item.start, finish: item.finish, skip: item.skip, back: item.putBack }[act];
}

/** The form for an own note and day. */
export function noteForm(t: Texts, road: Road, itemId: string) {
  const text = t.roadmap.noteForm;
  const own = road.touched.find(({ item_id: id }) => id === itemId);
  const note = new TextInputBuilder()
    .setCustomId('note')
    .setStyle(TextInputStyle.Short)
    .setMaxLength(noteLimit)
    .setRequired(false);
  if (own && own.note !== '') note.setValue(own.note.slice(0, noteLimit));
  const day = new TextInputBuilder()
    .setCustomId('day')
    .setStyle(TextInputStyle.Short)
    .setMaxLength(40)
    .setRequired(false);
  if (own?.day) day.setValue(own.day);
  return new ModalBuilder()
    .setCustomId(customId(keys.roadmap.noteForm, itemId))
    .setTitle(text.title)
    .addLabelComponents(
      new LabelBuilder().setLabel(text.note).setDescription(text.noteHint).setTextInputComponent(note),
      new LabelBuilder().setLabel(text.day).setDescription(text.dayHint).setTextInputComponent(day),
    )
    .toJSON();
}
