import {
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type ButtonInteraction,
} from 'discord.js';
import { codeOfConduct } from '../../content/index.ts';
import { zoneLabel } from '../../content/zones.ts';
import type { Context } from '../../context.ts';
import { findMember } from '../../db/members.ts';
import { type Profile, listProfiles } from '../../db/profiles.ts';
import type { ProfileRole } from '../../db/schema.ts';
import { type Draft, encodeDraft } from '../../mentoring/profiles/draft.ts';
import { hasAgreed, type Saved } from '../../mentoring/profiles/save.ts';
import { texts } from '../../texts/en.ts';
import { epochMs, type Instant } from '../../time.ts';
import { button, row } from '../../discord/buttons.ts';
import { answer, type Card, openForm } from '../../discord/replies.ts';
import { profileForm } from './form.ts';
import type { Acting } from '../../guild/acting.ts';
import { keys } from '../../discord/keys.ts';

const text = texts.profiles;

/** The next step towards a saved profile: the code of conduct where it has not been agreed to yet, then the form. */
export async function continueWith(
  ctx: Context,
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  whose: Acting,
  draft: Draft,
): Promise<void> {
  const member = await findMember(ctx.db, whose.guildId, whose.userId);
  if (hasAgreed(member)) return await openProfileForm(ctx, interaction, whose, draft);
  await answer(interaction, consentCard(draft));
}

/** Opens the form, filled in with the profile in that role; where there is none, with what both profiles share. */
export async function openProfileForm(
  ctx: Context,
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  whose: Acting,
  draft: Draft,
): Promise<void> {
  const profiles = await listProfiles(ctx.db, whose.guildId, whose.userId);
  const own = profiles.find(({ role }) => role === draft.role);
  const other = profiles[0];
  const shared = other && { ...other, specialties: [], topics: [], about: '' };
  await openForm(interaction, profileForm(draft, own ?? shared));
}

function consentCard(draft: Draft): Card {
  return {
    content: text.consent.intro[draft.role],
    embeds: [{ title: text.consent.title, description: codeOfConduct.text, footer: { text: text.consent.outro } }],
    components: [
      row(
        button(
          // The version goes along: what counts is what was on the screen.
          [keys.register.agree, ...encodeDraft(draft), String(codeOfConduct.version)],
          text.consent.agree,
          ButtonStyle.Success,
        ),
      ),
    ],
  };
}

/** Says that a profile exists already, and offers to change it. */
export function alreadyCard(draft: Draft): Card {
  return { content: text.already(draft.role), components: [row(editButton(draft, ButtonStyle.Primary))] };
}

/** Asks which of two profiles is meant. */
export function chooseCard(drafts: readonly Draft[]): Card {
  return { content: text.chooseWhich, components: [row(...drafts.map((draft) => editButton(draft)))] };
}

/** A button that opens the form with this draft. */
export function editButton(
  draft: Draft,
  style: ButtonStyle.Primary | ButtonStyle.Secondary = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return button([keys.profile.edit, ...encodeDraft(draft)], text.edit[draft.role], style);
}

/** What has been saved, and what happens next. */
export function savedCard(saved: Saved, owner: { zone: string; taken: number }, now: Instant): Card {
  const { profile } = saved;
  const said = text.saved;
  const lines =
    profile.role === 'mentee'
      ? [saved.was === 'new' ? said.newMentee : said.changed('mentee'), said.next]
      : [
          saved.was === 'new' ? said.newMentor : said.changed('mentor'),
          said.places(profile.capacity),
          ...(owner.taken > profile.capacity ? [said.placesFewer(owner.taken)] : []),
          ...mentorNext(saved),
        ];
  if (profile.state === 'paused') lines.push(said.paused);
  lines.push([said.zone(zoneLabel(owner.zone, epochMs(now))), said.review].join(' '));
  return {
    content: lines.join('\n\n'),
    components:
      profile.role === 'mentee' && profile.state === 'active'
        ? [row(button([keys.mentor.find], said.findMentor, ButtonStyle.Primary))]
        : [],
  };
}

function mentorNext({ profile, was, queued }: Saved): string[] {
  if (queued) return [was === 'new' ? text.saved.queued : text.saved.queuedAgain];
  if (profile.verification === 'suspended') return [text.saved.suspended];
  return was === 'new' ? [text.saved.live] : [];
}

/** Pure: the profile in a role, among those of one member. */
export function inRole(profiles: readonly Profile[], role: ProfileRole): Profile | undefined {
  return profiles.find((profile) => profile.role === role);
}
