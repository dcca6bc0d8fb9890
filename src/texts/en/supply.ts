/** What is free, who waits, and how long it took others. */
import { stamp, who } from '../../marks.ts';
import { counted, words } from './words.ts';

const { number } = words;
const places = (n: number) => (n === 0 ? 'no free place' : counted(n, 'free place', 'free places'));

export const supply = {
  command: 'Since when you wait and how long it took others, what is free now, and who waits beside you',
  /** Beside “Join the waitlist”. */
  button: 'How long is the wait?',
  title: 'What is free for you now',
  heard: 'A place has opened for you',
  heardOf: (mentor: string, until: string) =>
    `${who(mentor)} has a free place, and you are next in line. From ${stamp(until, 'F')} on, the next person in line hears of it, too.`,
  /** On a button, where a mentor's name is not known. */
  themNameless: 'this mentor',
  specialty: (name: string, free: number, waiting: number) =>
    `${name}: ${places(free)}, ${waiting === 0 ? 'nobody else waiting' : `${number(waiting)} waiting`}.`,
  topic: (name: string, free: number) => `Mentors of other specialties can help with ${name}: ${places(free)}.`,
  all: (free: number, waiting: number) =>
    `In all: ${places(free)} at mentors whom you may ask, ${waiting === 0 ? 'nobody else' : counted(waiting, 'other mentee', 'other mentees')} on the waitlist.`,
  wait: 'The waitlist',
  since: (at: string, position: number, of: number) =>
    `You have been looking since ${stamp(at, 'D')} (${stamp(at, 'R')}), and are number ${position} of ${of}.`,
  notWaiting: 'You are not on the waitlist.',
  others: (n: number) =>
    n === 0
      ? 'Nobody else waits whom the same mentors could help.'
      : `${counted(n, 'other person waits', 'other people wait')} whom some of the same mentors could help.`,
  median: {
    alike: (days: number) =>
      `Of those at your stage, with specialties close to yours, who found a mentor in the last 90 days, half waited for ${counted(days, 'day', 'days')} or less.`,
    all: (days: number) =>
      `Of those who found a mentor here in the last 90 days, half waited for ${counted(days, 'day', 'days')} or less.`,
  },
  noMedian: 'Too few have found a mentor lately to say how long it takes.',
  order:
    'When a place opens, whoever has waited longest and suits hears of it first; a matching round looks at how well people suit as well. I can promise no date, and you can ask somebody at any time without losing your turn.',
};
