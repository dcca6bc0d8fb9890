import { stamp, who } from '../../marks.ts';
import { counted } from './words.ts';

const people = (n: number) => counted(n, 'person', 'people');

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const twoDigits = (n: number) => String(n).padStart(2, '0');
const every: Readonly<Record<number, string>> = {
  0: 'once',
  1: 'every week',
  2: 'every two weeks',
  4: 'every four weeks',
};

/** What moderators read about scheduled matching rounds. */
export const roundPlan = {
  command: {
    description: 'Have rounds begin by themselves at a time of the week; alone, it shows what is scheduled',
    weekday: 'The day of the week',
    time: 'The time of day in this server’s zone, such as 09:00 (usual: 09:00)',
    every: 'How often (usual: every four weeks)',
    publish: 'How each round is published once you have seen it (usual: by a press)',
    floor: 'Pair nobody who suits less than this, in percent (usual: 30)',
    cancel: 'End the schedule; what is previewed stays',
    publishes: { press: 'when a moderator presses Publish', itself: 'by itself a day later, unless somebody stops it' },
  },
  weekdays,
  every: (weeks: number) => every[weeks] ?? `every ${weeks} weeks`,
  /** In one line, as settings show it. */
  line: (weekday: number, minute: number, weeks: number) =>
    `${weekdays[weekday - 1] ?? ''} at ${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}, ${every[weeks] ?? ''}`,
  status: {
    title: 'Scheduled rounds',
    none: 'No round is scheduled. `/round schedule weekday:Monday` has one previewed to the staff channel every four weeks; nothing is sent before you publish, unless you choose otherwise.',
    next: (at: string) => `The next begins ${stamp(at, 'F')} (${stamp(at, 'R')}).`,
    begun: 'The round has begun; none comes after it.',
    press: 'Each is shown in the staff channel, and nothing is sent until a moderator publishes it.',
    itself: (hours: number, by: string) =>
      `Each is shown in the staff channel and published by itself ${counted(hours, 'hour', 'hours')} later, unless somebody stops it. ${who(by)} answers for that: it waits for a press when they are no longer a moderator.`,
    floor: (percent: number) => `Nobody is paired who suits less than ${percent}%.`,
    by: (by: string, at: string) => `Set by ${who(by)} ${stamp(at, 'R')}.`,
    noStaff: 'No staff channel is set, so nobody would see the previews: `/setup start` sets one.',
    cancel: 'End the schedule',
  },
  set: 'Scheduled.',
  cancelled: 'The schedule has ended. A preview that is open stays, and is sent only if you publish it.',
  heading: 'Matching rounds',
  notScheduled: 'None scheduled',
  card: {
    title: 'A scheduled round is ready to look at',
    body: (pairs: number, waiting: number) =>
      pairs === 0
        ? `${people(waiting)} wait, and nobody can be proposed to a mentor at the moment. Nothing is sent.`
        : `${pairs} of ${people(waiting)} who wait would be proposed to a mentor.`,
    press: 'Nothing is sent until a moderator publishes it.',
    byItself: (at: string) =>
      `It is published by itself ${stamp(at, 'F')} (${stamp(at, 'R')}), unless somebody discards it or keeps it for a press.`,
    computing: 'It is being recomputed just now.',
    published: (by: string, at: string, requests: number | undefined) =>
      `Published in the name of ${who(by)} ${stamp(at, 'f')}${requests === undefined ? '.' : `: ${counted(requests, 'request is', 'requests are')} out. \`/round history\` shows how they stand.`}`,
    over: 'This round is over, and nothing was sent.',
    show: 'Look at it',
    publish: 'Publish …',
    keep: 'Keep it for a press',
    kept: 'It is not published by itself any more. Nothing is sent until a moderator publishes it.',
  },
  refused: {
    none: 'No round is scheduled here, so there is nothing to end.',
    notByItself: 'This round is not published by itself, or is over by now. Nothing was changed.',
    time: (typed: string) => `“${typed}” is no time of day. Write it like 09:00 or 18:30.`,
    weekday: 'Name the day of the week, too: `/round schedule weekday:Monday`.',
  },
};
