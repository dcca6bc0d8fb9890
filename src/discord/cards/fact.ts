/** How a fact shows where it comes from. */
import { type Factual, sourceById } from '../../content/journey.ts';
import { stamp } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';

/** A day without an hour, as Discord shows it: at noon UTC nearly everybody's calendar has the day that is meant. */
export function dayStamp(day: string): string {
  return stamp(`${day}T12:00:00.000Z`, 'D');
}

/** A page's name that leads to it. */
export function link({ name, url }: { readonly name: string; readonly url: string }): string {
  return `[${name}](${url})`;
}

/** A link to an official page. @param id in `sources.yaml`. */
export function pageLink(id: string): string {
  const source = sourceById().get(id);
  return source ? link(source) : id;
}

/** Where a fact was read, how, and when; nothing for advice. */
export function sourceLine(t: Texts, fact: Factual): string | undefined {
  const { source, basis, checked } = fact;
  if (source === undefined || basis === undefined || checked === undefined) return undefined;
  return t.journey.source[fact.isReadHere ? 'here' : basis](pageLink(source), dayStamp(checked));
}
