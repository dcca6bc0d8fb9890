/**
 * What the bot says outside of any guild's settings, each once and never repeated: an answer to somebody who wrote to it,
 * and a greeting to whoever brought it into a guild. Both are courtesies: what gets lost is not sent again.
 */
import {
  AuditLogEvent,
  ButtonStyle,
  type Client,
  DiscordAPIError,
  type Guild,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import type { Context } from '../context.ts';
import { claimGreeting, claimHello } from '../db/door.ts';
import { findGuild } from '../db/guilds.ts';
import { listMemberships } from '../db/members.ts';
import type { Texts } from '../texts/en.ts';
import { later } from '../time.ts';
import { button, linkButton } from './buttons.ts';
import { placeId } from './custom-ids.ts';
import { embed } from './embeds.ts';
import { rowsOf } from './home/index.ts';
import { keys } from './keys.ts';
import { threadUrl } from './links.ts';
import { placeRows } from './place.ts';
import type { Card } from './replies.ts';
import { showTyped } from './text.ts';

/** Answers to one person within an hour: whoever writes a long letter gets one. */
const answerEveryHours = 1;
/** Guilds that an answer leads to, those in which the person was seen last. */
const homesShown = 5;

/** Answers a written direct message. What it says is not known here: its text is dropped before anybody reads it. */
export async function answerLetter(
  ctx: Context,
  client: Client,
  { userId, channelId }: { readonly userId: string; readonly channelId: string },
): Promise<void> {
  const at = ctx.now();
  const who = ctx.keyedHash('hello', userId);
  if (!(await claimHello(ctx.db, who, at, later(at, { hours: -answerEveryHours })))) return;
  const memberships = await listMemberships(ctx.db, userId, homesShown);
  const t = ctx.languages.textsIn(memberships.find(({ locale }) => locale !== null)?.locale);
  const homes = memberships.flatMap(({ guild_id: id }) => client.guilds.cache.get(id) ?? []);
  await send(client, channelId, letterCard(t, homes));
}

function letterCard(t: Texts, homes: readonly Guild[]): Card {
  const text = t.home.letter;
  const open = homes.map(({ id, name }) => ({
    ...button([keys.home.open], text.open(name), ButtonStyle.Primary),
    custom_id: placeId(keys.home.open, id),
  }));
  return {
    embeds: [embed(t, text.title, [text.text, homes.length > 0 ? text.homes : text.none].join('\n\n'))],
    components: rowsOf([open]),
  };
}

/**
 * Greets whoever brought the bot into a guild that it was never set up in, with the first step. By direct message, which
 * disturbs one person instead of everybody: to whom the audit log names, where the bot may read that; else to the owner,
 * who can always take the step or pass it on. Only if that is closed to it, in the channel for Discord's own news.
 */
export async function greet(ctx: Context, guild: Guild): Promise<void> {
  if (await findGuild(ctx.db, guild.id)) return;
  if (!(await claimGreeting(ctx.db, guild.id, ctx.now()))) return;
  const { client } = guild;
  const t = ctx.languages.textsIn(guild.preferredLocale);
  const adder = await findAdder(guild);
  try {
    const { id } = (await client.rest.post(Routes.userChannels(), {
      body: { recipient_id: adder ?? guild.ownerId },
    })) as { id: string };
    await send(client, id, greetingCard(t, guild, adder === undefined, true));
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    const channel = guild.systemChannel;
    const me = guild.members.me;
    const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages, PermissionFlagsBits.EmbedLinks];
    if (!channel || !me || !channel.permissionsFor(me).has(needed)) return;
    await send(client, channel.id, greetingCard(t, guild, false, false));
  }
}

/** Whoever added the bot, where the bot may look: it does not ask for that permission. */
async function findAdder(guild: Guild): Promise<string | undefined> {
  const { me } = guild.members;
  if (!me?.permissions.has(PermissionFlagsBits.ViewAuditLog)) return undefined;
  try {
    const { entries } = await guild.fetchAuditLogs({ type: AuditLogEvent.BotAdd, limit: 5 });
    return entries.find(({ targetId }) => targetId === me.id)?.executorId ?? undefined;
  } catch (error) {
    if (error instanceof DiscordAPIError) return undefined;
    throw error;
  }
}

function greetingCard(t: Texts, guild: Guild, passOn: boolean, isAway: boolean): Card {
  const text = t.home.greeting;
  const said = [text.text, ...(passOn ? [text.passOn] : [])].join('\n\n');
  const { systemChannelId } = guild;
  const steps = rowsOf([
    [
      button([keys.setup.door], t.home.setUp.button, ButtonStyle.Success),
      button([keys.home.what], t.home.doors.what),
      ...(isAway && systemChannelId !== null ? [linkButton(threadUrl(guild.id, systemChannelId), text.open)] : []),
    ],
  ]);
  return {
    embeds: [embed(t, text.title(showTyped(guild.name)), said)],
    components: isAway ? placeRows(steps, guild.id) : steps,
  };
}

async function send(client: Client, channelId: string, card: Card): Promise<void> {
  await client.rest.post(Routes.channelMessages(channelId), {
    body: { ...card, allowed_mentions: { parse: [] } },
  });
}
