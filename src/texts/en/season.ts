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
  day: 'That is no day in the coming year. Please write it as 2027-03-20.',
  placeTooLong: (length: number, limit: number) =>
    `The name has ${length} characters; the limit is ${limit}. Nothing was changed; please shorten it.`,
};
