import { reviseNotices } from '../../db/notices/write.ts';
import { deleteOldOfficeHours, eraseFromOfficeHours, listHeldInOfficeHours } from '../../db/office-hours.ts';
import type { Area } from '../../guild/area.ts';
import { later } from '../../time.ts';
import { callOffAllOf, takeOffAll } from './let-go.ts';
import { wordsKeptDays } from './limits.ts';

/** For how many days one that is over is kept, with who said that they were there: as requests are. */
export const hoursKeptDays = 365;

/** Office hours of mentors. */
export const officeHours: Area = {
  async memberGone(trx, ctx, whose) {
    await callOffAllOf(trx, ctx, whose, 'gone');
    await takeOffAll(trx, ctx, whose);
  },

  /** What stands openly of those that are over has their topic, and letters the mentor's name. */
  async revise(trx, ctx, whose) {
    for (const { id } of (await listHeldInOfficeHours(trx, whose)).offered) {
      for (const kind of ['office-card', 'office-letter'] as const) await reviseNotices(trx, id, kind, ctx.now());
    }
  },

  async held(ctx, whose) {
    const { offered, joined, asked } = await listHeldInOfficeHours(ctx.db, whose);
    return {
      officeHoursYouOffered: offered.map((hour) => ({
        topic: hour.topic,
        beginsAt: hour.starts_at,
        minutes: hour.minutes,
        places: hour.places,
        state: hour.state,
        offeredAt: hour.created_at,
      })),
      officeHoursYouJoined: joined.map((person) => ({
        topic: person.topic,
        beginsAt: person.starts_at,
        since: person.since,
        hasPlace: person.state === 'in',
        youWereThereAt: person.here_at,
      })),
      questionsForOfficeHours: asked.map((question) => ({
        yourWords: question.words,
        withYourName: question.named === 1,
        at: question.asked_at,
      })),
    };
  },

  erase: async (trx, _ctx, whose) => await eraseFromOfficeHours(trx, whose),

  async purge({ db, now }, limit) {
    const before = { words: later(now(), { days: -wordsKeptDays }), all: later(now(), { days: -hoursKeptDays }) };
    return await deleteOldOfficeHours(db, before, limit);
  },
};
