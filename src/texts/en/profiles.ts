/** Registering, and everything about one's own profile. */

type Role = 'mentor' | 'mentee';

const asRole = { mentor: 'as a mentor', mentee: 'as a mentee' } as const;
const asRoles = (roles: readonly Role[]) =>
  roles.length === 2 ? 'as a mentor and as a mentee' : asRole[roles[0] ?? 'mentee'];
const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);

const options = {
  timezone: 'Your time zone: type a city, a country or an offset such as +5:30',
  capacity: 'How many mentees at a time; 1 when you leave it out',
  capacityEdit: 'As a mentor: how many mentees at a time',
  country: 'Country of your medical school',
  showCountry: 'May others see that country? It only counts when both of a pair show it. No, unless you say yes',
  acceptsFrom: 'As a mentor: the earliest stage of a mentee; any stage before yours when you leave it out',
  priority: 'As a mentee: the part of a match that matters most to you; it counts double',
  role: 'Which of your two profiles',
};

export const profiles = {
  register: {
    description: 'Register as a mentor or as a mentee',
    mentor: 'Help somebody who is where you have been',
    mentee: 'Find a mentor who has already walked your road',
  },
  options,
  choices: {
    anyStage: 'Any stage before mine',
    noPriority: 'Everything as usual',
    noCountry: 'Do not keep a country',
    roles: { mentor: 'Mentor', mentee: 'Mentee' },
    priorities: {
      specialty: 'The same specialty',
      topics: 'Help with my topics',
      stage: 'Close to my stage',
      hours: 'Waking hours in common',
      country: 'Country and language in common',
    },
  },

  consent: {
    title: 'Code of conduct',
    intro: {
      mentor: 'Before you register as a mentor, please read what everybody here agrees to.',
      mentee: 'Before you register as a mentee, please read what everybody here agrees to.',
    },
    outro:
      'You are asked once, and again only when this text changes. What is kept about you, why and for how long: press “Privacy”.',
    agree: 'I agree',
  },

  form: {
    anotherLanguage: 'Another language',
    anotherLanguageHint: 'You name it in the next step',
    title: { mentor: 'You as a mentor', mentee: 'You as a mentee' },
    labels: {
      specialties: 'Specialties',
      stage: 'Stage',
      languages: 'Languages',
      topics: 'Topics',
      about: 'About you',
    },
    hints: {
      mentor: {
        specialties: (most: number) => `Yours, and those you can advise on (up to ${most}).`,
        stage: () => 'Where you are now. Mentees are always at an earlier stage.',
        languages: (most: number) => `In which you are happy to talk (up to ${most}).`,
        topics: (most: number) => `What you can help with (up to ${most}).`,
        about: () => 'Optional, but mentees read it first: your road, how you like to work.',
      },
      mentee: {
        specialties: (most: number) => `Where you want to match (up to ${most}). Undecided is fine.`,
        stage: () => 'Where you are now.',
        languages: (most: number) => `In which you are happy to talk (up to ${most}).`,
        topics: (most: number) => `What you would like help with (up to ${most}).`,
        about: () => 'Optional, but mentors read it first: your road so far, what you hope for.',
      },
    },
    placeholders: {
      specialties: (most: number) => `Choose up to ${most}`,
      stage: () => 'Choose one',
      languages: (most: number) => `Choose up to ${most}`,
      topics: (most: number) => `Choose up to ${most}`,
      about: 'No exam scores, please, and nothing that identifies a patient.',
    },
  },

  saved: {
    nameLanguage: 'One step is left: name your other language with `/profile language`.',
    language: (name: string) => `${name} is in your profile now, and counts when mentors and mentees are matched.`,
    newMentee: 'You are registered as a mentee.',
    newMentor: 'You are registered as a mentor. Thank you for giving your time.',
    changed: (role: Role) => `Your profile ${asRole[role]} is up to date.`,
    queued:
      'A moderator will now make sure that you are where you say you are, often within a few days; you will hear from me either way. No documents are kept. Until then nobody is suggested to you, so there is nothing you need to do.',
    queuedAgain: 'A moderator looks at your registration again, and you will hear from me either way.',
    live: 'You can be suggested to mentees from now on. When one asks, you get a direct message with their profile, and decide.',
    places: (count: number) =>
      count === 1 ? 'You take one mentee at a time.' : `You take up to ${count} mentees at a time.`,
    placesFewer: (taken: number) =>
      `You have ${taken} now, which is more: nothing changes for them, and nobody new is suggested to you until there is room.`,
    next: '`/mentor find` shows who suits you, and why. You ask; they decide.',
    paused: 'It is paused. `/profile resume` puts you back on the list.',
    suspended: 'You are suspended as a mentor at the moment. Please write to a moderator about it.',
    zone: (zone: string) => `Your time zone: ${zone}.`,
    review: '`/profile show` shows what is kept and who sees it.',
    findMentor: 'Find a mentor',
  },

  already: (role: Role) => `You are already registered ${asRole[role]} here. You can change everything you entered.`,
  edit: { mentor: 'Edit mentor profile', mentee: 'Edit mentee profile' },
  chooseWhich: 'You have two profiles here. Which one do you want to edit?',

  command: {
    language: 'Add a language you can talk in that the form does not show',
    languageName: 'Begin to type its name, and choose',
    description: 'Your profile: see, change, pause, take with you, delete',
    show: 'Your profile, or what you may see of somebody else’s',
    showMember: 'Whose; yours when you leave it out',
    edit: 'Change your profile: the form opens filled in',
    pause: 'Be off the list for a while; running mentorships go on, and you keep your turn',
    pauseDays: 'For how many days; until you resume when you leave it out',
    resume: 'Be back on the list',
    export: 'Everything that is kept about you here, as a file',
    delete: 'Delete everything that is kept about you here',
  },

  card: {
    title: { mentor: 'Mentor', mentee: 'Mentee' },
    stage: 'Stage',
    specialties: 'Specialties',
    languages: 'Languages',
    topics: { mentor: 'Helps with', mentee: 'Looks for help with' },
    localTime: 'Local time',
    /** On a message that stays, where a clock would be wrong a minute later. */
    offset: 'Time zone',
    country: 'Medical school in',
    places: 'Places',
    free: (free: number, of: number) => {
      if (free <= 0) return of === 1 ? 'The only place is taken' : `All ${of} are taken`;
      return of === 1 ? '1 place, free' : `${free} of ${of} free`;
    },
    acceptsFrom: 'Mentees',
    stageBeyond: (verified: string, said: string) => `${verified}, verified. Says ${said}: not verified yet`,
    acceptsFromValue: (stage: string) => `From the stage “${stage}” on`,
    priority: 'Matters most',
    verification: 'Verification',
    verified: (level: string, on: string) => `Verified as ${level} on ${on}`,
    changedSince: (at: string) => `Stage or specialties were changed ${at}.`,
    status: 'Status',
    statuses: {
      active: 'On the list',
      paused: 'Paused until you resume',
      pausedUntil: (at: string) => `Paused until ${at}`,
      pausedByExpiries: (n: number) => `Paused, because ${n} requests in a row expired without your answer`,
      waiting: 'Waiting for a moderator to verify you',
      declined: 'Not verified. When you change your profile with `/profile edit`, a moderator looks at it again',
      suspended: 'Suspended by a moderator. Please write to one of them about it',
    },
    /** The same, about somebody else: moderators read it. */
    statusesOfOthers: {
      active: 'On the list',
      paused: 'Paused by themselves',
      pausedUntil: (at: string) => `Paused by themselves until ${at}`,
      pausedByExpiries: (n: number) => `Paused, because ${n} requests in a row expired`,
      waiting: 'Waiting to be verified',
      declined: 'Declined',
      suspended: 'Suspended',
    },
  },

  own: {
    title: 'Kept about you here',
    zone: 'Time zone',
    country: 'Country of medical school',
    countryShown: (name: string) => `${name} (others see it)`,
    countryHidden: (name: string) => `${name} (nobody sees it, and it does not count)`,
    countryNone: 'Not kept',
    conduct: 'Code of conduct',
    agreed: (version: number, on: string) => `Version ${version}, agreed on ${on}`,
    note: 'Only you see this message. Members see your mentor profile without your country (unless you show it), zone and settings. Your mentee profile is seen by mentors whom you ask and by moderators.',
  },
  notRegisteredYet:
    'You have no profile here yet. `/register mentee` if you are looking for a mentor, `/register mentor` if you want to be one.',
  nothingPublic: (mention: string) => `${mention} has no profile here that you could see at the moment.`,
  isBot: (mention: string) => `${mention} is a bot. Mentors and mentees are people.`,

  paused: {
    until: (roles: readonly Role[], at: string) =>
      `You are paused ${asRoles(roles)} until ${at}; then you are back on the list automatically.`,
    open: (roles: readonly Role[]) => `You are paused ${asRoles(roles)}, for as long as you like.`,
    mentor: 'Nobody waits for your answer meanwhile: open requests go on to somebody else, without a word about why.',
    mentee:
      'Requests of yours are taken back, and you are off the waitlist meanwhile. If you were looking for a mentor you keep your turn, and are on the waitlist with it again when the pause ends.',
    running: 'Mentorships that are under way go on. `/profile resume` puts you back on the list at any time.',
  },
  resumeNow: 'Resume now',
  resumed: (roles: readonly Role[]) => `Welcome back. You are on the list again ${asRoles(roles)}.`,
  resumedWaiting: (since: string) =>
    `You are on the waitlist again, with the turn that you had: looking since ${since}.`,
  resumedNext: { mentee: '`/mentor find` shows who suits you now.', mentor: '`/home` has whatever waits for you.' },
  resumedUnverified: 'As a mentor you are suggested once a moderator has verified you.',

  exported:
    'Here is everything that is kept about you in this server, in plain text (JSON). Only you see this message; whoever gets the file can read it all.',
  /** On top of the file. */
  exportedAbout:
    'Everything that Preceptor holds on you in this server. Times are in UTC, people and channels are Discord ids.',
  exportedNothing: 'Nothing is kept about you in this server.',

  privacy: {
    button: 'Privacy',
    /** Below direct messages: what is held, also where the bot has left the server. */
    ownData: 'My data',
    intro:
      'What is kept about you, why, for how long, who sees it and how you get it away: the attached PRIVACY.md. TERMS.md has the terms of use. `/profile export` gives you everything as a file, `/profile delete` deletes it.',
    askModerators: 'Who runs this bot, the moderators of this server know.',
    contact: (contact: string) => `Who runs this bot, and answers questions about your data: ${contact}`,
  },

  deletion: {
    title: 'Delete everything?',
    explain: [
      '**What goes, at once and for good:** your profiles, time zone and country, your consent, your place on the waitlist, your blocks, everything you wrote in requests, what waits in your inbox, and the mentor or mentee role.',
      '**What ends:** open requests by you and to you, and running mentorships. Your partner is told that you have deleted your data, and nothing else.',
      '**What a partner keeps:** that there was a request or a mentorship and when, without your name; and the private thread, which belongs to Discord and to both of you.',
      '**What stays to protect others,** under a code from which nobody can read who you are, until its time is over: a block that somebody else has set, that two people are not paired again, and a suspension by a moderator, for two years; whom you asked lately and what they answered, how many you wrote to, how often you registered as a mentor, and what you suggested to the moderators, for 30 days.',
      '**What stays so that others can see who did it:** what you did as a moderator, in the record of `/audit`, each act for a year; once you have left the server, under a code instead of your name.',
      'If you only need a rest, `/profile pause` is enough. `/profile export` gives you a copy first.',
    ].join('\n\n'),
    confirm: 'Delete everything about me',
    keep: 'Keep it',
    kept: 'Kept: nothing was deleted.',
    done: 'Everything that was kept about you here is deleted. Your role goes in a moment. Take care, and come back whenever you like: `/register` begins again.',
    nothing: 'There is nothing left to delete about you here.',
  },

  refused: {
    language: 'That language is not on the list. Choose one of those that are offered while you type.',
    languagesFull: (most: number) =>
      `A profile names up to ${most} languages. Take one away with \`/profile edit\` first.`,
    onlyAnother:
      'Please choose at least one language of the list as well, and send the form again. The other one is added next, with `/profile language`.',
    country: 'I do not know that country. Start typing its name and choose from the list that appears.',
    capacity: (least: number, most: number) =>
      `A mentor takes ${least} to ${most} mentees at a time. \`/profile pause\` is for when it should be none.`,
    choose: (label: string, most: number) =>
      `Please choose ${most === 1 ? 'one entry' : `one to ${most} entries`} from the list under “${label}”. Nothing was saved.`,
    aboutTooLong: (length: number, most: number) =>
      `“About you” may have ${most} characters, and yours has ${length}. Nothing was saved.`,
    mentorStillStudent:
      'As a medical student you have nobody behind you on this road yet, so nobody could be suggested to you as a mentor. From Step 1 on you can be a near-peer mentor: come back then, you will be welcome. Until then, `/register mentee` finds you a mentor. Nothing was saved.',
    menteeAtTheTop:
      'A mentor here is always a stage ahead, and nobody ranks ahead of an attending. `/register mentor` would be welcome, though. Nothing was saved.',
    acceptsNobody: (from: string, stage: string) =>
      `You accept mentees from “${from}” on, but at “${stage}” yourself you can only mentor earlier stages: nobody would be left. Choose an earlier \`accepts_from\`, or leave it out. Nothing was saved.`,
    conductChanged: 'The code of conduct has changed since that message. Please run the command again to read it.',
    noConsent: (role: Role) =>
      `Before your profile is saved you need to agree to the code of conduct. Run \`/register ${role}\` again to read it; it takes a minute.`,
    notRegistered:
      'You have no profile here yet. `/register mentee` if you are looking for a mentor, `/register mentor` if you want to be one.',
    notRegisteredAs: (role: Role) => `You are not registered ${asRole[role]} here. \`/register ${role}\` does that.`,
    notPaused: 'Nothing is paused: you are on the list already.',
    pauseDays: (least: number, most: number) => `A pause lasts ${least} to ${days(most)}, or until you resume.`,
    otherRolesOption: (option: string, role: Role) =>
      `\`${option}\` belongs to a profile ${asRole[role]}. Leave it out here.`,
  },
};
