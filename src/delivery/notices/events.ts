/** What the bot puts into a server's own list of events, whatever it is about. */
import type { Context } from '../../context.ts';
import type { Notice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { Instant } from '../../time.ts';
import type { Scene } from './scene.ts';

/** An occasion as it is to stand in that list: once, never as one that comes again by itself. */
export interface EventPlan {
  /** At most 100 characters. Everybody in the server reads it: nobody's name who did not choose that. */
  readonly name: string;
  readonly description: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** A voice channel; another channel or thread, which is named; or where else it is, in words. */
  readonly place: { readonly voiceChannelId: string } | { readonly channelId: string } | { readonly location: string };
  /** Whether it has begun. */
  readonly isOn: boolean;
}

/** What stands behind a kind of event. Owe the kind's notice once for each occasion; revise it when anything changes. */
export interface EventSource {
  /** How its subject is to stand there now; undefined where it is not to. Only reads. */
  readonly plan: (scene: Scene) => Promise<EventPlan | undefined>;
  /** It cannot be made for now, or was after all: the card of its subject says so (`isHeldUp`). */
  readonly changed: (trx: Trx, ctx: Context, notice: Notice) => Promise<void>;
}
