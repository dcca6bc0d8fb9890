/** A study group from the first command to its owner's leaving, on the narrowest phone, with one thing done wrong at each step. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { BotProcess } from '../../sandbox/bot.ts';
import type { Stage } from '../../sandbox/demo/index.ts';
import type { Page } from '../../sandbox/page-server/index.ts';
import { lacksBrowser } from './browser.ts';
import { closeAll, openSetUp, soon } from './opened.ts';
import { visitByPhone } from './phone.ts';
import { findBarriers } from './visit.ts';

const minute = 60_000;
const hour = 60 * minute;

let stage: Stage;
let bot: BotProcess;
let page: Page;
const absent = await lacksBrowser();

beforeAll(async () => {
  if (absent) return;
  ({ stage, bot, page } = await openSetUp());
});
afterAll(async () => {
  if (!absent) await closeAll({ stage, bot, page });
});
afterEach(() => absent || stage.sandbox.assertNoRefusals());

/** Lets time pass, and the bot do what falls due by it. */
async function pass(ms: number): Promise<void> {
  stage.sandbox.clock.advance(ms);
  await bot.settled();
}

/** Somebody's week, entered without the page. */
async function enterHours(name: string, exactly: string): Promise<void> {
  const { actor, timeZone } = stage.person(name);
  await actor.press('I agree', await actor.slash('hours edit', { timezone: timeZone }));
  await actor.submit({ 'More exactly (optional)': exactly });
}

