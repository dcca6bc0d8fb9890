import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

let town: Town;
let mentor: Actor;
beforeEach(async () => {
  town = await openTown({ setUp: true });
  mentor = town.guild.join({ name: 'Amara' });
  await mentor.slash('register mentor', { timezone: 'Africa/Cairo' });
  await mentor.press('I agree');
  await mentor.submit({
    Specialties: ['internal-medicine'],
    Stage: ['resident'],
    Languages: ['en'],
    Topics: ['interviews'],
    'About you': 'Happy to help.',
  });
});
afterEach(async () => await town.close());

const verify = async () =>
  await town.moderator.slash('mentors verify', {
    member: mentor,
    level: 'resident',
    method: 'video-call',
    again: true,
  });

async function announce(): Promise<void> {
  await town.moderator.slash('announce compose', { channel: town.guild.channel('announcements') });
  const preview = await town.moderator.submit({ title: 'SECRET-title', text: 'SECRET-text' });
  await town.moderator.press('Post now', preview);
}

test('tells who did what when, newest first, without a word of what was written', async () => {
  await verify();
  await town.moderator.slash('mentors suspend', { member: mentor });
  await announce();
  const { text, ephemeral } = await town.moderator.slash('audit');
  expect(ephemeral).toBe(true);
  const acts = text.split('\n').filter((line) => line.startsWith('<t:'));
  expect(acts).toEqual([
    expect.stringContaining(`<@${town.moderator.id}> posted an announcement in <#`),
    expect.stringContaining(`suspended the mentor <@${mentor.id}>`),
    expect.stringContaining(`verified <@${mentor.id}> as a resident`),
    expect.stringMatching(/changed the time zone, .* and the mentee role$/),
  ]);
  expect(text).not.toContain('SECRET');
});

test('is narrowed to a member, who did it or whom it was about, and to an act', async () => {
  await verify();
  await announce();
  expect((await town.moderator.slash('audit', { member: mentor })).text.match(/<t:/g)).toHaveLength(1);
  const ofAct = await town.moderator.slash('audit', { action: 'announcement-posted' });
  expect(ofAct.text.match(/<t:/g)).toHaveLength(1);
  expect((await town.moderator.slash('audit', { member: mentor, action: 'setup-changed' })).text).toContain('Nothing');
});

test('has pages that keep what was chosen', async () => {
  for (let i = 0; i < 11; i += 1) await verify();
  const first = await town.moderator.slash('audit', { member: mentor, action: 'mentor-verified' });
  expect(first.text).toContain('Page 1 of 2');
  expect(first.text.match(/<t:/g)).toHaveLength(10);
  const second = await town.moderator.press('Next', first);
  expect(second.text).toContain('Page 2 of 2');
  expect(second.text.match(/<t:/g)).toHaveLength(1);
  expect((await town.moderator.press('Previous', second)).text).toContain('Page 1 of 2');
});

test('is for moderators, also by a forged button, and for one’s own server', async () => {
  await mentor.slash('inbox');
  const forged = await mentor.forge({ customId: 'audit-page:0::', kind: 'button' });
  expect(forged.text).toContain('Only moderators');
  const other = town.sandbox.createGuild({ name: 'Elsewhere' });
  const stranger = other.join({ name: 'Sam', permissions: PermissionFlagsBits.ManageGuild });
  await setUp(stranger, { timezone: 'Asia/Karachi' });
  expect((await stranger.slash('audit')).text.match(/<t:/g)).toHaveLength(1);
  expect((await stranger.forge({ customId: 'audit-page:9:7:nonsense', kind: 'button' })).text).toContain('Nothing');
});

test('a refused act leaves no entry', async () => {
  await verify();
  await town.moderator.slash('mentors suspend', { member: mentor });
  expect((await town.moderator.slash('mentors suspend', { member: mentor })).text).toContain('already suspended');
  expect((await town.moderator.slash('audit', { action: 'mentor-suspended' })).text.match(/<t:/g)).toHaveLength(1);
});
