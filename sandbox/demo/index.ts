import type { BotProcess } from '../bot.ts';
import type { Stage } from './stage.ts';
import { playStory } from './story.ts';
import { Teller } from './teller.ts';

export { prepare } from './prepared.ts';
export { openStage, type Stage } from './stage.ts';
export { guide } from './tour.ts';

/** How the bot is set in the demo: as for people, who can take an answer back for a minute. */
export const demoSettings = { DISCORD_MEMBER_INTENT: 'on', TAKE_BACK_SECONDS: '60' } as const;

/**
 * Plays the scripted demo and prints it.
 * @returns 0 when every step went as it should, 1 otherwise; the failing step is named on standard error.
 */
export async function tell(stage: Stage, bot: Pick<BotProcess, 'settled' | 'log'>): Promise<number> {
  const teller = new Teller(stage);
  try {
    await playStory(teller, bot);
    stage.sandbox.assertNoRefusals();
  } catch (error) {
    console.error(`\nFailed at step ${teller.currentStep}: ${error instanceof Error ? error.message : String(error)}`);
    for (const line of bot.log.slice(-10)) console.error(`  bot: ${line}`);
    return 1;
  }
  teller.say('\nThat was the main job: every step did what it says.');
  return 0;
}
