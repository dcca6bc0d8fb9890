/** What a pair wants to reach. */
import { who } from '../../marks.ts';
import { list } from './words.ts';

export const goals = {
  command: {
    group: 'What the two of you want to reach',
    add: 'Set a goal; both of you see it, and either can change it',
    reached: 'A goal is reached',
    drop: 'A goal is no longer yours',
    goal: 'What you want to reach, up to 200 characters',
    which: 'Which of your goals',
    by: 'Until when, as 2027-01-31; in twelve weeks unless you say otherwise',
    replaces: 'The goal that you word anew',
  },
  set: 'Set a goal',
  form: {
    title: 'A goal',
    text: 'What do you want to reach together?',
    textHint: 'For example: a personal statement that two people have read',
    day: 'Until when? (optional)',
    dayHint: 'As 2027-01-31; in twelve weeks when left empty',
  },
  saved: (partner: string, goal: string, day: string) =>
    `Set for you and ${who(partner)}: “${goal}”, until ${day}. You both see it in \`/mentorship show\`, and either of you can change it.`,
  reached: (goal: string) => `Well done: “${goal}” is reached. What comes next?`,
  dropped: (goal: string) => `“${goal}” is off your list.`,
  field: 'Goals',
  line: (goal: string, day: string) => `${goal} (until ${day})`,
  lineReached: (goal: string) => `${goal} (reached)`,
  refused: {
    empty: 'A goal needs a sentence: what you want to reach together.',
    tooLong: (length: number, most: number) => `Your goal is ${length} characters; the limit is ${most}.`,
    day: 'I did not understand the day. Write it as year, month, and day, for example `2027-01-31`.',
    past: 'That day has passed. Choose one from today on, within a year.',
    far: 'That is more than a year ahead. Choose a step that you can reach within a year.',
    tooMany: (open: readonly string[]) =>
      `You have three goals already: ${list(open.map((each) => `“${each}”`))}. Mark one as reached or drop it first, or word one anew.`,
    notOpen: 'That goal is not among those you have open. `/mentorship show` lists them.',
  },
};
