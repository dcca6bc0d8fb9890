import { compareRoles, permissionBits, permissionsIn } from '../../permissions.ts';
import { missingPermissions, Refused, unknown } from '../../refusals.ts';
import { createRole, deleteRole, orderRoles, permissionField, tellRole } from '../../world/guilds.ts';
import { roleJson } from '../../world/render.ts';
import type { Guild } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { guildOf, need, needRole, roleOf } from '../access.ts';
import { route, type Route } from '../call.ts';

const mostRoles = 250;

interface RoleBody {
  readonly name?: string | null;
  readonly permissions?: string | number | null;
  readonly color?: number | null;
  readonly colors?: { readonly primary_color?: number | null } | null;
  readonly hoist?: boolean | null;
  readonly mentionable?: boolean | null;
}

export const roleRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/roles', (call) => [...guildOf(call).roles.values()].map(roleJson)),
  route('GET', '/guilds/:guild/roles/member-counts', (call) => {
    const guild = guildOf(call);
    const held = [...guild.members.values()].flatMap(({ roleIds }) => [...roleIds]);
    // Without @everyone, whom nobody is given.
    const ids = [...guild.roles.keys()].filter((id) => id !== guild.id);
    return Object.fromEntries(ids.map((id) => [id, held.filter((each) => each === id).length]));
  }),
  route('GET', '/guilds/:guild/roles/:role', (call) => roleJson(roleOf(call, guildOf(call)))),
  route<RoleBody>('POST', '/guilds/:guild/roles', (call) => {
    const guild = guildOf(call);
    const { world, body } = call;
    need(world, guild, permissionBits.MANAGE_ROLES);
    if (guild.roles.size >= mostRoles) throw new Refused(400, 30005, 'Maximum number of guild roles reached (250)');
    // What a request does not say a new role takes over from @everyone.
    const permissions =
      body.permissions === undefined || body.permissions === null
        ? (guild.roles.get(guild.id)?.permissions ?? 0n)
        : permissionField(body.permissions);
    if (body.permissions !== undefined) needAll(world, guild, permissions);
    const role = createRole(world, guild, {
      name: body.name ?? 'new role',
      permissions,
      color: body.colors?.primary_color ?? body.color ?? 0,
      hoist: body.hoist ?? false,
      mentionable: body.mentionable ?? false,
    });
    return roleJson(role);
  }),
  route<{ id: string; position?: number | null }[]>('PATCH', '/guilds/:guild/roles', (call) => {
    const guild = guildOf(call);
    need(call.world, guild, permissionBits.MANAGE_ROLES);
    const wanted = new Map<string, number>();
    for (const { id, position } of call.body) {
      const role = guild.roles.get(id);
      if (!role) throw unknown('role');
      needRole(call.world, guild, role);
      if (typeof position === 'number') wanted.set(id, position);
    }
    const ascending = [...guild.roles.values()]
      .filter(({ id }) => id !== guild.id)
      .toSorted((a, b) => (wanted.get(a.id) ?? a.position) - (wanted.get(b.id) ?? b.position) || compareRoles(a, b));
    orderRoles(call.world, guild, ascending);
    return [...guild.roles.values()].map(roleJson);
  }),
  route<RoleBody>('PATCH', '/guilds/:guild/roles/:role', (call) => {
    const guild = guildOf(call);
    const { world, body } = call;
    const role = roleOf(call, guild);
    needRole(world, guild, role);
    if (body.permissions !== undefined) {
      const permissions = permissionField(body.permissions);
      needAll(world, guild, permissions & ~role.permissions);
      role.permissions = permissions;
    }
    if (typeof body.name === 'string') role.name = body.name;
    const color = body.colors?.primary_color ?? body.color;
    if (typeof color === 'number') role.color = color;
    if (typeof body.hoist === 'boolean') role.hoist = body.hoist;
    if (typeof body.mentionable === 'boolean') role.mentionable = body.mentionable;
    tellRole(world, guild, role, 'GUILD_ROLE_UPDATE');
    return roleJson(role);
  }),
  route('DELETE', '/guilds/:guild/roles/:role', (call) => {
    const guild = guildOf(call);
    const role = roleOf(call, guild);
    needRole(call.world, guild, role);
    if (role.managed || role.id === guild.id) throw new Refused(400, 50028, 'Invalid role');
    deleteRole(call.world, guild, role);
  }),
];

/** Nobody gives permissions that they do not have themselves. */
function needAll(world: World, guild: Guild, permissions: bigint): void {
  if (permissions & ~permissionsIn(guild, world.bot.id)) throw missingPermissions(guild.deniedToBot !== 0n);
}
