/** Meetings of the two of a mentorship. */
import { stamp, who } from '../../marks.ts';
import { counted } from './words.ts';

const long = (at: string) => `${stamp(at, 'F')} (${stamp(at, 'R')})`;

export const meetings = {
  command: {
    meet: 'Find a time at which you can both meet, and propose it',
    minutes: 'How long, in minutes (30 unless you say otherwise)',
    log: 'Enter a meeting that you arranged elsewhere; “we met” is enough',
    logDate: 'The day, as 2026-11-26; today unless you say otherwise',
    logMinutes: 'How long it took, in minutes',
    logLine: 'A line for the two of you, up to 200 characters',
    place: 'Where your next meeting takes place; without an option, in your thread',
    placeChannel: 'A voice channel of this server',
    placeLink: 'An https address; forgotten a week after the meeting',
    pace: 'How often you mean to meet',
    paceChoice: 'How often',
    reminders: 'Whether I mention you in your threads before a meeting',
    remindersOn: 'On or off',
  },
  paces: {
    weekly: 'Every week',
    'two-weeks': 'Every two weeks',
    monthly: 'Every month',
    'when-needed': 'When you need to',
  },
  findTime: 'Find a time',
  /** Above the menu of times, to whoever looks. */
  choose: (partner: string) =>
    `These times suit both you and ${partner}. Choose up to five; they get one button for each.`,
  chooseMove: (partner: string, at: string) =>
    `You and ${partner} meet ${long(at)}. Choose up to five times to which it could move; it stays where it is until they take one.`,
  menu: 'Choose up to five times',
  outside: 'outside the hours entered',
  inHours: 'within both your hours',
  unknownOwn:
    'You have not entered your hours, so I looked between 08:00 and 22:00 your time. `/hours edit` makes it better.',
  unknownPartner: 'They have not entered their hours yet, so I looked between 08:00 and 22:00 their time.',
  noTimes: (partner: string) => `I found no time in the next ten days that suits both you and ${partner}.`,
  misses: 'The nearest:',
  missOwn: (when: string, local: string) => `${when}: would mean ${local} for you`,
  missPartner: (when: string, local: string, partner: string) => `${when}: would mean ${local} for ${partner}`,
  missBoth: (when: string, own: string, partner: string, theirs: string) =>
    `${when}: would mean ${own} for you and ${theirs} for ${partner}`,
  noTimesNext: 'Try a shorter meeting with `/mentorship meet`, or change your hours with `/hours edit`.',
  missesNext: 'You can propose one all the same, try a shorter meeting, or change your hours with `/hours edit`.',
  proposed: (partner: string) =>
    `I have asked ${partner}, in your thread and by direct message. You hear as soon as they choose.`,
  proposedMove: (partner: string, at: string) =>
    `I have asked ${partner}. Until they choose, you meet as agreed: ${long(at)}.`,
  /** In the thread, and to the other. */
  proposalTitle: 'When shall we meet?',
  moveTitle: 'Shall we move our meeting?',
  proposal: (by: string, minutes: number) => `${by} proposes to meet for ${counted(minutes, 'minute', 'minutes')}:`,
  moveProposal: (by: string, at: string) => `${by} would like to move your meeting of ${long(at)}, to one of these:`,
  botProposal: (minutes: number) =>
    `Here are times within both your hours, for ${counted(minutes, 'minute', 'minutes')}. Whoever presses one first proposes it to the other.`,
  option: (n: number, at: string, local: string) => `**${n}.** ${long(at)}\n${local}`,
  optionButton: (n: number) => `Take ${n}`,
  none: 'None of these',
  others: 'Propose others',
  agreedTitle: 'You have a meeting',
  agreed: (mentor: string, mentee: string, at: string, minutes: number) =>
    `${mentor} and ${mentee} meet ${long(at)}, for ${counted(minutes, 'minute', 'minutes')}.`,
  whereThread:
    'Where: here in your thread, unless you agree on something else. `/mentorship place` names a voice channel or a link.',
  whereLetter:
    'Where: in your thread, unless you agree on something else. `/mentorship place` names a voice channel or a link.',
  where: (place: string) => `Where: ${place}`,
  move: 'Move',
  callOff: 'Call off',
  calendar: 'Calendar file',
  calendarHere:
    'Open this file with your calendar. If the meeting moves, press the button again: the new file replaces the entry.',
  file: 'meeting.ics',
  calendarName: 'Mentorship',
  summary: (partner: string) => `Mentorship meeting with ${partner}`,
  fileNote: (guild: string) => `Agreed in ${guild}, on Discord.`,
  replaced: 'Other times have taken the place of these.',
  refusedHere: 'None of these times suited. `/mentorship meet` finds others.',
  calledOffTitle: 'This meeting is called off',
  calledOff: (at: string) => `You do not meet ${stamp(at, 'F')}. \`/mentorship meet\` finds another time.`,
  movedTo: (at: string) => `It has moved: you meet ${long(at)}.`,
  over: (at: string) => `Your meeting of ${stamp(at, 'F')} is over.`,
  remindTitle: { 'day-before': 'You meet tomorrow', 'hour-before': 'You meet in an hour' },
  remindersOff: 'Off for me: `/mentorship reminders`.',
  askTitle: 'How was your meeting?',
  ask: (at: string) =>
    `You planned to meet ${stamp(at, 'F')}. One press of either of you is enough; what you press is not shown to the other.`,
  askButtons: { held: 'We met', moved: 'We moved it', missed: 'It did not happen' },
  /** To one of the two, about what they said themselves. */
  askedAgain: (at: string, word: string) =>
    `You planned to meet ${stamp(at, 'F')}, and you said “${word}”. You can still say something else; the other is not shown it.`,
  said: {
    held: 'Good to hear. It is noted.',
    moved: 'Noted. Enter it once you have met with `/mentorship log`, or find another time now.',
    missed: 'Noted, and nobody is blamed. Another time?',
  },
  noted: 'Noted.',
  letterTitle: {
    proposed: (partner: string) => `${partner} proposes times to meet`,
    agreed: (partner: string) => `${partner} has taken a time`,
    refused: (partner: string) => `None of the times suits ${partner}`,
    'called-off': (partner: string) => `${partner} has called off your meeting`,
  },
  refusedLetter: (mention: string) =>
    `None of the times that you proposed to ${mention} suits. That is only about the calendar: \`/mentorship meet\` finds others.`,
  agreedNow: (partner: string, at: string) =>
    `Agreed: you and ${partner} meet ${long(at)}. I remind you both a day and an hour before, in your thread.`,
  offeredNow: (partner: string, at: string) =>
    `I have proposed ${long(at)} to ${partner}. You hear as soon as they answer.`,
  noneNow: (partner: string) => `I have told ${partner} kindly. Propose other times, if you like:`,
  noneOfBot: 'These times are gone. Propose others, if you like:',
  confirmCallOff: (partner: string, at: string) =>
    `Do you want to call off your meeting with ${partner} ${long(at)}? They are told at once. Moving it is often kinder.`,
  confirmCallOffButton: 'Call it off',
  keepMeeting: 'Keep it',
  keptMeeting: 'You meet as agreed.',
  calledOffNow: (partner: string) =>
    `Your meeting is called off, and ${partner} is told. Find another time, if you like:`,
  logged: (partner: string, at: string) => `Noted: you and ${partner} met on ${stamp(at, 'D')}.`,
  unlog: 'Take it back',
  unlogged: (partner: string) => `Taken back: that meeting with ${partner} is not counted.`,
  placed: (place: string) => `You meet here now: ${place}. Both cards say so.`,
  placedThread: 'You meet in your thread now. Both cards say so.',
  paced: (partner: string, pace: string) =>
    `You and ${partner} mean to meet: ${pace}. I offer the next meeting by that. Either of you can change it.`,
  remindersNow: {
    on: 'I mention you in your threads a day and an hour before a meeting.',
    off: 'I no longer mention you before a meeting. Your partner is still reminded.',
  },
  next: 'Next meeting',
  nextNone: 'None agreed yet: `/mentorship meet` finds a time.',
  nextProposed: 'Times are proposed and wait for an answer.',
  nextMoves: 'It may move, if the other takes one of these:',
  metSoFar: 'Met so far',
  pace: 'Pace',
  met: (count: number) => counted(count, 'time', 'times'),
  log: 'Latest meetings',
  logEntry: (at: string, minutes: number, line: string) =>
    `${stamp(at, 'D')}, ${counted(minutes, 'minute', 'minutes')}${line === '' ? '' : `: ${line}`}`,
  refused: {
    unlog: (hours: number) =>
      `That cannot be taken back any more: it was already, or it was entered more than ${counted(hours, 'hour', 'hours')} ago, or the other has said something about it. \`/mentorship show\` has what counts.`,
    minutes: (least: number, most: number) =>
      `A meeting takes ${least} to ${counted(most, 'minute', 'minutes')}. Choose a length between the two.`,
    past: 'That time has passed. `/mentorship meet` finds others.',
    far: (days: number) =>
      `That is more than ${counted(days, 'day', 'days')} ahead. Plan it when it is nearer; \`/mentorship meet\` finds times in the next ten days.`,
    taken: (at: string) =>
      `One of you is taken ${stamp(at, 'F')} by now. \`/mentorship meet\` finds times at which you are both free.`,
    own: (partner: string) =>
      `You proposed these times yourself, so ${who(partner)} chooses. To propose others: \`/mentorship meet\`.`,
    agreedNow: (at: string) => `A time is agreed already: you meet ${long(at)}. *Move* on its card proposes others.`,
    replaced: 'Other times were proposed since; they stand in your thread. `/mentorship show` says how things stand.',
    noneOpen: 'This meeting was called off or is over. `/mentorship meet` finds another time.',
    noneAgreed: 'You have no meeting agreed at the moment. `/mentorship meet` finds a time.',
    linkTooLong: (length: number, most: number) =>
      `The link is ${length} characters; the limit is ${most}. A shorter one from the same service will do.`,
    link: 'That is not an https address. Paste one that begins with `https://`, for example of a video call.',
    notYet: (at: string) => `This meeting begins ${stamp(at, 'R')}. Tell me after it.`,
    tooLate: 'It is too late to say so now; what was noted stays. `/mentorship log` enters a meeting.',
    logFuture: 'That day is yet to come. Enter a meeting once you have met.',
    logBefore: (at: string) => `Your mentorship began on ${stamp(at, 'D')}, and the day you named is before that.`,
    logDate: 'I did not understand the day. Write it as year, month, and day, for example `2026-11-26`.',
    lineTooLong: (length: number, most: number) => `The line is ${length} characters; the limit is ${most}.`,
    twoPlaces: 'Choose one of the two: a voice channel, or a link.',
  },
};
