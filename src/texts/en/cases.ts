/** Reports to the moderators, and what becomes of them. */
import type { CaseCategory, CaseOutcome, CaseState, CaseWish } from '../../db/schema.ts';
import { stamp, who } from '../../marks.ts';
import { counted } from './words.ts';

const somebody = 'somebody who deleted their data';
const named = (id: string | null) => (id === null ? somebody : who(id));

const categories = {
  money: 'Asked for money',
  'sitting-for': 'Asked to sit an exam or write for them',
  'exam-content': 'Recalled or leaked exam content',
  harassment: 'Harassment',
  impersonation: 'Pretends to be somebody else',
  advice: 'Unsafe advice',
  risk: 'Somebody may be at risk',
  other: 'Something else',
} satisfies Record<CaseCategory, string>;

const outcomes = {
  acted: 'Acted on',
  talked: 'Talked to',
  'not-established': 'Not established',
  outside: 'Outside our remit',
  withdrawn: 'Withdrawn',
} satisfies Record<CaseOutcome, string>;

export const cases = {
  report: {
    description: 'Tell the moderators in confidence about a member',
    file: 'Report a member; they are not told who did',
    member: 'Whom it is about',
    mine: 'Your reports, and what is asked of you',
  },
  /** In the menus of a person and of a message, 32 characters at most. */
  menu: 'Report to staff',
  reports: {
    description: 'Reports that you may see, for those who handle them',
    list: 'What waits, urgent and old ones first',
    closed: 'Show those that are closed instead',
    show: 'Everything about one report',
    take: 'Take a report, so that others know it is in hand',
    ask: 'Ask the reporter; they read it as from the moderators',
    note: 'Write something down for whoever reads it next',
    give: 'Hand a report over to another handler',
    act: 'Let the reporter decide; lift or end a mentorship; suspend; take out of a group; pass it on',
    close: 'Close a report',
    reopen: 'Open a closed report again',
    case: 'Which report',
    words: 'Your words',
    statement: 'Whose: 1 for the first who reported; the latest if you choose nothing',
    member: 'The handler who goes on with it',
    what: 'What to do',
    outcome: 'How it ended',
  },
  safety: {
    description: 'Who handles reports, and how long their words are kept',
    role: 'Handlers are those with this role',
    everyone: 'Handlers are all who may manage the server',
    days: (min: number, max: number) => `Days that the words of a closed report are kept, ${min} to ${max}`,
    shown: (role: string | null, days: number) =>
      `Reports are handled by ${role === null ? 'everybody who may manage the server' : `those with <@&${role}>`}, and by the owner. Whoever is party to one never sees it. The words of a closed report are kept for ${counted(days, 'day', 'days')}; what it was about and how it ended stay.`,
  },
  form: {
    title: (name: string) => `Report ${name}`,
    /** In the title, where nothing is known of their name. */
    somebody: 'a member',
    category: 'What it is about',
    words: 'What happened',
    wordsHint: 'What was said or done, when and where. A message that you report is kept as it is now.',
    today: 'Does anything need doing today?',
    yes: 'Yes',
    no: 'No',
    excluded: 'Who should not see this?',
    excludedHint: 'Moderators to leave out. Whoever it is about never sees it.',
    mayName: 'May staff name you?',
    mayNameHint: 'If you choose nothing, nobody learns from us that it was you.',
    question: 'Your answer',
    again: 'What is new',
  },
  categories,
  outcomes,
  states: { new: 'waits', taken: 'taken', waiting: 'waits for the reporter', closed: 'closed' } satisfies Record<
    CaseState,
    string
  >,
  acts: {
    'ask-to-decide': 'Ask the reporter to decide',
    lift: 'Let the mentorship go on',
    end: 'End the mentorship',
    'suspend-mentor': 'Suspend the mentor',
    'leave-groups': 'Take them out of the study groups they share with a reporter',
    'pass-to-owner': 'Pass it to the owner',
  },
  /** What a reporter is offered to wish for; on a button, and inside a sentence behind a colon. */
  wishes: {
    end: 'End our mentorship',
    keep: 'Keep it paused for now',
    'go-on': 'Let it go on',
    act: 'Please do something',
    record: 'Only keep it on record',
  } satisfies Record<CaseWish, string>,
  filed: {
    title: 'Your report is with the moderators',
    number: (id: string) => `Its number is **${id}**. \`/report mine\` shows it.`,
    next: (hours: number) =>
      `Only those who handle reports can read it: not the member, not anybody close to the matter, and nobody you left out. If nobody has taken it within ${counted(hours, 'hour', 'hours')} they are reminded, and then the owner is. Questions come to you by direct message.`,
    nobody:
      'I know nobody here who may handle this without being part of it. Please use Discord’s own report (hold or right-click the message, then *Report Message*), or write to somebody you trust.',
    rests: 'Your mentorship with them rests from now on. They see a pause, and no reason.',
    block: 'Block them here',
    blockHint: '`/block add` keeps you apart in this bot; Discord’s own block stops their messages.',
    discord:
      'If it breaks Discord’s rules, report it to Discord as well: hold or right-click the message, then *Report Message*.',
    risk: 'Say to them, if you can: *I am glad you told me. I am staying with you while we call somebody.* Call the emergency number where they are if it cannot wait; in the US 911, or 988 for somebody to talk to. `/support` has the lines of other countries.',
    help: '`/support` shows who listens, at any hour.',
    withdraw: 'Take it back',
    support: 'Who listens',
  },
  mine: {
    title: 'Your reports',
    none: 'You have reported nothing here. `/report member` is in confidence: whoever it is about does not learn who it was.',
    line: (id: string, state: string, at: string) => `**${id}** · ${stamp(at, 'D')} · ${state}`,
    own: {
      new: 'nobody has taken it yet',
      taken: 'a handler is on it',
      waiting: 'a question waits for your answer',
      closed: 'closed',
      withdrawn: 'taken back',
    } satisfies Record<CaseState | 'withdrawn', string>,
    answer: (id: string) => `Answer ${id}`,
    withdraw: (id: string) => `Take ${id} back`,
    reopen: (id: string) => `Open ${id} again`,
    decide: (id: string, wish: string) => `${id}: ${wish}`,
    decided: (wish: string) => `Thank you. Whoever handles your report reads what you chose: **${wish}**.`,
    answered: 'Thank you. Your answer is with the handler.',
    tookBack: 'Your report is taken back. If your mentorship rested for it, it goes on.',
    reopened: 'Your report is open again, with what you added.',
  },
  list: {
    title: (count: number) => counted(count, 'report', 'reports'),
    none: 'No report is waiting that you may see.',
    noneClosed: 'No report is closed that you may see.',
    line: (id: string, category: string, state: string, at: string, urgent: boolean) =>
      `${urgent ? '**Urgent** · ' : ''}**${id}** · ${category} · ${state} · ${stamp(at, 'R')}`,
    open: (id: string) => `Open ${id}`,
  },
  card: {
    title: (id: string) => `Report ${id}`,
    about: (id: string | null, category: string) => `About ${named(id)} · ${category}`,
    state: (state: string, assignee: string | null) => (assignee === null ? state : `${state}, by ${who(assignee)}`),
    urgent: 'Urgent',
    statement: (place: number, reporter: string | null, at: string, mayName: boolean) =>
      `**${place}.** ${named(reporter)}, ${stamp(at)}${mayName ? '' : ' · do not say who reported it'}`,
    today: 'Something needs doing today.',
    withdrawn: (at: string) => `Taken back ${stamp(at)}`,
    snapshot: (author: string, channel: string, at: string) =>
      `The message of ${who(author)}${channel === '' ? '' : ` in <#${channel}>`}, ${stamp(at)}:`,
    unnamed:
      'It was sent to the reporter as a question for office hours, without a name: they do not know whose it is. Please do not tell them.',
    files: (names: string) => `Files: ${names} (their links do not last)`,
    rests: 'The reporter’s mentorship with them rests until you let it go on or end it.',
    entries: 'What was done',
    earlier: (count: number) => `… and ${counted(count, 'earlier entry', 'earlier entries')}`,
    entry: {
      taken: (by: string) => `${by} took it`,
      released: () => 'it is free again: whoever had it cannot go on with it',
      asked: (by: string, words: string) => `${by} asked: ${words}`,
      answered: (by: string, words: string) => `${by} answered: ${words}`,
      unanswered: () => 'no answer came within a week',
      noted: (by: string, words: string) => `${by} noted: ${words}`,
      'handed-over': (by: string, to: string) => `${by} handed it to ${to}`,
      passed: (by: string) => `${by} passed it to the owner`,
      lifted: (by: string) => `${by} let the mentorship go on`,
      ended: (by: string) => `${by} ended the mentorship`,
      suspended: (by: string) => `${by} suspended the mentor`,
      removed: (by: string) => `${by} took them out of the study groups that they share with a reporter`,
      'wish-asked': (by: string) => `${by} asked the reporter to decide`,
      wished: (by: string, wish: string) => `${by} chose: ${wish}`,
      withdrawn: (by: string) => `${by} took their report back`,
      hidden: () => 'the message was taken away',
      closed: (by: string) => `${by} closed it`,
      reopened: (by: string) => `${by} opened it again`,
    },
    by: (id: string | null) => (id === null ? 'the reporter' : who(id)),
    take: 'Take it',
    ask: 'Ask the reporter',
    decide: 'Let the reporter decide',
    note: 'Note',
    close: 'Close',
    reopen: 'Open again',
    kept: (days: number) =>
      `Only those who may see it can read this. Its words are kept for ${counted(days, 'day', 'days')} after it is closed.`,
  },
  home: {
    reporter: 'Your report',
    question: 'The moderators have a question about it.',
    mine: 'Show my reports',
    handler: 'Reports',
    waiting: (n: number) => `${counted(n, 'report waits', 'reports wait')} for somebody who takes it.`,
    list: 'Show reports',
  },
  notices: {
    waitingTitle: 'A report is waiting',
    waiting: (guild: string) =>
      `In ${guild} somebody has reported something to those who handle reports. \`/reports list\` there shows it.`,
    reminderTitle: 'A report still waits',
    reminder: (guild: string) => `In ${guild} nobody has taken a report yet. \`/reports list\` there shows it.`,
    line: 'A report is waiting. Those who handle reports find it with `/reports list`.',
    newsTitle: (id: string) => `Something is new in report ${id}`,
    news: (guild: string) => `\`/reports show\` in ${guild} shows what.`,
    questionTitle: 'The moderators have a question',
    question: (guild: string, id: string, words: string) => `It is about your report ${id} in ${guild}.\n\n${words}`,
    questionOver: 'This question is answered, or not waited for any more.',
    wishTitle: 'The moderators would like to know what you wish',
    wish: (guild: string, id: string, days: number) =>
      `It is about your report ${id} in ${guild}. What would you like to happen? Whichever you choose, nobody but those who handle reports learns of it, and you need not explain it. There are ${counted(days, 'day', 'days')} for it; after that the moderators go on as they see fit.`,
    answer: 'Answer',
    closedTitle: 'Your report is closed',
    acted: (guild: string, id: string) =>
      `Something was done about your report ${id} in ${guild}. What, stays between the moderators and whom it concerns.`,
    notActed: (guild: string, id: string) =>
      `Nothing could be established about your report ${id} in ${guild}. That does not mean you were wrong to tell.`,
    closedMore: (days: number) =>
      `Should it go on, or should you remember more: for ${counted(days, 'day', 'days')} \`/report mine\` opens it again. Thank you for speaking up.`,
  },
  none: 'There is no such case.',
  refused: {
    yourself:
      'You cannot report yourself. If you would like to talk to a moderator, write to one of them; `/support` shows who else listens.',
    bot: 'That is a bot. Tell a moderator about it, or report its message to Discord.',
    sentAlready:
      'This form was sent already, or is older than a day. `/report mine` shows your reports; `/report member` begins another.',
    category: 'That is nothing that a report can be about. `/report member` begins anew.',
    short: (length: number, min: number) =>
      `What happened needs at least ${min} characters, so that somebody can look into it; yours has ${length}. Nothing was sent yet.`,
    long: (length: number, max: number) => `That is ${length} characters long, and ${max} fit. Nothing was sent yet.`,
    noWords: 'Nothing was written, so nothing was sent.',
    open: (most: number) =>
      `You have ${counted(most, 'open report', 'open reports')} here, which is as many as can be. \`/report mine\` shows them; one that is taken back makes room. If somebody is in danger now, call for help: \`/support\`.`,
    recent: (most: number, days: number) =>
      `You have made ${counted(most, 'report', 'reports')} in ${counted(days, 'day', 'days')}, which is as many as can be. Please write to a moderator. If somebody is in danger now, call for help: \`/support\`.`,
    noQuestion: 'Nothing is asked of you at the moment. `/report mine` shows how your reports stand.',
    closed: 'This report is closed.',
    withdrawn: 'You have taken this report back already.',
    isOpen: 'This report is open.',
    tooLate: (days: number) =>
      `A report can be opened again for ${counted(days, 'day', 'days')} after it was closed. Please make a new one.`,
    another: 'There is an open report about the same member: it goes on there.',
    takeFirst: 'Nobody has taken this report yet. Take it first, so that others know.',
    taken: (id: string) => `${who(id)} has taken this report.`,
    waiting: 'A question already waits for the reporter’s answer, for a week at most.',
    nobodyToAsk: 'There is nobody to ask: the report was taken back, or its reporter has deleted their data.',
    notTheirs: (id: string) => `${who(id)} cannot take this report.`,
    notHandler: (id: string) => `${who(id)} is nobody who handles reports here.`,
    noPair: 'No mentorship rests for this report.',
    noGroup: 'They share no study group with a reporter.',
    decided: (wish: string) => `You have chosen already: **${wish}**. The moderators know.`,
    noMentor: 'They are no mentor here, or suspended already.',
    outcome: 'That is no way in which a report ends.',
    stillRests:
      'The reporter’s mentorship with them still rests. Let it go on or end it first (`/reports act`), or ask the reporter what they wish.',
    days: (min: number, max: number) => `Choose ${min} to ${max} days. Nothing was changed.`,
  },
};
