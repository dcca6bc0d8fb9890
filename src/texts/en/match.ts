/** Match Week: the word on Sunday, `/match`, and what moderators choose of it. */
import { counted } from './words.ts';

export const match = {
  command: 'Match Week, privately: what comes when, how it went for you, and who is there',

  word: {
    title: (year: number) => `Match Week ${year}`,
    quiet: 'This week is not like others. My tips, prompts and questions rest until Saturday; people go first.',
    loud: 'This week is not like others. Whatever your message says, you do not read it alone.',
    whenHeading: 'What comes when',
    /** @param page a link. */
    noDates: (page: string) => `The days and hours stand at ${page}.`,
    /** @param when a stamp, and the words of the page. */
    date: (title: string, when: string) => `**${title}** ${when}`,
    /** @param reported a stamp, or nothing. */
    expected: (title: string, pattern: string, reported: string) =>
      `**${title}** Usually ${pattern}${reported === '' ? '' : `; others report ${reported}`}.`,
    read: (page: string, on: string) => `Read on ${page} on ${on}.`,
    unread: (page: string) => `Not announced here yet: compare it with ${page}.`,
    joyHeading: 'Where joy belongs',
    joy: 'Good news has its place here, from Friday noon Eastern: `/match`, then **Share it**, posts one line of yours. Until then please be quiet about results in the other channels. Somebody beside you is reading a different message.',
    joyElsewhere:
      'Please be quiet about results in the channels where everybody reads. Somebody beside you is reading a different message.',
    hardHeading: 'If it is hard',
    hard: 'From Monday, 10:00 Eastern, `/match` answers you privately, however it went. `/support` shows who listens, at any hour. You do not need a reason that is good enough.',
    open: 'How it went for me',
  },

  title: (year: number) => `Match Week ${year}`,
  privately: 'Only you see this. Whatever you press is neither kept nor counted, and nobody is told.',
  away: 'Match Week is not near. This is what is known of it:',
  before: 'Nobody knows anything before Monday, 10:00 Eastern. Eat, walk, sleep, and put somebody’s number at hand.',
  ask: 'How did it go? You need not say.',
  buttons: {
    matched: 'I matched',
    not: 'Not this time',
    unsaid: 'Rather not say',
    share: 'Share it',
    takeBack: 'Take my line back',
    back: 'Back',
    road: 'My road',
    stage: { matched: 'Change my stage to matched', reapplying: 'Change my stage to reapplying' },
  },

  matched: {
    title: 'Congratulations, doctor',
    body: 'All those mornings led here. Call whoever carried you, and let today be today.',
    whether:
      'On Friday, at noon Eastern, you read where. Please hold the news in the channels until then: somebody beside you is reading a different message.',
    where: 'If you like, **Share it** posts one line of yours, with your name beside it.',
    next: 'What comes next, contract, license and visa, stands on your road. It can wait until Monday.',
  },
  not: {
    title: 'Not this time',
    body: 'I am sorry. It is one message about one list, and it says nothing about the doctor that you are. Many attendings read this very message once. Today: eat, sleep, and one person who knows.',
    soap: 'If you may take part in SOAP, this week has a next step. If you may not, or would rather not, the week is yours.',
    soapHeading: 'SOAP, if you want it',
    soapPage: (page: string) => `Who may take part, and how, stands at ${page}.`,
    after:
      'When you are ready: what will a reader see next year that is new? `/roadmap show` has those steps, and `/study find` with **Reapplying** finds others at this point.',
    later:
      'Later, not this week: what will a reader see next year that is new? `/roadmap show` has those steps, and `/study find` with **Reapplying** finds others at this point.',
  },
  unsaid: {
    title: 'That is fine',
    body: 'Nothing was kept. If it turns out to be a heavy day, somebody listens; if it is a good one, enjoy it quietly.',
  },
  stageChanged: 'Done. Your road now shows the steps from here.',

  share: {
    title: 'Share your line',
    label: (most: number) => `One line, up to ${counted(most, 'character', 'characters')}`,
    hint: 'It is posted with your name beside it. Thank somebody, if you like.',
    posted: (channel: string) => `Your line goes to ${channel}. You can take it back at any time.`,
    takenBack: 'Taken back. Where your line stood, it says only that it is no more.',
    nothing: 'There is no line of yours to take back.',
  },
  /** @param who a mention. @param line escaped. */
  line: (who: string, line: string) => `${who}: ${line}`,
  lineTitle: 'Match Day',

  home: {
    heading: 'Match Week',
    line: 'However it goes: `/match` answers you privately, and somebody listens.',
  },

  behind: {
    title: 'Would you help those behind you?',
    body: 'Two weeks ago you matched. Somebody stands today where you stood last year, and what you remember of it is worth more to them than any page. An hour a month is already something, and you say yourself how many you take.',
    yes: 'Become a mentor',
    notNow: 'Not now',
    later: 'That is fine: these months are full. I ask once more in three months, and then never again.',
    never: 'That is fine. I do not ask again; `/register mentor` is there whenever you like.',
  },

  settings: {
    command: 'What Match Week is like here, from Sunday to Friday',
    quiet: 'Whether tips, prompts, check-ins and alerts rest',
    post: 'Whether I post one word on Sunday: what comes when, and who listens',
    share: 'Whether members may share one line each, from Friday on',
    channel: 'Where the word and those lines go; unless you choose one, where tips go',
    title: 'Match Week here',
    /** @param year of the next one. @param from and until: stamps. */
    when: (year: number, from: string, until: string) =>
      `By the calendar of all years so far, Match Week ${year} runs from ${from} to ${until}.`,
    isQuiet: 'Tips, prompts, check-ins and alerts rest. Announcements and reminders that somebody chose do not.',
    isNotQuiet: 'Tips, prompts, check-ins and alerts go on as in any week.',
    posts: (channel: string) => `On Sunday at 9:00 Eastern I post one word in ${channel}.`,
    postsNothing: 'I post nothing on Sunday.',
    shares: (channel: string) => `From Friday noon Eastern, members may share one line each in ${channel}.`,
    sharesNothing: 'Members share nothing through me.',
    noChannel: 'no channel yet (choose one with `/setup match`)',
    never: 'I never say, count or keep who matched.',
    channelGone: {
      text: 'The channel that was chosen for Match Week is gone, so neither my word on Sunday nor anybody’s line can be posted.',
      fix: 'Choose another with `/setup match channel:`, or end both with `/setup match post: False share: False`.',
    },
  },

  wordsCommand: 'What a moderator can write when somebody despairs, wants to quit, or speaks of dying',
  words: {
    title: 'When somebody is not well',
    rules:
      'Never alone: bring a second moderator. Promise that you care, never that you will tell nobody. Hand on, with `/support`. Then look after yourself.',
  },

  refused: {
    line: (characters: number, most: number) =>
      characters === 0
        ? 'Your line is empty. One sentence is enough.'
        : `Your line is ${counted(characters, 'character', 'characters')}; the limit is ${most}.`,
    notNow: 'Lines can be shared from Friday of Match Week, noon Eastern, for a week.',
    notHere: 'This server does not share lines on Match Day.',
    again: 'You have shared a line this year. `/match` takes it back.',
    noRoad: 'You have no road here yet. `/roadmap show` begins one.',
    channelHidden: (channel: string) => `You cannot see ${channel}, so you cannot choose it.`,
  },
};
