/** Commands that need somebody's road: whoever has none is shown what it keeps, and begins it with one press. */
import {
  type BaseInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type RepliableInteraction,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import { stageById, stages } from '../content/index.ts';
import { cityOf } from '../content/zones/index.ts';
import type { Journey } from '../db/journeys.ts';
import { UserError } from '../errors.ts';
import { requireZone } from '../guild/zones.ts';
import { prefill, type Traveling, useJourney } from '../journey/own/journey.ts';
import type { Texts } from '../texts/en.ts';
import { button, row } from './buttons.ts';
import type { ActContext } from './command.ts';
import { embed } from './embeds.ts';
import { keys } from './keys.ts';
import { answer } from './replies.ts';

/** Who acts, in a guild that has the bot or nowhere in particular. */
export function travelingOf(interaction: BaseInteraction): Traveling {
  return { userId: interaction.user.id, guildId: interaction.inCachedGuild() ? interaction.guildId : null };
}

/** The options that a first use takes. */
export function addBeginOptions(t: Texts, subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return subcommand
    .addStringOption((zone) =>
      zone.setName('timezone').setDescription(t.deadlines.command.timezone).setAutocomplete(true),
    )
    .addStringOption((stage) =>
      stage
        .setName('stage')
        .setDescription(t.deadlines.command.stage)
        .addChoices(stages.map(({ id }) => ({ name: t.stages[id]?.name ?? id, value: id }))),
    );
}

/** The road of whoever acts; undefined once they were shown how to begin one instead. @throws UserError for an unknown zone. */
export async function roadOf(
  ctx: ActContext,
  interaction: ChatInputCommandInteraction | RepliableInteraction,
): Promise<Journey | undefined> {
  const who = travelingOf(interaction);
  const journey = await useJourney(ctx, who);
  if (journey) return journey;
  const known = await prefill(ctx, who);
  const typed = interaction.isChatInputCommand() ? interaction.options.getString('timezone') : null;
  const zone = typed === null ? known.zone : requireZone(typed, ctx.now());
  const chosen = interaction.isChatInputCommand() ? interaction.options.getString('stage') : null;
  const stage = chosen ?? known.stage;
  const text = ctx.t.deadlines.begin;
  const missing = [...(zone === undefined ? [text.needsZone] : []), ...(stage === undefined ? [text.needsStage] : [])];
  if (zone === undefined || stage === undefined) throw new UserError(() => text.needs(missing));
  if (!stageById.has(stage)) throw new UserError((t) => t.common.outdated);
  const body = text.body(text.zone(cityOf(zone)), text.stage(ctx.t.stages[stage]?.name ?? stage));
  await answer(interaction, {
    embeds: [embed(ctx.t, text.title, body)],
    components: [row(button([keys.deadlines.begin, zone, stage], text.agree, ButtonStyle.Success))],
  });
  return undefined;
}
