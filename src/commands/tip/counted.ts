import type { Counted } from '../../posts/content/participation.ts';
import { texts } from '../../texts/en.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { keys } from '../../discord/keys.ts';

const text = texts.content.done;

/** That somebody is counted, and how to take it back: a second press by accident undoes nothing. */
export function countedCard({ isNew, people }: Counted, slotId: string): Card {
  return {
    content: isNew ? text.counted(people) : text.already,
    components: [row(button([keys.tip.takeBack, slotId], text.takeBack))],
  };
}
