/** How an interaction ended: answered; refused in words; nothing could be stored; a fault; an answer that may not have arrived. */
export type InteractionOutcome = 'ok' | 'refused' | 'not-stored' | 'failed' | 'lost';

/** What is counted while the bot works. Never anything about a person or a guild. */
export interface Measures {
  /** @param what the command, or the key of the button, menu or form. */
  interaction(what: string, outcome: InteractionOutcome, seconds: number): void;
  /** One attempt to deliver a notice. @param outcome how `settle` wrote it down, `failed` where Discord refused or was away. */
  delivery(kind: string, outcome: string): void;
}
