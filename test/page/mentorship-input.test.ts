/** Whatever two people enter wrongly about their mentorship, on the narrowest phone: what it was is named, and nothing changes. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { lacksBrowser } from './browser.ts';
import { closeAll, type Opened, openSetUp } from './opened.ts';
import { bringTogether, registerPersona } from './pairs.ts';
import { visitByPhone } from './phone.ts';

const day = 24 * 60 * 60_000;
const absent = await lacksBrowser();
let opened: Opened;
let [ifeoma, amara, liza, hamza, sana]: Actor[] = [];

beforeAll(async () => {
  if (absent) return;
  opened = await openSetUp();
  ifeoma = await registerPersona(opened, 'Ifeoma');
  amara = await registerPersona(opened, 'Amara');
  // Where Amara lives, so that both are shown the same times.
  liza = await registerPersona(opened, 'Liza', 'Africa/Lagos');
  hamza = await registerPersona(opened, 'Hamza');
  sana = await registerPersona(opened, 'Sana');
  await bringTogether(opened, ifeoma, amara);
  await bringTogether(opened, ifeoma, liza);
  await bringTogether(opened, hamza, sana);
});
afterAll(async () => {
  if (!absent) await closeAll(opened);
});
afterEach(() => absent || opened.stage.sandbox.assertNoRefusals());

/** The times that an answer offers. */
const timesIn = ({ message }: Answer) =>
  [...JSON.stringify(message?.components).matchAll(/"value":"(\d+)"/g)].map(([, at]) => at ?? '');

/** Proposes those of the times that are offered, without the page. */
async function propose(by: Actor, which: readonly number[]): Promise<void> {
  const offered = await by.slash('mentorship meet');
  const times = timesIn(offered);
  await by.select('Choose up to five times', which.map((n) => times[n] ?? ''), offered); // prettier-ignore
  await opened.bot.tick();
}

/** The newest letter that offers times to somebody. */
const lastOffer = (to: Actor) => to.dms().findLast(({ components }) => JSON.stringify(components).includes('Take 1'));

