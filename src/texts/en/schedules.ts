/** What moderators read about schedules. */
import { counted, list } from './words.ts';

const kinds = { tip: 'Tip', prompt: 'Study prompt', announcement: 'Announcement' };
type Kind = keyof typeof kinds;

const days = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'];
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const places = ['', 'first', 'second', 'third', 'fourth'];

export const schedules = {
  command: {
    description: 'Tips and study prompts that are posted regularly',
    list: 'All schedules of this server, and what comes next',
    add: 'Post tips or study prompts regularly',
    edit: 'Change when, where and what a schedule posts',
    pause: 'Let a schedule rest until you resume it',
    resume: 'Let a paused schedule go on; what it missed is not made up for',
    remove: 'Remove a schedule for good; what was posted stays',
    run: 'Post one now, marked as a test, to see how it looks',
    schedule: 'Which one: type a word of it',
    kind: 'What is posted',
    when: 'For example: Mon 09:00 · weekdays 8am · every other Tue 6pm · first Mon of the month 09:00',
    channel: 'Where (usual: the tips or the study channel)',
    timezone: 'Whose clock counts (usual: this server’s): type a city',
    role: 'Which role is notified (usual: the one that members choose with /notify)',
    notify: 'False: nobody is notified',
    categories: 'Only these; several with commas (usual: all)',
    crosspost: 'Publish to servers that follow the channel, if it is an announcement channel',
  },
  kinds,
  kindChoices: { tip: 'Tip', prompt: 'Study prompt' },

  /** How a cron expression reads. */
  when: {
    daily: (time: string) => `Every day at ${time}`,
    weekdays: (time: string) => `Monday to Friday at ${time}`,
    days: (which: readonly number[], time: string) => `${list(which.map((day) => days[day] ?? ''))} at ${time}`,
    everyDays: (every: number, time: string) => `Every ${counted(every, 'day', 'days')} at ${time}`,
    everyWeeks: (every: number, which: readonly number[], time: string) =>
      `Every ${counted(every, 'week', 'weeks')} on ${list(which.map((day) => dayNames[day] ?? ''))} at ${time}`,
    everyMonths: (every: number, which: readonly string[], time: string) =>
      `Every ${counted(every, 'month', 'months')} on ${list(which)} of the month at ${time}`,
    monthlyOn: (which: readonly string[], time: string) => `On ${list(which)} of each month at ${time}`,
    inMonth: {
      day: (day: string) => `day ${day}`,
      lastDay: 'the last day',
      firstWeekday: 'the first weekday',
      lastWeekday: 'the last weekday',
      weekday: (place: number | 'last', day: number) =>
        `the ${place === 'last' ? 'last' : (places[place] ?? '')} ${dayNames[day] ?? ''}`,
    },
    cron: (cron: string) => `By the cron expression ${cron}`,
  },
  /** The line by which people recognize a schedule, in plain text. */
  name: (kind: Kind, channel: string, when: string) => `${kinds[kind]} in #${channel}: ${when}`,
  namePaused: (name: string) => `${name} (paused)`,
  unknownChannel: 'deleted-channel',
  noSchedules: 'No schedule yet: /schedule add makes one',
  all: 'All categories',
  followZone: (zone: string) => `This server’s: ${zone}`,

  card: {
    added: 'Schedule added',
    edited: 'Schedule changed',
    paused: 'Schedule paused',
    resumed: 'Schedule resumed',
    what: 'What',
    where: 'Where',
    when: 'When',
    next: 'Next',
    notified: 'Who is notified',
    problems: 'Fix these before it can post',
    zone: (when: string, zone: string, follows: boolean) => `${when}\n${zone}${follows ? ', as this server' : ''}`,
    kind: (kind: Kind, categories: readonly string[] | null) =>
      `${kinds[kind]}${categories === null ? '' : ` · ${list(categories)}`}`,
    nobody: 'Nobody. `/notify` offers members a role for this; `/schedule edit` names one here.',
    nobodyAnnounced: 'As the announcement says: `/announce list` shows it.',
    crosspost: (channel: string) => `${channel}, published to the servers that follow it`,
    restingNext: 'Nothing while it rests. I try again by myself before long; `/schedule resume` lets it go on at once.',
    nothingNext: 'Nothing while it is paused. `/schedule resume` lets it go on.',
    nextLine: (full: string, relative: string) => `${full} (${relative})`,
    mayPost: 'I may post there.',
    problem: (problem: string) => `- ${problem}`,
    test: 'Post a test',
    alsoThere: (kind: Kind, channel: string, when: readonly string[]) =>
      `${kinds[kind]} appear in ${channel} by another schedule as well: ${list(when)}. If this one was to replace it, remove the other with \`/schedule remove\`.`,
  },

  list: {
    title: (count: number) => counted(count, 'schedule', 'schedules'),
    empty:
      'Nothing is posted regularly yet. `/schedule add` posts tips or study prompts regularly; `/announce compose` makes an announcement that recurs.',
    entry: (place: number, kind: Kind, channel: string, when: string) =>
      `**${place}. ${kinds[kind]}** in ${channel} · ${when}`,
    intro: (zone: string) =>
      `Times of day are those of ${zone}, as this server has it; what comes next is on your own clock.`,
    elsewhere: (when: string, zone: string) => `${when} (${zone})`,
    change: '`/schedule add` adds one, `/schedule edit` changes one, `/schedule run` posts a test.',
    nothingNext: 'Nothing comes next: its times are over. `/schedule edit` gives it others.',
    blocked: 'Something is in its way: `/setup check` says what.',
    next: (stamp: string, relative: string) => `Next: ${stamp}, ${relative}`,
    role: (role: string) => `notifies ${role}`,
    more: (count: number) => `… and ${counted(count, 'more schedule', 'more schedules')}.`,
  },
  pausedWhy: {
    moderator: 'Paused by a moderator: `/schedule resume` lets it go on.',
    'channel-deleted': 'Resting: its channel was deleted. Choose another with `/schedule edit`, and it goes on.',
    'channel-closed':
      'Resting: I may not post in its channel. `/schedule run` says what is missing; it goes on by itself once I may.',
    'thread-locked':
      'Resting: its thread is locked. Unlock it, and it goes on by itself before long; `/schedule edit` chooses another place.',
    'tag-missing':
      'Resting: its forum wants a tag on each post. Choose one with `/schedule edit` and the option `tag`, and it goes on.',
    refused:
      'Resting: Discord did not take the post. I try again by myself now and then; `/schedule run` does so at once.',
    'moderator-gone':
      'Paused: whoever planned it is no longer a moderator here. Look at it with `/announce list`; `/schedule resume` lets it go on in your name.',
  },

  remove: {
    sure: 'Remove this schedule for good? What was posted stays. `/schedule pause` would let it rest instead.',
    confirm: 'Remove it',
    keep: 'Keep it',
    done: (name: string) => `Removed: ${name}. What was posted stays.`,
    kept: 'Kept: nothing was changed.',
  },
  run: {
    done: (channel: string, isPaused: boolean) =>
      `A test goes to ${channel} in a moment, marked as a test. It notifies nobody, and ${isPaused ? 'the schedule stays paused' : 'the next planned post comes as usual'}.`,
  },

  refused: {
    when: 'I do not understand when that is. Write for example `Mon 09:00`, `weekdays 08:00`, `every other Tue 6pm`, `first Mon of the month 09:00`, `last day of the month 09:00`, or a cron expression of five fields. Nothing was changed.',
    whenLacksTime: (typed: string) =>
      `“${typed}” says on which days, but not at what time. Add one, for example \`${typed} 09:00\`. Nothing was changed.`,
    whenTooOften: (minutes: number) =>
      `That would post more often than every ${counted(minutes, 'minute', 'minutes')}. Nothing was changed.`,
    whenNever: 'Those times never come. Nothing was changed.',
    category: (typed: string, kind: 'tip' | 'prompt') =>
      `“${typed}” is not a category of ${kind === 'tip' ? 'tips' : 'study prompts'}. Choose from the suggestions while you type. Nothing was changed.`,
    noChannel: 'Please name a channel: this server has none set for that. Nothing was changed.',
    everyone:
      'A schedule cannot notify everyone in the server again and again. Choose a role, or none. Nothing was changed.',
    announcement:
      'This schedule belongs to an announcement: `/announce edit` changes it. `/schedule pause` and `/schedule remove` work here.',
    nothing: 'Please name what should change: when, channel, timezone, role, categories. Nothing was changed.',
    roleAndNone: 'Choose either a role, or that nobody is notified. Nothing was changed.',
    unknown:
      'Please choose a schedule from the suggestions while you type; `/schedule list` shows all. Nothing was changed.',
    cannotPost: (problems: readonly string[]) =>
      ['A test cannot be posted yet:', ...problems.map((each) => `- ${each}`)].join('\n'),
    channelGone: 'Its channel is gone, or nobody can post there: choose another with `/schedule edit`.',
    roleGone: 'The role to notify was deleted: choose another with `/schedule edit`, or nobody with `notify: False`.',
    unchanged: (why: string) => `${why} Nothing was changed.`,
  },
};
