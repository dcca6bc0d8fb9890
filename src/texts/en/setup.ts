/** What moderators read while they set the bot up. Where a channel or role is named, it is named as Discord shows it. */
import {
  type ChannelPurpose,
  names,
  permissionNames,
  purposes,
  rolePlurals,
  type RolePurpose,
  setupCheck,
  type ProblemText,
} from './setup-check.ts';
import { list } from './words.ts';

export const setup = {
  description: 'Set Preceptor up for this server',
  permissionNames,
  purposes,

  start: {
    description: 'Choose time zone, channels and roles; whatever is missing is created',
    options: {
      language: 'The language of what is posted in channels (usual: this server’s on Discord)',
      timezone: 'Time zone of this server: type a city, for example Karachi',
      channels: {
        mentoring: 'Where mentor and mentee get their private thread',
        staff: 'Where moderators verify mentors and hear of problems; hidden from members',
        tips: 'Where weekly tips appear',
        study: 'Where study prompts and study groups appear',
        announcements: 'Where announcements appear',
      } satisfies Record<ChannelPurpose, string>,
      roles: {
        mentor: 'Role for mentors; below my own role and without moderating permissions',
        mentee: 'Role for mentees; below my own role and without moderating permissions',
      } satisfies Record<RolePurpose, string>,
      verification: 'Whether a moderator verifies every mentor before they are suggested',
      requestDays: 'After how many days without an answer a request ends',
    },
    on: 'on: a moderator verifies every mentor',
    off: 'off: mentors are suggested as soon as they register',
    /** Name of the channel that is looked for, and created when it is not there. */
    channelNames: {
      mentoring: 'mentoring',
      staff: 'mentoring-staff',
      tips: 'tips',
      study: 'study-groups',
      announcements: 'announcements',
    } satisfies Record<ChannelPurpose, string>,
    channelTopics: {
      mentoring: 'Every mentor and mentee has a private thread here. Find a mentor with /mentor find.',
      staff: 'For moderators: mentors to verify, and whatever needs their attention.',
      tips: 'A tip a week on the way to residency.',
      study: 'Study prompts and study groups. Never recalled exam questions.',
      announcements: 'Announcements for this community.',
    } satisfies Record<ChannelPurpose, string>,
    roleNames: { mentor: 'Mentor', mentee: 'Mentee' } satisfies Record<RolePurpose, string>,
    /** Stands in the server's audit log. */
    reason: (moderator: string) => `/setup start by ${moderator}`,
    done: 'Preceptor is set up',
    doneWithProblems: (count: number) =>
      count === 1
        ? 'Preceptor is set up, but one thing still needs fixing'
        : `Preceptor is set up, but ${count} things still need fixing`,
    created: (what: readonly string[]) => `**Created:** ${what.join(' ')}`,
    found: (what: readonly string[]) => `**Already here, and used from now on:** ${what.join(' ')}`,
    nothingNew: 'Everything that was needed is here; nothing was created.',
    posts: '**Posted from now on, in the time zone of this server:**',
    post: (kind: string, channel: string, when: string) => `- ${kind} in ${channel}: ${when}`,
    postsChange:
      '`/setup match` says what Match Week is like here, `/schedule list` what comes next, `/schedule edit`, `pause` and `remove` change it. With `/notify` you can offer members a role to be notified by.',
    toMend: '**Still to fix**',
    next: '**Next:** ask experienced members to run `/register mentor`, and verify them with `/mentors queue`. Mentees run `/register mentee`, then `/mentor find`.',
    nextWithoutVerification:
      '**Next:** ask experienced members to run `/register mentor`; they can be found at once. Mentees run `/register mentee`, then `/mentor find`.',
    nextAfterMending: '**Next:** fix these, then press **Check again** or run `/setup check`.',
    chooseZone: 'Times here are in UTC until you choose a zone: `/setup start timezone:`',
  },

  preview: {
    title: 'This is what I would do',
    creates: '**I create:**',
    /** @param what what the channel is for, as a sentence without its period. */
    channel: (name: string, what: string) => `- **#${name}**: ${what}`,
    role: (name: string, purpose: RolePurpose) =>
      `- **@${name}**: the role of ${rolePlurals[purpose]}, without any permissions`,
    found: (what: readonly string[]) => `**Already here, and used from then on:** ${what.join(' ')}`,
    zone: (zone: string) => `**Time zone of this server:** ${zone}`,
    noZone: '**Time zone of this server:** UTC, as long as nobody chooses another.',
    inTheWay: '**In the way**',
    nothingYet: 'So far nothing has been created or changed. You can undo it for as long as nobody has used it.',
    goOn: 'Set it up',
    chooseZone: 'Choose the time zone',
    changeZone: 'Change the time zone',
    leave: 'Leave it as it is',
    left: 'Nothing was created or changed. You can set me up whenever you like.',
    gone: 'That was done already, or it was shown long ago. Nothing was changed; `/setup start` shows how it would be now.',
  },

  undo: {
    description: 'Take back what the last set-up made, while nobody has used it',
    /** Stands in the server's audit log. @param moderator undefined where a restart came in between. */
    reason: (moderator: string | undefined) =>
      moderator === undefined ? '/setup undo' : `/setup undo by ${moderator}`,
    title: 'Take the last set-up back',
    about: (what: readonly string[]) =>
      `I would delete what it created: ${what.join(' ')}. The settings are then as they were before. I only do that while nobody has used any of it.`,
    button: 'Undo the set-up',
    nothing: 'There is nothing to undo: no set-up of the last three months made anything that is still there.',
    gone: 'That set-up was undone already, or it was long ago. `/setup show` says how things are.',
    /** @param why who uses it, as a sentence. */
    inUse: (why: string) =>
      `${why} So I undo nothing: what somebody has begun must not get lost. You can change anything with \`/setup start\`, or delete single channels and roles yourself.`,
    uses: {
      members: 'Members have begun to use me here.',
      moderators: 'Moderators have planned or written something for it.',
      posts: 'I have posted something there that members may have read.',
    },
    channelUsed: (channel: string) => `Somebody has written in ${channel}.`,
    roleUsed: (role: string) => `Somebody has the role ${role}.`,
    done: 'The set-up is undone',
    doneText:
      'The channels and roles that it created are deleted, and the settings are as they were before. You can set me up again whenever you like.',
    left: (what: readonly string[]) => `I may not delete ${list(what)}; please do that yourself.`,
  },

  refused: {
    requestDays: (min: number, max: number) =>
      `A request can wait between ${min} and ${max} days. Nothing was changed.`,
    staffShared: (purpose: ChannelPurpose) =>
      `The staff channel has to be a channel of its own: cards about mentors who want to be verified appear there, and members would read them in the ${purposes[purpose]} channel. Nothing was changed.`,
    channelType: (channel: string, purpose: ChannelPurpose) =>
      `${channel} cannot be the ${purposes[purpose]} channel: it has to be a text channel. Nothing was changed.`,
    channelHidden: (channel: string) =>
      `You cannot see ${channel} yourself, so it is not yours to choose. Choose another channel, or ask an administrator for **View Channel** there. Nothing was changed.`,
    roleShared: (role: string) =>
      `${role} cannot be the role of mentors and of mentees at once: whoever is one would look like the other. Choose another for one of them, or none and I create one. Nothing was changed.`,
    everyone: '@everyone cannot be the role for mentors or mentees: every member has it. Nothing was changed.',
    managed: (role: string) =>
      `${role} belongs to a bot or an integration, and Discord lets nobody else give it. Choose another role, or none and I create one. Nothing was changed.`,
    powerful: (role: string) =>
      `${role} comes with moderating permissions, and whoever registers would get them. Choose a role without any, or none and I create one. Nothing was changed.`,
    aboveMe: (role: string) =>
      `${role} is not below my own highest role, so Discord does not let me give it. Drag my role above it in Server Settings → Roles, or choose another. Nothing was changed.`,
    aboveYou: (role: string) =>
      `${role} is not below your own highest role, so you could not give it to members yourself, and not through me either. Ask somebody with a higher role to choose it. Nothing was changed.`,
    notYours: (role: string) =>
      `You may not give roles in this server, so you could not give ${role} to members yourself, and not through me either. Ask somebody with ${names(['ManageRoles'])} to choose it, or leave it out and I create one. Nothing was changed.`,
  },

  failed: {
    mayNotCreateChannels: (wanted: readonly string[]): ProblemText => ({
      text: `I may not create channels, so ${list(wanted.map((name) => `**#${name}**`))} ${wanted.length === 1 ? 'is' : 'are'} missing.`,
      fix: `Give my role ${names(['ManageChannels'])} in Server Settings → Roles and run \`/setup start\` again; or create what is missing yourself and choose it in \`/setup start\`.`,
    }),
    mayNotCreateRoles: (wanted: readonly string[]): ProblemText => ({
      text: `I may not create roles, so ${list(wanted.map((name) => `**@${name}**`))} ${wanted.length === 1 ? 'is' : 'are'} missing.`,
      fix: `Give my role ${names(['ManageRoles'])} in Server Settings → Roles, and run \`/setup start\` again.`,
    }),
    full: (name: string): ProblemText => ({
      text: `This server has as many channels or roles as Discord allows, so **${name}** could not be created.`,
      fix: 'Choose an existing one in `/setup start`, or delete one that nobody needs.',
    }),
    unclear: (name: string, code: string): ProblemText => ({
      text: `Discord did not create **${name}** (${code}).`,
      fix: 'Run `/setup start` again: it goes on where this run stopped, and makes nothing twice.',
    }),
    roleUnusable: (
      role: string,
      why: 'managed' | 'powerful' | 'aboveMe' | 'aboveYou' | 'notYours',
      name: string,
    ): ProblemText => ({
      text: {
        managed: `There is a role ${role}, but it belongs to a bot or an integration.`,
        powerful: `There is a role ${role}, but it comes with moderating permissions, and whoever registers would get them.`,
        aboveMe: `There is a role ${role}, but it is not below my own highest role, so Discord does not let me give it.`,
        aboveYou: `There is a role ${role}, but it is not below your own highest role.`,
        notYours: `There is a role ${role} that opens more than members have, and you may not give roles in this server.`,
      }[why],
      fix:
        why === 'aboveMe'
          ? 'Drag my role above it in Server Settings → Roles, and run `/setup start` again.'
          : why === 'notYours'
            ? `Ask somebody with ${names(['ManageRoles'])} to run \`/setup start\`.`
            : `Choose another role in \`/setup start\`, or rename this one: then I create a new **@${name}**.`,
    }),
  },

  show: {
    description: 'Show the settings of this server',
    title: 'Settings of this server',
    zone: 'Time zone',
    language: 'Language of posts',
    verification: 'New mentors',
    verified: 'are verified by a moderator first',
    unverified: 'are suggested as soon as they register',
    matchWeek: 'Match Week',
    quiet: 'tips and prompts rest',
    notQuiet: 'as every week',
    requests: 'Requests',
    requestDays: (days: number) => `end after ${days} days without an answer`,
    channels: 'Channels',
    channel: (purpose: ChannelPurpose, channel: string) => `${purposes[purpose]}: ${channel}`,
    roles: 'Roles',
    role: (purpose: RolePurpose, role: string) => `${rolePlurals[purpose]}: ${role}`,
    notSet: 'not set',
    change:
      'Change any of it with `/setup start`: only what you name there changes. `/schedule list` shows what is posted when, `/setup check` whether anything is in the way.',
  },

  check: setupCheck,
};
