/** The formations of a guild, and what came of their offers. */
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { type AuditEntry, listActsOn } from '../../db/audit.ts';
import { deleteProposalsOf, readAnswers } from '../../db/study/formation-groups.ts';
import { type Formation, listFormations, listUncounted, recordAnswers } from '../../db/study/formations.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { readFigures } from './preview.ts';
import { type FormationOutcome, readOutcome } from './publish.ts';

/** How many formations the history shows: more is nobody's memory. */
const historyLimit = 8;
/** Formations whose answers are counted in one heartbeat. */
const countedAtOnce = 20;

const answers = z.object({
  yes: z.number(),
  no: z.number(),
  /** Said nothing in time. */
  silent: z.number(),
  /** Groups that have begun. */
  begun: z.number(),
});

const skipped = z.object({ waiting: z.number() });

/** A formation with what it came to, and what moderators did with it. */
export interface PastFormation {
  readonly formation: Formation;
  readonly outcome: FormationOutcome | undefined;
  /** Undefined until every offer is over. */
  readonly answers: z.infer<typeof answers> | undefined;
  /** How many waited where there was nothing to form. */
  readonly waiting: number | undefined;
  readonly acts: readonly AuditEntry[];
  /** How many were placed when it was formed, of at most how many, of all; undefined where nothing was. */
  readonly placed: { readonly placed: number; readonly bound: number; readonly seekers: number } | undefined;
}

/** Fewer people than this are not counted apart from the others. */
const fewest = 5;

/**
 * Pure: what can be said of the answers without telling about single people: each part that is named, and what is left of
 * the whole beside it, are five at least.
 */
export function tellableAnswers(
  { offered }: Pick<FormationOutcome, 'offered'>,
  { yes, no, silent }: z.infer<typeof answers>,
): { readonly yes: number | undefined; readonly others: { no: number; silent: number } | undefined } {
  const isTellable = yes >= fewest && offered - yes >= fewest;
  const areOthers = isTellable && no >= fewest && silent >= fewest;
  return { yes: isTellable ? yes : undefined, others: areOthers ? { no, silent } : undefined };
}

/** The guild's latest formations, the newest first. */
export async function readHistory(ctx: Context, guildId: string): Promise<PastFormation[]> {
  const formations = await listFormations(ctx.db, guildId, historyLimit);
  const ids = formations.map(({ id }) => id);
  const acts = await listActsOn(ctx.db, guildId, ids, ['groups-previewed', 'groups-formed', 'groups-discarded']);
  return formations.map((formation) => ({
    formation,
    outcome: readOutcome(formation),
    answers: formation.answers === null ? undefined : answers.parse(JSON.parse(formation.answers)),
    waiting: readSkipped(formation),
    acts: acts.filter(({ subject_id: id }) => id === formation.id),
    placed: formation.figures === null ? undefined : readFigures(formation),
  }));
}

/** How many waited when there was nothing to form; undefined for a formation of groups. */
export function readSkipped({ state, outcome }: Formation): number | undefined {
  return state === 'skipped' && outcome !== null ? skipped.parse(JSON.parse(outcome)).waiting : undefined;
}

/**
 * Counts what came of the offers of each formation once all of them are over, and forgets who was proposed: counted once,
 * the figures do not change when somebody leaves or deletes their data, so that no difference of two shows one person.
 */
export async function countAnswers(ctx: Context): Promise<void> {
  const due = await listUncounted(ctx.db, ctx.now(), countedAtOnce);
  await forEachInTurn(ctx, 'answers to a formation', due, async ({ guild_id: guildId, id }) => {
    await inTurn(ctx.db, guildId, async (trx) => {
      const { people, groups } = await readAnswers(trx, id);
      // Offers end with the same heartbeat, or the next.
      if (people.some(({ state }) => state === 'offered')) return;
      const count = (is: (each: { state: string; why: string | null }) => boolean) => people.filter(is).length;
      const counted: z.infer<typeof answers> = {
        yes: count(
          ({ state, why }) =>
            state !== 'left' || ['self', 'silent', 'removed', 'moderator', 'merged'].includes(why ?? ''),
        ),
        no: count(({ state, why }) => state === 'left' && why === 'declined'),
        silent: count(({ state, why }) => state === 'left' && why === 'lapsed'),
        begun: groups.filter(({ state, why }) => state !== 'forming' && why !== 'never-began' && why !== 'few').length,
      };
      if (await recordAnswers(trx, id, JSON.stringify(counted))) await deleteProposalsOf(trx, id);
    });
  });
}
