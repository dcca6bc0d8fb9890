/** What is wrong with a server's settings, and how a moderator fixes it. */
import { list } from './words.ts';

/** Something that is wrong, and what to do about it. */
export interface ProblemText {
  readonly text: string;
  readonly fix: string;
}

/** Whose a role is. */
export const rolePlurals = { mentor: 'mentors', mentee: 'mentees' };

export const purposes = {
  mentoring: 'mentoring',
  staff: 'staff',
  tips: 'tips',
  study: 'study',
  announcements: 'announcements',
};
export type ChannelPurpose = keyof typeof purposes;
export type RolePurpose = 'mentor' | 'mentee';
/** What is to be posted. */
type Planned = 'schedule' | 'announcement';

/** Discord's own names for permissions, as its client shows them. */
export const permissionNames = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  EmbedLinks: 'Embed Links',
  ReadMessageHistory: 'Read Message History',
  CreatePrivateThreads: 'Create Private Threads',
  SendMessagesInThreads: 'Send Messages in Threads',
  ManageChannels: 'Manage Channels',
  ManageRoles: 'Manage Roles',
  PinMessages: 'Pin Messages',
  ManageMessages: 'Manage Messages',
  ManageGuild: 'Manage Server',
  CreateEvents: 'Create Events',
  Connect: 'Connect',
};

/** Permissions by the names that Discord shows. */
export const names = (permissions: readonly (keyof typeof permissionNames)[]) =>
  list(permissions.map((each) => `**${permissionNames[each]}**`));

