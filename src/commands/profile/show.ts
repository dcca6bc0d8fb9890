import type { APIEmbedField } from 'discord.js';
import { zoneLabel } from '../../content/zones/index.ts';
import type { Member } from '../../db/members.ts';
import type { Profile } from '../../db/profiles.ts';
import { expiriesThatPause } from '../../mentoring/requests/rules.ts';
import { epochMs, type Instant } from '../../time.ts';
import { button, row } from '../../discord/buttons.ts';
import { privacyButton } from './registration.ts';
import { profileCard } from '../../discord/cards/profile.ts';
import type { Card } from '../../discord/replies.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { stamp } from '../../marks.ts';
import type { VisibleProfiles } from '../../mentoring/profiles/visible.ts';

/** Everything a member entered, where it stands, and who sees what. */
export function ownCard(t: Texts, shown: VisibleProfiles, now: Instant): Card {
  const text = t.profiles;
  return {
    embeds: [
      ...shown.profiles.map((profile) => {
        const card = profileCard(t, profile, shown.member, {
          audience: 'self',
          localTimeAt: now,
          now,
          taken: shown.taken,
        });
        return { ...card, fields: [status(t, profile, text.card.statuses), ...(card.fields ?? [])] };
      }),
      { title: text.own.title, fields: memberFields(t, shown.member, now), footer: { text: text.own.note } },
    ],
    components: [row(...nextButtons(t, shown.profiles), privacyButton(t))],
  };
}

/** What somebody can do with what they see: change it; be off the list for a while, or on it again. */
function nextButtons(t: Texts, profiles: readonly Profile[]) {
  const [only, another] = profiles;
  if (!only) return [];
  const { edit, pause, resume } = t.help.buttons;
  if (another) return [button([keys.profile.editOwn], edit)];
  const rests = only.state === 'paused';
  return [
    button([keys.profile.editOwn, only.role], edit),
    rests ? button([keys.profile.resume, only.role], resume) : button([keys.profile.pause, only.role], pause),
  ];
}

/** What somebody else may see; of a mentor with the next step, because whoever looks them up has them in mind. */
export function visibleCard(t: Texts, shown: VisibleProfiles, audience: 'moderator' | 'member', now: Instant): Card {
  const mentor = audience === 'member' ? shown.profiles.find(({ role }) => role === 'mentor') : undefined;
  return {
    components: mentor ? [row(button([keys.mentor.request, mentor.user_id], t.mentor.form.title(undefined)))] : [],
    embeds: shown.profiles.map((profile) => {
      const card = profileCard(t, profile, shown.member, { audience, localTimeAt: now, now, taken: shown.taken });
      return audience === 'member'
        ? card
        : { ...card, fields: [status(t, profile, t.profiles.card.statusesOfOthers), ...(card.fields ?? [])] };
    }),
  };
}

function status(t: Texts, profile: Profile, says: Texts['profiles']['card']['statuses']): APIEmbedField {
  return { name: t.profiles.card.status, value: statusesOf(profile, says).join('\n') };
}

function statusesOf(profile: Profile, says: Texts['profiles']['card']['statuses']): string[] {
  const lines: string[] = [];
  const { verification } = profile;
  if (verification === 'waiting' || verification === 'declined' || verification === 'suspended') {
    lines.push(says[verification]);
  }
  if (profile.state === 'paused') {
    if (profile.paused_by === 'expiries') lines.push(says.pausedByExpiries(expiriesThatPause));
    else lines.push(profile.paused_until === null ? says.paused : says.pausedUntil(stamp(profile.paused_until)));
  }
  return lines.length > 0 ? lines : [says.active];
}

function memberFields(t: Texts, member: Member, now: Instant): APIEmbedField[] {
  const text = t.profiles;
  const { country } = member;
  const shown = member.shows_country === 1 ? text.own.countryShown : text.own.countryHidden;
  return [
    { name: text.own.zone, value: zoneLabel(member.zone, epochMs(now)), inline: true },
    {
      name: text.own.country,
      value: country === null ? text.own.countryNone : shown(t.words.country(country)),
      inline: true,
    },
    ...(member.conduct_version === null || member.conduct_agreed_at === null
      ? []
      : [
          {
            name: text.own.conduct,
            value: text.own.agreed(member.conduct_version, stamp(member.conduct_agreed_at, 'D')),
            inline: true,
          },
        ]),
  ];
}
