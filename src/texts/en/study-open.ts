import type { ProblemText } from './setup-check.ts';
import { counted, list } from './words.ts';

/** What everybody in a server may see of study groups, where owners and moderators want that. */
export const studyOpen = {
  event: {
    name: (what: string, month: string) => (month === '' ? `Study group: ${what}` : `Study group: ${what}, ${month}`),
    description:
      'A session of a study group that is listed openly. Who is in it stays between its members. To join this group or another, use `/study find`.',
    here: 'In this server',
  },
  listing: {
    title: (what: string, month: string) => (month === '' ? what : `${what}, ${month}`),
    open: (places: number) =>
      `${counted(places, 'place is', 'places are')} free. Press below, and I look whether your week fits theirs; \`/study find\` does the same.`,
    full: 'Every place is taken at the moment. `/study find` shows you others like it, and the list in which you can wait for this one.',
    resting: 'This group rests at the moment. `/study find` shows you others like it.',
    closed: 'This group is over. `/study find` shows you others like it.',
    notListed: 'This group is no longer listed here. `/study find` shows you those that you could join.',
    taken: {
      title: (what: string) => `Your group for ${what} is no longer listed`,
      body: 'Its post in the forum was deleted, so I took the group off the list. The group itself goes on as before. `/study settings openly:True` lists it again; a moderator can tell you more.',
    },
    month: 'For',
    languages: 'They talk in',
    times: 'They meet',
    noTimes: (sessions: string, minutes: number) =>
      `${sessions}, ${minutes} minutes each; they have not chosen the hour yet`,
    timesIn: (times: readonly string[], zone: string, minutes: number) =>
      `${list(times)} (${zone}), for ${minutes} minutes`,
    who: 'Who is in it stays between its members.',
    button: 'Look whether my week fits',
    /** In the server's audit log. */
    reason: 'Preceptor study groups',
    tags: {
      open: 'Places free',
      /** At most 20 characters each, Discord's limit. */
      topics: {
        'step-1': 'USMLE Step 1',
        'step-2-ck': 'USMLE Step 2 CK',
        'step-3': 'USMLE Step 3',
        oet: 'OET',
        applying: 'Applying',
        interviewing: 'Interviewing',
        reapplying: 'Reapplying',
        arriving: 'Matched and moving',
        starting: 'First months',
      },
      /** @param quarter from 1 to 4. */
      quarter: (quarter: number, year: number) =>
        `${['Jan–Mar', 'Apr–Jun', 'Jul–Sep', 'Oct–Dec'][quarter - 1] ?? ''} ${year}`,
    },
  },
  command: {
    openly: 'Whether everybody here may see that there is your group, and when it meets; never who is in it',
    listed: 'Everybody here may see that there is this group, and when it meets; never who is in it.',
    nowhere: 'Moderators have not chosen yet where that is shown; `/setup study` does it.',
    notListed: 'Only those who look for a group are shown this one.',
  },
  settings: {
    command: 'What everybody here sees of study groups',
    events: 'True: sessions of groups that are listed openly stand among this server’s events',
    voice: 'In which voice channel those sessions are; without one they are in the groups’ threads',
    noVoice: 'True: they are in the groups’ threads again',
    forum: 'In which forum groups that are listed openly stand, a post for each with tags',
    noForum: 'True: no forum shows them any more',
    hasForum: (forum: string) =>
      `Groups whose owner lists them openly have a post in ${forum}: for what they are and when they meet, with tags and a button, and nobody’s name. I add the tags that are missing there if my role has Manage Channels. \`no_forum: True\` ends that.`,
    hasNoForum: 'No forum shows which groups there are. `forum:` chooses one.',
    title: 'Study groups, for everybody to see',
    hasEvents: (place: string) =>
      `Sessions of groups whose owner lists them openly are among this server’s events, a week ahead, in ${place}: what they are about and when, and nobody’s name. \`events: False\` ends that.`,
    hasNoEvents:
      'No sessions are among this server’s events. `events: True` adds those of groups whose owner lists them openly.',
    threads: 'the groups’ threads',
  },
  forumGone: (): ProblemText => ({
    text: 'The forum of open study groups is gone.',
    fix: 'Choose another with `/setup study forum:`, or none with `/setup study no_forum: True`.',
  }),
};
