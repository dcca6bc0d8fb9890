/** *Is this true?*: what official pages say, claims for the moderators, and answers of a server's own. */
import { stamp } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { counted } from './words.ts';

const others = (count: number) => (count === 1 ? 'One member asks this.' : `${count} members ask this.`);

export const claims = {
  /** In the menu of a message. */
  menu: 'Is this true?',
  kinds: {
    date: 'A date or deadline',
    fee: 'A fee',
    rule: 'A rule of an exam or authority',
    visa: 'A visa',
    program: 'A residency program',
    helper: 'Somebody says they can help',
    other: 'Something else',
  },

  form: {
    title: 'Is this true?',
    kind: 'What is it about?',
    line: 'What exactly would you like to know?',
    lineHint: 'If you ask the moderators, they read this. Nobody learns who asked.',
  },

  facts: {
    title: 'What official pages say',
    intro: 'This comes from the guide, with the page and the day. Compare it with what you read.',
    nothing:
      'I have no official statement on this. That makes it neither true nor false: look at the authority’s page, or ask the moderators.',
    /** Outside of servers that have the bot there is nobody to ask. */
    alone: 'Moderators can be asked from a server that uses Preceptor.',
    ask: 'Ask the moderators',
    answeredBefore: 'The moderators have answered this before',
    pages: 'Official pages',
  },

  flags: {
    title: 'Before you accept help',
    intro: 'Good help exists. Stop and ask somebody else first where you see one of these:',
    list: [
      'Money goes to a person, or by gift card, transfer or cryptocurrency',
      'Somebody promises a letter, an interview, a match or a visa',
      'The page is not on the institution’s own address',
      'Hands-on patient contact is called an observership; observers watch',
      'You are to write your own letter of recommendation',
      'It has to be today: “last places”',
    ],
    source: (page: string) => `-# How scams work, and where to report one: ${page}`,
    report: 'Report it',
  },

  asked: {
    new: (days: number) =>
      `The moderators have it now, without your name. You hear from me when they answer, after ${counted(days, 'day', 'days')} at the latest.`,
    known: 'Somebody has asked the same. You hear from me when the moderators answer.',
    repeated: 'You have asked this already. You hear from me when the moderators answer.',
  },

  /** For the moderators. */
  card: {
    title: 'Is this true?',
    questionTitle: 'A question for the guide',
    about: (kind: string) => `About: ${kind}`,
    asked: (count: number) => others(count),
    /** Nobody handed it in: several asked the same and found nothing. */
    missed: (count: number) => `${counted(count, 'member', 'members')} asked this and found nothing.`,
    lines: 'What they add',
    rule: 'The message stands here without its author. An answer needs a page on an official host. Text and lines go once you have answered.',
    until: (at: Instant) => `Without an answer, whoever asked hears ${stamp(at, 'R')} that nobody can tell.`,
    answer: 'Answer …',
    unclear: 'Cannot tell',
    unclearNow: 'Nobody could tell; whoever asked was told.',
    post: 'Post below the message',
    posting: {
      asked: 'It is being posted below the message.',
      posted: 'It stands below the message.',
      refused: 'It could not be posted below the message.',
    },
  },

  answerForm: {
    title: 'Answer',
    question: 'The question, as others would ask it',
    questionHint: 'The guide is searched by it. Name nobody.',
    answer: 'What the page says',
    link: 'The official page',
    linkHint: 'The address where you read it',
    verdict: 'What that means for the claim',
  },
  verdicts: {
    agrees: 'The page agrees',
    silent: 'The page does not say so',
    changed: 'It was so, and has changed',
  },
  verdictHints: {
    agrees: 'What was claimed stands there',
    silent: 'It says nothing of the kind, or something else',
    changed: 'It held once, and does no longer',
  },

  done: {
    answered: 'Answered. Whoever asked hears it from me, and the guide finds it from now on.',
    unclear: 'Whoever asked is told that nobody can tell, with the official pages.',
    posting: 'It goes below the message now.',
  },

  letter: {
    answeredTitle: 'The moderators have answered you',
    againTitle: 'An answer has been corrected',
    unclearTitle: 'Nobody could tell so far',
    question: (question: string) => `**${question}**`,
    source: (page: string, day: string) => `-# Read on ${page} on ${day}`,
    unclear:
      'You asked whether something is true. Your moderators found no official page that settles it. Until one does, treat it as a rumor; the authority’s own page is the place to look.',
    again: 'What you were told before is replaced by this:',
    message: 'To the message',
    post: 'Post below the message',
    postHint: 'You can have it posted below the message: without your name, and without blame.',
    posted: 'It stands below the message.',
    refused: 'It could not be posted below the message: the channel, or the moderator who answers for it, is gone.',
    withdrawn: 'The moderators have taken their answer out again.',
  },

  post: {
    /** @param day a stamp of the day. */
    title: 'What the official page says',
    source: (page: string, day: string) => `-# Read on ${page} on ${day}. Asked with “Is this true?”`,
    withdrawn: 'The moderators have taken this answer out again.',
  },

  own: {
    heading: (title: string) => `From this server: ${title}`,
    /** @param page a link, empty for what needs none. */
    source: (page: string, day: string) =>
      page === ''
        ? `-# Written by the moderators of this server on ${day}`
        : `-# The moderators of this server read it on ${page} on ${day}`,
    instead: '-# The moderators here read this after my own words were written.',
    formTitle: 'An answer of this server',
    question: 'The question',
    answer: 'The answer',
    answerHint: 'A figure or a date needs the official page below',
    link: 'The official page, if it states a fact',
    words: 'Other words people use for it',
    wordsHint: 'Only searched, never shown',
    saved: (question: string) => `Members find it now with \`/guide ask\`: ${question}`,
    changed: (question: string) => `Changed: ${question}`,
    removed: (question: string) => `Taken out: ${question}`,
    none: 'This server has no answers of its own yet. `/guide add` writes one.',
    title: 'Answers of this server',
    count: (count: number, most: number) => `${count} of ${most}`,
    line: (question: string, until: string) => `**${question}** · ${until}`,
    until: (day: string) => `to be read again by ${day}`,
    noEnd: 'states nothing that ages',
    hint: '`/guide change` changes one, `/guide remove` takes it out.',
    page: (page: number, of: number) => `Page ${page} of ${of}`,
    previous: 'Previous',
    next: 'Next',
  },

  /** Below an answer of the guide. */
  ask: {
    button: 'Ask the moderators',
    formTitle: 'Ask the moderators',
    question: 'Your question',
    hint: 'They read it without your name',
  },

  command: {
    check: 'Is this true? What official pages say of something you read, and the moderators if you like',
    claim: 'What you read or heard, in its own words',
    add: 'Write an answer of this server’s own, which `/guide ask` finds',
    own: 'The answers of this server',
    change: 'Change an answer of this server; whoever asked about it is told again',
    remove: 'Take an answer of this server out of the guide',
    answer: 'Which answer',
  },

  refused: {
    noText:
      'There are no words in it that I could compare with anything. Type your question with `/guide ask` instead.',
    examMaterial:
      'This speaks of exam material that nobody may pass on. I keep nothing of it and answer nothing about it. If somebody offers it, *Report to staff* in the menu of their message tells the moderators in confidence.',
    lineTooLong: (most: number) => `Please say it in ${counted(most, 'character', 'characters')}.`,
    tooLate: 'This was begun too long ago, or handed in already, so I have let go of the words. Begin it once more.',
    otherGuild: 'This was begun in another server. Choose *Is this true?* on a message of this one.',
    enough: (most: number, again: Instant) =>
      `You have asked the moderators ${counted(most, 'question', 'questions')} in a day; the next is possible ${stamp(again, 'R')}. \`/guide ask\` answers at any time.`,
    gone: 'That is no longer here. Look at the list again.',
    closed: 'This was closed already: nobody could tell, and whoever asked has been told.',
    answered: (answer: string, page: string | null) =>
      `Somebody has answered this already: “${answer}”${page === null ? '' : ` (${page})`}. \`/guide change\` corrects it.`,
    notOfficial:
      'That page is on no official host, so it settles nothing. Use a page of the authority itself; `/guide page` lists them. If there is none, *Cannot tell* is an honest answer.',
    empty: 'Both the question and the answer need words.',
    tooLong: (length: number, most: number) => `A text is ${length} characters; the limit is ${most}.`,
    figureWithoutPage:
      'This states a figure or a date. Name the official page that says so, or say it without the figure: then it cannot go out of date.',
    full: (most: number) => `There are ${most} answers already, which is the most. Take one out first.`,
    nothingToPost: 'There is no answer that could stand below that message.',
    posted: 'It stands below the message already, or is on its way.',
    cannotWrite: 'You cannot write in that channel, so I post nothing there for you.',
  },
};
