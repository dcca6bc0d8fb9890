import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type ModalSubmitInteraction,
  type RepliableInteraction,
  SlashCommandBuilder,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { searchZones } from '../../content/zones/index.ts';
import type { Guild as Settings } from '../../db/guilds.ts';
import { findRoundPlan } from '../../db/round-plans.ts';
import { deleteSetup } from '../../db/setups.ts';
import type { Command } from '../../discord/command.ts';
import { memberOf } from '../../discord/acting.ts';
import { textIn } from '../../discord/forms.ts';
import { placeOf } from '../../discord/place.ts';
import { answer, type Card, change, defer, openForm, suggest } from '../../discord/replies.ts';
import { checkCard, leftCard, previewCard, settingsCard, startCard } from './cards.ts';
import { compareNow } from './check-sweep.ts';
import { channelTypes, findProblems } from './check.ts';
import { mentoring, mentoringData } from './mentoring.ts';
import { match, matchData, words, wordsData } from './match.ts';
import { officeData, officehours } from './office-hours.ts';
import { study, studyData } from './study.ts';
import { reminders, remindersData } from './reminders.ts';
import { focus, focusData } from './focus.ts';
import { guard, guardData, makeRule, resetRule, takeRule } from './guard.ts';
import { safety, safetyData } from './safety.ts';
import { askToRemove, panel, panelData, removeNow, submitPanel } from './panel.ts';
import { beginSetup, goOnWithSetup, requireShown, type SetupOutcome, type SetupPreview } from './start.ts';
import { showUndo, undo } from './undo.ts';
import { readWeights, weightsCard, weightsDecidedCard, weightsPreviewCard } from './weights.ts';
import { posterOf } from '../../discord/reach.ts';
import { requireZone } from '../../guild/zones.ts';
import { UserError } from '../../errors.ts';
import { type Part, parts, percentRange } from '../../matching/index.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { weightsOf } from '../../mentoring/matchable.ts';
import { channelPurposes, requestDays, rolePurposes } from '../../guild/settings.ts';
import type { SetupChanges } from '../../lifecycle/setup.ts';
import { previewWeights, saveWeights } from '../../mentoring/weights.ts';
import { epochMs } from '../../time.ts';
import { keys } from '../../discord/keys.ts';
import { zoneField, zoneForm, zoneMeant } from '../../discord/zones.ts';
import type { Texts } from '../../texts/en.ts';
import { ownNameOf } from '../../texts/words.ts';
import type { Languages } from '../../texts/languages.ts';
import type { ActContext } from '../../discord/command.ts';
import { wholeNumber } from '../../discord/options.ts';
import { retryAfterSetUp } from '../../db/notices/outcomes.ts';

const data = (t: Texts, languages: Languages) =>
  new SlashCommandBuilder()
    .setName('setup')
    .setDescription(t.setup.description)
    .addSubcommand((start) => {
      start
        .setName('start')
        .setDescription(t.setup.start.description)
        .addStringOption((option) =>
          option.setName('timezone').setDescription(t.setup.start.options.timezone).setAutocomplete(true),
        );
      for (const purpose of channelPurposes) {
        start.addChannelOption((option) =>
          option
            .setName(purpose)
            .setDescription(t.setup.start.options.channels[purpose])
            .addChannelTypes(...channelTypes[purpose]),
        );
      }
      for (const purpose of rolePurposes) {
        start.addRoleOption((option) =>
          option.setName(`${purpose}_role`).setDescription(t.setup.start.options.roles[purpose]),
        );
      }
      // A choice between one language would be none.
      if (languages.translations.size > 0) {
        start.addStringOption((option) =>
          option
            .setName('language')
            .setDescription(t.setup.start.options.language)
            .addChoices(languages.locales.map((locale) => ({ name: ownNameOf(locale), value: locale }))),
        );
      }
      return start
        .addStringOption((option) =>
          option
            .setName('verification')
            .setDescription(t.setup.start.options.verification)
            .addChoices({ name: t.setup.start.on, value: 'on' }, { name: t.setup.start.off, value: 'off' }),
        )
        .addIntegerOption(wholeNumber('request_days', t.setup.start.options.requestDays, requestDays));
    })
    .addSubcommand((show) => show.setName('show').setDescription(t.setup.show.description))
    .addSubcommand((check) => check.setName('check').setDescription(t.setup.check.description))
    .addSubcommand((undo) => undo.setName('undo').setDescription(t.setup.undo.description))
    .addSubcommand((weights) => {
      weights.setName('weights').setDescription(t.weights.description);
      for (const part of parts) {
        weights.addIntegerOption(wholeNumber(part, t.weights.options[part], percentRange));
      }
      return weights.addBooleanOption((option) => option.setName('usual').setDescription(t.weights.options.usual));
    })
    .addSubcommand(mentoringData(t))
    .addSubcommand(panelData(t))
    .addSubcommand(safetyData(t))
    .addSubcommand(guardData(t))
    .addSubcommand(matchData(t))
    .addSubcommand(wordsData(t))
    .addSubcommand(remindersData(t))
    .addSubcommand(focusData(t))
    .addSubcommand(studyData(t))
    .addSubcommand(officeData(t));

