import type { Context } from '../../context.ts';
import { findRequest, type MentorRequest } from '../../db/requests.ts';
import { type Saying, NotTheirs, UserError } from '../../errors.ts';
import { endRequest, type Onward, continueSearch } from './onward.ts';
import { isForemost } from './week.ts';
import { inTurn } from '../../guild/turn.ts';

/** A request that was withdrawn, and how it goes on for the mentee. */
export interface Withdrawn {
  readonly request: MentorRequest;
  readonly onward: Onward;
}

/**
 * A mentee takes a request back, pending or queued. When it was foremost the next choice goes out.
 * @param actorId who asked for it: only the mentee who made the request may.
 * @throws UserError when they may not, or when it was answered meanwhile, with what happened instead.
 */
export async function withdrawRequest(ctx: Context, actorId: string, requestId: string): Promise<Withdrawn> {
  const found = await findRequest(ctx.db, requestId);
  if (found?.mentee_id !== actorId) throw new NotTheirs((t) => t.mentor.withdraw.notYours);
  return await inTurn(ctx.db, found.guild_id, async (trx) => {
    const request = await findRequest(trx, requestId);
    if (!request || !(await endRequest(ctx, trx, request, { to: 'withdrawn', by: 'mentee' }))) {
      throw new UserError(describeEnded(request ?? found));
    }
    const onward = isForemost(request)
      ? await continueSearch(ctx, trx, request, { waits: false })
      : { is: 'nothing' as const };
    return { request, onward };
  });
}

/** What became of a request, for the mentee who wants to withdraw it. */
function describeEnded(request: MentorRequest): Saying {
  const at = request.decided_at ?? request.created_at;
  switch (request.state) {
    case 'accepted':
      return (t) => t.mentor.withdraw.accepted(request.mentor_id, at);
    case 'declined':
      return (t) => t.mentor.withdraw.declined(request.mentor_id, at);
    case 'withdrawn':
      return (t) => t.mentor.withdraw.already(request.mentor_id, at);
    case 'expired':
      return (t) => t.mentor.withdraw.expired(request.mentor_id, at);
    default:
      return (t) => t.mentor.withdraw.lapsed(request.mentor_id, at);
  }
}
