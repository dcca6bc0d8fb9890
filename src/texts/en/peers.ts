/** What goes on beside a mentor and after one: people at the same point, and helping the next. */
import { counted } from './words.ts';

export const peers = {
  /** To a mentee, at the beginning and at the end. */
  beside: (group: string) => `People at the same point meet here, too: ${group}. One press shows who looks for others.`,
  button: 'See groups',
  mentor: {
    ask: 'You have come far. Somebody stands today where you stood, and an hour a month of yours would help them. Would you be a mentor? You say yourself how many you take.',
    yes: 'Become a mentor',
    notNow: 'Not now',
    noted: (days: number) =>
      `That is fine. I do not ask again for ${counted(days, 'day', 'days')}; \`/register mentor\` is there whenever you like.`,
  },
};
