import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { expect, test } from 'vitest';
import { invitePermissions, missingPermissions, moderatingPermissions } from '../../src/discord/permissions.ts';

test('the invitation asks for these permissions and no others', () => {
  expect(new PermissionsBitField(invitePermissions).toArray().toSorted()).toEqual([
    'CreatePrivateThreads',
    'EmbedLinks',
    'ManageChannels',
    'ManageRoles',
    'ReadMessageHistory',
    'SendMessages',
    'SendMessagesInThreads',
    'ViewChannel',
  ]);
});

test('an administrator lacks nothing', () => {
  const held = new PermissionsBitField(PermissionFlagsBits.Administrator);
  expect(missingPermissions(held, ['ManageRoles', 'ViewChannel'])).toEqual([]);
});

test('what is missing is named in the order in which it was wanted', () => {
  const held = new PermissionsBitField(PermissionFlagsBits.SendMessages);
  expect(missingPermissions(held, ['ViewChannel', 'SendMessages', 'EmbedLinks'])).toEqual([
    'ViewChannel',
    'EmbedLinks',
  ]);
});

test('the usual permissions of members make nobody a moderator', () => {
  const usual: bigint[] = [
    PermissionFlagsBits.ViewChannel,
    PermissionFlagsBits.SendMessages,
    PermissionFlagsBits.Connect,
  ];
  for (const permission of usual) expect(moderatingPermissions.bitfield & permission).toBe(0n);
});
