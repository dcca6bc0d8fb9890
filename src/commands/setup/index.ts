import {
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
  SlashCommandBuilder,
} from 'discord.js';
import { findZone, searchZones } from '../../content/zones.ts';
import type { Context } from '../../context.ts';
import { retryAfterSetUp } from '../../db/notices.ts';
import type { Command } from '../../discord/command.ts';
import { requireModerator } from '../../discord/guards.ts';
import { answer, change, defer } from '../../discord/replies.ts';
import { checkAgain, checkCard, settingsCard, startCard } from './cards.ts';
import { channelTypes, findProblems } from './check.ts';
import { setUpGuild } from './start.ts';
import {
  keepWeights,
  readWeights,
  useWeights,
  weightsCard,
  weightsDecidedCard,
  weightsPreviewCard,
} from './weights.ts';
import { UserError } from '../../errors.ts';
import { type Part, parts, percentRange } from '../../matching/index.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { weightsOf } from '../../mentoring/matchable.ts';
import { channelPurposes, requestDays, rolePurposes } from '../../guild/settings.ts';
import type { SetupChanges } from '../../lifecycle/setup.ts';
import { previewWeights, saveWeights } from '../../mentoring/weights.ts';
import { texts } from '../../texts/en.ts';
import { epochMs } from '../../time.ts';

const text = texts.setup;

const data = new SlashCommandBuilder()
  .setName('setup')
  .setDescription(text.description)
  .setContexts(InteractionContextType.Guild)
  .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
  .addSubcommand((start) => {
    start
      .setName('start')
      .setDescription(text.start.description)
      .addStringOption((option) =>
        option.setName('timezone').setDescription(text.start.options.timezone).setAutocomplete(true),
      );
    for (const purpose of channelPurposes) {
      start.addChannelOption((option) =>
        option
          .setName(purpose)
          .setDescription(text.start.options.channels[purpose])
          .addChannelTypes(...channelTypes[purpose]),
      );
    }
    for (const purpose of rolePurposes) {
      start.addRoleOption((option) =>
        option.setName(`${purpose}_role`).setDescription(text.start.options.roles[purpose]),
      );
    }
    return start
      .addStringOption((option) =>
        option
          .setName('verification')
          .setDescription(text.start.options.verification)
          .addChoices({ name: text.start.on, value: 'on' }, { name: text.start.off, value: 'off' }),
      )
      .addIntegerOption((option) =>
        option
          .setName('request_days')
          .setDescription(text.start.options.requestDays)
          .setMinValue(requestDays.min)
          .setMaxValue(requestDays.max),
      );
  })
  .addSubcommand((show) => show.setName('show').setDescription(text.show.description))
  .addSubcommand((check) => check.setName('check').setDescription(text.check.description))
  .addSubcommand((weights) => {
    weights.setName('weights').setDescription(texts.weights.description);
    for (const part of parts) {
      weights.addIntegerOption((option) =>
        option
          .setName(part)
          .setDescription(texts.weights.options[part])
          .setMinValue(percentRange.min)
          .setMaxValue(percentRange.max),
      );
    }
    return weights.addBooleanOption((option) => option.setName('usual').setDescription(texts.weights.options.usual));
  });

/** Set-up of a guild, for its moderators. */
export default {
  data,

  async execute(ctx, interaction) {
    requireModerator(interaction);
    switch (interaction.options.getSubcommand()) {
      case 'start':
        return await start(ctx, interaction);
      case 'show': {
        const settings = await requireGuild(ctx.db, interaction.guildId);
        return await answer(interaction, settingsCard(settings, epochMs(ctx.now())));
      }
      case 'weights':
        return await weights(ctx, interaction);
      default: {
        const settings = await requireGuild(ctx.db, interaction.guildId);
        // Whoever checks has perhaps just mended something: what waited for it is tried again.
        await retryAfterSetUp(ctx.db, settings.id, ctx.now());
        return await answer(interaction, checkCard(await findProblems(ctx, interaction.guild, settings)));
      }
    }
  },

  async autocomplete(ctx, interaction) {
    await interaction.respond(searchZones(interaction.options.getFocused(), epochMs(ctx.now())));
  },

  buttons: {
    /** Checks once more, on the same card. */
    [checkAgain]: async (ctx, interaction) => {
      if (!interaction.inCachedGuild()) throw new UserError(texts.common.notInGuild);
      requireModerator(interaction);
      const settings = await requireGuild(ctx.db, interaction.guildId);
      await retryAfterSetUp(ctx.db, settings.id, ctx.now());
      await change(interaction, checkCard(await findProblems(ctx, interaction.guild, settings)));
    },

    /** Lets the weights of a preview count, where they still replace what it showed. */
    [useWeights]: async (ctx, interaction, [before, after]) => {
      if (!interaction.inCachedGuild()) throw new UserError(texts.common.notInGuild);
      requireModerator(interaction);
      const { guildId, user } = interaction;
      await saveWeights(ctx, guildId, user.id, { before: readWeights(before), after: readWeights(after) });
      await change(interaction, weightsDecidedCard(weightsOf(await requireGuild(ctx.db, guildId)), true));
    },

    /** Leaves the weights as they are. */
    [keepWeights]: async (ctx, interaction) => {
      if (!interaction.inCachedGuild()) throw new UserError(texts.common.notInGuild);
      requireModerator(interaction);
      await change(interaction, weightsDecidedCard(weightsOf(await requireGuild(ctx.db, interaction.guildId)), false));
    },
  },
} satisfies Command;

async function start(ctx: Context, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  await defer(interaction);
  const outcome = await setUpGuild(ctx, interaction.guild, interaction.member, readChoices(interaction));
  await answer(interaction, startCard(outcome, epochMs(ctx.now())));
}

/** Shows what counts; or, where percentages are named, what they would change. */
async function weights(ctx: Context, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options, guildId } = interaction;
  const named = parts.flatMap((part) => {
    const percent = options.getInteger(part);
    return percent === null ? [] : [[part, percent] as const];
  });
  const isUsual = options.getBoolean('usual') === true;
  if (isUsual && named.length > 0) throw new UserError(texts.weights.refused.usualAlone);
  if (!isUsual && named.length === 0) {
    return await answer(interaction, weightsCard(weightsOf(await requireGuild(ctx.db, guildId))));
  }
  await defer(interaction);
  const given = isUsual ? 'usual' : (Object.fromEntries(named) as Partial<Record<Part, number>>);
  await answer(interaction, weightsPreviewCard(await previewWeights(ctx, guildId, given)));
}

function readChoices({ options }: ChatInputCommandInteraction<'cached'>): SetupChanges {
  const channels: Partial<Record<(typeof channelPurposes)[number], string>> = {};
  for (const purpose of channelPurposes) {
    const channel = options.getChannel(purpose);
    if (channel) channels[purpose] = channel.id;
  }
  const roles: Partial<Record<(typeof rolePurposes)[number], string>> = {};
  for (const purpose of rolePurposes) {
    const role = options.getRole(`${purpose}_role`);
    if (role) roles[purpose] = role.id;
  }
  const typed = options.getString('timezone')?.trim();
  const verification = options.getString('verification');
  return {
    // Whoever ignores the suggestions may still have typed a zone, in other letters or by an older name.
    zone: typed === undefined ? undefined : (findZone(typed) ?? typed),
    channels,
    roles,
    verification: verification === null ? undefined : verification === 'on',
    requestDays: options.getInteger('request_days') ?? undefined,
  };
}
