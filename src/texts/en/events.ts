/** The server's own events, in which sessions of study groups and office hours stand where moderators want that. */
import { names, type permissionNames, type ProblemText } from './setup-check.ts';

type Missing = readonly (keyof typeof permissionNames)[];

export const events = {
  /** On the card of what has no event, because it could not be made. */
  none: 'This is not among the server’s events: I could not add it, and moderators know. It takes place all the same.',
  check: {
    guild: (missing: Missing): ProblemText => ({
      text: 'Something of mine is to stand among this server’s events, and I cannot add it.',
      fix: `Give my role ${names(missing)}.`,
    }),
    voice: (channel: string, missing: Missing): ProblemText => ({
      text: `Something of mine is to stand among this server’s events in ${channel}, and I cannot add it.`,
      fix: `Give my role ${names(missing)} there.`,
    }),
    voiceGone: (): ProblemText => ({
      text: 'A voice channel is gone in which something of mine is to stand among this server’s events.',
      fix: 'Choose another: for sessions of study groups with `/setup study voice:`.',
    }),
  },
};
