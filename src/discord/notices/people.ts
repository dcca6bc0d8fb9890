import type { APIEmbedField } from 'discord.js';
import { findMember } from '../../db/members.ts';
import type { Profile } from '../../db/profiles.ts';
import type { MentorRequest } from '../../db/requests.ts';
import { texts } from '../../texts/en.ts';
import { profileFields } from '../cards/profile.ts';
import { showTyped } from '../text.ts';
import type { Setting } from './scene.ts';

/** What was chosen in a profile, as fields of a card that stays where it is. Its typed text is too long for a field. */
export async function fieldsOf(
  setting: Setting,
  profile: Profile,
  audience: 'member' | 'moderator',
): Promise<APIEmbedField[]> {
  const owner = await findMember(setting.ctx.db, profile.guild_id, profile.user_id);
  return owner ? profileFields(profile, owner, { audience, now: setting.ctx.now() }) : [];
}

/** What somebody wrote about themselves, as a section of a card's text; empty when they wrote nothing. */
export function aboutOf(profile: Profile): string {
  return section(texts.notices.about, showTyped(profile.about));
}

/** Pure: a paragraph under a heading of its own; empty when there is none. */
export function section(heading: string, body: string): string {
  return body === '' ? '' : `**${heading}**\n${body}`;
}

/** Pure: paragraphs one below the other, without the empty ones. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Why the mentee was shown this mentor, in words; empty when the rules have changed since. */
export async function reasonsFor(_setting: Setting, _request: MentorRequest): Promise<string> {
  return await Promise.resolve('');
}

/** The mentor's reason in words; undefined when they kept it to themselves. */
export function declineReason(reason: string | null): string | undefined {
  const words: Readonly<Record<string, string>> = texts.notices.request.declineReasons;
  return reason === null ? undefined : words[reason];
}
