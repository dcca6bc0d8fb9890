import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { support } from '../../src/content/journey.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let sana: Actor;
beforeAll(async () => {
  town = await openTown({ env: { ACTS_AT_ONCE: '1' } });
  sana = town.guild.join({ name: 'Sana' });
});
afterAll(() => town.close());

describe('/support', () => {
  test('shows everybody who listens, only to whoever asks, in a server that was never set up', async () => {
    const shown = await sana.slash('support');
    expect(shown.ephemeral).toBe(true);
    for (const { name } of support.lines) expect(shown.text).toContain(name);
    expect(shown.text).toContain(support.directory.url);
    expect(shown.text).toContain('What a call is like');
    expect(shown.text).toContain('If it is about somebody else');
  });

  test('works in a direct message', async () => {
    const shown = await sana.slash('support', { country: 'CA' }, { channelId: 'dm' });
    expect(shown.text).toContain('988 in Canada');
    expect(shown.text).not.toContain('741741');
    const all = await sana.press('Show all lines', shown);
    expect(all.text).toContain('741741');
  });

  test('of a country that is none, and of one without a line of its own, shows the directory and no error', async () => {
    const atlantis = await sana.slash('support', { country: 'Atlantis' });
    expect(atlantis.text).toContain(support.directory.url);
    expect(atlantis.text).toContain('988');
    const pakistan = await sana.slash('support', { country: 'PK' });
    expect(pakistan.text).toContain('Pakistan');
    expect(pakistan.text).toContain(support.directory.url);
    expect(pakistan.text).not.toContain('741741');
    expect((await sana.complete('support', 'country', 'pak')).map(({ name }) => name)).toEqual(['Pakistan']);
  });

  test('is answered within a second while the database is locked, and however much somebody has done', async () => {
    const lock = new SqliteDatabase(town.database);
    lock.exec('begin exclusive');
    try {
      for (let i = 0; i < 5; i += 1) {
        const shown = await sana.slash('support');
        expect(shown.text).toContain(support.directory.url);
        // The promise is a second; the database would be waited for twice as long.
        expect(shown.ackMs).toBeLessThan(1_000);
      }
      const away = await sana.slash('support', { country: 'CA' }, { channelId: 'dm' });
      expect(away.ackMs).toBeLessThan(1_000);
      const all = await sana.press('Show all lines', away);
      expect(all.text).toContain('741741');
      expect(all.ackMs).toBeLessThan(1_000);
    } finally {
      lock.exec('rollback');
      lock.close();
    }
  });
});
