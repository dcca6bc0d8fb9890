import { deleteSetup, listSetupsUndoing } from '../db/setups.ts';
import { textsOfGuild } from '../guild/language.ts';
import { oneAtATime } from '../discord/turns.ts';
import { unmake } from '../discord/unmake.ts';
import type { Job } from './job.ts';

/** Set-ups of one heartbeat; more than one is rare. */
const perRun = 20;

/** Ends what a kill left of the undoing of a set-up. */
export const endUndoing: Job = {
  name: 'end-undoing',
  asksDiscord: true,
  goesByNoTime: true,
  async run(ctx, client) {
    for (const { id, guild_id: guildId, made } of await listSetupsUndoing(ctx.db, perRun)) {
      const guild = client.guilds.cache.get(guildId);
      if (!guild?.available || !made) continue;
      const { setup } = textsOfGuild(ctx, { locale: null }, guild.preferredLocale);
      // Whoever undoes it just now is waited for.
      await oneAtATime(guildId, async () => {
        await unmake(guild, made, setup.undo.reason(undefined));
        await deleteSetup(ctx.db, id);
      });
    }
  },
};
