/** Texts for moderators who suspend mentees. */
import { who } from '../../marks.ts';

export const mentees = {
  command: {
    description: 'Stop a mentee from asking mentors, and let them again',
    suspend: 'Stop somebody from looking for a mentor here, also before they register',
    lift: 'Let a suspended mentee look for a mentor again',
    member: 'The member',
  },
  suspended: (id: string) =>
    `${who(id)} is suspended as a mentee: they can ask nobody, their open requests are withdrawn, and they are off the waitlist. They are told to write to a moderator. \`/mentees lift\` undoes it; deleting their data does not.`,
  suspendedAhead: (id: string) =>
    `${who(id)} has no profile here now. Should they register, they are suspended as a mentee and as a mentor. \`/mentees lift\` undoes it.`,
  mentorship: {
    end: (mentorId: string) => `Their mentorship with ${who(mentorId)} has ended; both are told in neutral words.`,
    rest: (mentorId: string) =>
      `Their mentorship with ${who(mentorId)} rests until you lift the suspension or end it under \`/mentors pairs\`; both are told of a rest only.`,
  },
  lifted: (id: string) => `${who(id)} is not suspended any more, and can look for a mentor again.`,
  refused: {
    already: (id: string) => `${who(id)} is suspended as a mentee already. \`/mentees lift\` undoes it.`,
    notSuspended: (id: string) => `${who(id)} is not suspended as a mentee.`,
  },
};
