/** A pair's mentorship. */
import { stamp, who } from '../../marks.ts';
import { counted } from './words.ts';

const on = (at: string) => stamp(at, 'D');

export const mentorship = {
  command: {
    description: 'Your mentorship: how it stands, how to let it rest, and how to end it',
    show: 'With whom, since when, where you meet, and what waits for your answer',
    showMember: 'With whom, for everything about one; without it, all of yours',
    end: 'End a mentorship, without blame',
    pause: 'Let a mentorship rest for a while; it goes on by itself',
    pauseDays: 'For how many days',
    resume: 'Go on with a mentorship that rests',
    endReason: 'Why; they are told kindly',
    endMember: 'With whom; only needed when you have several',
  },
  none: {
    mentee: 'You are in no mentorship here at the moment. `/mentor find` shows who could be your mentor.',
    mentor:
      'You are in no mentorship here at the moment. When a mentee asks you, you get a direct message; `/mentor requests` shows who waits for your answer.',
  },
  noneWith: (id: string) => `You are in no mentorship with ${who(id)}. \`/mentorship show\` lists yours.`,
  title: { mentor: 'Your mentor', mentee: 'Your mentee' },
  state: 'State',
  active: 'Going on',
  resting: 'At rest',
  restingUntil: (at: string) => `At rest until ${on(at)}`,
  since: 'Since',
  until: 'Planned until',
  thread: 'Your thread',
  openThreadOf: (place: number) => `Open thread ${place}`,
  /** On the button that shows one of several with all there is to do. */
  showOf: (place: number) => `Open ${place}`,
  placed: (place: number, title: string) => `${place} · ${title}`,
  /** What waits for an answer in one of several. */
  waits: {
    title: 'Waits for your answer',
    times: 'times to meet',
    meeting: 'how your meeting was',
    done: 'whether you are done',
    question: 'a question from me',
    doneTitle: 'Are the two of you done?',
  },
  threadComing: 'Being opened',
  threadImpossible:
    'I cannot open one at the moment. The moderators know what to mend, and I try again by myself. Until then, write to each other directly.',
  notYours: 'That is not one of your mentorships, so nothing has changed. `/mentorship show` lists yours.',
  alreadyEnded: (at: string) => `This mentorship already ended on ${on(at)}.`,
  which: 'You have several mentorships. Say with whom: choose one in the option `member`.',
  notResting: 'This mentorship is going on; there is nothing to resume. `/mentorship pause` lets it rest for a while.',
  restsUntil: (at: string) =>
    `This mentorship rests until ${on(at)}, and goes on by itself then. Whoever asked for the rest can go on sooner with \`/mentorship resume\`; either of you can end it with \`/mentorship end\`.`,
  /** Only to whoever reported the other. */
  restsForReport:
    'This mentorship rests while your report is looked into, and the moderators decide when it goes on. Taking the report back with `/report mine` lifts the rest; `/mentorship end` ends the mentorship. Your partner reads only that it rests.',
  restsOpen:
    'This mentorship rests for now, and goes on as soon as it can. You can end it with `/mentorship end`, or ask a moderator.',
  pausedToo: (id: string, at: string) =>
    `Your rest until ${on(at)} is noted. Your mentorship with ${who(id)} rests for another reason as well, and goes on when both are over; \`/mentorship resume\` takes yours back.`,
  stillRests: (id: string, at: string | null) =>
    `Your own rest is over. Your mentorship with ${who(id)} rests for another reason as well${at === null ? '' : `, until ${on(at)}`}, and goes on by itself then.`,
  restDays: (least: number, most: number) =>
    `A mentorship can rest for ${least} to ${counted(most, 'day', 'days')}. For longer, end it: you can be paired again later.`,
  paused: (id: string, at: string) =>
    `Your mentorship with ${who(id)} rests until ${on(at)}, and they are told so kindly. It goes on by itself then; \`/mentorship resume\` goes on sooner.`,
  resumed: (id: string) => `Your mentorship with ${who(id)} goes on, and they are told.`,
  confirm: (id: string, consequence: string) => `Do you want to end your mentorship with ${who(id)}? ${consequence}`,
  reasons: {
    completed: 'We are done: it has reached its aim',
    'not-a-fit': 'It is not the right fit',
    'no-time': 'There is no time for it',
    other: 'Something else',
  },
  consequences: {
    'not-a-fit':
      'They read that it was not the right fit, which is nobody’s fault. You are never suggested to each other again.',
    'no-time': 'They read that there is no time for it at the moment. You can be paired again later.',
    other: 'They read that it has ended, and nothing more.',
  },
  confirmButton: 'End it',
  keep: 'Keep the mentorship',
  kept: 'Your mentorship goes on as before. They are told nothing of this.',
  confirmDone: (id: string, due: string) =>
    `Have you and ${who(id)} reached your aim? They are asked to confirm, and with that your mentorship is complete. Until then nothing changes; without an answer it is complete on ${on(due)}, as planned.`,
  doneButton: 'Yes, we are done',
  doneAsked: (id: string, due: string) =>
    `I have asked ${who(id)} to confirm. Until they do, your mentorship goes on; it is planned until ${on(due)}.`,
  completed: (id: string) => `Your mentorship with ${who(id)} is complete. Thank you both. Your thread is closed.`,
  goesOn: (id: string) =>
    `Your mentorship with ${who(id)} goes on, and they are told kindly. A good moment to say what you would still like to reach.`,
  ended: (id: string) => `Your mentorship with ${who(id)} has ended, and they are told kindly. Your thread is closed.`,
  endedAsMentor:
    'Your place is free again, so you can be suggested to mentees. If you would like a break first, `/profile pause`.',
  endedAsMentee: 'Whenever you are ready, `/mentor find` shows who could be your mentor.',
};
