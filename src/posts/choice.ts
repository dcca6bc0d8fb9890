/** Which tip or prompt a slot shows. */
import { isCurrent, prompts, tips, type Prompt, type Tip } from '../content/library.ts';
import { isLeftOut, readAgain } from '../content/checks.ts';
import type { Context } from '../context.ts';
import { findGuild } from '../db/guilds.ts';
import { findGuildContent, listGuildContents } from '../db/guild-contents.ts';
import { readFactChecks } from '../db/reviews.ts';
import type { ContentMix, ContentSource } from '../db/schema.ts';
import { type ChosenEntry, dropChoice, type EntryUse, findSlot, keepChoice, listUses, type Slot } from '../db/slots.ts';
import { letsOwn, letsPrompt, letsTip } from './categories.ts';
import { seedOf } from './seed.ts';

/** How many entries of its own a guild has at most, by far. */
const ownEntries = { offset: 0, limit: 1_000 } as const;

/** An entry that may be chosen. */
export interface Candidate {
  readonly id: string;
  readonly source: ContentSource;
  /** Others of this name are not chosen soon after it: the one answers half of the other. */
  readonly apart?: string | undefined;
}

/** So many others are posted between two entries that are kept apart: a month of two a week. */
const between = 8;

/** What can be posted of a kind in a guild today. */
interface PostablePool {
  readonly candidates: readonly Candidate[];
  /** How many entries of the library are not posted until they were reviewed. */
  readonly outdated: number;
}

/**
 * Pure: chooses without repeats until everything was shown. Entries that were shown less often come first; when all were
 * shown equally often a new cycle begins, with those that were not shown lately. Two that are kept apart do not come soon
 * after one another, as long as there is anything else. The seed decides among them, so that the same question has the
 * same answer.
 * @param uses what was posted of this kind in the guild.
 * @returns undefined when there is nothing to choose.
 */
export function chooseEntry(
  candidates: readonly Candidate[],
  uses: readonly EntryUse[],
  seed: string,
): ChosenEntry | undefined {
  const used = new Map(uses.map((use) => [use.content_id, use]));
  const cycleOf = ({ id }: Candidate) => used.get(id)?.cycle ?? 0;
  const top = Math.max(0, ...candidates.map(cycleOf));
  const left = candidates.filter((each) => cycleOf(each) < top);
  const fresh = keptApart(left.length > 0 ? left : notLately(candidates, used), candidates, uses);
  let best: Candidate | undefined;
  let bestSeed = Infinity;
  for (const each of fresh) {
    const own = seedOf(`${seed}:${each.id}`);
    if (own < bestSeed) [best, bestSeed] = [each, own];
  }
  return best && { ...best, cycle: left.length > 0 ? top : top + 1 };
}

/** All but the half that was shown last, so that the end of one cycle does not begin the next. */
function notLately(candidates: readonly Candidate[], used: ReadonlyMap<string, EntryUse>): Candidate[] {
  const last = ({ id }: Candidate) => used.get(id)?.last ?? '';
  const oldestFirst = candidates.toSorted((a, b) => (last(a) < last(b) ? -1 : 1));
  return oldestFirst.slice(0, Math.ceil(candidates.length / 2));
}

/** Without those whose like was shown lately; near the end of a cycle only those that still need room for their like. */
function keptApart(fresh: Candidate[], all: readonly Candidate[], uses: readonly EntryUse[]): Candidate[] {
  if (all.every(({ apart }) => apart === undefined)) return fresh;
  const nameOf = new Map(all.map(({ id, apart }) => [id, apart]));
  const latest = uses.toSorted((a, b) => (a.last < b.last ? 1 : -1)).slice(0, between);
  const lately = new Set(latest.map((use) => nameOf.get(use.content_id)));
  const free = fresh.filter(({ apart }) => apart === undefined || !lately.has(apart));
  if (free.length === 0) return fresh;
  const named = fresh.flatMap(({ apart }) => apart ?? []);
  const paired = free.filter(({ apart }) => apart !== undefined && named.filter((each) => each === apart).length > 1);
  return paired.length > 0 && fresh.length <= between + named.length ? paired : free;
}

