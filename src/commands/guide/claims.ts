/** *Is this true?*: from the menu of a message to the moderators, and back below the message. */
import {
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  ButtonStyle,
  LabelBuilder,
  type MessageContextMenuCommandInteraction,
  ModalBuilder,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { findClaim } from '../../db/claims.ts';
import { claimKinds } from '../../db/schema.ts';
import { memberOf } from '../../discord/acting.ts';
import { audiences } from '../../discord/audience.ts';
import { button, row } from '../../discord/buttons.ts';
import { answerForm, ownText } from '../../discord/cards/claim.ts';
import { pageLink } from '../../discord/cards/fact.ts';
import type { ActContext } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { embed } from '../../discord/embeds.ts';
import { chooser, textIn, valuesIn } from '../../discord/forms.ts';
import { travelingOf } from '../../discord/journey.ts';
import { keys } from '../../discord/keys.ts';
import { placeOf } from '../../discord/place.ts';
import { answer, type Card, change, defer, openForm } from '../../discord/replies.ts';
import { retry } from '../../discord/retry.ts';
import { UserError } from '../../errors.ts';
import { offersForbiddenMaterial } from '../../integrity.ts';
import { answerClaim, leaveUnclear, postAnswer, requireOpenClaim } from '../../journey/claims/answer.ts';
import {
  askModerators,
  askQuestion,
  beginClaim,
  beginQuestion,
  describeClaim,
  findEarlierAnswer,
  type Handed,
} from '../../journey/claims/ask.ts';
import { claimLimits } from '../../journey/claims/limits.ts';
import { snapshotOf } from '../../journey/claims/snapshot.ts';
import type { ClaimDraft } from '../../db/claims.ts';
import type { Texts } from '../../texts/en.ts';
import { findFields, question } from './answers.ts';
import { themeMenu } from './pages.ts';

/** Entries of the guide beside a claim, and characters of it that they are looked for with. */
const factsAtMost = 3;
const askedMost = 400;
/** Where it stands how scams work. */
const scamPage = 'ftc';

/** Opens the form about a message. Of its author no name is kept; their id travels with the form, for a report. */
export async function openTrueForm(ctx: ActContext, interaction: MessageContextMenuCommandInteraction): Promise<void> {
  const { targetMessage: message } = interaction;
  const { author } = message;
  const names = [author.username, author.globalName, author.displayName, message.member?.displayName];
  const text = snapshotOf(
    message.content,
    names.filter((name) => typeof name === 'string'),
  );
  const { channelId } = interaction;
  const draftId = await beginClaim(ctx, travelingOf(interaction), { text, channelId, messageId: message.id });
  await openForm(interaction, trueForm(ctx.t, draftId, author.bot ? '' : author.id));
}

function trueForm(t: Texts, draftId: string, authorId: string): APIModalInteractionResponseCallbackData {
  const text = t.claims.form;
  const line = new TextInputBuilder()
    .setCustomId('line')
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(claimLimits.line)
    .setRequired(false);
  const kinds = chooser(
    'kind',
    claimKinds.map((id) => ({ id, name: t.claims.kinds[id] })),
  );
  return new ModalBuilder()
    .setCustomId(customId(keys.guide.trueForm, draftId, authorId))
    .setTitle(text.title)
    .addLabelComponents(
      new LabelBuilder().setLabel(text.kind).setStringSelectMenuComponent(kinds),
      new LabelBuilder().setLabel(text.line).setDescription(text.lineHint).setTextInputComponent(line),
    )
    .toJSON();
}

/** At once, and to them alone: what official pages say of it, with the day. */
export async function showFacts(
  ctx: ActContext,
  interaction: ModalSubmitInteraction,
  [draftId = '', authorId = '']: readonly string[],
): Promise<void> {
  const form = { kind: valuesIn(interaction, 'kind')[0] ?? '', line: textIn(interaction, 'line') };
  const draft = await describeClaim(ctx, interaction.user.id, draftId, form);
  await answer(interaction, await factsCard(ctx, interaction, draft, authorId));
}

/** The same for what somebody read elsewhere, as a command: whatever Discord lets them press. */
export async function checkClaim(ctx: ActContext, interaction: ChatInputCommandInteraction): Promise<void> {
  const text = interaction.options.getString('claim', true).trim();
  const about = interaction.options.getString('about');
  const kind = claimKinds.find((each) => each === about) ?? 'other';
  if (offersForbiddenMaterial(text)) throw new UserError((t) => t.claims.refused.examMaterial);
  const who = travelingOf(interaction);
  const id = await beginQuestion(ctx, who, text, kind);
  const asked = {
    id: id ?? '',
    guild_id: id === undefined ? null : who.guildId,
    text,
    kind,
    line: '',
    message_id: null,
  };
  await answer(interaction, await factsCard(ctx, interaction, asked, ''));
}

type Asked = Pick<ClaimDraft, 'id' | 'guild_id' | 'text' | 'kind' | 'line' | 'message_id'>;

async function factsCard(
  ctx: ActContext,
  interaction: ModalSubmitInteraction | ChatInputCommandInteraction,
  draft: Asked,
  authorId: string,
): Promise<Card> {
  const { t } = ctx;
  const text = t.claims.facts;
  const earlier = await findEarlierAnswer(ctx, draft);
  const asked = `${draft.line} ${draft.text}`.slice(0, askedMost);
  const facts = await findFields(ctx, travelingOf(interaction), asked, {
    most: factsAtMost,
    ...(draft.kind === 'date' ? { first: 'date' } : {}),
  });
  const fields = [
    ...(earlier ? [{ name: text.answeredBefore, value: ownText(t, earlier) }] : []),
    ...facts.filter(({ name }) => name !== (earlier && t.claims.own.heading(earlier.question))),
  ];
  const mayAsk = draft.guild_id !== null;
  const flags = t.claims.flags;
  const warning = [flags.intro, ...flags.list.map((each) => `- ${each}`), flags.source(pageLink(scamPage))];
  const intro = [fields.length === 0 ? text.nothing : text.intro, ...(mayAsk ? [] : [text.alone])].join('\n\n');
  const mayReport = draft.kind === 'helper' && mayAsk && authorId !== '' && authorId !== interaction.user.id;
  const buttons = [
    ...(mayAsk ? [button([keys.guide.hand, draft.id], text.ask, ButtonStyle.Primary)] : []),
    ...(mayReport ? [button([keys.report.open, authorId], flags.report)] : []),
  ];
  return {
    embeds: [
      ...(draft.kind === 'helper' ? [embed(t, flags.title, warning.join('\n'))] : []),
      { ...embed(t, text.title, intro, fields), footer: { text: t.guide.nobodyAdvises } },
    ],
    components: [themeMenu(t), ...(buttons.length === 0 ? [] : [row(...buttons)])],
  };
}

/** Hands what was asked to the moderators. */
export async function handOver(
  ctx: ActContext,
  interaction: ButtonInteraction,
  [draftId = '']: readonly string[],
): Promise<void> {
  const handed = await askModerators(ctx, memberOf(interaction), draftId);
  await change(interaction, { content: handedText(ctx.t, handed) });
}

function handedText(t: Texts, { isKnown, isRepeated }: Handed): string {
  const text = t.claims.asked;
  if (isRepeated) return text.repeated;
  return isKnown ? text.known : text.new(claimLimits.openDays);
}

/** Opens a form for a question to the moderators, where the guide had something else. */
export async function openSendForm(ctx: ActContext, interaction: ButtonInteraction): Promise<void> {
  const text = ctx.t.claims.ask;
  const input = new TextInputBuilder()
    .setCustomId('question')
    .setStyle(TextInputStyle.Paragraph)
    .setMinLength(question.least)
    .setMaxLength(question.most)
    .setRequired(true);
  const form = new ModalBuilder()
    .setCustomId(customId(keys.guide.sendForm))
    .setTitle(text.formTitle)
    .addLabelComponents(
      new LabelBuilder().setLabel(text.question).setDescription(text.hint).setTextInputComponent(input),
    )
    .toJSON();
  await openForm(interaction, form);
}

export async function sendQuestion(ctx: ActContext, interaction: ModalSubmitInteraction): Promise<void> {
  const handed = await askQuestion(ctx, memberOf(interaction), textIn(interaction, 'question'));
  await answer(interaction, { content: handedText(ctx.t, handed) });
}

/** Opens the form for a moderator's answer. A question is asked in its own words, unless they find better ones. */
export async function openAnswerForm(
  ctx: ActContext,
  interaction: ButtonInteraction,
  [id = '']: readonly string[],
): Promise<void> {
  const claim = await requireOpenClaim(ctx, memberOf(interaction).guildId, id);
  const asked = claim.origin === 'question' ? (claim.text ?? '') : '';
  await openForm(interaction, answerForm(ctx.t, [keys.guide.answerForm, id], asked));
}

/** Takes a moderator's answer. */
export async function takeAnswer(
  ctx: ActContext,
  interaction: ModalSubmitInteraction,
  [id = '']: readonly string[],
): Promise<void> {
  await answerClaim(ctx, memberOf(interaction), id, {
    question: textIn(interaction, 'question'),
    answer: textIn(interaction, 'answer'),
    link: textIn(interaction, 'link'),
    verdict: valuesIn(interaction, 'verdict')[0] ?? '',
  });
  await answer(interaction, { content: ctx.t.claims.done.answered });
}

/** Nobody can tell: said by a moderator. */
export async function noteUnclear(
  ctx: ActContext,
  interaction: ButtonInteraction,
  [id = '']: readonly string[],
): Promise<void> {
  await leaveUnclear(ctx, memberOf(interaction), id);
  await answer(interaction, { content: ctx.t.claims.done.unclear });
}

/** Puts the answer below the message: for whoever asked, and may write there. */
export async function postBelow(
  ctx: ActContext,
  interaction: ButtonInteraction,
  [id = '']: readonly string[],
): Promise<void> {
  await defer(interaction);
  const by = memberOf(interaction);
  const claim = await findClaim(ctx.db, id);
  if (claim?.guild_id !== by.guildId) throw new UserError((t) => t.claims.refused.gone);
  if (claim.channel_id !== null && !(await mayWriteIn(interaction, claim.channel_id))) {
    throw new UserError((t) => t.claims.refused.cannotWrite);
  }
  await postAnswer(ctx, by, id, audiences.moderators.admits(interaction));
  await answer(interaction, { content: ctx.t.claims.done.posting });
}

/** Whether whoever acts may write in a channel or thread, as Discord says. */
async function mayWriteIn(interaction: ButtonInteraction, channelId: string): Promise<boolean> {
  const { guild, member } = placeOf(interaction);
  const channel =
    guild.channels.cache.get(channelId) ?? (await retry(() => guild.channels.fetch(channelId)).catch(() => null));
  if (!channel) return false;
  const writing = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return channel.permissionsFor(member)?.has([PermissionFlagsBits.ViewChannel, writing]) ?? false;
}
