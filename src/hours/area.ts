import { deleteHours, deleteUnusedHours, findHours } from '../db/hours.ts';
import type { Area } from '../guild/area.ts';
import { later } from '../time.ts';
import { clock } from './exact.ts';
import { minutesOfDay, windowsOn, days } from './week.ts';

/** For how many days hours are kept that nobody uses: twelve months. */
export const unusedKeptDays = 365;

/** The keys of the file that a member takes with them are English, and so are its days. */
const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** When members can usually meet. */
export const hours: Area = {
  async held(ctx, whose) {
    const held = await findHours(ctx.db, whose);
    if (!held) return {};
    return {
      hoursInWhichYouCanMeet: {
        windows: days.flatMap((day) =>
          windowsOn(held.windows, day).map(({ from, to }) => {
            const start = day * minutesOfDay;
            return `${dayNames[day]} ${clock(from - start)}-${clock(to - start)}`;
          }),
        ),
        asMinutesOfTheWeekFromMonday: held.windows.map(({ from, to }) => [from, to]),
        timeZone: held.zone,
        until: held.until,
        askedForNewOnesAt: held.asked_at,
        changedAt: held.updated_at,
        lastUsedAt: held.used_at,
      },
    };
  },
  erase: async (trx, _ctx, whose) => await deleteHours(trx, whose),
  purge: async ({ db, now }, limit) => await deleteUnusedHours(db, later(now(), { days: -unusedKeptDays }), limit),
};
