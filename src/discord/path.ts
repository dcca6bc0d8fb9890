import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';

/** Which handler of a command was typed: `group name`, `name`, or nothing. */
export function pathOf({ options }: Pick<ChatInputCommandInteraction | AutocompleteInteraction, 'options'>): string {
  return [options.getSubcommandGroup(false), options.getSubcommand(false)].filter((part) => part !== null).join(' ');
}
