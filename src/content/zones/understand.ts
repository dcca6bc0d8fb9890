/** What somebody who types where they live means: one clock, one of several, or nothing that we know. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inParts } from '../../parts.ts';
import { once } from '../../once.ts';
import { cityOf, findZone, listZones, offsetMinutes, yearlyClock, zoneLabel } from './ids.ts';
import { fold, type Place, places, preparePlaces } from './places.ts';

/** Discord's limit on the choices of an autocomplete, and on the name of one. */
const choiceLimit = 25;
const nameLimit = 100;
/** A city with its province and country fits; nothing that is longer names a place. */
const longestTyped = 80;
/** Each word is one more way to part a name from what stands behind it. */
const mostWords = 8;
/** Whoever names a place without saying which hardly means one that has less than this of the people of the largest. */
const leastBeside = 1 / 20;
/** Fewer of a state's people live by a clock: it is not asked about. */
const leastOfState = 1 / 20;

/** A zone as something to choose. */
export interface ZoneChoice {
  /** `Hyderabad, Sind, Pakistan · Karachi (UTC+5)`. */
  readonly name: string;
  /** The zone as it is stored. */
  readonly value: string;
}

export type Understood =
  | { readonly is: 'zone'; readonly zone: string }
  /** Which of these is for the person to say. */
  | { readonly is: 'several'; readonly choices: readonly ZoneChoice[] }
  /** What is written almost so; perhaps nothing. */
  | { readonly is: 'unknown'; readonly like: readonly ZoneChoice[] };

/** Offered before anything is typed, and first among equals: a spread over the world, where IMGs live. */
const usual: readonly string[] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Bogota',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Lagos',
  'Africa/Cairo',
  'Africa/Khartoum',
  'Africa/Nairobi',
  'Asia/Amman',
  'Asia/Riyadh',
  'Asia/Tehran',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Dhaka',
  'Asia/Manila',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Etc/UTC',
];
const usualPlace = new Map(usual.map((id, i) => [id, i]));

/** One zone that was meant, and where. */
interface Meant {
  readonly zone: string;
  readonly place: Place | undefined;
  readonly people: number;
}

/**
 * Understands what was typed.
 * @param nowMs the moment for which offsets are shown and clocks are compared, in epoch milliseconds.
 */
export function understandZone(typed: string, nowMs: number): Understood {
  const wanted = typed.trim();
  if (wanted.length > longestTyped) return { is: 'unknown', like: [] };
  const named = findZone(wanted) ?? findZone(wanted.replaceAll(' ', '_'));
  if (named !== undefined) return { is: 'zone', zone: named };
  const meant = byOffset(wanted, nowMs) ?? meaningsOf(wanted);
  const [first, ...others] = oncePerClock(meant, nowMs);
  if (!first) return { is: 'unknown', like: namesLike(wanted, nowMs) };
  if (others.length === 0) return { is: 'zone', zone: first.zone };
  return { is: 'several', choices: [first, ...others].slice(0, choiceLimit).map((each) => choiceOf(each, nowMs)) };
}

/** The first of those whose clocks show the same through the year. */
function oncePerClock(meant: readonly Meant[], nowMs: number): readonly Meant[] {
  const clocks = new Map<string, Meant>();
  for (const each of meant) {
    const clock = yearlyClock(each.zone, nowMs);
    if (!clocks.has(clock)) clocks.set(clock, each);
  }
  return [...clocks.values()];
}

/**
 * Choices for what has been typed so far, best first: what it means, then places that begin with it, then those that have a
 * word which does. Nothing typed: a spread over the world.
 * @param nowMs the moment for which offsets are shown, in epoch milliseconds.
 */
export function searchZones(typed: string, nowMs: number, limit = choiceLimit): { name: string; value: string }[] {
  const wanted = typed.trim();
  if (wanted === '') return usual.slice(0, limit).map((zone) => ({ name: zoneLabel(zone, nowMs), value: zone }));
  if (wanted.length > longestTyped) return [];
  const named = findZone(wanted) ?? findZone(wanted.replaceAll(' ', '_'));
  const found = new Map<string, Meant>();
  const offer = (some: Iterable<Meant>) => {
    for (const each of some) if (!found.has(each.zone)) found.set(each.zone, each);
  };
  if (named !== undefined) offer([{ zone: named, place: undefined, people: 0 }]);
  const offsets = byOffset(wanted, nowMs);
  if (offsets) {
    offer(oncePerClock(offsets, nowMs));
    offer(offsets);
  } else {
    const begun = beginningWith(fold(wanted));
    const most = Math.max(...begun.map(({ people }) => people));
    const isMeant = ({ place, people }: Meant) => place?.kind === 'word' || people >= most * leastBeside;
    // Kara is a town, and what somebody has typed of Karachi so far.
    const meant = meaningsOf(wanted);
    offer(meant.filter(isMeant));
    offer(begun);
    offer(meant);
  }
  return [...found.values()].slice(0, limit).map((each) => choiceOf(each, nowMs));
}

