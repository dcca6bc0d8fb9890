import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ask,
  type Community,
  day,
  hour,
  minute,
  openCommunity,
  requestAt,
  speaksOf,
  threadsOf,
} from '../support/play.ts';

/** One for all: what a test breaks for good comes last. */
let community: Community;
beforeAll(async () => {
  community = await openCommunity();
});
afterAll(() => community.close());

const until = <T>(what: string, condition: () => T | undefined | false | null) =>
  community.sandbox.until(what, condition);
const channelLike = (part: string) => {
  const found = community.guild.channels.find((channel) => channel.name.includes(part));
  if (!found) throw new Error(`no channel named like ${part}`);
  return found;
};

test('a button pressed after a restart works as if nothing had happened', async () => {
  const mentor = await community.mentor('Ada Restart');
  const mentee = await community.mentee('Omar Restart');
  await ask(mentee, mentor);
  const request = await requestAt(community, mentor, mentee);
  expect(await community.bot.stop()).toBe(0);
  await community.start();
  await mentor.press('Accept', request);
  await until('the thread', () => threadsOf(community, mentee).length === 1);
});

test('a mentor with closed DMs is pointed to the inbox once, finds the request there and accepts it', async () => {
  const mentor = await community.mentor('Closed');
  const mentee = await community.mentee('Omar Inbox');
  community.guild.closeDms(mentor);
  await ask(mentee, mentor);
  const mentoring = channelLike('mentor');
  const mention = await until('the mention', () => mentee.messages(mentoring).find((m) => speaksOf(m, mentor)));
  expect(JSON.stringify(mention)).toContain('/inbox');
  expect(JSON.stringify(mention)).not.toContain(mentee.id);
  await community.pass(2 * hour);
  expect(mentee.messages(mentoring).filter((m) => speaksOf(m, mentor))).toHaveLength(1);

  const inbox = await mentor.slash('inbox');
  expect(inbox.ephemeral).toBe(true);
  expect(inbox.text).toContain(mentee.id);
  await mentor.press('Accept', inbox);
  await until('the thread', () => threadsOf(community, mentor).length === 1);
});

test('a storm of rate limits delays messages and loses none', async () => {
  const mentor = await community.mentor('Ada Storm');
  const mentee = await community.mentee('Omar Storm');
  const storm = [
    community.sandbox.fault({ kind: 'rate-limit', route: /\/channels\//, retryAfterMs: 300, times: 8 }),
    community.sandbox.fault({ kind: 'rate-limit', global: true, retryAfterMs: 200, times: 2 }),
  ];
  await ask(mentee, mentor);
  await community.pass(5 * minute);
  const request = await requestAt(community, mentor, mentee);
  await mentor.press('Accept', request);
  await community.pass(5 * minute);
  await until('the thread', () => threadsOf(community, mentee).length === 1);
  expect(
    mentor.dms().filter((m) => m.id === request.id || (speaksOf(m, mentee) && (m.components?.length ?? 0) > 0)),
  ).toHaveLength(1);
  for (const limit of storm) limit.clear();
});

test('server errors whose effect took place all the same are not answered with a second message', async () => {
  const mentor = await community.mentor('Ada Trouble');
  const mentee = await community.mentee('Omar Trouble');
  // The word about their verification arrives first.
  await community.bot.tick();
  const before = mentor.dms().length;
  community.sandbox.fault({
    kind: 'error',
    status: 503,
    route: /\/channels\/\d+\/messages/,
    times: 1,
    afterEffect: true,
  });
  await ask(mentee, mentor);
  await community.pass(20 * minute);
  await requestAt(community, mentor, mentee);
  expect(mentor.dms()).toHaveLength(before + 1);
});

test('the gateway dropping in the middle loses no press: with a session to resume, and without', async () => {
  const mentor = await community.mentor('Ada Gateway', { capacity: 2 });
  for (const how of ['resumable', 'invalid', 'cut'] as const) {
    const mentee = await community.mentee(`Omar Gateway ${how}`);
    community.sandbox.dropGateway(how);
    await community.sandbox.botReady();
    await ask(mentee, mentor);
    await requestAt(community, mentor, mentee);
    await mentee.slash('mentor withdraw', { member: mentor });
  }
});

test('a mentor who leaves the server keeps nobody waiting, also when the bot is not told of it', async () => {
  const mentor = await community.mentor('Gone');
  const next = await community.mentor('Next');
  const mentee = await community.mentee('Omar Leaver');
  await ask(mentee, mentor);
  await ask(mentee, next);
  await requestAt(community, mentor, mentee);
  mentor.leave();
  await community.pass(day);
  await community.pass(day);
  await requestAt(community, next, mentee);
});

test('without the permission for private threads the two are still introduced', async () => {
  community.guild.denyBot(PermissionFlagsBits.CreatePrivateThreads);
  const mentor = await community.mentor('Ada Threadless');
  const mentee = await community.mentee('Omar Threadless');
  await ask(mentee, mentor);
  await mentor.press('Accept', await requestAt(community, mentor, mentee));
  await until('an introduction', () => mentee.dms().find((m) => speaksOf(m, mentor)));
  expect((await mentee.slash('mentorship show')).text).toContain('I cannot open one at the moment');
  // Once it may, the bot opens it by itself.
  community.guild.allowBot(PermissionFlagsBits.CreatePrivateThreads);
  await community.pass(10 * minute);
  await until('the thread', () => threadsOf(community, mentee).length === 1);
  expect((await mentee.slash('mentorship show')).text).not.toContain('I cannot open one');
  community.sandbox.expectRefusal((refusal) => refusal.code === 50_013);
});

test('a mentor role above the bot keeps nobody from being paired; the moderators read the fix', async () => {
  community.guild.putBotRoleBelow(
    community.guild.roles.find((role) => /mentor/i.test(role.name)) ?? community.guild.role('Mentor'),
  );
  const mentor = await community.mentor('Ada Roles');
  const mentee = await community.mentee('Omar Roles');
  await ask(mentee, mentor);
  await mentor.press('Accept', await requestAt(community, mentor, mentee));
  await until('the thread', () => threadsOf(community, mentee).length === 1);
  const check = await community.moderator.slash('setup check');
  expect(check.text).toMatch(/role/i);
  community.sandbox.expectRefusal((refusal) => refusal.code === 50_013);
});

test('without the mentoring channel the two are introduced by DM, and the moderators are told once', async () => {
  const mentor = await community.mentor('Ada Channel');
  const mentee = await community.mentee('Omar Channel');
  await ask(mentee, mentor);
  const request = await requestAt(community, mentor, mentee);
  const alerts = () =>
    community.moderator.messages(channelLike('staff')).filter((m) => /\/setup/.test(JSON.stringify(m))).length;
  const before = alerts();
  community.guild.deleteChannel(channelLike('mentor'));
  await mentor.press('Accept', request);
  await until('an introduction for the mentee', () => mentee.dms().find((m) => speaksOf(m, mentor)));
  await until('an introduction for the mentor', () =>
    mentor.dms().find((m) => m.id !== request.id && speaksOf(m, mentee)),
  );
  await community.pass(day);
  expect(alerts() - before).toBe(1);
  const check = await community.moderator.slash('setup check');
  expect(check.text).toMatch(/mentoring/i);
});
