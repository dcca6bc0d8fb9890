/** The season in which programs choose residents. */
import { stamp, who } from '../../marks.ts';

const on = (at: string) => stamp(at, 'D');

export const season = {
  command: 'Say that you help to choose residents; or, as a mentee, whether a round may propose such a mentor',
  options: {
    selecting: 'As a mentor: I take part in selecting residents',
    until: 'Until which day, such as 2027-03-20; Match Day if you leave it out',
    place: 'Where, if you want to name it; whoever asks you reads it',
    rounds: 'As a mentee: I do not mind if a round proposes a mentor who helps to choose residents',
  },
  /** Before a request to such a mentor. */
  note: (id: string, place: string | null, until: string) =>
    `${who(id)} helps to choose residents${place === null ? '' : ` at ${place}`}. If you apply there, choose somebody else until ${on(until)}: it keeps both of you out of an awkward place. I don’t ask where you apply, and what you press is not kept.`,
  words: 'Your words, to copy into the form',
  notThere: 'I do not apply there',
  suggested: (until: string) =>
    `**Helps to choose residents:** if you apply where they do, choose somebody else until ${on(until)}`,
  marked: (until: string) =>
    `Noted until ${on(until)}. From September 1 to Match Day, whoever asks you reads it first, and a round proposes you only to those who don’t mind. \`/mentor season selecting:False\` takes it back.`,
  unmarked: 'Noted: you take no part in selecting residents. Nobody reads anything about it.',
  allowed: {
    true: 'Noted: a round may propose a mentor to you who helps to choose residents.',
    false: 'Noted: from September 1 to Match Day no round proposes a mentor to you who helps to choose residents.',
  },
  nothing:
    'Say what you mean: `selecting` if you are a mentor who helps to choose residents, `rounds` if you are a mentee.',
  /** Somebody said so in the moment in which they were asked. */
  meanwhile: (id: string) =>
    `${who(id)} has just said that they help to choose residents, so nothing was sent. Ask them again, and you read first what that means for you.`,
  /** To the mentor, in place of a pair. */
  askedFirst: (id: string) =>
    `${who(id)} could not read before that you help to choose residents, so they have it now, and say first whether they apply where you are. If they don’t, one press of theirs sends you this request again.`,
  /** To the mentee whose request was made before. */
  givenBackTitle: (mentor: string) => `Before your request goes to ${mentor}`,
  givenBack: {
    asked:
      'You could not read this when you asked, so I gave your request back to you. One press sends it with the words that you wrote; if you apply there, you need not do anything.',
    proposed:
      'A matching round had proposed the two of you before you could read this, so nothing comes of it by itself. One press asks them; if you apply there, you need not do anything.',
  },
  notGivenBack: 'That request is no longer yours to send. `/mentor find` shows who is free now.',
  notInRounds:
    'they help to choose residents, and the mentee has not said that they don’t mind (`/mentor season rounds:True`)',
  day: 'That is no day in the coming year. Please write it as 2027-03-20.',
  placeTooLong: (length: number, limit: number) =>
    `The name has ${length} characters; the limit is ${limit}. Nothing was changed; please shorten it.`,
};
