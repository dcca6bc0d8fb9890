import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { APIMessage } from '../../sandbox/api.ts';
import { openTown } from '../support/town.ts';

test('two work beside one another in the study channel, and each says for themselves how it went', async () => {
  const town = await openTown({ setUp: true });
  try {
    const [ada, omar] = [town.guild.join({ name: 'Ada' }), town.guild.join({ name: 'Omar' })];
    const channel = town.guild.channels.find(({ name }) => name.startsWith('study'))!;
    const shown = async (says: string): Promise<APIMessage> => {
      for (let tries = 0; tries < 300; tries += 1) {
        const message = omar.messages(channel).findLast(({ embeds }) => embeds[0]?.title?.startsWith('Focus'));
        if (message?.embeds[0]?.description?.includes(says)) return message;
        await town.bot.tick();
        await setTimeout(30);
      }
      throw new Error(`never said ${says}`);
    };
    expect((await ada.slash('focus start', { minutes: 25, rounds: 1, what: 'Ten cards' })).text).toContain(
      'study channel',
    );
    const begun = await shown('Ten cards');
    await omar.press('My line', begun);
    await omar.submit({ 'One line': 'My letter' });
    await shown('My letter');
    expect((await omar.press('End it', begun)).text).toContain('Only whoever began');
    town.sandbox.clock.advance(25 * 60_000);
    await town.bot.tick();
    const over = await shown('2 people worked here');
    // Afterwards nobody is named.
    expect(over.embeds[0]?.description).not.toContain(ada.id);
    expect((await omar.press('Partly', over)).text).toContain('for you alone');
  } finally {
    await town.close();
  }
});
