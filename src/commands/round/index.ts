import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Round, RoundRun } from '../../db/rounds.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, type Card, change, defer, revise } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import type { RoundWish } from '../../db/schema.ts';
import { confirmCard, endedCard, historyCard, oppositeCard, publishedCard } from './answers.ts';
import { pairsCard } from './pairs.ts';
import { planCard, readPlan, scheduleOptions } from './schedule.ts';
import { findRoundPlan } from '../../db/round-plans.ts';
import { keepForPress, scheduleRounds, unscheduleRounds } from '../../mentoring/rounds/schedule.ts';
import { showComputing, showPreview } from './progress.ts';
import { readHistory } from '../../mentoring/rounds/history.ts';
import { floorPercent } from '../../mentoring/rounds/limits.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { endRound, openRound, requirePreviewOf } from '../../mentoring/rounds/open.ts';
import { findReach, publishRound } from '../../mentoring/rounds/publish.ts';
import { readPreview } from '../../mentoring/rounds/view.ts';
import { findOpposite, freePair, type WishedPair, wishPair } from '../../mentoring/rounds/wishes.ts';
import { keys } from '../../discord/keys.ts';
import { wholeNumber } from '../../discord/options.ts';
import type { Texts } from '../../texts/en.ts';

type Acting = ChatInputCommandInteraction<'cached'> | ButtonInteraction;

const pairOptions = (t: Texts, command: SlashCommandSubcommandBuilder) =>
  command
    .addUserOption((option) => option.setName('mentee').setDescription(t.rounds.command.mentee).setRequired(true))
    .addUserOption((option) => option.setName('mentor').setDescription(t.rounds.command.mentor).setRequired(true));

/** Opens or reopens a round, computes it, and shows how far it is and what it came to. */
async function compute(ctx: ActContext, interaction: Acting, open: () => Promise<Round>): Promise<void> {
  await defer(interaction);
  await showComputing(ctx, interaction, await open());
}

/** The preview that a custom id names; from the client, so it may be any. */
function runOf([id = '', run = '']: readonly string[]): RoundRun {
  return { id, run: Number(run) };
}

/** Pins or forbids a pair; where it is wished otherwise already, that is asked first. */
async function wish(
  ctx: ActContext,
  interaction: ChatInputCommandInteraction<'cached'>,
  kind: RoundWish,
): Promise<void> {
  const pair = pairIn(interaction);
  if (await findOpposite(ctx, interaction.guildId, pair, kind)) {
    return await answer(interaction, oppositeCard(ctx.t, pair, kind));
  }
  await compute(ctx, interaction, () => wishPair(ctx, memberOf(interaction), pair, kind));
}

/** One page of a preview's pairs, with their reasons. */
async function pageOfPairs(ctx: ActContext, interaction: ButtonInteraction, args: readonly string[]): Promise<Card> {
  const round = await requirePreviewOf(ctx, memberOf(interaction).guildId, runOf(args));
  return pairsCard(ctx.t, await readPreview(ctx, round), Number(args[2]));
}

/** The pair that a moderator names. */
function pairIn({ options }: ChatInputCommandInteraction<'cached'>): WishedPair {
  return { menteeId: options.getUser('mentee', true).id, mentorId: options.getUser('mentor', true).id };
}

