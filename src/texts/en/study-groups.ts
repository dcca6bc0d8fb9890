/** What study groups decide together, who looks after them, and who would like to join. */
import { stamp, who } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { counted } from './words.ts';

const people = (count: number) => counted(count, 'person', 'people');

export const studyGroups = {
  command: {
    join: 'Join a group, or wait for a place in it',
    invite: 'Invite somebody into your group: they are offered a place',
    merge: 'Look for another small group to become one with',
    reason: 'Why: they are told in kind words',
    application: 'Whether your members are asked before somebody joins',
    anyGroup: 'Which group',
  },
  removal: {
    absent: 'They cannot come at your times',
    pace: 'You work at different paces',
    target: 'Your targets have moved apart',
    manner: 'How you talk with each other did not fit',
  },
  removed: {
    absent: 'It meets at times at which you could rarely come.',
    pace: 'It works at another pace than yours, which says nothing about either.',
    target: 'Its target and yours have moved apart.',
    manner: 'How it talks with each other and how you do did not fit.',
  },
  poll: {
    title: {
      close: 'Shall this group close?',
      rest: 'Shall this group rest?',
      merge: 'Shall two groups become one?',
    },
    close: (by: string | null) =>
      `${by === null ? 'It was asked' : `${who(by)} asks`} whether the group closes. Whoever is in it waits for another then, first in turn.`,
    rest: (by: string | null, weeks: number) =>
      `${by === null ? 'It was asked' : `${who(by)} asks`} for a rest of ${counted(weeks, 'week', 'weeks')}. The sessions in it are called off, and the group goes on by itself afterwards.`,
    merge: (others: number, members: number) =>
      `There is another group for the same, of ${people(others)}, whose hours fit all of yours. Together you would be ${members}. They are asked the same, and nothing happens unless both groups say yes.`,
    stands: (yes: number, no: number, until: Instant) =>
      `Yes: ${yes} · No: ${no}. The majority of your answers decides, ${stamp(until, 'R')} at the latest.`,
    yes: 'Yes',
    no: 'No',
    outcome: {
      yes: 'The majority said yes.',
      no: 'There was no majority for it, so nothing changes.',
      void: 'The question is settled in another way.',
    },
    merged: {
      waits: 'You said yes. Now the other group decides.',
      yes: 'Both groups said yes: you are one now.',
      no: 'There was no majority for it, so nothing changes.',
      void: 'Nothing comes of it: the other group decided otherwise, or too many of you came or left meanwhile. Your group goes on as it was.',
    },
    noted: 'Noted. Press the other one to change your mind.',
    opened: 'I ask all of you in your thread; the majority of the answers within 48 hours decides.',
    mergeOpened:
      'There is one that fits. Both groups are asked in their threads, and nothing happens unless both say yes.',
  },
  place: {
    free: 'Somebody is no longer in your group, so there is a free place. I offer it to whoever waits and fits, and `/study invite` asks somebody you know. `/study show` has who is in it.',
    taken:
      'Somebody is no longer in your group, and the place has gone to somebody who waited. `/study show` has who is in it.',
  },
  owner: {
    title: (what: string) => `Would you look after the group for ${what}?`,
    body: (until: Instant) =>
      `Whoever did has left. It is little work: rest or close it when that is right, invite somebody, let somebody go. You have time until ${stamp(until)}; then the next is asked. Until somebody says yes, each of you may do all of that.`,
    yes: 'I will',
    no: 'Rather not',
    declined: 'All right. The next of you is asked.',
  },
  apply: {
    button: (what: string) => `Apply ${what}`,
    list: (what: string) => `Wait for ${what}`,
    byApplication: 'its members are asked first',
    full: 'full at the moment; you can wait for a place',
    title: 'Join this group',
    label: 'A line about you (optional)',
    asked: 'Your application is in their thread. You hear within three days.',
    listed: (place: number) =>
      place === 1
        ? 'You are the first in the list of this group. When a place is free, it is offered to you.'
        : `You are number ${place} in the list of this group. When a place is free, it is offered in turn.`,
    withdraw: 'Take it back',
    withdrawOf: (what: string) => `Take back: ${what}`,
    ask: (what: string, place: number | undefined) =>
      place === undefined
        ? `Do you want to take your application for **${what}** back? Its members read only that it is over.`
        : `Do you want to give up your place in the list for **${what}**? You are number ${place}; if you come back later, you are the last again.`,
    withdrawn: {
      withdrawn: 'Taken back. If that was a slip, apply again below; `/study find` shows what else there is.',
      over: 'There was nothing to take back: it is over, or you have taken it back before. `/study show` has what waits for you.',
      in: 'You have been taken in meanwhile, so there is nothing to take back. `/study show` has the group, and `/study leave` leaves it.',
      offered:
        'A place is free for you meanwhile: the offer is in your messages and in `/home`, and you can say no to it there.',
    },
    again: 'Apply again',
    justFull: 'The last place in this group has just gone. You can wait for one in its list, or look on.',
    waits: (what: string, place: number | undefined) =>
      place === undefined
        ? `You have applied for a group for **${what}**; its members are being asked.`
        : `You are number ${place} in the list of a full group for **${what}**.`,
    card: {
      title: 'Somebody would like to join you',
      body: (id: string, line: string) =>
        `${who(id)} would like to join. Their hours, language and target fit yours.${line === '' ? '' : `\n> ${line}`}`,
      yes: 'Take them in',
      no: 'Not this time',
      over: 'That is answered.',
    },
    takenIn: 'They are in, and have been told.',
    notTaken: 'All right. They are told kindly, without your name.',
  },
  invited: (id: string) => `${who(id)} is offered a place, and has 72 hours to say yes.`,
  news: {
    merged: {
      title: (what: string) => `Your group for ${what} has become one with another`,
      body: 'Both groups said yes. Your new thread is open to you, and what you had ticked came along. `/study show` has the members and the times.',
    },
    'taken-in': {
      title: (what: string) => `You are in: ${what}`,
      body: 'They have taken you in. `/study show` has the members and the next session.',
    },
    'not-taken': {
      title: (what: string) => `The group for ${what} that you applied for`,
      body: 'It did not work out this time, which is nobody’s fault. `/study find` shows others, and the button puts you on the list for one.',
    },
    'offer-gone': {
      title: (what: string) => `The group for ${what} that you were offered`,
      body: 'It is no longer there, so there is nothing to answer. If you were waiting for a group, you still are; if not, the button puts you on the list.',
    },
  },
  closedWhy: {
    majority: 'The majority of its members decided so.',
    moderator: 'A moderator has closed it.',
    merged: 'It has become one with another.',
  },
  staff: {
    menu: 'Choose a group',
    chosen: (line: string) => `${line}\nWhat would you like to do with it?`,
    close: 'Close it',
    askClose: 'Everybody in it hears that a moderator has closed it, and waits for another, first in turn.',
    closed: 'The group is closed, and its members have been told.',
    mergeMenu: 'Merge it with …',
    merging: 'Both groups are asked in their threads. They become one when both say yes by majority.',
    none: 'There is no other group for the same.',
  },
  mergeRules: {
    subject: 'These groups are for different exams or circles, so they cannot become one.',
    state: 'Both groups have to be going on: not waiting for members, and not at rest.',
    size: 'Together they would be more than six, and in larger groups some only listen.',
    time: 'In some of the next eight weeks there is no hour that suits all of them.',
    language: 'They have no language in common.',
    target: 'Their targets are more than two months apart.',
    blocked: 'Somebody in one of them does not want to meet somebody in the other.',
  },
  refused: {
    pollOver: 'That is decided by now. `/study show` has how your group stands.',
    noPartner:
      'There is no other group for the same that fits all of your hours and leaves you at most six. I look again each week while you are few.',
    apply: 'This group asks its members before somebody joins. `/study join` sends them your application.',
    listFull: (most: number) => `${most} people wait for this group already. \`/study find\` shows others.`,
    askedAlready:
      'One of the two groups is being asked about another one just now. Wait until that is decided: 48 hours at most.',
    removeLast:
      'They are the only other one in your group. `/study close` closes it for both of you, or `/study hand-over` lets them look after it.',
    suspended: 'Moderators have suspended you here, so you can join no study group for now. Please talk with them.',
    applicationOver: 'That application is over: answered, taken back, or too old.',
    elsewhere: 'They have found another group meanwhile.',
    fitsNoMore: 'Their hours or yours have changed since, and no longer fit.',
    inAlready: 'They are in your group already, or have been offered a place.',
    fullOwn: 'Your group is full. Six is the most that keeps everybody talking.',
    inviteFits:
      'They cannot be offered a place at the moment: a place needs hours that all of you share, a language in common, a near target, and that they are in no other group for this.',
  },
};
