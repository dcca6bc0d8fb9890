import {
  type BaseInteraction,
  type ButtonInteraction,
  type ModalSubmitInteraction,
  type RepliableInteraction,
  SlashCommandBuilder,
} from 'discord.js';
import { guideById, itemById, sourceById } from '../../content/journey.ts';
import { findClaim } from '../../db/claims.ts';
import { findGuildAnswer } from '../../db/guild-answers.ts';
import { memberOf } from '../../discord/acting.ts';
import { answerForm, ownAnswerForm } from '../../discord/cards/claim.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { textIn, valuesIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { placeOf } from '../../discord/place.ts';
import { isAloneIn } from '../../discord/presence.ts';
import { answer, change, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { answerClaim } from '../../journey/claims/answer.ts';
import { addOwnAnswer, changeOwnAnswer, type TypedAnswer } from '../../journey/guide/own.ts';
import {
  cannotTell,
  findMatter,
  keepRight,
  leaveOut,
  putOffMatter,
  readStatus,
  takeIn,
} from '../../journey/review/act.ts';
import { type Matter, matterKey, type Reviewer } from '../../journey/review/matters.ts';
import { approveContent } from '../../posts/content/suggestions.ts';
import type { Texts } from '../../texts/en.ts';
import { leftOutCard, nextCard, statusCard } from './card.ts';

const data = (t: Texts) => {
  const text = t.review.command;
  return new SlashCommandBuilder()
    .setName('review')
    .setDescription(text.description)
    .addSubcommand((next) => next.setName('next').setDescription(text.next))
    .addSubcommand((status) => status.setName('status').setDescription(text.status));
};

function reviewerOf(interaction: BaseInteraction): Reviewer {
  return { ...memberOf(interaction), isAlone: isAloneIn(placeOf(interaction).guild) };
}

/** The first card, in a message of its own. */
async function begin(ctx: ActContext, interaction: RepliableInteraction): Promise<void> {
  const who = reviewerOf(interaction);
  await requireGuild(ctx.db, who.guildId);
  await answer(interaction, await nextCard(ctx, who));
}

type Meant = readonly string[];

/** What a press means, or undefined: then the next one is shown already. */
async function meant(
  ctx: ActContext,
  interaction: ButtonInteraction,
  [kind = '', id = '', version = '']: Meant,
): Promise<{ who: Reviewer; matter: Matter } | undefined> {
  const who = reviewerOf(interaction);
  const matter = await findMatter(ctx, who, { kind, id, version });
  if (matter) return { who, matter };
  await change(interaction, await nextCard(ctx, who, ctx.t.review.moved));
  return undefined;
}

/** Does something about a matter, and shows the next one in its place. */
const thenNext =
  (act: (ctx: ActContext, who: Reviewer, matter: Matter) => Promise<unknown>) =>
  async (ctx: ActContext, interaction: ButtonInteraction, args: Meant): Promise<void> => {
    const found = await meant(ctx, interaction, args);
    if (!found) return;
    await act(ctx, found.who, found.matter);
    await change(interaction, await nextCard(ctx, found.who));
  };

/** Shows the next card in place of the one whose form was filled in. */
async function goOn(ctx: ActContext, interaction: ModalSubmitInteraction): Promise<void> {
  const card = await nextCard(ctx, reviewerOf(interaction));
  await (interaction.isFromMessage() ? change(interaction, card) : answer(interaction, card));
}

/** What stands there now, to be changed. */
async function standing(ctx: ActContext, who: Reviewer, { kind, id }: Matter): Promise<TypedAnswer> {
  const entry = kind === 'guide' ? guideById().get(id) : undefined;
  const item = kind === 'item' ? itemById().get(id) : undefined;
  const own = kind === 'answer' ? await findGuildAnswer(ctx.db, who.guildId, id) : undefined;
  if (own) return { ...own, link: own.link ?? '' };
  const fact = entry ?? item;
  if (!fact) throw new UserError((t) => t.review.moved);
  const link = sourceById().get(fact.source ?? '')?.url ?? '';
  const [question, text] = entry ? [entry.question, entry.answer] : [item?.title ?? '', item?.text ?? ''];
  return { question, answer: text, link, words: '' };
}

const typedIn = (interaction: ModalSubmitInteraction): TypedAnswer => ({
  question: textIn(interaction, 'question'),
  answer: textIn(interaction, 'answer'),
  link: textIn(interaction, 'link'),
  words: textIn(interaction, 'words'),
});

/** The moderators' ten minutes: one card at a time, worst harm first. */
export default {
  name: 'review',
  for: 'moderators',
  data,

  subcommands: {
    next: begin,
    async status(ctx, interaction) {
      const who = reviewerOf(interaction);
      await requireGuild(ctx.db, who.guildId);
      await answer(interaction, statusCard(ctx.t, await readStatus(ctx, who)));
    },
  },

  buttons: {
    [keys.review.open]: begin,
    /** The page says so still; of a suggestion: it is good. */
    [keys.review.right]: thenNext((ctx, who, matter) =>
      matter.kind === 'suggestion' ? approveContent(ctx, who, matter.id) : keepRight(ctx, who, matter),
    ),
    [keys.review.cannot]: thenNext(cannotTell),
    [keys.review.later]: thenNext(putOffMatter),
    /** Takes back that a tip or prompt was left out. */
    [keys.review.undo]: async (ctx, interaction, [kind, id = '']) => {
      const who = reviewerOf(interaction);
      await takeIn(ctx, who, kind === 'prompt' ? 'prompt' : 'tip', id);
      await change(interaction, await nextCard(ctx, who, ctx.t.review.takenIn));
    },
    /** Opens the form for what the page says now, or for the answer to a claim; a tip or prompt is left out. */
    [keys.review.changed]: async (ctx, interaction, args) => {
      const found = await meant(ctx, interaction, args);
      if (!found) return;
      const { who, matter } = found;
      if (matter.kind === 'tip' || matter.kind === 'prompt') {
        await leaveOut(ctx, who, matter);
        return await change(interaction, await leftOutCard(ctx, who, matter));
      }
      if (matter.kind === 'claim') {
        const claim = await findClaim(ctx.db, matter.id);
        const asked = claim?.origin === 'question' ? (claim.text ?? '') : '';
        return await openForm(interaction, answerForm(ctx.t, [keys.review.answerForm, matter.id], asked));
      }
      const form = ownAnswerForm(
        ctx.t,
        [keys.review.changedForm, matter.kind, matter.id],
        await standing(ctx, who, matter),
      );
      await openForm(interaction, form);
    },
  },

  modals: {
    [keys.review.answerForm]: async (ctx, interaction, [id = '']) => {
      const { words: _words, ...typed } = typedIn(interaction);
      const verdict = valuesIn(interaction, 'verdict')[0] ?? '';
      await answerClaim(ctx, memberOf(interaction), id, { ...typed, verdict });
      await goOn(ctx, interaction);
    },
    [keys.review.changedForm]: async (ctx, interaction, [kind = '', id = '']) => {
      const by = memberOf(interaction);
      if (kind === 'answer') await changeOwnAnswer(ctx, by, id, typedIn(interaction));
      else
        await addOwnAnswer(ctx, by, typedIn(interaction), matterKey({ kind: kind === 'item' ? 'item' : 'guide', id }));
      await goOn(ctx, interaction);
    },
  },
} satisfies Command;