test.skipIf(absent)(
  'hours that are not understood: the part is named with an example, and the form comes back filled in',
  async () => {
    const { be, run, hears, fits, formFits, press, submit, form, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'hours'); // prettier-ignore
    const exactly = form.getByLabel(/^More exactly/);
    const evening = form.getByRole('group', { name: /^Weekdays/ }).getByRole('checkbox', { name: /^Evening/ });
    const full = 'Mon-Sun 0-1, 2-3, 4-5, 6-7, 8-9, 10-11';
    const wrong = [
      ['Tue 25:00', /“Tue 25:00”: a time goes from 00:00 to 24:00/],
      ['Tue 19-21; Funday 9-12', /“Funday 9-12”: there is no day of the week in it/],
      ['Sat 12-9', /“Sat 12-9”: it ends before it begins/],
      [`${full}; Mon 12-13`, /“Mon 12-13”: that is more than 42 times/],
    ] as const;
    await be('Amara');
    await run('hours edit');
    await evening.check();
    await formFits('form');
    await hasNoBarriers('the form');
    for (const [typed, why] of wrong) {
      await exactly.fill(typed);
      await submit();
      await hears(why);
      await hears(/Nothing was saved.*An example: Tue 19:00-21:30; Sat 9-12/s);
      await fits(`refused-${typed.slice(0, 6)}`);
      await press('Open the form again, filled in');
      await expect.poll(() => exactly.inputValue()).toBe(typed);
      await expect.poll(() => evening.isChecked()).toBe(true);
    }
    await form.getByRole('button', { name: 'Cancel' }).click();
    await form.waitFor({ state: 'detached' });
    await run('hours show');
    await hears(/You have not entered any hours/);
    await fits('none');
    await hasNoBarriers('refusals');
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'a time that has passed, or at which one of them meets somebody else, brings the nearest that are possible',
  async () => {
    const { tab, be, go, run, hears, fits, press, newest, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'times'); // prettier-ignore
    await be('Amara');
    await run('mentorship meet');
    await hears(/These times suit both you and/);
    await fits('menu');
    await press('Choose up to five times');
    const boxes = newest.getByRole('checkbox');
    await boxes.first().waitFor();
    await fits('menu-open');
    await hasNoBarriers('the menu of times');
    const values = await boxes.evaluateAll((all) => all.map((each) => (each as unknown as { value: string }).value));
    const first = values.toSorted()[0] ?? '';
    // It is still on the screen when its day has gone by.
    opened.stage.sandbox.clock.advance(Number(first) - opened.stage.sandbox.clock.now() + 60_000);
    await opened.bot.settled();
    await tab.locator(`input[value="${first}"]`).check();
    await newest.getByRole('button', { name: 'Choose', exact: true }).click();
    await hears(/That time has passed.*These times suit both you and/s);
    await fits('past');

    // Both are offered the same, and the mentor takes the other’s first.
    await propose(amara!, [0]);
    await propose(liza!, [0]);
    await ifeoma!.press('Take 1', lastOffer(ifeoma!));
    await be('Ifeoma');
    await go(/private thread .*Amara/);
    await press('Take 1');
    await hears(/One of you is taken .* by now.*These times suit both you and/s);
    await fits('taken');
    await press('Choose up to five times');
    await boxes.first().waitFor();
    await hasNoBarriers('a time that is taken');
    const shown = (await amara!.slash('mentorship show')).text;
    expect(shown).toMatch(/Times are proposed and wait for an answer/);
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'whoever takes a time from a card that is behind reads what holds now; own ones and those of strangers are theirs',
  async () => {
    const { be, go, run, hears, fits, press, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'behind'); // prettier-ignore
    await be('Hamza');
    await propose(sana!, [0, 1]);
    await run('mentorship show');
    await hears(/Times are proposed and wait/);
    await fits('show');
    await propose(sana!, [2, 3]);
    await press('Take 1');
    await hears(/Other times were proposed since/);
    await fits('replaced');

    await run('mentorship show');
    await hears(/Times are proposed and wait/);
    await hamza!.press('None of these', lastOffer(hamza!));
    await press('Take 1');
    await hears(/This meeting was called off or is over/);

    await propose(sana!, [4, 5]);
    await run('mentorship show');
    await hears(/Times are proposed and wait/);
    await hamza!.press('Take 1', lastOffer(hamza!));
    await press('Take 2');
    await hears(/A time is agreed already: you meet/);
    await fits('agreed');
    await opened.bot.tick();
    const card = hamza!.dms().findLast(({ components }) => JSON.stringify(components).includes('Call off')) ?? (await hamza!.slash('mentorship show')); // prettier-ignore
    await hamza!.press('Call it off', await hamza!.press('Call off', card));
    await press('Take 2');
    await hears(/This meeting was called off or is over. \/mentorship meet finds another time/);
    await fits('called-off');
    await hasNoBarriers('what holds now');
    expect((await hamza!.slash('mentorship show')).text).toMatch(/None agreed yet/);

    // In their thread: own times are for the other, and whoever looks after threads is neither.
    await propose(sana!, [0]);
    const { guild, stage } = { guild: opened.stage.guild, stage: opened.stage };
    guild.giveRole(stage.person('Thandiwe').actor, guild.createRole({ name: 'Threads', permissions: 1n << 34n }));
    for (const [name, why] of [
      ['Sana', /You proposed these times yourself, so .* chooses/],
      ['Thandiwe', /That is not one of your mentorships/],
    ] as const) {
      await be(name);
      await go(/private thread .*Sana/);
      await press('Take 1');
      await hears(why);
      await fits(`not-hers-${name}`);
    }
    await be('Hamza');
    await run('mentorship show');
    await hears(/Times are proposed and wait/);
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'places, goals, meetings elsewhere and rests: what is wrong is named, and what stood there stays',
  async () => {
    const { be, run, hears, fits, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'wrong');
    await hamza!.press('Take 1', lastOffer(hamza!));
    for (const goal of ['A *statement* that two have read', 'Three mock interviews', 'A list of programs'])
      await sana!.slash('mentorship goal add', { goal });
    await opened.bot.tick();
    const before = (await sana!.slash('mentorship show')).text;
    const today = new Date(opened.stage.sandbox.clock.now());
    const inDays = (days: number) => new Date(today.getTime() + days * day).toISOString().slice(0, 10);
    const wrong: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
      ['mentorship place', { link: 'http://example.org/room' }, /That is not an https address/],
      ['mentorship place', { link: 'our usual room' }, /That is not an https address/],
      ['mentorship place', { link: `https://example.org/${'x'.repeat(181)}` }, /The link is 201 characters; the limit is 200/], // prettier-ignore
      ['mentorship goal add', { goal: ' ' }, /A goal needs a sentence/],
      ['mentorship goal add', { goal: 'Publish', by: inDays(-2) }, /That day has passed/],
      ['mentorship goal add', { goal: 'Publish', by: inDays(369) }, /more than a year ahead/],
      ['mentorship goal add', { goal: 'Publish', by: 'soon' }, /I did not understand the day/],
      ['mentorship goal add', { goal: 'Publish' }, /You have three goals already: “A \*statement\* that two have read”, “Three mock interviews”,? and “A list of programs”/], // prettier-ignore
      ['mentorship log', { date: inDays(2) }, /That day is yet to come/],
      ['mentorship log', { date: inDays(-30) }, /Your mentorship began on .*is before that/],
      ['mentorship log', { date: 'last week' }, /I did not understand the day/],
    ];
    await be('Sana');
    for (const [n, [command, options, why]] of wrong.entries()) {
      await run(command, options);
      await hears(why);
      await fits(String(n));
    }
    await hasNoBarriers('what is wrong');
    expect((await sana!.slash('mentorship show')).text).toBe(before);

    await run('mentorship resume');
    await hears(/going on; there is nothing to resume/);
    await run('mentorship pause', { days: '20' });
    await hears(/rests until/);
    await be('Hamza');
    await run('mentorship resume');
    await hears(/This mentorship rests until .*Whoever asked for the rest can go on sooner/s);
    await fits('rests');
    await sana!.slash('mentorship resume');
    await sana!.slash('report member', { member: hamza! });
    await sana!.submit({ 'What it is about': ['money'], 'What happened': 'He asked me for two hundred dollars.' });
    await run('mentorship resume');
    await hears(/This mentorship rests until .*Whoever asked for the rest can go on sooner/s);
    await be('Sana');
    await run('mentorship resume');
    await hears(/rests while your report is looked into, and the moderators decide when it goes on/);
    await fits('rests-for-report');
    await run('mentorship pause', { days: '7' });
    await hears(/rests/);
    await fits('pause-in-case');
    expect(complaints).toEqual([]);
  },
);
