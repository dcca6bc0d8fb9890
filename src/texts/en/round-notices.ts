/** What a matching round writes to people: to mentors and mentees whom it proposes, to those who wait on, to whoever began it. */
export const roundNotices = {
  request: {
    receivedTitle: (mentee: string) => `${mentee} is proposed to you as a mentee`,
    received:
      'This comes from a matching round: the moderators matched everybody on the waitlist with the free places at once. They have written no message; the choice is yours, as always.',
    nextAsked: (mentor: string, until: string) =>
      `The next mentor who suits you, ${mentor}, has been asked at once and can answer until ${until}. There is nothing you need to do.`,
  },

  proposed: {
    title: (mentor: string) => `${mentor} has been asked to be your mentor`,
    body: (guild: string, at: string) =>
      `${guild} has matched everybody on its waitlist, and this is the mentor proposed for you. They can answer until ${at}; I will write to you either way. If it does not work out, the next mentor who suits you is asked right away.`,
    reasons: 'Why the two of you',
    withdraw: 'You would rather not? You can withdraw the request.',
  },

  left: {
    title: 'This matching round had no mentor for you yet',
    keepsTurn: (guild: string) =>
      `It says nothing about you: ${guild} has too few mentors for some paths. You keep your turn on the waitlist, and the next round begins with it.`,
    belowFloor:
      'There are mentors, but none who suits what you are looking for well enough to be worth your time and theirs.',
    belowFloorHint:
      'More than one specialty, or a few more topics you want help with, in your profile widen the search; you can also see who is there, and ask any of them.',
    noEligible: {
      language: 'Most mentors here share no language with you.',
      stage: 'Most mentors here are not further along the road than you.',
      'stage-not-accepted': 'Most mentors here take mentees from a later stage on.',
      full: 'All mentors who may be paired with you have no free place at the moment.',
      other: 'None of the mentors here is available to you at the moment.',
    },
    noEligibleHint: {
      language: 'If you speak another language well enough to meet in, add it to your profile.',
      stage: 'If your stage has changed since you registered, bring your profile up to date.',
      'stage-not-accepted': 'If you have moved on since you registered, bring your stage up to date in your profile.',
      full: 'There is nothing you need to do.',
      other: 'There is nothing you need to do.',
    },
  },

  interrupted: {
    title: 'Your matching round was interrupted',
    body: (guild: string) =>
      `While the preview for ${guild} was being computed, Preceptor was restarted or met a fault. Nothing was sent to anybody, and nothing is half-done. Previewing a round there recomputes it, with the pins and prohibitions you made.`,
  },
};