export const setupCheck = {
  description: 'Look for missing permissions, channels and roles, each with its fix',
  fine: 'Everything is in order',
  fineText: 'Channels, roles, permissions, threads and whatever is to be posted are as they should be.',
  problems: (count: number) => (count === 1 ? 'One thing needs fixing' : `${count} things need fixing`),
  nothingToFix: 'Nothing needs you',
  partly: 'I have not looked at every pair and member yet. The rest follows within minutes: check again then.',
  again: 'Check again',

  /** What the bot puts right by itself, how often. */
  mending: 'I am putting these right by myself:',
  mended: {
    'thread-gone': (count: number) =>
      count === 1
        ? 'A pair’s thread was deleted. They get another.'
        : `The threads of ${count} pairs were deleted. They get others.`,
    'thread-missing': (count: number) =>
      count === 1 ? 'A pair has no thread yet. I open one.' : `${count} pairs have no thread yet. I open them.`,
    'thread-left': (count: number) =>
      count === 1
        ? 'Somebody is missing from their pair’s thread. I bring them back, once a week at most.'
        : `In the threads of ${count} pairs somebody is missing. I bring them back, once a week at most.`,
    'group-thread-gone': (count: number) =>
      count === 1
        ? 'The thread of a study group was deleted. The group gets another.'
        : `The threads of ${count} study groups were deleted. They get others.`,
    'group-thread-left': (count: number) =>
      count === 1
        ? 'Somebody is missing from the thread of their study group. I bring them back, once a week at most.'
        : `In the threads of ${count} study groups somebody is missing. I bring them back, once a week at most.`,
    'card-gone': (count: number) =>
      count === 1
        ? 'A card that waits for your decision was deleted. I post it again.'
        : `${count} cards that wait for your decision were deleted. I post them again.`,
    'panel-gone': () => 'The panel for newcomers was deleted. I post it again.',
    'member-gone': (count: number) =>
      count === 1
        ? 'A member has left the server. Whoever waits for them is told.'
        : `${count} members have left the server. Whoever waits for them is told.`,
    'member-back': (count: number) =>
      count === 1 ? 'A member is back in the server.' : `${count} members are back in the server.`,
    'member-returned': (count: number) =>
      count === 1
        ? 'A member left the server and came back. They get their roles and threads again.'
        : `${count} members left the server and came back. They get their roles and threads again.`,
    'roles-differ': (count: number) =>
      count === 1
        ? 'A member’s roles are not as their profile says. I set them right.'
        : `The roles of ${count} members are not as their profiles say. I set them right.`,
  },
  threadLocked: (thread: string): ProblemText => ({
    text: `The thread of a pair or a study group, ${thread}, was locked, and their mentorship or group goes on.`,
    fix: 'If that was a mistake, open the thread and unlock it.',
  }),
  threadClosed: (thread: string): ProblemText => ({
    text: `I can no longer see the thread of a pair or a study group, ${thread}, so I cannot bring back whoever returns.`,
    fix: 'Mention me in that thread: that adds me to it again.',
  }),

  problem: ({ text, fix }: ProblemText, number: number) => `${number}. ${text}\n   *Fix:* ${fix}`,
  more: (count: number) => `… and ${count} more. Fix these first, then check again.`,

  /** A schedule, as the beginning of a sentence. */
  plannedPost: (kind: string, when: string) => `The schedule for ${kind} (${when})`,
  plannedAnnouncement: (title: string) => `The announcement “${title}”`,
  plannedElsewhere: 'An announcement for a channel that you cannot see',
  postChannelGone: (what: string, kind: Planned): ProblemText => ({
    text: `${what} has no channel any more, so it cannot be posted.`,
    fix: {
      schedule: 'Choose another with `/schedule edit`; if the schedule was paused, `/schedule resume` lets it go on.',
      announcement: 'Call it off with `/announce cancel`, and write it again with `/announce compose`.',
    }[kind],
  }),
  postNoFollowers: (what: string, channel: string, kind: Planned): ProblemText => ({
    text: `${what} is to be published to the servers that follow ${channel}, but that isn’t an announcement channel.`,
    fix: {
      schedule:
        'Run `/schedule edit` with `crosspost: False`, or turn it into an announcement channel in its settings.',
      announcement: 'Turn it into an announcement channel in its settings. Otherwise it is posted there only.',
    }[kind],
  }),
  postEveryone: (what: string, channel: string): ProblemText => ({
    text: `${what} is to notify everyone, but I may not do that in ${channel}.`,
    fix: 'Edit the channel → Permissions → add my role, and allow **Mention @everyone, @here, and All Roles** there.',
  }),
  postRoleGone: (what: string, kind: Planned): ProblemText => ({
    text: `${what} is to notify a role that was deleted, so it notifies nobody.`,
    fix: {
      schedule: 'Choose another with `/schedule edit`, or nobody with `notify: False`.',
      announcement: 'Call it off with `/announce cancel`, and write it again with another role.',
    }[kind],
  }),
  postRoleClosed: (what: string, role: string): ProblemText => ({
    text: `${what} is to notify ${role}, but I may not mention that role.`,
    fix: 'Server Settings → Roles → that role: switch on **Allow anyone to @mention this role**.',
  }),
  postNobodyAnswers: (what: string): ProblemText => ({
    text: `${what} was planned by somebody who is no longer a moderator here, or no longer sees its channel, so it is not posted.`,
    fix: 'Open it in `/announce list`, press **Edit the words**, and save it: then you answer for it. If it rests already, `/schedule resume` does the same.',
  }),
  postNobodyMayNotify: (what: string, kind: Planned): ProblemText => ({
    text: `${what} is to notify a role or everyone, but whoever chose that is no longer a moderator here, or may no longer notify them. So it notifies nobody.`,
    fix: {
      schedule: 'Choose the role again with `/schedule edit`, or nobody with `notify: False`.',
      announcement:
        'Somebody who may notify them opens it in `/announce list`, presses **Edit the words**, and saves it.',
    }[kind],
  }),
  postStuck: (what: string): ProblemText => ({
    text: `${what} was paused because it could not be posted. What was in the way seems to be gone, so I try again before long.`,
    fix: 'Run `/schedule resume` to let it go on at once.',
  }),
  notifyRoleGone: (kind: string): ProblemText => ({
    text: `The role that members take with \`/notify\` (${kind}) was deleted.`,
    fix: `Press **Offer ${kind}** in \`/notify\`: it makes a new one.`,
  }),
  notifyRolePowerful: (role: string): ProblemText => ({
    text: `${role} comes with moderating permissions, and whoever takes it with \`/notify\` gets them.`,
    fix: `Take those permissions from ${role}.`,
  }),

  channelNotSet: (purpose: ChannelPurpose): ProblemText => ({
    text: `No ${purposes[purpose]} channel is set.`,
    fix: 'Run `/setup start`: it creates the channel, or choose one there.',
  }),
  channelGone: (purpose: ChannelPurpose): ProblemText => ({
    text: `The ${purposes[purpose]} channel was deleted.`,
    fix: 'Run `/setup start`: it creates a new one, or choose another there.',
  }),
  channelType: (purpose: ChannelPurpose, channel: string): ProblemText => ({
    text: `${channel} is set for ${purposes[purpose]}, but isn’t a text channel any more.`,
    fix: `Choose a text channel in \`/setup start\`.`,
  }),
  channelPermissions: (channel: string, missing: readonly (keyof typeof permissionNames)[]): ProblemText => ({
    text: `In ${channel} I lack ${names(missing)}.`,
    fix: `Edit the channel → Permissions → add my role, and allow ${missing.length === 1 ? 'it' : 'them'} there.`,
  }),
  staffVisible: (channel: string): ProblemText => ({
    text: `Every member can read the staff channel ${channel}, so cards about new mentors are not posted there.`,
    fix: 'Edit the channel → Permissions → @everyone → deny **View Channel**, and allow it to your moderators’ role and to mine.',
  }),
  staffVisibleTo: (channel: string, role: string): ProblemText => ({
    text: `Whoever has ${role} can read the staff channel ${channel}, and members get that role from me. Cards about people are not posted there until that is mended.`,
    fix: `Edit the channel → Permissions → ${role} → deny **View Channel**.`,
  }),
  threadsHidden: (channel: string, role: string): ProblemText => ({
    text: `${role} cannot see ${channel}, and so not the private threads in it.`,
    fix: `Edit the channel → Permissions → add ${role}, and allow **View Channel**.`,
  }),
  threadsMute: (channel: string, role: string): ProblemText => ({
    text: `${role} cannot write in the private threads of ${channel}.`,
    fix: `Edit the channel → Permissions → add ${role}, and allow **Send Messages in Threads**.`,
  }),
  guildPermissions: (missing: readonly (keyof typeof permissionNames)[]): ProblemText => ({
    text: `In this server I lack ${names(missing)}, so I cannot give mentors and mentees their roles.`,
    fix: 'Server Settings → Roles → my role → Permissions: switch it on.',
  }),
  roleNotSet: (purpose: RolePurpose): ProblemText => ({
    text: `No role for ${rolePlurals[purpose]} is set.`,
    fix: 'Run `/setup start`: it creates the role, or choose one there.',
  }),
  roleGone: (purpose: RolePurpose): ProblemText => ({
    text: `The role for ${rolePlurals[purpose]} was deleted.`,
    fix: 'Run `/setup start`: it creates a new one, or choose another there.',
  }),
  roleOrder: (role: string, mine: string): ProblemText => ({
    text: `My highest role, ${mine}, is not above ${role}, so I cannot give ${role} to anybody.`,
    fix: `Server Settings → Roles: drag ${mine} above ${role}.`,
  }),
  noOwnRole: (role: string): ProblemText => ({
    text: `I have no role of my own, so I cannot give ${role} to anybody.`,
    fix: `Create a role with ${names(['ManageRoles'])}, drag it above ${role}, and give it to me; or invite me again, and I bring one along.`,
  }),
  rolePowerful: (role: string): ProblemText => ({
    text: `${role} comes with moderating permissions, and whoever registers gets them.`,
    fix: `Take those permissions from ${role}, or choose another role in \`/setup start\`.`,
  }),
  roleManaged: (role: string): ProblemText => ({
    text: `${role} belongs to a bot or an integration, so I cannot give it to anybody.`,
    fix: 'Choose another role in `/setup start`.',
  }),
};
