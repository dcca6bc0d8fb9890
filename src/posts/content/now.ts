/** A tip for one person, now. */
import { isCurrent, tips } from '../../content/library.ts';
import { readAgain } from '../../content/checks.ts';
import type { Context } from '../../context.ts';
import { listGuildContents } from '../../db/guild-contents.ts';
import { findGuild } from '../../db/guilds.ts';
import { readFactChecks } from '../../db/reviews.ts';
import { epochMs } from '../../time.ts';
import { seedOf } from '../seed.ts';
import { type TipEntry, tipOf } from './entries.ts';
import { entriesAtMost } from './own.ts';
import type { Acting } from '../../guild/acting.ts';

/** A tip, and its place in the order in which this person sees them. */
export interface TipNow {
  readonly tip: TipEntry;
  readonly place: number;
}

/**
 * The tip at a place of an order that each person has of their own. Without a place the clock says where to begin, a
 * second for each tip: whoever asks again soon sees another one, and nothing has to be remembered about anybody.
 * @param category a slug; all when absent.
 * @param place from a custom id, so possibly nonsense.
 * @returns undefined when there is no tip in this category.
 */
export async function findTipNow(
  ctx: Context,
  by: Acting,
  category: string | undefined,
  place?: number,
): Promise<TipNow | undefined> {
  const all = (await listTips(ctx, by.guildId)).filter((tip) => category === undefined || tip.category === category);
  if (all.length === 0) return undefined;
  const ordered = all
    .map((tip) => ({ tip, at: seedOf(`${by.guildId}:${by.userId}:${tip.id}`) }))
    .toSorted((a, b) => a.at - b.at);
  const wanted = place !== undefined && Number.isSafeInteger(place) ? place : Math.floor(epochMs(ctx.now()) / 1000);
  const at = Math.abs(wanted) % ordered.length;
  const tip = ordered[at]?.tip;
  return tip && { tip, place: at };
}

async function listTips(ctx: Context, guildId: string): Promise<TipEntry[]> {
  const mix = (await findGuild(ctx.db, guildId))?.content_mix ?? 'library';
  const today = ctx.now().slice(0, 10);
  const filter = { guildId, kind: 'tip', state: 'approved' } as const;
  const own = mix === 'library' ? [] : await listGuildContents(ctx.db, filter, { offset: 0, limit: entriesAtMost });
  const checks = await readFactChecks(ctx.db, guildId);
  const read = tips().map((tip) => readAgain(tip, checks.get(`tip ${tip.id}`)));
  const library = read.filter((tip) => isCurrent(tip, today));
  return [...library.map((tip): TipEntry => ({ ...tip, from: 'library' })), ...own.map(tipOf)];
}
