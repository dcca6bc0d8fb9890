import type { APIEmbedField } from 'discord.js';
import { languageById, specialtyById, stageById, topicById } from '../../content/index.ts';
import { findMember } from '../../db/members.ts';
import type { Profile } from '../../db/profiles.ts';
import type { MentorRequest } from '../../db/requests.ts';
import type { Instant } from '../../time.ts';
import { texts } from '../../texts/en.ts';
import { list, showTyped } from '../text.ts';
import type { Setting } from './scene.ts';

const text = texts.notices.profile;

/** What was chosen in a profile, as fields of a card. Its typed text is too long for one: see `aboutOf`. */
export async function fieldsOf(setting: Setting, profile: Profile): Promise<APIEmbedField[]> {
  const member = await findMember(setting.ctx.db, profile.guild_id, profile.user_id);
  const names = (slugs: readonly string[], byId: ReadonlyMap<string, { readonly name: string }>) =>
    list(slugs.map((slug) => byId.get(slug)?.name ?? slug));
  return [
    { name: text.stage, value: stageById.get(profile.stage)?.name ?? profile.stage, inline: true },
    { name: text.specialties, value: names(profile.specialties, specialtyById), inline: true },
    { name: text.languages, value: names(profile.languages, languageById), inline: true },
    { name: text.topics[profile.role], value: names(profile.topics, topicById) },
    ...(member ? [{ name: text.localTime, value: localTime(setting.ctx.now(), member.zone) }] : []),
  ].filter((field) => field.value !== '');
}

/** What somebody wrote about themselves, as a section of a card's text; empty when they wrote nothing. */
export function aboutOf(profile: Profile): string {
  return section(text.about, showTyped(profile.about));
}

/** Pure: a paragraph under a heading of its own; empty when there is none. */
export function section(heading: string, body: string): string {
  return body === '' ? '' : `**${heading}**\n${body}`;
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
export async function reasonsFor(_setting: Setting, _request: MentorRequest): Promise<string> {
  return await Promise.resolve('');
}

/** The mentor's reason in words; undefined when they kept it to themselves. */
export function declineReason(reason: string | null): string | undefined {
  const words: Readonly<Record<string, string>> = texts.notices.request.declineReasons;
  return reason === null ? undefined : words[reason];
}
