import { carryOutAnswers } from '../mentoring/requests/hold.ts';
import type { Job } from './job.ts';

/** Carries out what mentors have answered, once they can no longer take it back. */
export const carryOutAnswersJob: Job = {
  name: 'carry-out-answers',
  // What one person just caused goes before what is owed to many.
  run: (ctx) => carryOutAnswers({ ...ctx, bulk: false }),
};
