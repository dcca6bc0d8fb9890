import type { APIEmbedField } from 'discord.js';
import { findMember } from '../../db/members.ts';
import type { Profile } from '../../db/profiles.ts';
import type { MentorRequest } from '../../db/requests.ts';
import { findReasons } from '../../mentoring/find.ts';
import { profileFields } from '../../discord/cards/profile.ts';
import { sayReasons } from '../../discord/reasons.ts';
import { showTyped } from '../../discord/text.ts';
import type { Setting } from './scene.ts';
import type { Texts } from '../../texts/en.ts';

/** What was chosen in a profile, as fields of a card that stays where it is. Its typed text is too long for a field. */
export async function fieldsOf(
  setting: Setting,
  profile: Profile,
  audience: 'member' | 'moderator',
): Promise<APIEmbedField[]> {
  const owner = await findMember(setting.ctx.db, profile.guild_id, profile.user_id);
  return owner ? profileFields(setting.t, profile, owner, { audience, now: setting.ctx.now() }) : [];
}

/** What somebody wrote about themselves, as a section of a card's text; empty when they wrote nothing. */
export function aboutOf(t: Texts, profile: Profile): string {
  return section(t.notices.about, showTyped(profile.about));
}

/** Pure: a paragraph under a heading of its own; empty when there is none. */
export function section(heading: string, body: string): string {
  return body === '' ? '' : `**${heading}**\n${body}`;
}

/** Pure: paragraphs one below the other, without the empty ones. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Why this mentee was shown this mentor, in words for the mentor; empty when one of the two is gone. */
export async function reasonsFor({ t, ctx, guild }: Setting, request: MentorRequest): Promise<string> {
  const pair = { menteeId: request.mentee_id, mentorId: request.mentor_id };
  return sayReasons(t, await findReasons(ctx, guild, pair), t.notices.request.reasonWords);
}

/** The mentor's reason in words; undefined when they kept it to themselves. */
export function declineReason(t: Texts, reason: string | null): string | undefined {
  const words: Readonly<Record<string, string>> = t.notices.request.declineReasons;
  return reason === null ? undefined : words[reason];
}
