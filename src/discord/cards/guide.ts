/** How an entry of the guide is read: its answer, who says so and when; past its day only the page. */
import { type GuideEntry, guideById } from '../../content/journey.ts';
import { freshnessOf } from '../../journey/freshness.ts';
import type { Texts } from '../../texts/en.ts';
import type { Instant } from '../../time.ts';
import { pageLink, sourceLine } from './fact.ts';

/** An entry as a block of text. */
export function entryText(t: Texts, entry: GuideEntry, now: Instant): string {
  if (freshnessOf(entry, now.slice(0, 10)) === 'stale') return t.guide.stale(pageLink(entry.source ?? ''));
  const more = [...(entry.see === undefined ? [] : [entry.see]), ...(entry.more ?? [])];
  const lines = [
    sourceLine(t, entry),
    more.length > 0 ? t.journey.readOn(t.words.list(more.map(pageLink))) : undefined,
  ];
  return [entry.answer, ...lines.flatMap((line) => (line === undefined ? [] : [`-# ${line}`]))].join('\n');
}

/** Entries under their questions, those that there are. */
export function entriesText(t: Texts, ids: readonly string[], now: Instant): readonly string[] {
  return ids.flatMap((id) => {
    const entry = guideById().get(id);
    return entry ? [`**${entry.question}**\n${entryText(t, entry, now)}`] : [];
  });
}
