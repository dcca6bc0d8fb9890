import {
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { type KnownDate, sourceById } from '../../content/journey.ts';
import { isZone } from '../../content/zones/index.ts';
import type { GuildDate } from '../../db/dates.ts';
import { button, linkButton, row } from '../../discord/buttons.ts';
import { whenText } from '../../discord/cards/date.ts';
import { dayStamp, link } from '../../discord/cards/fact.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import type { Confirmed, Reading } from '../../journey/dates/confirm.ts';
import { readDay, readHour, type Stated } from '../../journey/dates/stated.ts';
import { valueOf } from '../../journey/dates/view.ts';
import { stamp } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';

/** Characters of a typed day, hour, zone and address. */
const limits = { day: 40, hour: 40, zone: 60, link: 300 } as const;
/** Most hours on these pages are Eastern. */
const usualZone = 'America/New_York';

/** Sends the moderator to the official page first; only then does a form open. */
export function lookCard(t: Texts, known: KnownDate, row_: GuildDate | undefined): Card {
  const text = t.deadlines.confirm;
  const source = sourceById().get(known.source);
  const address = row_?.source ?? source?.url ?? '';
  const page = source && source.url === address ? link(source) : address;
  return {
    content: text.look(known.title, page),
    components: [
      row<ReturnType<typeof linkButton> | ReturnType<typeof button>>(
        linkButton(address, text.open),
        button([keys.deadlines.enter, known.id], text.enter, ButtonStyle.Primary),
      ),
    ],
  };
}

/** The form for what was read: empty but for the zone and the address, so that nobody confirms what they did not read. */
export function readingForm(t: Texts, known: KnownDate): APIModalInteractionResponseCallbackData {
  const text = t.deadlines.confirm;
  const input = (id: keyof typeof limits, isRequired: boolean, value = '') => {
    const field = new TextInputBuilder()
      .setCustomId(id)
      .setStyle(TextInputStyle.Short)
      .setMaxLength(limits[id])
      .setRequired(isRequired);
    return value === '' ? field : field.setValue(value);
  };
  const label = (heading: string, hint: string) => new LabelBuilder().setLabel(heading).setDescription(hint);
  return new ModalBuilder()
    .setCustomId(customId(keys.deadlines.form, known.id))
    .setTitle(text.formTitle)
    .addLabelComponents(
      label(text.day, text.dayHint).setTextInputComponent(input('day', true)),
      label(text.hour, text.hourHint).setTextInputComponent(input('hour', false)),
      label(text.zone, text.zoneHint).setTextInputComponent(input('zone', false, known.zone ?? usualZone)),
      label(text.link, text.linkHint).setTextInputComponent(
        input('link', true, sourceById().get(known.source)?.url.slice(0, limits.link) ?? ''),
      ),
    )
    .toJSON();
}

/** Reads the form. @throws UserError when the day, hour or zone is not a real one. */
export function readReading(interaction: ModalSubmitInteraction): Omit<Reading, 'isAlone'> {
  const day = readDay(textIn(interaction, 'day'));
  if (day === undefined) throw new UserError((t) => t.deadlines.refused.noDay);
  const [, typed = '', which] = /^(.*?)\s*(first|second)?$/i.exec(textIn(interaction, 'hour').trim()) ?? [];
  const time = typed === '' ? null : readHour(typed);
  if (time === undefined) throw new UserError((t) => t.deadlines.refused.noHour);
  const zone = textIn(interaction, 'zone').trim();
  if (time !== null && !isZone(zone)) throw new UserError((t) => t.deadlines.refused.noZone);
  return {
    stated: { day, time, zone: time === null ? null : zone } satisfies Stated,
    ...(which === undefined ? {} : { isLater: which.toLowerCase() === 'second' }),
    source: textIn(interaction, 'link').trim(),
  };
}

/** What became of a reading. */
export function confirmedCard(t: Texts, known: KnownDate, confirmed: Confirmed): Card {
  const text = t.deadlines.confirm;
  if (confirmed.is === 'still-right')
    return { content: text.stillRight(known.title, dayStamp(confirmed.row.review_by)) };
  if (confirmed.is === 'proposed') {
    const said = text.proposed(known.title, stamp(confirmed.until, 'f'));
    return { content: confirmed.differs ? [said, text.differs].join('\n\n') : said };
  }
  const { act, row: date, differsFromContent } = confirmed;
  const said = text.done[act](known.title, whenText(t, date));
  if (!differsFromContent || act === 'withdraw') return { content: said };
  const upstream = text.upstreamText(known.id, valueOf(date), date.source, date.checked);
  return { content: [said, text.upstream, `\`\`\`\n${upstream}\n\`\`\``].join('\n\n') };
}
