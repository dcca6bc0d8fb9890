/**
 * Moderators choose another channel while it is unknown whether something stands in the former one: it stands once all the
 * same, whichever way it is delivered.
 */
import { ChannelType } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Channel } from '../../sandbox/api.ts';
import { updateGuild } from '../../src/db/guilds.ts';
import { insertNotice, type NewNotice } from '../../src/db/notices/write.ts';
import { type Db, openDatabase } from '../../src/db/open.ts';
import { noticeKinds } from '../../src/delivery/notices/kinds.ts';
import { openMentor } from '../support/pairs.ts';
import { ask, minute, register, requestAt } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

type Road = (typeof noticeKinds)[keyof typeof noticeKinds]['to'];

let town: Town;
let db: Db;
let mentor: Actor;
let mentee: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  db = await openDatabase(town.database);
  mentor = await openMentor(town, 'Ifeoma');
  mentee = town.guild.join({ name: 'Hamza' });
  await register(mentee, 'mentee', {});
  await ask(mentee, mentor);
});
afterAll(async () => {
  await db.destroy();
  await town.close();
});

const now = () => new Date(town.sandbox.clock.now()).toISOString();

/** What stands in a place: messages of the bot's, or threads that hang on it and are open. */
function standing({ id }: Channel, what: 'messages' | 'threads'): number {
  if (what === 'threads')
    return town.guild.threads().filter(({ parentId, archived }) => parentId === id && !archived).length;
  return town.moderator.messages(id).filter(({ author }) => author.id === town.sandbox.botUserId).length;
}

interface Case {
  readonly road: Road;
  readonly what: 'messages' | 'threads';
  readonly type?: ChannelType.GuildForum;
  /** Makes a place the one that moderators have chosen. */
  readonly choose: (place: Channel) => Promise<unknown>;
  /** Causes something to be delivered there. */
  readonly cause: () => Promise<unknown>;
  /** Where it ends up: in the former place, where it was found; or in the new one, and is taken from the former. */
  readonly stands: 'there' | 'here';
}

async function owe(notice: Omit<NewNotice, 'guildId'>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await insertNotice(trx, { now, random: Math.random }, { ...notice, guildId: town.guild.id } as NewNotice);
  });
}

const column = (name: Parameters<typeof updateGuild>[2]) => async () => await updateGuild(db, town.guild.id, name);

const cases: readonly Case[] = [
  {
    road: 'study',
    what: 'messages',
    choose: ({ id }) => column({ study_channel_id: id })(),
    cause: () => mentee.slash('focus start', { minutes: 25, rounds: 1, what: 'Ten cards' }),
    stands: 'there',
  },
  {
    road: 'staff',
    what: 'messages',
    choose: ({ id }) => column({ staff_channel_id: id })(),
    cause: () => owe({ kind: 'staff-alert', detail: { problem: 'content-outdated', id: 'tip' }, dedupeKey: 'alert' }),
    stands: 'there',
  },
  {
    road: 'chosen-channel',
    what: 'messages',
    choose: ({ id }) => column({ match_channel_id: id, match_post: 1 })(),
    cause: () => owe({ kind: 'match-word', subjectId: '2027' }),
    stands: 'there',
  },
  {
    road: 'thread',
    what: 'threads',
    choose: ({ id }) => column({ mentoring_channel_id: id })(),
    cause: async () => await mentor.press('Accept', await requestAt(town, mentor, mentee)),
    stands: 'there',
  },
  {
    road: 'group-thread',
    what: 'threads',
    choose: ({ id }) => column({ study_channel_id: id })(),
    cause: openGroup,
    stands: 'there',
  },
  {
    road: 'listing',
    what: 'threads',
    type: ChannelType.GuildForum,
    choose: ({ id }) => column({ study_forum_id: id })(),
    cause: () => mentee.slash('study settings', { openly: true }),
    stands: 'here',
  },
  {
    road: 'panel',
    what: 'messages',
    async choose(channel) {
      await town.moderator.slash('setup panel', { channel });
      await town.moderator.submit({});
    },
    cause: () => Promise.resolve(),
    stands: 'here',
  },
];

async function openGroup(): Promise<void> {
  const third = town.guild.join({ name: 'Zara' });
  await register(third, 'mentee', {});
  for (const each of [mentee, mentor, third]) {
    await each.slash('hours edit');
    await each.submit({ Weekdays: ['18-21'], Weekend: ['08-12'] });
  }
  await mentee.slash('study create', { topic: 'step-1' });
  await mentee.submit({
    'When is the exam, or what you work toward?': ['2027-03'],
    'Languages to talk in': ['en'],
    'Sessions a week': ['1'],
    'How many people, with you': ['4'],
    'What you use, and how you work (optional)': '',
  });
  for (const each of [mentor, third]) await each.press('Join 1', await each.slash('study find', { topic: 'step-1' }));
}

test.each(cases.map((each) => [each.road, each] as const))('by the road “%s”', async (road, each) => {
  const options = each.type === undefined ? {} : { type: each.type };
  const [there, here] = ['there', 'here'].map((name) => town.guild.createChannel({ name: `${road}-${name}`, ...options })) as [Channel, Channel]; // prettier-ignore
  const route = new RegExp(`^POST .*channels/${there.id}/(messages|threads)$`);
  town.sandbox.fault({ route, kind: 'cut', afterEffect: true });
  await each.choose(there);
  await each.cause();
  await town.bot.tick();
  // It stands there, and the bot does not know.
  expect(standing(there, each.what)).toBe(1);
  await each.choose(here);
  for (let n = 0; n < 6; n += 1) {
    town.sandbox.clock.advance(5 * minute);
    await town.bot.tick();
  }
  const counts = [standing(there, each.what), standing(here, each.what)];
  expect(counts).toEqual(each.stands === 'there' ? [1, 0] : [0, 1]);
});

test('each road whose place moderators choose is among them', () => {
  // Those that end in the same function as one of the others, and those whose place is a person's, or their own.
  const alike: readonly Road[] = ['mentoring', 'handlers-channel'];
  const fixed: readonly Road[] = ['person', 'handler', 'pair', 'group', 'roles', 'thread-members', 'thread-exit', 'crosspost', 'removal', 'event']; // prettier-ignore
  const roads = new Set(Object.values(noticeKinds).map(({ to }) => to));
  const played = cases.map(({ road }) => road);
  expect([...roads].toSorted()).toEqual([...alike, ...fixed, ...played].toSorted());
});
