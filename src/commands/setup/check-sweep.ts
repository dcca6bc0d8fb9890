import { channelMention, type Guild } from 'discord.js';
import type { Guild as Settings } from '../../db/guilds.ts';
import { renewSweep } from '../../db/sweep.ts';
import type { ActContext } from '../../discord/command.ts';
import { sweepGuild, type Swept } from '../../discord/sweep/index.ts';
import type { Difference, DifferenceKind } from '../../lifecycle/sweep/differences.ts';
import { mendings } from '../../lifecycle/sweep/mend.ts';
import type { Texts } from '../../texts/en.ts';
import type { Problem } from './problem.ts';

/** Requests that one check may make: somebody waits for it. The sweep goes on with the rest. */
const requestsOfACheck = 20;

/** The findings of a look at threads, roles, members and cards. */
export interface Compared {
  /** Problems only a moderator can fix. */
  readonly problems: readonly Problem[];
  /** Sentences about everything the bot fixes by itself. */
  readonly mended: readonly string[];
  /** Whether everything was looked at. */
  readonly isWhole: boolean;
}

/**
 * Compares what is stored of a guild with what Discord has, and mends what differs, as the sweep does: what is not
 * reached now is reached in its next turns. Calls Discord: defer first.
 */
export async function compareNow(ctx: ActContext, guild: Guild, settings: Settings): Promise<Compared> {
  const at = ctx.now();
  await renewSweep(ctx.db, at, guild.id);
  const swept = await sweepGuild(ctx, guild, { ...settings, sweep_since: at }, requestsOfACheck).catch(
    (error: unknown): Swept => {
      ctx.log.warn({ err: error, guild: guild.id }, 'a check could not look at what Discord has');
      return { differences: [], requests: 0, ended: 'refused' };
    },
  );
  return {
    problems: swept.differences.flatMap((difference) => problemOf(ctx.t, difference)),
    mended: mendedOf(ctx.t, swept.differences),
    isWhole: swept.ended === 'done',
  };
}

/** The findings moderators have to fix; the check already covers channels and roles. */
function problemOf(t: Texts, difference: Difference): Problem[] {
  const text = t.setup.check;
  if (difference.kind !== 'thread-locked' && difference.kind !== 'thread-closed') return [];
  const shown = channelMention(difference.threadId);
  const said = difference.kind === 'thread-locked' ? text.threadLocked(shown) : text.threadClosed(shown);
  return [{ about: `thread:${difference.threadId}`, ...said }];
}

function mendedOf(t: Texts, differences: readonly Difference[]): string[] {
  const byKind = Map.groupBy(differences, ({ kind }) => kind);
  return [...byKind].flatMap(([kind, { length }]) => {
    const say = (t.setup.check.mended as Partial<Record<DifferenceKind, (count: number) => string>>)[kind];
    return mendings[kind].by === 'bot' && say ? [say(length)] : [];
  });
}
