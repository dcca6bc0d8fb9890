/** Members of a guild and the roles that they have. */
import { intentBits } from '../../gateway/intents.ts';
import { highestRolePosition, permissionBits } from '../../permissions.ts';
import { invalidForm, missingAccess, missingPermissions } from '../../refusals.ts';
import { removeMember, tellMemberUpdate } from '../../world/guilds.ts';
import { memberJson } from '../../world/render.ts';
import { compareSnowflakes } from '../../world/snowflakes.ts';
import type { Guild, Member } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { guildOf, memberOf, need, needRole, roleOf } from '../access.ts';
import { numberOf, route, type Route } from '../call.ts';

interface MemberBody {
  readonly nick?: string | null;
  readonly roles?: string[] | null;
  readonly communication_disabled_until?: string | null;
}

export const memberRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/members', ({ world, query, ...call }) => {
    const guild = guildOf({ world, query, ...call });
    // The list is only for applications with the members intent.
    if (!(world.privilegedIntents & intentBits.guildMembers)) throw missingAccess();
    const after = query.get('after') ?? '0';
    return [...guild.members.values()]
      .filter(({ user }) => compareSnowflakes(user.id, after) > 0)
      .toSorted((a, b) => compareSnowflakes(a.user.id, b.user.id))
      .slice(0, numberOf(query, 'limit', 1, [1, 1000]))
      .map((member) => memberJson(member));
  }),
  route('GET', '/guilds/:guild/members/search', (call) => {
    const guild = guildOf(call);
    const start = (call.query.get('query') ?? '').toLowerCase();
    if (start === '') throw invalidForm('query', 'BASE_TYPE_REQUIRED', 'This field is required');
    return [...guild.members.values()]
      .filter(({ user, nick }) => user.name.toLowerCase().startsWith(start) || nick?.toLowerCase().startsWith(start))
      .slice(0, numberOf(call.query, 'limit', 1, [1, 1000]))
      .map((member) => memberJson(member));
  }),
  route('GET', '/guilds/:guild/members/:user', (call) => memberJson(memberOf(call, guildOf(call)))),
  route<MemberBody>('PATCH', '/guilds/:guild/members/:user', (call) => {
    const guild = guildOf(call);
    const member = memberOf(call, guild);
    changeMember(call.world, guild, member, call.body);
    return memberJson(member);
  }),
  route('DELETE', '/guilds/:guild/members/:user', (call) => {
    const guild = guildOf(call);
    const member = memberOf(call, guild);
    need(call.world, guild, permissionBits.KICK_MEMBERS);
    needHigher(call.world, guild, member);
    removeMember(call.world, guild, member);
  }),
  route('PUT', '/guilds/:guild/members/:user/roles/:role', (call) => {
    const guild = guildOf(call);
    const member = memberOf(call, guild);
    const role = roleOf(call, guild);
    needRole(call.world, guild, role);
    if (role.managed || role.id === guild.id) throw missingPermissions();
    if (member.roleIds.has(role.id)) return;
    member.roleIds.add(role.id);
    tellMemberUpdate(call.world, guild, member);
  }),
  route('DELETE', '/guilds/:guild/members/:user/roles/:role', (call) => {
    const guild = guildOf(call);
    const member = memberOf(call, guild);
    const role = roleOf(call, guild);
    needRole(call.world, guild, role);
    if (role.managed) throw missingPermissions();
    if (member.roleIds.delete(role.id)) tellMemberUpdate(call.world, guild, member);
  }),
];

function changeMember(world: World, guild: Guild, member: Member, body: MemberBody): void {
  if (body.nick !== undefined) {
    const own = member.user === world.bot;
    need(world, guild, own ? permissionBits.CHANGE_NICKNAME : permissionBits.MANAGE_NICKNAMES);
    if (!own) needHigher(world, guild, member);
  }
  if (body.communication_disabled_until !== undefined) {
    need(world, guild, permissionBits.MODERATE_MEMBERS);
    needHigher(world, guild, member);
  }
  if (body.roles) {
    const wanted = new Set(body.roles);
    const changed = [...wanted, ...member.roleIds].filter((id) => wanted.has(id) !== member.roleIds.has(id));
    for (const id of changed) {
      const role = guild.roles.get(id);
      if (!role) throw invalidForm('roles', 'INVALID_ROLE', `Unknown role ${id}`);
      needRole(world, guild, role);
    }
    member.roleIds.clear();
    for (const id of wanted) member.roleIds.add(id);
  }
  if (body.nick !== undefined) member.nick = body.nick || null;
  if (body.communication_disabled_until !== undefined) {
    member.timedOutUntil = body.communication_disabled_until ? Date.parse(body.communication_disabled_until) : 0;
  }
  tellMemberUpdate(world, guild, member);
}

/** Nobody acts against the owner or somebody as high as themselves. */
function needHigher(world: World, guild: Guild, member: Member): void {
  const above = highestRolePosition(guild, world.bot.id) > highestRolePosition(guild, member.user.id);
  if (member.user.id === guild.ownerId || !above) throw missingPermissions(guild.botLowered);
}
