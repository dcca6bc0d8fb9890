import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import {
  allPermissions,
  canManageRole,
  highestRolePosition,
  may,
  permissionBits as p,
  permissionsIn,
  type ChannelState,
  type GuildState,
  type PermissionOverwrite,
} from '../../sandbox/permissions.ts';

const GUILD = '100';
const OWNER = '1';
const ADMIN = '2';
const MENTOR = '3';
const PLAIN = '4';
const MODERATOR = '5';

const adminRole = { id: '201', permissions: p.ADMINISTRATOR, position: 3 };
const moderatorRole = { id: '202', permissions: p.MANAGE_ROLES | p.MANAGE_THREADS, position: 2 };
const mentorRole = { id: '203', permissions: p.CREATE_EVENTS, position: 1 };
const laterRole = { id: '204', permissions: 0n, position: 2 };
const everyoneAllows = p.VIEW_CHANNEL | p.SEND_MESSAGES | p.SEND_MESSAGES_IN_THREADS | p.EMBED_LINKS | p.ATTACH_FILES;

const role = (id: string, change: { allow?: bigint; deny?: bigint }): PermissionOverwrite => {
  return { id, type: 0, allow: 0n, deny: 0n, ...change };
};
const member = (id: string, change: { allow?: bigint; deny?: bigint }): PermissionOverwrite => {
  return { id, type: 1, allow: 0n, deny: 0n, ...change };
};

function guildWith(...channels: (Partial<ChannelState> & { id: string })[]): GuildState {
  return {
    id: GUILD,
    ownerId: OWNER,
    roles: new Map(
      [{ id: GUILD, permissions: everyoneAllows, position: 0 }, adminRole, moderatorRole, mentorRole, laterRole].map(
        (each) => [each.id, each],
      ),
    ),
    members: new Map([
      [OWNER, { roleIds: [] }],
      [ADMIN, { roleIds: [adminRole.id] }],
      [MENTOR, { roleIds: [mentorRole.id] }],
      [PLAIN, { roleIds: [] }],
      [MODERATOR, { roleIds: [moderatorRole.id] }],
      ['6', { roleIds: [], timedOut: true }],
    ]),
    channels: new Map(channels.map((channel) => [channel.id, { type: 0, overwrites: [], ...channel }])),
  };
}

describe('the list of permissions', () => {
  it('has every bit that the API types know', () => {
    const known = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);
    expect(allPermissions).toBe(known);
  });
});

describe('permissions in the guild', () => {
  it('are those of @everyone together with those of the roles', () => {
    expect(permissionsIn(guildWith(), MENTOR)).toBe(everyoneAllows | p.CREATE_EVENTS);
  });

  it('are all for the owner and for an administrator', () => {
    expect(permissionsIn(guildWith(), OWNER)).toBe(allPermissions);
    expect(permissionsIn(guildWith(), ADMIN)).toBe(allPermissions);
  });

  it('are none for somebody who is not there', () => {
    expect(permissionsIn(guildWith(), '999')).toBe(0n);
  });

  it('shrink to looking and reading in a time-out', () => {
    expect(permissionsIn(guildWith(), '6')).toBe(p.VIEW_CHANNEL);
  });
});

