/** Study groups. */
import { stamp, who } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { counted, list } from './words.ts';

const topics = {
  'step-1': 'USMLE Step 1',
  'step-2-ck': 'USMLE Step 2 CK',
  'step-3': 'USMLE Step 3',
  oet: 'OET',
  applying: 'Applying',
  interviewing: 'Interviewing',
  reapplying: 'Reapplying',
  arriving: 'Matched and moving',
  starting: 'First months of residency',
};

const topic = (slug: string, place = '') =>
  [topics[slug as keyof typeof topics] ?? slug, ...(place === '' ? [] : [place])].join(' · ');

/** "three evenings" is for people; places are counted. */
const people = (count: number) => counted(count, 'person', 'people');

export const study = {
  command: {
    description: 'Study groups of three to six that meet at a time that suits all of them',
    create: 'Begin a group; others whose week fits yours can join it',
    find: 'Groups that fit your week, your target, and your languages',
    match: 'Let a group be put together for you from everybody who waits',
    stop: 'No longer wait for a group',
    show: 'Your groups: who is in them, when you meet next, what waits for you',
    leave: 'Leave a group',
    time: 'Find a new weekly time: everybody presses what suits them',
    session: 'Plan one more session, besides the weekly ones',
    rest: 'Let your group rest for some weeks; it goes on by itself',
    wake: 'Go on with a group that rests',
    close: 'Close your group',
    handOver: 'Let somebody else look after your group',
    remove: 'Take somebody out of your group; they are told kindly',
    form: 'Study groups for everybody who waits',
    list: 'Every group: how it stands, when it last met, who has gone silent',
    topic: 'The exam you study for, or the circle of people at your point',
    place: 'For a circle: the US state or city that it is about',
    minutes: 'How long a session lasts, in minutes (usually 60)',
    group: 'Which of your groups; only needed when you are in several',
    weeks: 'For how many weeks',
    when: 'When it begins, as your clock shows it: 2027-03-14 19:30',
    member: 'Which member of your group',
  },
  home: {
    heading: 'Study groups',
    offered: (what: string, until: Instant) =>
      `A group for **${what}** is yours until ${stamp(until)}, if you say yes.`,
    accept: (what: string) => `Join the group for ${what}`,
    next: (what: string, at: Instant) => `**${what}**: you meet next ${stamp(at, 'F')}.`,
    inIt: (what: string) => `**${what}**: no session is planned yet.`,
    open: 'My study groups',
  },
  topic,
  topicNames: topics,
  about: {
    find: 'What is the group for? I show you those that fit your week. For a circle in one city or state, `/study find` also takes the place.',
    match:
      'What is the group for? One short form, and you wait with the others. For a circle in one city or state, `/study match` also takes the place.',
    create:
      'What is the group for? One short form, and others whose week fits can join. For a circle in one city or state, `/study create` also takes the place.',
    choose: 'An exam, or a circle of people at your point',
  },
  states: { forming: 'Waiting for members', active: 'Going on', resting: 'At rest', closed: 'Closed' },
  form: {
    createTitle: 'Begin a study group',
    matchTitle: 'Let a group be found for you',
    target: 'When is the exam, or what you work toward?',
    targetNone: 'Not fixed',
    languages: 'Languages to talk in',
    size: 'How many people, with you',
    sizeEntry: (size: number) => people(size),
    sessions: 'Sessions a week',
    sessionsEntry: (count: number) => counted(count, 'session a week', 'sessions a week'),
    about: 'What you use, and how you work (optional)',
  },
  create: {
    done: (what: string) =>
      `Your group for **${what}** is there, and you are its first member. It begins with the third; until then \`/study find\` shows it to everybody whose week fits yours. If nobody comes within a week, it closes, and you wait for a group instead, first in turn.`,
  },
  match: {
    done: (what: string, others: number) =>
      `You wait for a group for **${what}**${others === 0 ? '; you are the first' : `, with ${people(others)} besides you`}. Groups are formed from everybody’s week; you will get a message with the group and its times.`,
    found: 'These groups fit you right now, too:',
    stop: 'Stop looking',
    stopOf: (what: string) => `Stop looking: ${what}`,
    stopAsk: (what: string, since: Instant) =>
      `Do you want to stop looking for a group for **${what}**? You have waited since ${stamp(since, 'D')}; if you come back later, those who came meanwhile are before you.`,
    stopped:
      'You no longer wait for a group. If that was a slip, or you think again, the button or `/study match` brings you back.',
    again: 'Wait again',
    notSeeking: 'You were not waiting for a group, or have stopped already. `/study match` puts you on the list.',
  },
  find: {
    title: (what: string) => `Groups for ${what}`,
    intro: 'The best fit first. Times are by your clock.',
    members: (count: number, size: number) => `${count} of ${size} members`,
    next: (at: Instant) => `meets next ${stamp(at)}`,
    common: (times: readonly string[]) => `times that suit all of you: ${list(times)}`,
    target: (month: string) => `target ${month}`,
    languages: (names: readonly string[]) => list(names),
    join: (what: string) => `Join ${what}`,
    none: (what: string, others: number) =>
      `No group for **${what}** fits your week at the moment${others === 0 ? '' : `; ${counted(others, 'other one does', 'others do')} not`}. You can begin one with \`/study create\`, or press the button and wait for one with the others.`,
    nightOnly:
      'Your hours are all between midnight and 06:00 of your clock, when groups do not meet. That is the likely reason if nothing comes: `/hours edit` adds others.',
    match: 'Wait for a group',
    joined: (what: string) => `You are in: **${what}**. \`/study show\` has the members and the next session.`,
    joinedForming: (what: string) =>
      `You are in: **${what}**. It begins with the third member; then it gets a thread, and I ask you all there for a weekly time.`,
    about: (words: string) => `“${words}”`,
  },
  show: {
    none: 'You are in no study group here. `/study find` shows groups that fit your week, `/study match` puts you on the list for one, and `/study create` begins one.',
    file: 'study-sessions.ics',
    owner: 'looks after it',
    allOwn: 'Nobody in particular looks after it; every member may.',
    members: 'Members',
    offered: (count: number) => `${people(count)} ${count === 1 ? 'is' : 'are'} being asked`,
    rests: (id: string, until: Instant) => `${who(id)} rests until ${stamp(until, 'D')}`,
    state: 'State',
    restingUntil: (at: Instant) => `At rest until ${stamp(at, 'D')}`,
    formingUntil: (at: Instant) => `Waiting for three; closes on ${stamp(at, 'D')} without them`,
    times: 'Weekly times',
    timesIn: (times: readonly string[], zone: string) => `${list(times)} (${zone})`,
    noTimes: 'None yet. `/study time` finds one.',
    next: 'Next session',
    noNext: 'None is planned.',
    thread: 'Thread',
    threadComing: 'Being opened',
    about: 'What they use, and how they work',
    own: (count: number) =>
      `${count === 0 ? 'You have been at no session yet.' : `You were at ${counted(count, 'session', 'sessions')}.`} Only you see this.`,
    seeking: (what: string, since: Instant) =>
      `You have been waiting for a group for **${what}** since ${stamp(since, 'D')}.`,
  },
  leave: {
    ask: (what: string) =>
      `Do you want to leave your group for **${what}**? Your place becomes free for somebody who waits.`,
    yes: 'Leave the group',
    done: (what: string) => `You have left your group for **${what}**. \`/study find\` shows others.`,
  },
  close: {
    ask: (what: string) =>
      `Do you want to close your group for **${what}**? Whoever is in it waits for another, first in turn.`,
    yes: 'Close the group',
    done: (what: string) => `Your group for **${what}** is closed.`,
  },
  keep: 'Keep it',
  kept: 'Nothing has changed.',
  rest: {
    done: (until: Instant) =>
      `Your group rests until ${stamp(until, 'D')}, and goes on by itself then. \`/study wake\` goes on sooner.`,
    woken: 'Your group goes on.',
    self: (until: Instant) =>
      `You rest until ${stamp(until, 'D')}, and are back in by yourself then. The others read only that you rest.`,
  },
  handedOver: (id: string) => `${who(id)} looks after the group from now on.`,
  removed: (id: string) => `${who(id)} is no longer in your group, and has been told kindly.`,
  stillIn: 'Good to have you. Your place is yours.',
  accepted: (what: string) =>
    `Wonderful: you are in the group for **${what}**. It begins once three have said yes; then it gets a thread.`,
  declined: 'All right, not this one. You keep waiting for another.',
  declinedStop: 'All right. You no longer wait for a group; `/study match` brings you back.',
  seekAgain: (what: string) => `You wait for a group for **${what}** again.`,
  taken: {
    joined: (what: string) =>
      `Done: you are in a group for **${what}**. \`/study show\` has the members and the times.`,
    offered:
      'Done: a group with you in it has been put together, and each of you has just been asked. Look at your messages.',
    waiting: 'I have noted that. Others were quicker for that place, so you wait on, with better chances than before.',
  },
  vote: {
    title: 'Your weekly time',
    ask: (until: Instant, minutes: number, city: string) =>
      `Press every time at which you could meet each week, for ${minutes} minutes. On the buttons it is the clock of ${city}; what your own clock shows stands below each. It closes when all have pressed, or ${stamp(until, 'R')}.`,
    option: (time: string, names: readonly string[]) =>
      `**${time}**: ${names.length === 0 ? 'nobody yet' : list(names)}`,
    local: (at: Instant) => `next would be ${stamp(at)}`,
    outside: (id: string, minutes: number) => `${counted(minutes, 'minute', 'minutes')} outside ${who(id)}’s hours`,
    none: 'Nothing suits all of you. These come nearest:',
    closed: (times: readonly string[], zone: string, first: Instant) =>
      `You meet ${list(times)} (${zone}), from ${stamp(first, 'F')} on. The clock of that zone decides, also when others change theirs.`,
    vain: 'Nobody pressed a time, so nothing has changed. `/study time` asks again.',
    noHours: 'I know nobody’s hours any more, so I can suggest nothing. `/hours edit` changes that.',
    pressed: 'Noted. Press again to take it back.',
    done: 'Noted, and with that all have pressed: your weekly time stands.',
    opened: 'I ask everybody in your thread.',
  },
  session: {
    title: (what: string) => `Session: ${what}`,
    planned: (at: Instant) => `${stamp(at, 'F')}, ${stamp(at, 'R')}.`,
    running: (until: Instant) => `It is on, and ends ${stamp(until, 'R')}.`,
    held: (here: number) => `Held, with ${people(here)}. Well done.`,
    missed: 'It did not take place: fewer than two were here. It happens; the next one counts.',
    calledOff: 'Called off.',
    come: 'I come',
    perhaps: 'Perhaps',
    cannot: 'I cannot',
    callOff: 'Call off',
    here: 'I am here',
    line: 'My line',
    done: 'Done',
    partly: 'Partly',
    not: 'Not',
    coming: (names: readonly string[]) => `Coming: ${list(names)}`,
    maybe: (names: readonly string[]) => `Perhaps: ${list(names)}`,
    excused: (names: readonly string[]) => `Not this time: ${list(names)}`,
    hereNow: (names: readonly string[]) => `Here: ${list(names)}`,
    pledge: (id: string, line: string) => `${who(id)}: ${line}`,
    next: (at: Instant) => `The next one is ${stamp(at)}.`,
    how: 'How did it go with what you meant to do? Only you see your answer.',
    integrity: 'Never share questions or answers from a real exam: it ends careers, and this group.',
    soon: (at: Instant) =>
      `We begin ${stamp(at, 'R')}. Press *I am here* when you are, and say in one line what you mean to do.`,
    lineTitle: 'What do you mean to do?',
    lineLabel: 'One line',
    answered: {
      come: 'Good, see you there.',
      perhaps: 'Noted: perhaps.',
      cannot: 'Noted, and thank you for saying so. Nobody counts that as missed.',
    },
    hereDone: 'Welcome. Say with *My line* what you mean to do.',
    lineDone: 'Your line stands in the session’s message.',
    doneSaid: 'Noted, for you alone.',
    planDone: (at: Instant) => `The session on ${stamp(at)} is planned, and your thread hears of it.`,
  },
  quiet: {
    title: 'Does this group go on?',
    ask: (until: Instant) =>
      `No session took place in the last two weeks. Press what is right for you; without any answer I close the group ${stamp(until, 'R')}, and you all wait for another, first in turn.`,
    goOn: 'We go on',
    rest: 'Rest for 2 weeks',
    merge: 'Merge with another',
    close: 'Close',
    answered: 'Good: the group goes on.',
  },
  shift: {
    title: 'The hour changes for some of you',
    body: (changes: readonly string[]) =>
      `A clock change is coming. Your weekly time stands still in one zone, so it moves for others:\n${changes.join('\n')}`,
    line: (id: string, day: Instant, after: string, before: string) =>
      `From ${stamp(day, 'D')} this is ${after} for ${who(id)}, not ${before}.`,
    keep: 'If that suits you all, there is nothing to do. `/study time` looks for another time.',
  },
  thread: {
    name: (what: string, month: string) => (month === '' ? what : `${what} · ${month}`),
    title: (what: string) => `Study group: ${what}`,
    opening: (names: readonly string[]) =>
      `Welcome, ${list(names)}. This thread is yours. Your first step stands below: find a weekly time.`,
    again: 'This thread takes the place of the one that was deleted.',
    members: (names: readonly string[]) => `In this group: ${list(names)}`,
    rests: (until: Instant) => `The group rests until ${stamp(until, 'D')}.`,
    closed: 'This group is closed, and its thread with it. Thank you for the time you gave each other.',
    how: 'How it works: the day before each session I ask who comes; press *I am here* when it begins. Who cannot come says so, and nobody minds. `/study show` has everything, `/study time` finds another time.',
    takeOver:
      'Nobody in particular looks after this group now. Whoever would like to, presses the button; until then every member may do everything.',
    own: 'I will look after it',
    owned: 'Thank you. You look after the group now.',
    reason: 'Study group',
    reasonOver: 'The study group is closed',
  },
  offered: {
    title: (what: string) => `A study group for ${what}`,
    body: (guild: string, others: number, languages: string, until: Instant) =>
      `In ${guild} there is a place for you in a group with ${people(others)} whose week fits yours. You can talk in ${languages}. It is yours until ${stamp(until)}.`,
    times: (times: readonly string[]) => `Times that would suit all of you every week, by your clock: ${list(times)}.`,
    next: (at: Instant) => `They meet next ${stamp(at)}.`,
    yes: 'Yes, I am in',
    no: 'Not this one',
    stop: 'Stop looking',
  },
  silence: {
    title: 'Are you still in?',
    body: (what: string, until: Instant) =>
      `Your group for **${what}** met twice without you. That happens. Are you still in? Without a word from you I give your place to somebody who waits, ${stamp(until, 'R')}.`,
    still: 'Still in',
    rest: 'Rest for 2 weeks',
    leave: 'Leave',
  },
  news: {
    closed: {
      title: (what: string) => `Your group for ${what} is closed`,
      why: {
        closed: 'Whoever looked after it has closed it.',
        'never-began': 'It did not find three members in time.',
        quiet: 'It had not met for a while, and nobody answered whether it goes on.',
        few: 'Too few were left in it.',
      },
      next: 'You wait for another now, first in turn. `/study find` shows what is there already.',
    },
    left: {
      title: (what: string) => `You have left your group for ${what}`,
      body: 'Its thread is closed to you now. `/study find` shows others, and the button puts you on the list for one.',
    },
    removed: {
      title: (what: string) => `You are no longer in the group for ${what}`,
      body: 'That is nobody’s fault. There are others: `/study find` shows them, and the button puts you on the list.',
    },
    'place-free': {
      title: (what: string) => `Your place in the group for ${what}`,
      body: 'It went to somebody who waits, since we had not heard from you. No hard feelings: press the button whenever you are ready, and you are first in turn.',
    },
    'offer-lapsed': {
      title: (what: string) => `The group for ${what} that you were offered`,
      body: 'The time to answer is over, so your place is open to others, and you no longer wait. Press the button when you would like to wait again.',
    },
    again: 'Look for a group again',
  },
  left: {
    title: (what: string) => `No group for ${what} yet`,
    odds: (waiting: number) =>
      `Groups were formed just now, and none had room for you in every week to come. ${people(waiting)} besides you ${waiting === 1 ? 'waits' : 'wait'} for the same; you stay on the list.`,
    helps: 'Any one of these would give you a place right now:',
    nothing: 'No small change would help at the moment. More hours help most: `/hours edit`.',
    hours: (window: string, others: number) =>
      `**${window}** would put you with ${others === 1 ? 'one other' : `${others} others`}.`,
    month: (month: string, others: number) => `Taking **${month}** as well would put you with ${others} others.`,
    language: (language: string, others: number) =>
      `**${language}**, if you talk in it, would put you with ${others} others.`,
    take: (what: string) => `Take ${what}`,
  },
  list: {
    title: 'Study groups',
    none: 'There is no study group yet. `/study create` begins one, `/study form preview` forms them from everybody who waits.',
    /** The day on which it began counts, too. */
    held: (at: Instant) => `last met or began ${stamp(at, 'R')}`,
    notHeld: 'not met yet',
    silent: (ids: readonly string[]) => `asked and silent: ${list(ids.map(who))}`,
    entry: (what: string, members: number, state: string) => `**${what}** · ${people(members)} · ${state}`,
    waiting: (count: number) =>
      count === 0 ? 'Nobody waits for a group.' : `${people(count)} ${count === 1 ? 'waits' : 'wait'} for a group.`,
    more: (count: number) => `And ${counted(count, 'other', 'others')}.`,
  },
  refused: {
    noHours: 'First I need to know when you can usually meet. `/hours edit` asks for your week, and then this works.',
    hoursOver: 'The hours that you gave were for a while, and that is over. `/hours edit` asks for your week again.',
    topic: 'I do not know that exam or circle. Choose one from the list that appears while you type.',
    size: ({ min, max }: { readonly min: number; readonly max: number }) =>
      `A group has ${min} to ${max} members; that keeps everybody talking.`,
    sessions: 'A group meets one to three times a week.',
    minutes: ({ min, max }: { readonly min: number; readonly max: number }) =>
      `A session lasts ${min} to ${max} minutes.`,
    targetOver: 'That month is over. Choose one of the next twelve, or *Not fixed*.',
    targetFar: (months: number) => `That is more than ${months} months ahead. Choose a nearer month, or *Not fixed*.`,
    integrity:
      'That speaks of material that nobody may share here: copies of question banks, or questions from a real exam. Write what you use without offering copies of it.',
    oneForExam: 'You are in a group for this exam already. Leave it first with `/study leave`, or stay: `/study show`.',
    circles: (most: number) =>
      `You are in ${counted(most, 'circle', 'circles')} already, which is as many as one keeps up with. Leave one first with \`/study leave\`.`,
    unknown: 'That group is not there any more. `/study find` shows those that are.',
    states: {
      forming: 'This group has not begun yet.',
      active: 'This group is going on.',
      resting: 'This group rests at the moment. `/study find` shows others.',
      closed: 'This group is closed. `/study find` shows others.',
    },
    already: 'You are in this group already. `/study show` has it.',
    full: 'The last place in this group has just gone. `/study find` shows the next best, and `/study match` puts you on the list.',
    rules: {
      language: 'You and this group have no language in common to talk in. `/study find` shows groups that fit.',
      target: 'Your target month and theirs are more than two months apart. `/study find` shows groups that fit.',
      blocked: 'This group is not for you. `/study find` shows groups that fit.',
      time: 'In some of the next eight weeks there is no hour that suits all of you. `/study find` shows groups that fit, and `/hours edit` changes your week.',
      times:
        'Their weekly time is outside your hours. `/study find` shows groups that fit, and `/hours edit` changes your week.',
    },
    notMember: 'You are not in this group. `/study find` shows groups that you can join.',
    notOwner: 'Only whoever looks after the group can do that. `/study show` says who it is.',
    notInIt: 'They are not in your group.',
    removeSelf:
      'To go yourself, use `/study leave`. To let somebody else look after the group, use `/study hand-over`.',
    notActive: 'That works once the group is going on: with three members, and not at rest.',
    notResting: 'Your group is going on; there is nothing to wake.',
    restsAlready: 'You rest already.',
    which: 'You are in several groups. Say which in the option `group`.',
    voteOver: 'This vote is over. `/study time` begins another.',
    sessionBegan: 'This session has begun.',
    sessionOver: 'This session is over. `/study show` has the next one.',
    calledOff: 'This session was called off. `/study show` has the next one.',
    tooEarly: (at: Instant) => `That opens ${stamp(at, 'R')}, ten minutes before the session.`,
    notHere: 'That is for those who were here. Press *I am here* next time.',
    lineEmpty: 'Your line is empty. Write in a few words what you mean to do.',
    lineLong: (length: number, most: number) => `Your line is ${length} characters; the limit is ${most}.`,
    offerOver: 'This offer is over. `/study find` shows groups that fit, and `/study match` puts you on the list.',
    seeksNothing: 'You no longer wait for this. `/study match` puts you on the list again.',
    when: 'I do not understand that time. Write it like 2027-03-14 19:30, as your clock shows it.',
    whenSoon: 'That is too soon or too far. A session is planned for a time within the next eight weeks.',
    twice: 'Your group has a session at that time already.',
    channel: 'A group needs the study channel, and it is not set here. A moderator can do that with `/setup start`.',
  },
  dayTime: (day: string, time: string) => `${day} ${time}`,
};
