/** What members read when they choose what they are notified of. */
import { counted } from './words.ts';

const kinds = { tips: 'Tips', prompts: 'Study prompts', deadlines: 'Deadlines', announcements: 'Announcements' };
type Kind = keyof typeof kinds;

export const notify = {
  command: 'Choose what you are notified about: tips, study prompts, deadlines, announcements',
  kinds,
  /** What a role is called; also how one is found again. */
  roleName: (kind: Kind) => `Notify: ${kinds[kind]}`,
  /** Stands in the server's audit log. */
  reason: (moderator: string) => `/notify by ${moderator}`,

  /** The same, for the minute in which something is posted. */
  opens: 'opened for a post',
  closes: 'closed after a post',

  title: 'What you are notified about',
  intro:
    'You see every post anyway. Whatever is on here also sends you a notification, through a role that you can give back at any time.',
  on: (name: string) => `**${name}: on**`,
  off: (name: string) => `**${name}: off**`,
  notOffered: (name: string) => `**${name}:** not offered in this server yet`,
  what: {
    tips: 'when a tip is posted',
    prompts: 'when a study prompt is posted',
    deadlines: 'when the moderators announce a deadline to this role',
    announcements: 'when the moderators announce something to this role',
  },
  line: (state: string, what: string) => `${state} · ${what}`,
  turnOn: (name: string) => `${name}: turn on`,
  turnOff: (name: string) => `${name}: turn off`,
  moderatorTurnsOn: 'A moderator can offer what is missing: `/notify` shows them a button for each.',
  moderator:
    'As a moderator you can offer what is missing. I will create a role without any permissions, and whoever wants it takes it here.',
  offer: (name: string) => `Offer ${name}`,

  /** @param kind what the role is for. @param schedules how many notify it from now on. */
  offered: (role: string, kind: Kind, schedules: number) =>
    `Offered: members can take ${role} in \`/notify\` from now on. It has no permissions, and members cannot mention it: I open it for the minute in which I post.${
      schedules === 0
        ? ''
        : ` ${counted(schedules, 'schedule notifies', 'schedules notify')} it from now on: \`/schedule list\`.`
    }${
      kind === 'announcements' || kind === 'deadlines'
        ? ' To notify it, choose it as the `role` in `/announce compose`.'
        : ''
    }`,
  refused: {
    notOffered: 'This server no longer offers that. `/notify` shows what it offers.',
    mayNotCreate:
      'I may not create roles here, so nothing was changed. Give my role **Manage Roles** in Server Settings → Roles, and try again.',
    unusable: (role: string) =>
      `There is already a role ${role}, and I cannot or must not give it: it has moderating permissions, belongs to an integration, is not below my own role and yours, or opens something that you may not give. Rename or change it, then try again. Nothing was changed.`,
    outOfReach: (role: string) =>
      `I cannot give or take ${role} at the moment: it is not below my own role. A moderator can drag my role above it in Server Settings → Roles. Nothing was changed.`,
    powerful: (role: string) =>
      `${role} comes with moderating permissions by now, so I give it to nobody. The moderators can take those from it in Server Settings → Roles. Nothing was changed.`,
    full: 'This server already has as many roles as Discord allows, so nothing was changed.',
  },
};
