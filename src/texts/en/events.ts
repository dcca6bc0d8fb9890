/** The server's own events, in which sessions of study groups and office hours stand where moderators want that. */
import { names, type permissionNames, type ProblemText } from './setup-check.ts';

type Missing = readonly (keyof typeof permissionNames)[];

export const events = {
  /** On the card of what has no event, because it could not be made. */
  none: 'This is not among the server’s events: I could not add it, and moderators know. It takes place all the same.',
  check: {
    guild: (missing: Missing): ProblemText => ({
      text: 'Study sessions or office hours belong among this server’s events, and I cannot add them.',
      fix: `Give my role ${names(missing)}.`,
    }),
    voice: (channel: string, missing: Missing): ProblemText => ({
      text: `Study sessions or office hours in ${channel} belong among this server’s events, and I cannot add them.`,
      fix: `Give my role ${names(missing)} there.`,
    }),
    voiceGone: (): ProblemText => ({
      text: 'The voice channel of what I add to this server’s events is gone.',
      fix: 'Choose another: for sessions of study groups with `/setup study voice:`.',
    }),
  },
};
