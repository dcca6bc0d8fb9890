import type { RoundLeft, RoundPair } from '../../db/round-pairs.ts';
import { byteOrderMark, csvOf } from '../../csv.ts';
import { inParts } from '../../parts.ts';
import { readLeftDetail } from '../../mentoring/rounds/left.ts';
import { readReasons, type PreviewView } from '../../mentoring/rounds/view.ts';
import { sayReasons } from '../../discord/reasons.ts';
import type { Texts } from '../../texts/en.ts';

/** A name where it is known without asking Discord. */
export type NameOf = (userId: string) => string | undefined;

/** How many lines are written before others are served: some milliseconds of work. */
const linesAtOnce = 500;

/** Every pair of a preview with its reasons, the weakest first, and everybody who waits on with why. */
export async function previewCsv(t: Texts, { round, pairs, left }: PreviewView, nameOf: NameOf): Promise<Buffer> {
  const lines = [csvOf([t.rounds.csv.header])];
  for await (const part of inParts(pairs, linesAtOnce)) {
    lines.push(csvOf(part.map((pair) => pairLine(t, pair, nameOf))));
  }
  for await (const part of inParts(left, linesAtOnce)) {
    lines.push(csvOf(part.map((one) => leftLine(t, one, round.floor, nameOf))));
  }
  return Buffer.from(byteOrderMark + lines.join(''));
}

function pairLine(t: Texts, pair: RoundPair, nameOf: NameOf): readonly string[] {
  const text = t.rounds.csv;
  return [
    pair.pinned === 1 ? text.pinned : text.pair,
    nameOf(pair.mentee_id) ?? '',
    id(pair.mentee_id),
    nameOf(pair.mentor_id) ?? '',
    id(pair.mentor_id),
    percent(pair.fit),
    sayReasons(t, readReasons(pair), text.reasons) || text.reasons.none,
  ];
}

function leftLine(t: Texts, left: RoundLeft, floor: number, nameOf: NameOf): readonly string[] {
  return [t.rounds.csv.left, nameOf(left.mentee_id) ?? '', id(left.mentee_id), '', '', '', whyLeft(t, left, floor)];
}

/** Why a round leaves somebody waiting, from a moderator's side. */
export function whyLeft(t: Texts, left: RoundLeft, floor: number): string {
  const text = t.rounds.csv;
  const { excluded, bestFit } = readLeftDetail(left);
  if (left.why === 'below-floor') return text.why['below-floor'](`${percent(bestFit ?? 0)}%`, `${percent(floor)}%`);
  if (left.why === 'mentor-gone' || left.why === 'no-place') return text.why[left.why];
  // A block must not be told apart from a pause, nor a mentor's own profile be counted.
  const { blocked = 0, paused = 0, 'same-person': _self, ...rest } = excluded;
  const counts = { ...rest, ...(blocked + paused > 0 ? { paused: blocked + paused } : {}) };
  const words: Readonly<Record<string, (n: number) => string>> = text.rules;
  return text.why['no-eligible'](
    Object.entries(counts)
      .map(([rule, n]) => words[rule]?.(n) ?? rule)
      .join('; ') || text.noMentors,
  );
}

/** A spreadsheet rounds a number of eighteen digits; what is in words it leaves alone. */
function id(userId: string): string {
  return `id ${userId}`;
}

function percent(fit: number): string {
  return String(Math.round(fit / 100));
}
