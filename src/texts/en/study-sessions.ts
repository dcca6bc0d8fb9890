/** How sessions of study groups go: timers, teach-back, the plan and the prompts of a group. */
import { stamp, who } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { counted, list } from './words.ts';

export const studySessions = {
  command: {
    plan: 'The systems of your exam: who has done which, and what comes next',
    prompts: 'Your group’s own study prompts: on which day, and about what',
    settings: 'How your sessions go, a line each week, and how others join',
    weekday: 'The day on which a prompt comes, or no prompts',
    shape: 'How a session goes',
    line: 'A line on Sunday: sessions held, the next one, systems done',
  },
  /** Parts of an exam that the content outline of the USMLE does not have. */
  parts: {
    'oet-listening': 'Listening',
    'oet-reading': 'Reading',
    'oet-writing': 'Writing',
    'oet-speaking': 'Speaking',
  },
  shapes: {
    one: 'In one stretch',
    '25-5': '25 minutes, then a break of 5',
    '50-10': '50 minutes, then a break of 10',
    'teach-back': 'Teach-back: one of you explains a prompt',
  },
  phases: {
    work: (until: Instant) => `**Work** until ${stamp(until, 't')}, ${stamp(until, 'R')}.`,
    break: (until: Instant) => `**Break** until ${stamp(until, 't')}, ${stamp(until, 'R')}.`,
    alone: (until: Instant) =>
      `**Alone:** think it through for two minutes, until ${stamp(until, 't')}. Nobody speaks yet.`,
    explain: (until: Instant) =>
      `**Aloud:** one of you explains it, and the others ask. Until ${stamp(until, 't')}, ${stamp(until, 'R')}.`,
    points: (until: Instant) =>
      `**Checkpoints:** compare. What did you have, what was missing? The next prompt comes at ${stamp(until, 't')}.`,
  },
  noPromptLeft: 'There is no prompt for this at the moment, so choose a question of your own.',
  paused: (by: string) => `Paused by ${who(by)}.`,
  changed: {
    'went-on': (by: string) => `${who(by)} went on with the timer.`,
    next: (by: string) => `${who(by)} went on to the next part.`,
    ended: (by: string) => `${who(by)} ended the session.`,
  },
  pause: 'Pause',
  goOn: 'Go on',
  next: 'Next part',
  end: 'End the session',
  pauseDone: 'Paused. *Go on* goes on where it stopped; the session still ends at its time.',
  goOnDone: 'It goes on.',
  nextDone: 'On to the next part.',
  endDone: 'The session is over. Thank you for being here.',
  few: {
    title: (coming: number) =>
      coming === 0 ? 'Nobody has said yet that they come' : 'Only one of you has said that they come',
    body: (at: Instant) =>
      `Your session begins ${stamp(at, 'R')}. Do you want to move it, call it off, or meet anyway? Without a word it stays as it is.`,
    move: 'Move it',
    callOff: 'Call it off',
    meet: 'Meet anyway',
    meetDone: 'Good: it stays as it is, and the others see that you come.',
    moveTitle: 'When would be better?',
    moveLabel: 'By your clock, like 2027-03-14 19:30',
    moved: (at: Instant) => `Moved: you meet ${stamp(at, 'F')} instead, and your thread hears of it.`,
    stays: (coming: number) => `${coming} of you come now, so it stays as it is.`,
  },
  extra: {
    title: 'One more session',
    intro: 'Within the hours of all of you, in the next ten days. Press one, and it is planned.',
    line: (at: Instant) => `${stamp(at, 'F')}, ${stamp(at, 'R')}`,
    none: 'In the next ten days no hour suits all of you. Agree on a time among yourselves, and plan it with the option `when`.',
  },
  plan: {
    title: (what: string) => `Plan: ${what}`,
    weeks: (weeks: number, month: string) =>
      weeks === 0
        ? `${month} has come. All the best to those of you who sit the exam now.`
        : `${counted(weeks, 'week', 'weeks')} until ${month}.`,
    noTarget: 'Your group has no fixed month.',
    line: (system: string, ids: readonly string[]) => `✓ **${system}**: ${list(ids.map(who))}`,
    open: (system: string) => `– ${system}`,
    next: (system: string) => `Next could be **${system}**.`,
    menu: 'Choose what you have done',
    topic: (system: string) => `Prompts about ${system}`,
    topicDone: (system: string) => `Your prompts are about **${system}** from now on.`,
    noPrompts: '`/study prompts` brings a question on it each week.',
  },
  prompts: {
    title: 'Your group’s own prompts',
    on: (day: string) => `A prompt comes into your thread each ${day} at noon.`,
    off: 'No prompts come by themselves. Choose a day below, and they do.',
    all: 'About every system, in the order of the outline.',
    systems: (names: readonly string[]) => `About ${list(names)}.`,
    rest: 'Where no session was held for two weeks, they rest.',
    dayMenu: 'On which day',
    noDay: 'No prompts',
    systemMenu: 'About what (nothing chosen: everything)',
    every: (day: string) => `Each ${day}`,
    postTitle: 'A prompt for your group',
    how: 'Explain it aloud to somebody, then look at what a good answer has.',
    points: 'Show what a good answer has',
  },
  settings: {
    title: 'How your sessions go',
    done: (shape: string, line: boolean, asks: boolean) =>
      `**${shape}**, from the next session on. ${line ? 'A line comes on Sundays.' : 'No line comes on Sundays.'} ${asks ? 'You are asked before somebody joins.' : 'Whoever fits can join.'}`,
  },
  week: {
    title: 'Your week',
    held: (count: number) => (count === 0 ? 'No session this week.' : `${counted(count, 'session', 'sessions')} held.`),
    next: (at: Instant) => `The next one is ${stamp(at, 'F')}.`,
    ticked: (count: number, systems: number) =>
      `Done by at least one of you: ${count} of ${counted(systems, 'system', 'systems')}.`,
    off: '`/study settings` turns this line off.',
  },
  refused: {
    notBegun: 'This session has not begun.',
    timerHere: 'Only those who are here touch the timer. Press *I am here* first.',
    noOutline: 'A plan goes by the outline of an exam, and this group is a circle. It needs none.',
    noPrompts: 'The library has prompts for Step 1, Step 2 CK, and Step 3, and this group is for something else.',
  },
};
