import type {
  APIApplicationCommandOptionChoice,
  APIModalInteractionResponseCallbackData,
  APIMessage,
} from 'discord-api-types/v10';
import type { Channel, Guild, Message, User } from '../state.ts';

/** Discord's numbers for what people do. */
export const interactionTypes = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
/** Discord's numbers for what the first response may be. */
export const callbackTypes = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

/** What became of an interaction, from the point of view of the person who waits. */
export type Outcome = { readonly ackMs: number } & (
  | { readonly kind: 'message' | 'update'; readonly message?: APIMessage }
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
  | { readonly kind: 'choices'; readonly choices: readonly APIApplicationCommandOptionChoice[] }
);

/** One interaction, from its dispatch until its token ends. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: User;
  readonly guild: Guild | undefined;
  /** Whether it is the person's own installation that brings it: the bot is not where they act. */
  readonly isOwn: boolean;
  readonly channel: Channel;
  /** The message whose component was used; also of a modal that a component opened. */
  readonly source: Message | undefined;
  /** What the command was, as Discord says in the messages that answer it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Sandbox time: the token lives for 15 minutes from here. */
  readonly createdAt: number;
  /** Real time, for the measured acknowledgement. */
  readonly sentAt: number;
  /** Whether the bot was connected when it was sent; otherwise it can only come late. */
  arrived: boolean;
  /** `late`: the three seconds passed without an acknowledgement. */
  state: 'waiting' | 'acknowledged' | 'late';
  /** The type of the callback that acknowledged it. */
  callback: number | undefined;
  ackMs: number;
  /** The message that `@original` means. */
  original: Message | undefined;
  /** Whether the answer is still only "is thinking…". */
  loading: boolean;
  /** Whether the driver still waits for a final answer. */
  open: boolean;
  /** Live: grows with every follow-up. */
  readonly followUps: APIMessage[];
  readonly settle: (outcome: Outcome | Error) => void;
  timer: NodeJS.Timeout | undefined;
}
