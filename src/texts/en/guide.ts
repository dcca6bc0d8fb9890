import type { Theme } from '../../content/journey.ts';

/** `/guide`: questions of the road, answered with who says so and on which day. */
export const guide = {
  command: {
    description: 'Questions on the way to residency, each answered with the official page and the day',
    ask: 'Ask in your own words; misspellings are fine',
    question: 'Your question',
    page: 'A theme: its questions, the steps on the road, and its official pages',
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
  pages: 'Choose a theme',
  read: 'Read an answer',
  questions: 'What people ask',
  steps: 'On the road',
  step: (title: string, stage: string) => `${title} (${stage})`,
  backTo: (theme: string) => `Back to ${theme}`,
  officialTitle: 'Official pages',
  /** Each theme in a sentence or two: what it is about, and what can be done. */
  themes: {
    'us-medical-system':
      'Who does what, how training is built, and what a visa or a license asks of you. Know the offices by name: half of all wrong turns begin with the wrong one.',
    'ecfmg-certification':
      'From a school that is listed to the certificate in your hand. Most of it is waiting for others, so begin with whatever waits longest.',
    'usmle-preparation':
      'Three Steps, few attempts, and no shortcut that is not somebody else’s trap. A plan that you can keep beats one that you can show.',
    'clinical-experience':
      'Seeing how work is done here, and being seen while you watch. Who pays whom, and what you may touch, belongs in writing.',
    'personal-statement-and-letters':
      'The part of the file that sounds like somebody. One scene that only you can tell, people who saw you work, and every document in time.',
    'networking-and-mentorship':
      'Nobody walks this alone. Small questions to the right people, thanks, and a hand to those behind you.',
    'cultural-adaptation':
      'First names, first weeks, first feedback. None of it is in an exam, and all of it is learned by asking.',
    resilience:
      'The road is long, and you are allowed to be tired on it. What holds people up are others, sleep, and a plan for the bad days.',
    'staying-informed':
      'Dates move, rules change, and rumors are faster than both. Read where it is made, and look at the day.',
    'researching-programs':
      'A list that fits you, from what programs say of themselves this season. It is two evenings a week in summer, not one night in September.',
    'interviews-and-ranking':
      'Stories that you have told aloud, a list in the order in which you want to go, and a week in March that you do not spend alone.',
  } satisfies Record<Theme, string>,
  pageIntro: 'Nothing else here counts as official. What they say today is what holds.',
  unseen: '-# (address not compared yet)',
  formTitle: 'Ask the guide',
};
