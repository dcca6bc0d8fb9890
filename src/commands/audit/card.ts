import { z } from 'zod';
import { type AuditEntry, type AuditFilter, countAudit, listAudit } from '../../db/audit.ts';
import type { Card } from '../../discord/replies.ts';
import { actorText } from '../../discord/cards/actor.ts';
import { mention } from '../../discord/text.ts';
import { pageTurns, row } from '../../discord/buttons.ts';
import { formerActor } from '../../guild/former-actor.ts';
import { pageOf } from '../../pages.ts';
import { keptDays } from '../../lifecycle/shared.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { stamp } from '../../marks.ts';

/** Entries on one page: at most some 150 characters each, well within a card. */
const pageSize = 10;

const detailOf = z
  .object({
    level: z.string(),
    channel: z.string(),
    role: z.string().nullable(),
    everyone: z.boolean(),
    at: z.string().nullable(),
    repeats: z.boolean(),
    kind: z.string(),
    settings: z.string(),
    requests: z.number(),
    wish: z.string(),
    restored: z.boolean(),
    mentee: z.string(),
    mentor: z.string(),
    case: z.string(),
  })
  .partial();

/**
 * One page of the record, newest first; the last one there is when the page asked for is beyond it.
 * @param page from 0; from a custom id, so possibly nonsense.
 */
export async function auditCard(ctx: ActContext, guildId: string, filter: AuditFilter, page: number): Promise<Card> {
  const text = ctx.t.audit;
  const { memberId } = filter;
  const wanted =
    memberId === undefined ? filter : { ...filter, formerId: formerActor(ctx, { guildId, userId: memberId }) };
  const count = await countAudit(ctx.db, guildId, wanted);
  if (count === 0) return { content: text.empty(keptDays) };
  const { page: at, pages, offset } = pageOf(count, page, pageSize);
  const entries = await listAudit(ctx.db, guildId, wanted, { offset, limit: pageSize });
  const title = pages > 1 ? `${text.title} · ${text.page(at + 1, pages)}` : text.title;
  const turns = pageTurns(
    at,
    pages,
    (to) => [keys.audit.page, String(to), filter.memberId ?? '', filter.action ?? ''],
    text,
  );
  return {
    embeds: [embed(ctx.t, title, entries.map((each) => sentence(ctx.t, each)).join('\n'))],
    components: turns.length > 0 ? [row(...turns)] : [],
  };
}

function sentence(t: Texts, entry: AuditEntry): string {
  const text = t.audit;
  // What another version of the bot wrote may look different: who and when are still told.
  const parsed = detailOf.safeParse(entry.detail === null ? {} : JSON.parse(entry.detail));
  const { mentee, mentor, ...detail } = parsed.success ? parsed.data : {};
  const pair =
    mentee === undefined || mentor === undefined ? undefined : t.words.list([mention(t, mentee), mention(t, mentor)]);
  const subject = entry.action === 'case-handled' ? `**${entry.subject_id}**` : mention(t, entry.subject_id ?? '');
  const about = pair ?? (entry.subject_id === null ? '' : subject);
  return text.entry(stamp(entry.at, 'f'), actorText(t, entry.actor_id), text.acts[entry.action](about, detail));
}
