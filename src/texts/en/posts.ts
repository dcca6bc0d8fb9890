/** What schedules of posts say. */
import { counted } from './words.ts';

/** By why an expression is no schedule. */
const faults = {
  unreadable: () =>
    'I cannot read this as a schedule. A cron expression has five fields: minute, hour, day of the month, month and day of the week, for example `0 9 * * 1` for Mondays at 09:00.',
  'too-often': (minutes: number) =>
    `That would post more often than every ${counted(minutes, 'minute', 'minutes')}. Please leave more time between two posts.`,
  never: () => 'That day never comes. Please choose another.',
};

/** What schedules of posts say of themselves, to moderators. */
export const posts = {
  refused: {
    cron: faults,
    doubled: (channel: string) =>
      `There is such a schedule already: the same kind, in ${channel}, at the same times. Everything would be posted twice, so nothing was added. \`/schedule list\` shows it, \`/schedule edit\` changes it.`,
    categories: {
      tip: 'Some of these categories do not exist for tips. Choose them from the list.',
      prompt: 'Some of these categories do not exist for prompts. Choose them from the list.',
    },
    noCategories: 'An announcement has no categories.',
    unknown: 'This schedule no longer exists here. `/schedule list` shows what there is.',
    tooMany: (most: number) =>
      `A server can have ${counted(most, 'schedule', 'schedules')}. Remove one that is no longer needed with \`/schedule remove\`.`,
    isPaused: 'This schedule is already paused.',
    isActive: 'This schedule is already running.',
    noAnnouncement: 'A recurring announcement is made with `/announce compose`.',
  },
  /** Above a post that `/schedule run` made. */
  test: 'This is a test that a moderator asked for. The next planned post comes as usual.',
  /** What a schedule posts, as part of a sentence. */
  kinds: { tip: 'tips', prompt: 'study prompts', announcement: 'recurring announcement' },
  alert: {
    'schedule-channel-deleted': (kind: string, channel: string) =>
      `The channel ${channel} for the ${kind} is gone, so that schedule is paused. Choose another channel with \`/schedule edit\`, and it goes on.`,
    'schedule-channel-closed': (kind: string, channel: string) =>
      `I cannot write in ${channel}, so the schedule for the ${kind} there is paused. Give my role the permissions View Channel, Send Messages, Embed Links and Read Message History there, and it goes on by itself before long; \`/schedule resume\` lets it go on at once.`,
    'schedule-thread-locked': (kind: string, channel: string) =>
      `The thread ${channel} is locked, so the schedule for the ${kind} there is paused. Unlock it, or allow me **Manage Threads** in its channel, and it goes on by itself before long; \`/schedule edit\` chooses another place.`,
    'schedule-tag-missing': (kind: string, channel: string) =>
      `The forum ${channel} wants a tag on each post, so the schedule for the ${kind} there is paused. Choose one with \`/schedule edit\` and the option \`tag\`, and it goes on.`,
    'schedule-refused': (kind: string, channel: string) =>
      `Discord did not take the post for ${channel} (${kind}), so that schedule is paused. A rule of AutoMod may have stopped it. Look at \`/schedule list\`, and try it with \`/schedule run\`: when that arrives, it goes on. I also try by myself now and then.`,
    'schedule-held': (kind: string, channel: string) =>
      `The ${kind} for ${channel} was not posted, and rests: whoever planned it is no longer a moderator here, or no longer sees that channel. Look at it with \`/announce list\`. If it should go on, \`/schedule resume\` lets it, in the name of whoever runs that; otherwise end it with \`/announce cancel\`.`,
    'schedule-quiet': (kind: string, channel: string) =>
      `The latest post in ${channel} (${kind}) notified nobody, though it was to notify a role: nobody who is a moderator and may notify that role answers for it, I may not mention it, or it was deleted. The schedule goes on. Choose the role again with \`/schedule edit\`, or nobody with \`notify: False\`; \`/setup check\` says what I lack.`,
    'schedule-nothing': (kind: string, channel: string) =>
      `There was nothing to post in ${channel}: no ${kind} match its settings. Widen the categories with \`/schedule edit\`, or add your own with \`/content add\`. The schedule goes on.`,
    'content-outdated': (kind: string) =>
      `Some ${kind} are due for a review of their facts and will not be posted until then; others are posted in their place. \`/review next\` shows each with its page: one press brings it back. So does a newer version of Preceptor.`,
  },
};
