/** Scheduled rounds and the weekly report, as moderators meet them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../../sandbox/api.ts';
import { openMentor, pass } from '../../support/pairs.ts';
import { register, requestAt } from '../../support/play.ts';
import { openTown, type Town } from '../../support/town.ts';

const hour = 3_600_000;
const day = 24 * hour;
let town: Town;
beforeAll(async () => {
  // A Monday at noon in UTC; the guild lives in New York.
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());

const staffCards = (title: RegExp) => {
  const staff = town.guild.channels.find(({ name }) => /staff/.test(name));
  if (!staff) throw new Error('no staff channel');
  return town.moderator.messages(staff).filter(({ embeds }) => title.test(embeds[0]?.title ?? ''));
};
const planned = () => staffCards(/scheduled round/);

async function waiting(name: string, languages: string[]): Promise<Actor> {
  const mentee = town.guild.join({ name });
  await register(mentee, 'mentee', { languages });
  await mentee.press('Join the waitlist', await mentee.slash('mentor find'));
  return mentee;
}

test('a schedule is set, shown, refused where it says too little, and kept through a restart', async () => {
  expect((await town.moderator.slash('round schedule')).text).toMatch(/No round is scheduled/);
  expect((await town.moderator.slash('round schedule', { cancel: true })).text).toMatch(/nothing to end/);
  expect((await town.moderator.slash('round schedule', { time: '18:00' })).text).toMatch(/Name the day of the week/);
  expect((await town.moderator.slash('round schedule', { weekday: 3, time: 'noon' })).text).toMatch(
    /“noon” is no time/,
  );
  const set = await town.moderator.slash('round schedule', { weekday: 3, time: '18:00', every: 1, publish: 'itself' });
  expect(set.text).toMatch(/Scheduled[^]*Wednesday at 18:00, every week[^]*published by itself 24 hours later/);
  await town.bot.stop();
  await town.start();
  expect((await town.moderator.slash('round schedule')).text).toMatch(/Wednesday at 18:00, every week/);
  expect((await town.moderator.slash('setup show')).text).toMatch(/Matching rounds[^]*Wednesday at 18:00/);
  const member = town.guild.join({ name: 'Curious' });
  await member.slash('profile show');
  expect((await member.forge({ kind: 'button', customId: 'round-unschedule' })).text).toMatch(/moderators/i);
});

test('its round is shown to the staff, kept for a press by one button and published by another', async () => {
  const omar = await waiting('Omar', ['es']);
  const ada = town.guild.join({ name: 'Ada' });
  await register(ada, 'mentor', { stage: 'resident', languages: ['es'] });
  await town.moderator.slash('mentors verify', { member: ada, level: 'resident', method: 'video-call' });
  await pass(town, 3 * day, 6 * hour);
  const [card] = planned();
  expect(JSON.stringify(card)).toMatch(/1 of 1 person who wait would be proposed|published by itself/);
  expect(ada.dms().some(({ embeds }) => /proposed to you/.test(embeds[0]?.title ?? ''))).toBe(false);
  const look = await town.moderator.press('Look at it', card);
  expect([look.ephemeral, look.text]).toEqual([true, expect.stringContaining('Matching round: preview')]);
  expect((await town.moderator.press('Keep it for a press', card)).text).toMatch(/not published by itself any more/);
  await pass(town, 2 * day, 12 * hour);
  expect(JSON.stringify(planned()[0])).toMatch(/Nothing is sent until a moderator publishes it/);
  const confirm = await town.moderator.press('Publish …', planned()[0]);
  expect(confirm.ephemeral).toBe(true);
  await town.moderator.press('Publish now');
  await pass(town, hour);
  const request = await requestAt(town, ada, omar);
  expect(JSON.stringify(request)).toMatch(/proposed to you as a mentee/);
  await ada.press('Accept Omar', request);
  expect(JSON.stringify(planned()[0])).toMatch(/Published in the name of.*1 request is out/);
  expect((await town.moderator.slash('round schedule', { cancel: true })).text).toMatch(/The schedule has ended/);
});

test('each week the staff reads who waits for long, with the buttons to act', async () => {
  const alone = await waiting('Lena', ['ar']);
  const late = town.guild.join({ name: 'Thandiwe' });
  await register(late, 'mentor', { stage: 'resident', languages: ['fr'] });
  await openMentor(town, 'Hamza');
  await pass(town, 22 * day, day);
  const reports = staffCards(/Who waits, this week/);
  expect(reports.length).toBeGreaterThanOrEqual(2);
  const last = reports.at(-1);
  expect(JSON.stringify(last)).toMatch(/1 person for more than 14 days.*2 free places at 1 mentor/);
  expect(JSON.stringify(last)).toContain(alone.id);
  expect(JSON.stringify(last)).toContain(late.id);
  expect(JSON.stringify(last)).toMatch(/no language in common/);
  expect((await town.moderator.press('Verification queue', last)).text).toContain(late.id);
  const begun = await town.moderator.press('Preview a round', last);
  expect(begun.ephemeral).toBe(true);
  const preview = await town.sandbox.until('the preview', () =>
    town.moderator
      .ephemerals()
      .find(
        ({ embeds }) => embeds[0]?.title === 'Matching round: preview' && JSON.stringify(embeds).includes(alone.id),
      ),
  );
  expect(preview).toBeDefined();
  // The card in the channel stays as it was.
  expect(staffCards(/Who waits, this week/).at(-1)?.id).toBe(last?.id);
});
