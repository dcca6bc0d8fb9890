/** A group's plan (the systems of its exam, and who has done them), its prompts, and how its sessions go. */
import type { Context } from '../context.ts';
import { insertNotice } from '../db/notices/write.ts';
import { readFactChecks } from '../db/reviews.ts';
import type { Trx } from '../db/open.ts';
import type { SessionShape } from '../db/schema.ts';
import { type StudyGroup, updateGroup } from '../db/study/groups.ts';
import { listGroupMembers } from '../db/study/members.ts';
import { listPromptsHad, listTicks, recordPrompt, storeTicks } from '../db/study/plans.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { findGuild } from '../db/guilds.ts';
import { isMatchQuiet } from '../guild/match-week.ts';
import { defaultZone } from '../guild/settings.ts';
import { inTurn } from '../guild/turn.ts';
import { nextWeekly } from '../guild/weekly.ts';
import { epochMs, type Instant, later } from '../time.ts';
import { requireMember, requireOwner } from './groups/member.ts';
import { quietDays } from './limits.ts';
import { reviseListing } from './listing.ts';
import { hasPrompts, nextPrompt, outlineOf } from './outline.ts';
import { monthNumber } from './people.ts';
import { reviseEvents } from './sessions/events.ts';

/** Prompts come at noon of the group's zone, in minutes after midnight. */
const promptMinute = 12 * 60;
/** The line on the week comes on Sunday evening. */
const weekly = { weekday: 7, minute: 18 * 60 } as const;

/** Systems of an outline, by who ticked them, in its order. */
export async function readTicks(
  ctx: Pick<Context, 'db'>,
  group: Pick<StudyGroup, 'id' | 'topic'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ticks = await listTicks(ctx.db, group.id);
  return new Map(
    outlineOf(group.topic).map((system) => [
      system,
      ticks.filter((tick) => tick.system === system).map((tick) => tick.user_id),
    ]),
  );
}

/** Weeks until the first of a month: 0 when it has begun. */
export function weeksTo(month: string, now: Instant): number {
  const number = monthNumber(month);
  const begins = Date.UTC(Math.floor(number / 12), number % 12, 1);
  return Math.max(0, Math.ceil((begins - epochMs(now)) / (7 * 24 * 3_600_000)));
}

/** A member says which systems they have done. */
export async function tickSystems(
  ctx: Context,
  whose: Acting,
  groupId: string,
  chosen: readonly string[],
): Promise<StudyGroup> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    const outline = outlineOf(group.topic);
    if (outline.length === 0) throw new UserError((t) => t.studySessions.refused.noOutline);
    const systems = outline.filter((system) => chosen.includes(system));
    await storeTicks(trx, groupId, whose, systems, ctx.now());
    return group;
  });
}

/** What may be chosen about a group's prompts; what is absent stays. */
interface PromptWish {
  /** 1 for Monday to 7 for Sunday; null for none any more. */
  readonly weekday?: number | null;
  readonly systems?: readonly string[];
}

/** A member sets the group's own prompts. @throws UserError where the library has none for it. */
export async function setPrompts(ctx: Context, whose: Acting, groupId: string, wish: PromptWish): Promise<StudyGroup> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    if (!hasPrompts(group.topic)) throw new UserError((t) => t.studySessions.refused.noPrompts);
    const weekday = wish.weekday === undefined ? group.prompt_weekday : wish.weekday;
    const systems = wish.systems ?? group.prompt_systems ?? [];
    const known = outlineOf(group.topic).filter((system) => systems.includes(system));
    await updateGroup(trx, groupId, {
      prompt_weekday: weekday,
      prompt_systems: known,
      prompt_at: weekday === null ? null : await nextDue(trx, ctx, group, { weekday, minute: promptMinute }),
    });
    return await requireMember(trx, whose, groupId);
  });
}

