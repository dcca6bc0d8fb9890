/** What everybody in a server may see of study groups, where owners and moderators want that. */
export const studyOpen = {
  event: {
    name: (what: string, month: string) => (month === '' ? `Study group: ${what}` : `Study group: ${what}, ${month}`),
    description:
      'A session of a study group that is listed openly. Who is in it stays between its members. To join this group or another, use `/study find`.',
    here: 'In this server',
  },
  command: {
    openly: 'Whether everybody here may see that there is your group, and when it meets; never who is in it',
    listed: 'Everybody here may see that there is this group, and when it meets; never who is in it.',
    notListed: 'Only those who look for a group are shown this one.',
  },
  settings: {
    command: 'What everybody here sees of study groups',
    events: 'True: sessions of groups that are listed openly stand among this server’s events',
    voice: 'In which voice channel those sessions are; without one they are in the groups’ threads',
    noVoice: 'True: they are in the groups’ threads again',
    title: 'Study groups, for everybody to see',
    hasEvents: (place: string) =>
      `Sessions of groups whose owner lists them openly stand among this server’s events, a week ahead, in ${place}: what they are about and when, and nobody’s name.`,
    hasNoEvents:
      'Sessions stand in no list of events. `events: True` adds those of groups whose owner lists them openly.',
    threads: 'the groups’ threads',
  },
};
