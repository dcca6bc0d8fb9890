import { type APIButtonComponentWithCustomId, ButtonStyle } from 'discord.js';
import { findMember } from '../../db/members.ts';
import { findProfileById, listProfiles, type Profile } from '../../db/profiles.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { aboutOf, fieldsOf, paragraphs, section } from './people.ts';
import { letter, type Render, type Scene, shownGuildName, subjectOf, withNext } from './scene.ts';
import { post } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { stamp } from '../../marks.ts';
import { readDetail } from '../../db/notices/write.ts';

/** To the moderators: somebody registered as a mentor; once decided, who decided and when. */
export const mentorReview: Render = async (scene) => {
  const text = scene.t.notices.mentor;
  const profile = await subjectOf(scene, findProfileById);
  if (!profile) return undefined;
  const isNew = scene.notice.message_id === null;
  if (isNew && profile.verification !== 'waiting') return undefined;
  const member = await findMember(scene.ctx.db, profile.guild_id, profile.user_id);
  if (member?.left_at !== null) return undefined;
  const name = showTyped(await scene.memberName(profile.user_id));
  const { verification } = profile;
  const isWaiting = verification === 'waiting';
  return post(
    scene.t,
    verification === 'waiting' ? text.reviewTitle(name) : text.reviewedTitle[verification](name),
    paragraphs(`<@${profile.user_id}>`, aboutOf(scene.t, profile), isWaiting ? text.review : decided(scene.t, profile)),
    {
      fields: await fieldsOf(scene, profile, 'moderator'),
      components: isWaiting ? reviewButtons(scene.t, profile.id) : [],
    },
  );
};

function decided(
  t: Texts,
  { verification, verified_by: moderator, verified_at: at, updated_at: changed }: Profile,
): string {
  const text = t.notices.mentor;
  const by = moderator === null ? text.somebody : `<@${moderator}>`;
  const on = stamp(at ?? changed);
  if (verification === 'verified') return text.reviewVerified(by, on);
  if (verification === 'declined') return text.reviewDeclined(by, on);
  return verification === 'suspended' ? text.reviewSuspended(by, on) : text.reviewNotNeeded;
}

function reviewButtons(t: Texts, profileId: string): Card['components'] {
  const text = t.notices.mentor;
  return [
    row(
      button([keys.mentors.verify, profileId], text.verify, ButtonStyle.Success),
      button([keys.mentors.decline, profileId], text.decline),
    ),
  ];
}

/** To the mentor, as long as it still is so. */
async function tellMentor(
  scene: Scene,
  title: string,
  body: (guild: string) => string,
  holds: (profile: Profile) => boolean,
  ...next: readonly APIButtonComponentWithCustomId[]
): Promise<Card | undefined> {
  const profile = await subjectOf(scene, findProfileById);
  if (!profile || !holds(profile)) return undefined;
  // Only with a decline does a moderator add a word.
  const note = readDetail('mentor-declined', scene.notice)?.note ?? '';
  return await letter(
    scene,
    title,
    paragraphs(body(await shownGuildName(scene)), section(scene.t.notices.mentor.declinedNote, showTyped(note))),
    withNext(scene.t, scene.guild.id, ...next),
  );
}

/** A moderator has verified them. */
export const mentorVerified: Render = (scene) =>
  tellMentor(
    scene,
    scene.t.notices.mentor.verifiedTitle,
    scene.t.notices.mentor.verified,
    ({ verification }) => verification === 'verified',
    button([keys.profile.editOwn, 'mentor'], scene.t.home.mentor.edit),
    button([keys.profile.pause, 'mentor'], scene.t.home.mentor.pause),
  );

/** A moderator could not verify them. */
export const mentorDeclined: Render = (scene) =>
  tellMentor(
    scene,
    scene.t.notices.mentor.declinedTitle,
    scene.t.notices.mentor.declined,
    ({ verification }) => verification === 'declined',
    button([keys.profile.editOwn, 'mentor'], scene.t.home.mentor.edit),
  );

/** A moderator has suspended them. */
export const mentorSuspended: Render = (scene) =>
  tellMentor(
    scene,
    scene.t.notices.mentor.suspendedTitle,
    scene.t.notices.mentor.suspended,
    ({ verification }) => verification === 'suspended',
  );

/** A moderator has suspended them as a mentee. */
export const menteeSuspended: Render = (scene) =>
  tellMentor(
    scene,
    scene.t.notices.mentor.menteeSuspendedTitle,
    scene.t.notices.mentor.menteeSuspended,
    ({ verification }) => verification === 'suspended',
  );

/** They may look for a mentor again. */
export const menteeLifted: Render = (scene) =>
  tellMentor(
    scene,
    scene.t.notices.mentor.menteeLiftedTitle,
    scene.t.notices.mentor.menteeLifted,
    ({ verification }) => verification === 'none',
    button([keys.mentor.find], scene.t.home.looking.find, ButtonStyle.Primary),
  );

/** Requests expired in a row, so they are paused until they say otherwise. */
export const mentorPaused: Render = (scene) =>
  tellMentor(
    scene,
    scene.t.notices.mentor.pausedTitle,
    scene.t.notices.mentor.paused,
    ({ state, paused_by: by }) => state === 'paused' && by === 'expiries',
    button([keys.profile.resume, 'mentor'], scene.t.home.mentor.resume, ButtonStyle.Primary),
  );

/** A pause has come to the end that they had set. Nothing is left to say once they paused again. */
export const pauseOver: Render = async (scene) => {
  const text = scene.t.notices.mentor;
  const { ctx, guild, notice } = scene;
  const profiles = notice.user_id === null ? [] : await listProfiles(ctx.db, guild.id, notice.user_id);
  const active = profiles.filter(({ state }) => state === 'active').map(({ role }) => role);
  if (!profiles.some(({ id, state }) => id === notice.subject_id && state === 'active')) return undefined;
  return await letter(
    scene,
    text.pauseOverTitle,
    paragraphs(text.pauseOver(await shownGuildName(scene)), ...active.map((role) => text.pauseOverFor[role])),
    withNext(
      scene.t,
      guild.id,
      ...(active.includes('mentee')
        ? [button([keys.mentor.find], scene.t.home.looking.find, ButtonStyle.Primary)]
        : []),
      button([keys.profile.pause], scene.t.help.buttons.pause),
    ),
  );
};
