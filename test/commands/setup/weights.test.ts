import { afterEach, describe, expect, test } from 'vitest';
import { openTown, type Town } from '../../support/town.ts';

let town: Town;
afterEach(async () => await town.close());

describe('/setup weights', () => {
  test('shows what counts; then what would change, and changes it only when asked to', async () => {
    town = await openTown({ setUp: true });
    const { moderator } = town;
    expect((await moderator.slash('setup weights')).text).toContain('Specialty: 35%');
    const preview = await moderator.slash('setup weights', { topics: 60 });
    expect(preview.ephemeral).toBe(true);
    expect(preview.text).toContain('Topics of help: 30% → **60%**');
    expect(preview.text).toContain('Specialty: 35% → **20%**');
    expect(preview.text).toContain('Nobody is looking for a mentor');
    expect((await moderator.slash('setup weights')).text).toContain('Specialty: 35%');
    const other = await moderator.slash('setup weights', { topics: 90 });
    const saved = await moderator.press('Use these weights', preview);
    expect(saved.kind).toBe('update');
    expect(saved.text).toContain('From now on');
    expect((await moderator.slash('setup weights')).text).toContain('own weights');
    // Another card is still there; its time has passed.
    expect((await moderator.press('Use these weights', other)).text).toContain('have been changed since');
    await moderator.press('Use these weights', await moderator.slash('setup weights', { usual: true }));
    expect((await moderator.slash('setup weights')).text).toContain('usual weights');
  });

  test('keeps the old ones, also after a restart in between', async () => {
    town = await openTown({ setUp: true });
    const preview = await town.moderator.slash('setup weights', { hours: 40 });
    await town.bot.stop();
    await town.start();
    expect((await town.moderator.press('Keep the old ones', preview)).text).toContain('Everything stays');
    expect((await town.moderator.slash('setup weights')).text).toContain('Waking hours in common: 15%');
  });

  test('refuses percentages that cannot be, in words', async () => {
    town = await openTown({ setUp: true });
    const answer = await town.moderator.slash('setup weights', { hours: 70, topics: 40 });
    expect(answer.text).toContain('110 percent');
  });
});
