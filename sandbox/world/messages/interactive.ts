import { compareSnowflakes } from '../snowflakes.ts';
import type { Message } from '../state.ts';

/** Keeps the messages that can be pressed at hand, in the order in which they were written. */
export function rememberInteractive(message: Message): void {
  if (!message.json.components?.length) return;
  const { channel, ephemeralFor } = message;
  const list = (ephemeralFor ?? channel.recipient)?.interactive ?? channel.guild?.interactive;
  if (!list) return;
  // A message that was thinking, or had no components at first, is near the end: look from there.
  let at = list.length;
  while (at > 0 && compareSnowflakes(list[at - 1]?.id ?? '', message.id) > 0) at -= 1;
  if (list[at - 1] !== message) list.splice(at, 0, message);
}
