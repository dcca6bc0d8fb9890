/** What moderators read when they verify and suspend mentors. */
const levelPhrases: Readonly<Record<string, string>> = {
  'near-peer': 'a near peer',
  matched: 'matched',
  resident: 'a resident',
  fellow: 'a fellow',
  attending: 'an attending',
};

const methodPhrases: Readonly<Record<string, string>> = {
  'video-call': 'video call',
  'hospital-email': 'hospital or university email',
  'known-in-person': 'known in person',
  'public-directory': 'public directory or program page',
  'vouched-for': 'vouched for by a verified mentor',
};

export const verification = {
  command: {
    description: 'Verify and suspend mentors',
    queue: 'Mentors who wait to be verified, or changed what was verified',
    verify: 'Record that a mentor is who they say they are',
    verifyMember: 'The mentor',
    verifyLevel: 'What they are',
    verifyMethod: 'How you know. Look, but keep no documents',
    verifyAgain: 'Record it again although the mentor is verified already',
    suspend: 'Take a mentor off the list; verifying them again undoes it',
    suspendMember: 'The mentor',
  },
  levels: {
    'near-peer': 'Near peer (before the Match)',
    matched: 'Matched',
    resident: 'Resident',
    fellow: 'Fellow',
    attending: 'Attending',
  },
  /** The same, where they follow "verified as". */
  levelPhrase: (level: string | null) => levelPhrases[level ?? ''] ?? level ?? '',
  methods: {
    'video-call': 'Video call',
    'hospital-email': 'Hospital or university email',
    'known-in-person': 'Known in person',
    'public-directory': 'Public directory or program page',
    'vouched-for': 'Vouched for by a verified mentor',
  },
  /** The same within a sentence; the word itself where it is not one of ours any more. */
  methodPhrase: (method: string | null) => methodPhrases[method ?? ''] ?? method ?? '',
  form: {
    title: (name: string | undefined) => (name === undefined ? 'Verify a mentor' : `Verify ${name}`),
    level: 'Level',
    levelHint: 'What they are now, as far as you could see.',
    method: 'How you know',
    methodHint: 'Only this word is kept: no documents, no screenshots.',
    declineTitle: (name: string | undefined) => (name === undefined ? 'Decline a mentor' : `Decline ${name}`),
    note: 'A word to them',
    noteHint: 'Optional. They read it as you write it, without your name.',
    notePlaceholder: 'For example: please write to a moderator when you have time for a short call.',
  },
  queue: {
    title: (count: number) => (count === 1 ? '1 mentor to look at' : `${count} mentors to look at`),
    empty: 'Nobody is waiting. New mentors also appear as a card in the staff channel.',
    page: (page: number, of: number) => `Page ${page} of ${of}`,
    registered: (at: string) => `Registered ${at}`,
    verify: (place: number) => `Verify ${place}`,
    decline: (place: number) => `Decline ${place}`,
    previous: 'Previous',
    next: 'Next',
  },
  decided: {
    verified: (mention: string, level: string, method: string) =>
      `${mention} is verified as ${level} (${method}). They are told, and get the mentor role.`,
    declined: (mention: string) =>
      `${mention} is declined, and told so kindly. They can change their profile and ask again.`,
    suspended: (mention: string) =>
      `${mention} is suspended as a mentor: not suggested any more, open requests released, told to write to a moderator. Both of each of their pairs are told in neutral words; \`/mentors pairs\` shows which still rest. \`/mentors verify\` lifts the suspension, and goes on with what rests.`,
    yourself:
      'You verified yourself. That is allowed, since a community may have one moderator only, and is recorded where every moderator can see it.',
    before: {
      declined: (by: string, at: string) => `(${by} had declined them ${at}.)`,
      suspended: (by: string, at: string) => `(${by} had suspended them ${at}.)`,
    },
  },
  refused: {
    notAMentor: (mention: string) => `${mention} is not registered as a mentor here.`,
    gone: 'This mentor is no longer registered here.',
    alreadyVerified: (by: string, at: string, level: string, method: string) =>
      `${by} already verified this mentor ${at}, as ${level} (${method}). To record it again: \`/mentors verify\` with \`again: True\`.`,
    alreadyDeclined: (by: string, at: string) =>
      `${by} already declined this mentor ${at}. To verify them all the same: \`/mentors verify\`.`,
    alreadySuspended: (by: string, at: string) =>
      `${by} already suspended this mentor ${at}. To lift it: \`/mentors verify\`.`,
    notWaiting: 'This mentor is not waiting to be verified: this server does not ask for it.',
    somebody: 'Another moderator',
    choose: 'Please choose a level and a method from the lists. Nothing was recorded.',
    noteTooLong: (length: number, most: number) =>
      `That word to them may have ${most} characters, and yours has ${length}. Nothing was changed.`,
  },
};
