/** What moderators read when they announce something, and hear of it. */
import { counted } from './words.ts';

export const announcements = {
  command: {
    description: 'Post, schedule and change announcements',
    compose: 'Write an announcement; you see it exactly as it will be before anything is posted',
    list: 'Drafts, scheduled announcements and what was posted lately',
    edit: 'Change an announcement, also one that is posted already',
    cancel: 'Call off a scheduled announcement, or throw a draft away',
    channel: 'Where to post it (usual: the announcements channel)',
    role: 'A role to notify',
    everyone: 'Notify everyone: needs Discord’s own permission for that, and a second confirmation',
    time: 'When, for example: Mon 18:00 · tomorrow 9am · 2026-12-01 09:00 · in 2 hours',
    repeat: 'How often: every Mon 18:00 · every other Tue 6pm · first Mon of the month 09:00 · weekends 10:00',
    crosspost: 'Publish it to the servers that follow the channel (announcement channels only)',
    which: 'Which one',
    newTime: 'Another time for a scheduled one; “now” to post it at once',
    newRepeat: 'Only for a draft: how often it comes back, for example: every other Tue 6pm',
    newChannel: 'Only for a draft: another channel',
    newRole: 'Only for a draft: another role to notify',
    newEveryone: 'Only for a draft: True notifies everyone, False nobody',
  },

  form: {
    title: 'Announcement',
    editTitle: 'Change the announcement',
    heading: 'Title',
    headingHint: 'One line.',
    text: 'Text',
    textHint: 'Formatting works; mentions here notify nobody. Links show their address.',
    link: 'Link',
    linkHint: 'Optional. A button below the text. https:// only.',
    image: 'Image address',
    imageHint: 'Optional. Shown below the text. https:// only.',
    address: 'https://',
  },

  states: {
    draft: 'Draft',
    scheduled: 'Scheduled',
    /** Its time has come, and it is on its way. */
    posting: 'Being posted',
    posted: 'Posted',
    cancelled: 'Called off',
    failed: 'Not posted',
  },

  card: {
    /** On the button below; Discord asks before it opens an address, and this names it beforehand. */
    open: (host: string) => `Open ${host}`,
  },

  preview: {
    title: 'Only you can see this preview',
    changeTitle: 'Only you can see this change',
    standing: (state: string) => `${state} · only you can see this`,
    exact: 'Above is the announcement exactly as it will be posted.',
    exactChange: 'Above is the announcement exactly as it will be posted once you have saved the change.',
    exactEdit: 'Above is the announcement exactly as it will be after the change. An edit notifies nobody.',
    notYet: 'Here is how far it has come. Fix the points below before posting.',
    where: (channel: string) => `**Where:** ${channel}`,
    crosspost: 'Published to the servers that follow the channel.',
    pingsNobody: '**Notifies:** nobody.',
    /** Below, where members have a role for just this. */
    pingsNobodyYet: (role: string) =>
      `Members take ${role} to hear of announcements: the option \`role\` of \`/announce compose\` notifies them.`,
    pingsRole: (role: string) => `**Notifies:** everybody with ${role}.`,
    pingsEveryone: '**Notifies:** everyone in this server.',
    whenNow: '**When:** as soon as you press **Post now**.',
    when: (stamp: string, left: string) => `**When:** ${stamp} (${left}) on your clock`,
    whenIn: (words: string, zone: string) => `· ${words} in ${zone}`,
    repeats: (zone: string) => `**When:** repeating, in the time of ${zone}. Next:`,
    repeatsAt: (stamp: string, words: string) => `· ${stamp} (${words} there)`,
    skipped: (asked: string) =>
      `The clocks go forward that night, so there is no ${asked} on that day: it is posted at the next time that exists.`,
    failed: (why: string) => `**Not posted:** ${why}.`,
    faults: '**Fix these first**',
    fault: (sentence: string) => `· ${sentence}`,
    post: 'Post now',
    schedule: 'Schedule it',
    save: 'Save the change',
    again: 'Post again',
    edit: 'Edit the words',
    discard: 'Discard the draft',
    discardChange: 'Discard the change',
    cancel: 'Call it off',
    back: 'Back to the list',
    draftKept: 'Until then it stays a draft: `/announce list`.',
  },

  /** Asked once before words are lost. @param title as typed, escaped; may be empty. */
  sure: {
    discard: (title: string) =>
      `${title === '' ? 'This draft' : `The draft “${title}”`} goes with everything that was written in it. Discard it?`,
    change: (title: string) =>
      `Your change${title === '' ? '' : ` of “${title}”`} goes; the announcement stays as it was. Discard the change?`,
    cancel: (title: string) =>
      `${title === '' ? 'This announcement' : `“${title}”`} is then not posted any more. Call it off?`,
    yesDiscard: 'Yes, discard it',
    yesCancel: 'Yes, call it off',
    keep: 'Keep it',
  },

  everyone: {
    title: 'Notify everyone?',
    body: (channel: string, people: number) =>
      `This sends a notification to everyone in this server who can see ${channel}: up to ${people} people. It cannot be taken back.`,
    yes: 'Yes, notify everyone',
  },

  done: {
    posting: (channel: string) =>
      `On its way to ${channel}. Should it not arrive, you get a message with the reason. \`/announce edit\` changes it later.`,
    scheduled: (channel: string, stamp: string, left: string) =>
      `Scheduled: ${channel}, ${stamp} (${left}). \`/announce list\` shows it; until then it can be changed or called off.`,
    repeating: (channel: string, stamp: string) =>
      `Scheduled to repeat: ${channel}, next ${stamp}. \`/announce cancel\` ends it.`,
    savedPosted: (channel: string) => `Changed. The message in ${channel} follows in a moment; nobody is notified.`,
    savedScheduled: (channel: string, stamp: string) => `Changed. It is posted in ${channel} ${stamp}.`,
    savedRepeating: (channel: string) =>
      `Changed. From the next time on it is posted in ${channel} like this; what is posted already stays as it is.`,
    savedFailed: 'Changed. It is not posted yet: press **Post again**.',
    discarded: 'The draft is gone. Nothing was posted.',
    changeDiscarded: 'The change is gone. The announcement stays as it was.',
    cancelled: 'Called off. It will not be posted.',
    repeatEnded: 'Ended. It will not be posted again; what was posted stays.',
  },

  list: {
    title: 'Announcements',
    empty: 'Nothing here yet. `/announce compose` writes the first announcement.',
    page: (page: number, of: number) => `Page ${page} of ${of}`,
    entry: (place: number, state: string, title: string) => `**${place}. ${state}:** ${title}`,
    untitled: '(no title yet)',
    draft: (by: string, at: string) => `by ${by}, last changed ${at}`,
    scheduled: (at: string, left: string) => `${at} (${left})`,
    repeating: (at: string) => `repeats, next ${at}`,
    repeatRemoved: 'its schedule was removed: it does not come back',
    repeatPaused: 'repeats, but its schedule is paused: `/schedule list`',
    posted: (at: string, link: string) => `${at} · ${link}`,
    message: (url: string) => `[the message](${url})`,
    messageDeleted: (at: string) => `${at} · its message was deleted since`,
    open: (place: number) => `Open ${place}`,
    previous: 'Previous',
    next: 'Next',
    choice: (state: string, title: string) => `${state}: ${title}`,
  },

  faults: {
    'title-missing': 'It has no title yet. Press **Edit the words**.',
    'title-too-long': 'The title is too long. Press **Edit the words** and shorten it.',
    'text-missing': 'It has no text yet. Press **Edit the words**.',
    'text-too-long': 'The text is too long. Press **Edit the words** and shorten it.',
    'text-too-heavy':
      'The text is longer than Discord can take in this script (some letters take three or four times the room). Press **Edit the words** and shorten it by a quarter.',
    'link-unusable':
      'The link cannot be used: it has to be a whole address that begins with `https://`, without a user name in it. Press **Edit the words**.',
    'image-unusable':
      'The image address cannot be used: it has to be a whole address that begins with `https://`. Press **Edit the words**.',
    imageExpires: (stamp: string) =>
      `The picture’s address is one that Discord lets expire: ${stamp}, before this is posted (for the last time). Press **Edit the words** and give an address that lasts, such as one on your own website, or leave the picture out.`,
    timePassed:
      'Its time has passed. Choose another with `/announce edit` and the option `time` (“now” posts it at once).',
  },

  reach: {
    channelGone:
      'The channel is gone, or nobody can post there. Write the announcement again with `/announce compose` and another channel.',
    notYours: (channel: string) =>
      `You cannot see ${channel} yourself, so you cannot post there through me. Choose another channel, or ask an administrator for **View Channel** there.`,
    noFollowers: (channel: string) =>
      `${channel} isn’t an announcement channel, so no server can follow it. Leave out \`crosspost\`, or turn the channel into an announcement channel in its settings.`,
    everyoneNotYours:
      'You may not notify everyone: Discord’s permission **Mention @everyone, @here, and All Roles** is missing. Leave out `everyone`, or ask an administrator for the permission.',
    everyoneNotMine:
      'I may not notify everyone. Edit the channel → Permissions → add my role, and allow **Mention @everyone, @here, and All Roles** there.',
    roleGone: 'The role to notify was deleted. Write the announcement again with `/announce compose` and another role.',
    roleNotYours: (role: string) =>
      `You may not notify ${role}: its setting **Allow anyone to @mention this role** is off, and Discord’s permission **Mention @everyone, @here, and All Roles** is missing. Choose another role, or ask an administrator for one of the two.`,
    roleNotMine: (role: string) =>
      `I may not notify ${role}. Switch **Allow anyone to @mention this role** on in Server Settings → Roles, or allow me **Mention @everyone, @here, and All Roles** in the channel.`,
  },

  refused: {
    gone: 'This announcement is no longer there. `/announce list` shows those that are.',
    changedSince:
      'This announcement was changed after you saw this preview, so nothing was posted. `/announce list` shows it as it is now.',
    alreadyPosted:
      'This one is posted already, and was not posted again. `/announce edit` changes the message in the channel.',
    alreadyScheduled: 'This one is scheduled already. `/announce edit` changes it, `/announce cancel` calls it off.',
    alreadyCancelled: 'This one was called off already.',
    messageDeleted: (channel: string) =>
      `The message of this announcement is no longer in ${channel}: somebody deleted it, so there is nothing to change. To announce it again, write it with \`/announce compose\`.`,
    postedStays:
      'This one is posted, and what people have read cannot be taken back. You can change its text; to remove the message, delete it in the channel as you would any other.',
    beingPosted:
      'This one is being posted at this very moment, so it cannot be changed or called off now. Try again in a minute.',
    confirmEveryone: 'Notifying everyone needs the second confirmation. Press the button again. Nothing was posted.',
    oneOrTheOther: 'Choose either a time or how often it comes back, not both. Nothing was written down.',
    everyoneOrRole: 'Choose either everyone or a role to notify, not both. Nothing was written down.',
    unknownTime: (typed: string) =>
      `I do not understand “${typed}” as a time. Try \`Mon 18:00\`, \`tomorrow 9am\`, \`2026-12-01 09:00\` or \`in 2 hours\`. Nothing was written down.`,
    noSuchDay: (day: string) => `There is no ${day}: that month is shorter. Nothing was written down.`,
    repeatLacksTime: (typed: string) =>
      `“${typed}” says on which days, but not at what time. Add one, for example \`${typed} 09:00\`. Nothing was written down.`,
    onlyDrafts:
      'Only a draft can be given another channel, role or rhythm. Call this one off with `/announce cancel` and compose it anew; one that repeats is changed with `/schedule edit`. Nothing was changed.',
    pastTime: (stamp: string) => `${stamp} is in the past. Nothing was written down.`,
    farTime: (stamp: string, days: number) => `${stamp} is further ahead than ${days} days. Nothing was written down.`,
    unknownRepeat: (typed: string) =>
      `I do not understand “${typed}” as times that come back. Try \`every Mon 18:00\`, \`weekdays 09:00\`, \`every other Tue 6pm\`, \`first Mon of the month 09:00\`, \`monthly 1 09:00\` (days 1 to 28, or \`last day\`) or a cron expression of five fields. Nothing was written down.`,
    repeatTooOften: (minutes: number) =>
      `That is more often than every ${counted(minutes, 'minute', 'minutes')}. Nothing was written down.`,
    repeatNever: 'Those times never come. Nothing was written down.',
    noChannel:
      'This server has no announcements channel set: name one in the option `channel`, or set one with `/setup start`. Nothing was written down.',
    noTimeHere:
      'Only a draft, a scheduled announcement or one that could not be posted has a time that can be changed. Nothing was changed.',
  },

  /** Below a direct message about one, where commands do nothing. */
  show: 'Show announcements',

  /** Why one could not be posted, in the list and in the message to its author. */
  failures: {
    'channel-deleted': 'its channel was deleted',
    'channel-closed': 'I may not post in its channel any more',
    'thread-locked': 'its thread was locked',
    'tag-missing': 'its forum wants a tag on each post',
    refused: 'Discord did not take the message',
    late: 'I was offline, or Discord was, until it was too late to post it',
    'moderator-gone': 'whoever confirmed it is no longer a moderator here, or no longer sees its channel',
  },

  failed: {
    title: 'Your announcement was not posted',
    body: (title: string, channel: string, why: string) => `**${title}** for ${channel}: ${why}.`,
    mend: {
      'channel-deleted': 'Write it again in the server, for another channel.',
      'channel-closed':
        'Edit the channel → Permissions → add my role, and allow **View Channel**, **Send Messages**, **Embed Links** and **Read Message History**. Then open it under **Show announcements** below, and press **Post again**.',
      'thread-locked':
        'Unlock the thread, or allow me **Manage Threads** in its channel. Then open it under **Show announcements** below, and press **Post again**.',
      'tag-missing':
        'Write it again in the server with a tag, or turn off in the forum’s settings that posts need one. Then open it under **Show announcements** below, and press **Post again**.',
      refused: 'Open it under **Show announcements** below, look at its link and its image, and press **Post again**.',
      late: 'Old news can mislead, so I asked first: open it under **Show announcements** below, and press **Post again** if it still holds.',
      'moderator-gone':
        'What a moderator plans is posted only while they are one, and the other moderators know of it. Any of them can open it under **Show announcements** and press **Post again**.',
    },
    /** Above, while that is so. */
    triedAgain: (until: string) =>
      `Until ${until} I also try by myself now and then, and post it as soon as I may. To keep it from being posted, open it under **Show announcements** and call it off.`,
    postedTitle: 'Your announcement was posted after all',
    posted: (title: string, channel: string) =>
      `**${title}** stands in ${channel} now. What was in its way is gone, so there is nothing left for you to do.`,
    /** It rests until somebody mends it. */
    mendRepeating: {
      'channel-deleted':
        'It rests now. End it under **Show announcements** below, and write it again in the server, for another channel.',
      'channel-closed':
        'It rests now. Edit the channel → Permissions → add my role, and allow **View Channel**, **Send Messages**, **Embed Links** and **Read Message History**. Then it goes on by itself before long; in the server `/schedule resume` lets it go on at once.',
      'thread-locked':
        'It rests now. Unlock the thread, or allow me **Manage Threads** in its channel. Then it goes on by itself before long; in the server `/schedule resume` lets it go on at once.',
      'tag-missing':
        'It rests now. Turn off in the forum’s settings that posts need a tag, or end it under **Show announcements** below and write it again in the server, with a tag.',
      refused:
        'It rests now. Look at its link and its image under **Show announcements** below, then run `/schedule resume` in the server. I also try again by myself now and then.',
      late: 'Its next time comes as usual.',
      'moderator-gone':
        'It rests now, and the other moderators know of it. Any of them can look at it under **Show announcements**, and run `/schedule resume` in the server if it is to go on.',
    },
  },

  /** To its author, when one that is posted could not be changed. */
  uncorrected: {
    title: 'Your announcement could not be changed',
    'message-deleted': (title: string, channel: string) =>
      `The message with **${title}** in ${channel} is no longer there: somebody deleted it, or the whole channel. To announce it again, write it anew in the server.`,
    'change-refused': (title: string, channel: string) =>
      `Discord did not take the new words of **${title}**, so the message in ${channel} stands as it was before. Open it under **Show announcements** below, look at its link and its image, and save it again.`,
  },

  /** It was posted, without the mention that was planned. */
  quiet: {
    title: 'Your announcement was posted, but notified nobody',
    body: (title: string, channel: string, why: string) => `**${title}** stands in ${channel}. ${why}`,
    why: {
      'nobody-may':
        'You may no longer notify those whom it was to notify: Discord’s permission **Mention @everyone, @here, and All Roles** is missing.',
      'bot-may-not':
        'I may not notify those whom it was to notify: Discord’s permission **Mention @everyone, @here, and All Roles** is missing in that channel.',
      'role-gone': 'The role that it was to notify was deleted.',
    },
    next: 'If they should hear of it all the same, somebody with the permission can mention them in the channel.',
  },

  choice: {
    /** Suggestions of the option `time`; the second line of sight for whoever lives elsewhere. */
    understood: (words: string, city: string) => `${words} (${city})`,
    skipped: (words: string, city: string) => `${words} (${city}): clocks go forward that night`,
    yours: (words: string, city: string) => ` · ${words} (${city})`,
    now: 'now: as soon as you confirm it',
    past: (words: string) => `${words}: in the past`,
    far: (words: string, days: number) => `${words}: more than ${counted(days, 'day', 'days')} ahead`,
    unknown: 'Not understood yet. Try: Mon 18:00 · tomorrow 9am · 2026-12-01 09:00 · in 2 hours',
    noSuchDay: (day: string) => `There is no ${day}: that month is shorter`,
    unknownRepeat: 'Not understood yet. Try: weekdays 09:00 · every other Mon 18:00 · last day of the month 09:00',
    repeats: (times: string) => `Next: ${times}`,
  },
};
