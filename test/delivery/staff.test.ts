/** Cards about people go to moderators alone: who reads the staff channel is looked at when a card is due. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord.js';
import type { Actor, Role } from '../../sandbox/api.ts';
import { hour, register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown({ setUp: true });
});
afterEach(() => town.close());

const staffChannel = () => town.guild.channel('mentoring-staff');
const texts = () => town.moderator.messages(staffChannel()).map(({ embeds }) => JSON.stringify(embeds));
const cards = () => texts().filter((text) => text.includes('wants to be a mentor')).length;
const openTo = (role: Role) => town.guild.allowIn(staffChannel(), role, PermissionFlagsBits.ViewChannel);

async function newMentor(name: string): Promise<Actor> {
  const who = town.guild.join({ name });
  await register(who, 'mentor', { stage: 'resident' });
  await town.bot.tick();
  return who;
}

test.each(['@everyone', 'Mentee', 'Mentor'])(
  'a staff channel that %s can read gets no card about a new mentor until it is closed; moderators hear why',
  async (name) => {
    openTo(town.guild.role(name));
    await newMentor('Hamza');
    expect(cards()).toBe(0);
    expect(texts().filter((text) => text.includes('do not post cards about people'))).toHaveLength(1);
    expect(texts().join()).not.toContain('Hamza');
    expect((await town.moderator.slash('setup check')).text).toMatch(/can read the staff channel/);
    town.guild.hideChannel(staffChannel(), town.guild.role(name));
    town.sandbox.clock.advance(hour);
    await town.moderator.slash('setup check');
    await town.bot.tick();
    expect(cards()).toBe(1);
  },
);

test('nor about a tip that a member suggests, where whoever takes a role with /notify can read it', async () => {
  await town.moderator.press('Offer Tips', await town.moderator.slash('notify'));
  await town.sandbox.until('the word about it', () =>
    JSON.stringify(town.moderator.ephemerals()).includes('no permissions'),
  );
  openTo(town.guild.role('Notify: Tips'));
  const member = town.guild.join({ name: 'Omar' });
  await member.slash('tip suggest');
  await member.submit({ Category: ['resilience'], Title: 'Sleep', Tip: 'Two nights before the exam.' });
  await town.bot.tick();
  expect(texts().join()).not.toContain('Two nights');
  expect(texts().filter((text) => text.includes('do not post cards about people'))).toHaveLength(1);
});
