import {
  ButtonStyle,
  ChannelType,
  Client,
  ContainerBuilder,
  EmbedBuilder,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventRecurrenceRuleFrequency,
  GuildScheduledEventRecurrenceRuleWeekday,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  OverwriteType,
  PermissionFlagsBits,
  TextDisplayBuilder,
  TextInputStyle,
  ThreadAutoArchiveDuration,
  type TextChannel,
} from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { checkBody, type DiscordError } from '../../../sandbox/validate/index.ts';

const GUILD = '100000000000000001';
const CHANNEL = '100000000000000002';
const MEMBER = '100000000000000003';
const ROLE = '100000000000000004';
const MESSAGE = '100000000000000005';
const user = { id: MEMBER, username: 'amara', discriminator: '0', avatar: null, global_name: null };
const role = {
  id: ROLE,
  name: 'Mentors',
  permissions: '0',
  position: 1,
  color: 0,
  hoist: false,
  managed: false,
  mentionable: false,
};
const channel = { id: CHANNEL, type: 0, guild_id: GUILD, name: 'general', permission_overwrites: [], position: 0 };
const message = {
  id: MESSAGE,
  channel_id: CHANNEL,
  author: user,
  content: 'x',
  embeds: [],
  attachments: [],
  components: [],
  timestamp: '2026-11-30T09:00:00.000Z',
  type: 0,
};
const thread = {
  id: '100000000000000006',
  type: 12,
  guild_id: GUILD,
  parent_id: CHANNEL,
  name: 'Pair',
  thread_metadata: { archived: false },
};
const event = {
  id: '100000000000000007',
  guild_id: GUILD,
  name: 'Talk',
  entity_type: 3,
  status: 1,
  privacy_level: 2,
  scheduled_start_time: '2026-12-01T10:00:00Z',
};

/** What Discord would have said to a request, and what it would have sent back had it agreed. */
const refused: { readonly request: string; readonly error: DiscordError }[] = [];
let sent = 0;

function answer(path: string): unknown {
  if (path.startsWith('/users/')) return { ...user, id: path.slice('/users/'.length) };
  if (/\/messages(\/\d+)?$/.test(path)) return message;
  if (path.endsWith('/threads')) return thread;
  if (path.includes('/scheduled-events')) return event;
  if (/\/members\/\d+$/.test(path)) return { user, roles: [], joined_at: '2026-11-30T09:00:00Z' };
  if (path.includes('/roles')) return role;
  if (path.endsWith('/channels') || path === `/channels/${CHANNEL}`) return channel;
  if (path === `/channels/${thread.id}`) return thread;
  if (path === `/guilds/${GUILD}`)
    return {
      id: GUILD,
      name: 'G',
      owner_id: MEMBER,
      roles: [{ ...role, id: GUILD }, role],
      emojis: [],
      stickers: [],
      features: [],
    };
  return {};
}

async function openGuild() {
  const client = new Client({
    intents: [],
    allowedMentions: { parse: [] },
    rest: {
      makeRequest: async (url, init) => {
        const path = new URL(url).pathname.replace('/api/v10', '');
        const method = init.method ?? 'GET';
        const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
        sent += 1;
        const error = checkBody(method, path, body);
        if (error) refused.push({ request: `${method} ${path} ${JSON.stringify(body)}`, error });
        const answered = answer(path);
        return Promise.resolve(
          new Response(JSON.stringify(answered), { headers: { 'content-type': 'application/json' } }),
        );
      },
    },
  });
  client.rest.setToken('token');
  // Who the bot is would come through the gateway.
  Object.assign(client, { user: await client.users.fetch('100000000000000009') });
  const guild = await client.guilds.fetch({ guild: GUILD, withCounts: false });
  const general = (await client.channels.fetch(CHANNEL)) as TextChannel;
  const member = await guild.members.fetch(MEMBER);
  return { client, guild, general, member };
}

afterEach(() => {
  refused.length = 0;
});

/** discord.js is the judge here: whatever it sends for a sound call has to pass. */
async function expectTaken(act: (at: Awaited<ReturnType<typeof openGuild>>) => Promise<unknown>): Promise<void> {
  const at = await openGuild();
  const before = sent;
  await act(at);
  expect(sent).toBeGreaterThan(before);
  expect(refused).toEqual([]);
}

