/** When somebody can usually meet. */
import { stamp } from '../../marks.ts';
import { counted } from './words.ts';

/** The parts of a day, as boxes of the form. */
const parts: Readonly<Record<string, string>> = {
  '05-08': 'Early morning, 05–08',
  '08-12': 'Morning, 08–12',
  '12-15': 'Midday, 12–15',
  '15-18': 'Afternoon, 15–18',
  '18-21': 'Evening, 18–21',
  '21-24': 'Late evening, 21–24',
  '00-03': 'Night, 00–03',
};

export const hours = {
  command: {
    description: 'When you can usually meet, in your own time: used to find times, and for nothing else',
    edit: 'Enter or change your hours, in one form',
    show: 'Your week, as it is entered',
    timezone: 'Your time zone, for example Karachi; needed the first time',
  },
  parts,
  days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  form: {
    title: 'When can you usually meet?',
    weekdays: 'Weekdays',
    weekdaysHint: (city: string) => `In your local time: ${city}`,
    weekend: 'Weekend',
    notOn: 'Not on',
    notOnHint: 'Days on which you never have time',
    exactly: 'More exactly (optional)',
    exactlyHint: 'Replaces the boxes for the days that it names',
    exactlyExample: 'Tue 19:00-21:30; Sat 9-12',
    until: 'Until (optional)',
    untilHint: 'For changing shifts: after that I ask you again',
    always: 'No end',
    weeks: (n: number) => `For ${counted(n, 'week', 'weeks')}`,
  },
  title: 'Your hours',
  zone: (label: string) => `In your time: ${label}. Clock changes are taken care of.`,
  day: (day: string, times: string) => `**${day}** ${times}`,
  noTime: 'no time',
  until: (at: string) => `They count until ${stamp(at, 'D')}. After that I ask you for new ones.`,
  over: (at: string) =>
    `Their time was over on ${stamp(at, 'D')}, so nobody counts on them any more. Enter new ones when you know them.`,
  used: 'They are used to find times with your mentor, mentee or study group, and for nothing else. Only the times that suit are shown to others.',
  none: 'You have not entered any hours. Until you do, I look for times between 08:00 and 22:00 your time. `/hours edit` opens the form.',
  saved: 'Your hours are saved.',
  removed:
    'You left the form empty, so no hours are kept for you now. I look for times between 08:00 and 22:00 your time instead.',
  edit: 'Change my hours',
  enter: 'Enter my hours',
  next: 'Find a time with your mentor or mentee: `/mentorship meet`. Find a study group: `/study find`.',
  onward: 'Go on',
  consent: 'To keep your hours and your time zone for this server, please agree to the code of conduct first.',
  refused: {
    needsZone:
      'I need your time zone first: choose it in the option `timezone` of `/hours edit`, for example by typing your city.',
    exact: (part: string, why: string) =>
      `Nothing was saved, because I did not understand “${part}”: ${why} An example: \`Tue 19:00-21:30; Sat 9-12\`.`,
    why: {
      'unknown-day': 'there is no day of the week in it that I know.',
      'unknown-time': 'a time goes from 00:00 to 24:00, like 19:00-21:30 or 7-9pm.',
      'no-time': 'it has a day but no time.',
      'end-before-start': 'it ends before it begins. For a night, write both days: `Fri 22-24; Sat 0-2`.',
      'too-many': 'that is more than 42 times in one week.',
    },
    both: (day: string) =>
      `Nothing was saved: ${day} is among the days on which you have no time, and has a time under “More exactly”. Please take one of the two away.`,
  },
  again: 'Open the form again, filled in',
  overTitle: 'Your hours have come to their end',
  overLetter: (guild: string) =>
    `The hours that you entered in ${guild} were for a time that is over now. If you know your new ones, \`/hours edit\` there takes a minute. Until then I look for times between 08:00 and 22:00 your time.`,
};
