/** What a guild's settings consist of: names and limits that the command, the check and the rules share. */

/** What the bot uses a channel for. */
export const channelPurposes = ['mentoring', 'staff', 'tips', 'study', 'announcements'] as const;
export type ChannelPurpose = (typeof channelPurposes)[number];

/** What the bot uses a role for: it gives them to members who registered. */
export const rolePurposes = ['mentor', 'mentee'] as const;
export type RolePurpose = (typeof rolePurposes)[number];

/** Where the id of the channel for a purpose is stored. */
export const channelColumns = {
  mentoring: 'mentoring_channel_id',
  staff: 'staff_channel_id',
  tips: 'tips_channel_id',
  study: 'study_channel_id',
  announcements: 'announcements_channel_id',
} as const satisfies Record<ChannelPurpose, string>;

/** Where the id of the role for a purpose is stored. */
export const roleColumns = { mentor: 'mentor_role_id', mentee: 'mentee_role_id' } as const satisfies Record<
  RolePurpose,
  string
>;

/**
 * How many days an unanswered request may wait. Fewer than three punish a doctor on nights, more than fourteen leave a
 * mentee hanging.
 */
export const requestDays = { min: 3, max: 14, usual: 7 } as const;

/** The zone of a guild that has not chosen one. */
export const defaultZone = 'Etc/UTC';

/** How many new requests reach a mentor in seven days. */
export const requestsAWeek = { min: 1, max: 20 } as const;

/** After how many days on the waitlist moderators hear of somebody by name. */
export const waitingDays = { min: 7, max: 60 } as const;

/** Pure: whether this is a whole number from the least to the most that a setting takes. */
export function isWithin(n: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return Number.isInteger(n) && n >= min && n <= max;
}

/** Pure: how a choice of yes or no is stored; undefined stays so. */
export function toFlag(wanted: boolean | undefined): 0 | 1 | undefined {
  return wanted === undefined ? undefined : wanted ? 1 : 0;
}
