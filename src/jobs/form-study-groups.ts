import { countAnswers } from '../study/formations/history.ts';
import { expirePreviews } from '../study/formations/preview.ts';
import { resumeFormations } from '../study/formations/publish.ts';
import { runWeeklyForming } from '../study/formations/weekly.ts';
import type { Job } from './job.ts';

/** Goes on publishing study groups that were formed, forms those of the week, and counts what came of the offers. */
export const formStudyGroups: Job = {
  name: 'form-study-groups',
  async run(ctx) {
    await resumeFormations(ctx);
    await runWeeklyForming(ctx);
    await expirePreviews(ctx);
    await countAnswers(ctx);
  },
};
