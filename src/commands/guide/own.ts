/** Answers of a guild's own, as its moderators write and keep them. */
import type { ButtonInteraction, ChatInputCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import { findGuildAnswer, listGuildAnswers } from '../../db/guild-answers.ts';
import { memberOf } from '../../discord/acting.ts';
import { pageTurns, row } from '../../discord/buttons.ts';
import { ownAnswerForm } from '../../discord/cards/claim.ts';
import { dayStamp } from '../../discord/cards/fact.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { answer, type Card, change, openForm } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { addOwnAnswer, changeOwnAnswer, ownLimits, removeOwnAnswer } from '../../journey/guide/own.ts';
import { clip } from '../../marks.ts';
import { pageOf } from '../../pages.ts';

/** Answers on a page. */
const perPage = 10;

/** What a new answer's form is told instead of an id. */
const isNew = 'new';

export async function openAddForm(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  await requireGuild(ctx.db, interaction.guildId);
  const empty = { question: '', answer: '', link: '', words: '' };
  await openForm(interaction, ownAnswerForm(ctx.t, [keys.guide.ownForm, isNew], empty));
}

export async function openChangeForm(
  ctx: ActContext,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  const known = await requireNamed(ctx, interaction);
  const typed = { ...known, link: known.link ?? '' };
  await openForm(interaction, ownAnswerForm(ctx.t, [keys.guide.ownForm, known.id], typed));
}

/** Takes what was written, new or changed. */
export async function takeOwnAnswer(
  ctx: ActContext,
  interaction: ModalSubmitInteraction,
  [id = '']: readonly string[],
): Promise<void> {
  const typed = {
    question: textIn(interaction, 'question'),
    answer: textIn(interaction, 'answer'),
    link: textIn(interaction, 'link'),
    words: textIn(interaction, 'words'),
  };
  const by = memberOf(interaction);
  const saved = id === isNew ? await addOwnAnswer(ctx, by, typed) : await changeOwnAnswer(ctx, by, id, typed);
  const text = ctx.t.claims.own;
  await answer(interaction, { content: (id === isNew ? text.saved : text.changed)(showTyped(saved.question)) });
}

export async function removeNamed(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { id } = await requireNamed(ctx, interaction);
  const gone = await removeOwnAnswer(ctx, memberOf(interaction), id);
  await answer(interaction, { content: ctx.t.claims.own.removed(showTyped(gone.question)) });
}

async function requireNamed(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>) {
  const found = await findGuildAnswer(ctx.db, interaction.guildId, interaction.options.getString('answer', true));
  if (!found) throw new UserError((t) => t.claims.refused.gone);
  return found;
}

export async function showOwnAnswers(
  ctx: ActContext,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  await answer(interaction, await ownAnswersCard(ctx, interaction.guildId, 0));
}

export async function turnOwnAnswers(
  ctx: ActContext,
  interaction: ButtonInteraction,
  [page = '0']: readonly string[],
): Promise<void> {
  await change(interaction, await ownAnswersCard(ctx, memberOf(interaction).guildId, Number(page)));
}

async function ownAnswersCard(ctx: ActContext, guildId: string, wanted: number): Promise<Card> {
  const text = ctx.t.claims.own;
  const all = await listGuildAnswers(ctx.db, guildId);
  if (all.length === 0) return { content: text.none };
  const { page, pages, offset } = pageOf(all.length, wanted, perPage);
  const lines = all
    .slice(offset, offset + perPage)
    .map(({ question, review_by: until }) =>
      text.line(showTyped(question), until === null ? text.noEnd : text.until(dayStamp(until))),
    );
  const turns = pageTurns(page, pages, (at) => [keys.guide.own, String(at)], text);
  const count = text.count(all.length, ownLimits.answers);
  return {
    embeds: [
      {
        ...embed(ctx.t, text.title, [...lines, '', text.hint].join('\n')),
        footer: { text: pages > 1 ? [count, text.page(page + 1, pages)].join(' · ') : count },
      },
    ],
    components: turns.length === 0 ? [] : [row(...turns)],
  };
}

/** Answers whose question has what was typed, for an option. */
export async function searchOwnAnswers(ctx: ActContext, guildId: string, typed: string) {
  const wanted = typed.trim().toLowerCase();
  return (await listGuildAnswers(ctx.db, guildId))
    .filter(({ question }) => question.toLowerCase().includes(wanted))
    .slice(0, limits.choices)
    .map(({ id, question }) => ({ name: clip(question, limits.choiceName), value: id }));
}
