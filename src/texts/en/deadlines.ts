/** `/deadlines`: dates of authorities with who read them when, reminders, dates of one's own, and the file. */
import { stamp } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { counted, list } from './words.ts';

const daysBefore = (days: number) => (days === 0 ? 'today' : counted(days, 'day', 'days'));

export const deadlines = {
  /** `/setup reminders`. */
  reminderHour: {
    command: 'At which hour of the morning reminders of dates go out, and where they are posted for everybody',
    hour: (least: number, most: number) => `The hour, from ${least} to ${most}; 9 unless you say otherwise`,
    shown: (hour: number) =>
      `Members are reminded of dates at ${String(hour).padStart(2, '0')}:00 by their own clock. Where that would be too late, I say it the evening before.`,
  },
  command: {
    description: 'Official dates with who read them and when, reminders, and dates of your own',
    show: 'Dates of a Match year',
    cycle: 'The Match year: 2027 is the Match of March 2027',
    theme: 'Only dates of this theme',
    remind: 'Choose when you are reminded, and of what',
    pick: 'Be reminded of one date whatever your stage; the same again lets go of it',
    date: 'The date',
    file: 'Your dates as a file for your calendar',
    expected: 'Whether dates that are only expected stand in it too, marked as tentative',
    own: 'Dates of your own, which nobody else sees',
    ownAdd: 'Add a date of your own: an exam, an interview, a visa appointment',
    ownEdit: 'Change a date of your own',
    ownRemove: 'Remove a date of your own',
    ownList: 'Your own dates',
    title: 'What it is, in your words',
    day: 'The day: 2027-03-03, or March 3, 2027',
    hour: 'The hour, in your time zone: 21:00 or 9 pm; leave it out for a whole day',
    reminders: 'Days before at which I remind you, such as 7, 1; 0 for never',
    which: 'Which of your dates',
    confirm: 'You have read a date on the authority’s page: announce it here',
    correct: 'You have read on the authority’s page that a date moved or was withdrawn',
    withdrawn: 'Whether the authority has withdrawn the date altogether',
    timezone: 'Where you live; needed the first time, unless your profile says it',
    stage: 'Where on the road you are; needed the first time, unless your profile says it',
  },

  title: (cycle: number) => `Dates of the ${cycle} Match`,
  mineTitle: 'Dates that concern you',
  intro:
    'A date counts as announced only once a moderator has read it on the authority’s page. Whatever is expected reminds nobody.',
  none: 'There is no such date. Choose another Match year or theme.',
  noneOfYours:
    'None of the dates concerns you where you stand. `/deadlines pick` adds one; `/roadmap set` changes your stage and Match year.',
  page: (page: number, of: number) => `Page ${page} of ${of}`,

  /** One date. @param when a stamp, or words. */
  line: (title: string, when: string, notes: readonly string[]) => [`**${title}**`, when, ...notes].join('\n'),
  /** @param page what the authority writes: `March 3, 2027, 21:00, New York`. */
  moment: (here: string, page: string) => `${here} · on the page: ${page}`,
  /** @param shown the hour as a clock of that zone shows it. */
  onPage: (shown: string, zone: string) => `${shown} (${zone})`,
  expected: (pattern: string) => `Expected: usually ${pattern}. Not announced here.`,
  /** Others report a day that nobody here has read. @param day a stamp of the day. */
  reported: (day: string) => `Others report ${day}; nobody here has read it on the page yet.`,
  announced: (page: string, on: string) => `-# Read on ${page} on ${on}`,
  moved: (page: string, on: string) => `-# Moved. Read on ${page} on ${on}`,
  lookThere: (page: string) => `-# Compare it with ${page}`,
  stale: (on: string) => `-# Not checked since ${on}, so it reminds nobody.`,
  withdrawn: (page: string, on: string) => `Withdrawn by the authority, as read on ${page} on ${on}.`,
  passed: 'This is over.',
  otherwise: (servers: string) => `-# Read otherwise in ${servers}.`,
  anotherServer: 'another server of yours',

  onlyMine: 'Only mine',
  all: 'All dates',
  file: 'File',
  reminders: 'Reminders',
  previous: 'Previous',
  next: 'Next',

  begin: {
    title: 'Before you begin',
    /** @param zone and stage: what is known already. */
    body: (zone: string, stage: string) =>
      `I keep your road for you: ${zone}, ${stage}, the steps you tick, the dates you pick and those of your own. It belongs to you and not to this server; nobody else sees any of it, moderators included. There is no place for scores. \`/roadmap erase\` removes it anywhere, at any time; unused, it goes after twelve months.`,
    zone: (zone: string) => `your time zone (${zone})`,
    stage: (stage: string) => `your stage (${stage})`,
    agree: 'Begin my road',
    begun: 'Your road has begun.',
    /** Goes on with what somebody asked for before. */
    onward: {
      own: 'Add what I typed',
      pick: 'Pick that date',
      file: 'Make the file',
      remind: 'My reminders',
      step: 'Open that step',
    },
    needs: (missing: readonly string[]) =>
      `To begin I need ${list(missing)}. Press the button below, or run the command again with them.`,
    needsZone: 'your time zone (option `timezone`)',
    needsStage: 'your stage (option `stage`)',
    enter: 'Enter them here',
    stageLabel: 'Your stage on the road',
    toRoad: 'My next steps',
    toDates: 'My dates',
  },

  remind: {
    title: 'Your reminders',
    days: (days: readonly string[]) =>
      days.length === 0
        ? 'You are not reminded of any official date.'
        : `You are reminded ${list(days)} before, at nine in the morning where you live.`,
    mode: {
      all: 'Of every date that concerns your stage and Match year, and of those you picked.',
      picked: 'Only of the dates that you picked.',
    },
    picks: (titles: readonly string[]) => `Picked: ${list(titles)}.`,
    /** That messages need a guild in common. */
    alone: 'I can write to you only if we share a server. Until then, take the file.',
    rule: 'Dates that are only expected, withdrawn, or not checked for a while never remind you. When one moves, you hear of it at once.',
    menu: 'Days before',
    choice: (days: number) => `${daysBefore(days)} before`,
    inDays: daysBefore,
    onlyPicked: 'Only picked dates',
    everything: 'All that concerns me',
    picked: (title: string) => `Picked: **${title}**. You are reminded of it whatever your stage.`,
    letGo: (title: string) => `Let go: **${title}** is no longer among your picked dates.`,
  },

  fileText: {
    name: (on: string) => `Residency dates, made on ${on}`,
    made: (entries: number) =>
      `Your file has ${counted(entries, 'entry', 'entries')}. Open it with your calendar; a later file replaces what has moved. When something in it moves, I tell you.`,
    empty:
      'There is nothing to put into a file yet: no date that concerns you is announced. With `expected` you get those that are only expected, marked as tentative.',
    announced: (note: string, page: string, on: string) => `${note}\nRead on ${page} on ${on}.`,
    expected: (note: string, pattern: string) => `${note}\nExpected: usually ${pattern}. Not announced.`,
    fileName: 'residency-dates.ics',
  },

  own: {
    form: {
      heading: 'A date of your own',
      title: 'What it is',
      day: 'Day',
      hour: 'Hour',
      reminders: 'Reminders',
    },
    title: 'Your own dates',
    none: 'You have no dates of your own. `/deadlines own add` takes an exam, an interview or a visa appointment; nobody else sees it.',
    added: (title: string, when: string) => `Kept: **${title}**, ${when}. Only you see it.`,
    changed: (title: string, when: string) => `Changed: **${title}**, ${when}.`,
    removed: (title: string) => `Removed: **${title}**.`,
    remindedAt: (days: readonly string[]) =>
      days.length === 0 ? 'I will not remind you of it.' : `I will remind you ${list(days)} before.`,
    adjusted: 'Some of the reminders you chose would lie behind us, so I took the nearest that still make sense.',
    /** @param full how many somebody can have. */
    count: (dates: number, full: number) => `${counted(dates, 'date', 'dates')} of ${full}`,
  },

  confirm: {
    formTitle: 'What the page says',
    /** Above the form: what to look for. */
    look: (title: string, page: string) =>
      `Open ${page} and look for **${title}**. Then enter the day and hour exactly as they stand there.`,
    open: 'Open the page',
    enter: 'Enter what I read',
    day: 'Day, as it stands on the page',
    dayHint: '2027-03-03, or March 3, 2027',
    hour: 'Hour, if the page names one',
    hourHint: '21:00 or 9 pm; leave empty for a whole day',
    zone: 'Time zone of that hour',
    zoneHint: 'Eastern Time is America/New_York',
    link: 'Address of the page',
    linkHint: 'An official page; this is where everybody is sent',
    second: 'If the clocks go back that night',
    done: {
      announce: (title: string, when: string) =>
        `Announced: **${title}**, ${when}. Whoever it concerns is reminded from now on.`,
      move: (title: string, when: string) =>
        `Moved: **${title}**, now ${when}. Everybody who was told of it is being told again.`,
      withdraw: (title: string) => `Noted as withdrawn: **${title}**. Everybody who was told of it is being told.`,
    },
    stillRight: (title: string, until: string) =>
      `Still right: **${title}**. It counts until ${until} without a new look.`,
    proposed: (title: string, until: string) =>
      `Noted: **${title}**. It differs from what Preceptor expects, so another moderator has to read the same on the page, by ${until}: \`/deadlines confirm\`.`,
    differs: 'Another moderator had read something else. Please look at the page together.',
    upstream: 'Preceptor’s own list expects something else. You can send this to its maintainers as it is:',
    upstreamText: (id: string, value: string, source: string, on: string) =>
      `Date ${id}: the page says ${value}. Read on ${on} at ${source}.`,
  },

  notice: {
    soonTitle: (dates: number) => (dates === 1 ? 'A date comes nearer' : 'Dates come nearer'),
    in: (days: number, title: string, when: string) =>
      `**${title}**${days === 0 ? ' today' : ` in ${daysBefore(days)}`}: ${when}`,
    soonEnd: 'Look at the page before you rely on it. `/deadlines remind` changes what I remind you of.',
    movedTitle: 'A date has moved',
    moved: (title: string, old: string, now: string) => `**${title}**\nWas: ${old}\nIs now: ${now}`,
    announcedTitle: 'A date is announced again',
    announced: (title: string, now: string) => `**${title}**\nIs now: ${now}`,
    withdrawnTitle: 'A date was withdrawn',
    withdrawn: (title: string, old: string) =>
      `**${title}**\nWas: ${old}\nThe authority has withdrawn it; there is no new date yet.`,
    source: (page: string, on: string) => `Read on ${page} on ${on}.`,
    newFile: 'If it stands in your calendar, take a new file: `/deadlines file`.',
  },

  refused: {
    reminderHour: (least: number, most: number) => `Choose an hour of the morning, from ${least} to ${most}.`,
    unknown: 'There is no such date. Choose one from the list while you type.',
    notOfficial:
      'That address is not on an official page, or not with https. Use the page of the authority itself; `/guide page` lists them. Nothing was changed.',
    noDay: 'That is not a day of the calendar. Write it as 2027-03-03 or March 3, 2027. Nothing was changed.',
    noHour: 'I don’t understand that hour. Write it as 21:00 or 9 pm, or leave it out. Nothing was changed.',
    noZone: 'An hour needs its time zone, as the page names it: Eastern Time is America/New_York. Nothing was changed.',
    skipped: (hour: string, day: string) =>
      `There is no ${hour} on ${day} there: the clocks go forward that night. Look at the page again. Nothing was changed.`,
    doubled: (hour: string, moments: readonly Instant[]) =>
      `The clocks go back that night, so ${hour} comes twice: ${moments.map((at) => stamp(at, 'F')).join(' or ')}. Write “first” or “second” behind the hour. Nothing was changed.`,
    past: 'That lies behind us already. Nothing was changed.',
    same: 'That is what stands here already. Nothing was changed.',
    nothingToWithdraw: 'Nobody has announced this date here, so there is nothing to withdraw. Nothing was changed.',
    /** @param alone from when on the same moderator may do it where there is no other. */
    another: (alone: Instant) =>
      `You have said so already; somebody else has to read the same on the page. If you are the only moderator, say it again ${stamp(alone, 'R')}.`,
    tooMany: (most: number) => `You have ${most} dates of your own, and that is the most. Remove one first.`,
    noTitle: 'A date needs a name. Nothing was changed.',
    longTitle: (length: number, most: number) =>
      `The name is ${length} characters; the limit is ${most}. Nothing was changed.`,
    ownGone: 'That date is no longer among yours. `/deadlines own list` shows those you have.',
    hourWithoutDay: 'An hour needs a day. Nothing was changed.',
    reminders: 'Write the days before as numbers, such as 30, 7, 1; or 0 for never. Nothing was changed.',
    noJourney: 'You have not begun a road yet: `/roadmap show` begins one.',
  },
};
