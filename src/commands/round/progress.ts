import type { BaseInteraction, RepliableInteraction } from 'discord.js';
import { findRound, type Round } from '../../db/rounds.ts';
import { UserError } from '../../errors.ts';
import { computeRound, type Step } from '../../mentoring/rounds/compute.ts';
import { beatMs } from '../../mentoring/rounds/limits.ts';
import { readPreview } from '../../mentoring/rounds/view.ts';
import { type Card, revise } from '../../discord/replies.ts';
import { endedCard } from './answers.ts';
import { previewCard, progressCard } from './card.ts';
import { findNames } from './names.ts';
import type { ActContext } from '../../discord/command.ts';

/**
 * Computes a round that was just opened, and shows in the deferred answer how far it is, then what it came to. Whoever
 * acts goes on meanwhile, and nothing is lost where the answer can no longer be changed: the preview is in the database.
 */
export async function showComputing(ctx: ActContext, interaction: RepliableInteraction, round: Round): Promise<void> {
  const began = performance.now();
  let editing: Promise<void> | undefined;
  const onStep = (step: Step) => {
    // A small round is there before anybody could read how far it is; and one edit at a time is enough.
    if (editing || performance.now() - began < beatMs / 2) return;
    editing = revise(interaction, progressCard(ctx.t, round, step))
      .catch((error: unknown) => ctx.log.warn({ err: error }, 'progress of a round could not be shown'))
      .finally(() => (editing = undefined));
  };
  let card: Card;
  try {
    const preview = await computeRound(ctx, round, onStep);
    card = preview
      ? await showPreview(ctx, interaction, preview)
      : endedCard(ctx.t, (await findRound(ctx.db, round.guild_id, round.id)) ?? round);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    card = { content: error.message };
  }
  await editing;
  await revise(interaction, card);
}

/** A preview as a card. */
export async function showPreview(ctx: ActContext, interaction: BaseInteraction, round: Round): Promise<Card> {
  const view = await readPreview(ctx, round);
  return previewCard(ctx.t, view, await findNames(ctx, interaction, view));
}
