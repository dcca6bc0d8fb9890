import type { APIEmbedField } from 'discord.js';
import { languageById, specialtyById, stageById, topicById } from '../../content/index.ts';
import { findMember } from '../../db/members.ts';
import { findProfile, type Profile } from '../../db/profiles.ts';
import type { MentorRequest } from '../../db/requests.ts';
import type { ProfileRole } from '../../db/schema.ts';
import type { Instant } from '../../time.ts';
import { texts } from '../../texts/en.ts';
import { list, showTyped } from '../text.ts';
import type { Scene } from './scene.ts';

const text = texts.notices.profile;

/** What a member's profile in this role says, as fields of a card; none when it was deleted. */
export async function profileFields(scene: Scene, userId: string, role: ProfileRole): Promise<APIEmbedField[]> {
  const profile = await findProfile(scene.ctx.db, scene.guild.id, userId, role);
  return profile ? await fieldsOf(scene, profile) : [];
}

/** What a profile says, as fields of a card. */
export async function fieldsOf(scene: Scene, profile: Profile): Promise<APIEmbedField[]> {
  const member = await findMember(scene.ctx.db, profile.guild_id, profile.user_id);
  const names = (slugs: readonly string[], byId: ReadonlyMap<string, { readonly name: string }>) =>
    list(slugs.map((slug) => byId.get(slug)?.name ?? slug));
  return [
    { name: text.stage, value: stageById.get(profile.stage)?.name ?? profile.stage, inline: true },
    { name: text.specialties, value: names(profile.specialties, specialtyById), inline: true },
    { name: text.languages, value: names(profile.languages, languageById), inline: true },
    { name: text.topics[profile.role], value: names(profile.topics, topicById) },
    ...(member ? [{ name: text.localTime, value: localTime(scene.ctx.now(), member.zone) }] : []),
    { name: text.about, value: showTyped(profile.about) },
  ].filter((field) => field.value !== '');
}

/** The time of day where somebody lives, for example `Tue 18:05 (Asia/Karachi)`. */
function localTime(now: Instant, zone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${time.format(new Date(now))} (${zone})`;
}

/** Why the mentee was shown this mentor, in words; empty when the rules have changed since. */
export async function reasonsFor(_scene: Scene, _request: MentorRequest): Promise<string> {
  return await Promise.resolve('');
}

/** The mentor's reason in words; undefined for none. */
export function declineReason(reason: string | null): string | undefined {
  return reason ?? undefined;
}
