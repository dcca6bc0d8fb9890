/** Finding a mentor, requests and their answers, the waitlist. */
import { stamp, who } from '../../marks.ts';
import { counted, list, words } from './words.ts';

const { number } = words;

const on = (at: string) => stamp(at, 'D');
const upTo = (at: string) => `${stamp(at, 'F')} (${stamp(at, 'R')})`;
const all = (ids: readonly string[]) => list(ids.map(who));

/** How many mentors a rule excluded, as a sentence; `n` is at least 1. */
const excludedBy = {
  'same-person': () => '',
  // A block stays silent: whoever it concerns is not told that there is one.
  blocked: (n: number) => `${counted(n, 'is', 'are')} not taking requests at the moment.`,
  'own-mentee': (n: number) =>
    n === 1
      ? 'You are the mentor of one of them, or they have asked you to be.'
      : `You are the mentor of ${n} of them, or they have asked you to be.`,
  'bad-fit': (n: number) => `With ${n} you have been paired before, and it was not the right fit.`,
  'already-asked': (n: number) => `${counted(n, 'is one', 'are ones')} whom you have asked already in the last weeks.`,
  unverified: (n: number) => `${counted(n, 'has', 'have')} not been verified by a moderator yet.`,
  paused: (n: number) => `${counted(n, 'is', 'are')} not taking requests at the moment.`,
  stage: (n: number) => `${counted(n, 'is', 'are')} not further along the road than you.`,
  'stage-not-accepted': (n: number) => `${counted(n, 'takes', 'take')} mentees from a later stage on.`,
  language: (n: number) => `${counted(n, 'has', 'have')} no language in common with you.`,
  full: (n: number) => `${counted(n, 'has', 'have')} no free place at the moment.`,
};

