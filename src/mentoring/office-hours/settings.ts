import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import { retryAfterSetUp } from '../../db/notices/outcomes.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import { listOfficeHours } from '../../db/office-hours.ts';
import type { Acting } from '../../guild/acting.ts';
import { changeSettings } from '../../guild/change-settings.ts';
import { toFlag } from '../../guild/settings.ts';

/** What a moderator changes about office hours; what is undefined stays. */
interface OfficeChanges {
  /** Whether mentors may offer some; those that are offered stay. */
  readonly offered?: boolean | undefined;
  /** Whether they stand among the server's events. */
  readonly events?: boolean | undefined;
}

/** Chooses what there is of office hours. @returns the settings as they now are. */
export async function saveOffice(ctx: Context, by: Acting, changes: OfficeChanges): Promise<Guild> {
  const wanted = { office_hours: toFlag(changes.offered), office_events: toFlag(changes.events) };
  return await changeSettings(ctx, by, wanted, async (trx) => {
    for (const { id } of await listOfficeHours(trx, by.guildId)) {
      for (const kind of ['office-event', 'office-card'] as const) await reviseNotices(trx, id, kind, ctx.now());
    }
    await retryAfterSetUp(trx, by.guildId, ctx.now());
  });
}
