/** What was decided earlier is done by what Discord says now, also where the bot has heard of no change. */
import { expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord.js';
import type { Role } from '../../sandbox/api.ts';
import { inTurn } from '../../src/guild/turn.ts';
import { openDeafBot } from '../support/deaf-bot.ts';
import { addProfile } from '../support/members.ts';
import { hour } from '../support/play.ts';
import { insertNotice } from '../../src/db/notices/write.ts';

test('Discord is asked what a role may do: the bot need not have heard of the change', async () => {
  let role: Role | undefined;
  const deaf = await openDeafBot({}, (guild) => {
    role = guild.createRole({ name: 'Mentee', permissions: PermissionFlagsBits.BanMembers });
    return { mentee_role_id: role.id, staff_channel_id: guild.createChannel({ name: 'staff' }).id };
  });
  const omar = deaf.guild.join({ name: 'Omar' });
  await addProfile(deaf.ctx, omar.id, 'mentee', { guildId: deaf.guild.id });
  await inTurn(deaf.ctx.db, deaf.guild.id, (trx) =>
    insertNotice(trx, deaf.ctx, { guildId: deaf.guild.id, kind: 'member-roles', userId: omar.id }),
  );
  await deaf.outbox.deliverDue();
  expect(deaf.guild.rolesOf(omar)).toEqual([]);
  deaf.guild.changeRole(role!, { permissions: 0n });
  deaf.sandbox.clock.advance(hour);
  await deaf.outbox.deliverDue();
  expect(deaf.guild.rolesOf(omar)).toEqual([role!.id]);
  await deaf.close();
});
