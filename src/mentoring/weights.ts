import type { Context } from '../context.ts';
import { insertAudit } from '../db/audit.ts';
import { updateWeights } from '../db/guilds.ts';
import { listSeekingMentees } from '../db/profiles.ts';
import {
  areUsual,
  isWeights,
  type Part,
  parts,
  reweigh,
  sameWeights,
  suggest,
  usualWeights,
  type Weights,
} from '../matching/index.ts';
import { UserError } from '../errors.ts';
import { epochMs } from '../time.ts';
import { suggestionLimit } from './find.ts';
import { requireGuild } from '../guild/guilds.ts';
import { menteeOf, weightsOf } from './matchable.ts';
import { openPool } from './pool.ts';
import { findRelationsForSearch, rulesOf } from './requests/rules.ts';
import { inTurn } from '../guild/turn.ts';

/** How many mentees a preview looks at: enough to see a trend, few enough to be there at once. */
export const sampleLimit = 50;
/** How many mentees are named for whom somebody else would come first. */
const exampleLimit = 5;

/** What other weights would change for a sample of the mentees who look for a mentor. */
export interface WeightsPreview {
  readonly before: Weights;
  readonly after: Weights;
  /** How many mentees were looked at, and for how many of them anybody is eligible. */
  readonly sample: number;
  readonly suited: number;
  /** For how many another mentor would come first, and for how many anything among those shown would change. */
  readonly otherFirst: number;
  readonly otherShown: number;
  /** Some of those with another first mentor, by user ids. */
  readonly examples: readonly { readonly menteeId: string; readonly before: string; readonly after: string }[];
}

/**
 * Works out what a moderator asks for, and what it would change. Nothing is stored.
 * @param given percent by part; the parts that are not named share what is left. `usual` goes back to the usual weights.
 * @throws UserError when these percentages cannot be, or change nothing.
 */
export async function previewWeights(
  ctx: Context,
  guildId: string,
  given: Readonly<Partial<Record<Part, number>>> | 'usual',
): Promise<WeightsPreview> {
  const guild = await requireGuild(ctx.db, guildId);
  const before = weightsOf(guild);
  const after = given === 'usual' ? usualWeights : requireWeights(before, given);
  if (sameWeights(before, after)) throw new UserError((t) => t.weights.refused.same);
  const pool = await openPool(ctx, guild);
  const at = ctx.now();
  const rules = rulesOf(guild);
  const mentees = await listSeekingMentees(ctx.db, guildId, sampleLimit);
  const examples: { menteeId: string; before: string; after: string }[] = [];
  const counts = { suited: 0, otherFirst: 0, otherShown: 0 };
  for (const profile of mentees) {
    const relations = await findRelationsForSearch(ctx.db, guildId, profile.user_id, at);
    const shown = (weights: Weights) =>
      suggest(menteeOf(profile, profile, epochMs(at)), pool.packed, {
        k: suggestionLimit,
        relations,
        rules: { ...rules, weights },
      }).suggestions.map(({ mentor }) => mentor.id);
    const [old, fresh] = [shown(before), shown(after)];
    const [oldFirst, freshFirst] = [old[0], fresh[0]];
    if (oldFirst === undefined || freshFirst === undefined) continue;
    counts.suited += 1;
    if (old.some((id) => !fresh.includes(id))) counts.otherShown += 1;
    if (oldFirst === freshFirst) continue;
    counts.otherFirst += 1;
    examples.push({ menteeId: profile.user_id, before: oldFirst, after: freshFirst });
  }
  return { before, after, sample: mentees.length, ...counts, examples: examples.slice(0, exampleLimit) };
}

function requireWeights(current: Weights, given: Readonly<Partial<Record<Part, number>>>): Weights {
  const result = reweigh(current, given);
  if ('weights' in result) return result.weights;
  const { fault } = result;
  switch (fault.is) {
    case 'not-whole':
      throw new UserError((t) => t.weights.refused.notWhole(fault.part));
    case 'sum':
      throw new UserError((t) => (fault.all ? t.weights.refused.sumOfAll : t.weights.refused.sum)(fault.sum));
    case 'nobody-left':
      throw new UserError((t) => t.weights.refused.nobodyLeft(fault.left));
  }
}

/**
 * Lets a guild weigh the parts of the fit like this from now on, and writes down who decided it.
 * @param before what the moderator saw as the weights so far: when somebody has changed them since, nothing happens.
 * @throws UserError when these are no weights, or others have been set meanwhile.
 */
export async function saveWeights(
  ctx: Context,
  guildId: string,
  by: string,
  { before, after }: { readonly before: unknown; readonly after: unknown },
): Promise<void> {
  if (!isWeights(after) || !isWeights(before)) throw new UserError((t) => t.weights.refused.outOfDate);
  await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const isChanged = await updateWeights(trx, guildId, toStored(before), toStored(after));
    if (!isChanged) throw new UserError((t) => t.weights.refused.outOfDate);
    await insertAudit(trx, ctx, {
      guildId,
      actorId: by,
      action: 'weights-changed',
      detail: Object.fromEntries(parts.map((part) => [part, after[part]])),
    });
  });
}

/** Weights as they are stored: the parts in the order of their table, nothing for the usual ones. */
function toStored(weights: Weights): string | null {
  return areUsual(weights) ? null : JSON.stringify(Object.fromEntries(parts.map((part) => [part, weights[part]])));
}
