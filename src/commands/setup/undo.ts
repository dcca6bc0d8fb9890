import { type Guild, type GuildMember, type RepliableInteraction, Routes } from 'discord.js';
import { deleteSetup, findLastMade, findSetup, type SetupMade } from '../../db/setups.ts';
import { UserError } from '../../errors.ts';
import { textsOfGuild } from '../../guild/language.ts';
import { refuseStoredUse, undoSetup } from '../../lifecycle/undo.ts';
import { row } from '../../discord/buttons.ts';
import type { ActContext } from '../../discord/command.ts';
import { placeOf } from '../../discord/place.ts';
import { answer, type Card } from '../../discord/replies.ts';
import { retry } from '../../discord/retry.ts';
import { oneAtATime } from '../../discord/turns.ts';
import { unmake } from '../../discord/unmake.ts';
import type { Texts } from '../../texts/en.ts';
import { beginButton, undoButton } from './cards.ts';

/** Messages that one request returns, Discord's limit: a channel with so many is in use, whoever wrote them. */
const lookedAt = 100;

/** `/setup undo`: what the last set-up made, and the button that takes it back. */
export async function showUndo(ctx: ActContext, interaction: RepliableInteraction): Promise<void> {
  const setup = await findLastMade(ctx.db, placeOf(interaction).guild.id);
  if (!setup?.made) throw new UserError((t) => t.setup.undo.nothing);
  const text = ctx.t.setup.undo;
  await answer(interaction, {
    embeds: [{ title: text.title, description: text.about(mentionsOf(setup.made)) }],
    components: [row(undoButton(ctx.t, setup.id))],
  });
}

/**
 * Takes a set-up back: deletes what it made, and lets the settings be as they were before. Calls Discord several times:
 * defer first.
 * @throws UserError that says who uses it; then nothing was changed.
 */
export async function undo(
  ctx: ActContext,
  guild: Guild,
  moderator: GuildMember,
  id: string | undefined,
): Promise<Card> {
  const { left } = await oneAtATime(guild.id, async () => {
    const setup = await findSetup(ctx.db, guild.id, id ?? '');
    if (!setup?.made) throw new UserError((t) => t.setup.undo.gone);
    if (setup.state === 'made') {
      await refuseStoredUse(ctx.db, guild.id, setup.made);
      await refuseUsed(guild, setup.made);
      await undoSetup(ctx, { guildId: guild.id, userId: moderator.id }, setup.id);
    }
    // A kill from here on leaves the rest to the heartbeat.
    const names = textsOfGuild(ctx, { locale: null }, guild.preferredLocale);
    const undeleted = await unmake(guild, setup.made, names.setup.undo.reason(moderator.user.username));
    await deleteSetup(ctx.db, setup.id);
    return { left: undeleted };
  });
  return undoneCard(ctx.t, left);
}

/** @throws UserError where somebody wrote in a channel of these, opened a thread, or has a role of these. */
async function refuseUsed(guild: Guild, { channels, roles }: SetupMade): Promise<void> {
  const { rest, user } = guild.client;
  const there = Object.values(channels).filter((id) => guild.channels.cache.has(id));
  const { threads } = await retry(() => guild.channels.fetchActiveThreads(false));
  for (const id of there) {
    const messages = (await retry(() =>
      rest.get(Routes.channelMessages(id), { query: new URLSearchParams({ limit: String(lookedAt) }) }),
    )) as { author: { id: string } }[];
    const isUsed = messages.length >= lookedAt || messages.some(({ author }) => author.id !== user.id);
    if (isUsed || threads.some(({ parentId }) => parentId === id)) {
      throw new UserError((t) => t.setup.undo.inUse(t.setup.undo.channelUsed(`<#${id}>`)));
    }
  }
  const roleIds = Object.values(roles);
  if (roleIds.length === 0) return;
  const counts = await retry(() => guild.roles.fetchMemberCounts());
  const used = roleIds.find((id) => (counts.get(id) ?? 0) > 0);
  if (used !== undefined) throw new UserError((t) => t.setup.undo.inUse(t.setup.undo.roleUsed(`<@&${used}>`)));
}

function undoneCard(t: Texts, left: readonly string[]): Card {
  const text = t.setup.undo;
  return {
    embeds: [
      { title: text.done, description: [text.doneText, ...(left.length > 0 ? [text.left(left)] : [])].join('\n\n') },
    ],
    components: [row(beginButton(t))],
  };
}

function mentionsOf({ channels, roles }: SetupMade): string[] {
  return [...Object.values(channels).map((id) => `<#${id}>`), ...Object.values(roles).map((id) => `<@&${id}>`)];
}
