import type { GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';
import { epochMs } from '../../time.ts';
import { sweepMember } from './index.ts';
import { seenMember } from './look.ts';

/** Somebody who was found as they should be is not compared again for so long, unless Discord says something else of them. */
const settledMs = 60_000;

/** What Discord said of those who were found as they should be, of this minute and of the one before. */
interface Settled {
  now: Map<string, string>;
  before: Map<string, string>;
  since: number;
}

const ofBot = new WeakMap<Context['config'], Settled>();

/**
 * Compares somebody who acted with their roles and their joining, as Discord sent them along: once, however many buttons
 * they press in a minute.
 */
export async function sweepActing(ctx: Context, member: GuildMember): Promise<void> {
  const at = epochMs(ctx.now());
  const settled = settledOf(ctx, at);
  const key = `${member.guild.id}:${member.id}`;
  const { joinedAt, roles } = seenMember(member);
  const seen = [joinedAt, ...roles].join();
  if ((settled.now.get(key) ?? settled.before.get(key)) === seen) return;
  if (!(await sweepMember(ctx, member))) settled.now.set(key, seen);
}

function settledOf({ config }: Context, at: number): Settled {
  let settled = ofBot.get(config);
  if (!settled) ofBot.set(config, (settled = { now: new Map(), before: new Map(), since: at }));
  const age = at - settled.since;
  if (age < 0 || age >= settledMs) {
    // After two such times nobody is left of the first.
    settled.before = age >= 0 && age < 2 * settledMs ? settled.now : new Map();
    settled.now = new Map();
    settled.since = at;
  }
  return settled;
}
