/** The database's view of a guild, for the comparison. */
import { listScheduledAnnouncements } from '../../db/announcements.ts';
import type { Guild } from '../../db/guilds.ts';
import type { Member } from '../../db/members.ts';
import type { Mentorship } from '../../db/mentorships.ts';
import { listPlaces } from '../../db/meetings.ts';
import { listNotifyRoles } from '../../db/notify.ts';
import type { Db } from '../../db/open.ts';
import { listProfiles } from '../../db/profiles.ts';
import { listSchedules } from '../../db/schedules.ts';
import { channelColumns, channelPurposes, roleColumns, rolePurposes } from '../../guild/settings.ts';
import { fittingRoles } from '../../mentoring/profiles/roles.ts';
import { presentIn } from '../../mentoring/threads.ts';
import { presentInGroup } from '../../study/thread.ts';
import type { StudyGroup } from '../../db/study/groups.ts';
import type { Known, KnownGroup, KnownMember, KnownPair } from './differences.ts';

/** Nothing to compare. */
export const nothing: Known = {
  channels: [],
  roles: [],
  notifyRoles: [],
  safetyRole: null,
  studyVoice: null,
  mentoringChannel: null,
  plannedIn: [],
  plannedThreads: [],
  meetingPlaces: [],
  members: [],
  pairs: [],
  groups: [],
  cards: [],
};

/** The channels and roles that a guild has chosen for something: the bot has Discord's side of them in memory. */
export async function readPlaces(db: Db, guild: Guild): Promise<Known> {
  const schedules = await listSchedules(db, guild.id);
  const announcements = await listScheduledAnnouncements(db, guild.id);
  // A paused one has been looked at by whoever paused it.
  const planned = [...schedules.filter(({ state }) => state === 'active'), ...announcements];
  return {
    ...nothing,
    channels: channelPurposes.map((purpose) => guild[channelColumns[purpose]]).filter((id) => id !== null),
    roles: rolePurposes.map((purpose) => guild[roleColumns[purpose]]).filter((id) => id !== null),
    notifyRoles: (await listNotifyRoles(db, guild.id)).map(({ role_id: roleId }) => roleId),
    safetyRole: guild.safety_role_id,
    studyVoice: guild.study_voice_channel_id,
    mentoringChannel: guild.mentoring_channel_id,
    plannedIn: [
      ...planned.filter((each) => each.parent_id === null).map((each) => each.channel_id),
      ...[guild.match_channel_id, guild.dates_channel_id, guild.study_forum_id].filter((id) => id !== null),
    ],
    plannedThreads: planned.flatMap(({ channel_id: id, parent_id: parentId }) =>
      parentId === null ? [] : [{ id, parentId }],
    ),
    // The others are addresses.
    meetingPlaces: (await listPlaces(db, guild.id)).filter((place) => /^\d+$/.test(place)),
  };
}

/** A member, with the roles that fit their profiles. */
export async function readMember(db: Db, guild: Guild, member: Member): Promise<KnownMember> {
  const { user_id: userId, left_at: leftAt, seen_at: seenAt, created_at: createdAt } = member;
  const roles = fittingRoles(guild, await listProfiles(db, guild.id, userId));
  return { userId, hasLeft: leftAt !== null, seenAt: seenAt ?? createdAt, roles };
}

/** A live pair, with those of the two who are in the guild as far as is known. */
export async function readPair(db: Db, pair: Mentorship): Promise<KnownPair> {
  return { id: pair.id, threadId: pair.thread_id, present: await presentIn(db, pair) };
}

/** A study group, with those in it who are in the guild as far as is known. */
export async function readGroup(db: Db, group: StudyGroup): Promise<KnownGroup> {
  return { id: group.id, threadId: group.thread_id, present: await presentInGroup(db, group) };
}
