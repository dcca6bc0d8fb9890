import type { Acting } from '../../../src/guild/acting.ts';
import type { TestContext } from '../context.ts';
import { secret } from './secret.ts';

/** A question that they asked, a draft of another one, and an answer that they wrote as a moderator. */
export async function fillClaims({ db, now }: TestContext, { guildId: guild_id, userId }: Acting) {
  const at = now();
  const made = { guild_id, origin: 'question' as const, kind: 'other' as const, created_at: at };
  await db
    .insertInto('claims')
    .values({ ...made, id: 'claim', text: `${secret} question`, digest: 'h_1', state: 'open', asked: 1 })
    .execute();
  await db
    .insertInto('claim_askers')
    .values({ claim_id: 'claim', user_id: userId, guild_id, line: `${secret} line`, asked_at: at })
    .execute();
  await db
    .insertInto('claim_drafts')
    .values({ ...made, id: 'claim-draft', user_id: userId, text: `${secret} draft`, line: `${secret} added` })
    .execute();
  await db
    .insertInto('put_offs')
    .values({ guild_id, matter: 'guide x', user_id: userId, times: 1, until: at })
    .execute();
  await db
    .insertInto('guild_answers')
    .values({
      guild_id,
      id: 'own',
      kind: 'advice',
      question: `${secret} asked`,
      answer: `${secret} answered`,
      words: `${secret} searched`,
      checked: at.slice(0, 10),
      by_id: userId,
      created_at: at,
      changed_at: at,
    })
    .execute();
}