export const mentor = {
  command: {
    description: 'Find a mentor, ask, and see how your requests stand',
    find: 'Up to five mentors who suit you, and why',
    request: 'Ask a mentor whom you have in mind',
    requestMember: 'The mentor',
    requestMessage: 'A few words to them (at most 500 characters)',
    requests: 'Your requests, and those that wait for your answer',
    withdraw: 'Take a request back',
    withdrawMember: 'The mentor; asked for when you leave it out',
  },

  notRegistered: 'Tell the mentors a little about yourself first: `/register mentee` takes two minutes.',
  youAreSuspended:
    'The moderators have suspended you as a mentee, so you cannot look for a mentor at the moment. Please write to one of them about it.',
  youPaused:
    'Your profile as a mentee is paused, so you are not looking for a mentor at the moment. `/profile resume` changes that.',

  find: {
    intro: (n: number) =>
      n === 1
        ? 'One mentor suits you at the moment. Asking costs nothing: they see your profile and your message, and decide.'
        : `These ${n} mentors suit you best at the moment. You can ask up to three, in the order you like: the first is asked right away, the others only if it does not work out.`,
    more: (n: number) =>
      n === 1
        ? 'One more is free; you see them once you have asked one of these.'
        : `${n} more are free; you see them once you have asked some of these.`,
    orWait:
      'If you would rather not choose yourself, join the waitlist: when the moderators match everybody on it at once, a mentor is asked for you.',
    onWaitlist: (position: number, waiting: number) =>
      `You are number ${position} of ${waiting} on the waitlist. You do not have to wait for your turn: you can ask any of these now.`,
    request: (n: number, name: string) => `${n} · Request ${name}`,
    requestUnnamed: (n: number) => `${n} · Request`,
    title: (n: number) => `Mentor ${n}`,
    hasMentor: (id: string) =>
      `You have a mentor: ${who(id)}. See \`/mentorship show\`. Once it has ended, you can look for another here.`,
    underWay: (pending: string, until: string, left: number) =>
      `Your request to ${who(pending)} waits for an answer until ${upTo(until)}. ${
        left === 0
          ? 'You have named your three choices; `/mentor withdraw` makes room for another.'
          : `Of the others you can line up ${left === 1 ? 'one more choice' : 'two more choices'}: each is only asked if those before it do not work out.`
      }`,
    nobody: {
      title: 'Nobody can be suggested to you at the moment',
      noMentors: 'There is no mentor registered here at the moment.',
      intro: (n: number) =>
        n === 1
          ? 'There is one mentor here, and here is why they can’t be your mentor right now:'
          : `There are ${n} mentors here, and here is why none of them can be your mentor right now:`,
      excluded: excludedBy,
      hints: {
        language: '`/profile edit` lets you add a language.',
        waiting: 'On the waitlist your turn is kept, and you can go on looking here at any time.',
      },
    },
  },

  reasons: {
    same: (specialties: string) => `Also in ${specialties}`,
    family: (specialties: string) => `Close to your specialty: ${specialties}`,
    topics: (topics: string) => `offers ${topics}`,
    stage: (ahead: number) =>
      ahead === 1
        ? 'one step ahead of you'
        : ahead <= 3
          ? `${ahead === 2 ? 'two' : 'three'} steps ahead of you`
          : 'well ahead of you on the road',
    hours: (hours: number) => `${counted(hours, 'waking hour', 'waking hours')} in common`,
    fewHours: (hours: number) =>
      `${counted(hours, 'waking hour', 'waking hours')} in common, early or late in the day: plan calls then`,
    country: (country: string) => `went to medical school in ${country} as you did`,
    language: (languages: string) => `you both speak ${languages}`,
    separator: ' · ',
    none: 'Meets all of the rules; little else in common.',
  },

  form: {
    title: (name: string | undefined) => (name === undefined ? 'Ask this mentor' : `Ask ${name}`),
    label: 'Message',
    hint: 'Optional. What you would like help with, and until when.',
    placeholder: 'For example: I interview from November on and would be glad of a mock interview.',
  },

  ask: {
    another: 'Choose another mentor',
    withdraw: 'Withdraw this request',
    sent: (id: string, until: string) =>
      `Your request is on its way to ${who(id)}. They have until ${upTo(until)}; I will write to you either way. Meanwhile you can line up two more choices with \`/mentor find\`: each is only asked if those before it do not work out.`,
    sentAgain: (id: string, until: string) =>
      `Your request to ${who(id)} is open again, with your new words, in the message that they already have. They have until ${upTo(until)}; I will write to you either way.`,
    queued: (id: string, pending: string, before: number) =>
      `${who(id)} is your ${before === 1 ? 'second' : 'third'} choice, and stands in the queue. If ${before === 1 ? `${who(pending)} cannot` : `neither ${who(pending)} nor your second choice can`}, they are asked next; there is nothing you need to do.`,
    yourself: 'You cannot be a mentor to yourself. `/mentor find` shows who can.',
    bot: 'That is a bot. Mentors are people: `/mentor find` shows who suits you.',
    notInServer: 'I cannot find that person in this server. `/mentor find` shows mentors who are here.',
    noMentor: (id: string) => `${who(id)} is not registered as a mentor here. \`/mentor find\` shows who is.`,
    hasMentor: (id: string) =>
      `You have a mentor already: ${who(id)}. Only once that has ended (\`/mentorship end\`) can you ask another.`,
    alreadyPending: (id: string) =>
      `You have already asked ${who(id)}. The answer is still to come; \`/mentor requests\` shows until when.`,
    alreadyQueued: (id: string) =>
      `${who(id)} is already one of your next choices. \`/mentor requests\` shows the order.`,
    choicesFull: (ids: readonly string[]) =>
      `You have already named three choices: ${all(ids)}. \`/mentor withdraw\` makes room for another.`,
    declinedLately: (id: string) =>
      `${who(id)} has already declined a request of yours in the last 30 days. Please ask somebody else for now: \`/mentor find\`.`,
    /** @param days of the limit; @param at from when on. */
    enough: (most: number, days: number, at: string) =>
      `You have written to ${counted(most, 'mentor', 'mentors')} within ${days === 1 ? 'a day' : `${days} days`}, as many as one person can, so that everybody’s messages get read. You can ask the next one from ${upTo(at)}. What you have under way goes on, and \`/mentor find\` offers the waitlist meanwhile.`,
    messageTooLong: (length: number, limit: number) =>
      `Your message is ${number(length)} characters; the limit is ${number(limit)}. Nothing was sent; please shorten it.`,
    ownMentee: (id: string) =>
      `You are the mentor of ${who(id)}, or they have asked you to be; two people here are never each other’s mentor. \`/mentor find\` shows others.`,
    badFit: (id: string) =>
      `You and ${who(id)} have been paired before, and it was not the right fit, so you are not paired again. \`/mentor find\` shows others.`,
    unverified: (id: string) =>
      `${who(id)} has not been verified as a mentor by a moderator yet, so nobody can ask them yet.`,
    notTaking: (id: string) => `${who(id)} is not taking requests at the moment. \`/mentor find\` shows who is.`,
    stage: (id: string, theirs: string, yours: string) =>
      `${who(id)} is not further along the road than you (their stage: ${theirs}; yours: ${yours}). \`/mentor find\` shows mentors who are ahead of you.`,
    stageNotAccepted: (id: string, from: string) =>
      `${who(id)} takes mentees from the stage “${from}” on. \`/mentor find\` shows others.`,
    language: (id: string) =>
      `You and ${who(id)} have no language in common. If that is not so, add it with \`/profile edit\`.`,
    full: (id: string) => `${who(id)} has no free place at the moment. \`/mentor find\` shows who has.`,
  },

  answer: {
    notYours: 'This request was not sent to you, or is no longer there, so there is nothing for you to answer.',
    accepted: (id: string) =>
      `You have accepted. A private thread with ${who(id)} opens in the mentoring channel in a moment; they are told now.`,
    youLeft: (id: string) =>
      `You are no longer in this server, so nothing was accepted. ${who(id)} is told that you are not available, and can go on. If you come back, \`/profile show\` tells how you stand.`,
    menteeLeft: (id: string) => `${who(id)} has left the server, so this request was closed. Your place stays free.`,
    takeBack: 'Take it back',
    /** An answer that rests; nobody else learns of it before. */
    rests: {
      accept: (id: string, due: string) =>
        `You have accepted. ${who(id)} hears of it at ${stamp(due, 't')} (${stamp(due, 'R')}), and your private thread opens then. Until then you can take it back, and nobody will know.`,
      decline: (id: string, due: string) =>
        `You have declined. ${who(id)} is told kindly at ${stamp(due, 't')} (${stamp(due, 'R')}), and can go on. Until then you can take it back, and nobody will know. Thank you for answering.`,
    },
    restsAlready: {
      accept: (id: string, due: string) =>
        `You have accepted ${who(id)} already; they hear of it at ${stamp(due, 't')}. “Take it back” below the request undoes that until then.`,
      decline: (id: string, due: string) =>
        `You have declined ${who(id)} already; they hear of it at ${stamp(due, 't')}. “Take it back” below the request undoes that until then.`,
    },
    promised:
      'Your last free place is promised to somebody whom you accepted a moment ago. Take that back first, or change how many you take with `/profile edit`.',
    takenBack: (id: string) =>
      `Taken back: ${who(id)} was told nothing, and the request waits for your answer as before. \`/mentor requests\` shows it.`,
    nothingRests: (id: string) =>
      `There is no answer to ${who(id)} that could be taken back. \`/mentor requests\` shows how it stands.`,
    voidTitle: (mentee: string) => `Your answer to ${mentee} did not go out`,
    void: 'You accepted a moment ago, but before they were told the request came to another end. Your place is free.',
    placesLeft: (free: number) =>
      free > 0
        ? `You still have ${counted(free, 'free place', 'free places')}.`
        : 'That was your last free place: nobody else is suggested to you for now, and whoever else was waiting for your answer goes on to somebody else.',
    declined: (id: string) => `You have declined. ${who(id)} is told kindly, and can go on. Thank you for answering.`,
    neverAgain: (id: string) =>
      `${who(id)} is not suggested to you again, and is not told of it. \`/block list\` shows whom you have ruled out, and \`/block remove\` takes it back.`,
    pauseHint: 'If you would like a break, nobody is suggested to you while you pause.',
    pause: 'Stop new requests',
    paused:
      'Done: your answer stands, nobody is suggested to you, and nobody waits for you. Mentorships go on. `/profile resume` puts you back on the list, or choose a time after which you are back by yourself; you get a word then.',
    stopFor: (days: number) => `For ${counted(days / 7, 'week', 'weeks')}`,
    stoppedUntil: (at: string) =>
      `Done: your answer stands, and nobody new is suggested to you until ${stamp(at, 'D')}. Then you are back on the list by yourself, and get a word from me. Mentorships go on.`,
    alreadyAccepted: (id: string, at: string) => `You already accepted this request from ${who(id)} on ${on(at)}.`,
    alreadyDeclined: (id: string, at: string) => `You already declined this request from ${who(id)} on ${on(at)}.`,
    withdrawn: (id: string, at: string) =>
      `${who(id)} withdrew this request on ${on(at)}. Nothing is left for you to do.`,
    expired: (id: string, at: string) =>
      `This request from ${who(id)} expired on ${on(at)}. If you would like to help all the same, tell them that they can ask you again.`,
    lapsed: {
      matched: (id: string, at: string) => `${who(id)} found a mentor on ${on(at)}. Nothing is left for you to do.`,
      full: (id: string, at: string) =>
        `Your last free place was taken on ${on(at)}, so ${who(id)} was told that you have none, and could go on.`,
      away: (id: string, at: string) =>
        `You were not taking requests on ${on(at)}, so ${who(id)} was told so, and could go on.`,
      ineligible: (id: string, at: string) =>
        `This request from ${who(id)} could not be kept and was closed on ${on(at)}.`,
    },
    menteeHasMentor: (id: string) => `${who(id)} has found a mentor in the meantime. Nothing is left for you to do.`,
    full: (id: string, capacity: number) =>
      `You have no free place: ${capacity === 1 ? 'your only one is' : `all ${capacity} of yours are`} taken. ${who(id)} has been told so and can go on. \`/profile edit\` changes how many you take.`,
    notVerified:
      'You cannot accept requests at the moment, because no moderator has verified you as a mentor. Please write to one of them.',
    gone: 'They are no longer registered here, so this request was closed.',
    ownMentor: (id: string) =>
      `${who(id)} is your own mentor here, and two people are never each other’s, so this request was closed.`,
    ineligible: (id: string) => `You and ${who(id)} can no longer be paired, so this request was closed.`,
    noteTooLong: (length: number, limit: number) =>
      `Your note is ${number(length)} characters; the limit is ${number(limit)}. Nothing was sent; please shorten it.`,
    form: {
      title: (name: string | undefined) =>
        name === undefined ? 'Decline this request' : `Decline the request of ${name}`,
      reason: 'Reason',
      reasonHint: 'They are told the reason, kindly.',
      placeholder: 'Choose one',
      note: 'A word to them',
      noteHint: 'Optional: advice, or somebody else to ask.',
      reasons: {
        'no-place': 'I have no room for another mentee just now',
        'not-my-area': 'It is not what I know best',
        away: 'I am away or very busy for some time',
        unsaid: 'I would rather not say',
        'never-again': 'Please do not suggest this member to me again',
      },
      neverAgainHint: 'Nobody is told; they hear that you cannot at the moment',
    },
  },

  requests: {
    title: 'Your requests',
    none: 'You have no request under way. `/mentor find` shows who suits you.',
    pending: (id: string, until: string) => `${who(id)} · waits for an answer until ${upTo(until)}`,
    queued: (id: string, n: number) =>
      `${who(id)} · your ${n === 2 ? 'second' : 'third'} choice, asked if it does not work out with those before`,
    past: 'Earlier',
    outcome: {
      accepted: (id: string, at: string) => `${who(id)} · accepted on ${on(at)}`,
      declined: (id: string, at: string, reason: string) =>
        `${who(id)} · declined on ${on(at)}${reason === '' ? '' : `: ${reason}`}`,
      withdrawn: (id: string, at: string) => `${who(id)} · withdrawn on ${on(at)}`,
      expired: (id: string, at: string) => `${who(id)} · no answer by ${on(at)}`,
      superseded: (id: string, at: string) => `${who(id)} · closed on ${on(at)}`,
    },
    reasons: {
      'no-place': 'no room just now',
      'not-my-area': 'not what they know best',
      away: 'away or very busy',
      unsaid: '',
    },
    waitingForYou: 'Waiting for your answer',
    waiting: (id: string, until: string) => `${who(id)} · until ${upTo(until)}`,
    more: (n: number) => `… and ${n} more; answer some of these and run the command again.`,
    nothingForYou: 'Nobody is waiting for your answer.',
    notRegistered:
      'You are not registered here yet. `/register mentee` if you are looking for a mentor, `/register mentor` if you would like to be one.',
    accept: (n: number, mentee?: string) => (mentee === undefined ? `${n} · Accept` : `${n} · Accept ${mentee}`),
    decline: (n: number, mentee?: string) => (mentee === undefined ? `${n} · Decline` : `${n} · Decline ${mentee}`),
    withdraw: (n: number, mentor?: string) =>
      mentor === undefined ? `${n} · Withdraw` : `${n} · Withdraw from ${mentor}`,
    waitlist: (position: number, waiting: number) => `You are number ${position} of ${waiting} on the waitlist.`,
  },

  withdraw: {
    notYours: 'You have no such request, so there is nothing to withdraw. `/mentor requests` shows how yours stand.',
    none: 'You have no request under way, so there is nothing to withdraw.',
    notAsked: (id: string) => `You have no request to ${who(id)} under way. \`/mentor requests\` shows yours.`,
    which: 'Which request do you want to take back?',
    done: (id: string) => `Your request to ${who(id)} is withdrawn.`,
    next: (id: string, until: string) => `Your next choice, ${who(id)}, is asked now and has until ${upTo(until)}.`,
    nothingNext: (keptDays: number) =>
      `You have no request to anybody now. Your turn is kept for ${counted(keptDays, 'day', 'days')}: \`/mentor find\` shows who suits you, and offers the waitlist.`,
    accepted: (id: string, at: string) =>
      `It is too late to withdraw it: ${who(id)} accepted on ${on(at)}. If you would rather not, \`/mentorship end\` ends it without blame.`,
    declined: (id: string, at: string) =>
      `${who(id)} already answered on ${on(at)} and could not take you. There is nothing left to withdraw.`,
    already: (id: string, at: string) => `You already withdrew this request to ${who(id)} on ${on(at)}.`,
    expired: (id: string, at: string) =>
      `This request to ${who(id)} expired on ${on(at)}. There is nothing left to withdraw.`,
    lapsed: (id: string, at: string) =>
      `This request to ${who(id)} was closed on ${on(at)}. There is nothing left to withdraw.`,
  },

  waitlist: {
    join: 'Join the waitlist',
    leave: 'Leave the waitlist',
    offer: (waiting: number) =>
      waiting === 0
        ? 'Nobody is on the waitlist, so you would be the first.'
        : `${counted(waiting, 'mentee is', 'mentees are')} on the waitlist now.`,
    joined: (position: number, waiting: number) =>
      `You are on the waitlist: number ${position} of ${waiting}. Your turn is kept. When the moderators match everybody who waits, a mentor is asked for you; until then \`/mentor find\` shows who is free.`,
    already: (position: number, waiting: number, since: string) =>
      `You are already on the waitlist, since ${on(since)}: number ${position} of ${waiting}.`,
    /** Added where somebody goes on with a turn from before. */
    keeps: (since: string) => `You go on with the turn that you had: you have been looking since ${on(since)}.`,
    left: (since: string, keptDays: number) =>
      `You are off the waitlist. Your turn, since ${on(since)}, is kept for ${counted(keptDays, 'day', 'days')}: asking a mentor or joining again goes on with it.`,
    notOn: 'You are not on the waitlist.',
    underWay: (id: string) =>
      `You have already asked ${who(id)}. If that does not work out and you have named no further choice, you are put on the waitlist automatically, with your turn counted from the day you asked.`,
  },
};
