/** Sends what waited for a mentor's week, once there is room in it or the day has come that its mentee was told. */
import type { Context } from '../../context.ts';
import { findGuild } from '../../db/guilds.ts';
import { findMentorshipOfMentee } from '../../db/mentorships.ts';
import type { Trx } from '../../db/open.ts';
import { listOpening, setOpening } from '../../db/request-weeks.ts';
import { findRequest, listLiveRequestsOf, type MentorRequest } from '../../db/requests.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { continueSearch, prepareNext } from './onward.ts';

/** Requests of one heartbeat; those left over follow with the next. */
const perRun = 200;

/** Sends every request whose moment has come, each in a transaction of its own. */
export async function openRequests(ctx: Context): Promise<void> {
  const due = await listOpening(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'open-request', due, async (request) => {
    await prepareNext(ctx, request);
    await inTurn(ctx.db, request.guild_id, async (trx) => await open(ctx, trx, request.id));
  });
}

async function open(ctx: Context, trx: Trx, requestId: string): Promise<void> {
  const request = await findRequest(trx, requestId);
  if (request?.state !== 'queued' || request.opens_at === null || request.opens_at > ctx.now()) return;
  if (await isHeldUp(trx, request)) {
    await setOpening(trx, request.id, null);
    return;
  }
  // Looks at every choice anew: what has come in the way is closed with a word, and the first that can goes out.
  await continueSearch(ctx, trx, request);
}

/** Whether something of the mentee's goes before it after all. */
async function isHeldUp(trx: Trx, { guild_id: guildId, mentee_id: menteeId }: MentorRequest): Promise<boolean> {
  if (!(await findGuild(trx, guildId)) || (await findMentorshipOfMentee(trx, guildId, menteeId))) return true;
  const [first] = await listLiveRequestsOf(trx, guildId, menteeId);
  return first?.state === 'pending';
}
