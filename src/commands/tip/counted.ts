import type { Counted } from '../../posts/content/participation.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';

/** That somebody is counted, and how to take it back: a second press by accident undoes nothing. */
export function countedCard(t: Texts, { isNew, people }: Counted, slotId: string): Card {
  const text = t.content.done;
  return {
    content: isNew ? text.counted(people) : text.already,
    components: [row(button([keys.tip.takeBack, slotId], text.takeBack))],
  };
}
