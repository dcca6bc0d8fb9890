import { ButtonStyle } from 'discord.js';
import type { Block } from '../../db/blocks.ts';
import { button, row } from '../../discord/buttons.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { stamp } from '../../marks.ts';
import type { BlockOutcome } from '../../mentoring/blocks.ts';
import type { Texts } from '../../texts/en.ts';

/** Shown after blocking somebody; a mentorship with them can be ended from here. */
export function blockedCard(t: Texts, { isNew, closedRequest, mentorship }: BlockOutcome, otherId: string): Card {
  const text = t.block;
  return {
    content: [
      isNew ? text.done(otherId) : text.already(otherId),
      ...(closedRequest ? [text.closedRequest] : []),
      ...(mentorship ? [text.mentorship(otherId)] : []),
    ].join('\n'),
    components: mentorship
      ? [
          row(
            button([keys.mentorship.end, mentorship.id, 'other'], text.endMentorship, ButtonStyle.Danger),
            button([keys.mentorship.keep], text.keepMentorship),
          ),
        ]
      : [],
  };
}

/** Everybody whom one has blocked: fifty lines fit into one embed. */
export function blocksCard(t: Texts, blocks: readonly Block[]): Card {
  const text = t.block;
  if (blocks.length === 0) return { content: text.none };
  const lines = blocks.map(({ blockedId, since }) =>
    text.entry(blockedId === undefined ? text.goneMember : `<@${blockedId}>`, stamp(since, 'D')),
  );
  return { embeds: [{ title: text.title, description: [...lines, '', text.hint].join('\n') }] };
}