test.skipIf(absent)(
  'three find each other, agree on a time, meet with a pledge and say how it went, and their owner leaves',
  async () => {
    const { tab, complaints, be, go, press, run, reads, fits, form, submit } = await visitByPhone(page.url, 'study');

    // Amara has no hours, no time zone, and has agreed to nothing: all of that is on the way.
    await be('Amara');
    await run('study create', { topic: 'USMLE Step 1' });
    await reads(/First I need to know when you can usually meet/);
    await fits('no-hours');
    await press('Enter my hours');
    await form.getByLabel(/^Your time zone/).fill('Lagos');
    await submit();
    await press('I agree');
    await form.getByLabel(/^More exactly/).fill('Tuesday evening');
    await submit();
    await reads(/Nothing was saved, because I did not understand/);
    await press('Open the form again, filled in');
    await form.getByLabel(/^More exactly/).fill('');
    await form
      .getByRole('group', { name: /^Weekdays/ })
      .getByRole('checkbox', { name: /^Evening/ })
      .check();
    await submit();
    await reads(/Your hours are saved/);
    await fits('hours');
    await press('Go on');
    await form.getByLabel(/^What you use/).fill('UWorld PDF, free download');
    expect(await findBarriers(tab)).toEqual([]);
    await submit();
    await reads(/material that nobody may share here/);
    await press('Open the form again');
    await expect.poll(() => form.getByLabel(/^What you use/).inputValue()).toBe('UWorld PDF, free download');
    await form.getByLabel(/^What you use/).fill('One system a week, aloud');
    await submit();
    await reads(/you are its first member/);
    await run('study create', { topic: 'USMLE Step 1' });
    await reads(/You are in a group for this exam already/);

    await enterHours('Karim', 'Tue 17-21; Wed 17-21; Thu 17-21');
    await enterHours('Sana', 'Mon 21-24; Tue 21-24; Wed 21-24');
    await be('Karim');
    await run('study find', { topic: 'USMLE Step 1' });
    await reads(/times that suit all of you/);
    await fits('found');
    await press('Join 1');
    await reads(/It begins with the third member/);
    const sana = stage.person('Sana').actor;
    await sana.press('Join 1', await sana.slash('study find', { topic: 'step-1' }));
    await soon({ bot }, 'the vote', () => {
      const [thread] = stage.guild.threads();
      return (
        thread?.memberIds.includes(sana.id) === true &&
        sana.messages(thread).some(({ embeds }) => embeds[0]?.title === 'Your weekly time')
      );
    });

    // The buttons are one clock for all; what one's own shows stands above them.
    await go(/private thread/);
    await reads(/On the buttons it is the clock of Lagos/);
    await fits('vote');
    await press('Tue 18:00');
    await reads(/Press again to take it back/);
    for (const name of ['Amara', 'Sana']) {
      await be(name);
      await go(/private thread/);
      await press('Tue 18:00');
    }
    await reads(/You meet Tue 18:00 \(Africa\/Lagos\), from/);

    // Monday afternoon; they meet on Tuesday at 17:00 UTC.
    await pass(hour);
    await pass(5 * hour);
    await press('I am here');
    await reads(/ten minutes before the session/);
    await press('I come');
    await reads(/Good, see you there/);
    await fits('planned');
    await pass(Date.parse('2026-11-24T16:52:00Z') - stage.sandbox.clock.now());
    await reads(/We begin/);
    // The reminder has what it speaks of.
    await press('I am here');
    await press('My line');
    await form.getByRole('textbox').fill(' ');
    await submit();
    await reads(/Your line is empty/);
    await press('My line');
    await form.getByRole('textbox').fill('Ten cards on the heart');
    await submit();
    await reads(/Your line stands in/);
    await be('Karim');
    await go(/private thread/);
    await press('I am here');
    await pass(10 * minute);
    await reads('Ten cards on the heart');
    await reads(/It is on, and ends/);
    await fits('running');
    expect(await findBarriers(tab)).toEqual([]);
    await pass(hour);
    await reads(/Held, with 2 people/);
    // Also the message from ten minutes before says what came of it.
    await expect.poll(() => tab.getByText(/Held, with 2 people/).count()).toBeGreaterThan(1);
    await expect.poll(() => tab.getByRole('button', { name: 'Meet anyway' }).count()).toBe(0);
    await press('Partly');
    await reads(/Noted, for you alone/);
    await fits('held');

    await be('Amara');
    await go(/private thread/);
    await press('Done');
    await reads(/That is for those who were here/);
    await run('study leave');
    await reads(/Do you want to leave your group/);
    await press('Keep it');
    await reads('Nothing has changed.');
    await run('study leave');
    await press('Leave the group');
    await soon({ bot }, 'she is out', () => !stage.guild.threads()[0]?.memberIds.includes(stage.person('Amara').actor.id)); // prettier-ignore
    await be('Karim');
    await go(/direct messages/);
    await reads(/Would you look after the group/);
    await fits('owner');
    await press('I will');
    await reads(/You look after the group now/);
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'moderators form a group of those who wait, three say yes, and whoever is left over takes a near miss in one press',
  async () => {
    const { tab, complaints, be, press, run, reads, fits, formFits, go, form, submit } = await visitByPhone(
      page.url,
      'study',
    );
    await be('Thandiwe');
    await run('study form preview');
    await reads(/There is nothing to form/);

    const week = { Priya: 'Sat 8-12', Mariana: 'Sat 10-14', Youssef: 'Sat 10-14', Ifeoma: 'Sun 10-14' };
    for (const [name, exactly] of Object.entries(week)) await enterHours(name, exactly);
    await be('Ifeoma');
    await run('study match', { topic: 'OET' });
    await form.getByRole('button', { name: 'Cancel' }).click();
    await run('study match', { topic: 'OET' });
    await formFits('form-match');
    await submit();
    await reads(/You wait for a group/);
    for (const name of ['Priya', 'Mariana', 'Youssef']) {
      const { actor } = stage.person(name);
      await actor.slash('study match', { topic: 'oet' });
      await actor.submit({
        'When is the exam, or what you work toward?': ['none'],
        'Languages to talk in': ['en'],
        'Sessions a week': ['1'],
      });
    }
    await be('Thandiwe');
    await run('study form preview');
    await reads(/Placed 3 of at most 3 of 4/);
    await fits('formation');
    expect(await findBarriers(tab)).toEqual([]);
    // Whom it places changes between the look and the press: shown first, and offered with the next.
    const mariana = stage.person('Mariana').actor;
    await mariana.slash('study stop', { topic: 'oet' });
    await press('Offer these groups');
    await reads(/fell apart/);
    await fits('formation-changed');
    await mariana.slash('study match', { topic: 'oet' });
    await mariana.submit({
      'When is the exam, or what you work toward?': ['none'],
      'Languages to talk in': ['en'],
      'Sessions a week': ['1'],
    });
    await run('study form preview');
    await reads(/Placed 3 of at most 3 of 4/);
    await press('Offer these groups');
    await reads(/offered to 3 people/);
    for (const name of ['Mariana', 'Youssef']) {
      const { actor } = stage.person(name);
      const offer = () => actor.dms().findLast(({ embeds }) => embeds[0]?.title?.startsWith('A study group for OET'));
      await soon({ bot }, `the offer for ${name}`, () => offer() !== undefined);
      await actor.press('Yes, I am in', offer());
    }
    await be('Priya');
    await go(/direct messages/);
    await reads('A study group for OET');
    await fits('offer');
    await press('Yes, I am in');
    await reads(/you are in the group for OET/);

    await be('Ifeoma');
    await go(/direct messages/);
    await reads('No group for OET yet');
    await fits('near-miss');
    await press(/^Take Sat/);
    await reads(/you are in a group for OET/);
    await soon(
      { bot },
      'her place in the thread',
      () =>
      stage.guild.threads().some(({ name, memberIds }) => name.startsWith('OET') && memberIds.includes(stage.person('Ifeoma').actor.id)), // prettier-ignore
    );
    expect(complaints).toEqual([]);
  },
);
