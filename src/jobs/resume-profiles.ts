import { resumeDue } from '../mentoring/profiles/pause.ts';
import type { Job } from './job.ts';

/** Puts members back on the list whose pause has come to its end. */
export const resumeProfiles: Job = {
  name: 'resume-profiles',
  async run(ctx) {
    await resumeDue(ctx);
  },
};
