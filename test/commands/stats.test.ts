import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { inTurn } from '../../src/guild/turn.ts';
import { insertFigures, moveFigures } from '../../src/db/figures.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());

test('is for moderators only, and says when the first figures come', async () => {
  const member = town.guild.join({ name: 'Curious' });
  const on = (await member.slash('home')).message!;
  expect((await member.forge({ kind: 'button', on, customId: 'stats-show' })).text).toMatch(/moderators/i);
  await town.bot.tick();
  const answer = await town.moderator.slash('stats');
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toMatch(/There are no figures yet: the first whole month ends on/);
  const about = await town.moderator.press('What is this?', answer);
  expect(about.text).toMatch(/at least 5 mentors and 5 mentees/);
  expect((await town.moderator.slash('stats', { about: true })).text).toBe(about.text);
});

describe('once months have ended', () => {
  beforeAll(async () => {
    const db = await openDatabase(town.database);
    const figure = (cell: string, since: string, until: string, count: number, middle: number | null = null) => ({ cell, since, until, count, middle }); // prettier-ignore
    await inTurn(db, town.guild.id, async (trx) => {
      await moveFigures(trx, town.guild.id, null, { until: '2026-11', at: '2027-01-01T08:00:00.000Z' });
      await insertFigures(trx, town.guild.id, [
        figure('accepted', '2026-08', '2026-08', 10, 48),
        figure('accepted', '2026-09', '2026-10', 12, 24),
        figure('accepted', '2026-11', '2026-11', 11, 6),
        figure('third', '2026-09', '2026-10', 6, 42),
        figure('declined', '2026-08', '2026-11', 7, 72),
        figure('mentors', '2026-11', '2026-11', 15),
        figure('demand:applying:primary-care', '2026-11', '2026-11', 20),
        figure('supply:applying:primary-care', '2026-11', '2026-11', 5),
      ]);
    });
    await db.destroy();
  });

  test('shows the season as a card, as a picture with the same words, and as a file', async () => {
    const answer = await town.moderator.slash('stats');
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain('Figures of September 2026 to November 2026');
    expect(answer.text).toContain('Mentors: **15 to 19**');
    expect(answer.text).toContain('Accepted: **23, within 6 to 24 hours**');
    expect(answer.text).toContain('Declined: **7, within 72 hours (August 2026 to November 2026)**');
    expect(answer.text).toContain('Met three times: **6 of 12, within 42 days (September 2026 to October 2026)**');
    expect(answer.text).toContain('Completed: not shown');
    expect(answer.text).toContain('Applying, primary care: 20 to 24 wait; mentors 5 to 9');
    const [picture, csv] = answer.message?.attachments ?? [];
    const words = picture?.description ?? '';
    for (const line of answer.text
      .split('\n')
      .filter((each) => /^(Accepted|Declined|Met|Mentors|Completed)/.test(each)))
      expect(words).toContain(line.replaceAll('**', ''));
    expect(words.length).toBeLessThanOrEqual(1_024);
    expect(words.endsWith('.')).toBe(true);

    const image = await loadImage(Buffer.from(await (await fetch(picture!.url)).arrayBuffer()));
    expect(image.width).toBe(800);
    const brush = createCanvas(image.width, image.height).getContext('2d');
    brush.drawImage(image, 0, 0);
    // A paper of its own: the words are as dark on it in the light theme as in the dark one.
    const [, , , alpha] = brush.getImageData(400, 20, 1, 1).data;
    expect(alpha).toBe(255);

    const file = await (await fetch(csv!.url)).text();
    expect(file.replace('\uFEFF', '').split('\r\n').slice(0, 2)).toEqual([
      '"Figure","Stage","Specialties","From","To","At least","At most","Middle","Unit of the middle"',
      '"Accepted","","","2026-09","2026-10","12","12","24","hours"',
    ]);
    expect(file).toContain('"Mentees who wait","Applying","Primary care","2026-11","2026-11","20","24","",""');
  });

  test('goes from a month on, suggests what there is while typing, and refuses what there is not', async () => {
    const offered = await town.moderator.complete('stats', 'since', 'aug');
    expect(offered.map(({ value }) => value)).toContain('2026-08');
    const answer = await town.moderator.slash('stats', { since: '2026-11' });
    expect(answer.text).toContain('Figures of November 2026');
    expect(answer.text).toContain('Accepted: **11, within 6 hours**');
    expect((await town.moderator.slash('stats', { since: '2031-02' })).text).toMatch(/no figures of that month/);
  });
});
