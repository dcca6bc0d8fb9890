/** The option of commands that suspend somebody: what becomes of their running mentorships. */
import { type ChatInputCommandInteraction, SlashCommandStringOption } from 'discord.js';
import { type PairsOfSuspended, pairsOfSuspended } from '../mentoring/release.ts';
import type { Texts } from '../texts/en.ts';

const name = 'mentorships';

/** Asks what becomes of them; they end where nothing is chosen. */
export function pairsOption(t: Texts): SlashCommandStringOption {
  const { description, end, rest } = t.pairs.ofSuspended;
  return new SlashCommandStringOption()
    .setName(name)
    .setDescription(description)
    .addChoices({ name: end, value: 'end' }, { name: rest, value: 'rest' });
}

/** The choice of whoever suspends. */
export function pairsIn({ options }: ChatInputCommandInteraction<'cached'>): PairsOfSuspended {
  const chosen = options.getString(name);
  return pairsOfSuspended.find((each) => each === chosen) ?? 'end';
}
