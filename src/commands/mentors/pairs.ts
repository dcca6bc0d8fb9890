/** The pairs of a guild, for moderators: how each stands, and a way to end one. */
import { ButtonStyle } from 'discord.js';
import { countLivePairs, findMentorship, listLivePairs, type Mentorship } from '../../db/mentorships.ts';
import { listRestsOf, type Rest } from '../../db/rests.ts';
import { button, pageTurns, row } from '../../discord/buttons.ts';
import type { ActContext } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { who } from '../../marks.ts';
import { factsOf } from '../../mentoring/care/facts.ts';
import { shownUntil } from '../../mentoring/changes.ts';
import { healthOf } from '../../mentoring/care/steps.ts';
import { pageOf } from '../../pages.ts';
import type { Texts } from '../../texts/en.ts';

/** Pairs on one page: a row of buttons holds five. */
const pageSize = 5;

/** One page of the pairs, the oldest first. @param of `page` from 0, out of a custom id and so possibly nonsense. */
export async function pairsCard(
  ctx: ActContext,
  of: { readonly guildId: string; readonly page: number; readonly member: string | undefined },
): Promise<Card> {
  const { guildId, member } = of;
  const text = ctx.t.pairs;
  await requireGuild(ctx.db, guildId);
  const count = await countLivePairs(ctx.db, guildId, member);
  if (count === 0) return { content: member === undefined ? text.empty : text.emptyOf(who(member)) };
  const { page, pages, offset } = pageOf(count, of.page, pageSize);
  const shown = await listLivePairs(ctx.db, guildId, { member, limit: pageSize, offset });
  const rests = await listRestsOf(
    ctx.db,
    shown.map(({ id }) => id),
  );
  const lines: string[] = [];
  for (const [i, pair] of shown.entries()) {
    const state = pair.state === 'paused' ? standing(ctx.t, rests.get(pair.id) ?? []) : await health(ctx, pair);
    lines.push(text.line(offset + i + 1, who(pair.mentor_id), who(pair.mentee_id), pair.started_at, state));
  }
  const turns = pageTurns(page, pages, (to) => [keys.mentors.pairs, String(to), member ?? ''], text);
  const title = `**${text.title(count)}**${pages > 1 ? ` · ${text.page(page + 1, pages)}` : ''}`;
  return {
    content: [title, ...lines].join('\n'),
    components: [
      row(
        ...shown.map((pair, i) =>
          button([keys.mentors.pairEnd, pair.id], text.end(offset + i + 1), ButtonStyle.Danger),
        ),
      ),
      ...(turns.length > 0 ? [row(...turns)] : []),
    ],
  };
}

/** How a pair that goes on does: facts, and no forecast. */
async function health(ctx: ActContext, pair: Mentorship): Promise<string> {
  const found = healthOf(await factsOf(ctx, ctx.db, pair), ctx.now());
  const text = ctx.t.checkIns.health;
  if (found.is === 'needs-look') return text[found.why](found.since);
  return found.is === 'resting' ? ctx.t.pairs.active : `${ctx.t.pairs.active}, ${text[found.is]}`;
}

/** How a pair rests. A reason that not every moderator may know reads like the pair's own wish. */
function standing(t: Texts, rests: readonly Rest[]): string {
  const strongest = rests.find(({ cause }) => cause === 'away') ?? rests.find(({ cause }) => cause === 'review');
  if (strongest?.cause === 'away') return t.pairs.rests.away(strongest.until);
  return strongest ? t.pairs.rests.review : t.pairs.rests.own(shownUntil(rests));
}

/** Asks whether a pair shall really end. @throws UserError when there is no such pair in this guild, or it is over. */
export async function confirmPairEnd(ctx: ActContext, guildId: string, id: string): Promise<Card> {
  const text = ctx.t.pairs;
  const pair = await findMentorship(ctx.db, id);
  if (pair?.guild_id !== guildId) throw new UserError((t) => t.pairs.gone);
  const { ended_at: endedAt } = pair;
  if (endedAt !== null) throw new UserError((t) => t.mentorship.alreadyEnded(endedAt));
  return {
    content: text.confirm(who(pair.mentor_id), who(pair.mentee_id)),
    components: [
      row(
        button([keys.mentors.pairEndNow, id], text.confirmButton, ButtonStyle.Danger),
        button([keys.mentors.pairKeep], text.keep),
      ),
    ],
  };
}
