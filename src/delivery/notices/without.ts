import { findMember } from '../../db/members.ts';
import { findProfileById } from '../../db/profiles.ts';
import { post } from '../../discord/embeds.ts';
import { mention } from '../../discord/text.ts';
import { UserError } from '../../errors.ts';
import { findMentors, type FindOutcome } from '../../mentoring/find.ts';
import { tellable } from '../../mentoring/rounds/left.ts';
import { withoutDays } from '../../mentoring/without.ts';
import { paragraphs } from './people.ts';
import { type Render, type Scene, subjectOf } from './scene.ts';

/** To the moderators: somebody has waited for weeks although nobody is eligible for them, and why nobody is. */
export const menteeWithout: Render = async (scene) => {
  const text = scene.t.notices.without;
  const profile = await subjectOf(scene, findProfileById);
  if (!profile) return undefined;
  const member = await findMember(scene.ctx.db, profile.guild_id, profile.user_id);
  if (!member || member.left_at !== null) return undefined;
  const found = await search(scene, profile.user_id);
  const title = text.title(withoutDays);
  if (found?.is !== 'nobody') {
    return scene.notice.message_id === null
      ? undefined
      : post(scene.t, title, text.over(mention(scene.t, profile.user_id)), {});
  }
  return post(
    scene.t,
    title,
    paragraphs(text.who(mention(scene.t, profile.user_id), withoutDays), why(scene, found), text.next),
    {},
  );
};

/** Which rules excluded how many. What is between two people is not the moderators' to know either. */
function why(scene: Scene, found: Extract<FindOutcome, { is: 'nobody' }>): string {
  const text = scene.t.notices.without;
  if (found.considered === 0) return text.noMentors;
  const counts = new Map<string, number>(found.excluded);
  const known = tellable.filter((rule) => rule !== 'other' && (counts.get(rule) ?? 0) > 0);
  const told = known.reduce((sum, rule) => sum + (counts.get(rule) ?? 0), 0);
  const others = found.considered - told;
  return [
    text.considered(found.considered),
    ...known.map((rule) => `- ${text.excluded[rule](counts.get(rule) ?? 0)}`),
    ...(others > 0 ? [`- ${text.excluded.other(others)}`] : []),
  ].join('\n');
}

async function search({ ctx, guild }: Scene, userId: string): Promise<FindOutcome | undefined> {
  try {
    return await findMentors(ctx, guild.id, userId);
  } catch (error) {
    // They have paused, or are no mentee any more.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
