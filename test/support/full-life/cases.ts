import type { Acting } from '../../../src/guild/acting.ts';
import type { TestContext } from '../context.ts';
import { secret } from './secret.ts';

/** One case that they reported, and one about them; both closed. */
export async function fillCases({ db, now }: TestContext, { guildId: guild_id, userId }: Acting, other: string) {
  const at = now();
  const closed = {
    guild_id,
    category: 'money' as const,
    urgent: 0 as const,
    state: 'closed' as const,
    created_at: at,
    closed_at: at,
    outcome: 'talked' as const,
  };
  await db
    .insertInto('cases')
    .values([
      { ...closed, id: 'reported', reported_id: other, assignee_id: '9' },
      { ...closed, id: 'about', reported_id: userId, assignee_id: '9' },
      { ...closed, id: 'handled', reported_id: other, assignee_id: userId },
    ])
    .execute();
  const said = { guild_id, place: 1, today: 0 as const, may_name: 0 as const, created_at: at };
  const message = (authorId: string) =>
    JSON.stringify({ text: 'Pay me', authorId, channelId: '1', messageId: '2', at, files: [] });
  await db
    .insertInto('case_statements')
    .values([
      { ...said, id: 'said', case_id: 'reported', reporter_id: userId, words: `${secret} statement`, snapshot: message(other) }, // prettier-ignore
      {
        ...said,
        id: 'of-other',
        case_id: 'about',
        reporter_id: other,
        words: 'What they did',
        snapshot: message(userId),
      },
    ])
    .execute();
  await db
    .insertInto('case_excluded')
    .values([
      { guild_id, case_id: 'reported', user_id: '8' },
      { guild_id, case_id: 'handled', user_id: userId },
    ])
    .execute();
  await db
    .insertInto('case_entries')
    .values([
      { guild_id, place: 1, id: 'e1', case_id: 'handled', kind: 'taken', by_id: userId, at },
      { guild_id, place: 1, id: 'e2', case_id: 'reported', kind: 'answered', by_id: userId, statement_id: 'said', words: `${secret} heldnote`, at }, // prettier-ignore
    ])
    .execute();
  const draft = { guild_id, created_at: at };
  await db
    .insertInto('case_drafts')
    .values([
      { ...draft, id: 'd1', reporter_id: userId, reported_id: other, snapshot: message(other) },
      { ...draft, id: 'd2', reporter_id: other, reported_id: userId, snapshot: message(userId) },
    ])
    .execute();
}
