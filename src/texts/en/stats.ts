/** Figures of whole months, for moderators. */
import { stamp } from '../../marks.ts';
import { counted, words } from './words.ts';

const { month, number } = words;

const months = (since: string, until: string): string =>
  since === until ? month(since) : `${month(since)} to ${month(until)}`;

export const stats = {
  command: {
    description: 'How mentoring goes, in figures of whole months that show nobody',
    since: 'From which month on, or a season; the latest season otherwise',
    about: 'What each figure is, and why some are not shown',
  },
  title: (since: string, until: string) => `Figures of ${months(since, until)}`,
  period: {
    season: (begins: string, until: string) => `Season from ${month(begins)} (up to ${month(until)})`,
    since: (since: string, until: string) =>
      since === until ? month(since) : `From ${month(since)} on (up to ${month(until)})`,
  },
  noneYet: (at: string) =>
    `There are no figures yet: the first whole month ends on ${stamp(at, 'D')}, and they come right after it. They are of whole months, so that nobody can be found by comparing two days.`,
  noSuchPeriod: 'There are no figures of that month. Choose one from the list that appears while you type.',
  headings: {
    stocks: (until: string) => `At the end of ${month(until)}`,
    answers: 'Requests',
    steps: 'How far pairs came in eight weeks',
    ends: 'Why pairs ended',
    office: 'Help besides mentorships',
    sides: 'Who waits, and mentors with a place',
    cases: (since: string, until: string) => `Reports of ${months(since, until)}, as far as you may see them`,
  },
  cells: {
    mentors: 'Mentors',
    verified: 'Verified mentors',
    places: 'Free places',
    mentees: 'Mentees',
    waiting: (days: number) => `Waiting for more than ${counted(days, 'day', 'days')}`,
    'needs-look': 'Pairs that need a look',
    accepted: 'Accepted',
    declined: 'Declined',
    expired: 'No answer in time',
    agreed: 'Agreed on a meeting',
    first: 'Met once',
    third: 'Met three times',
    'office-hours': 'Came to office hours',
    ends: {
      completed: 'Completed',
      'never-met': 'Never met',
      faded: 'Fell silent',
      chosen: 'One of them ended it',
      left: 'One of them left',
      staff: 'Ended by moderators',
    },
  },
  families: {
    hospital: 'Hospital-based',
    neurosciences: 'Neurosciences',
    outpatient: 'Outpatient',
    'primary-care': 'Primary care',
    surgery: 'Surgery',
    diagnostic: 'Diagnostic',
    'first-year': 'A first year',
    another: 'Another specialty',
    undecided: 'Undecided',
  } as Readonly<Record<string, string>>,
  line: (name: string, value: string) => `${name}: ${value}`,
  bold: (value: string) => `**${value}**`,
  notShown: 'not shown',
  step: (from: number, to: number) => `${number(from)} to ${number(to)}`,
  of: (count: number, all: number) => `${number(count)} of ${number(all)}`,
  hours: (low: number, high: number) =>
    low === high ? `within ${counted(low, 'hour', 'hours')}` : `within ${number(low)} to ${number(high)} hours`,
  days: (low: number, high: number) =>
    low === high ? `within ${counted(low, 'day', 'days')}` : `within ${number(low)} to ${number(high)} days`,
  join: (parts: readonly string[]) => parts.join(', '),
  covers: (value: string, spans: readonly (readonly [since: string, until: string])[]) =>
    `${value} (${words.row(spans.map(([since, until]) => months(since, until)))})`,
  side: (stage: string, family: string, demand: string, supply: string) =>
    `${stage}, ${family.toLowerCase()}: ${demand} wait; mentors ${supply}`,
  noSides: 'No group of five or more waits.',
  moreSides: (n: number) => `${number(n)} more in the file.`,
  cases: {
    few: 'Fewer than five members were reported, so nothing is counted.',
    counts: (all: number, taken: number, closed: number) =>
      `${number(all)} opened; by the end of it ${number(taken)} taken, ${number(closed)} closed`,
    hours: (hours: number) => `Half of them were taken within ${counted(hours, 'hour', 'hours')}`,
    category: (name: string, count: number) => `${name}: ${number(count)}`,
  },
  legend:
    '“Not shown”: fewer than five people, or nearly everybody. Requests and ends are then counted together with later months. The picture and the file say the same, without reports.',
  aboutButton: 'What is this?',
  alt: (title: string, groups: readonly string[]) => [`${title}.`, ...groups].join(' '),
  group: (heading: string, lines: readonly string[]) => `${heading}: ${lines.join('; ')}.`,
  files: { picture: 'figures.png', csv: 'figures.csv' },
  csv: {
    header: ['Figure', 'Stage', 'Specialties', 'From', 'To', 'At least', 'At most', 'Middle', 'Unit of the middle'],
    sides: { demand: 'Mentees who wait', supply: 'Mentors with a place' },
    hours: 'hours',
    days: 'days',
  },
  about: {
    title: 'What these figures are',
    how: (fewest: number, step: number) =>
      `They are of whole months and fixed when a month has ended: what somebody does or deletes later changes nothing, and nobody’s id is kept with them. A count is of at least ${number(fewest)} mentors and ${number(fewest)} mentees, where there are more, and never of all mentees. What is too little is counted together with later months; then the months stand behind it. How people stand at the end of a month is said in steps of ${number(step)}. So no figure shows one person, nor does the difference of two.`,
    fields: (days: { wait: number; steps: number }): readonly (readonly [string, string])[] => [
      [
        'At the end of a month',
        `Mentors and mentees who are registered; mentors who are verified; places of mentors who can be asked; people on the waitlist for more than ${counted(days.wait, 'day', 'days')}; pairs that need a look, as \`/mentors pairs\` says it.`,
      ],
      [
        'Requests',
        'By the month in which they were answered or ran out. “Within 24 hours”: half of the mentors, each by their own middle, answered within that. Where there are several months, the quickest and the slowest.',
      ],
      [
        'How far pairs came',
        `Of the pairs accepted in these months: those who within ${counted(days.steps, 'day', 'days')} agreed on a meeting, met once, and met three times; with the days that half of the mentors took. It comes two months later. A step is left out where fewer than five stopped there.`,
      ],
      [
        'Why pairs ended',
        'By the month in which they ended. “Never met” and “fell silent” are closed by me after I asked; “one of them left” includes those who deleted their data.',
      ],
      [
        'Help besides mentorships',
        'How often somebody came to a mentor’s office hours in these months, as they said themselves with *I was there*. Somebody who came twice counts twice. It takes no place of a mentor.',
      ],
      [
        'Who waits, and mentors with a place',
        'People on the waitlist by stage and specialties that are close to each other, and mentors with a free place whom they could ask. Somebody who named several counts in each.',
      ],
      [
        'Reports',
        'For those who handle reports only: of the last whole quarter, and only of reports that you may see yourself. They are not in the picture or the file, which may be passed on.',
      ],
    ],
  },
};
