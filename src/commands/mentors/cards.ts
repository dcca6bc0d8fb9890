/** What moderators see of mentors: the form to verify one, the form to decline one, and the queue. */
import {
  type APIButtonComponentWithCustomId,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Profile } from '../../db/profiles.ts';
import { type Decision, levels, methods, noteLimit, type Queue } from '../../mentoring/verification.ts';
import type { Instant } from '../../time.ts';
import { profileCard } from '../../discord/cards/profile.ts';
import { customId } from '../../discord/custom-ids.ts';
import type { Card } from '../../discord/replies.ts';
import { button, pageTurns, row } from '../../discord/buttons.ts';
import { chooser } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { limits } from '../../discord/limits.ts';
import { clip, stamp } from '../../marks.ts';

/** The levels and methods as choices of a command or options of a menu. */
export function levelChoices(t: Texts) {
  return levels.map((id) => ({ id, name: t.verification.levels[id] }));
}
export function methodChoices(t: Texts) {
  return methods.map((id) => ({ id, name: t.verification.methods[id] }));
}

/** Asks as what and how a mentor is verified. */
export function verifyForm(
  t: Texts,
  profileId: string,
  name: string | undefined,
): APIModalInteractionResponseCallbackData {
  const text = t.verification;
  return new ModalBuilder()
    .setCustomId(customId(keys.mentors.verifyForm, profileId))
    .setTitle(clip(text.form.title(name), limits.modalTitle))
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(text.form.level)
        .setDescription(text.form.levelHint)
        .setStringSelectMenuComponent(chooser('level', levelChoices(t))),
      new LabelBuilder()
        .setLabel(text.form.method)
        .setDescription(text.form.methodHint)
        .setStringSelectMenuComponent(chooser('method', methodChoices(t))),
    )
    .toJSON();
}

/** Asks for a word to a mentor who is declined. */
export function declineForm(
  t: Texts,
  profileId: string,
  name: string | undefined,
): APIModalInteractionResponseCallbackData {
  const text = t.verification;
  return new ModalBuilder()
    .setCustomId(customId(keys.mentors.declineForm, profileId))
    .setTitle(clip(text.form.declineTitle(name), limits.modalTitle))
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(text.form.note)
        .setDescription(text.form.noteHint)
        .setTextInputComponent(
          new TextInputBuilder()
            .setCustomId('note')
            .setStyle(TextInputStyle.Paragraph)
            .setMaxLength(noteLimit)
            .setPlaceholder(text.form.notePlaceholder)
            .setRequired(false),
        ),
    )
    .toJSON();
}

/** What a moderator's decision did. */
export function decisionCard(t: Texts, { profile, before }: Decision, moderatorId: string): Card {
  const text = t.verification;
  const mention = `<@${profile.user_id}>`;
  const lines = [decided(t, profile, mention)];
  if (
    profile.verification === 'verified' &&
    (before.verification === 'declined' || before.verification === 'suspended')
  ) {
    const by = before.verified_by === null ? text.refused.somebody : `<@${before.verified_by}>`;
    const at = before.verified_at === null ? '' : stamp(before.verified_at, 'R');
    lines.push(text.decided.before[before.verification](by, at));
  }
  if (profile.verification === 'verified' && profile.user_id === moderatorId) lines.push(text.decided.yourself);
  return { content: lines.join('\n') };
}

function decided(t: Texts, profile: Profile, mention: string): string {
  const text = t.verification;
  if (profile.verification === 'declined') return text.decided.declined(mention);
  if (profile.verification === 'suspended') return text.decided.suspended(mention);
  return text.decided.verified(
    mention,
    text.levelPhrase(profile.verified_level),
    text.methodPhrase(profile.verified_method),
  );
}

/** One page of the queue: each mentor with two buttons of their own, and a row to turn the pages. */
export function queueCard(t: Texts, queue: Queue, now: Instant): Card {
  const text = t.verification;
  if (queue.count === 0) return { content: text.queue.empty };
  return {
    content: `**${text.queue.title(queue.count)}**${queue.pages > 1 ? ` · ${text.queue.page(queue.page + 1, queue.pages)}` : ''}`,
    embeds: queue.mentors.map((mentor, i) =>
      profileCard(
        t,
        mentor,
        // Moderators need no country to verify somebody.
        { zone: mentor.zone, country: null, shows_country: false },
        {
          audience: 'moderator',
          now,
          localTimeAt: now,
          title: `${queue.first + i}`,
          description: `<@${mentor.user_id}> · ${text.queue.registered(stamp(mentor.created_at, 'R'))}`,
        },
      ),
    ),
    components: [
      ...queue.mentors.map((mentor, i) =>
        row(
          button([keys.mentors.verify, mentor.id], text.queue.verify(queue.first + i), ButtonStyle.Success),
          // Whoever is verified and changed something is suspended by command, not declined.
          ...(mentor.verification === 'verified'
            ? []
            : [button([keys.mentors.decline, mentor.id], text.queue.decline(queue.first + i))]),
        ),
      ),
      ...(queue.pages > 1 ? [row(...pageButtons(t, queue))] : []),
    ],
  };
}

function pageButtons(t: Texts, { page, pages }: Queue): APIButtonComponentWithCustomId[] {
  return pageTurns(page, pages, (to) => [keys.mentors.page, String(to)], t.verification.queue);
}
