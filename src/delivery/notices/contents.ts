import { ButtonStyle } from 'discord.js';
import { findGuildContentById, type GuildContent } from '../../db/guild-contents.ts';
import { promptOf, tipOf } from '../../posts/content/entries.ts';
import { headlineOf } from '../../posts/content/write.ts';
import { button, row } from '../../discord/buttons.ts';
import { promptCard } from '../../discord/cards/prompt.ts';
import { tipCard } from '../../discord/cards/tip.ts';
import type { Card } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { paragraphs, section } from './people.ts';
import { letter, type Render, shownGuildName, subjectOf } from './scene.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { stamp } from '../../marks.ts';
import { readDetail } from '../../db/notices/write.ts';

/** A guild's own entry as it is posted, without buttons. */
export function entryCard(t: Texts, row: GuildContent): Card {
  return row.kind === 'tip' ? tipCard(t, tipOf(row)) : promptCard(t, promptOf(row));
}

/** To the moderators: a member suggests a tip; once decided, who decided and when. */
export const contentReview: Render = async (scene) => {
  const text = scene.t.content;
  const entry = await subjectOf(scene, findGuildContentById);
  if (!entry || (entry.state !== 'suggested' && scene.notice.message_id === null)) return undefined;
  const isWaiting = entry.state === 'suggested';
  const words = embed(
    scene.t,
    text.review.title,
    isWaiting ? text.review.body(mention(scene.t, entry.author_id)) : decided(scene.t, entry),
  );
  return {
    embeds: [words, ...(entryCard(scene.t, entry).embeds ?? [])],
    components: isWaiting ? reviewButtons(scene.t, entry.id) : [],
  };
};

function decided(
  t: Texts,
  { state, decided_by: moderator, decided_at: at, updated_at: changed }: GuildContent,
): string {
  const text = t.content;
  if (state === 'retired') return text.review.retired;
  const by = moderator === null ? text.refused.somebody : mention(t, moderator);
  return (state === 'approved' ? text.review.approved : text.review.declined)(by, stamp(at ?? changed));
}

function reviewButtons(t: Texts, id: string): Card['components'] {
  const text = t.content;
  return [
    row(
      button([keys.content.approve, id], text.review.approve, ButtonStyle.Success),
      button([keys.content.edit, id], text.review.edit),
      button([keys.content.decline, id], text.review.decline),
    ),
  ];
}

/** To whoever suggested it: it is in use. */
export const contentApproved: Render = async (scene) => {
  const text = scene.t.content;
  const entry = await subjectOf(scene, findGuildContentById);
  if (entry?.state !== 'approved') return undefined;
  const body = text.told.approved(showTyped(headlineOf(entry)), await shownGuildName(scene));
  return await letter(scene, text.told.approvedTitle, body);
};

/** To whoever suggested it: not for now, with thanks. */
export const contentDeclined: Render = async (scene) => {
  const text = scene.t.content;
  const entry = await subjectOf(scene, findGuildContentById);
  if (entry?.state !== 'declined') return undefined;
  const note = readDetail('content-declined', scene.notice)?.note ?? '';
  const body = text.told.declined(showTyped(headlineOf(entry)), await shownGuildName(scene));
  return await letter(scene, text.told.declinedTitle, paragraphs(body, section(text.told.note, showTyped(note))), {
    components: [row(button([keys.tip.suggest], scene.t.help.buttons.suggest))],
  });
};
