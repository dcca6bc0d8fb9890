import { ButtonStyle, ComponentType } from 'discord.js';
import { z } from 'zod';
import { findGuildContentById, type GuildContent } from '../../db/guild-contents.ts';
import { promptOf, tipOf } from '../../posts/content/entries.ts';
import { headlineOf } from '../../posts/content/write.ts';
import { texts } from '../../texts/en.ts';
import { promptCard } from '../cards/prompt.ts';
import { tipCard } from '../cards/tip.ts';
import { customId } from '../custom-ids.ts';
import type { Card } from '../replies.ts';
import { mention, showTyped, stamp } from '../text.ts';
import { paragraphs, section } from './people.ts';
import { embed, letter, type Render, shownGuildName, subjectOf } from './scene.ts';

const text = texts.content;

/** The keys of the buttons on the card for moderators. */
export const approveKey = 'content-approve';
export const editKey = 'content-edit';
export const declineKey = 'content-decline';

/** A guild's own entry as it is posted, without buttons. */
export function entryCard(row: GuildContent): Card {
  return row.kind === 'tip' ? tipCard(tipOf(row)) : promptCard(promptOf(row));
}

/** To the moderators: a member suggests a tip; once decided, who decided and when. */
export const contentReview: Render = async (scene) => {
  const row = await subjectOf(scene, findGuildContentById);
  if (!row || (row.state !== 'suggested' && scene.notice.message_id === null)) return undefined;
  const isWaiting = row.state === 'suggested';
  const words = embed(text.review.title, isWaiting ? text.review.body(mention(row.author_id)) : decided(row));
  return {
    embeds: [words, ...(entryCard(row).embeds ?? [])],
    components: isWaiting ? reviewButtons(row.id) : [],
  };
};

function decided({ state, decided_by: moderator, decided_at: at, updated_at: changed }: GuildContent): string {
  if (state === 'retired') return text.review.retired;
  const by = moderator === null ? text.refused.somebody : mention(moderator);
  return (state === 'approved' ? text.review.approved : text.review.declined)(by, stamp(at ?? changed));
}

function reviewButtons(id: string): Card['components'] {
  const button = (key: string, label: string, style: ButtonStyle.Success | ButtonStyle.Secondary) => ({
    type: ComponentType.Button as const,
    style,
    label,
    custom_id: customId(key, id),
  });
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        button(approveKey, text.review.approve, ButtonStyle.Success),
        button(editKey, text.review.edit, ButtonStyle.Secondary),
        button(declineKey, text.review.decline, ButtonStyle.Secondary),
      ],
    },
  ];
}

/** To whoever suggested it: it is in use. */
export const contentApproved: Render = async (scene) => {
  const row = await subjectOf(scene, findGuildContentById);
  if (row?.state !== 'approved') return undefined;
  const body = text.told.approved(showTyped(headlineOf(row)), await shownGuildName(scene));
  return await letter(scene, text.told.approvedTitle, body);
};

/** What a moderator may have added, in their words. */
const word = z.object({ note: z.string().default('') });

/** To whoever suggested it: not for now, with thanks. */
export const contentDeclined: Render = async (scene) => {
  const row = await subjectOf(scene, findGuildContentById);
  if (row?.state !== 'declined') return undefined;
  const { note } = word.parse(JSON.parse(scene.notice.detail ?? '{}'));
  const body = text.told.declined(showTyped(headlineOf(row)), await shownGuildName(scene));
  return await letter(scene, text.told.declinedTitle, paragraphs(body, section(text.told.note, showTyped(note))));
};