/**
 * Reads what a schedule may post in a guild today: of the library, of the guild's own, or both, as the guild has set. Where
 * its own come first, those that were never posted are all there is as long as there are any.
 */
export async function readPool(
  ctx: Context,
  guildId: string,
  kind: 'tip' | 'prompt',
  categories: readonly string[] | null,
): Promise<PostablePool> {
  const mix: ContentMix = (await findGuild(ctx.db, guildId))?.content_mix ?? 'library';
  const today = ctx.now().slice(0, 10);
  const filter = { guildId, kind, state: 'approved' } as const;
  const own = (mix === 'library' ? [] : await listGuildContents(ctx.db, filter, ownEntries))
    .filter(({ category }) => letsOwn(kind, categories, category))
    .map(({ id }): Candidate => ({ id, source: 'guild' }));
  const first = mix === 'guild' && own.length > 0 ? await neverPosted(ctx, guildId, kind, own) : [];
  if (first.length > 0) return { candidates: first, outdated: 0 };
  const wanted = libraryOf(kind, categories);
  const checks = await readFactChecks(ctx.db, guildId);
  const read = wanted.map((entry) => readAgain<Tip | Prompt>(entry, checks.get(`${kind} ${entry.id}`)));
  const current = read.filter((entry) => isCurrent(entry, today));
  // What moderators have found to be wrong does not wait for anybody.
  const leftOut = wanted.filter((entry) => isLeftOut(entry, checks.get(`${kind} ${entry.id}`)));
  return {
    candidates: [...current.map(libraryCandidate), ...own],
    outdated: wanted.length - current.length - leftOut.length,
  };
}

const libraryCandidate = (entry: Tip | Prompt): Candidate => ({
  id: entry.id,
  source: 'library',
  apart: 'apart' in entry ? entry.apart : undefined,
});

async function neverPosted(
  ctx: Context,
  guildId: string,
  kind: 'tip' | 'prompt',
  own: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const posted = new Set((await listUses(ctx.db, guildId, kind)).map(({ content_id: id }) => id));
  return own.filter(({ id }) => !posted.has(id));
}

function libraryOf(kind: 'tip' | 'prompt', categories: readonly string[] | null): readonly (Tip | Prompt)[] {
  return kind === 'tip'
    ? tips().filter((tip) => letsTip(categories, tip))
    : prompts().filter((prompt) => letsPrompt(categories, prompt));
}

/** A slot that is not posted yet gives up an entry of the guild's own that was retired since it was chosen. */
async function withoutRetired(ctx: Context, slot: Slot): Promise<Slot> {
  const { content_id: id, content_source: source } = slot;
  if (slot.state !== 'claimed' || source !== 'guild' || id === null) return slot;
  if ((await findGuildContent(ctx.db, slot.guild_id, id))?.state === 'approved') return slot;
  await dropChoice(ctx.db, slot.id, id);
  return { ...slot, content_id: null, content_source: null, content_cycle: null };
}

/** How often two slots of one guild may take the same entry from under each other before it is a bug. */
const triesAtMost = 20;

/**
 * The entry that a slot shows, chosen and kept when it is first asked for, and for good once it is posted.
 * @returns undefined when there is nothing to post.
 */
export async function chooseFor(
  ctx: Context,
  slot: Slot,
  kind: 'tip' | 'prompt',
  categories: readonly string[] | null,
): Promise<{ readonly entry: Candidate | undefined; readonly outdated: number }> {
  const pool = await readPool(ctx, slot.guild_id, kind, categories);
  let current: Slot | undefined = await withoutRetired(ctx, slot);
  for (let tries = 0; current && tries < triesAtMost; tries += 1) {
    if (current.content_id !== null && current.content_source !== null) {
      return { entry: { id: current.content_id, source: current.content_source }, outdated: pool.outdated };
    }
    const uses = await listUses(ctx.db, slot.guild_id, kind);
    const entry = chooseEntry(pool.candidates, uses, `${slot.guild_id}:${slot.schedule_id}:${slot.due_at}`);
    if (!entry) break;
    if (await keepChoice(ctx.db, current, entry)) return { entry, outdated: pool.outdated };
    current = await findSlot(ctx.db, slot.id);
  }
  return { entry: undefined, outdated: pool.outdated };
}
