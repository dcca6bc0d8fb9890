import type { ChatInputCommandInteraction } from 'discord.js';
import { posterOf } from '../../discord/reach.ts';
import { UserError } from '../../errors.ts';
import type { Texts } from '../../texts/en.ts';

/** A channel for what the bot posts of its own accord. @throws UserError for one that whoever asks, or the bot, cannot use. */
export function requirePostChannel(t: Texts, interaction: ChatInputCommandInteraction<'cached'>, id: string): void {
  const { botLacks, moderatorLacks, channel } = posterOf(interaction).readReach({ channel_id: id, role_id: null });
  if (channel === undefined || moderatorLacks.length > 0) throw new UserError((texts) => texts.match.refused.channelHidden(`<#${id}>`)); // prettier-ignore
  if (botLacks.length > 0) {
    const { text, fix } = t.setup.check.channelPermissions(`<#${id}>`, botLacks);
    throw new UserError(() => `${text} ${fix}`);
  }
}
