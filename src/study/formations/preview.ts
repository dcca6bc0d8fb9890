/** What could be formed, as it is stored for moderators to look at. */
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import type { Db, Trx } from '../../db/open.ts';
import {
  countLeftOver,
  deleteProposalsOf,
  type FormationGroup,
  insertProposals,
  listFormationGroups,
  listLeftOver,
  type NewFormationPerson,
} from '../../db/study/formation-groups.ts';
import {
  closePreview,
  deletePreview,
  findFormation,
  findOpenFormation,
  type Formation,
  insertFormation,
  listOldPreviews,
  type SeenFormation,
} from '../../db/study/formations.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import type { NearMiss, PlainFormFigures } from '../../matching/form/index.ts';
import { later } from '../../time.ts';
import { previewHours } from '../limits.ts';
import { monthText } from '../people.ts';
import { type Formed, formingSeed, formNow } from './form.ts';
import { readSeekerId } from './input.ts';

const plain = z.object({
  placed: z.number(),
  groups: z.number(),
  withEnoughDays: z.number(),
  fair: z.number(),
  /** Null for no groups. */
  medianSpread: z.number().nullable(),
});

/** What a way of forming comes to, as stored. */
type WayFigures = z.infer<typeof plain>;

const stored = z.object({
  placed: z.number(),
  seekers: z.number(),
  bound: z.number(),
  /** How long it took. */
  ms: z.number(),
  sorted: plain,
  random: plain,
});

/** A preview with what moderators look at. */
export interface FormationView {
  readonly formation: Formation;
  readonly figures: z.infer<typeof stored>;
  /** What its groups come to as they are by now. */
  readonly own: WayFigures;
  readonly groups: readonly FormationGroup[];
  /** How many are left over, and how many of them would have a place with one small change. */
  readonly left: { readonly all: number; readonly helped: number };
}

/** Previews of one heartbeat that have become too old. */
const previewsAtOnce = 50;

/**
 * Forms groups of everybody who waits and keeps them to be looked at, in place of the guild's preview before.
 * @throws UserError when fewer than three wait, or while groups are being published.
 */
export async function previewFormation(ctx: Context, by: Acting): Promise<FormationView> {
  const { guildId, userId } = by;
  requireNotPublishing(await findOpenFormation(ctx.db, guildId));
  const formed = await formNow(ctx, guildId);
  const id = await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    requireNotPublishing(await findOpenFormation(trx, guildId));
    await deletePreview(trx, guildId);
    const subjectId = await storeFormation(trx, ctx, guildId, formed, 'preview');
    await insertAudit(trx, ctx, { guildId, actorId: userId, action: 'groups-previewed', subjectId });
    return subjectId;
  });
  return await readView(ctx.db, (await findFormation(ctx.db, guildId, id))!);
}

/** @throws UserError while groups of the guild are being offered: that goes on by itself, and cannot be taken back. */
export function requireNotPublishing(open: Formation | undefined): void {
  if (open?.state === 'publishing') throw new UserError((t) => t.formations.refused.publishing);
}

/** Stores groups that were formed, with whom they leave over. Returns the formation's id. */
export async function storeFormation(
  trx: Trx,
  ctx: Context,
  guildId: string,
  { plan, waiting, ms }: Formed,
  state: 'preview' | 'publishing',
): Promise<string> {
  const id = newId(ctx.random);
  const { placed, seekers, bound } = plan.figures;
  const figures: z.infer<typeof stored> = {
    placed,
    seekers,
    bound,
    ms: Math.round(ms),
    sorted: wayOf(plan.beside.sorted),
    random: wayOf(plan.beside.random),
  };
  const isByItself = state === 'publishing';
  await insertFormation(trx, {
    id,
    guild_id: guildId,
    state,
    by_itself: isByItself ? 1 : 0,
    seed: formingSeed,
    created_at: ctx.now(),
    figures: JSON.stringify(figures),
    closed_at: isByItself ? ctx.now() : null,
    outcome: null,
  });
  const people: NewFormationPerson[] = [];
  const groups = plan.groups
    .toSorted((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0))
    .map((group, i) => {
      const number = i + 1;
      for (const member of group.members) people.push({ ...personOf(id, guildId, member), number });
      const { kind, topic, place } = waiting.get(group.members[0]!)!.stored;
      return {
        formation_id: id,
        number,
        guild_id: guildId,
        state: 'proposed' as const,
        size: group.members.length,
        kind,
        topic,
        place,
        languages: group.languages,
        spread: group.spread,
        has_enough_days: group.hasEnoughDays ? (1 as const) : (0 as const),
        is_fair: group.isFair ? (1 as const) : (0 as const),
        group_id: null,
      };
    });
  for (const left of plan.left) {
    const changes = JSON.stringify(left.nearMisses.map(changeOf));
    people.push({ ...personOf(id, guildId, left.id), waiting: left.waiting, changes });
  }
  await insertProposals(trx, groups, people);
  return id;
}

