import { askToHelp } from '../journey/match/behind.ts';
import { oweMatchWords } from '../journey/match/word.ts';
import type { Job } from './job.ts';

/** The word on the Sunday of Match Week, and two weeks after it the question to those who matched. */
export const keepMatchWeek: Job = {
  name: 'keep-match-week',
  async run(ctx) {
    await oweMatchWords(ctx);
    await askToHelp(ctx);
  },
};
