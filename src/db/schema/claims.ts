/** What members ask moderators whether it is true, and answers of a guild's own. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';

/** What somebody asks about: a message of somebody's, or a question that the guide had nothing on. */
type ClaimOrigin = 'message' | 'question';
/** What a claim is about, by what goes wrong when it is not true. */
export const claimKinds = ['date', 'fee', 'rule', 'visa', 'program', 'helper', 'other'] as const;
export type ClaimKind = (typeof claimKinds)[number];
export type ClaimState = 'open' | 'answered' | 'unclear';
/** What an official page says of a claim. */
export const verdicts = ['agrees', 'silent', 'changed'] as const;
export type Verdict = (typeof verdicts)[number];

/** What somebody asks about, until they hand it to the moderators: a form can carry an id only. Gone after an hour. */
export interface ClaimDraftsTable {
  id: string;
  /** Null outside of guilds that have the bot. */
  guild_id: string | null;
  user_id: string;
  origin: ClaimOrigin;
  text: string;
  channel_id: string | null;
  message_id: string | null;
  kind: ClaimKind;
  line: Generated<string>;
  created_at: Instant;
}

/** What members ask the moderators: is this true? */
export interface ClaimsTable {
  id: string;
  guild_id: string;
  origin: ClaimOrigin;
  kind: ClaimKind;
  /** The message without its author, or the question; null once somebody answered, or nobody can tell. */
  text: string | null;
  channel_id: string | null;
  message_id: string | null;
  /** By what the same message, or the same question, is known. */
  digest: string;
  state: ClaimState;
  /** How many asked. */
  asked: Generated<number>;
  created_at: Instant;
  closed_at: Instant | null;
  /** Whether the answer stands below the message, or is to. */
  posting: 'asked' | 'posted' | 'refused' | null;
}

/** Who wants to hear what became of a claim. */
export interface ClaimAskersTable {
  claim_id: string;
  user_id: string;
  guild_id: string;
  /** What they added; for moderators to read. */
  line: string;
  asked_at: Instant;
}

/** Answers of a guild's own: to claims, to questions, or in place of what the content says. */
export interface GuildAnswersTable {
  id: string;
  guild_id: string;
  claim_id: string | null;
  /** What of the content it stands in for: `guide epic`, `item passport`. */
  about: string | null;
  kind: 'advice' | 'rule' | 'fee' | 'visa';
  question: string;
  answer: string;
  /** What else people call it: only searched. */
  words: string;
  verdict: Verdict | null;
  link: string | null;
  /** The day on which somebody looked, and the last day on which it counts; null for what does not age. */
  checked: string;
  review_by: string | null;
  /** The moderator who wrote it; null once they deleted their data. */
  by_id: string | null;
  created_at: Instant;
  changed_at: Instant;
}

/** Questions that found nothing, by keyed hashes alone: from three askers on the next one's words become a claim. */
export interface GuideMissesTable {
  guild_id: string;
  digest: string;
  who: string;
  at: Instant;
}

/** What moderators of a guild have read again of what the content says. */
export interface FactChecksTable {
  guild_id: string;
  /** `guide epic`, `item passport`. */
  fact: string;
  /** The day on which somebody looked, and the last day on which it counts. */
  checked: string;
  review_by: string;
}

/** What a moderator put off, or nobody could tell so far. */
export interface PutOffsTable {
  guild_id: string;
  /** `date rank-list-2027`, `guide epic`. */
  matter: string;
  /** The moderator; empty where it rests for all of them. */
  user_id: string;
  times: number;
  until: Instant;
}

export interface ClaimsTables {
  claim_drafts: ClaimDraftsTable;
  claims: ClaimsTable;
  claim_askers: ClaimAskersTable;
  guild_answers: GuildAnswersTable;
  guide_misses: GuideMissesTable;
  fact_checks: FactChecksTable;
  put_offs: PutOffsTable;
}
