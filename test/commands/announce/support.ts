/** A town in which moderators announce. */
import { MessageFlags } from 'discord.js';
import { afterEach, beforeEach } from 'vitest';
import type { Actor, Answer, APIMessage, OptionValue } from '../../../sandbox/api.ts';
import { openTown, type Town } from '../../support/town.ts';

export const hour = 3_600_000;

export let town: Town;
/** A town that is set up for each test of the file that calls this. */
export function eachInTown(): void {
  beforeEach(async () => {
    town = await openTown({ setUp: true });
  });
  afterEach(async () => await town.close());
}

export const channel = () => town.guild.channel('announcements');

/** What stands in a channel from the bot, for everybody. */
export function posted(name = 'announcements'): APIMessage[] {
  return town.moderator
    .messages(name)
    .filter(({ author, flags = 0 }) => author.id === town.sandbox.botUserId && (flags & MessageFlags.Ephemeral) === 0);
}

/** Composes up to the preview. */
export async function compose(
  options: Readonly<Record<string, OptionValue>> = {},
  fields: Readonly<Record<string, string>> = {},
  by: Actor = town.moderator,
): Promise<Answer> {
  const form = await by.slash('announce compose', { channel: channel(), ...options });
  if (form.kind !== 'modal') return form;
  return await by.submit({ title: 'Office hours', text: 'Dr. Ali answers on **Monday**.', ...fields });
}

export async function arrived(count = 1): Promise<APIMessage> {
  await town.sandbox.until(`${count} announcements`, () => posted().length === count);
  // Discord has it before the bot has written that down.
  await town.bot.tick();
  return posted().at(-1)!;
}

/** Lets time pass, and the outbox do what came due. */
export async function pass(ms: number): Promise<void> {
  town.sandbox.clock.advance(ms);
  await town.bot.tick();
}

/** Lets whole days pass, with a look every few hours: what is more than six hours late is not posted. */
export async function passDays(days: number): Promise<void> {
  for (let step = 0; step < days * 8; step += 1) await pass(3 * hour);
}