describe('what discord.js sends is taken', () => {
  it('for messages of every kind', () =>
    expectTaken(async ({ general }) => {
      const embed = new EmbedBuilder()
        .setTitle('T')
        .setColor('Blue')
        .setTimestamp()
        .setFooter({ text: 'f' })
        .addFields({ name: 'n', value: 'v', inline: true });
      const row = {
        type: 1,
        components: [{ type: 2, style: ButtonStyle.Primary, customId: 'a', label: 'A', emoji: '👍' }],
      };
      const first = await general.send({
        content: 'x',
        embeds: [embed],
        components: [row],
        nonce: '1',
        enforceNonce: true,
      });
      await general.send({
        flags: MessageFlags.IsComponentsV2,
        components: [new ContainerBuilder().addTextDisplayComponents(new TextDisplayBuilder().setContent('x'))],
      });
      await general.send({
        poll: {
          question: { text: 'When?' },
          answers: [{ text: 'Now', emoji: '👍' }],
          duration: 24,
          allowMultiselect: false,
        },
      });
      await first.reply({ content: 'x', allowedMentions: { users: [MEMBER], repliedUser: false } });
      await first.edit({ content: 'y', components: [] });
      await first.forward(general);
      await first.suppressEmbeds(true);
      await general.bulkDelete([MESSAGE, ROLE]);
    }));

  it('for threads, channels and overwrites', () =>
    expectTaken(async ({ guild, general }) => {
      const pair = await general.threads.create({
        name: 'Pair',
        type: ChannelType.PrivateThread,
        invitable: false,
        autoArchiveDuration: ThreadAutoArchiveDuration.OneWeek,
      });
      await pair.setArchived(true);
      await pair.setLocked(true);
      await guild.channels.create({
        name: 'mentoring',
        type: ChannelType.GuildText,
        topic: 'Pairs',
        parent: null,
        permissionOverwrites: [
          { id: GUILD, type: OverwriteType.Role, deny: PermissionFlagsBits.ViewChannel, allow: [] },
        ],
      });
      await general.edit({ name: 'other', topic: 'x', lockPermissions: false });
      await general.permissionOverwrites.edit(ROLE, { SendMessages: false }, { type: OverwriteType.Role });
      await general.createWebhook({ name: 'Hook' });
    }));

  it('for roles and members', () =>
    expectTaken(async ({ guild, member }) => {
      const made = await guild.roles.create({
        name: 'Mentor',
        permissions: [],
        mentionable: true,
        colors: { primaryColor: 'Blue' },
      });
      await made.edit({ name: 'Mentors', hoist: true });
      await member.edit({ nick: 'Amara', roles: [ROLE] });
      await member.roles.add(ROLE);
      await member.timeout(60_000);
      await member.timeout(null);
      await member.ban({ deleteMessageSeconds: 60 });
    }));

  it('for scheduled events', () =>
    expectTaken(async ({ guild }) => {
      const times = { scheduledStartTime: '2026-12-01T10:00:00Z', scheduledEndTime: '2026-12-01T11:00:00Z' };
      const made = await guild.scheduledEvents.create({
        name: 'Study session',
        ...times,
        privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
        entityType: GuildScheduledEventEntityType.External,
        entityMetadata: { location: 'Online' },
        recurrenceRule: {
          startAt: times.scheduledStartTime,
          frequency: GuildScheduledEventRecurrenceRuleFrequency.Weekly,
          interval: 1,
          byWeekday: [GuildScheduledEventRecurrenceRuleWeekday.Tuesday],
        },
      });
      await made.edit({ name: 'Study hour' });
    }));

  it('for a form with a field of every kind', () => {
    const options = [
      { label: 'x', value: 'x' },
      { label: 'y', value: 'y' },
    ];
    const modal = new ModalBuilder()
      .setCustomId('m')
      .setTitle('T')
      .addLabelComponents(
        new LabelBuilder()
          .setLabel('A')
          .setStringSelectMenuComponent((menu) => menu.setCustomId('a').setMaxValues(2).addOptions(options)),
        new LabelBuilder()
          .setLabel('B')
          .setTextInputComponent((input) =>
            input.setCustomId('b').setStyle(TextInputStyle.Paragraph).setRequired(false),
          ),
        new LabelBuilder().setLabel('C').setRadioGroupComponent((group) => group.setCustomId('c').addOptions(options)),
        new LabelBuilder()
          .setLabel('D')
          .setCheckboxGroupComponent((group) => group.setCustomId('d').addOptions(options)),
        new LabelBuilder().setLabel('E').setUserSelectMenuComponent((menu) => menu.setCustomId('e')),
      );
    expect(
      checkBody('POST', '/interactions/1/t/callback', { type: 9, data: JSON.parse(JSON.stringify(modal)) as unknown }),
    ).toBeUndefined();
  });
});
