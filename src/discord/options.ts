import { SlashCommandIntegerOption } from 'discord.js';

/**
 * A whole number as an option of a command.
 * @param range the least and the most that Discord lets somebody type.
 */
export function wholeNumber(
  name: string,
  description: string,
  { min, max }: { readonly min: number; readonly max: number },
): SlashCommandIntegerOption {
  return new SlashCommandIntegerOption().setName(name).setDescription(description).setMinValue(min).setMaxValue(max);
}
