import { counted } from './words.ts';

const people = (n: number) => counted(n, 'person', 'people');

/** What moderators hear each week of those who wait. */
export const waitingReport = {
  command: 'Who waits for long and which rules leave nobody for them; free places; mentors to verify',
  title: 'Who waits, this week',
  waiting: (all: number, long: number, days: number) =>
    all === 0
      ? 'Nobody is on the waitlist.'
      : `${people(all)} on the waitlist, ${long === 0 ? 'nobody' : people(long)} for more than ${counted(days, 'day', 'days')}.`,
  supply: (places: number, mentors: number) =>
    places === 0
      ? 'No mentor has a free place at the moment.'
      : `${counted(places, 'free place', 'free places')} at ${counted(mentors, 'mentor', 'mentors')}.`,
  paused: (n: number) => `${counted(n, 'mentor is', 'mentors are')} taking a break.`,
  long: (days: number) => `Waiting for more than ${counted(days, 'day', 'days')}`,
  unverified: (days: number) => `Mentors who have waited for more than ${counted(days, 'day', 'days')} to be verified`,
  since: (who: string, at: string) => `- ${who}, since ${at}`,
  suits: (n: number) => `${counted(n, 'mentor suits', 'mentors suit')} and can be asked`,
  nobody: 'the rules allow none of the mentors',
  excluded: (words: readonly string[]) => `the rules allow none of the mentors: ${words.join('; ')}`,
  more: (n: number) => `… and ${n} more`,
  next: 'A round matches everybody who waits at once; you see it before anything is sent. Those whom nobody suits may be helped by another mentor, or by a word about their profile.',
  preview: 'Preview a round',
  queue: 'Verification queue',
};
