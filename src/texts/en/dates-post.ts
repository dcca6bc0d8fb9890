/** The post that names dates which come nearer, and where moderators choose it. */
import { counted } from './words.ts';

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

export const datesPost = {
  title: (dates: number) => (dates === 1 ? 'A date comes nearer' : 'Dates come nearer'),
  /** @param when a stamp, and the words of the page. @param source what was read where. */
  date: (days: number, title: string, when: string, source: string) =>
    `**${title}** in ${counted(days, 'day', 'days')}\n${when}\n-# ${source}`,
  end: 'Look at the page before you rely on it. **My dates** shows what concerns you, and reminds you of it.',
  button: 'My dates',

  settings: {
    channel: 'Where I post dates that are 30, 7 or 1 days away, for everybody; nowhere unless you choose',
    post: 'False: dates are no longer posted for everybody',
    hour: clock,
    posted: (channel: string, hour: string) =>
      `Announced dates that are 30, 7 or 1 days away are posted in ${channel} at ${hour} by this server’s clock, in one post a day, and corrected there when they move. Whoever took **Deadlines** in \`/notify\` is notified. In Match Week this rests. \`post: False\` ends it.`,
    notPosted: 'Dates are not posted for everybody. `channel:` chooses where they are from now on.',
    needsChannel:
      'To post dates I need a channel: run `/setup reminders` again with `channel:`. Nothing is posted yet.',
  },

  channelGone: () => ({
    text: 'The channel where dates that come nearer are posted is gone.',
    fix: 'Choose another with `/setup reminders channel:`, or end it with `/setup reminders post: False`.',
  }),
};