/** Set-up of a guild, for its moderators. */
export default {
  name: 'setup',
  for: 'moderators',
  data,

  subcommands: {
    start,
    show: async (ctx, interaction) => {
      const settings = await requireGuild(ctx.db, interaction.guildId);
      const plan = await findRoundPlan(ctx.db, interaction.guildId);
      await answer(interaction, settingsCard(ctx.t, ctx.languages, settings, plan, epochMs(ctx.now())));
    },
    weights,
    mentoring,
    safety,
    guard,
    match,
    reminders,
    focus,
    words,
    study,
    officehours,
    check: showCheck,
    undo: showUndo,
    panel,
  },

  async autocomplete(ctx, interaction) {
    await suggest(interaction, searchZones(interaction.options.getFocused(), epochMs(ctx.now())));
  },

  buttons: {
    /** Asks for the one thing that a first set-up has to be told; or for another in what is shown. */
    [keys.setup.door]: async (ctx, interaction, shown) => {
      const { form: title, zone: label } = ctx.t.home.setUp;
      await openForm(interaction, zoneForm(ctx.t, [keys.setup.doorForm, ...shown.slice(0, 1)], { title, label }));
    },
    /** Does what was shown. */
    [keys.setup.goOn]: async (ctx, interaction, [id]) => {
      const { guild, member } = placeOf(interaction);
      await defer(interaction);
      await change(interaction, setupCard(ctx, await goOnWithSetup(ctx, guild, member, id)));
    },
    /** Leaves everything as it is. */
    [keys.setup.leave]: async (ctx, interaction, [id]) => {
      const { id: shown } = await requireShown(ctx, placeOf(interaction).guild.id, id);
      await deleteSetup(ctx.db, shown);
      await change(interaction, leftCard(ctx.t));
    },
    [keys.setup.guardMake]: makeRule,
    [keys.setup.guardTake]: takeRule,
    [keys.setup.guardReset]: resetRule,
    [keys.setup.panelRemove]: askToRemove,
    [keys.setup.panelRemoveNow]: removeNow,
    [keys.setup.panelKeep]: async (ctx, interaction) => {
      await change(interaction, { content: ctx.t.panel.kept });
    },
    /** Takes back what a set-up made, while nobody has used it. */
    [keys.setup.undo]: async (ctx, interaction, [id]) => {
      const { guild, member } = placeOf(interaction);
      await defer(interaction);
      await change(interaction, await undo(ctx, guild, member, id));
    },
    /** Checks, like the command. */
    [keys.setup.showCheck]: showCheck,
    /** Checks once more, on the same card. */
    [keys.setup.checkAgain]: async (ctx, interaction) => {
      const settings = await requireGuild(ctx.db, memberOf(interaction).guildId);
      await defer(interaction);
      await change(interaction, await check(ctx, interaction, settings));
    },

    /** Lets the weights of a preview count, where they still replace what it showed. */
    [keys.setup.useWeights]: async (ctx, interaction, [before, after]) => {
      if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
      const { guildId, user } = interaction;
      await saveWeights(ctx, guildId, user.id, { before: readWeights(before), after: readWeights(after) });
      await change(interaction, weightsDecidedCard(ctx.t, weightsOf(await requireGuild(ctx.db, guildId)), true));
    },

    /** Leaves the weights as they are. */
    [keys.setup.keepWeights]: async (ctx, interaction) => {
      if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
      await change(
        interaction,
        weightsDecidedCard(ctx.t, weightsOf(await requireGuild(ctx.db, interaction.guildId)), false),
      );
    },
  },

  menus: {
    /** Shows a set-up in the zone that was chosen. */
    [keys.setup.doorZone]: async (ctx, interaction, [shown]) => {
      await startIn(ctx, interaction, requireZone(interaction.values[0] ?? '', ctx.now()), shown);
    },
  },

  modals: {
    [keys.setup.panelForm]: submitPanel,
    /** Shows a set-up in the zone that was typed, or asks which is meant. */
    [keys.setup.doorForm]: async (ctx, interaction, [shown]) => {
      const typed = textIn(interaction, zoneField);
      const id = shown === undefined ? [] : [shown];
      const zone = zoneMeant(ctx.t, [keys.setup.doorZone, ...id], typed, ctx.now());
      if (typeof zone === 'string') return await startIn(ctx, interaction, zone, shown);
      await answer(interaction, zone);
    },
  },
} satisfies Command;

