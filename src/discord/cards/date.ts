/** How a date is said: its moment in the reader's own clock and in the words of the page, or its whole day. */
import { dateById } from '../../content/journey.ts';
import type { Stated } from '../../journey/dates/stated.ts';
import { momentOf } from '../../journey/dates/stated.ts';
import { type ShownDate, statedOf } from '../../journey/dates/view.ts';
import { stamp } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';
import type { Instant } from '../../time.ts';
import { dayStamp, link } from './fact.ts';

/** What is stated: a stamp and the words of the page; a whole day as a day, never as midnight. */
export function whenText(t: Texts, stated: Stated & { readonly at?: Instant | null }): string {
  const at = stated.at ?? momentOf(stated);
  if (at === undefined || stated.zone === null) return dayStamp(stated.day);
  return t.deadlines.moment(stamp(at, 'F'), t.deadlines.onPage(t.words.moment(stated.zone, at), stated.zone));
}

/** What is stated, from its value (`view.ts`). */
export function valueText(t: Texts, value: string): string {
  return whenText(t, statedOf(value));
}

/** The page that a date was read on: by its host, which is what tells whose it is. */
export function pageOfDate({ source }: Pick<ShownDate, 'source'>): string {
  return link({ name: hostOf(source), url: source });
}

export function hostOf(address: string): string {
  try {
    return new URL(address).host.replace(/^www\./, '');
  } catch {
    return address;
  }
}

/** What a date is called; its id where an edition dropped it. */
export function dateTitle(id: string): string {
  return dateById().get(id)?.title ?? id;
}

/** One date as a block of text. @param servers the names of those that read it otherwise. */
export function dateText(t: Texts, date: ShownDate, servers: readonly string[] = []): string {
  const text = t.deadlines;
  const { known, standing, stated, isStale, checked } = date;
  const [page, on] = [pageOfDate(date), dayStamp(checked)];
  if (standing === 'expected' || !stated) {
    const reported = stated ? [text.reported(whenText(t, stated))] : [];
    return text.line(known.title, text.expected(known.pattern), [...reported, text.lookThere(page)]);
  }
  if (standing === 'withdrawn') return text.line(known.title, text.withdrawn(page, on), []);
  const notes = [standing === 'moved' ? text.moved(page, on) : text.announced(page, on)];
  if (standing === 'passed') notes.unshift(text.passed);
  if (isStale) notes.push(text.stale(on));
  if (servers.length > 0) notes.push(text.otherwise(t.words.list(servers)));
  return text.line(known.title, whenText(t, stated), notes);
}
