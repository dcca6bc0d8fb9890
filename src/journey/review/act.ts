/** What a moderator says of a matter, having looked at its page. */
import { addDays, dateById, freshDays, guideById, itemById } from '../../content/journey.ts';
import { isLeftOut } from '../../content/checks.ts';
import { type Prompt, prompts, type Tip, tips } from '../../content/library.ts';
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { findGuildDate, findProposal } from '../../db/dates.ts';
import { updateGuildAnswer } from '../../db/guild-answers.ts';
import {
  deleteFactCheck,
  deletePutOffs,
  listActsSince,
  putOff,
  readFactChecks,
  upsertFactCheck,
} from '../../db/reviews.ts';
import { UserError } from '../../errors.ts';
import { inTurn } from '../../guild/turn.ts';
import { epochMs, later } from '../../time.ts';
import { leaveUnclear } from '../claims/answer.ts';
import { confirmDate, type Reading } from '../dates/confirm.ts';
import { momentsOf, type Stated } from '../dates/stated.ts';
import { laterHours, reviewLimits } from './limits.ts';
import { listMatters, type Matter, matterKey, type Reviewer } from './matters.ts';

/** The matter that a press means, as it was read; undefined when it is done, or another one by now. */
export async function findMatter(
  ctx: Context,
  who: Reviewer,
  meant: { readonly kind: string; readonly id: string; readonly version: string },
): Promise<Matter | undefined> {
  const all = await listMatters(ctx.db, who, ctx.now());
  return all.find(({ kind, id, version }) => kind === meant.kind && id === meant.id && version === meant.version);
}

/** It stands on the page as it stands here. @throws UserError where somebody else was faster. */
export async function keepRight(ctx: Context, who: Reviewer, matter: Matter): Promise<void> {
  switch (matter.kind) {
    case 'date':
    case 'proposal':
      await confirmAgain(ctx, who, matter);
      break;
    case 'guide':
    case 'item':
      await checkFact(ctx, who, matter);
      break;
    case 'tip':
    case 'prompt':
      await checkEntry(ctx, who, matter);
      break;
    case 'answer':
      await checkAnswer(ctx, who, matter.id);
      break;
    case 'claim':
    case 'suggestion':
      throw new UserError((t) => t.common.outdated);
  }
  await inTurn(ctx.db, who.guildId, (trx) => deletePutOffs(trx, who.guildId, matterKey(matter)));
}

async function confirmAgain(ctx: Context, who: Reviewer, { kind, id }: Matter): Promise<void> {
  const row = await findGuildDate(ctx.db, who.guildId, id);
  const proposal = kind === 'proposal' ? await findProposal(ctx.db, who.guildId, id) : undefined;
  if (kind === 'proposal' && !proposal) throw new UserError((t) => t.review.moved);
  const read = proposal ?? row ?? dateById().get(id);
  if (!read) throw new UserError((t) => t.review.moved);
  const source = 'date_id' in read ? { source: read.source } : {};
  const reading: Reading = { stated: undefined, isAlone: who.isAlone, sequence: row?.sequence ?? 0, ...source };
  const { day, time = null, zone = null } = read;
  if (day === null || day === undefined) {
    // A page that names no day yet announces nothing; a proposal without one says that it was withdrawn.
    if (!proposal) throw new UserError((t) => t.review.moved);
    await confirmDate(ctx, who, id, reading);
    return;
  }
  const stated: Stated = { day, time, zone };
  const moments = time === null || zone === null ? [] : momentsOf(day, time, zone);
  const at = 'at' in read ? read.at : undefined;
  const isLater = moments.length > 1 && at !== null && at !== undefined ? { isLater: at === moments.at(-1) } : {};
  await confirmDate(ctx, who, id, { ...reading, stated, ...isLater });
}

async function checkFact(ctx: Context, who: Reviewer, matter: Matter): Promise<void> {
  const fact = matter.kind === 'guide' ? guideById().get(matter.id) : itemById().get(matter.id);
  if (!fact || fact.kind === 'advice') throw new UserError((t) => t.review.moved);
  const checked = ctx.now().slice(0, 10);
  const until = addDays(checked, freshDays[fact.kind]);
  await inTurn(ctx.db, who.guildId, async (trx) => {
    await upsertFactCheck(trx, { guild_id: who.guildId, fact: matterKey(matter), checked, review_by: until });
    await insertAudit(trx, ctx, {
      guildId: who.guildId,
      actorId: who.userId,
      action: 'fact-checked',
      detail: { fact: matterKey(matter) },
    });
  });
}

/** An entry of the library counts for as long again as it did; one that is wrong counted until yesterday. */
async function checkEntry(ctx: Context, who: Reviewer, matter: Matter, isWrong = false): Promise<void> {
  const entry = entryOf(matter);
  if (!entry?.checked || !entry.review_by) throw new UserError((t) => t.review.moved);
  const checked = ctx.now().slice(0, 10);
  const days = Math.round((Date.parse(entry.review_by) - Date.parse(entry.checked)) / 86_400_000);
  const until = addDays(checked, isWrong ? -1 : days);
  await inTurn(ctx.db, who.guildId, async (trx) => {
    await upsertFactCheck(trx, { guild_id: who.guildId, fact: matterKey(matter), checked, review_by: until });
    await insertAudit(trx, ctx, {
      guildId: who.guildId,
      actorId: who.userId,
      action: 'fact-checked',
      detail: { fact: matterKey(matter) },
    });
  });
}