/** A word of our own is shown by its zone alone, and so is a zone under its own city's name. */
function choiceOf({ zone, place }: Meant, nowMs: number): ZoneChoice {
  const label = zoneLabel(zone, nowMs);
  const isPlain = !place || place.name === '' || (place.shares.length > 1 && place.kind === 'country');
  const own = fold(cityOf(zone));
  if (isPlain || fold(place.name.split(',')[0] ?? '') === own) return { name: label, value: zone };
  const room = nameLimit - label.length - 3;
  return { name: place.name.length <= room ? `${place.name} · ${label}` : label, value: zone };
}

/** What a whole name means, best first: all that it may be, without what hardly anybody means by it. */
function meaningsOf(typed: string): readonly Meant[] {
  const found = placesCalled(typed);
  // A word of ours is what people mean by it, whatever else is called so; a country goes before cities; codes are equals.
  const words = found.filter(({ kind }) => kind === 'word');
  const most = Math.max(...found.map(({ people }) => people));
  const isCode = /^[a-z]{2}$/i.test(typed.trim());
  const isCountry = !isCode && found.some(({ kind }) => kind === 'country');
  const likely = found.filter(({ kind, people }) => isCode || (people >= most * leastBeside && !(isCountry && kind === 'city'))); // prettier-ignore
  return (words.length > 0 ? words : likely)
    .toSorted((a, b) => b.people - a.people || rankOf(a) - rankOf(b))
    .flatMap((place) => {
      const shares = place.kind === 'state' ? place.shares.filter(({ people }) => people >= place.people * leastOfState) : place.shares; // prettier-ignore
      return shares.map(({ zone, people }) => ({ zone, place, people }));
    });
}

/** Places by their name, with or without what they lie in: `Hyderabad, Pakistan`, `portland oregon`, `Georgia (country)`. */
function placesCalled(typed: string): readonly Place[] {
  const parts = withoutOffset(typed).replaceAll(/[()]/g, ',').split(',').map(fold).filter((part) => part !== ''); // prettier-ignore
  const direct = named(parts.join(' '));
  if (direct.length > 0) return direct;
  for (const [head, ...within] of waysToRead(parts)) {
    const found = named(head ?? '').filter((place) => within.every((each) => place.within.has(each)));
    if (found.length > 0) return found;
  }
  return [];
}

/** As it stands, turned around, and a name of several words parted wherever it can be. */
function* waysToRead(parts: readonly string[]): Generator<readonly string[]> {
  if (parts.length > 1) {
    yield parts;
    yield parts.toReversed();
  }
  const words = withoutTime(parts.join(' ')).split(' ');
  if (words.length > mostWords) return;
  for (let at = words.length - 1; at > 0; at -= 1) {
    const [first, last] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
    yield [first, last];
    yield [last, first];
  }
}

function named(name: string): readonly Place[] {
  const index = places();
  const bare = withoutTime(name);
  return index.get(name) ?? index.get(name.replace(/^the /, '')) ?? index.get(bare) ?? [];
}

/** `eastern` of `eastern standard time`, `lahore` of `i live in lahore`. */
const withoutTime = (name: string) =>
  name
    .replace(/^(?:time in|i live in|i am in|im in|in|near) /, '')
    .replace(/(?: (?:standard|daylight|summer))?(?: time)?(?: ?zone)?$/, '')
    .trim();
/** `Karachi, Asia` of a choice's own name: people copy those. */
const withoutOffset = (typed: string) => typed.replace(/^.* · /u, '').replace(/\((?:utc|gmt)[^)]*\)?$/i, '');

/** Names in a row for what is typed letter by letter; those of two letters are codes, and mean something as a whole only. */
const sorted = once(() => [...places().keys()].filter((name) => name.length > 2).toSorted());

