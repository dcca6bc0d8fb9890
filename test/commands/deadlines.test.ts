import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let sana: Actor;
let other: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true, env: { ACTS_AT_ONCE: '0' } });
  sana = town.guild.join({ name: 'Sana' });
  other = town.guild.join({ name: 'Omar', permissions: 0x20n });
});
afterAll(() => town.close());

describe('/deadlines', () => {
  test('shows everybody what is expected, as expected, and begins a road with one press', async () => {
    const shown = await sana.slash('deadlines show', { cycle: 2027 });
    expect(shown.ephemeral).toBe(true);
    expect(shown.text).toContain('Expected: usually');
    expect(shown.text).toContain('nobody here has read it on the page yet');
    const missing = await sana.slash('deadlines remind');
    expect(missing.text).toContain('option `timezone`');
    const card = await sana.slash('deadlines remind', { timezone: 'Asia/Karachi', stage: 'interviewing' });
    expect(card.text).toContain('/roadmap erase');
    await sana.press('Begin my road', card);
    const reminders = await sana.slash('deadlines remind');
    expect(reminders.text).toContain('30 days, 7 days, and 1 day before');
  });

  test('a moderator opens the page first, then enters what stands there; who it concerns sees it announced', async () => {
    const look = await town.moderator.slash('deadlines confirm', { date: 'rank-list-2027' });
    expect(look.text).toContain('nrmp.org/match-calendars');
    await town.moderator.press('Enter what I read', look);
    const wrong = await town.moderator.submit({ day: 'March 33, 2027' });
    expect(wrong.text).toContain('not a day of the calendar');
    await town.moderator.press('Enter what I read', look);
    const done = await town.moderator.submit({ day: 'March 3, 2027', hour: '9 pm' });
    expect(done.text).toContain('Announced');
    const mine = await sana.slash('deadlines show');
    expect(mine.text).toContain('Rank order list is due');
    expect(mine.text).toContain('Wednesday, March 3, 2027 at 21:00 (America/New_York)');
  });

  test('another day needs a second moderator; then everybody who was told hears of it, with the old and the new', async () => {
    await sana.slash('deadlines file');
    const look = await town.moderator.slash('deadlines correct', { date: 'rank-list-2027' });
    await town.moderator.press('Enter what I read', look);
    const proposed = await town.moderator.submit({ day: '2027-03-10', hour: '21:00' });
    expect(proposed.text).toContain('another moderator has to read the same');
    await other.press('Enter what I read', await other.slash('deadlines confirm', { date: 'rank-list-2027' }));
    const done = await other.submit({ day: '2027-03-10', hour: '21:00' });
    expect(done.text).toContain('Moved');
    expect(done.text).toContain('maintainers');
    await town.bot.tick();
    await town.sandbox.until('the message about the date', () => sana.dms().length > 0);
    const [message] = sana.dms();
    const text = JSON.stringify(message);
    expect(text).toContain('A date has moved');
    expect(text).toContain('March 3, 2027');
    expect(text).toContain('March 10, 2027');
    await town.bot.tick();
    expect(sana.dms()).toHaveLength(1);
  });

  test('dates of one’s own come and go, also in a direct message', async () => {
    const dm = { channelId: 'dm' };
    const bad = await sana.slash('deadlines own add', { title: 'OET', day: '31 February 2027' }, dm);
    expect(bad.text).toContain('not a day of the calendar');
    const added = await sana.slash('deadlines own add', { title: '**OET**', day: 'March 20, 2027', hour: '9 am' }, dm);
    expect(added.text).toContain(String.raw`\*\*OET\*\*`);
    expect(added.text).toContain('7 days and 1 day before');
    const [choice] = await sana.complete('deadlines own edit', 'which', 'oet');
    await sana.slash('deadlines own edit', { which: String(choice!.value), title: 'OET, Lahore', reminders: '0' }, dm);
    expect((await sana.slash('deadlines own list')).text).toContain('OET, Lahore');
    expect((await sana.slash('deadlines own remove', { which: 'OET, Lahore' })).text).toContain('Removed');
    expect((await sana.slash('deadlines own list')).text).toContain('no dates of your own');
  });

  test('a file comes with what is announced, and reminders are chosen from a menu', async () => {
    const file = await sana.slash('deadlines file');
    expect(file.text).toContain('1 entry');
    expect(file.message?.attachments[0]?.filename).toBe('residency-dates.ics');
    const card = await sana.slash('deadlines remind');
    const chosen = await sana.select('Days before', ['3'], card);
    expect(chosen.text).toContain('3 days before');
    expect((await sana.press('Only picked dates', chosen)).text).toContain('Only of the dates that you picked');
    expect((await sana.slash('deadlines pick', { date: 'match-day-2027' })).text).toContain('Picked');
  });
});
