/** Groups of a formation are looked at again before they are offered: who still waits, and whether every rule still holds. */
import type { Context } from '../../context.ts';
import type { Db, Trx } from '../../db/open.ts';
import {
  type FormationGroup,
  forgetPeople,
  loosenPeople,
  updateFormationGroup,
} from '../../db/study/formation-groups.ts';
import { type FormedGroup, mendGroup } from '../../matching/form/index.ts';
import { epochMs } from '../../time.ts';
import { sessionMinutes } from '../limits.ts';
import { topicOf } from '../people.ts';
import { readSeekerId, readWaiting, seekerId, type Waiting } from './input.ts';

/** A group of a formation as it is by now. */
export interface LookedAt {
  readonly group: FormationGroup;
  /** What it can still be; undefined where it is none any more. */
  readonly now: { readonly formed: FormedGroup; readonly members: readonly Waiting[] } | undefined;
  /** Members who do not wait for this any more, by id. */
  readonly gone: readonly string[];
  /** Members who wait on, and do not fit the others any more, or whose others are gone. */
  readonly loose: readonly string[];
}

/** Looks at some groups of a guild again. */
export async function lookAgain(
  ctx: Context,
  db: Db,
  guildId: string,
  groups: readonly FormationGroup[],
): Promise<LookedAt[]> {
  const waiting = await readWaiting(ctx, db, guildId, [...new Set(groups.flatMap(({ members }) => members))]);
  return groups.map((group) => {
    const known = group.members.map((userId) => waiting.get(seekerId({ user_id: userId, topic: group.topic })));
    // Somebody may wait for a circle of another place by now.
    const still = known.flatMap((each) => (each && each.seeker.topic === topicOf(group) ? [each] : []));
    const present = still.map(({ stored }) => stored.user_id);
    const formed = mendWaiting(ctx, still);
    const kept = new Set(formed?.members.map((id) => readSeekerId(id).userId));
    return {
      group,
      now: formed && { formed, members: still.filter(({ stored }) => kept.has(stored.user_id)) },
      gone: group.members.filter((userId) => !present.includes(userId)),
      loose: present.filter((userId) => !kept.has(userId)),
    };
  });
}

/** What those who wait can be as a group now. */
export function mendWaiting(ctx: Context, members: readonly Waiting[]): FormedGroup | undefined {
  const horizon = { from: epochMs(ctx.now()), minutes: sessionMinutes.usual };
  return mendGroup(
    members.map(({ seeker }) => seeker),
    horizon,
  );
}

/** Pure: whether a group is another than it was; whoever deleted their data since is in no list any more. */
export function hasChanged({ group, now }: LookedAt): boolean {
  return now?.members.length !== group.size;
}

/** Stores what has become of a group. */
export async function storeLook(trx: Trx, looked: LookedAt): Promise<void> {
  const { group, now, gone, loose } = looked;
  await forgetPeople(trx, group, gone);
  await loosenPeople(trx, group, loose);
  if (!now) return await updateFormationGroup(trx, group, { state: 'dropped' });
  await updateFormationGroup(trx, group, {
    size: now.members.length,
    languages: now.formed.languages,
    spread: now.formed.spread,
    has_enough_days: now.formed.hasEnoughDays ? 1 : 0,
    is_fair: now.formed.isFair ? 1 : 0,
  });
}
