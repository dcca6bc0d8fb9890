/** Reads everything that was shown as equations, and solves them for as little as it can. */
import { monthsLater } from '../../../src/mentoring/figures/months.ts';
import type { Output, Truth } from './world.ts';

/** That the events of these kinds in these months are so many. */
interface Equation {
  readonly atoms: readonly string[];
  readonly count: number;
}

/** What is known of a number of people: an interval. */
interface Range {
  readonly cell: string;
  readonly month: string;
  readonly low: number;
  readonly high: number;
}

const furthest: Readonly<Record<string, readonly string[]>> = {
  Accepted: ['accepted/third', 'accepted/first', 'accepted/agreed', 'accepted/none'],
  'Agreed on a meeting': ['accepted/third', 'accepted/first', 'accepted/agreed'],
  'Met once': ['accepted/third', 'accepted/first'],
  'Met three times': ['accepted/third'],
  Declined: ['declined'],
  'No answer in time': ['expired'],
  Completed: ['ended:completed'],
  'Never met': ['ended:never-met'],
  'Fell silent': ['ended:faded'],
  'One of them ended it': ['ended:chosen'],
  'One of them left': ['ended:left'],
  'Ended by moderators': ['ended:staff'],
  'Came to office hours': ['office-hours'],
};

export const keyOf = ({ cell, month }: Pick<Truth, 'cell' | 'month'>): string => `${cell} ${month}`;

function atomsOf(name: string, spans: readonly (readonly [string, string])[]): string[] {
  const atoms: string[] = [];
  for (const cell of furthest[name] ?? [])
    for (const [since, until] of spans)
      for (let month = since; month <= until; month = monthsLater(month, 1)) atoms.push(keyOf({ cell, month }));
  return atoms;
}

const names = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']; // prettier-ignore
const monthOf = (said: string): string => {
  const [name = '', year = ''] = said.trim().split(' ');
  return `${year}-${String(names.indexOf(name) + 1).padStart(2, '0')}`;
};

/** "Accepted: **23**, within 24 hours (September 2026 to October 2026, March 2027)" and the like. */
function readLine(line: string, period: Output['period']): Equation[] {
  const found = /^([^:]+): \**(\d+)( of (\d+))?[^(*]*(?:\(([^)]+)\))?\**$/u.exec(line.trim());
  if (!found || !furthest[found[1]!]) return [];
  const [, name = '', count, , all, months] = found;
  const spans = months?.split(', ').map((span) => span.split(' to ').map(monthOf)).map(([a, b]) => [a!, b ?? a!] as const) ?? [[period.since, period.until] as const]; // prettier-ignore
  return [
    { atoms: atomsOf(name, spans), count: Number(count) },
    ...(all === undefined ? [] : [{ atoms: atomsOf('Accepted', spans), count: Number(all) }]),
  ];
}

/** Every equation and every interval in everything that was shown. */
export function readOutputs(outputs: readonly Output[]): { equations: Equation[]; ranges: Range[] } {
  const equations: Equation[] = [];
  const ranges: Range[] = [];
  for (const { card, alt, csv, picture, period } of outputs) {
    for (const line of `${card}\n${picture}`.split('\n')) equations.push(...readLine(line, period));
    for (const line of alt.split(/[.;] ?|(?<=\w): (?=[A-Z])/u)) equations.push(...readLine(line, period));
    for (const line of csv.split('\r\n').slice(1)) {
      const cells = line.slice(1, -1).split('","');
      const [name = '', stage = '', family = '', since = '', until = '', low, high] = cells;
      if (furthest[name]) equations.push({ atoms: atomsOf(name, [[since, until]]), count: Number(low) });
      else if (since) ranges.push({ cell: [name, stage, family].join('|'), month: until, low: Number(low), high: Number(high) }); // prettier-ignore
    }
  }
  const once = new Map(equations.map((each) => [`${each.atoms.toSorted().join()} ${each.count}`, each]));
  return { equations: [...once.values()], ranges };
}

/**
 * Solves them: Gauss' elimination down to rows that share as little as can be.
 * @returns for each row the events that it counts, with their factors.
 */
export function solve(equations: readonly Equation[]): readonly ReadonlyMap<string, number>[] {
  const atoms = [...new Set(equations.flatMap((each) => each.atoms))];
  const index = new Map(atoms.map((atom, i) => [atom, i]));
  const rows = equations.map((each) => {
    const row = Array.from({ length: atoms.length }, () => 0);
    for (const atom of each.atoms) row[index.get(atom)!] = 1;
    return row;
  });
  let rank = 0;
  for (let column = 0; column < atoms.length && rank < rows.length; column += 1) {
    const found = rows.findIndex((row, i) => i >= rank && Math.abs(row[column]!) > 1e-9);
    if (found < 0) continue;
    [rows[rank], rows[found]] = [rows[found]!, rows[rank]!];
    const pivot = rows[rank]!;
    const scale = pivot[column]!;
    for (let i = 0; i < pivot.length; i += 1) pivot[i]! /= scale;
    rows.forEach((row, i) => {
      const factor = row[column]!;
      if (i === rank || Math.abs(factor) < 1e-9) return;
      for (let k = 0; k < row.length; k += 1) row[k]! -= factor * pivot[k]!;
    });
    rank += 1;
  }
  return rows
    .slice(0, rank)
    .map((row) => new Map(row.flatMap((value, i) => (Math.abs(value) > 1e-9 ? [[atoms[i]!, value] as const] : []))));
}

/** Every difference, and difference of differences, of two or three equations that counts some events once and no other. */
export function differences(equations: readonly Equation[]): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  const note = (atoms: readonly string[]) => atoms.length > 0 && found.set(atoms.toSorted().join(), atoms);
  const groups = Map.groupBy(equations, ({ atoms: [first = ''] }) => first.split(/[ /]/u)[0]);
  for (const sets of [...groups.values()].map((all) => all.map(({ atoms }) => new Set(atoms)))) subtractAll(sets);
  return [...found.values()];

  function subtractAll(sets: readonly ReadonlySet<string>[]): void {
    for (const a of sets) {
      note([...a]);
      for (const b of sets) {
        if (a === b || b.size >= a.size || ![...b].every((atom) => a.has(atom))) continue;
        const rest = new Set([...a].filter((atom) => !b.has(atom)));
        note([...rest]);
        for (const c of sets) {
          if (c.size < rest.size && [...c].every((atom) => rest.has(atom)))
            note([...rest].filter((atom) => !c.has(atom)));
        }
      }
    }
  }
}
