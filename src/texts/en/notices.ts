/** What the bot writes to people on its own account: about requests, mentorships, profiles, and to moderators. */
import { counted } from './words.ts';

export const notices = {
  /** Why the bot did something, in the server's own audit log. */
  auditReasons: {
    chosen: 'Chosen with /notify',
    profile: 'Preceptor profile',
    mentorship: 'Preceptor mentorship',
    mentorshipOver: 'Preceptor mentorship, now over',
  },
  /** Stands where a message's subject is no more. */
  outOfDate: 'This message no longer applies, so its text was taken away.',
  formerMember: 'a former member',
  from: (guild: string) => `From ${guild}`,

  about: 'About them',

  request: {
    receivedTitle: (mentee: string) => `${mentee} asks you to be their mentor`,
    /** Once it is decided, in place of that and of the reminder. */
    decidedTitle: {
      accepted: (mentee: string) => `You are ${mentee}’s mentor`,
      declined: (mentee: string) => `You declined ${mentee}’s request`,
      closed: (mentee: string) => `${mentee}’s request is closed`,
    },
    message: 'Their message',
    reasons: 'Why the two of you',
    reasonWords: {
      same: (specialties: string) => `also heading for ${specialties}`,
      family: (specialties: string) => `heading for something close to your ${specialties}`,
      topics: (topics: string) => `wants help with ${topics}, which you offer`,
      stage: (behind: number) =>
        behind <= 3
          ? `${['one step', 'two steps', 'three steps'][behind - 1] ?? 'a few steps'} behind you`
          : 'further back on the road that you took',
      hours: (hours: number) => `${hours === 1 ? '1 waking hour' : `${hours} waking hours`} in common`,
      fewHours: (hours: number) => `${hours} waking hours in common, early or late in the day: plan calls then`,
      country: (country: string) => `went to medical school in ${country} as you did`,
      language: (languages: string) => `speaks ${languages} as you do`,
      separator: ' · ',
    },
    receivedUntil: (at: string, left: string) =>
      `Please answer by ${at} (${left}). Accepting opens a private thread for the two of you and takes one of your places. Declining is fine: they can go on to somebody else at once, and are told nothing but the reason that you pick.`,
    accept: (mentee: string) => `Accept ${mentee}`,
    decline: (mentee: string) => `Decline ${mentee}`,
    youAccepted: 'You accepted this request.',
    yourThread: (thread: string) => `Your private thread: ${thread}`,
    threadComing: 'Your private thread is being opened in the mentoring channel.',
    openThread: 'Open the thread',
    pause: 'Stop new requests',
    youDeclined: 'You declined this request. Thank you for answering: it lets them go on at once.',
    withdrawn: 'This request was withdrawn. Nothing is left for you to do.',
    expired: 'This request expired without an answer, and was closed. No harm done.',
    superseded: {
      matched: 'This request is closed: they have found a mentor in the meantime. Nothing is left for you to do.',
      full: 'This request is closed, because your last free place was taken. Nothing is left for you to do.',
      away: 'This request is closed, because you are not on the list of mentors at the moment. Nothing is left for you to do.',
      ineligible:
        'This request is closed, because the two of you can no longer be paired. Nothing is left for you to do.',
    },
    nudgeTitle: (mentee: string) => `${mentee} is still waiting for your answer`,
    nudge: (at: string, left: string) =>
      `Their request is open until ${at} (${left}). A no is kinder than silence: with it they can ask somebody else at once. If you have no time at the moment, a pause takes you off the list for as long as you like.`,
    acceptedTitle: (mentor: string) => `${mentor} has accepted your request`,
    accepted: (guild: string) =>
      `You have a mentor in ${guild}. Your private thread has a guide to a first meeting. Say hello there, and propose two or three times that suit you.`,
    declinedTitle: (mentor: string) => `${mentor} cannot be your mentor at the moment`,
    expiredTitle: (mentor: string) => `${mentor} has not answered in time`,
    expiredBody: 'Mentors here are doctors at work, and some weeks leave no room. It says nothing about you.',
    declinedBody: (reason: string) => `Their reason: ${reason}`,
    declineReasons: {
      'no-place': 'they have no room for another mentee at the moment.',
      'not-my-area': 'what you are looking for is not what they know best.',
      away: 'they are away, or very busy, for some time.',
    },
    declinedNote: 'What they wrote to you',
    declinedNoReason: 'They gave no reason, and owe none. It says nothing about you.',
    nextAsked: (mentor: string, until: string) =>
      `Your next choice, ${mentor}, has been asked in their place and can answer until ${until}. There is nothing you need to do.`,
    waiting: (guild: string, position: number, of: number) =>
      `You are now on the waitlist of ${guild}, number ${position} of ${of}. You do not have to wait for it: you can see now who is free today.`,
    noNext: (guild: string) =>
      `You have no other request under way. See who is free now in ${guild}; if nobody suits you, you can join the waitlist.`,
    stillAsked: (mentor: string) => `Your request to ${mentor} goes on as before.`,
    hasMentor: 'You have found a mentor in the meantime, so there is nothing left to do.',
    lapsedTitle: (mentor: string) => `Your request to ${mentor} could not be kept`,
    lapsedQueuedTitle: (mentor: string) => `${mentor} cannot be asked any more`,
    lapsed: {
      full: 'Their last free place was taken before they could answer you.',
      away: 'They are not available as a mentor at the moment, for reasons that have nothing to do with you.',
      ineligible: 'What you or they have changed since means that the two of you can no longer be paired here.',
      matched: 'You have found a mentor, so this request was closed.',
    },
  },

  mentorship: {
    openingTitle: 'Welcome to your mentorship',
    opening: (mentor: string, mentee: string, until: string) =>
      `${mentor} is the mentor, ${mentee} the mentee. The two of you can read this thread, and nobody else but those who may manage threads in this channel, as moderators often can. The mentorship is planned until ${until}.`,
    /** The thread before this one is gone. */
    againTitle: 'Your thread, opened again',
    again: (mentor: string, mentee: string, until: string) =>
      `The thread that ${mentor} and ${mentee} had is gone, and with it what was written there. This one takes its place, and your mentorship goes on as before, planned until ${until}. The two of you can read it, and nobody else but those who may manage threads in this channel.`,
    /** In the pair's thread, in place of the welcome. */
    endedHere: 'This mentorship has ended',
    openingEnded: (mentor: string, mentee: string, at: string) =>
      `${mentor} was the mentor, ${mentee} the mentee, until ${at}. What was said here stays between you; the code of conduct goes on. This thread is closed.`,
    firstMeeting: 'Your first meeting',
    conduct: 'Code of conduct',
    introductionTitle: (other: string) => `You and ${other} are paired`,
    introductionMentor: (mention: string, guild: string) =>
      `You are now the mentor of ${mention} in ${guild}. So that you are not kept waiting for a thread, here is the introduction: write to them directly, or they to you, and propose two or three times for a first call.`,
    introductionMentee: (mention: string, guild: string) =>
      `${mention} is now your mentor in ${guild}. So that you are not kept waiting for a thread, here is the introduction: write to them directly, say what you are working on, and propose two or three times for a first call.`,
    threadLostTitle: (other: string) => `Your thread with ${other} is gone`,
    threadLost: (mention: string, guild: string) =>
      `The private thread that you had with ${mention} in ${guild} was deleted, and I can’t open another there at the moment; the moderators know. Your mentorship goes on: write to each other directly until then.`,
    endedTitle: (other: string) => `Your mentorship with ${other} has ended`,
    endedWhy: {
      completed: 'It has reached its planned end. Thank you both.',
      'not-a-fit': 'It was not the right fit, which is nobody’s fault. You will not be suggested to each other again.',
      'no-time': 'One of you has no time for it at the moment.',
      other: 'It was ended by one of you or by a moderator.',
      'member-left': 'The other has left the server.',
      'data-deleted': 'The other has deleted their data here.',
      staff: 'The moderators have ended it. That says nothing about you, and there is nothing you need to do.',
      'never-met':
        'You never got to a first meeting, and I heard from neither of you. That happens in busy lives; no blame is recorded.',
      faded: 'You had not met for a while, and I heard from neither of you. That happens; no blame is recorded.',
      handler: 'It was ended by the people who look after this server. There is nothing you need to do.',
    },
    endedKeepsTurn: (since: string) =>
      `Your turn is kept: when you join the waitlist again, you have been waiting since ${since}.`,
    doneTitle: (other: string) => `Are you and ${other} done?`,
    doneAsked: (mention: string) =>
      `${mention} says that the two of you have reached your aim. If you think so, too, your mentorship is complete; if not, it goes on as it is.`,
    doneYes: 'Yes, we are done',
    doneNo: 'Not yet',
    doneOver: 'This question is answered.',
    doneRefusedTitle: (other: string) => `${other} would like to go on a little`,
    doneRefused: (mention: string) =>
      `${mention} would like to go on a little, so your mentorship goes on as it is. You can say again that you are done whenever it fits: \`/mentorship end\`.`,
    restsTitle: 'Your mentorship rests for now',
    rests: (mention: string) => `Your mentorship with ${mention} rests for now. You will hear as soon as it goes on.`,
    restsUntil: (mention: string, at: string) =>
      `Your mentorship with ${mention} rests until ${at}, and goes on by itself then.`,
    restsNext:
      'It is nobody’s fault, and nothing is expected of you meanwhile. A moderator can help where something cannot wait.',
    resumedTitle: 'Your mentorship goes on',
    resumed: (mention: string) => `The rest is over: your mentorship with ${mention} goes on as before.`,
    resumedThread: (thread: string) => `Your thread is where it was: ${thread}. A short hello is a good start.`,
    endedMentee: (guild: string) => `Whenever you are ready for another mentor, see who is free now in ${guild}.`,
    endedMentor: (guild: string) =>
      `Your place is free again in ${guild}. If you would like a break first, pause new requests.`,
  },

  mentor: {
    reviewTitle: (name: string) => `${name} wants to be a mentor`,
    /** Once it is decided. */
    reviewedTitle: {
      verified: (name: string) => `${name} is verified as a mentor`,
      declined: (name: string) => `${name} was not verified as a mentor`,
      suspended: (name: string) => `${name} is suspended as a mentor`,
      none: (name: string) => `${name} is a mentor`,
    },
    review:
      'Nobody is suggested as a mentor before a moderator has made sure that they are where they say they are. Look at what they can show you, note how you did it, and keep no documents.',
    verify: 'Verify',
    decline: 'Decline',
    reviewVerified: (by: string, at: string) => `Verified by ${by} on ${at}.`,
    reviewDeclined: (by: string, at: string) =>
      `Declined by ${by} on ${at}. They are looked at again once they change their profile.`,
    reviewSuspended: (by: string, at: string) => `Suspended by ${by} on ${at}. \`/mentors verify\` undoes it.`,
    reviewNotNeeded: 'Verification is not needed in this server.',
    somebody: 'a moderator',
    verifiedTitle: 'You are verified as a mentor',
    verified: (guild: string) =>
      `A moderator of ${guild} has verified you. You can be suggested to mentees from now on; when one asks, you get a message like this one with their profile, and decide. You can change what they see, and pause whenever you like.`,
    declinedTitle: 'You have not been verified as a mentor',
    declined: (guild: string) =>
      `The moderators of ${guild} could not verify you for now, so you are not suggested as a mentor. That is not forever: when you change your profile, they look at it again; and you can always write to one of them.`,
    declinedNote: 'A word from the moderators',
    suspendedTitle: 'You are suspended as a mentor',
    suspended: (guild: string) =>
      `The moderators of ${guild} have suspended you as a mentor. You are not suggested to mentees, and open requests to you were released. Please write to a moderator if you want to talk about it.`,
    menteeSuspendedTitle: 'You are suspended as a mentee',
    menteeSuspended: (guild: string) =>
      `The moderators of ${guild} have suspended you as a mentee. Your open requests are withdrawn, you are off the waitlist, and you cannot ask a mentor for now. Please write to a moderator if you want to talk about it.`,
    menteeLiftedTitle: 'You can look for a mentor again',
    menteeLifted: (guild: string) =>
      `The moderators of ${guild} have lifted your suspension as a mentee. You can look again for somebody who suits you.`,
    pausedTitle: 'You have been taken off the list of mentors for now',
    paused: (guild: string) =>
      `Three requests in a row expired without your answer, so in ${guild} nobody is suggested to you until you come back. Work gets in the way; nobody holds it against you. Come back on the list whenever you have time.`,
    pauseOverTitle: 'Your pause is over',
    pauseOver: (guild: string) =>
      `The pause that you set in ${guild} has come to its end, and you are on the list again. If it is too early, pause again for as long as you like.`,
    pauseOverFor: {
      mentor: 'As a mentor you can be suggested and asked again.',
      mentee:
        'As a mentee you can ask mentors again. If you were waiting before, you are on the waitlist again with your turn.',
    },
  },

  without: {
    title: (days: number) => `Nobody is eligible for a mentee for ${days} days`,
    who: (mention: string, days: number) =>
      `${mention} has been on the waitlist, and on every day of the last ${days} no mentor here was eligible for them.`,
    noMentors: 'There is no mentor here at the moment.',
    considered: (n: number) => `Of ${n === 1 ? 'the one mentor' : `the ${n} mentors`} here:`,
    excluded: {
      language: (n: number) => `${n === 1 ? '1 has' : `${n} have`} no language in common with them`,
      stage: (n: number) => `${n === 1 ? '1 is' : `${n} are`} not further along the road than they are`,
      'stage-not-accepted': (n: number) => `${n === 1 ? '1 takes' : `${n} take`} mentees from a later stage on`,
      full: (n: number) => `${n === 1 ? '1 has' : `${n} have`} no free place`,
      other: (n: number) => `${n === 1 ? '1 is' : `${n} are`} not available for other reasons`,
    },
    next: 'Waiting alone will not help them. Ask somebody who could mentor them to `/register mentor`, or write to them: another language in their profile may be enough. You are told this once.',
    over: (mention: string) => `${mention} no longer waits in vain. Nothing is left for you to do.`,
  },

  inbox: {
    title: 'Something waits for you',
    mention: 'Preceptor could not send you a direct message. `/inbox` shows what it is; only you will see it.',
  },

  alert: {
    title: 'Preceptor needs a moderator',
    check:
      '`/setup check` shows everything that still needs fixing. Whatever waits for this is sent as soon as it works.',
    'channel-deleted': (id: string, purpose: string) =>
      `The channel that was set for ${purpose} (id ${id}) is gone. Choose or create another with \`/setup start\`.`,
    'channel-closed': (id: string) =>
      `I cannot write in <#${id}>. Give my role the permissions View Channel, Send Messages, Embed Links and Read Message History there.`,
    'channel-not-set': (_id: string, purpose: string) =>
      `No channel is set for ${purpose}. Choose one with \`/setup start\`.`,
    'threads-impossible': (id: string) =>
      `I could not open a private thread in <#${id}>. New pairs are introduced by direct message for now, and study groups wait for their thread. Give my role the permissions View Channel, Send Messages, Create Private Threads and Send Messages in Threads there; it has to be a text channel.`,
    'threads-many': (id: string) =>
      `This server has more than 900 open threads, and Discord allows 1,000. So I open no more for study groups in <#${id}> for now; everything else goes on. Choose threads that nobody needs, and close them: those of groups that wait open by themselves then.`,
    'threads-full': (id: string) =>
      `This server has more than 950 open threads, and Discord allows 1,000. So new pairs are introduced by direct message, and their thread in <#${id}> opens as soon as there is room. Choose threads that nobody needs, and close them.`,
    'listing-tags': (id: string) =>
      `The forum <#${id}> wants a tag on each post, and I have none for a study group that is listed openly. Give my role Manage Channels there, so that I add them; or let posts go without a tag.`,
    'events-full': (_id: string) =>
      'This server has 100 events that are still to come, and Discord allows no more. So a study session or office hours go on without an event, and their own message says so. Delete events that nobody needs, and I add those that are still to come. I say this once a week.',
    'events-impossible': (_id: string) =>
      'I could not add a study session or office hours to this server’s events. They go on without an event, and their own message says so. Give my role the permission Create Events, and View Channel and Connect in the voice channel, if one is chosen. I say this once a week.',
    'channel-hidden': (id: string) =>
      `Somebody in a new pair cannot see <#${id}>, and so not the private thread in it. They were also introduced by direct message. Let the mentor and mentee roles view that channel.`,
    'message-refused': (id: string) =>
      `Discord did not take a message of mine in <#${id}>. Choose what AutoMod lets through there in the server’s settings: one of its rules may have stopped it. I try again by myself.`,
    'correction-refused': (id: string) =>
      `I cannot change a message of mine in <#${id}>, so it may say what is no longer true. Give my role the permissions View Channel, Send Messages, Embed Links and Read Message History there, or delete the message. I try again by myself.`,
    /** In place of the same about another channel: of these, nobody hears where they would have been posted. */
    staff: {
      'channel-deleted':
        'The staff channel was deleted, so what I have for moderators reaches nobody. Choose or create another with `/setup start`.',
      'channel-closed':
        'I cannot write in the staff channel, so what I have for moderators reaches nobody. Give my role the permissions View Channel, Send Messages, Embed Links and Read Message History there.',
      'channel-not-set':
        'There is no staff channel, so what I have for moderators reaches nobody. Choose one with `/setup start`.',
    },
    queue: '`/mentors queue` shows who waits to be verified.',
    announcement: {
      // Without its words: not everybody who reads this may see that channel.
      failed: (channel: string, why: string, author: string) =>
        `An announcement for ${channel} was not posted: ${why}. ${author} wrote it and cannot be told, so please have a look: \`/announce list\`.`,
      held: (channel: string) =>
        `An announcement for ${channel} was not posted: whoever confirmed it is no longer a moderator here, or no longer sees that channel. \`/announce list\` shows it. If it should go out, open it there and press **Post again**; otherwise call it off.`,
      quiet: (channel: string) =>
        `An announcement was posted in ${channel} without notifying anybody: whoever confirmed it may no longer notify those people, I may not, or the role was deleted. If they should hear of it, somebody with the permission can mention them there.`,
      uncorrected: (channel: string, author: string) =>
        `An announcement in ${channel} could not be changed, or its message is gone. ${author} wrote it and cannot be told, so please have a look: \`/announce list\`.`,
    },
    round: (author: string) =>
      `A matching round that ${author} began was interrupted: I was restarted or met a fault while I computed it. Nothing was sent to anybody. \`/round preview\` recomputes it, with its pins and prohibitions.`,
    /** Above what moderators hear with the answer to a command, or the owner by direct message. */
    unheard: 'Something needs a moderator, and I could not post it in the staff channel:',
    /** Below the same to the owner, in a direct message. */
    typedThere: 'Type what begins with a slash in a channel of that server: here, commands do nothing.',
    unheardMore: (count: number) => `… and ${counted(count, 'more thing', 'more things')} with your next command.`,
    line: (sentence: string) => `- ${sentence}`,
    'role-deleted': (id: string) =>
      `A role that was set for mentors or mentees (id ${id}) is gone. Choose or create another with \`/setup start\`.`,
    'notify-role-deleted': (id: string) =>
      `A role that members take with \`/notify\` (id ${id}) is gone, so nobody is notified through it. Press **Offer** in \`/notify\`: it makes a new one.`,
    'planned-channel-deleted': (id: string) =>
      `A channel in which a schedule, the word of Match Week, dates that come nearer, open study groups or an announcement is planned (id ${id}) is gone, so nothing can be posted there. Choose another with \`/schedule edit\`, for Match Week with \`/setup match\`, for dates with \`/setup reminders\`, for study groups with \`/setup study forum:\`; call an announcement off with \`/announce cancel\`, and write it again.`,
    'panel-channel-deleted': (id: string) =>
      `The channel of the panel for newcomers (id ${id}) is gone. Choose another with \`/setup panel channel:\`, or take the panel away with \`/setup panel remove: True\`.`,
    'safety-role-deleted': (id: string) =>
      `The role that handled reports (id ${id}) was deleted. Until you choose another with \`/setup safety role:\`, whoever may manage the server handles them, as where no role is chosen. What somebody with the role had taken is new again within a day.`,
    'study-voice-deleted': (id: string) =>
      `The voice channel of study sessions among this server’s events (id ${id}) was deleted. They name the study channel now. Choose another with \`/setup study voice:\`, if you like.`,
    'exam-rule-deleted': () =>
      'The AutoMod rule against exam content that I had made was deleted. If that was not meant, `/setup guard` makes it again; otherwise there is nothing to do.',
    'thread-locked': (id: string) =>
      `The thread of a pair or a study group, <#${id}>, was locked, and their mentorship or group goes on: none of them can write there. Unlock it if that was a mistake.`,
    'thread-closed': (id: string) =>
      `I can no longer see the thread of a pair or a study group, <#${id}>, so I cannot bring somebody back into it who returns. Add me to it again: mention me there.`,
    'role-out-of-reach': (id: string) =>
      `I cannot give or take the role <@&${id}>. Give my role the permission Manage Roles, and in the server’s settings drag it above that role.`,
    'staff-open': (id: string) =>
      `Members can read the staff channel <#${id}>, so I do not post cards about people there: new mentors and suggested tips wait. Edit the channel → Permissions, deny **View Channel** to @everyone and to the roles that members have, and allow it to your moderators’ role and to mine. Until then \`/mentors queue\` and \`/content list\` show who waits.`,
    'role-powerful': (id: string) =>
      `The role <@&${id}> comes with moderating permissions by now, so I give it to nobody: whoever registers, or takes it with \`/notify\`, would get them. Take those permissions from it, or choose another role in \`/setup start\`.`,
    purposes: {
      mentoring: 'mentoring',
      staff: 'the moderators',
      tips: 'tips',
      study: 'study',
      announcements: 'announcements',
      unknown: 'Preceptor',
    },
  },
};
