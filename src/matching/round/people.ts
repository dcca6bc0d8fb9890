/** Reads a round's input: numbers everybody, keeps what pins can be kept, and refuses what makes no sense. */
import { createSearchers, type PackedMentees, packMentees, priorityOf } from './searchers.ts';
import type { Profiles } from './profiles.ts';
import { firstObstacle } from '../eligible.ts';
import { fitScale, parts } from '../fit.ts';
import { rankLimit } from '../bits.ts';
import { pack, type PackedMentors } from '../pack.ts';
import type { DroppedPin, PairOfIds, RoundInput, RoundMentee } from './types.ts';
import { everybody, shelve } from './shelves.ts';
import type { Masks, Mentor, Relations } from '../types.ts';

/** A round as numbers. */
export interface People {
  readonly packed: PackedMentors;
  /** Everybody by id, and those to be matched: whoever is not pinned, in the order of the profiles. */
  readonly all: readonly RoundMentee[];
  readonly mentees: readonly RoundMentee[];
  /** The same who are to be matched as columns, for a helper. */
  readonly seeking: PackedMentees;
  readonly profiles: Profiles;
  /** Pins that can be kept, by the mentee's id. */
  readonly pins: readonly { readonly person: RoundMentee; readonly mentor: number }[];
  readonly dropped: readonly DroppedPin[];
  /** Free places, those of the pins among them. */
  readonly places: number;
  /** By the mentee's id: mentors who may not be theirs by a moderator's wish. */
  readonly forbidden: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Reads the input.
 * @throws RangeError naming the person or the pair that makes no sense.
 */
export function readPeople(input: RoundInput): People {
  check(input);
  const all = input.mentees.toSorted((a, b) => byId(a.mentee, b.mentee));
  const packed = pack(input.mentors.toSorted(byId), input.catalogue);
  const forbidden = new Map<string, Set<string>>();
  for (const [menteeId, mentorId] of input.forbidden) {
    forbidden.set(menteeId, (forbidden.get(menteeId) ?? new Set()).add(mentorId));
  }
  const left = Int32Array.from(packed.mentors, ({ capacity, mentees }) => Math.max(0, capacity - mentees));
  const shelves = shelve(packed, input.rules);
  const places = shelves.sections[everybody]!.mentor.reduce((sum, j) => sum + left[j]!, 0);
  const { pins, dropped } = keepPins(input, all, packed, left);

  const pinned = new Set(pins.map(({ person }) => person.mentee.id));
  // Whoever waits as long as another stays in the order of ids.
  const waiting = all
    .filter(({ mentee }) => !pinned.has(mentee.id))
    .toSorted((a, b) => a.waitingSince - b.waitingSince);
  const masks = waiting.map(({ mentee }) => packed.masker.masks(mentee));
  const precedence = byLikeness(waiting, masks);
  const mentees = Array.from(precedence, (each) => waiting[each]!);
  const barred = mentees.flatMap((person, i) => {
    const those = barredFor(person, packed, forbidden.get(person.mentee.id));
    return those ? [[i, those] as const] : [];
  });
  const seeking = packMentees(
    mentees.map(({ mentee }) => mentee),
    Array.from(precedence, (each) => masks[each]!),
    packed,
    new Map(barred),
  );
  const profiles: Profiles = {
    shelves,
    searchers: createSearchers(shelves, input.rules.weights, seeking),
    precedence,
    capacity: left,
    floor: input.floor,
  };
  return { packed, all, mentees, seeking, profiles, pins, dropped, places, forbidden };
}

/**
 * Puts mentees beside each other who look at the same mentors: what one look has fetched serves the next.
 * @param waiting the one who waits longest first.
 * @returns by place in the new order: that in the old one.
 */
function byLikeness(waiting: readonly RoundMentee[], masks: readonly Masks[]): Int32Array {
  const kind = waiting.map(({ mentee }) => {
    return (mentee.offsetMinutes * rankLimit + mentee.stageRank) * (1 + parts.length) + 1 + priorityOf(mentee);
  });
  return Int32Array.from(waiting.keys()).toSorted(
    (a, b) => kind[a]! - kind[b]! || masks[a]!.specialties - masks[b]!.specialties || a - b,
  );
}

/** What lies between a mentee and the mentors, as sets. */
export function relationsOf({ relations }: RoundMentee): Relations {
  const { blocked, badFit, ownMentees = [], asked } = relations;
  return {
    blocked: new Set(blocked),
    badFit: new Set(badFit),
    ownMentees: new Set(ownMentees),
    asked: new Set(asked),
  };
}

/** Mentors by number who are out of the question; undefined for nobody, as for most. Inactive mentees have nobody. */
function barredFor(
  { mentee, relations }: RoundMentee,
  packed: PackedMentors,
  forbidden: Iterable<string> = [],
): ReadonlySet<number> | undefined {
  if (!mentee.active) return new Set(packed.mentors.keys());
  let barred: Set<number> | undefined;
  for (const ids of [
    [mentee.id],
    relations.blocked,
    relations.badFit,
    relations.ownMentees ?? [],
    relations.asked,
    forbidden,
  ]) {
    for (const id of ids) {
      const j = packed.indexById.get(id);
      if (j !== undefined) (barred ??= new Set()).add(j);
    }
  }
  return barred;
}

/** Gives each pin its place, as long as the two are eligible and a place is left. Takes those places from `left`. */
function keepPins(input: RoundInput, all: readonly RoundMentee[], packed: PackedMentors, left: Int32Array) {
  const people = new Map(all.map((person) => [person.mentee.id, person]));
  const pins: { person: RoundMentee; mentor: number }[] = [];
  const dropped: DroppedPin[] = [];
  for (const [menteeId, mentorId] of input.pinned.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const person = people.get(menteeId)!;
    const mentor = packed.indexById.get(mentorId)!;
    const masks = packed.masker.masks(person.mentee);
    const asking = { mentee: person.mentee, masks, relations: relationsOf(person), rules: input.rules };
    const rule = firstObstacle({ ...asking, packed, i: mentor }) ?? (left[mentor]! > 0 ? undefined : 'full');
    if (rule) dropped.push({ menteeId, mentorId, rule });
    else {
      left[mentor]! -= 1;
      pins.push({ person, mentor });
    }
  }
  return { pins, dropped };
}

function check({ mentees, mentors, pinned, forbidden, floor }: RoundInput): void {
  if (!Number.isFinite(floor) || floor < 0 || floor > fitScale) throw new RangeError(`a floor of ${floor}`);
  const menteeIds = unique(mentees.map(({ mentee }) => mentee.id), 'mentee'); // prettier-ignore
  const mentorIds = unique(mentors.map(({ id }) => id), 'mentor'); // prettier-ignore
  const late = mentees.find(({ waitingSince }) => !Number.isFinite(waitingSince));
  if (late) throw new RangeError(`mentee ${late.mentee.id} waits since ${late.waitingSince}`);
  const odd = mentors.find(({ capacity, mentees: taken }) => !isCount(capacity) || !isCount(taken));
  if (odd) throw new RangeError(`mentor ${odd.id} has ${odd.mentees} of ${odd.capacity} places taken`);
  for (const pair of [...pinned, ...forbidden]) {
    if (!menteeIds.has(pair[0])) throw new RangeError(`${nameOf(pair)}: no such mentee`);
    if (!mentorIds.has(pair[1])) throw new RangeError(`${nameOf(pair)}: no such mentor`);
  }
  unique(pinned.map(([menteeId]) => menteeId), 'pinned mentee'); // prettier-ignore
  const not = new Set(forbidden.map(nameOf));
  const both = pinned.find((pair) => not.has(nameOf(pair)));
  if (both) throw new RangeError(`${nameOf(both)}: pinned and forbidden`);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function unique(ids: readonly string[], what: string): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new RangeError(`${what} ${id} is there twice`);
    seen.add(id);
  }
  return seen;
}

function nameOf([menteeId, mentorId]: PairOfIds): string {
  return `pair of mentee ${menteeId} and mentor ${mentorId}`;
}

function byId(a: Pick<Mentor, 'id'>, b: Pick<Mentor, 'id'>): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
