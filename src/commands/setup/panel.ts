import {
  ButtonStyle,
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type GuildMember,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  SlashCommandSubcommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { findPanel } from '../../db/panels.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { panelWords, removePanel, setPanel } from '../../posts/panel.ts';
import { memberOf } from '../../discord/acting.ts';
import { button, row } from '../../discord/buttons.ts';
import type { ActContext } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { missingPermissions, panelPermissions, type PermissionName } from '../../discord/permissions.ts';
import { placeOf } from '../../discord/place.ts';
import { answer, type Card, change, openForm } from '../../discord/replies.ts';
import type { Texts } from '../../texts/en.ts';

const wordsField = 'words';
/** Channels in which a message can stand, and be found by somebody new. */
const panelChannelTypes = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;

/** `/setup panel`: the doors for newcomers in a channel. */
export function panelData(t: Texts): SlashCommandSubcommandBuilder {
  return new SlashCommandSubcommandBuilder()
    .setName('panel')
    .setDescription(t.panel.description)
    .addChannelOption((option) =>
      option
        .setName('channel')
        .setDescription(t.panel.options.channel)
        .addChannelTypes(...panelChannelTypes),
    )
    .addBooleanOption((option) => option.setName('remove').setDescription(t.panel.options.remove));
}

/** Asks for the words above it, filled in as they are; or whether it is to go. */
export async function panel(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options, guildId, member } = interaction;
  await requireGuild(ctx.db, guildId);
  const now = await findPanel(ctx.db, guildId);
  if (options.getBoolean('remove') === true) {
    if (!now) throw new UserError((t) => t.panel.none);
    return await answer(interaction, askRemoval(ctx.t, now.channel_id));
  }
  const channelId = options.getChannel('channel')?.id ?? now?.channel_id;
  if (channelId === undefined) throw new UserError((t) => t.panel.noChannel);
  requireUsable(member, channelId);
  const { form } = ctx.t.panel;
  const words = new TextInputBuilder()
    .setCustomId(wordsField)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(panelWords)
    .setRequired(false)
    .setValue(now?.words ?? '');
  const modal = new ModalBuilder()
    .setCustomId(customId(keys.setup.panelForm, channelId))
    .setTitle(form.title)
    .addLabelComponents(new LabelBuilder().setLabel(form.words).setDescription(form.hint).setTextInputComponent(words));
  await openForm(interaction, modal.toJSON());
}

/** Puts it there, or changes it in place. */
export async function submitPanel(
  ctx: ActContext,
  interaction: ModalSubmitInteraction,
  [channelId = '']: readonly string[],
): Promise<void> {
  const { member } = placeOf(interaction);
  const mayPin = !requireUsable(member, channelId).includes('PinMessages');
  const typed = textIn(interaction, wordsField).trim();
  const change = await setPanel(ctx, memberOf(interaction), { channelId, words: typed === '' ? null : typed });
  const text = ctx.t.panel;
  const shown = `<#${channelId}>`;
  await answer(interaction, {
    content: [text.done[change](shown), ...(mayPin ? [] : [text.mayNotPin(shown)])].join('\n'),
    components: [row(button([keys.setup.panelRemove], text.remove, ButtonStyle.Danger))],
  });
}

/** Asks once before it goes: the words above it go along. */
export async function askToRemove(ctx: ActContext, interaction: ButtonInteraction): Promise<void> {
  const now = await findPanel(ctx.db, placeOf(interaction).guild.id);
  if (!now) throw new UserError((t) => t.panel.none);
  await answer(interaction, askRemoval(ctx.t, now.channel_id));
}

/** Takes it away. */
export async function removeNow(ctx: ActContext, interaction: ButtonInteraction): Promise<void> {
  await removePanel(ctx, memberOf(interaction));
  await change(interaction, { content: ctx.t.panel.removed });
}

function askRemoval(t: Texts, channelId: string): Card {
  const text = t.panel;
  return {
    content: text.sure(`<#${channelId}>`),
    components: [
      row(
        button([keys.setup.panelRemoveNow], text.remove, ButtonStyle.Danger),
        button([keys.setup.panelKeep], text.keep),
      ),
    ],
  };
}

/**
 * What the bot lacks there, and can do without.
 * @throws UserError where the moderator does not see the channel, or the bot cannot post there.
 */
function requireUsable(member: GuildMember, channelId: string): readonly PermissionName[] {
  const { guild } = member;
  const channel = guild.channels.cache.get(channelId);
  const { me } = guild.members;
  const shown = `<#${channelId}>`;
  const isOpen = channel && panelChannelTypes.some((type) => type === channel.type);
  if (!isOpen || !me || !channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel)) {
    throw new UserError((t) => t.panel.hidden(shown));
  }
  const missing = missingPermissions(channel.permissionsFor(me), panelPermissions);
  const needed = missing.filter((each) => each !== 'PinMessages');
  if (needed.length > 0) throw new UserError((t) => t.panel.closed(shown, needed));
  return missing;
}
