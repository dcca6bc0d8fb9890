/** `/roadmap`: the next three steps, what is being done, the whole road, and what somebody says about theirs. */
import { counted, list } from './words.ts';

const states = { todo: 'Open', doing: 'You are on it', done: 'Done', 'not-for-me': 'Not for you' };

export const roadmap = {
  command: {
    description: 'Your own road to residency: what comes next, step by step; nobody else sees it',
    show: 'Your next three steps, what you are doing, and how far you are',
    set: 'Say where you stand: Pathway, visa, Match year; each may stay open',
    tick: 'Find a step to begin it, tick it off or put it back',
    step: 'The step',
    erase: 'Erase your road everywhere: steps, notes, picked dates, dates of your own',
    timezone: 'Where you live now',
    stage: 'Where on the road you are',
  },

  title: (stage: string) => `Your road · ${stage}`,
  next: 'Next',
  doing: 'You are on it',
  nothingNext: 'No step is open here. `/roadmap set` changes your stage, and *All* shows the whole road.',
  /** @param at its place among the next three. @param by a stamp of the day, or nothing. */
  nextLine: (at: number, title: string, by: string) => `**${at}. ${title}**${by === '' ? '' : ` · begin by ${by}`}`,
  doingLine: (title: string, note: string) => `• **${title}**${note === '' ? '' : `: ${note}`}`,
  progress: (stage: string, closed: number, all: number) => `${stage}: ${closed} of ${counted(all, 'step', 'steps')}`,
  branch: '-# Shown because you have not said which branch is yours: `/roadmap set`.',
  edition: 'The steps have a new edition since you last looked. What you ticked stays ticked.',
  footer: (edition: string) => `Edition ${edition} · usual times come from experience, not from any office`,
  hidden: 'What an office asks for here has not been looked at for too long, so it is not shown.',
  choose: 'Open a step',
  all: 'All',
  picture: 'Picture',
  file: 'File',
  settings: 'Where I stand',
  back: 'My next steps',
  previous: 'Previous stage',
  nextPage: 'Next stage',

  states,
  mark: { todo: '○', doing: '◐', done: '●', 'not-for-me': '–' },
  marks: '○ open · ◐ you are on it · ● done · – not for you',
  stageTitle: (stage: string) => `All steps · ${stage}`,
  allLine: (mark: string, title: string, state: string) => `${mark} ${title} *(${state})*`,
  earlier: 'Earlier',
  earlierLine: (title: string, state: string) => `${title} (${state})`,

  item: {
    state: (state: keyof typeof states) => `**${states[state]}**`,
    lead: (weeks: number) => `Usually takes ${counted(weeks, 'week', 'weeks')}.`,
    first: (titles: readonly string[]) => `Usually comes first: ${list(titles)}. You can begin all the same.`,
    hangs: (dates: readonly string[]) => `Hangs on: ${list(dates)}.`,
    beginBy: (day: string) => `So begin by ${day}.`,
    note: (note: string) => `Your note: ${note}`,
    day: (day: string) => `Your day: ${day}`,
    optional: 'Not for everybody.',
    start: 'I am on it',
    finish: 'Done',
    skip: 'Not for me',
    putBack: 'Put it back',
    annotate: 'Note and day',
  },
  moved: {
    doing: (title: string) => `You are on it: **${title}**.`,
    done: (title: string) => `Done: **${title}**. One step less.`,
    'not-for-me': (title: string) => `Not for you: **${title}**. It no longer comes up.`,
    todo: (title: string) => `Put back: **${title}** is open again.`,
  },
  stageOver: (stage: string) => `That was the last step that ends a stage. Change yours to **${stage}**?`,
  goOn: (stage: string) => `Change to ${stage}`,
  stay: 'Not yet',

  noteForm: {
    title: 'Your note on this step',
    note: 'Note',
    noteHint: 'Only you see it. No scores, no patients.',
    day: 'Your own day for it',
    dayHint: '2027-03-03, or March 3, 2027; leave empty for none',
  },

  set: {
    title: 'Where you stand',
    who: 'Student or graduate',
    pathway: 'Pathway for ECFMG Certification',
    visa: 'Do you need a visa for residency?',
    year: 'The Match you aim at',
    couple: 'Couples match',
    unknown: 'Not known yet',
    whos: { student: 'Student', graduate: 'Graduate' },
    pathwayName: (id: string) => `Pathway ${id}`,
    visas: { yes: 'Yes', no: 'No', unsure: 'Not sure', unsaid: 'I would rather not say' },
    couples: { yes: 'Yes', no: 'No' },
    saved:
      'Kept. What you leave open shows both branches. There is no place here for scores, attempts, country or school.',
  },

  erase: {
    ask: 'Erase your whole road, everywhere? Steps, notes, picked dates and dates of your own go, in every server, and cannot be brought back.',
    yes: 'Erase my road',
    no: 'Keep it',
    done: 'Erased: nothing of your road is kept. You can begin a new one whenever you like.',
    none: 'You have no road here, so there was nothing to erase.',
    kept: 'Kept. Nothing was changed.',
  },

  pictureText: {
    title: 'My road to residency',
    note: (closed: number, all: number) => `${closed} of ${all}`,
    doing: 'On it',
    next: 'Next three',
    nextLine: (at: number, title: string) => `${at}. ${title}`,
    /** The same as words, for those who do not see it. */
    stop: (name: string, closed: number, all: number, where: string) => `${name}${where}: ${closed} of ${all} steps.`,
    here: ' (here)',
    list: (heading: string, lines: readonly string[]) => `${heading}: ${lines.join('; ')}.`,
    fileName: 'my-road.png',
    said: 'Your road as a picture. Its words stand below it for screen readers, too.',
  },
  fileText: {
    name: 'my-road.txt',
    said: 'Your road as text.',
    stage: (name: string) => `${name}\n${'-'.repeat(name.length)}`,
    line: (state: string, title: string, text: string) => `[${state}] ${title}\n    ${text}`,
  },

  refused: {
    move: 'That step stands otherwise by now. Open it again to see how. Nothing was changed.',
    note: (length: number, most: number) =>
      `Your note is ${length} characters; the limit is ${most}. Nothing was changed.`,
    year: (from: number, to: number) => `The Match year has to lie between ${from} and ${to}. Nothing was changed.`,
  },

  home: {
    heading: 'Your road',
    next: (title: string) => `Next: ${title}`,
    begin: 'Your next three steps, by when, and who says so. Nobody else sees them.',
    open: 'My next steps',
    dates: 'My dates',
  },
};
