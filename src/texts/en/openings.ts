/** What those who wait read when a place opens. */
export const openings = {
  title: (mentor: string) => `A place has opened: ${mentor}`,
  body: (guild: string, until: string) =>
    `You are next in line on the waitlist of ${guild}, so you hear of it first. From ${until} on, the next person in line hears of it, too. It is not reserved, so ask while it is there.`,
  reasons: 'Why the two of you',
  keepsTurn: 'Whatever you do, you keep your turn on the waitlist until somebody is your mentor.',
  over: 'The next person in line has heard of this place by now. If it is still free, you can ask all the same.',
  taken: 'This place is taken by now. You keep your turn on the waitlist.',
  asked: 'You have asked for this place. `/mentor requests` shows how it stands.',
  paired: 'You have a mentor now, so there is nothing you need to do here.',
  passed: 'You passed on this place, and the next person in line hears of it. You keep your turn on the waitlist.',
  stopped: 'You are not on the waitlist any more, so there is nothing you need to do here.',
  ask: (mentor: string) => `Ask ${mentor}`,
  pass: 'Not this one',
  notYours: 'This is about somebody else’s turn. `/mentor find` shows who suits you.',
};
