/** What the parts of the journey share: how a fact, its source and its day are said. */
export const journey = {
  /** @param page a link. @param on a stamp of the day. */
  source: {
    /** Moderators of the reader's own server have opened the page. */
    here: (page: string, on: string) => `Source: ${page}, read by your moderators ${on}.`,
    'official-copy': (page: string, on: string) => `Source: ${page}, read in a stored copy, compared ${on}.`,
    'second-hand': (page: string, on: string) =>
      `Second hand: others report it; compare it with ${page} before you rely on it. Last looked at ${on}.`,
  },
  readOn: (pages: string) => `Read on: ${pages}`,
};
