import { PermissionFlagsBits } from 'discord.js';
import { clearRoleOpened, findOpenedAt, listRolesOpened } from '../db/notify.ts';
import { findRoleFault, ownMember } from '../discord/roles.ts';
import { oneAtATime } from '../discord/turns.ts';
import { textsOfGuild } from '../guild/language.ts';
import { later } from '../time.ts';
import type { Job } from './job.ts';

/** For how long a role stays open after a post: what is posted with it shares the opening. */
const openMs = 30_000;
/** Roles that are closed at a heartbeat; the rest follows with the next. */
const perRun = 100;

/** Closes roles of `/notify` that were opened for a post: by this process, or by one that was killed. */
export const closeRoles: Job = {
  name: 'close-roles',
  asksDiscord: true,
  async run(ctx, client) {
    const before = later(ctx.now(), { ms: -openMs });
    for (const { guild_id: guildId, role_id: roleId } of await listRolesOpened(ctx.db, before, perRun)) {
      const guild = client.guilds.cache.get(guildId);
      if (!guild?.available) continue;
      await oneAtATime(`role:${roleId}`, async () => {
        const at = await findOpenedAt(ctx.db, guildId, roleId);
        // Another post is going out with it.
        if (at === null || at > before) return;
        const role = guild.roles.cache.get(roleId);
        const me = await ownMember(guild);
        if (role && !me.permissions.has(PermissionFlagsBits.ManageRoles)) return;
        if (role && findRoleFault(role, me) === 'aboveMe') return;
        const { notify } = textsOfGuild(ctx, { locale: null }, guild.preferredLocale);
        if (role) await guild.roles.edit(roleId, { mentionable: false, reason: notify.closes });
        await clearRoleOpened(ctx.db, guildId, roleId, at);
      });
    }
  },
};
