import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { journey } from '../../src/content/journey.ts';
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

  test('a date that somebody types before their road has begun is theirs two presses later, and not typed twice', async () => {
    const hana = town.guild.join({ name: 'Hana' });
    const typed = { title: 'OET Speaking, London', day: 'March 20, 2027', hour: '9 am' };
    const missing = await hana.slash('deadlines own add', typed);
    expect(missing.text).toContain('To begin I need your time zone');
    expect(missing.text).toContain('OET Speaking, London');
    await hana.press('Enter them here', missing);
    const lost = await hana.submit({ zone: 'Nowhere at all', stage: ['applying'] });
    await hana.press('Open the form again', lost);
    const card = await hana.submit({ zone: 'London' });
    expect(card.text).toContain('/roadmap erase');
    const begun = await hana.press('Begin my road', card);
    await hana.press('Add what I typed', begun);
    expect((await hana.submit({})).text).toContain('Kept: **OET Speaking, London**');
    const wrong = await hana.slash('deadlines own add', { ...typed, title: 'Interview in Boston', day: '31 February' });
    expect(wrong.text).toContain('not a day of the calendar');
    await hana.press('Open the form again', wrong);
    expect((await hana.submit({ day: 'March 21, 2027' })).text).toContain('Kept: **Interview in Boston**');
    expect((await hana.slash('deadlines own list')).text).toContain('Interview in Boston');
  });

  test('with zone and stage in the command, what was typed stands on until the road has begun', async () => {
    const yusuf = town.guild.join({ name: 'Yusuf' });
    const where = { timezone: 'Africa/Cairo', stage: 'step-2-ck' };
    const card = await yusuf.slash('deadlines own add', { title: 'Visa appointment', day: '2027-02-03', ...where });
    expect(card.text).toContain('Visa appointment');
    const begun = await yusuf.press('Begin my road', card);
    await yusuf.press('Add what I typed', begun);
    expect((await yusuf.submit({})).text).toContain('Kept: **Visa appointment**');
  });

  test('whatever was asked for before the road had begun is one press away after it, in the longest zone', async () => {
    const where = { timezone: 'America/Argentina/Buenos_Aires', stage: 'certification' };
    const dates = journey().dates.toSorted((a, b) => b.id.length - a.id.length);
    const steps = journey().roadmap.toSorted((a, b) => b.id.length - a.id.length);
    const ways = [
      ['deadlines pick', { date: dates[0]!.id }, 'Pick that date', 'Picked: '],
      ['deadlines file', { expected: true }, 'Make the file', 'Your file has'],
      ['deadlines remind', {}, 'My reminders', 'Your reminders'],
      ['roadmap tick', { step: steps[0]!.id }, 'Open that step', steps[0]!.title],
    ] as const;
    for (const [command, options, label, then] of ways) {
      const somebody = town.guild.join({ name: `Amal, ${label}` });
      const at = command === 'roadmap tick' ? {} : where;
      const asked = await somebody.slash(command, { ...options, ...at });
      if (command === 'roadmap tick') await somebody.press('Enter them here', asked);
      const card =
        command === 'roadmap tick' ? await somebody.submit({ zone: where.timezone, stage: [where.stage] }) : asked;
      const begun = await somebody.press('Begin my road', card);
      expect((await somebody.press(label, begun)).text).toContain(then);
      if (label === 'Pick that date') expect((await somebody.press(label, begun)).text).toContain(then);
    }
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
