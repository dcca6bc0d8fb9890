import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMentor, pass } from '../../support/pairs.ts';
import { ask, register, requestAt, threadsOf } from '../../support/play.ts';
import { openTown, type Town } from '../../support/town.ts';

const minute = 60_000;
let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true, env: { TAKE_BACK_SECONDS: '60' } });
});
afterAll(() => town.close());

test('an acceptance pressed by mistake is taken back, and one that is meant goes out, also after a restart', async () => {
  const hamza = await openMentor(town, 'Hamza');
  const sana = town.guild.join({ name: 'Sana' });
  await register(sana, 'mentee', {});
  await ask(sana, hamza);
  await town.bot.tick();
  const accepted = await hamza.press('Accept Sana', await requestAt(town, hamza, sana));
  expect(accepted.text).toMatch(/You have accepted[^]*nobody will know/);
  await town.bot.tick();
  // The card in the direct message says the same, and a second press, too.
  const card = await town.sandbox.until('the card with the way back', () =>
    hamza.dms().find((message) => JSON.stringify(message.components).includes('Take it back')),
  );
  expect(JSON.stringify(card)).toMatch(/You have accepted.*Take it back/);
  expect(sana.dms()).toEqual([]);
  expect((await sana.slash('mentor requests')).text).toMatch(/waits for an answer/);
  expect((await hamza.slash('mentor requests')).text).toContain('1 · Take it back');
  expect((await hamza.slash('inbox')).text).toContain('Take it back');

  expect((await hamza.press('Take it back', card)).text).toMatch(/was told nothing/);
  await pass(town, 3 * minute, minute);
  expect(sana.dms()).toEqual([]);
  expect((await hamza.press('Take it back', accepted).catch(() => accepted)).text).not.toBe('');

  await hamza.press('Accept Sana', await requestAt(town, hamza, sana));
  await town.bot.stop();
  await town.start();
  expect(threadsOf(town, hamza)).toEqual([]);
  await pass(town, 2 * minute, minute);
  await town.sandbox.until('the thread', () => threadsOf(town, hamza).length === 1);
  await town.sandbox.until('the word to her', () =>
    /has accepted|accepted/.test(sana.dms()[0]?.embeds[0]?.title ?? ''),
  );
  expect((await hamza.forge({ kind: 'button', customId: `mentor-take-back:${'x'.repeat(12)}` })).text).toMatch(
    /not sent to you/,
  );
});
