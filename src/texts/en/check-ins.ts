/** What the bot asks the two of a mentorship of its own accord. */
import { stamp } from '../../marks.ts';
import { counted } from './words.ts';

export const checkIns = {
  title: {
    'first-week': (partner: string) => `You and ${partner}: how is your start?`,
    warning: (partner: string) => `Are you and ${partner} still there?`,
    fit: (partner: string) => `How is it with ${partner}?`,
    silence: (partner: string) => `You and ${partner}: still going?`,
    due: (partner: string) => `Your mentorship with ${partner} comes to its planned end`,
  },
  body: {
    'first-week': (mention: string) =>
      `You and ${mention} have not agreed on a first meeting yet. Most pairs that meet in the first two weeks stay together. What would help?`,
    warning: (mention: string) =>
      `I have not heard from you or ${mention}, and no first meeting is agreed. If nobody answers, this mentorship closes in 7 days, without blame; a mentee keeps their turn on the waitlist. One press keeps it open.`,
    fit: (mention: string) =>
      `How is it with ${mention}? Your answer is not shown to them. If you add a line for the moderators, only they read it.`,
    silence: (mention: string) =>
      `You and ${mention} have not met for five weeks, as far as I know. Is it still going? If neither of you answers, it closes in 7 days, without blame.`,
    due: (mention: string, at: string) =>
      `Your mentorship with ${mention} is planned until ${stamp(at, 'D')}. Would you like to go on? It takes both of you; your answer is not shown to them. Without more weeks it is complete on that day.`,
  },
  /** Above the latest question that somebody has not answered, on the card of their mentorship. */
  openTitle: 'A question from me',
  answers: {
    met: 'We have met already',
    find: 'Find a time',
    until: 'I need until …',
    'not-fit': 'It does not fit',
    staff: 'Ask the moderators',
    good: 'Good',
    deciding: 'Still deciding',
    going: 'Still going',
    pause: 'Pause',
    close: 'Close kindly',
    'weeks-4': '4 weeks more',
    'weeks-8': '8 weeks more',
  },
  closeDue: 'Close as planned',
  /** What one reads after an answer. */
  noted: {
    met: 'Wonderful. I have noted a meeting; `/mentorship log` enters more.',
    find: 'Here are times that suit you both:',
    until: (at: string) => `Take your time. I ask again after ${stamp(at, 'D')}, not before.`,
    'not-fit': 'It has ended, without blame. You are not suggested to each other again.',
    staff: 'The moderators know now that you would like to talk to them, and will write to you.',
    good: 'Good to hear. Nobody else is shown this.',
    deciding: 'That is fine, and not shown to anybody. I ask again after your next meeting.',
    going: 'Good. Then I leave you to it.',
    pause: 'Say for how many days with `/mentorship pause`. It goes on by itself after that.',
    close: 'It has ended, kindly and without blame. Thank you for saying so.',
    done: 'I have asked them to confirm. Until then it goes on as planned.',
    waits: (at: string) =>
      `Noted. As soon as the other says so, too, it is longer; until then it is planned until ${stamp(at, 'D')}.`,
    extended: (at: string) => `You both want to go on: it is planned until ${stamp(at, 'D')} now.`,
  },
  answered: 'Thank you, this is answered.',
  over: 'This question is no longer open.',
  confirmNotFit:
    'Shall it end? The other reads that it was not the right fit, which is nobody’s fault. You are never suggested to each other again.',
  confirmNotFitButton: 'End it',
  untilTitle: 'I need until …',
  untilLabel: 'When shall I ask again?',
  weeks: (n: number) => `In ${counted(n, 'week', 'weeks')}`,
  lineButton: 'Add a line for the moderators',
  lineTitle: 'A line for the moderators',
  lineLabel: 'Only moderators read it',
  lineSaved: 'The moderators can read it now; nobody else.',
  lineTooLong: (length: number, most: number) => `The line is ${length} characters; the limit is ${most}.`,
  notYours: 'This is not yours to answer.',
  quietCommand: 'Nothing is asked of you two for a while; the mentorship goes on',
  quietWeeksOption: 'For how many weeks',
  quietWeeks: (least: number, most: number) => `It can be quiet for ${least} to ${counted(most, 'week', 'weeks')}.`,
  quietNow: (at: string) =>
    `I ask you two nothing until ${stamp(at, 'D')}. Reminders of meetings that you agreed on still come.`,
  /** In the thread. */
  hoursTitle: 'When could you two meet?',
  hours: (who: string) =>
    `If ${who} enter the hours in which a meeting would suit, I find times for you both. It takes a minute, in your own time zone.`,
  goalTitle: 'What would you like to reach?',
  goal: 'You have met: a good moment to say in a sentence what you want to reach together. Either of you can set it and change it.',
  nextTitle: 'Your next meeting',
  next: 'When do you meet next? A few presses find a time that suits you both.',
  staffTitle: 'One of a pair would like to talk to you',
  staff: (who: string, mentor: string, mentee: string) =>
    `${who} asks for a moderator about the mentorship of ${mentor} and ${mentee}. The other is not told. Write to them directly.`,
  staffLineTitle: 'A line about a mentorship',
  staffLine: (who: string, mentor: string, mentee: string, answer: string) =>
    `${who} answered “${answer}” about the mentorship of ${mentor} and ${mentee}, and added for you:`,
  health: {
    'too-early': 'too early to say',
    'on-track': 'on track',
    quiet: 'quiet by their own wish',
    'never-met': (since: string) => `**needs a look**: no meeting held or agreed since ${stamp(since, 'D')}`,
    'long-ago': (since: string) => `**needs a look**: last met on ${stamp(since, 'D')}`,
    'asked-staff': (since: string) => `**needs a look**: one of them asked for a moderator on ${stamp(since, 'D')}`,
  },
};
