/** What is kept of a message that somebody asks about: its words, and nobody's name. Pure. */
import { clip } from '../../marks.ts';
import { claimLimits } from './limits.ts';

/** Stands where somebody was named. */
const somebody = '@…';
/** Shorter names are words too often. */
const leastName = 3;

/**
 * Pure: a message's words without mentions, and without the name of whoever wrote it.
 * @param names under which its author is known.
 */
export function snapshotOf(content: string, names: readonly string[]): string {
  const unmentioned = content.replaceAll(/<@[!&]?\d+>/g, somebody).replaceAll(/@(?=everyone|here)/g, '');
  const known = [...new Set(names.map((name) => name.trim()))].filter((name) => name.length >= leastName);
  const unnamed = known
    .toSorted((a, b) => b.length - a.length)
    .reduce(
      (text, name) =>
        text.replaceAll(new RegExp(String.raw`(?<![\p{L}\p{N}])@?${escape(name)}(?![\p{L}\p{N}])`, 'giu'), somebody),
      unmentioned,
    );
  return clip(unnamed.trim(), claimLimits.snapshot);
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
