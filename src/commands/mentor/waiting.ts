import { ButtonStyle } from 'discord.js';
import type { Offer } from '../../db/openings.ts';
import { offerButtons } from '../../delivery/notices/openings.ts';
import { button, row } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import type { Waiting } from '../../mentoring/supply.ts';
import type { Texts } from '../../texts/en.ts';

/** A place of which somebody has heard, and its mentor's name. */
interface Heard {
  readonly offer: Offer;
  readonly name: string;
}

/** How it stands with somebody's wait; before they begin one, what is free and who waits already. */
export function waitCard(t: Texts, { place, others, median, radar }: Waiting, heard?: Heard): Card {
  const text = t.supply;
  const free = [
    ...radar.specialties.map(({ id, places, waiting }) => text.specialty(t.specialties[id] ?? id, places, waiting)),
    ...radar.topics.map(({ id, places }) => text.topic(t.topics[id]?.name ?? id, places)),
    text.all(radar.places, radar.waiting),
  ];
  const wait = [
    place ? text.since(place.joinedAt, place.position, place.waiting) : text.notWaiting,
    text.others(others),
    ...(median ? [text.median[median.of](median.days)] : [text.noMedian]),
    text.order,
  ];
  const look = button([keys.mentor.find], t.home.looking.find, ButtonStyle.Primary);
  const list = place
    ? button([keys.mentor.waitlistLeave], t.mentor.waitlist.leave)
    : button([keys.mentor.waitlist], t.mentor.waitlist.join);
  return {
    embeds: [
      {
        ...embed(t, text.title, free.join('\n')),
        fields: [
          ...(heard ? [{ name: text.heard, value: text.heardOf(heard.offer.mentor_id, heard.offer.until) }] : []),
          { name: text.wait, value: wait.join('\n') },
        ],
      },
    ],
    components: [...(heard ? [row(...offerButtons(t, heard.offer, heard.name))] : []), row(look, list)],
  };
}
