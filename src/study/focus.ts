/** Open co-working in the study channel: parts by a timer, a line for whoever likes. Nobody's hours are counted. */
import type { Context } from '../context.ts';
import { insertNotice, reviseNotices } from '../db/notices/write.ts';
import type { Trx } from '../db/open.ts';
import type { SessionDone } from '../db/schema.ts';
import {
  findRoom,
  type FocusRoom,
  insertRoom,
  listDueRooms,
  listFocusPeople,
  listOpenRooms,
  updateRoom,
  upsertFocusPerson,
} from '../db/study/focus.ts';
import { NotTheirs, UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { forEachInTurn } from '../guild/each.ts';
import { requireGuild } from '../guild/guilds.ts';
import { inTurn } from '../guild/turn.ts';
import { newId } from '../ids.ts';
import { offersForbiddenMaterial } from '../integrity.ts';
import { type Instant, later } from '../time.ts';
import { countDaily, standsInChannel } from './daily.ts';
import { focusAtOnce, lineLength, saidAfterHours } from './limits.ts';
import { type Phase, workAndBreak } from './phases.ts';

/** How long one works at a stretch, and the break after it, in minutes. */
export const focusLengths = [
  { work: 25, pause: 5 },
  { work: 50, pause: 10 },
  { work: 90, pause: 15 },
] as const;
export const focusRounds = { min: 1, max: 6, usual: 2 } as const;

/** Rooms of one heartbeat; what is left follows a minute later. */
const roomsAtOnce = 200;

/** Pure: the part of a room by its number, counted from 0; undefined after the last: it ends with work. */
export function focusPhase(room: Pick<FocusRoom, 'minutes' | 'rounds'>, number: number): Phase | undefined {
  const length = focusLengths.find(({ work }) => work === room.minutes);
  if (!length || number >= 2 * room.rounds - 1) return undefined;
  return workAndBreak(length.work, length.pause)[number % 2];
}

/** Begins a room, and puts whoever begins it into it. @throws UserError where there are enough, or one is theirs. */
export async function startFocus(
  ctx: Context,
  whose: Acting,
  wish: { readonly minutes: number; readonly rounds: number; readonly what: string },
): Promise<FocusRoom> {
  const { minutes, rounds } = wish;
  const line = requireLine(wish.what);
  const first = focusPhase({ minutes, rounds }, 0);
  if (!first || rounds > focusRounds.max) throw new UserError((t) => t.common.outdated);
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const guild = await requireGuild(trx, whose.guildId);
    if (guild.study_channel_id === null) throw new UserError((t) => t.study.refused.channel);
    const open = await listOpenRooms(trx, whose.guildId);
    if (open.some((room) => room.starter_id === whose.userId)) throw new UserError((t) => t.focus.refused.own);
    if (open.length >= focusAtOnce) throw new UserError((t) => t.focus.refused.enough(focusAtOnce));
    const now = ctx.now();
    const room = {
      id: newId(ctx.random),
      guild_id: whose.guildId,
      starter_id: whose.userId,
      minutes,
      rounds,
      started_at: now,
      phase: 0,
      phase_until: later(now, { minutes: first.minutes }),
      ended_at: null,
      is_daily: 0 as const,
    };
    await insertRoom(trx, room);
    await say(trx, ctx, whose, room, line === '' ? {} : { line });
    await insertNotice(trx, ctx, { guildId: whose.guildId, kind: 'focus', subjectId: room.id });
    return room;
  });
}

function requireLine(typed: string): string {
  const line = typed.trim();
  if (line.length > lineLength) throw new UserError((t) => t.study.refused.lineLong(line.length, lineLength));
  if (offersForbiddenMaterial(line)) throw new UserError((t) => t.study.refused.integrity);
  return line;
}

/** A member joins an open room, or says what they mean to do in it; a second press changes nothing. */
export async function joinFocus(ctx: Context, whose: Acting, roomId: string, typed = ''): Promise<void> {
  const line = requireLine(typed);
  await withRoom(ctx, whose, roomId, async (trx, room) => {
    if (room.ended_at !== null) throw new UserError((t) => t.focus.refused.over);
    await say(trx, ctx, whose, room, line === '' ? {} : { line });
  });
}

/** How it went, for oneself alone: once it is over, by those who were in it. */
export async function sayFocusDone(ctx: Context, whose: Acting, roomId: string, done: SessionDone): Promise<void> {
  await withRoom(ctx, whose, roomId, async (trx, room) => {
    const people = await listFocusPeople(trx, roomId);
    if (!people.some(({ user_id: userId }) => userId === whose.userId))
      throw new UserError((t) => t.focus.refused.notIn);
    if (room.ended_at === null || ctx.now() > later(room.ended_at, { hours: saidAfterHours })) {
      throw new UserError((t) => t.focus.refused.saidWhen);
    }
    await say(trx, ctx, whose, room, { done });
  });
}

/** Whoever began a room ends it before its time. @throws UserError for anybody else. */
export async function endFocus(ctx: Context, whose: Acting, roomId: string): Promise<void> {
  await withRoom(ctx, whose, roomId, async (trx, room) => {
    if (room.starter_id !== whose.userId) throw new NotTheirs((t) => t.focus.refused.notYours);
    await updateRoom(trx, room, { ended_at: ctx.now() });
  });
}

async function withRoom(
  ctx: Context,
  whose: Acting,
  roomId: string,
  act: (trx: Trx, room: FocusRoom) => Promise<void>,
): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const room = await findRoom(trx, roomId);
    if (room?.guild_id !== whose.guildId) throw new UserError((t) => t.focus.refused.over);
    await act(trx, room);
    await reviseNotices(trx, roomId, 'focus', ctx.now());
  });
}

async function say(
  trx: Trx,
  ctx: Context,
  whose: Acting,
  room: Pick<FocusRoom, 'id'>,
  said: { readonly line?: string; readonly done?: SessionDone },
): Promise<void> {
  const who = { room_id: room.id, user_id: whose.userId, guild_id: whose.guildId, joined_at: ctx.now() };
  await upsertFocusPerson(trx, who, said);
}

/** Brings rooms to the part that is on by now, and ends those that are over. */
export async function runFocus(ctx: Context): Promise<void> {
  const due = await listDueRooms(ctx.db, ctx.now(), roomsAtOnce);
  await forEachInTurn(ctx, 'a room', due, async ({ id, guild_id: guildId }) => {
    await inTurn(ctx.db, guildId, async (trx) => {
      const room = await findRoom(trx, id);
      if (!room || room.ended_at !== null || room.phase_until > ctx.now()) return;
      const isSeen = await standsInChannel(trx, room);
      const to = isSeen ? partAt(room, ctx.now()) : { ended_at: ctx.now() };
      if (!(await updateRoom(trx, room, to))) return;
      if (isSeen && typeof to.ended_at === 'string') await countDaily(trx, ctx, room, to.ended_at);
      await reviseNotices(trx, id, 'focus', ctx.now());
    });
  });
}

/** Pure: where a room is by now: in a part, or over since its last one ended. */
export function partAt(
  room: Pick<FocusRoom, 'minutes' | 'rounds' | 'phase' | 'phase_until'>,
  now: Instant,
): Partial<Pick<FocusRoom, 'phase' | 'phase_until' | 'ended_at'>> {
  let { phase, phase_until: until } = room;
  while (until <= now) {
    const next = focusPhase(room, phase + 1);
    if (!next) return { ended_at: until };
    phase += 1;
    until = later(until, { minutes: next.minutes });
  }
  return { phase, phase_until: until };
}