type CheckInteraction = ChatInputCommandInteraction | ButtonInteraction;

async function showCheck(ctx: ActContext, interaction: CheckInteraction): Promise<void> {
  const settings = await requireGuild(ctx.db, memberOf(interaction).guildId);
  await defer(interaction);
  await answer(interaction, await check(ctx, interaction, settings));
}

/** Everything that keeps the bot from its work, and what differs between Discord and what is stored. */
async function check(ctx: ActContext, interaction: CheckInteraction, settings: Settings): Promise<Card> {
  // Whoever checks has perhaps just mended something: what waited for it is tried again.
  await retryAfterSetUp(ctx.db, settings.id, ctx.now());
  const { guild } = placeOf(interaction);
  const compared = await compareNow(ctx, guild, settings);
  const problems = await findProblems(ctx, guild, settings, posterOf(interaction));
  return checkCard(ctx.t, problems, compared);
}

async function start(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  await startWith(ctx, interaction, readChoices(ctx, interaction));
}

async function startWith(ctx: ActContext, interaction: RepliableInteraction, changes: SetupChanges): Promise<void> {
  const { guild, member } = placeOf(interaction);
  await defer(interaction);
  await answer(interaction, setupCard(ctx, await beginSetup(ctx, guild, member, changes)));
}

/** @param shown the id of what is shown already: then it is shown anew, on the same card where there is one. */
async function startIn(
  ctx: ActContext,
  interaction: StringSelectMenuInteraction | ModalSubmitInteraction,
  zone: string,
  shown: string | undefined,
): Promise<void> {
  if (shown === undefined) return await startWith(ctx, interaction, { zone });
  const { guild, member } = placeOf(interaction);
  const { choices, id } = await requireShown(ctx, guild.id, shown);
  const card = setupCard(ctx, await beginSetup(ctx, guild, member, { ...choices.changes, zone }, id));
  if (interaction.isModalSubmit() && !interaction.isFromMessage()) await answer(interaction, card);
  else await change(interaction, card);
}

function setupCard(ctx: ActContext, done: SetupPreview | SetupOutcome): Card {
  const nowMs = epochMs(ctx.now());
  return 'settings' in done ? startCard(ctx.t, ctx.languages, done, nowMs) : previewCard(ctx.t, done, nowMs);
}

/** Shows what counts; or, where percentages are named, what they would change. */
async function weights(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options, guildId } = interaction;
  const named = parts.flatMap((part) => {
    const percent = options.getInteger(part);
    return percent === null ? [] : [[part, percent] as const];
  });
  const isUsual = options.getBoolean('usual') === true;
  if (isUsual && named.length > 0) throw new UserError((t) => t.weights.refused.usualAlone);
  if (!isUsual && named.length === 0) {
    return await answer(interaction, weightsCard(ctx.t, weightsOf(await requireGuild(ctx.db, guildId))));
  }
  await defer(interaction);
  const given = isUsual ? 'usual' : (Object.fromEntries(named) as Partial<Record<Part, number>>);
  await answer(interaction, weightsPreviewCard(ctx.t, await previewWeights(ctx, guildId, given)));
}

function readChoices(ctx: ActContext, { options }: ChatInputCommandInteraction<'cached'>): SetupChanges {
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
    zone: typed === undefined ? undefined : requireZone(typed, ctx.now()),
    channels,
    roles,
    verification: verification === null ? undefined : verification === 'on',
    requestDays: options.getInteger('request_days') ?? undefined,
    language: ctx.languages.locales.find((locale) => locale === options.getString('language')),
  };
}
