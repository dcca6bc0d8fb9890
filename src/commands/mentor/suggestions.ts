import { type APIEmbed, ButtonStyle } from 'discord.js';
import type { SuggestedMentor, FindOutcome } from '../../mentoring/find.ts';
import { selectingOf } from '../../mentoring/season.ts';
import type { Instant } from '../../time.ts';
import { profileFields } from '../../discord/cards/profile.ts';
import type { Card } from '../../discord/replies.ts';
import { shorten } from '../../discord/text.ts';
import { button, row } from '../../discord/buttons.ts';
import { sayReasons } from '../../discord/reasons.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { limits } from '../../discord/limits.ts';
import { roleColors } from '../../discord/palette.ts';

/** What one of five mentors may take of it. */
const mentorLimit = limits.embeds / 5;
/** What a mentor wrote is shown up to here, in characters as shown; the rest is in `/profile show`. */
const aboutLimit = 320;

/** The answer to `/mentor find`. `nameOf` gives a member's name where it is known without asking Discord. */
export function findCard(
  t: Texts,
  found: FindOutcome,
  now: Instant,
  nameOf: (userId: string) => string | undefined,
): Card {
  const text = t.mentor.find;
  switch (found.is) {
    case 'has-mentor':
      return { content: text.hasMentor(found.mentorship.mentor_id) };
    case 'all-named':
      return { content: underWay(t, found.pending, 0) };
    case 'suggestions':
      return {
        content: [
          // Whoever has asked somebody knows how it goes on: the introduction is for those who have not.
          found.pending ? underWay(t, found.pending, found.choicesLeft) : text.intro(found.mentors.length),
          ...(found.more > 0 ? [text.more(found.more)] : []),
          ...(found.pending
            ? []
            : [found.place ? text.onWaitlist(found.place.position, found.place.waiting) : text.orWait]),
        ].join('\n'),
        embeds: found.mentors.map((mentor, i) => mentorEmbed(t, mentor, i + 1, now)),
        components: [
          row(
            ...found.mentors.map(({ profile }, i) =>
              button(
                [keys.mentor.request, profile.user_id],
                requestLabel(t, i + 1, nameOf(profile.user_id)),
                ButtonStyle.Primary,
              ),
            ),
          ),
          // Whoever has asked somebody has no need to wait for anybody else.
          ...(found.pending ? [] : [waitlistRow(t, found.place, ButtonStyle.Secondary)]),
        ],
      };
    case 'nobody':
      return nobodyCard(t, found);
  }
}

function underWay(t: Texts, pending: Extract<FindOutcome, { is: 'all-named' }>['pending'], left: number): string {
  if (pending.opens_at !== null) return t.weeks.underWay(pending.mentor_id, pending.opens_at, left);
  return t.mentor.find.underWay(pending.mentor_id, pending.expires_at ?? pending.created_at, left);
}

function requestLabel(t: Texts, n: number, name: string | undefined): string {
  const text = t.mentor.find;
  return name === undefined ? text.requestUnnamed(n) : text.request(n, name);
}

/** One mentor, never longer than a fifth of what Discord takes in one message. */
function mentorEmbed(t: Texts, suggested: SuggestedMentor, n: number, now: Instant): APIEmbed {
  const { profile, taken, reasons, opensAt } = suggested;
  const title = t.mentor.find.title(n);
  // Lines of text: as fields each would take two lines on a phone, and five mentors many screens.
  const fields = profileFields(
    t,
    profile,
    // Who keeps the country to themselves comes without one.
    { zone: profile.zone, country: profile.country, shows_country: true },
    { audience: 'member', now, localTimeAt: now, taken },
  ).map(({ name, value }) => `**${name}:** ${value}`);
  const selecting = selectingOf(profile, now);
  const lines = [
    ...fields,
    ...(opensAt === undefined ? [] : [t.weeks.suggested(opensAt)]),
    ...(selecting ? [t.season.suggested(selecting.until)] : []),
  ].join('\n');
  const head = `<@${profile.user_id}>\n${sayReasons(t, reasons) || t.mentor.reasons.none}`;
  const used = [title, head, '\n\n', lines].join('').length;
  const about = shorten(profile.about, Math.min(aboutLimit, mentorLimit - used - '\n\n'.length));
  const description = [head, about, lines].filter((part) => part !== '').join('\n\n');
  return { color: roleColors.mentor, title, description };
}

function nobodyCard(t: Texts, found: Extract<FindOutcome, { is: 'nobody' }>): Card {
  const say = t.mentor.find.nobody;
  const counts = new Map(found.excluded);
  // A block must not be told apart from a pause.
  const away = (counts.get('blocked') ?? 0) + (counts.get('paused') ?? 0);
  counts.delete('blocked');
  if (away > 0) counts.set('paused', away);
  const lines = [...counts].map(([rule, n]) => `- ${say.excluded[rule](n)}`);
  const hints = [...(counts.has('language') ? [say.hints.language] : []), ...waitingLines(t, found)];
  return {
    content: [
      ...(found.pending ? [underWay(t, found.pending, found.choicesLeft)] : []),
      `**${say.title}**`,
      ...(found.considered === 0 ? [say.noMentors] : [say.intro(found.considered), ...lines]),
      '',
      ...hints,
    ].join('\n'),
    components: waitingButtons(t, found),
  };
}

function waitingLines(t: Texts, { pending, place, waiting }: Extract<FindOutcome, { is: 'nobody' }>): string[] {
  // While an answer is to come there is nothing to wait for.
  if (pending) return [];
  const { waitlist } = t.mentor;
  if (place) return [waitlist.already(place.position, place.waiting, place.joinedAt)];
  return [waitlist.offer(waiting), t.mentor.find.nobody.hints.waiting];
}

function waitingButtons(
  t: Texts,
  { pending, place }: Extract<FindOutcome, { is: 'nobody' }>,
): NonNullable<Card['components']> {
  return pending ? [] : [waitlistRow(t, place, ButtonStyle.Primary)];
}

/** To join the waitlist, or to leave it for whoever is on it. */
export function waitlistRow(t: Texts, place: unknown, join: ButtonStyle.Primary | ButtonStyle.Secondary) {
  const { waitlist } = t.mentor;
  return place
    ? row(button([keys.mentor.waitlistLeave], waitlist.leave), button([keys.mentor.waiting], t.supply.button))
    : row(button([keys.mentor.waitlist], waitlist.join, join), button([keys.mentor.waiting], t.supply.button));
}
