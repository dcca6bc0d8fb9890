import {
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Guild,
  SlashCommandSubcommandBuilder,
} from 'discord.js';
import { examPhrases } from '../../content/index.ts';
import type { Guild as Settings } from '../../db/guilds.ts';
import { memberOf } from '../../discord/acting.ts';
import { button, row } from '../../discord/buttons.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import {
  alertChannelOf,
  type ExamRuleView,
  type HandChanges,
  isChanged,
  keepExamRule,
  keywordRulesAtMost,
  makeExamRule,
  resetExamRule,
  takeExamRuleAway,
  wantedRule,
} from '../../discord/exam-rule.ts';
import { keys } from '../../discord/keys.ts';
import { hidingPermissions, missingPermissions } from '../../discord/permissions.ts';
import { placeOf } from '../../discord/place.ts';
import { answer, type Card, change, defer } from '../../discord/replies.ts';
import { ownMember } from '../../discord/roles.ts';
import { showTyped } from '../../discord/text.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { saveSafety } from '../../mentoring/cases/settings.ts';
import type { Texts } from '../../texts/en.ts';

/** Phrases of each kind that the card names; the rest is counted. */
const namedPhrases = 10;

/** `/setup guard`: what keeps exam content out. */
export function guardData(t: Texts): SlashCommandSubcommandBuilder {
  const text = t.guard.setup;
  return new SlashCommandSubcommandBuilder()
    .setName('guard')
    .setDescription(text.command)
    .addBooleanOption((option) => option.setName('hide').setDescription(text.hide));
}

/** Changes what is named, says how it now is, and shows the rule for AutoMod: to make, or as it is. */
export async function guard(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const hides = interaction.options.getBoolean('hide') ?? undefined;
  const settings = await saveSafety(ctx, memberOf(interaction), { hides });
  await defer(interaction);
  await answer(interaction, await guardCard(ctx, interaction.guild, settings));
}

/** Makes the rule as it was shown. */
export async function makeRule(
  ctx: ActContext,
  interaction: ButtonInteraction,
  [channelId]: readonly string[],
): Promise<void> {
  const { guild, member } = placeOf(interaction);
  await defer(interaction);
  const settings = await requireGuild(ctx.db, guild.id);
  await makeExamRule(ctx, guild, settings, member.id, channelId);
  await change(interaction, await guardCard(ctx, guild, settings));
}

/** Takes it away again. */
export async function takeRule(ctx: ActContext, interaction: ButtonInteraction): Promise<void> {
  const { guild, member } = placeOf(interaction);
  await defer(interaction);
  const settings = await requireGuild(ctx.db, guild.id);
  await takeExamRuleAway(ctx, guild, member.id);
  await change(interaction, await guardCard(ctx, guild, settings));
}

/** Sets back what moderators changed in it. */
export async function resetRule(ctx: ActContext, interaction: ButtonInteraction): Promise<void> {
  const { guild, member } = placeOf(interaction);
  await defer(interaction);
  const settings = await requireGuild(ctx.db, guild.id);
  await resetExamRule(ctx, guild, settings, member.id);
  await change(interaction, await guardCard(ctx, guild, settings));
}

async function guardCard(ctx: ActContext, guild: Guild, settings: Settings): Promise<Card> {
  const text = ctx.t.guard.setup;
  const isHiding = settings.hide_exam_content === 1;
  const { permissions } = await ownMember(guild);
  const lacks = isHiding && missingPermissions(permissions, hidingPermissions).length > 0;
  const view = await keepExamRule(ctx, guild, settings);
  const { lines, buttons } = aboutRule(ctx, guild, settings, view);
  const all = [isHiding ? text.hides : text.hidesNot, ...(lacks ? [text.lacks] : []), ...lines];
  // As Discord's own field wants them: one after the other, with commas.
  const phrases = `\`\`\`\n${examPhrases.join(', ')}\n\`\`\``;
  return {
    embeds: [embed(ctx.t, text.title, [...all, phrases].join('\n\n'))],
    components: buttons.length > 0 ? [row(...buttons)] : [],
  };
}

function aboutRule(ctx: ActContext, guild: Guild, settings: Settings, view: ExamRuleView) {
  const text = ctx.t.guard.rule;
  const { phrases: byYourself } = ctx.t.guard.setup;
  const take = button([keys.setup.guardTake], text.take);
  if (view.is === 'forbidden') {
    return { lines: view.row ? [text.outOfReach] : [byYourself, text.could], buttons: [] };
  }
  if (view.is === 'there') {
    const differs = isChanged(view.byHand);
    const back = button([keys.setup.guardReset], text.reset);
    return {
      lines: [text.stands(showTyped(view.name), view.alertsIn), ...(differs ? [byHandLines(ctx.t, view.byHand)] : [])],
      buttons: [take, ...(differs && alertChannelOf(guild, settings) !== undefined ? [back] : [])],
    };
  }
  const before = [
    ...(view.wasDeleted ? [text.wasDeleted] : []),
    ...(view.twin === undefined ? [] : [text.twin(showTyped(view.twin))]),
  ];
  const channelId = alertChannelOf(guild, settings);
  if (channelId === undefined) return { lines: [...before, byYourself, text.noChannel], buttons: [] };
  if (view.keywordRules >= keywordRulesAtMost)
    return { lines: [...before, text.full(keywordRulesAtMost)], buttons: [] };
  const { name, phrases } = wantedRule(ctx, guild, settings, channelId);
  const offer = text.offer(name, phrases.length, channelId, view.keywordRules, keywordRulesAtMost);
  return {
    lines: [...before, offer],
    buttons: [button([keys.setup.guardMake, channelId], text.make, ButtonStyle.Primary)],
  };
}

function byHandLines(t: Texts, { added, removed, alertsIn, isOff, doesMore }: HandChanges): string {
  const text = t.guard.rule.byHand;
  // A phrase may hold what would end the code that it stands in.
  const named = (phrases: readonly string[]) =>
    [
      phrases.slice(0, namedPhrases).map((each) => `\`${each.replaceAll('`', '’')}\``),
      phrases.length - namedPhrases,
    ] as const;
  return [
    text.title,
    ...(added.length > 0 ? [text.added(...named(added))] : []),
    ...(removed.length > 0 ? [text.removed(...named(removed))] : []),
    ...(alertsIn === undefined ? [] : [alertsIn === null ? text.noAlert : text.alertsIn(alertsIn)]),
    ...(isOff ? [text.isOff] : []),
    ...(doesMore ? [text.doesMore] : []),
    text.stays,
  ].join('\n');
}
