import type { CasesTables } from '../schema/cases.ts';
import type { PrivacyOf } from './columns.ts';

export const casesPrivacy: PrivacyOf<CasesTables> = {
  cases: {
    id: 'plain',
    guild_id: 'plain',
    reported_id: 'person',
    category: 'plain',
    state: 'plain',
    assignee_id: 'person',
    handler_seen_at: 'plain',
    created_at: 'plain',
    taken_at: 'plain',
    due_at: 'plain',
    closed_at: 'plain',
    outcome: 'plain',
  },
  case_statements: {
    id: 'plain',
    guild_id: 'plain',
    case_id: 'plain',
    reporter_id: 'person',
    words: 'words',
    snapshot: 'person',
    created_at: 'plain',
    withdrawn_at: 'plain',
  },
  case_excluded: { case_id: 'plain', guild_id: 'plain', user_id: 'person' },
  case_entries: {
    id: 'plain',
    guild_id: 'plain',
    case_id: 'plain',
    kind: 'plain',
    by_id: 'person',
    statement_id: 'plain',
    words: 'words',
    at: 'plain',
  },
  case_drafts: {
    id: 'plain',
    guild_id: 'plain',
    reporter_id: 'person',
    reported_id: 'person',
    snapshot: 'person',
    created_at: 'plain',
  },
};
