import type { RoundLeft, RoundPair } from '../../db/round-pairs.ts';
import { pageTurns, row } from '../../discord/buttons.ts';
import { keys } from '../../discord/keys.ts';
import { accent } from '../../discord/palette.ts';
import type { Card } from '../../discord/replies.ts';
import { sayReasons } from '../../discord/reasons.ts';
import { mention } from '../../discord/text.ts';
import { clip } from '../../marks.ts';
import { type PreviewView, readReasons } from '../../mentoring/rounds/view.ts';
import { pageOf } from '../../pages.ts';
import type { Texts } from '../../texts/en.ts';
import { whyLeft } from './csv.ts';

/** Pairs on one page, and the characters of each: ten of them fit into one embed. */
const pageSize = 10;
const entryLimit = 380;

/**
 * One page of a preview: its pairs with their reasons, the weakest first, then everybody who waits on with why.
 * @param page from 0; one that does not exist shows the nearest.
 */
export function pairsCard(t: Texts, { round, pairs, left }: PreviewView, page: number): Card {
  const text = t.rounds.pairs;
  const all: readonly (RoundPair | RoundLeft)[] = [...pairs, ...left];
  if (all.length === 0) return { content: text.none };
  const { page: at, pages, offset } = pageOf(all.length, page, pageSize);
  const shown = all.slice(offset, offset + pageSize);
  const turn = (to: number) => [keys.round.pairsPage, round.id, String(round.run), String(to)] as const;
  const turns = pageTurns(at, pages, turn, text);
  return {
    embeds: [
      {
        color: accent,
        title: text.title(offset + 1, offset + shown.length, all.length),
        description: shown.map((each) => clip(sayEntry(t, each, round.floor), entryLimit)).join('\n\n'),
      },
    ],
    components: turns.length > 0 ? [row(...turns)] : [],
  };
}

function sayEntry(t: Texts, entry: RoundPair | RoundLeft, floor: number): string {
  const text = t.rounds.pairs;
  const mentee = mention(t, entry.mentee_id);
  if (!('mentor_id' in entry)) return `${text.left(mentee)}\n${whyLeft(t, entry, floor)}`;
  const { reasons } = t.rounds.csv;
  const head = text.pair(mentee, mention(t, entry.mentor_id), t.rounds.card.average(entry.fit), entry.pinned === 1);
  return `${head}\n${sayReasons(t, readReasons(entry), reasons) || reasons.none}`;
}