/** Whoever looks after a group says how its sessions go, whether it gets a line each week, and how others join. */
export async function setSessions(
  ctx: Context,
  whose: Acting,
  groupId: string,
  wish: {
    readonly shape?: SessionShape | undefined;
    readonly line?: boolean | undefined;
    readonly byApplication?: boolean | undefined;
    /** Whether everybody in the server may see that there is this group, and when it meets. */
    readonly openly?: boolean | undefined;
  },
): Promise<StudyGroup> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireOwner(trx, whose, groupId);
    if (wish.shape === 'teach-back' && !hasPrompts(group.topic)) {
      throw new UserError((t) => t.studySessions.refused.noPrompts);
    }
    // Whoever names nothing looks how it is.
    if (Object.values(wish).every((each) => each === undefined)) return group;
    await updateGroup(trx, groupId, {
      ...(wish.shape === undefined ? {} : { shape: wish.shape }),
      ...(wish.line === undefined ? {} : { weekly_line: wish.line ? 1 : 0 }),
      ...(wish.byApplication === undefined ? {} : { by_application: wish.byApplication ? 1 : 0 }),
      ...(wish.openly === undefined ? {} : { is_listed: wish.openly ? 1 : 0 }),
    });
    const after = await requireMember(trx, whose, groupId);
    if (after.is_listed !== group.is_listed) await reviseEvents(trx, ctx, after);
    await reviseListing(trx, ctx, groupId);
    return after;
  });
}

async function nextDue(
  trx: Trx,
  ctx: Context,
  group: StudyGroup,
  time: { readonly weekday: number; readonly minute: number },
): Promise<Instant> {
  const zone = group.zone ?? (await findGuild(trx, group.guild_id))?.zone ?? defaultZone;
  return nextWeekly(ctx.now(), zone, time);
}

/** Owes an active group its prompt and its line, when they are due, and notes when the next are. */
export async function keepWeekly(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  const now = ctx.now();
  const { prompt_at: promptAt, prompt_weekday: weekday, weekly_at: weeklyAt } = group;
  if (promptAt !== null && weekday !== null && promptAt <= now) {
    await updateGroup(trx, group.id, {
      prompt_at: await nextDue(trx, ctx, group, { weekday, minute: promptMinute }),
    });
    if (await isAwake(trx, ctx, group)) await owePrompt(trx, ctx, group);
  }
  if (weeklyAt === null || weeklyAt <= now) {
    await updateGroup(trx, group.id, { weekly_at: await nextDue(trx, ctx, group, weekly) });
    if (weeklyAt === null || group.weekly_line === 0 || !(await isAwake(trx, ctx, group))) return;
    await insertNotice(trx, ctx, {
      guildId: group.guild_id,
      kind: 'group-week',
      subjectId: group.id,
      detail: { until: weeklyAt },
      dedupeKey: `group-week:${group.id}:${weeklyAt}`,
    });
  }
}

/** Nothing is posted where no session was held for two weeks: a post would open an archived thread again and again. */
async function isAwake(trx: Trx, ctx: Context, group: StudyGroup): Promise<boolean> {
  if (group.held_at === null || group.held_at < later(ctx.now(), { days: -quietDays })) return false;
  const guild = await findGuild(trx, group.guild_id);
  return guild !== undefined && !isMatchQuiet(guild, ctx.now());
}

async function owePrompt(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  const had = await listPromptsHad(trx, group.id);
  const checks = await readFactChecks(trx, group.guild_id);
  const prompt = nextPrompt(group.topic, group.prompt_systems ?? [], had, ctx.now(), checks);
  if (!prompt) return;
  await recordPrompt(trx, group, prompt.id, ctx.now());
  await insertNotice(trx, ctx, {
    guildId: group.guild_id,
    kind: 'group-prompt',
    subjectId: group.id,
    detail: { prompt: prompt.id },
  });
}

/** A moderator took away what everybody saw of a group: it is listed no more, until its owner lists it again. */
export async function unlistGroup(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  if (!(await updateGroup(trx, group.id, { is_listed: 0 }))) return;
  await reviseEvents(trx, ctx, { ...group, is_listed: 0 });
  // Of a group that all of them own, the longest in it hears of it.
  const userId =
    group.owner_id ?? (await listGroupMembers(trx, group.id)).find(({ state }) => state !== 'offered')?.user_id;
  if (userId === undefined) return;
  const { guild_id: guildId, id: subjectId } = group;
  await insertNotice(trx, ctx, { guildId, userId, kind: 'group-news', subjectId, detail: { what: 'unlisted' } });
}
