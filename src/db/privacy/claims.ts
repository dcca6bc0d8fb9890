import type { ClaimsTables } from '../schema/claims.ts';
import type { PrivacyOf } from './columns.ts';

export const claimsPrivacy: PrivacyOf<ClaimsTables> = {
  claim_drafts: {
    id: 'plain',
    guild_id: 'plain',
    user_id: 'person',
    origin: 'plain',
    text: 'words',
    channel_id: 'plain',
    message_id: 'plain',
    kind: 'plain',
    line: 'words',
    created_at: 'plain',
  },
  claims: {
    id: 'plain',
    guild_id: 'plain',
    origin: 'plain',
    kind: 'plain',
    text: 'words',
    channel_id: 'plain',
    message_id: 'plain',
    // A message's id, or a keyed hash of a question.
    digest: 'plain',
    state: 'plain',
    created_at: 'plain',
    closed_at: 'plain',
    posting: 'plain',
  },
  claim_askers: { claim_id: 'plain', user_id: 'person', guild_id: 'plain', line: 'words', asked_at: 'plain' },
  guild_answers: {
    id: 'plain',
    guild_id: 'plain',
    claim_id: 'plain',
    about: 'plain',
    kind: 'plain',
    question: 'words',
    answer: 'words',
    words: 'words',
    verdict: 'plain',
    link: 'plain',
    checked: 'plain',
    review_by: 'plain',
    by_id: 'person',
    created_at: 'plain',
    changed_at: 'plain',
  },
  // By keyed hashes, and never by an id or words.
  guide_misses: { guild_id: 'plain', digest: 'plain', who: 'plain', at: 'plain' },
  fact_checks: { guild_id: 'plain', fact: 'plain', checked: 'plain', review_by: 'plain' },
  put_offs: { guild_id: 'plain', matter: 'plain', user_id: 'person', until: 'plain' },
};
