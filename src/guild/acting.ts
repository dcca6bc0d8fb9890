/**
 * Who acts, and where. Whether they may is declared by the command (`for:`) and checked before its handler runs; whose
 * something is, is checked by the use case.
 */
export interface Acting {
  readonly guildId: string;
  readonly userId: string;
}
