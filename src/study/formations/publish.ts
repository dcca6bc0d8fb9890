/** Groups that moderators looked at, or that the weekly run formed, are offered to their members, some at a time. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { noticeDetails } from '../../db/notice-kinds.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import {
  countLeftOver,
  countOffered,
  forgetLeftOver,
  type FormationPerson,
  listFormationGroups,
  listLeftOver,
  markTold,
  updateFormationGroup,
} from '../../db/study/formation-groups.ts';
import {
  closePreview,
  findFormation,
  finishFormation,
  type Formation,
  listPublishingFormations,
  nextRun,
  type SeenFormation,
} from '../../db/study/formations.ts';
import { countWaiting } from '../../db/study/seekers.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { inParts } from '../../parts.ts';
import { later } from '../../time.ts';
import { offerHours } from '../limits.ts';
import { readWaiting, seekerId } from './input.ts';
import { hasChanged, lookAgain, type LookedAt, storeLook } from './look.ts';
import { offerGroup } from './offer.ts';
import { type FormationView, readView, requireThisPreview } from './preview.ts';

/** Groups of one transaction, each of which is looked at again in a few milliseconds; and people left over. */
const groupsAtOnce = 10;
const peopleAtOnce = 100;

const outcome = z.object({
  /** Groups that were offered, and to how many. */
  groups: z.number(),
  offered: z.number(),
  /** Groups that fell apart before. */
  dropped: z.number(),
  /** Left over, and told what would help. */
  told: z.number(),
});

/** What publishing did. */
export type FormationOutcome = z.infer<typeof outcome>;

/** What publishing did; undefined for a formation that was not published. */
export function readOutcome({ state, outcome: done }: Formation): FormationOutcome | undefined {
  return state === 'published' && done !== null ? outcome.parse(JSON.parse(done)) : undefined;
}

/** What publishing came to; or the preview as it is by now, with the groups that are others than the moderator saw. */
export type Published =
  | { readonly is: 'published'; readonly outcome: FormationOutcome }
  | { readonly is: 'changed'; readonly view: FormationView; readonly changes: readonly LookedAt[] };

/**
 * Offers the groups that a moderator saw to their members. All of them are looked at again first: what has changed is
 * stored and shown, and waits for another press. What changes after that, group by group, is left out and counted.
 * @param seen the preview that they saw.
 * @throws UserError when it is over (somebody else was quicker), or its groups are others by now.
 */
export async function publishFormation(ctx: Context, by: Acting, seen: SeenFormation): Promise<Published> {
  const { guildId, userId } = by;
  const preview = await requireThisPreview(ctx, ctx.db, guildId, seen);
  const changes: LookedAt[] = [];
  const groups = await listFormationGroups(ctx.db, preview.id, 'proposed');
  for await (const some of inParts(groups, groupsAtOnce)) {
    changes.push(...(await lookAgain(ctx, ctx.db, guildId, some)).filter(hasChanged));
  }
  if (changes.length > 0) return { is: 'changed', view: await storeChanges(ctx, guildId, preview, changes), changes };
  await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    await requireThisPreview(ctx, trx, guildId, seen);
    if (!(await closePreview(trx, seen, 'publishing', ctx.now()))) {
      throw new UserError((t) => t.formations.refused.changed);
    }
    await insertAudit(trx, ctx, {
      guildId,
      actorId: userId,
      action: 'groups-formed',
      subjectId: preview.id,
      detail: { groups: groups.length },
    });
  });
  return { is: 'published', outcome: await publishRest(ctx, guildId, preview.id) };
}

async function storeChanges(
  ctx: Context,
  guildId: string,
  preview: Formation,
  changes: readonly LookedAt[],
): Promise<FormationView> {
  return await inTurn(ctx.db, guildId, async (trx) => {
    const changed = await nextRun(trx, preview);
    if (!changed) throw new UserError((t) => t.formations.refused.changed);
    for (const each of changes) await storeLook(trx, each);
    return await readView(trx, changed);
  });
}

/** Goes on with every formation whose publishing was cut off. Two who go on with the same one do each part once. */
export async function resumeFormations(ctx: Context): Promise<void> {
  const open = await listPublishingFormations(ctx.db);
  await forEachInTurn(ctx, 'publish-groups', open, ({ guild_id: guildId, id }) => publishRest(ctx, guildId, id));
}

