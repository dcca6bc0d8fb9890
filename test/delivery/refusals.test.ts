import { describe, expect, it, test } from 'vitest';
import { findAnnouncement } from '../../src/db/announcements.ts';
import {
  causes,
  codesOf,
  deliveries,
  type Delivery,
  lastResorts,
  strangeTries,
  type Treatment,
  treatmentOf,
} from '../../src/delivery/refusals.ts';
import { hour } from '../support/play.ts';
import type { TinyFault } from '../support/tiny-discord.ts';
import type { Notice } from '../../src/db/notices/write.ts';
import {
  type Play,
  ada,
  alertTitle,
  alerts,
  close,
  ctx,
  discord,
  eachFromNothing,
  imani,
  mentoring,
  messagesIn,
  omar,
  open,
  pass,
  plays,
  startOver,
} from './plays.ts';

eachFromNothing();

const strangeCode = 99_999;
/** `.ci/run` plays every code against every kind; `npm test` one code of every sixth cause, and an hour of a seeded few. */
const playsAll = process.env['REFUSALS'] === 'all';
const codes = [...Object.values(causes).flatMap((all) => (playsAll ? all : all.slice(0, 1))), strangeCode];
const hoursInBrief = 2;
/** The longest that anything waits, and some of what it waits for. */
const longest = 7 * hour;

async function noticeOf({ kind }: Play): Promise<Notice> {
  return await ctx.db.selectFrom('notices').selectAll().where('kind', '=', kind).executeTakeFirstOrThrow();
}
const asked = ({ route }: Play) => discord.requests.filter((request) => route.test(request)).length;
const lettersTo = (userId: string) => discord.dmsOf(userId).length;

/** People are named in one step of opening a thread. */
const routeFor = (delivery: Delivery, { route }: Play, code: number) =>
  delivery.startsWith('thread') && codesOf('member-gone').has(String(code)) ? /^PUT .*\/thread-members\// : route;
/** A cause is one row of the table: an hour of one of its codes is an hour of each. */
const hourly = [strangeCode, ...Object.values(causes).map(([first]) => first)];
const seed = 20_261_126;
/** For a kind of delivery; every cause comes to some kind. */
function anHourOf(delivery: Delivery): readonly number[] {
  if (playsAll) return hourly;
  const from = (seed + deliveries.indexOf(delivery) * hoursInBrief) % hourly.length;
  return Array.from({ length: hoursInBrief }, (_, i) => hourly[(from + i) % hourly.length] ?? strangeCode);
}

/** What the table promises, once what was in the way is gone. */
async function expectKept(delivery: Delivery, play: Play, treatment: Treatment): Promise<void> {
  const notice = await noticeOf(play);
  switch (treatment.is) {
    case 'again':
    case 'guild':
    case 'strange':
      expect([notice.state, play.seen()]).toEqual(['delivered', 1]);
      return;
    case 'mend':
      expect([notice.state, play.seen()]).toEqual(['delivered', 1]);
      // Of a staff channel that works again nobody has to hear.
      if (delivery === 'staff-card') expect(alerts()).toBeLessThanOrEqual(1);
      else expect(alerts()).toBe(1);
      if (delivery === 'thread') expect([lettersTo(ada), lettersTo(omar)]).toEqual([1, 1]);
      return;
    case 'fail':
      expect([notice.state, play.seen()]).toEqual(treatment.again ? ['delivered', 1] : ['void', 0]);
      expect([alerts(), lettersTo(imani)]).toEqual(delivery === 'post' ? [1, 0] : [0, 1]);
      if (delivery === 'post') {
        const [schedule] = await ctx.db.selectFrom('schedules').selectAll().execute();
        expect([schedule?.state, (schedule?.next_due_at ?? '') > ctx.now()]).toEqual(['active', true]);
      } else expect((await findAnnouncement(ctx.db, notice.subject_id ?? ''))?.state).toBe(treatment.again ? 'posted' : 'failed'); // prettier-ignore
      return;
    case 'uncorrected':
      expect([notice.state, play.seen(), lettersTo(imani)]).toEqual(['void', 0, 1]);
      expect(await findAnnouncement(ctx.db, notice.subject_id ?? '')).toMatchObject({ failure: treatment.why });
      return;
    case 'inbox':
      expect([notice.state, play.seen(), messagesIn(mentoring).length]).toEqual(['undeliverable', 0, 1]);
      return;
    case 'letters':
      // Each of the two gets it, and nobody has to mend anything.
      expect([notice.state, play.seen(), lettersTo(ada), lettersTo(omar), alerts()]).toEqual(['void', 0, 1, 1, 0]);
      return;
    case 'left':
      expect(await ctx.db.selectFrom('members').select('left_at').where('left_at', 'is not', null).execute()).not.toEqual([]); // prettier-ignore
      // A pair rests while one of them is gone: its thread is there for whoever is.
      if (delivery === 'thread' || delivery === 'thread-members') expect(notice.state).toBe('delivered');
      else expect([notice.state, play.seen()]).not.toContain('delivered');
      return;
    case 'done':
      expect([notice.state, asked(play)]).toEqual(['delivered', 1]);
      return;
    case 'void':
      expect([notice.state, play.seen(), alerts()]).toEqual(['void', 0, 0]);
  }
}

