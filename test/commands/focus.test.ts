import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { APIMessage } from '../../sandbox/api.ts';
import { permissionBits } from '../../sandbox/permissions.ts';
import { openTown } from '../support/town.ts';

test('two work beside one another in the study channel, and each says for themselves how it went; then each day', async () => {
  const town = await openTown({ setUp: true });
  try {
    const [ada, omar] = [town.guild.join({ name: 'Ada' }), town.guild.join({ name: 'Omar' })];
    const channel = town.guild.channels.find(({ name }) => name.startsWith('study'))!;
    const shown = async (says: string): Promise<APIMessage> => {
      for (let tries = 0; tries < 300; tries += 1) {
        const message = omar
          .messages(channel)
          .findLast(({ embeds }) => embeds[0]?.title?.includes('work beside one another'));
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

    // A moderator lets one open each day, once the bot may write there.
    expect((await town.moderator.slash('setup focus')).text).toContain('No room opens by itself');
    town.guild.denyBot(permissionBits.SEND_MESSAGES, channel);
    expect((await town.moderator.slash('setup focus', { daily: true })).text).toContain('Send Messages');
    town.guild.allowBot(permissionBits.SEND_MESSAGES, channel);
    const on = await town.moderator.slash('setup focus', { daily: true, hour: 20 });
    const [first] = [...on.text.matchAll(/<t:(\d+):F>/g)].map(([, at]) => Number(at) * 1000);
    expect(on.text.match(/<t:/g)).toHaveLength(3);
    town.sandbox.clock.advance(first! - town.sandbox.clock.now());
    await town.bot.tick();
    const daily = await shown('A room opens here each day');
    expect(JSON.stringify(daily.components)).not.toContain('End it');
    expect((await omar.press('Join', daily)).text).toContain('Welcome');
    await shown(`Here: <@${omar.id}>`);
    town.sandbox.clock.advance(110 * 60_000);
    await town.bot.tick();
    await shown('The next room opens');
    expect((await town.moderator.slash('audit')).text).toContain('opens each day');
  } finally {
    await town.close();
  }
});
