import type { Guild } from '../db/guilds.ts';
import { isWeights, usualWeights, type Weights } from '../matching/index.ts';

/**
 * By which weights a guild's members are matched.
 * @throws Error when what is stored are no weights: only this file's code writes them.
 */
export function weightsOf({ weights }: Pick<Guild, 'weights'>): Weights {
  if (weights === null) return usualWeights;
  const stored: unknown = JSON.parse(weights);
  if (!isWeights(stored)) throw new Error('a guild has weights that are none');
  return stored;
}