describe('permissions in a channel', () => {
  it('are none where the channel is not there', () => {
    expect(permissionsIn(guildWith(), PLAIN, '300')).toBe(0n);
  });

  it('follow @everyone, then the roles, then the member', () => {
    const closed = role(GUILD, { deny: p.VIEW_CHANNEL });
    const opened = role(mentorRole.id, { allow: p.VIEW_CHANNEL });
    const guild = guildWith(
      { id: '300', overwrites: [closed] },
      { id: '301', overwrites: [opened, closed] },
      { id: '302', overwrites: [member(MENTOR, { deny: p.VIEW_CHANNEL }), opened, closed] },
    );
    expect(may(guild, MENTOR, p.VIEW_CHANNEL, '300')).toBe(false);
    expect(may(guild, MENTOR, p.VIEW_CHANNEL, '301')).toBe(true);
    expect(may(guild, MENTOR, p.VIEW_CHANNEL, '302')).toBe(false);
  });

  it("let one role's allow beat another role's deny", () => {
    const guild = guildWith({
      id: '300',
      overwrites: [role(mentorRole.id, { deny: p.SEND_MESSAGES }), role(moderatorRole.id, { allow: p.SEND_MESSAGES })],
    });
    const both = new Map(guild.members).set(MENTOR, { roleIds: [mentorRole.id, moderatorRole.id] });
    expect(may({ ...guild, members: both }, MENTOR, p.SEND_MESSAGES, '300')).toBe(true);
  });

  it('do not bind the owner or an administrator', () => {
    const guild = guildWith({ id: '300', overwrites: [role(GUILD, { deny: allPermissions })] });
    expect(permissionsIn(guild, OWNER, '300')).toBe(allPermissions);
    expect(permissionsIn(guild, ADMIN, '300')).toBe(allPermissions);
  });

  it('vanish without the right to see the channel', () => {
    const guild = guildWith({ id: '300', overwrites: [member(PLAIN, { deny: p.VIEW_CHANNEL })] });
    expect(permissionsIn(guild, PLAIN, '300')).toBe(0n);
  });

  it('lose embeds, files and pings without the right to write', () => {
    const guild = guildWith({ id: '300', overwrites: [role(GUILD, { deny: p.SEND_MESSAGES })] });
    const left = permissionsIn(guild, PLAIN, '300');
    expect(left & (p.EMBED_LINKS | p.ATTACH_FILES | p.MENTION_EVERYONE | p.SEND_TTS_MESSAGES)).toBe(0n);
    expect(left & p.VIEW_CHANNEL).toBe(p.VIEW_CHANNEL);
  });

  it('lose the voice rights without the right to connect', () => {
    const guild = guildWith({ id: '300', type: 2, overwrites: [role(GUILD, { allow: p.SPEAK })] });
    expect(may(guild, PLAIN, p.SPEAK, '300')).toBe(false);
  });
});

describe('permissions in a thread', () => {
  const parent = { id: '300', overwrites: [role(GUILD, { deny: p.ATTACH_FILES })] };
  const publicThread = { id: '400', type: 11, parentId: '300', memberIds: new Set<string>() };
  const privateThread = { id: '401', type: 12, parentId: '300', memberIds: new Set([MENTOR]) };

  it("are those of the thread's channel", () => {
    const guild = guildWith(parent, publicThread);
    expect(permissionsIn(guild, PLAIN, '400')).toBe(everyoneAllows & ~p.ATTACH_FILES);
  });

  it('are none when the channel is gone', () => {
    expect(permissionsIn(guildWith(publicThread), PLAIN, '400')).toBe(0n);
  });

  it('keep embeds for those who may write in threads but not in the channel', () => {
    const guild = guildWith({ id: '300', overwrites: [role(GUILD, { deny: p.SEND_MESSAGES })] }, publicThread);
    expect(may(guild, PLAIN, p.EMBED_LINKS, '400')).toBe(true);
    expect(may(guild, PLAIN, p.EMBED_LINKS, '300')).toBe(false);
  });

  it('open a private thread to its members and to those who manage threads', () => {
    const guild = guildWith(parent, privateThread);
    expect(may(guild, MENTOR, p.VIEW_CHANNEL, '401')).toBe(true);
    expect(may(guild, MODERATOR, p.VIEW_CHANNEL, '401')).toBe(true);
    expect(permissionsIn(guild, PLAIN, '401')).toBe(0n);
  });

  it('are none for a member of the thread who may not see its channel', () => {
    const guild = guildWith({ id: '300', overwrites: [role(GUILD, { deny: p.VIEW_CHANNEL })] }, privateThread);
    expect(permissionsIn(guild, MENTOR, '401')).toBe(0n);
  });
});

describe('the order of roles', () => {
  it('gives the position of the highest role, and 0 without one', () => {
    expect(highestRolePosition(guildWith(), MODERATOR)).toBe(2);
    expect(highestRolePosition(guildWith(), PLAIN)).toBe(0);
  });

  it('lets a moderator manage roles below their own only', () => {
    expect(canManageRole(guildWith(), MODERATOR, mentorRole.id)).toBe(true);
    expect(canManageRole(guildWith(), MODERATOR, moderatorRole.id)).toBe(false);
    expect(canManageRole(guildWith(), MODERATOR, adminRole.id)).toBe(false);
  });

  it('ranks the older of two roles in the same position higher', () => {
    expect(canManageRole(guildWith(), MODERATOR, laterRole.id)).toBe(true);
  });

  it('binds an administrator, but not the owner', () => {
    expect(canManageRole(guildWith(), ADMIN, adminRole.id)).toBe(false);
    expect(canManageRole(guildWith(), OWNER, adminRole.id)).toBe(true);
  });

  it('asks for MANAGE_ROLES, and for a role that is there', () => {
    expect(canManageRole(guildWith(), MENTOR, GUILD)).toBe(false);
    expect(canManageRole(guildWith(), OWNER, '999')).toBe(false);
  });
});
