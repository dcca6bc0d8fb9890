/** `/guide`: questions of the road, answered with who says so and on which day. */
export const guide = {
  command: {
    description: 'Questions on the way to residency, each answered with the official page and the day',
    ask: 'Ask in your own words; misspellings are fine',
    question: 'Your question',
    page: 'The official pages, by theme',
    theme: 'What it is about',
  },
  title: 'From the guide',
  asked: (question: string) => `You asked: ${question}`,
  kinds: { guide: '', item: 'Step', date: 'Date', tip: 'Tip' },
  heading: (kind: string, title: string) => (kind === '' ? title : `${kind}: ${title}`),
  stale: (page: string) =>
    `What stood here has not been looked at for too long, so it is not shown. Read it at ${page}.`,
  none: (question: string) =>
    `I have nothing on “${question}” yet. Try other words, or look at the official pages by theme.`,
  nobodyAdvises: 'The guide says what pages say. It advises nobody on their own visa or chances.',
  another: 'Ask something else',
  pages: 'Official pages',
  choose: 'Choose a theme',
  pageTitle: (theme: string) => `Official pages · ${theme}`,
  pageIntro: 'Nothing else here counts as official. What they say today is what holds.',
  unseen: '-# (address not compared yet)',
  formTitle: 'Ask the guide',
};
