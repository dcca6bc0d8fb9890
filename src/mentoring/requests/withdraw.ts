import type { Context } from '../../context.ts';
import { findRequest, type MentorRequest, takeTurn } from '../../db/requests.ts';
import { UserError } from '../../errors.ts';
import { texts } from '../../texts/en.ts';
import { endRequest, goOn, type Onward } from './onward.ts';

const text = texts.mentor.withdraw;

/** A request that was withdrawn, and how it goes on for the mentee. */
export interface Withdrawn {
  readonly request: MentorRequest;
  readonly onward: Onward;
}

/**
 * A mentee takes a request back, pending or queued. When it was pending the next choice goes out.
 * @param actorId who asked for it: only the mentee who made the request may.
 * @throws UserError when they may not, or when it was answered meanwhile, with what happened instead.
 */
export async function withdrawRequest(ctx: Context, actorId: string, requestId: string): Promise<Withdrawn> {
  return await ctx.db.transaction().execute(async (trx) => {
    const found = await findRequest(trx, requestId);
    if (!found || found.mentee_id !== actorId) throw new UserError(text.notYours);
    await takeTurn(trx, found.guild_id);
    const request = await findRequest(trx, requestId);
    if (!request || !(await endRequest(ctx, trx, request, { to: 'withdrawn', by: 'mentee' }))) {
      throw new UserError(describeEnded(request ?? found));
    }
    const onward = request.state === 'pending' ? await goOn(ctx, trx, request, false) : { is: 'nothing' as const };
    return { request, onward };
  });
}

/** What became of a request, for the mentee who wants to withdraw it. */
function describeEnded(request: MentorRequest): string {
  const at = request.decided_at ?? request.created_at;
  switch (request.state) {
    case 'accepted':
      return text.accepted(request.mentor_id, at);
    case 'declined':
      return text.declined(request.mentor_id, at);
    case 'withdrawn':
      return text.already(request.mentor_id, at);
    case 'expired':
      return text.expired(request.mentor_id, at);
    default:
      return text.lapsed(request.mentor_id, at);
  }
}
