import type { APIEmbed, APIEmbedField } from 'discord.js';
import { offsetLabel, offsetMinutes } from '../../content/zones/index.ts';
import { rankOf, stageById } from '../../content/index.ts';
import type { Profile } from '../../db/profiles.ts';
import { roleColors } from '../palette.ts';
import { epochMs, type Instant } from '../../time.ts';
import { showTyped } from '../text.ts';
import type { Texts } from '../../texts/en.ts';
import { stamp } from '../../marks.ts';

const minuteMs = 60_000;

/** What a card needs of the member whose profile it shows. */
interface ProfileOwner {
  readonly zone: string;
  readonly country: string | null;
  /** As the database has it, or already decided. */
  readonly shows_country: 0 | 1 | boolean;
}

/** Who reads a card, and what else it says. */
interface ProfileCardOptions {
  /** `self`: everything; `moderator`: also how somebody was verified; `member`: what is public. */
  readonly audience: 'self' | 'moderator' | 'member';
  /** For the local time; leave it out on a message that stays, where only the offset is still true later. */
  readonly localTimeAt?: Instant;
  /** For the offset from UTC, which changes with the season. */
  readonly now: Instant;
  /** Mentors: places taken, where free places are shown. */
  readonly taken?: number;
  /** Instead of the role's name. */
  readonly title?: string;
  /** Before what they wrote about themselves; a mention of them when absent. */
  readonly description?: string;
  /** Before the profile's own fields, for example the reasons of a suggestion. */
  readonly fieldsBefore?: readonly APIEmbedField[];
}

/**
 * A profile as one embed, everything that was typed in it made harmless. With the longest answers
 * about 2,000 characters, so that three fit into one message (Discord: 6,000).
 */
export function profileCard(t: Texts, profile: Profile, owner: ProfileOwner, options: ProfileCardOptions): APIEmbed {
  return {
    color: roleColors[profile.role],
    title: options.title ?? t.profiles.card.title[profile.role],
    description: [options.description ?? `<@${profile.user_id}>`, showTyped(profile.about)].join('\n\n').trim(),
    fields: [...(options.fieldsBefore ?? []), ...profileFields(t, profile, owner, options)],
  };
}

/** What was chosen in a profile, as fields, for cards of another shape. What was typed is too long for a field. */
export function profileFields(
  t: Texts,
  profile: Profile,
  owner: ProfileOwner,
  options: Pick<ProfileCardOptions, 'audience' | 'localTimeAt' | 'now' | 'taken'>,
): APIEmbedField[] {
  const text = t.profiles.card;
  const isMentor = profile.role === 'mentor';
  const seesCountry = owner.country !== null && Boolean(owner.shows_country);
  return [
    inline(text.stage, stageOf(t, profile)),
    inline(
      text.specialties,
      row(t, profile.specialties, (slug) => t.specialties[slug]),
    ),
    inline(text.languages, row(t, profile.languages, t.words.language)),
    inline(
      text.topics[profile.role],
      row(t, profile.topics, (slug) => t.topics[slug]?.name),
    ),
    inline(options.localTimeAt === undefined ? text.offset : text.localTime, localTime(t, owner.zone, options)),
    ...(seesCountry && owner.country !== null ? [inline(text.country, t.words.country(owner.country))] : []),
    ...(isMentor && options.taken !== undefined
      ? [inline(text.places, text.free(profile.capacity - options.taken, profile.capacity))]
      : []),
    ...(isMentor ? acceptsField(t, profile) : priorityField(t, profile, options)),
    ...verificationFields(t, profile, options.audience),
  ];
}

/** A mentor's stage as far as a moderator has seen it: what they say beyond that is said to be theirs. */
function stageOf(t: Texts, { role, stage, verification, verified_level: level }: Profile): string {
  const claimed = t.stages[stage]?.name ?? stage;
  if (role !== 'mentor' || verification !== 'verified' || level === null) return claimed;
  // A near peer is anybody before the Match.
  const isBeyond = stageById.has(level) ? rankOf(stage) > rankOf(level) : rankOf(stage) >= rankOf('matched');
  const levels: Readonly<Record<string, string>> = t.verification.levels;
  return isBeyond ? t.profiles.card.stageBeyond(levels[level] ?? level, claimed) : claimed;
}

function acceptsField(t: Texts, profile: Profile): APIEmbedField[] {
  const text = t.profiles.card;
  if (profile.accepts_from === null) return [];
  return [
    inline(text.acceptsFrom, text.acceptsFromValue(t.stages[profile.accepts_from]?.name ?? profile.accepts_from)),
  ];
}

/** What matters most to a mentee is between them and the matching. */
function priorityField(
  t: Texts,
  profile: Profile,
  { audience }: Pick<ProfileCardOptions, 'audience'>,
): APIEmbedField[] {
  const priority = profile.priority as keyof Texts['profiles']['choices']['priorities'] | null;
  if (audience !== 'self' || priority === null) return [];
  return [inline(t.profiles.card.priority, t.profiles.choices.priorities[priority])];
}

/** As what and when a mentor was verified; to moderators also how, by whom, and whether it still fits. */
function verificationFields(t: Texts, profile: Profile, audience: ProfileCardOptions['audience']): APIEmbedField[] {
  const text = t.profiles.card;
  if (profile.role !== 'mentor' || profile.verification !== 'verified' || profile.verified_at === null) return [];
  const says = text.verified(t.verification.levelPhrase(profile.verified_level), stamp(profile.verified_at, 'D'));
  if (audience === 'member') return [inline(text.verification, says)];
  const how = profile.verified_method === null ? '' : ` (${t.verification.methodPhrase(profile.verified_method)})`;
  const by = audience === 'moderator' && profile.verified_by !== null ? ` · <@${profile.verified_by}>` : '';
  const changed = profile.changed_at === null ? '' : `\n${text.changedSince(stamp(profile.changed_at, 'R'))}`;
  return [inline(text.verification, `${says}${how}${by}${changed}`)];
}

/** Pure: what was chosen, one after the other; the slug where the list no longer has a name for it. */
function row(t: Texts, slugs: readonly string[], nameOf: (slug: string) => string | undefined): string {
  return t.words.row(slugs.map((slug) => nameOf(slug) ?? slug)) || '-';
}

/** `Mon 14:05 (UTC+5)`; the zone's name stays private, since it can name a town. */
function localTime(t: Texts, zone: string, options: Pick<ProfileCardOptions, 'localTimeAt' | 'now'>): string {
  const offset = offsetLabel(offsetMinutes(zone, epochMs(options.now)));
  if (options.localTimeAt === undefined) return offset;
  const atMs = epochMs(options.localTimeAt);
  // The wall clock of the zone, read as if it were UTC: a formatter for each zone would take longer than all the rest.
  const clock = new Date(atMs + offsetMinutes(zone, atMs) * minuteMs);
  return `${t.words.weekday(clock.getUTCDay())} ${clock.toISOString().slice(11, 16)} (${offset})`;
}

function inline(name: string, value: string): APIEmbedField {
  return { name, value, inline: true };
}
