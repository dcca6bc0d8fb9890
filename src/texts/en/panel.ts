/** The panel: the doors for newcomers in a channel, and how moderators put them there. */
import { names, type permissionNames, type ProblemText } from './setup-check.ts';

export const panel = {
  /** The card itself, below the moderators’ words. */
  title: 'Mentors for the road to US residency',
  text: [
    'Here doctors trained abroad find a mentor who has already walked the road. Are you looking for one, or can you help somebody behind you on it? You can do both.',
    'Whatever you press, only you see what comes.',
  ].join('\n\n'),
  /** Stands in the server's audit log. */
  reason: 'the panel for newcomers',

  description: 'Put the doors for newcomers into a channel, pinned, with your own words above them',
  options: {
    channel: 'The channel in which it stands; without one, where it stands now',
    remove: 'Take it away',
  },
  form: {
    title: 'The panel for newcomers',
    words: 'Your words above it',
    hint: 'May stay empty: the doors explain themselves.',
  },
  done: {
    posted: (channel: string) =>
      `The panel is posted in ${channel}. Call \`/setup panel\` again to change the words above it.`,
    moved: (channel: string) => `The panel moves to ${channel}; I take away the one before.`,
    changed: (channel: string) => `The panel in ${channel} is changed, in place.`,
  },
  mayNotPin: (channel: string) =>
    `I may not pin it: for that my role needs **Pin Messages** in ${channel}. It stands there all the same, and I pin it once you call \`/setup panel\` again.`,
  remove: 'Remove the panel',
  keep: 'Keep the panel',
  sure: (channel: string) => `The panel in ${channel} goes, with the words above it. Remove it?`,
  removed: 'The panel is removed.',
  kept: 'The panel stays.',

  none: 'There is no panel here. `/setup panel channel:` puts one into a channel.',
  noChannel: 'There is no panel here yet. Name the channel that it is to stand in: `/setup panel channel:`',
  tooLong: (length: number, most: number) =>
    `Your words are ${length} characters; the limit is ${most}. Nothing was changed.`,
  hidden: (channel: string) => `You cannot see ${channel} yourself, so it is not yours to choose. Nothing was changed.`,
  closed: (channel: string, missing: readonly (keyof typeof permissionNames)[]) =>
    `In ${channel} I lack ${names(missing)}. Edit the channel → Permissions → add my role, and allow ${missing.length === 1 ? 'it' : 'them'} there. Nothing was changed.`,
  channelGone: (): ProblemText => ({
    text: 'The channel of the panel for newcomers was deleted.',
    fix: 'Choose another with `/setup panel channel:`, or run `/setup panel remove: True`.',
  }),
};
