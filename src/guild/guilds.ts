import type { Context } from '../context.ts';
import {
  findGuild,
  type Guild,
  listGuilds,
  markGuildLeft,
  markGuildReturned,
  reviveNoticesOfGuild,
  voidNoticesOfGuild,
} from '../db/guilds.ts';
import { insertAlert } from './alerts.ts';
import type { Db } from '../db/open.ts';
import { UserError } from '../errors.ts';
import { channelColumns, channelPurposes, roleColumns, rolePurposes } from './settings.ts';
import { inTurn } from './turn.ts';

/**
 * The settings of a guild in which something is about to be done.
 * @throws UserError when the guild has not been set up, or was left by the bot and not set up again since.
 */
export async function requireGuild(db: Db, guildId: string): Promise<Guild> {
  const guild = await findGuild(db, guildId);
  if (!guild || guild.left_at !== null) throw new UserError((t) => t.common.notSetUp);
  return guild;
}

/**
 * The bot is no longer in this guild: nothing owed there can be delivered any more. What is stored stays, so that a
 * guild that removed the bot by mistake goes on where it stopped.
 */
export async function leaveGuild(ctx: Context, guildId: string): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    if (await markGuildLeft(trx, guildId, ctx.now())) await voidNoticesOfGuild(trx, guildId);
  });
}

/** The bot is in this guild again: what it owed when it was removed is owed again. */
export async function returnToGuild(ctx: Context, guildId: string): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    if (await markGuildReturned(trx, guildId)) await reviveNoticesOfGuild(trx, guildId);
  });
}

/** What one guild has, as far as its settings can name it. */
export interface PresentGuild {
  readonly id: string;
  /** Whether a channel or role of this id is there; undefined while an outage hides the guild. */
  readonly has: ((id: string) => boolean) | undefined;
}

/** Brings the database in line with the guilds that the bot finds itself in at start: it heard nothing while it was away. */
export async function reconcileGuilds(ctx: Context, present: readonly PresentGuild[]): Promise<void> {
  const byId = new Map(present.map((guild) => [guild.id, guild]));
  for (const settings of await listGuilds(ctx.db)) {
    const { id } = settings;
    const guild = byId.get(id);
    if (!guild) {
      await leaveGuild(ctx, id);
      continue;
    }
    await returnToGuild(ctx, id);
    const { has } = guild;
    if (has)
      await reportDeleted(
        ctx,
        id,
        namedIds(settings).filter((named) => !has(named)),
      );
  }
}

/**
 * These channels or roles are gone. Where the guild's settings name them the moderators are told, once for each.
 * @returns whether the settings name any.
 */
export async function reportDeleted(ctx: Context, guildId: string, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false;
  return await inTurn(ctx.db, guildId, async (trx) => {
    const guild = await findGuild(trx, guildId);
    // Nobody is there to be told.
    if (!guild || guild.left_at !== null) return false;
    // That the staff channel itself is gone they hear with their next command.
    const gone = ids.filter((id) => namedIds(guild).includes(id));
    for (const id of gone) {
      const problem = channelPurposes.some((purpose) => guild[channelColumns[purpose]] === id)
        ? 'channel-deleted'
        : 'role-deleted';
      await insertAlert(trx, ctx, guildId, { problem, id });
    }
    return gone.length > 0;
  });
}

function namedIds(guild: Guild): string[] {
  return [
    ...channelPurposes.map((purpose) => guild[channelColumns[purpose]]),
    ...rolePurposes.map((purpose) => guild[roleColumns[purpose]]),
  ].filter((id) => id !== null);
}
