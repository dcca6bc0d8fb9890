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
import { button, type Id, row } from './buttons.ts';
import type { ActContext } from './command.ts';
import { embed } from './embeds.ts';
import { keepForm } from './form-again.ts';
import { keys } from './keys.ts';
import { answer, type Card } from './replies.ts';
import { withTyped } from './typed.ts';

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

/** The press that goes on with what somebody was about to do. Named in short: it has to fit behind a zone and a stage. */
const pressFor = {
  own: (formId: string): Id => [keys.help.formAgain, formId],
  pick: (dateId: string): Id => [keys.deadlines.pick, dateId],
  file: (which: string): Id => [keys.deadlines.file, which],
  remind: (): Id => [keys.deadlines.reminders],
  step: (itemId: string): Id => [keys.roadmap.step, itemId],
} as const;

/** What somebody was about to do when they had no road yet, and with what; it waits in the ids of the buttons. */
export type RoadOnward = readonly [what: keyof typeof pressFor, about: string];

/** Reads what a button said: from the client, so possibly nonsense. */
export function readOnward([what = '', about = '']: readonly string[]): RoadOnward | undefined {
  const names = Object.keys(pressFor) as (keyof typeof pressFor)[];
  const known = names.find((name) => name === what);
  return known && [known, about];
}

/**
 * The road of whoever acts; undefined once they were shown how to begin one instead.
 * @param onward what they asked for; what they typed into a form, or was noted of their options, goes before it.
 * @throws UserError for an unknown zone.
 */
export async function roadOf(
  ctx: ActContext,
  interaction: ChatInputCommandInteraction | RepliableInteraction,
  onward?: RoadOnward,
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
  const formId = keepForm(ctx.random, interaction);
  const next = formId === undefined ? onward : (['own', formId] as const);
  const card =
    zone === undefined || stage === undefined
      ? { components: [row(button([keys.deadlines.missing, ...(next ?? [])], text.enter, ButtonStyle.Primary))] }
      : beginCard(ctx.t, zone, stage, next);
  const why = missing.length > 0 ? text.needs(missing) : '';
  await answer(interaction, { ...withTyped(ctx.t, interaction, why), ...card });
  return undefined;
}

/** What a road keeps, and the press that begins it. @throws UserError for a stage that is none. */
export function beginCard(t: Texts, zone: string, stage: string, next: RoadOnward | undefined): Card {
  if (!stageById.has(stage)) throw new UserError((texts) => texts.common.outdated);
  const text = t.deadlines.begin;
  const body = text.body(text.zone(cityOf(zone)), text.stage(t.stages[stage]?.name ?? stage));
  return {
    embeds: [embed(t, text.title, body)],
    components: [row(button([keys.deadlines.begin, zone, stage, ...(next ?? [])], text.agree, ButtonStyle.Success))],
  };
}

/** What is said once a road has begun, with the way on from there. */
export function begunCard(t: Texts, next: RoadOnward | undefined): Card {
  const text = t.deadlines.begin;
  const onward = next ? [button(pressFor[next[0]](next[1]), text.onward[next[0]], ButtonStyle.Primary)] : [];
  return {
    content: text.begun,
    components: [
      row(
        ...onward,
        button([keys.roadmap.show], text.toRoad, next ? ButtonStyle.Secondary : ButtonStyle.Primary),
        button([keys.deadlines.page, 'mine', '', '', '0'], text.toDates),
      ),
    ],
  };
}