/** A tip or prompt of the library; undefined for everything else. */
export function entryOf({ kind, id }: Pick<Matter, 'kind' | 'id'>): Tip | Prompt | undefined {
  if (kind === 'tip') return tips().find((tip) => tip.id === id);
  return kind === 'prompt' ? prompts().find((prompt) => prompt.id === id) : undefined;
}

/** Its page no longer says so: a tip or prompt is neither posted nor shown here any more. @throws UserError for anything else. */
export async function leaveOut(ctx: Context, who: Reviewer, matter: Matter): Promise<void> {
  await checkEntry(ctx, who, matter, true);
  await inTurn(ctx.db, who.guildId, (trx) => deletePutOffs(trx, who.guildId, matterKey(matter)));
}

/** Takes that back: it waits to be looked at again. @throws UserError where it was taken back, or read again, already. */
export async function takeIn(ctx: Context, who: Reviewer, kind: 'tip' | 'prompt', id: string): Promise<void> {
  await inTurn(ctx.db, who.guildId, async (trx) => {
    const fact = matterKey({ kind, id });
    const entry = entryOf({ kind, id });
    const check = (await readFactChecks(trx, who.guildId)).get(fact);
    const isTaken = entry && isLeftOut(entry, check) && (await deleteFactCheck(trx, who.guildId, fact));
    if (!isTaken) throw new UserError((t) => t.review.moved);
  });
}

async function checkAnswer(ctx: Context, who: Reviewer, id: string): Promise<void> {
  const checked = ctx.now().slice(0, 10);
  await inTurn(ctx.db, who.guildId, async (trx) => {
    const seen = await updateGuildAnswer(trx, who.guildId, id, { checked });
    if (!seen) throw new UserError((t) => t.review.moved);
    const days = seen.kind === 'advice' ? freshDays.rule : freshDays[seen.kind];
    await updateGuildAnswer(trx, who.guildId, id, { review_by: addDays(checked, days) });
    await insertAudit(trx, ctx, {
      guildId: who.guildId,
      actorId: who.userId,
      action: 'fact-checked',
      subjectId: id,
      detail: { fact: 'answer' },
    });
  });
}

/** The page does not say: a claim ends so, everything else rests for all moderators. */
export async function cannotTell(ctx: Context, who: Reviewer, matter: Matter): Promise<void> {
  if (matter.kind === 'claim') {
    await leaveUnclear(ctx, who, matter.id);
    return;
  }
  // Another's reading waits for a third pair of eyes, and not for long.
  const userId = matter.kind === 'proposal' ? who.userId : '';
  const until = later(ctx.now(), { days: reviewLimits.rest });
  await inTurn(ctx.db, who.guildId, (trx) =>
    putOff(trx, { guildId: who.guildId, matter: matterKey(matter), userId, until }),
  );
}

/** Not now. What one of them puts off three times goes to another. */
export async function putOffMatter(ctx: Context, who: Reviewer, matter: Matter): Promise<void> {
  const until = later(ctx.now(), { hours: laterHours });
  await inTurn(ctx.db, who.guildId, (trx) =>
    putOff(trx, { guildId: who.guildId, matter: matterKey(matter), userId: who.userId, until }),
  );
}

/** Acts that are done over the card, or could be. */
const acts = [
  'date-announced',
  'date-moved',
  'date-withdrawn',
  'date-checked',
  'fact-checked',
  'claim-answered',
  'claim-unclear',
  'answer-written',
  'content-approved',
  'content-declined',
] as const;
/** The most that counts between two acts of one person: afterward they were doing something else. */
const longestMs = 3 * 60_000;

/** How much waits, since when, and how many minutes the last seven days took. */
export interface ReviewStatus {
  readonly waiting: number;
  readonly oldest: string | undefined;
  readonly done: number;
  readonly minutes: number;
}

export async function readStatus(ctx: Context, who: Reviewer): Promise<ReviewStatus> {
  const matters = await listMatters(ctx.db, who, ctx.now());
  const done = await listActsSince(ctx.db, who.guildId, acts, later(ctx.now(), { days: -7 }));
  const spent = done.map(({ actor_id: actor, at }, i) => {
    const before = done[i - 1];
    const gap = before?.actor_id === actor ? epochMs(at) - epochMs(before.at) : longestMs;
    return Math.min(gap, longestMs);
  });
  return {
    waiting: matters.length,
    oldest: matters.map(({ since }) => since).toSorted()[0],
    done: done.length,
    minutes: Math.ceil(spent.reduce((sum, ms) => sum + ms, 0) / 60_000),
  };
}
