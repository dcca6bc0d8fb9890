/** `/review`: the moderators' ten minutes, one card at a time. */
import { counted } from './words.ts';

const waiting = (n: number) => counted(n, 'matter waits', 'matters wait');

export const review = {
  command: {
    description: 'Ten minutes of upkeep: what has to be looked at on an official page, worst harm first',
    next: 'One card at a time: still right, changed, cannot tell, or later',
    status: 'How much waits, since when, and how long the last week took',
  },
  title: {
    proposal: 'A date needs a second pair of eyes',
    date: 'A date to look at',
    guide: 'An answer of the guide to look at',
    item: 'A step of the road to look at',
    answer: 'An answer of this server to look at',
    tip: 'A tip to look at',
    prompt: 'A study prompt to look at',
    claim: 'Is this true?',
    suggestion: 'A suggestion',
  },
  waits: (n: number) => `${waiting(n)}, this one among them`,
  done: 'Nothing waits. Thank you; members can rely on what they read.',
  moved: 'Somebody else has just looked at that, or it has changed. Here is what is next.',

  /** What to look for on the page. */
  look: {
    proposal: (value: string) => `Another moderator read: ${value}. Open the page: does it say exactly that?`,
    ownProposal: (value: string) =>
      `You read this a day ago, and nobody else here could look: ${value}. Open the page once more: does it still say exactly that?`,
    withdrawn: 'that the authority has withdrawn it',
    date: (value: string) => `Open the page: does it still say ${value}?`,
    expected: (value: string) =>
      `Others report ${value}; nobody here has read it. Open the page: does it name exactly this day?`,
    noDay: (pattern: string) =>
      `Usually ${pattern}. Open the page: does it name a day by now? Then press *Enter what it says*.`,
    fact: 'Open the page: does it still say this, with this figure?',
    until: (day: string) => `-# Counts until ${day}; past that day it is not shown any more, only the page.`,
    untilPosted: (day: string) => `-# Counts until ${day}; past that day it is neither posted nor shown.`,
    since: (when: string) => `-# Waits since ${when}`,
  },
  right: 'Still right',
  same: 'I read the same',
  named: 'It names this day',
  changed: 'Changed …',
  /** Of a tip or prompt. */
  wrong: 'No longer right',
  leftOut:
    'It is neither posted nor shown here any more. `/content add` writes it anew, in this server’s own words. Here is what is next.',
  undo: 'Take that back',
  takenIn: 'It is in use as before, and waits to be looked at again.',
  enter: 'Enter what it says',
  notYet: 'Not announced yet',
  cannotTell: 'Cannot tell',
  later: 'Later',
  answer: 'Answer …',
  approve: 'Approve',
  decline: 'Decline …',
  open: 'Open the page',
  go: 'Go through them',

  statusTitle: 'Upkeep of this server',
  status: {
    waiting: (n: number) => `${waiting(n)} for you.`,
    nothing: 'Nothing waits for you.',
    oldest: (when: string) => `The oldest waits since ${when}.`,
    week: (acts: number, minutes: number) =>
      `In the last seven days: ${counted(acts, 'look', 'looks')} by moderators, about ${counted(minutes, 'minute', 'minutes')} in all.`,
  },
  home: (n: number) => `${waiting(n)} for a look at an official page.`,
};
