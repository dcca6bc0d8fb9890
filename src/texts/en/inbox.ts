/** What `/inbox` says. */
import { counted } from './words.ts';

export const inbox = {
  description: 'What waits for your answer, and messages that could not reach you',
  empty:
    'Your inbox is empty: nothing waits for your answer, and every message has reached you by direct message. `/home` has what else is yours to do.',
  heading: (waiting: number, unread: number) =>
    [
      ...(waiting > 0
        ? [waiting === 1 ? 'One thing is still open.' : `${counted(waiting, 'thing is', 'things are')} still open.`]
        : []),
      ...(unread > 0
        ? [
            `${unread === 1 ? 'One message could not reach you, so here it is.' : `${counted(unread, 'message', 'messages')} could not reach you, so here they are.`} To get them directly, allow direct messages from members of this server in its privacy settings.`,
          ]
        : []),
    ].join(' '),
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previous: 'Previous page',
  next: 'Next page',
  markRead: (titles: number) => (titles === 1 ? 'Mark as read' : `Mark these ${titles} as read`),
  notYours: 'This message is no longer in your inbox. `/inbox` shows what is.',
  ownRequestTitle: (mentor: string) => `Your request to ${mentor} is waiting for their answer`,
  /** `round` for a request out of a matching round: there the next mentor is looked for when it does not work out. */
  ownRequest: (until: string, left: string, queued: number | 'round') =>
    `They can answer until ${until} (${left}). ${
      queued === 'round'
        ? 'If it does not work out, the next mentor who suits you is asked right away.'
        : queued === 0
          ? 'Nobody else is queued behind it.'
          : `If it does not work out, ${queued === 1 ? 'your next choice goes out' : 'your next choices go out one after the other'}.`
    } \`/mentor requests\` shows them all, \`/mentor withdraw\` takes one back.`,
  verificationTitle: 'Your registration as a mentor is waiting for a moderator',
  verification: (since: string) =>
    `You registered on ${since}. A moderator will look at it and may write to you first; you will get a message as soon as it is decided. There is nothing you need to do.`,
};
