/**
 * The first answer to an interaction. Discord takes exactly one, within three seconds, and tells nobody else of it: when
 * the connection breaks before its answer arrives, the bot looks whether it was carried out instead of believing either.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type BaseInteraction, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import { isUnknown, retry, waitsMs } from './retry.ts';

/** Discord gives an application three seconds to answer; half of that is left for the way there and back. */
export const deferAfterMs = 1_500;

/**
 * First answers that are on their way. discord.js notes an answer only once Discord has it, and the clock that defers can
 * strike in between: without this both would be sent, and one of them refused.
 */
const onTheWay = new WeakMap<BaseInteraction, Promise<unknown>>();

/** A first answer: how it is sent, what discord.js would note of it, and how to find out whether it arrived. */
export interface FirstAnswer {
  send(): Promise<unknown>;
  /** Notes on the interaction that Discord has it, where discord.js did not hear of it. */
  note(): void;
  /** False for a form, which leaves no message to look for: sending it again tells, because Discord takes one only. */
  readonly leavesMessage: boolean;
}

/**
 * Sends a first answer, once.
 * @throws whatever Discord refused with; the last failure where it stayed unknown whether it arrived.
 */
export async function acknowledge(
  interaction: BaseInteraction & { readonly token: string },
  first: FirstAnswer,
): Promise<void> {
  const sending = sendOnce(interaction, first);
  onTheWay.set(interaction, sending);
  await sending;
}

/** Waits until a first answer on its way has arrived, or has failed: then there is none yet. */
export async function acknowledged(interaction: BaseInteraction): Promise<void> {
  await onTheWay.get(interaction)?.catch(() => undefined);
}

async function sendOnce(interaction: BaseInteraction & { readonly token: string }, first: FirstAnswer): Promise<void> {
  let failure: unknown;
  for (const wait of waitsMs) {
    if (wait > 0) await delay(wait);
    try {
      await first.send();
      return;
    } catch (error) {
      // Discord has an answer of ours already: an earlier try arrived.
      if (failure !== undefined && isCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) {
        first.note();
        return;
      }
      if (!isUnknown(error)) throw error;
      failure = error;
    }
    if (first.leavesMessage && (await hasArrived(interaction))) {
      first.note();
      return;
    }
  }
  throw failure;
}

/** Whether Discord has a first answer to this interaction. @throws whatever keeps Discord from saying. */
async function hasArrived({ client, applicationId, token }: BaseInteraction & { readonly token: string }) {
  return await retry(async () => {
    try {
      await client.rest.get(Routes.webhookMessage(applicationId, token, '@original'), { auth: false });
      return true;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 404) return false;
      throw error;
    }
  });
}

function isCode(error: unknown, code: number): boolean {
  return error instanceof DiscordAPIError && error.code === code;
}