function beginningWith(wanted: string): Meant[] {
  if (wanted === '') return [];
  const scored = new Map<string, Meant & { score: number }>();
  for (const name of sorted()) {
    const score = name.startsWith(wanted) ? 1 : name.includes(` ${wanted}`) ? 2 : 0;
    if (score === 0) continue;
    for (const place of places().get(name) ?? []) {
      for (const { zone, people } of place.shares) {
        const known = scored.get(zone);
        if (!known || score < known.score || (score === known.score && people > known.people))
          scored.set(zone, { zone, place, people, score });
      }
    }
  }
  return [...scored.values()].toSorted((a, b) => a.score - b.score || b.people - a.people || rank(a) - rank(b));
}

const rank = ({ zone }: { readonly zone: string }) => usualPlace.get(zone) ?? usual.length;
const rankOf = ({ shares: [first] }: Place) => (first ? rank(first) : usual.length);

/** The zones at an offset that was typed, where many live first; undefined when what was typed is no offset. */
function byOffset(typed: string, nowMs: number): readonly Meant[] | undefined {
  const match = /^(?:(?:utc|gmt)\s*([+−–-]?)|([+−–-]))\s*(\d{1,2})(?:(?::?([0-5]\d))|\.(\d{1,2}))?$/iu.exec(typed);
  if (!match) return undefined;
  const sign = match[1] ?? match[2] ?? '';
  const rest = match[5] === undefined ? Number(match[4] ?? 0) : Number(`0.${match[5]}`) * 60;
  const minutes = (Number(match[3]) * 60 + rest) * (sign === '' || sign === '+' ? 1 : -1);
  const last = ({ region }: { region: string }) => Number(region === 'Antarctica');
  return listZones()
    .filter((zone) => offsetMinutes(zone.id, nowMs) === minutes)
    .map((zone) => ({ zone: zone.id, place: undefined, people: 0, last: last(zone) }))
    .toSorted((a, b) => rank(a) - rank(b) || a.last - b.last || (a.zone < b.zone ? -1 : 1));
}

/** How many names that are written almost so are worth showing. */
const mostLike = 3;
/** Below this many letters one more or less makes another word. */
const leastLetters = 5;

/** Below this many letters the beginning of a name is the beginning of too many. */
const leastBegun = 3;

/** Zones of the places whose names are written almost as what was typed, or else begin with it. */
function namesLike(typed: string, nowMs: number): readonly ZoneChoice[] {
  const wanted = fold(typed.split(',')[0] ?? '');
  const near = wanted.length < leastLetters ? [] : nearNames(wanted, nowMs);
  if (near.length > 0 || wanted.length < leastBegun) return near;
  return beginningWith(wanted)
    .slice(0, mostLike)
    .map((each) => choiceOf(each, nowMs));
}

function nearNames(wanted: string, nowMs: number): readonly ZoneChoice[] {
  const most = wanted.length < 8 ? 1 : 2;
  const like = sorted().flatMap((name) => {
    // Hardly anybody mistakes the first letter; comparing every name would take longer than a keystroke may.
    if (name[0] !== wanted[0] || Math.abs(name.length - wanted.length) > most || name.length < leastLetters) return [];
    const away = lettersApart(name, wanted, most);
    return away > most ? [] : (places().get(name) ?? []).map((place) => ({ place, away }));
  });
  const least = Math.min(...like.map(({ away }) => away));
  const near = like.filter(({ away }) => away === least).toSorted((a, b) => b.place.people - a.place.people);
  const best = near.filter(({ place }) => place.people >= (near[0]?.place.people ?? 0) * leastBeside);
  const choices = best.flatMap(({ place }) => {
    const [share] = place.shares;
    return share ? [choiceOf({ ...share, place }, nowMs)] : [];
  });
  return [...new Map(choices.map((each) => [each.value, each])).values()].slice(0, mostLike);
}

/** How many letters have to be changed, added or left out to make one of the other; more than `most` are not counted out. */
function lettersApart(a: string, b: string, most: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(same, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** How many zones are made ready before others are answered: about a millisecond of work. */
const zonesAtOnce = 4;

/**
 * Makes names and clocks ready, a few at a time: the first search would otherwise hold the program up for longer than all
 * that come after it.
 */
export async function prepareZones(nowMs: number): Promise<void> {
  await nextTurn();
  for await (const some of inParts(listZones(), zonesAtOnce)) {
    for (const { id } of some) {
      offsetMinutes(id, nowMs);
      yearlyClock(id, nowMs);
    }
  }
  await preparePlaces();
  sorted();
}
