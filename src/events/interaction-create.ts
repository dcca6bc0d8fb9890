import { setImmediate as afterInput, setTimeout as delay } from 'node:timers/promises';
import { Events, type GuildMember, type Interaction } from 'discord.js';
import { commands } from '../commands/index.ts';
import { findGuild } from '../db/guilds.ts';
import { countNoticeChanges, isPostgres } from '../db/open.ts';
import { takeInteraction } from '../db/processes.ts';
import { findUnheard } from '../delivery/unheard.ts';
import { createDispatch } from '../discord/dispatch.ts';
import { sweepMember } from '../discord/sweep/index.ts';
import { memberPresent } from '../lifecycle/leavers.ts';
import type { EventContext, GatewayEvent } from './event.ts';

const dispatch = createDispatch(commands, async (ctx, { guild }) => {
  try {
    const settings = await findGuild(ctx.db, guild.id);
    return settings && (await findUnheard(ctx, settings, guild.name));
  } catch (error) {
    ctx.log.error({ err: error }, 'what moderators have to hear could not be read');
    return undefined;
  }
});

/** Somebody used a command, a button, a menu or a form, or is typing an option. */
export default {
  name: Events.InteractionCreate,
  async run(ctx, interaction) {
    const since = performance.now();
    const before = countNoticeChanges(ctx.db);
    // Meanwhile: each is a way to the database and back where that is a server.
    const arrived = interaction.isAutocomplete() ? undefined : notePresent(ctx, interaction);
    if (!(await isOurs(ctx, interaction.id))) return;
    await dispatch(ctx, interaction, since, arrived);
    if (interaction.isAutocomplete()) return;
    if (interaction.inCachedGuild()) await compareMember(ctx, interaction.member);
    // Whatever the action owes to others goes out at once, not with the next minute. Most only look.
    if (countNoticeChanges(ctx.db) !== before) ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.InteractionCreate>;

/** Whoever acts in a guild is there, whatever was believed of them. */
async function notePresent(ctx: EventContext, { guildId, user, locale }: Interaction): Promise<void> {
  if (guildId === null) return;
  try {
    await memberPresent(ctx, guildId, user.id, locale);
  } catch (error) {
    ctx.log.error({ err: error }, 'a member who acted could not be noted as present');
  }
}

/** A database that does not say so by then is not waited for: two answers are better than none. */
const longestTakeMs = 1_000;

/** Whether this process answers: where one replaces another, Discord tells both. */
async function isOurs(ctx: EventContext, id: string): Promise<boolean> {
  if (!isPostgres(ctx.db)) return true;
  const timer = new AbortController();
  const waited = delay(longestTakeMs, undefined, { ref: false, signal: timer.signal })
    // A thread that was busy for so long hears of its timers first: what the database has said meanwhile comes after.
    .then(() => afterInput());
  waited.catch(() => undefined);
  try {
    const taken = await Promise.race([takeInteraction(ctx.db, id, ctx.now()), waited]);
    if (taken === undefined) ctx.log.warn('the database did not say in time whether another process answers');
    return taken ?? true;
  } catch (error) {
    ctx.log.warn({ err: error }, 'whether another process answers could not be learned');
    return true;
  } finally {
    timer.abort();
  }
}

/** Compares somebody who acted with what is stored of them; their answer has gone out. */
async function compareMember(ctx: EventContext, member: GuildMember): Promise<void> {
  try {
    await sweepMember(ctx, member);
  } catch (error) {
    ctx.log.error({ err: error }, 'a member who acted could not be compared');
  }
}
