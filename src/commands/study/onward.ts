/** The way through one's hours and back: what somebody was about to do waits in the ids of the buttons. */
import { ButtonStyle, type RepliableInteraction } from 'discord.js';
import { button, row } from '../../discord/buttons.ts';
import type { ActContext } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { answer } from '../../discord/replies.ts';
import { HoursNeeded } from '../../study/people.ts';

/** What somebody was about to do, and to what: `create` with subject and minutes, `match` or `find` with a subject, `join` with a group. */
export type Onward = readonly ['create' | 'match' | 'find' | 'join', ...string[]];

/** Does something; where it needs hours first, offers to enter them, and then to go on from there. */
export async function onward(
  ctx: ActContext,
  interaction: RepliableInteraction,
  wanted: Onward,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof HoursNeeded)) throw error;
    const enter = button([keys.hours.begin, ...wanted], ctx.t.hours.enter, ButtonStyle.Primary);
    await answer(interaction, { content: error.say(ctx.t), components: [row(enter)] });
  }
}
