/** After a round: who comes next for a mentee whom a mentor has declined. */
import type { PackedMentors } from '../pack.ts';
import { suggest, type Suggestion } from '../suggest.ts';
import type { GuildRules, Mentee } from '../types.ts';
import type { RelationLists } from './types.ts';

/**
 * Pure: the best remaining mentor for one mentee, for a decline after publishing.
 * @param given `packed` the mentors as they stand now; `without` whom not to ask: who declined, and forbidden pairs.
 */
export function nextBest(given: {
  readonly mentee: Mentee;
  readonly relations: RelationLists;
  readonly packed: PackedMentors;
  readonly rules: GuildRules;
  readonly without: readonly string[];
  readonly floor: number;
}): Suggestion | undefined {
  const { mentee, relations, packed, rules, without, floor } = given;
  const asked = new Set([...relations.asked, ...without]);
  const [best] = suggest(mentee, packed, {
    k: 1,
    relations: {
      blocked: new Set(relations.blocked),
      badFit: new Set(relations.badFit),
      ownMentees: new Set(relations.ownMentees),
      asked,
    },
    rules,
  }).suggestions;
  return best && best.fit >= floor ? best : undefined;
}
