import { openDaily } from '../study/daily.ts';
import { runFocus } from '../study/focus.ts';
import { keepGroups } from '../study/groups/keep.ts';
import { runSessions } from '../study/sessions/run.ts';
import type { Job } from './job.ts';

/** Begins and ends sessions; ends offers, rests and waits; asks the quiet, wakes and closes groups; opens daily rooms. */
export const keepStudyGroups: Job = {
  name: 'keep-study-groups',
  async run(ctx) {
    await runSessions(ctx);
    await runFocus(ctx);
    await openDaily(ctx);
    await keepGroups(ctx);
  },
};
