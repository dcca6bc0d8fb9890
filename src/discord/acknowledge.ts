/**
 * The first answer to an interaction. Discord takes exactly one, within three seconds, and tells nobody else of it: when
 * the connection breaks before its answer arrives, the bot looks whether it was carried out instead of believing either.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type BaseInteraction, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import { isUnknown, waitsMs } from './retry.ts';

/** Discord gives an application three seconds to answer; half of that is left for the way there and back. */
export const deferAfterMs = 1_500;

/** A first answer: how it is sent, what discord.js would note of it, and how to find out whether it arrived. */
export interface FirstAnswer {
  send(): Promise<unknown>;
  /** Notes on the interaction that Discord has it, where discord.js did not hear of it. */
  note(): void;
  /** False for a form and for choices, which leave no message to look for: sending again tells, as Discord takes one only. */
  readonly leavesMessage: boolean;
}

type Acknowledgeable = BaseInteraction & { readonly token: string };

/** First answers of which nobody could say until the end whether they arrived: it may show with the next one. */
const inDoubt = new WeakMap<BaseInteraction, FirstAnswer>();

/**
 * Sends a first answer, once. Its caller sees to it that no other one is on its way.
 * @returns false when an earlier one turns out to have arrived after all: then this one is to be said in another way.
 * @throws whatever Discord refused with; the last failure where it stayed unknown whether it arrived.
 */
export async function acknowledge(interaction: Acknowledgeable, first: FirstAnswer): Promise<boolean> {
  const earlier = inDoubt.get(interaction);
  const noteArrival = () => {
    (earlier ?? first).note();
    return earlier === undefined;
  };
  let failure: unknown;
  for (const wait of waitsMs) {
    if (wait > 0) await delay(wait);
    try {
      await first.send();
      return true;
    } catch (error) {
      const isTaken = isCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged);
      // Discord has an answer of ours already: an earlier try arrived.
      if (isTaken && (earlier ?? failure) !== undefined) return noteArrival();
      if (!isUnknown(error)) throw error;
      failure = error;
    }
    if (first.leavesMessage && (await isAcknowledged(interaction))) return noteArrival();
  }
  inDoubt.set(interaction, earlier ?? first);
  throw failure;
}

/** Whether Discord shows a first answer to this interaction. Where looking fails, sending again tells. */
async function isAcknowledged({ client, applicationId, token }: Acknowledgeable): Promise<boolean> {
  try {
    await client.rest.get(Routes.webhookMessage(applicationId, token, '@original'), { auth: false });
    return true;
  } catch {
    return false;
  }
}

function isCode(error: unknown, code: number): boolean {
  return error instanceof DiscordAPIError && error.code === code;
}
