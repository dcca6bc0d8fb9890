import {
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type ButtonInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { codeOfConduct } from '../../content/index.ts';
import { zoneLabel } from '../../content/zones/index.ts';
import { findMember } from '../../db/members.ts';
import { type Profile, listProfiles } from '../../db/profiles.ts';
import type { ProfileRole } from '../../db/schema.ts';
import { type Draft, encodeDraft } from '../../mentoring/profiles/draft.ts';
import { hasAgreed, type Saved } from '../../mentoring/profiles/save.ts';
import { epochMs, type Instant } from '../../time.ts';
import { button, row } from '../../discord/buttons.ts';
import { answer, type Card, openForm } from '../../discord/replies.ts';
import { profileForm } from './form.ts';
import type { Acting } from '../../guild/acting.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';

/** The next step towards a saved profile: the code of conduct where it has not been agreed to yet, then the form. */
export async function continueWith(
  ctx: ActContext,
  interaction: ChatInputCommandInteraction | ButtonInteraction | StringSelectMenuInteraction,
  whose: Acting,
  draft: Draft,
): Promise<void> {
  const member = await findMember(ctx.db, whose.guildId, whose.userId);
  if (hasAgreed(member)) return await openProfileForm(ctx, interaction, whose, draft);
  await answer(interaction, consentCard(ctx.t, draft));
}

/** The same where no form can be opened, because one has just been sent: then a button opens it. */
export async function nextCard(ctx: ActContext, whose: Acting, draft: Draft): Promise<Card> {
  const member = await findMember(ctx.db, whose.guildId, whose.userId);
  if (!hasAgreed(member)) return consentCard(ctx.t, draft);
  const text = ctx.t.home.zone;
  const open = button([keys.profile.edit, ...encodeDraft(draft)], text.continue, ButtonStyle.Primary);
  return { content: text.ready, components: [row(open)] };
}

/** Opens the form, filled in with the profile in that role; where there is none, with what both profiles share. */
export async function openProfileForm(
  ctx: ActContext,
  interaction: ChatInputCommandInteraction | ButtonInteraction | StringSelectMenuInteraction,
  whose: Acting,
  draft: Draft,
): Promise<void> {
  const profiles = await listProfiles(ctx.db, whose.guildId, whose.userId);
  const own = profiles.find(({ role }) => role === draft.role);
  const other = profiles[0];
  const shared = other && { ...other, specialties: [], topics: [], about: '' };
  await openForm(interaction, profileForm(ctx.t, draft, own ?? shared));
}

function consentCard(t: Texts, draft: Draft): Card {
  const text = t.profiles;
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
        privacyButton(t),
      ),
    ],
  };
}

/** Leads to what is kept about people, and whom to ask. */
export function privacyButton(t: Texts): APIButtonComponentWithCustomId {
  return button([keys.profile.privacy], t.profiles.privacy.button);
}

/** Says that a profile exists already, and offers to change it. */
export function alreadyCard(t: Texts, draft: Draft): Card {
  return { content: t.profiles.already(draft.role), components: [row(editButton(t, draft, ButtonStyle.Primary))] };
}

/** Asks which of two profiles is meant. */
export function chooseCard(t: Texts, drafts: readonly Draft[]): Card {
  return { content: t.profiles.chooseWhich, components: [row(...drafts.map((draft) => editButton(t, draft)))] };
}

/** A button that opens the form with this draft. */
function editButton(
  t: Texts,
  draft: Draft,
  style: ButtonStyle.Primary | ButtonStyle.Secondary = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return button([keys.profile.edit, ...encodeDraft(draft)], t.profiles.edit[draft.role], style);
}

/** What has been saved, and what happens next. */
export function savedCard(
  t: Texts,
  saved: Saved,
  owner: { zone: string; taken: number; namesAnother?: boolean },
  now: Instant,
): Card {
  const { profile } = saved;
  const said = t.profiles.saved;
  const lines =
    profile.role === 'mentee'
      ? [saved.was === 'new' ? said.newMentee : said.changed('mentee'), said.next]
      : [
          saved.was === 'new' ? said.newMentor : said.changed('mentor'),
          said.places(profile.capacity),
          ...(owner.taken > profile.capacity ? [said.placesFewer(owner.taken)] : []),
          ...mentorNext(t, saved),
        ];
  if (owner.namesAnother) lines.push(said.nameLanguage);
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

function mentorNext(t: Texts, { profile, was, queued }: Saved): string[] {
  const text = t.profiles;
  if (queued) return [was === 'new' ? text.saved.queued : text.saved.queuedAgain];
  if (profile.verification === 'suspended') return [text.saved.suspended];
  return was === 'new' ? [text.saved.live] : [];
}

/** Pure: the profile in a role, among those of one member. */
export function inRole(profiles: readonly Profile[], role: ProfileRole): Profile | undefined {
  return profiles.find((profile) => profile.role === role);
}
