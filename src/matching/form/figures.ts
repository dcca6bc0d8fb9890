import type { Board } from './board.ts';
import { namesIn, type Pool } from './pool.ts';
import type { FormedGroup, PlainFormFigures } from './types.ts';
import type { Look } from './value.ts';

/** Figures of groups, with what a median needs. */
type Counted = Omit<PlainFormFigures, 'medianSpread'> & { readonly spreads: readonly number[] };

/** What the groups of a board come to. */
export function figuresOf({ pool, groups }: Board): Counted {
  const fair = groups.filter(({ members, look }) =>
    pool.weeks.isFair(
      look.starts,
      members.map((member) => pool.zone[member]!),
    ),
  );
  return {
    placed: groups.reduce((sum, { members }) => sum + members.length, 0),
    groups: groups.length,
    value: groups.reduce((sum, { look }) => sum + look.value, 0),
    withEnoughDays: groups.filter(({ look }) => look.hasEnoughDays).length,
    fair: fair.length,
    spreads: groups.map(({ look }) => look.spread),
  };
}

/** The figures of all pools together. */
export function sumUp(figures: readonly Counted[]): PlainFormFigures {
  const sum = (of: (each: Counted) => number) => figures.reduce((all, each) => all + of(each), 0);
  const spreads = figures.flatMap((each) => each.spreads).toSorted((a, b) => a - b);
  return {
    placed: sum(({ placed }) => placed),
    groups: sum(({ groups }) => groups),
    value: sum(({ value }) => value),
    withEnoughDays: sum(({ withEnoughDays }) => withEnoughDays),
    fair: sum(({ fair }) => fair),
    medianSpread: spreads[spreads.length >>> 1],
  };
}

/** People of a pool as the group that they are by a look at them. */
export function formedOf(pool: Pool, members: readonly number[], look: Look): FormedGroup {
  return {
    topic: pool.topic,
    kind: pool.kind,
    members: members.map((member) => pool.seekers[member]!.id).toSorted(),
    value: look.value,
    languages: namesIn(look.languages, pool.languageNames),
    spread: look.spread,
    hasEnoughDays: look.hasEnoughDays,
    isFair: pool.weeks.isFair(
      look.starts,
      members.map((member) => pool.zone[member]!),
    ),
  };
}
