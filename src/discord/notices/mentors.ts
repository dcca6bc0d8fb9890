import { ButtonStyle, ComponentType } from 'discord.js';
import { findMember } from '../../db/members.ts';
import { findProfileById, type Profile } from '../../db/profiles.ts';
import { texts } from '../../texts/en.ts';
import { customId } from '../custom-ids.ts';
import type { Card } from '../replies.ts';
import { showTyped, stamp } from '../text.ts';
import { aboutOf, fieldsOf } from './people.ts';
import { letter, post, type Render, shownGuildName, subjectOf } from './scene.ts';

const text = texts.notices.mentor;

/** To the moderators: somebody registered as a mentor; once decided, who decided and when. */
export const mentorReview: Render = async (scene) => {
  const profile = await subjectOf(scene, findProfileById);
  if (!profile) return undefined;
  const isNew = scene.notice.message_id === null;
  if (isNew && profile.verification !== 'waiting') return undefined;
  const member = await findMember(scene.ctx.db, profile.guild_id, profile.user_id);
  if (member?.left_at !== null) return undefined;
  const name = showTyped(await scene.memberName(profile.user_id));
  const isWaiting = profile.verification === 'waiting';
  return post(
    text.reviewTitle(name),
    [`<@${profile.user_id}>`, aboutOf(profile), isWaiting ? text.review : decided(profile)].join('\n\n'),
    {
      fields: await fieldsOf(scene, profile),
      components: isWaiting ? reviewButtons(profile.id) : [],
    },
  );
};

function decided(profile: Profile): string {
  if (profile.verification === 'verified') {
    const by = profile.verified_by === null ? '' : `<@${profile.verified_by}>`;
    return text.reviewVerified(by, stamp(profile.verified_at ?? profile.updated_at));
  }
  if (profile.verification === 'declined') return text.reviewDeclined;
  return profile.verification === 'suspended' ? text.reviewSuspended : text.reviewNotNeeded;
}

function reviewButtons(profileId: string): Card['components'] {
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Success,
          label: text.verify,
          custom_id: customId('mentors-verify', profileId),
        },
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: text.decline,
          custom_id: customId('mentors-decline', profileId),
        },
      ],
    },
  ];
}

/** To the mentor, as long as it still is so. */
const tell =
  (title: string, body: (guild: string) => string, holds: (profile: Profile) => boolean): Render =>
  async (scene) => {
    const profile = await subjectOf(scene, findProfileById);
    if (!profile || !holds(profile)) return undefined;
    return await letter(scene, title, body(await shownGuildName(scene)));
  };

/** A moderator has verified them. */
export const mentorVerified = tell(
  text.verifiedTitle,
  text.verified,
  ({ verification }) => verification === 'verified',
);
/** A moderator could not verify them. */
export const mentorDeclined = tell(
  text.declinedTitle,
  text.declined,
  ({ verification }) => verification === 'declined',
);
/** A moderator has suspended them. */
export const mentorSuspended = tell(
  text.suspendedTitle,
  text.suspended,
  ({ verification }) => verification === 'suspended',
);
/** Requests expired in a row, so they are paused until they say otherwise. */
export const mentorPaused = tell(
  text.pausedTitle,
  text.paused,
  ({ state, paused_by }) => state === 'paused' && paused_by === 'expiries',
);