function personOf(id: string, guildId: string, seeker: string): NewFormationPerson {
  const { userId, topic } = readSeekerId(seeker);
  return { formation_id: id, guild_id: guildId, user_id: userId, topic, number: null, waiting: 0, changes: '[]' };
}

/** A near miss as its letter carries it. */
function changeOf(change: NearMiss) {
  const others = change.others.length;
  if (change.is === 'hours') return { is: 'hours', from: change.window.from, to: change.window.to, others } as const;
  if (change.is === 'month') return { is: 'month', month: monthText(change.month), others } as const;
  return { is: 'language', language: change.language, others } as const;
}

function wayOf({ placed, groups, withEnoughDays, fair, medianSpread }: PlainFormFigures): WayFigures {
  return { placed, groups, withEnoughDays, fair, medianSpread: medianSpread ?? null };
}

/** A preview as it stands. @throws Error for a formation that formed nothing. */
export async function readView(db: Db, formation: Formation): Promise<FormationView> {
  const groups = await listFormationGroups(db, formation.id, 'proposed');
  const spreads = groups.map(({ spread }) => spread).toSorted((a, b) => a - b);
  return {
    formation,
    figures: readFigures(formation),
    own: {
      placed: groups.reduce((sum, { members }) => sum + members.length, 0),
      groups: groups.length,
      withEnoughDays: groups.filter((group) => group.has_enough_days === 1).length,
      fair: groups.filter((group) => group.is_fair === 1).length,
      medianSpread: spreads[spreads.length >>> 1] ?? null,
    },
    groups,
    left: await countLeftOver(db, formation.id),
  };
}

/** What was worked out when the groups were formed. @throws Error for a formation that formed nothing. */
export function readFigures({ figures }: Pick<Formation, 'figures'>): z.infer<typeof stored> {
  if (figures === null) throw new Error('a formation without figures');
  return stored.parse(JSON.parse(figures));
}

/** Those whom a preview leaves over, as far as they are listed. */
export async function listLeft(db: Db, formation: Formation, limit: number) {
  return await listLeftOver(db, formation.id, { limit });
}

/** The guild's preview. @throws UserError where there is none, or groups are being published. */
export async function requirePreview(ctx: Context, db: Db, guildId: string): Promise<Formation> {
  await requireGuild(db, guildId);
  const open = await findOpenFormation(db, guildId);
  requireNotPublishing(open);
  if (!open) throw new UserError((t) => t.formations.refused.none);
  return requireFresh(ctx, open);
}

/**
 * The preview that a button stands under.
 * @throws UserError when it is over, too old, or its groups are others by now.
 */
export async function requireThisPreview(
  ctx: Context,
  db: Db,
  guildId: string,
  { id, run }: SeenFormation,
): Promise<Formation> {
  const formation = await findFormation(db, guildId, id);
  if (!formation) throw new UserError((t) => t.formations.refused.replaced);
  const { state } = formation;
  requireNotPublishing(formation);
  if (state === 'published') throw new UserError((t) => t.formations.refused.published);
  if (state !== 'preview') throw new UserError((t) => t.formations.refused.discarded);
  if (formation.run !== run) throw new UserError((t) => t.formations.refused.changed);
  return requireFresh(ctx, formation);
}

function requireFresh(ctx: Context, formation: Formation): Formation {
  // Not every minute is a heartbeat.
  if (formation.created_at <= tooOld(ctx)) throw new UserError((t) => t.formations.refused.tooOld(previewHours));
  return formation;
}

function tooOld(ctx: Context) {
  return later(ctx.now(), { hours: -previewHours });
}

/**
 * Discards the guild's preview; nobody in it hears of it.
 * @param only the preview that the caller saw; whichever there is when absent.
 * @throws UserError when there is none, or it is being published.
 */
export async function discardFormation(ctx: Context, by: Acting, only?: SeenFormation): Promise<void> {
  const { guildId, userId } = by;
  await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const open = await findOpenFormation(trx, guildId);
    const preview = only ? await requireThisPreview(ctx, trx, guildId, only) : open;
    requireNotPublishing(preview);
    if (!preview || !(await discard(trx, ctx, preview))) throw new UserError((t) => t.formations.refused.none);
    await insertAudit(trx, ctx, { guildId, actorId: userId, action: 'groups-discarded', subjectId: preview.id });
  });
}

async function discard(trx: Trx, ctx: Context, preview: Formation): Promise<boolean> {
  if (!(await closePreview(trx, preview, 'discarded', ctx.now()))) return false;
  await deleteProposalsOf(trx, preview.id);
  return true;
}

/** Previews that are too old to be published are discarded: who waits, and when they can meet, is another thing by now. */
export async function expirePreviews(ctx: Context): Promise<void> {
  const old = await listOldPreviews(ctx.db, tooOld(ctx), previewsAtOnce);
  await forEachInTurn(ctx, 'an old preview of study groups', old, async (preview) => {
    await inTurn(ctx.db, preview.guild_id, (trx) => discard(trx, ctx, preview));
  });
}
