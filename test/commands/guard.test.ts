import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examPhrases } from '../../src/content/index.ts';
import { openDatabase } from '../../src/db/open.ts';
import { invitePermissions } from '../../src/discord/permissions.ts';
import { day } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown({
    setUp: true,
    guild: { channels: ['general'], botPermissions: invitePermissions | PermissionFlagsBits.ManageGuild },
  });
});
afterEach(() => town.close());

const rules = () => town.guild.autoModRules();
const own = () => {
  const [rule, ...more] = rules().filter(({ creator_id: by }) => by === town.sandbox.botUserId);
  expect(more).toEqual([]);
  if (!rule) throw new Error('the bot has no rule');
  return rule;
};
const staffChannel = () => town.guild.channels.find(({ name }) => name.includes('staff'))!;
const show = async () => await town.moderator.slash('setup guard');
const make = async () => await town.moderator.press('Make this rule', await show());

function staffOnly(name: string) {
  const channel = town.guild.createChannel({ name });
  town.guild.hideChannel(channel, town.guild.role('@everyone'));
  town.guild.allowIn(channel, town.moderator, PermissionFlagsBits.ViewChannel);
  const bot = { id: town.sandbox.botUserId, name: 'Preceptor' };
  town.guild.allowIn(channel, bot, PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
  return channel;
}

async function pass(): Promise<void> {
  town.sandbox.clock.advance(2 * day);
  await town.bot.tick();
}

/** As if a former release had made the rule with these phrases. */
async function madeWith(phrases: readonly string[]): Promise<void> {
  const db = await openDatabase(town.database);
  const row = await db.selectFrom('exam_rules').selectAll().executeTakeFirstOrThrow();
  const sent = JSON.stringify({ ...(JSON.parse(row.sent) as object), phrases });
  await db.updateTable('exam_rules').set({ sent }).execute();
  await db.destroy();
  town.guild.changeAutoModRule(own(), { trigger_metadata: { keyword_filter: [...phrases] } });
}

test('a moderator sees the rule, has it made once, and takes it away by a second press', async () => {
  const offer = await show();
  expect(offer.text).toContain('has 0 keyword rules; Discord allows 6');
  expect(offer.text).toContain(`<#${staffChannel().id}> and blocks nothing`);
  expect(rules()).toEqual([]);
  const second = await show();
  const both = await Promise.all([offer, second].map((card) => town.moderator.press('Make this rule', card)));
  for (const { text } of both) expect(text).toContain('My AutoMod rule **Exam content: alert for moderators** stands');
  expect(own()).toMatchObject({
    enabled: true,
    trigger_metadata: { keyword_filter: examPhrases },
    actions: [{ type: 2, metadata: { channel_id: staffChannel().id } }],
  });
  expect((await town.moderator.press('Take the rule away', both[0])).text).toContain('I can make the rule myself');
  expect(rules()).toEqual([]);
  // The card before says what holds now, and takes nothing away twice.
  expect((await town.moderator.press('Take the rule away', both[1])).text).toContain('I can make the rule myself');
  expect((await town.moderator.slash('audit')).text.match(/AutoMod rule/g)).toHaveLength(2);
});

test.each([
  { kind: 'error', status: 500, afterEffect: true },
  { kind: 'cut', afterEffect: true },
  { kind: 'error', status: 500, afterEffect: false },
] as const)('one rule stands when its making is answered by %o', async (fault) => {
  const offer = await show();
  town.sandbox.fault({ ...fault, route: /^POST .*auto-moderation/, times: 1 });
  await town.moderator.press('Make this rule', offer);
  expect(own().enabled).toBe(true);
});

test('a bot that died between making and noting finds its rule again, under whatever name', async () => {
  await make();
  const db = await openDatabase(town.database);
  await db.deleteFrom('exam_rules').execute();
  await db.destroy();
  town.guild.changeAutoModRule(own(), {
    name: 'No `recalls`',
    trigger_metadata: { keyword_filter: ['ours', ...examPhrases] },
  });
  const shown = await show();
  expect(shown.text).toContain('added `ours`');
  await pass();
  expect(own().trigger_metadata.keyword_filter).toContain('ours');
});

test('new phrases and another staff channel are followed, and what moderators changed stays until they set it back', async () => {
  await make();
  const [first, second, ...rest] = examPhrases as readonly [string, string, ...string[]];
  await madeWith(['of a former release', second, ...rest]);
  const staff = staffChannel();
  // A moderator takes one out, adds one, and has it block as well.
  town.guild.changeAutoModRule(own(), {
    trigger_metadata: { keyword_filter: ['of a former release', 'theirs', ...rest] },
    actions: [{ type: 1 }, ...own().actions],
  });
  await pass();
  expect(own().trigger_metadata.keyword_filter).toEqual(['theirs', ...rest, first]);
  expect(own().actions.map(({ type }) => type)).toEqual([1, 2]);
  const shown = await show();
  expect(shown.text).toMatch(
    /Changed by you:.*added `theirs`.*taken out `exam recalls`.*does more than alert.*All of that stays/s,
  );
  // Not where everybody reads: alerts quote people.
  await town.moderator.slash('setup start', { staff: town.guild.channel('general') });
  await pass();
  expect(JSON.stringify(own().actions)).toContain(staff.id);
  const lounge = staffOnly('mods');
  await town.moderator.slash('setup start', { staff: lounge });
  await pass();
  expect(own().actions).toEqual([{ type: 1 }, { type: 2, metadata: { channel_id: lounge.id } }]);
  const back = await town.moderator.press('Set it back to mine', await show());
  expect(back.text).not.toContain('Changed by you');
  expect(own()).toMatchObject({ trigger_metadata: { keyword_filter: examPhrases }, actions: [{ type: 2 }] });
});

test('a rule that moderators deleted is forgotten and told of once; /setup check knows what keeps it from its work', async () => {
  await make();
  expect((await town.moderator.slash('setup check')).text).not.toContain('AutoMod');
  town.guild.denyBot(PermissionFlagsBits.ManageGuild);
  expect((await town.moderator.slash('setup check')).text).toContain('and no longer have **Manage Server**');
  expect((await show()).text).toContain('The rule goes on as it is');
  await pass();
  town.guild.allowBot(PermissionFlagsBits.ManageGuild);
  town.guild.changeAutoModRule(own(), { actions: [{ type: 2, metadata: { channel_id: '1' } }] });
  const lounge = staffOnly('mods');
  town.guild.deleteChannel(staffChannel());
  expect((await town.moderator.slash('setup check')).text).toContain('nobody sees them');
  await town.moderator.slash('setup start', { staff: lounge });
  await pass();
  expect(own().actions).toEqual([{ type: 2, metadata: { channel_id: lounge.id } }]);
  town.guild.deleteAutoModRule(own());
  await pass();
  await pass();
  const told = town.moderator
    .messages(lounge)
    .filter((each) => JSON.stringify(each).includes('was deleted. If that was not meant'));
  expect(told).toHaveLength(1);
  expect((await show()).text).toContain('I can make the rule myself');
});

test('where there is no room, no right or no channel it says so and prints the phrases', async () => {
  const offer = await show();
  for (let index = 1; index <= 6; index += 1)
    town.guild.createAutoModRule(`Rule ${index}`, index === 1 ? examPhrases : ['x']);
  expect((await town.moderator.press('Make this rule', offer)).text).toContain('Discord allows no more');
  const full = await show();
  expect(full.text).toMatch(
    /Your own rule \*\*Rule 1\*\* has all of these.*has 6 keyword rules in AutoMod.*exam recalls, /s,
  );
  town.guild.denyBot(PermissionFlagsBits.ManageGuild);
  expect((await show()).text).toMatch(/I need the permission \*\*Manage Server\*\*.*exam recalls, /s);
  town.guild.allowBot(PermissionFlagsBits.ManageGuild);
  town.guild.deleteAutoModRule(rules()[0]!);
  town.guild.deleteChannel(staffChannel());
  expect((await town.moderator.press('Make this rule', offer)).text).toContain('nothing was made');
  expect((await show()).text).toContain('need a staff channel that only moderators read');
  expect(rules()).toHaveLength(5);
});
