/** Open co-working. */
import { stamp, who } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { counted, list } from './words.ts';

export const focus = {
  command: {
    description: 'Work beside others for a while: no voice, nothing counted',
    start: 'Begin to work beside others in the study channel',
    minutes: 'How long you work at a stretch',
    rounds: 'How many times, with breaks in between (usually 2)',
    what: 'What you mean to do, in a line',
  },
  lengths: (work: number, pause: number) => `${work} minutes, then ${pause} off`,
  title: 'Focus: work beside one another',
  work: (round: number, rounds: number, until: Instant) =>
    `**Work**, ${round} of ${rounds}, until ${stamp(until, 't')}, ${stamp(until, 'R')}.`,
  break: (until: Instant) => `**Break** until ${stamp(until, 't')}, ${stamp(until, 'R')}.`,
  over: (people: number) =>
    `Over: ${counted(people, 'person', 'people')} worked here. How did it go with what you meant to do? Only you see your answer.`,
  intro: 'Whoever likes presses *Join*: no voice is needed, and nobody counts hours.',
  here: (ids: readonly string[]) => `Here: ${list(ids.map(who))}`,
  line: (id: string, line: string) => `${who(id)}: ${line}`,
  more: (count: number) => `and ${counted(count, 'other', 'others')}`,
  join: 'Join',
  myLine: 'My line',
  end: 'End it',
  started: 'It begins in the study channel. Others can join you there.',
  joined: 'Welcome. *My line* says what you mean to do, if you like.',
  lineDone: 'Your line stands in the message.',
  ended: 'Ended. Thank you for beginning it.',
  refused: {
    own: 'You have begun one that is still on. End it first, or let it run out.',
    enough: (most: number) => `There are ${most} going on in the study channel already. Join one of those.`,
    over: 'That is over. `/focus start` begins another.',
    notIn: 'You were not in it. `/focus start` begins another.',
    saidWhen: 'That can be said once it is over, for a day.',
    notYours: 'Only whoever began it can end it. It ends by itself.',
  },
};
