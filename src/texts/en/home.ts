/** The door: `/home`, the buttons for somebody new, and what the bot says of itself. */
import { stamp, who } from '../../marks.ts';
import { counted } from './words.ts';

const on = (at: string) => stamp(at, 'D');
const upTo = (at: string) => `${stamp(at, 'F')} (${stamp(at, 'R')})`;

export const home = {
  command: 'What matters to you now, and a button for each next step',
  title: 'Your home',
  /** In a direct message, where somebody may be in several servers. */
  titleIn: (guild: string) => `Your home in ${guild}`,

  doors: {
    look: 'I look for a mentor',
    help: 'I can help',
    what: 'What is this?',
    home: 'Open my home',
    guide: 'See what I can do',
    profile: 'Show my profile',
  },

  newcomer: {
    heading: 'Welcome',
    text: 'Here doctors trained abroad find a mentor who has already walked the road to US residency. Are you looking for one, or can you help somebody behind you on it? You can do both.',
  },

  /** The same for moderators who take no part themselves. */
  caretaker: {
    heading: 'You look after this server',
    text: 'What waits for moderators stands below. You can take part yourself as well: look for a mentor, or help somebody behind you on the road.',
  },

  what: {
    title: 'What is this?',
    text: [
      'I am Preceptor. I bring together doctors on their way to US residency with mentors who have been there.',
      '**If you look for a mentor:** tell me where you stand in one form. I show you up to five people who suit you, and say why. You ask one; they decide, and you hear from me either way. Then the two of you get a private thread.',
      '**If you can help:** say how many mentees you would like, one is plenty. You see who asks before you decide, and you can pause whenever you want.',
      '**What I keep:** what you enter, and nothing else: no scores, no documents. You can take it with you or delete it at any time.',
    ].join('\n\n'),
  },

  /** What waits for the reader's answer. */
  waiting: {
    heading: (n: number) =>
      n === 1 ? 'Somebody waits for your answer' : `${counted(n, 'person waits', 'people wait')} for your answer`,
    line: (mentee: string, until: string) => `${who(mentee)} asks you to be their mentor, until ${upTo(until)}.`,
    more: (n: number) => `… and ${n} more.`,
    accept: (name: string) => `Accept ${name}`,
    decline: (name: string) => `Decline ${name}`,
    all: 'Show all requests',
  },
  inbox: {
    heading: 'Messages that could not reach you',
    text: (n: number) => `${counted(n, 'message waits', 'messages wait')} in your inbox.`,
    open: 'Open my inbox',
  },
  looking: {
    heading: 'Your search for a mentor',
    none: 'You have asked nobody yet. See who suits you, and why: asking costs nothing, and they decide.',
    pending: (mentor: string, until: string) => `${who(mentor)} has your request, and can answer until ${upTo(until)}.`,
    queued: (mentors: readonly string[], names: (ids: readonly string[]) => string) =>
      `If it does not work out, ${names(mentors)} ${mentors.length === 1 ? 'is' : 'are'} asked next.`,
    nothingToDo: 'There is nothing you need to do; I write to you either way.',
    waitlist: (position: number, waiting: number, since: string) =>
      `You are number ${position} of ${waiting} on the waitlist, since ${on(since)}. You do not have to wait for your turn: you can ask somebody now.`,
    paused: 'Your search is paused, so you ask nobody and nobody is asked for you.',
    suspended:
      'The moderators have suspended you as a mentee, so you cannot ask a mentor for now. Please write to one of them about it.',
    find: 'Find a mentor',
    requests: 'Show my requests',
    withdraw: (name: string) => `Withdraw from ${name}`,
    withdrawUnnamed: 'Withdraw my request',
    join: 'Join the waitlist',
    leave: 'Leave the waitlist',
    resume: 'Resume my search',
  },
  pairs: {
    heading: { mentor: 'Your mentor', mentee: 'Your mentee' },
    going: (partner: string, until: string) => `${who(partner)}, planned until ${on(until)}.`,
    rests: (partner: string, until: string | null) =>
      until === null ? `${who(partner)}: it rests for now.` : `${who(partner)}: it rests until ${on(until)}.`,
    thread: (thread: string) => `Your thread: ${thread}`,
    threadComing: 'Your thread is being opened.',
    meets: (at: string) => `You meet ${stamp(at, 'F')} (${stamp(at, 'R')}).`,
    proposed: 'Times to meet are proposed and wait for an answer; they stand in your thread.',
    open: (name: string) => `Open the thread with ${name}`,
    openUnnamed: 'Open the thread',
    show: 'Show the mentorship',
  },
  mentor: {
    heading: 'You as a mentor',
    waiting: 'A moderator still has to verify you. You hear from me either way, and need not do anything.',
    declined:
      'The moderators could not verify you so far. When you change your profile they look again; you can also write to one of them.',
    suspended: 'The moderators have suspended you as a mentor. Please write to one of them about it.',
    paused: 'New requests are paused, so nobody is suggested to you. Mentorships go on.',
    free: (free: number, of: number) =>
      `You have ${free} of ${counted(of, 'place', 'places')} free. When somebody asks, you get a direct message and decide.`,
    full: (of: number) =>
      `${of === 1 ? 'Your place is taken' : `All ${of} of your places are taken`}, so nobody new is suggested to you.`,
    pause: 'Stop new requests',
    resume: 'Resume new requests',
    edit: 'Edit my profile',
  },
  posts: {
    heading: 'What comes next',
    line: (kind: string, channel: string, at: string) => `${kind} in ${channel}, ${upTo(at)}`,
    tip: 'Show a tip now',
    notify: 'Choose notifications',
  },
  moderators: {
    heading: 'For moderators',
    verify: (n: number) => `${counted(n, 'mentor waits', 'mentors wait')} to be verified.`,
    suggested: (n: number) => `${counted(n, 'suggested tip waits', 'suggested tips wait')} for a look.`,
    waitlist: (n: number) => `${counted(n, 'mentee is', 'mentees are')} on the waitlist.`,
    pairs: (n: number) => `${counted(n, 'mentorship goes on', 'mentorships go on')}.`,
    nothing: 'Nothing waits for a moderator.',
    queue: 'Verify mentors',
    suggestions: 'Review suggestions',
    showPairs: 'Show all pairs',
    check: 'Check the set-up',
  },
  setUp: {
    title: 'Preceptor is not set up here yet',
    text: 'I show you which channels and roles are missing, and make them once you agree; a tip and two study prompts a week come with it. All I have to be told is the time zone of this server. Everything can be changed later, and undone while nobody has used it.',
    button: 'Set up this server',
    form: 'Set up this server',
    zone: 'Time zone of this server',
  },

  away: {
    botGone: 'I am no longer in that server, so I can do nothing there.',
    youLeft: 'You are no longer in that server, so nothing was done. If you come back, this button works again.',
  },

  /** The form that asks for a time zone, before the one about oneself. */
  zone: {
    title: 'First: where you are',
    label: 'Your time zone',
    hint: 'The nearest large city, or an offset such as +5:30.',
    placeholder: 'For example: Lagos',
    which: (typed: string) => `There are several time zones for “${typed}”. Which one do you mean?`,
    choose: 'Choose a time zone',
    continue: 'Open the form',
    ready: 'One form is left: where you stand, and what you look for or offer.',
  },

  /** Said to somebody who presses a door that they have gone through. */
  already: { mentor: 'You are registered as a mentor here.', mentee: 'You are registered as a mentee here.' },

  /** The answer to what somebody writes to the bot. */
  letter: {
    title: 'Hello! I cannot read what you write here',
    text: 'I am a program: messages to me are neither read nor kept. For a person, please write to the moderators of your server.',
    homes: 'What I can do for you is behind these buttons:',
    open: (guild: string) => `Open my home in ${guild}`,
    none: 'I work inside of servers. Go to the one where you met me, and type a slash there to see what I can do.',
  },

  /** To whoever brought the bot into a server. */
  greeting: {
    title: (guild: string) => `Thank you for adding me to ${guild}`,
    text: 'I am Preceptor: I bring mentors and mentees together, and see that nobody who asks is left waiting. Nothing happens before you set me up. I show you which channels and roles are missing, and make them once you agree; all I have to be told is the time zone of the server.',
    passOn: 'If somebody else added me, please pass this on: whoever may manage the server can do it.',
    open: 'Open the server',
  },
};
