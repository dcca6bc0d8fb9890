/** What `/inbox` says. */
export const inbox = {
  description: 'What waits for your answer, and messages that could not reach you',
  empty: 'Your inbox is empty: nothing waits for your answer, and every message has reached you by direct message.',
  heading: (waiting: number, unread: number) =>
    [
      ...(waiting > 0 ? [waiting === 1 ? 'One thing is still open.' : `${waiting} things are still open.`] : []),
      ...(unread > 0
        ? [
            `${unread === 1 ? 'One message could not reach you, so here it is.' : `${unread} messages could not reach you, so here they are.`} To get them directly, allow direct messages from members of this server in its privacy settings.`,
          ]
        : []),
    ].join(' '),
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previous: 'Previous page',
  next: 'Next page',
  markRead: (titles: number) => (titles === 1 ? 'Mark as read' : `Mark these ${titles} as read`),
  notYours: 'This message is not in your inbox any more. `/inbox` shows what is.',
  ownRequestTitle: (mentor: string) => `Your request to ${mentor} waits for their answer`,
  /** `round` for a request out of a matching round: there the next mentor is looked for when it comes to nothing. */
  ownRequest: (until: string, left: string, queued: number | 'round') =>
    `They can answer until ${until} (${left}). ${
      queued === 'round'
        ? 'If it comes to nothing, the next who suits you is asked at once.'
        : queued === 0
          ? 'You have no other choice queued behind it.'
          : `If it comes to nothing, ${queued === 1 ? 'your next choice goes out' : 'your next choices go out one after the other'}.`
    } \`/mentor requests\` shows them all, \`/mentor withdraw\` takes one back.`,
  verificationTitle: 'Your registration as a mentor waits for a moderator',
  verification: (since: string) =>
    `You registered on ${since}. A moderator looks at it and may write to you first; you get a message as soon as it is decided. There is nothing you need to do.`,
};