describe.each(deliveries)('a %s that Discord refuses', (delivery) => {
  const play = plays[delivery];

  it.each(codes.filter((_, i) => playsAll || (i + deliveries.indexOf(delivery)) % 6 === 0))(
    'once with code %i comes to what the table says',
    async (code) => {
      discord.fault({ route: routeFor(delivery, play, code), how: { status: 403, code } });
      await play.owe();
      await pass(longest);
      await expectKept(delivery, play, treatmentOf(String(code), delivery));
    },
  );

  it.each(anHourOf(delivery))('for an hour with code %i, too', async (code) => {
    const route = routeFor(delivery, play, code);
    discord.fault({ route, how: { status: 403, code }, times: Infinity });
    await play.owe();
    await pass(hour);
    // Nobody is asked again and again, and nobody is told twice.
    // In the staff channel the alert about the card is refused as well: each of the two is counted by itself.
    const [tries, alertTries] = [false, true].map(
      (isAlert) =>
        discord.requests.filter(
          (request, i) => route.test(request) && discord.bodies[i]?.includes(alertTitle) === isAlert,
        ).length,
    );
    expect(tries).toBeLessThan(40);
    expect(alertTries).toBeLessThan(40);
    expect(alerts()).toBeLessThanOrEqual(1);
    discord.clearFaults();
    await pass(longest);
    const treatment = treatmentOf(String(code), delivery);
    const isGivenUp = treatment.is === 'strange' && (tries ?? 0) >= strangeTries;
    await expectKept(delivery, play, isGivenUp ? lastResorts[delivery] : treatment);
  });

  const troubles: readonly (readonly [string, Omit<TinyFault, 'route'>])[] = [
    ['cuts the connection', { how: 'cut' }],
    ['cuts the connection after carrying it out', { how: 'cut', afterEffect: true }],
    ['has an error', { how: 500 }],
    ['has an error after carrying it out', { how: 502, afterEffect: true }],
    ['asks to slow down', { how: 429, retryAfterSeconds: 60 }],
    ['asks to write to fewer people', { how: { status: 400, code: 40_003 } }],
  ];
  // Whoever is to slow down waits by the machine's own clock, and in the same way for every kind.
  const waits = playsAll || deliveries.indexOf(delivery) % 4 === 0;
  it.each(troubles.filter(([what]) => waits || what !== 'asks to slow down'))(
    'while Discord %s, once and for an hour, is delivered once',
    async (_what, trouble) => {
      for (const times of [1, Infinity]) {
        discord.fault({ route: play.route, ...trouble, times });
        await play.owe();
        await pass(hour);
        expect(asked(play)).toBeLessThan(70);
        discord.clearFaults();
        // discord.js measures a rate limit on the machine's own clock: another process goes on.
        await close();
        open();
        await pass(longest);
        expect((await noticeOf(play)).state).toBe('delivered');
        expect(alerts()).toBe(0);
        if (delivery.endsWith('correction')) expect(play.seen()).toBeGreaterThanOrEqual(1);
        else expect(play.seen()).toBe(1);
        await startOver();
      }
    },
  );
});

test('each code has one meaning', () => {
  const all = Object.values(causes).flat();
  expect(new Set(all).size).toBe(all.length);
});