/** Offers what is left of a formation that is being published, and tells those left over. */
export async function publishRest(ctx: Context, guildId: string, id: string): Promise<FormationOutcome> {
  // Whoever acts meanwhile goes before all of it.
  const bulk = { ...ctx, bulk: true };
  const proposed = await listFormationGroups(ctx.db, id, 'proposed');
  const numbers = proposed.map(({ number }) => number);
  for await (const some of inParts(numbers, groupsAtOnce)) {
    await inTurn(ctx.db, guildId, (trx) => offerSome(trx, bulk, { guildId, id }, some));
  }
  for (;;) {
    const done = await inTurn(ctx.db, guildId, (trx) => finish(trx, bulk, { guildId, id }));
    if (done) return done;
    await nextTurn();
  }
}

interface Of {
  readonly guildId: string;
  readonly id: string;
}

/** Offers some groups, as far as somebody else has not, in the shape in which they still hold. */
async function offerSome(trx: Trx, ctx: Context, { guildId, id }: Of, numbers: readonly number[]): Promise<void> {
  if ((await findFormation(trx, guildId, id))?.state !== 'publishing') return;
  const groups = await listFormationGroups(trx, id, 'proposed', numbers);
  for (const looked of await lookAgain(ctx, trx, guildId, groups)) {
    await storeLook(trx, looked);
    const { group, now } = looked;
    if (!now) continue;
    const groupId = await offerGroup(trx, ctx, now.members, now.formed.languages);
    await updateFormationGroup(trx, group, { state: 'offered', group_id: groupId });
  }
}

/** Tells some of those left over. Returns what publishing came to once nobody is left to be told. */
async function finish(trx: Trx, ctx: Context, of: Of): Promise<FormationOutcome | undefined> {
  const { guildId, id } = of;
  const formation = await findFormation(trx, guildId, id);
  if (!formation) throw new UserError((t) => t.formations.refused.replaced);
  // Somebody else may have gone on with it too.
  const known = readOutcome(formation);
  if (known) return known;
  if ((await tellSome(trx, ctx, of)) > 0) return undefined;
  const { groups, people, dropped } = await countOffered(trx, id);
  const { told } = await countLeftOver(trx, id);
  const done: FormationOutcome = { groups, offered: people, dropped, told };
  const answersAt = later(ctx.now(), { hours: offerHours + 1 });
  // Behind the guild's turn nobody can have come in between.
  if (!(await finishFormation(trx, id, { outcome: JSON.stringify(done), answersAt }))) {
    throw new Error('a formation that was being published a moment ago is not');
  }
  if (formation.by_itself === 1) await tellModerators(trx, ctx, of);
  return done;
}

/** One line about a weekly run, for the moderators. */
export async function tellModerators(trx: Trx, ctx: Context, { guildId, id }: Of): Promise<void> {
  const dedupeKey = `groups-formed:${id}`;
  await insertNotice(trx, ctx, { guildId, kind: 'groups-formed', subjectId: id, dedupeKey });
}

/** Owes some of those left over a letter, as far as they still wait. Returns how many were looked at. */
async function tellSome(trx: Trx, ctx: Context, { guildId, id }: Of): Promise<number> {
  const left = await listLeftOver(trx, id, { told: 0, limit: peopleAtOnce });
  if (left.length === 0) return 0;
  const userIds = left.map(({ user_id: userId }) => userId);
  const waiting = await readWaiting(ctx, trx, guildId, userIds);
  // Counted now, when all groups are offered: whoever has just been asked no longer waits.
  const counts = await countWaiting(trx, guildId, [...new Set(left.map(({ topic }) => topic))]);
  for (const person of left) {
    const stored = waiting.get(seekerId(person))?.stored;
    if (stored) {
      const all = counts.find(({ topic, place }) => topic === stored.topic && place === stored.place)?.count ?? 1;
      await tellLeftOver(trx, ctx, person, all - 1);
      await markTold(trx, person);
    } else await forgetLeftOver(trx, person);
  }
  return left.length;
}

/** Tells somebody whom no group had room for how it stands, and which small change would help. */
async function tellLeftOver(trx: Trx, ctx: Context, person: FormationPerson, waiting: number): Promise<void> {
  const { guild_id: guildId, user_id: userId, topic } = person;
  const { changes } = noticeDetails['seeker-left'].shape;
  const detail = {
    topic,
    waiting,
    changes: changes.parse(JSON.parse(person.changes)),
    ...(person.fell_away === 1 ? { fellAway: true as const } : {}),
  };
  await insertNotice(trx, ctx, { guildId, userId, kind: 'seeker-left', detail });
}
