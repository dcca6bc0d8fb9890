/** Texts for moderators about a server's pairs. */
import { stamp } from '../../marks.ts';
import { counted } from './words.ts';

export const pairs = {
  ofSuspended: {
    description: 'What becomes of their mentorships; they end if you choose nothing',
    end: 'They end',
    rest: 'They rest until somebody has looked into it',
  },
  command: {
    list: 'Every mentorship that goes on or rests, and a way to end one',
    member: 'Only those of this member',
  },
  title: (count: number) => counted(count, 'mentorship', 'mentorships'),
  empty:
    'There is no mentorship at the moment. `/mentors queue` verifies mentors, so that they can be found; `/round preview` matches everybody on the waitlist at once.',
  emptyOf: (mention: string) => `${mention} is in no mentorship at the moment.`,
  page: (page: number, of: number) => `Page ${page} of ${of}`,
  line: (place: number, mentor: string, mentee: string, since: string, state: string) =>
    `**${place}.** ${mentor} mentors ${mentee} · since ${stamp(since, 'D')} · ${state}`,
  active: 'going on',
  /** Why one rests, for moderators. */
  rests: {
    own: (until: string | null) =>
      until === null ? 'at rest, by their own wish' : `at rest until ${stamp(until, 'D')}, by their own wish`,
    away: (until: string | null) =>
      until === null
        ? 'at rest: one of them is not in the server'
        : `at rest: one of them has left; it ends ${stamp(until, 'R')} unless they come back`,
    review: 'at rest until a moderator has looked into it',
  },
  end: (place: number) => `End ${place}`,
  previous: 'Previous',
  next: 'Next',
  confirm: (mentor: string, mentee: string) =>
    `Do you want to end the mentorship of ${mentor} and ${mentee}? Both are told in neutral words, without your name, and their thread is closed. The mentee keeps their turn on the waitlist.`,
  confirmButton: 'End the mentorship',
  keep: 'Keep the mentorship',
  kept: 'Nothing was changed: the mentorship goes on as it was.',
  ended: (mentor: string, mentee: string) =>
    `The mentorship of ${mentor} and ${mentee} has ended. Both are told, their thread is closed, and it is written down in \`/audit\`.`,
  gone: 'There is no such mentorship in this server.',
};
