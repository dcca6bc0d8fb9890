/** A pair's mentorship. */
import { stamp, who } from '../../marks.ts';

const on = (at: string) => stamp(at, 'D');

export const mentorship = {
  command: {
    description: 'Your mentorship: how it stands, and how to end it',
    show: 'With whom, since when, until when, and where you meet',
    end: 'End a mentorship, without blame',
    endReason: 'Why; they are told kindly',
    endMember: 'With whom; only needed when you have several mentees',
  },
  none: {
    mentee: 'You are in no mentorship here at the moment. `/mentor find` shows who could be your mentor.',
    mentor:
      'You are in no mentorship here at the moment. When a mentee asks you, you get a direct message; `/mentor requests` shows who waits for your answer.',
  },
  noneWith: (id: string) => `You are in no mentorship with ${who(id)}. \`/mentorship show\` lists yours.`,
  title: { mentor: 'Your mentor', mentee: 'Your mentee' },
  partner: 'With',
  since: 'Since',
  until: 'Planned until',
  localTime: 'Their time now',
  thread: 'Your thread',
  threadComing: 'Being opened',
  threadImpossible:
    'I cannot open one at the moment. The moderators know what to mend, and I try again by myself. Until then, write to each other directly.',
  notYours: 'That is not one of your mentorships, so there is nothing for you to end.',
  alreadyEnded: (at: string) => `This mentorship already ended on ${on(at)}.`,
  which: 'You have several mentees. Say with whom: choose one in the option `member`.',
  confirm: (id: string, consequence: string) => `Do you want to end your mentorship with ${who(id)}? ${consequence}`,
  reasons: {
    completed: 'We are done: it has reached its aim',
    'not-a-fit': 'It is not the right fit',
    'no-time': 'There is no time for it',
    other: 'Something else',
  },
  consequences: {
    completed: 'They read that it is complete, with thanks to you both.',
    'not-a-fit':
      'They read that it was not the right fit, which is nobody’s fault. You are never suggested to each other again.',
    'no-time': 'They read that there is no time for it at the moment. You can be paired again later.',
    other: 'They read that it has ended, and nothing more.',
  },
  confirmButton: 'End it',
  keep: 'Go on',
  kept: 'Your mentorship goes on as before. They are told nothing of this.',
  ended: (id: string) =>
    `Your mentorship with ${who(id)} has ended, and they are told kindly. The two of you can still read your thread.`,
  endedAsMentor:
    'Your place is free again, so you can be suggested to mentees. If you would like a break first, `/profile pause`.',
  endedAsMentee: 'Whenever you are ready, `/mentor find` shows who could be your mentor.',
};