export default {
  name: 'round',
  for: 'moderators',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('round')
      .setDescription(t.rounds.command.description)
      .addSubcommand((command) =>
        command
          .setName('preview')
          .setDescription(t.rounds.command.preview)
          .addIntegerOption(wholeNumber('floor', t.rounds.command.floor, floorPercent)),
      )
      .addSubcommand((command) => scheduleOptions(t, command))
      .addSubcommand((command) => command.setName('publish').setDescription(t.rounds.command.publish))
      .addSubcommand((command) => command.setName('discard').setDescription(t.rounds.command.discard))
      .addSubcommand((command) => command.setName('history').setDescription(t.rounds.command.history))
      .addSubcommand((command) => pairOptions(t, command.setName('pin').setDescription(t.rounds.command.pin)))
      .addSubcommand((command) => pairOptions(t, command.setName('forbid').setDescription(t.rounds.command.forbid)))
      .addSubcommand((command) => pairOptions(t, command.setName('free').setDescription(t.rounds.command.free))),

  subcommands: {
    preview: async (ctx, interaction) => {
      const floor = interaction.options.getInteger('floor') ?? undefined;
      await compute(ctx, interaction, () => openRound(ctx, memberOf(interaction), floor));
    },
    publish: async (ctx, interaction) => {
      await answer(interaction, confirmCard(ctx.t, await findReach(ctx, interaction.guildId)));
    },
    discard: async (ctx, interaction) => {
      await answer(interaction, endedCard(ctx.t, await endRound(ctx, memberOf(interaction))));
    },
    schedule: async (ctx, interaction) => {
      const by = memberOf(interaction);
      if (interaction.options.getBoolean('cancel') === true) {
        await unscheduleRounds(ctx, by);
        return await answer(interaction, { content: ctx.t.roundPlan.cancelled });
      }
      const wanted = readPlan(interaction.options);
      const plan = wanted ? await scheduleRounds(ctx, by, wanted) : await findRoundPlan(ctx.db, by.guildId);
      const guild = await requireGuild(ctx.db, by.guildId);
      await answer(interaction, planCard(ctx.t, guild, plan, wanted !== undefined));
    },
    pin: async (ctx, interaction) => {
      await wish(ctx, interaction, 'pinned');
    },
    forbid: async (ctx, interaction) => {
      await wish(ctx, interaction, 'forbidden');
    },
    free: async (ctx, interaction) => {
      await compute(ctx, interaction, () => freePair(ctx, memberOf(interaction), pairIn(interaction)));
    },
    history: async (ctx, interaction) => {
      await requireGuild(ctx.db, interaction.guildId);
      await answer(interaction, historyCard(ctx.t, await readHistory(ctx, interaction.guildId)));
    },
  },

  buttons: {
    /** Asks whether this preview shall be published, in its place. */
    [keys.round.publish]: async (ctx, interaction, args) => {
      await change(interaction, confirmCard(ctx.t, await findReach(ctx, memberOf(interaction).guildId, runOf(args))));
    },
    [keys.round.publishNow]: async (ctx, interaction, args) => {
      await defer(interaction);
      await change(interaction, publishedCard(ctx.t, await publishRound(ctx, memberOf(interaction), runOf(args))));
    },
    /** Shows the preview again. */
    [keys.round.back]: async (ctx, interaction, args) => {
      await defer(interaction);
      const round = await requirePreviewOf(ctx, memberOf(interaction).guildId, runOf(args));
      await revise(interaction, await showPreview(ctx, interaction, round));
    },
    /** Begins a round from a card that stays as it is. */
    [keys.round.begin]: async (ctx, interaction) => {
      await answer(interaction, { content: ctx.t.rounds.computing.begins });
      await showComputing(ctx, interaction, await openRound(ctx, memberOf(interaction)));
    },
    /** Shows a preview to whoever pressed, beside the card in the channel. */
    [keys.round.show]: async (ctx, interaction, args) => {
      const round = await requirePreviewOf(ctx, memberOf(interaction).guildId, runOf(args));
      await answer(interaction, await showPreview(ctx, interaction, round));
    },
    /** Asks whoever pressed whether a preview shall be published, beside the card in the channel. */
    [keys.round.ask]: async (ctx, interaction, args) => {
      await answer(interaction, confirmCard(ctx.t, await findReach(ctx, memberOf(interaction).guildId, runOf(args))));
    },
    [keys.round.byHand]: async (ctx, interaction, [id = '']) => {
      await keepForPress(ctx, memberOf(interaction), id);
      await answer(interaction, { content: ctx.t.roundPlan.card.kept });
    },
    [keys.round.unschedule]: async (ctx, interaction) => {
      await unscheduleRounds(ctx, memberOf(interaction));
      await change(interaction, { content: ctx.t.roundPlan.cancelled });
    },
    /** Every pair with its reasons, apart from the preview. */
    [keys.round.pairs]: async (ctx, interaction, args) => {
      await answer(interaction, await pageOfPairs(ctx, interaction, args));
    },
    [keys.round.pairsPage]: async (ctx, interaction, args) => {
      await change(interaction, await pageOfPairs(ctx, interaction, args));
    },
    /** Wishes the opposite of what was wished of a pair before. */
    [keys.round.wish]: async (ctx, interaction, [kind, menteeId = '', mentorId = '']) => {
      const wished = kind === 'pinned' || kind === 'forbidden' ? kind : undefined;
      if (!wished) throw new UserError((t) => t.common.outdated);
      await compute(ctx, interaction, () => wishPair(ctx, memberOf(interaction), { menteeId, mentorId }, wished));
    },
    [keys.round.keep]: async (ctx, interaction) => {
      await change(interaction, { content: ctx.t.rounds.opposite.kept });
    },
    [keys.round.recompute]: async (ctx, interaction, args) => {
      const by = memberOf(interaction);
      await compute(ctx, interaction, async () => {
        await requirePreviewOf(ctx, by.guildId, runOf(args));
        return await openRound(ctx, by);
      });
    },
    [keys.round.discard]: async (ctx, interaction, [id = '']) => {
      await change(interaction, endedCard(ctx.t, await endRound(ctx, memberOf(interaction), { id })));
    },
    /** Stops a computation, wherever it runs. */
    [keys.round.cancel]: async (ctx, interaction, [id = '']) => {
      await change(
        interaction,
        endedCard(ctx.t, await endRound(ctx, memberOf(interaction), { id, state: 'computing' })),
      );
    },
  },
} satisfies Command;
