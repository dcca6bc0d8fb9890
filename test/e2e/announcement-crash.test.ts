import { afterAll, beforeAll, expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Actor, APIMessage } from '../../sandbox/api.ts';
import { killAt, sidesOfRequest } from '../support/kill.ts';
import { type Community, hour, openCommunity } from '../support/play.ts';

/**
 * `kill -9` at every request that follows from posting an announcement, once before Discord has carried it out and once
 * after: it stands in the channel once, so that it has notified everyone once, and is published once.
 */
const newsType = 5;

let community: Community;
let admin: Actor;
beforeAll(async () => {
  community = await openCommunity();
  const { guild } = community;
  guild.createChannel({ name: 'news', type: newsType });
  guild.allowBot(PermissionFlagsBits.MentionEveryone);
  admin = guild.join({
    name: 'Ada',
    permissions: PermissionFlagsBits.ManageGuild | PermissionFlagsBits.MentionEveryone,
  });
});
afterAll(() => community.close());

/** The post and its publishing: neither what answers the person who pressed, nor a tip that happens to be due. */
const isDelivery = () => new RegExp(`^(POST|PUT|PATCH) /channels/${community.guild.channel('news').id}/messages`);

test.each(sidesOfRequest)(
  'killed at any request of an announcement, %s: posted and published exactly once',
  async (_, afterEffect) => {
    let deliveries = 0;
    while (await killedAt(deliveries, afterEffect)) deliveries += 1;
    expect(deliveries).toBe(2);
  },
);

/** Plays an announcement with a kill at its `nth` delivery. Returns false when there are not as many. */
async function killedAt(nth: number, afterEffect: boolean): Promise<boolean> {
  const { sandbox, guild } = community;
  const title = `Announcement ${nth}${afterEffect ? 'b' : 'a'}`;
  const options = { channel: guild.channel('news'), everyone: true, crosspost: true, time: 'in 1 hour' };
  await admin.slash('announce compose', options);
  const preview = await admin.submit({ title, text: 'Only once.' });
  await admin.press('Yes, notify everyone', await admin.press('Schedule', preview));

  const isKilled = await killAt(community, { route: isDelivery(), nth, afterEffect }, async () => {
    sandbox.clock.advance(hour);
    await community.bot.settled();
  });
  const posted = await sandbox.until('the announcement, published', () => published(title));
  expect(posted.content).toBe('@everyone');
  expect(all(title)).toHaveLength(1);
  return isKilled;
}

function all(title: string): readonly APIMessage[] {
  return admin.messages('news').filter(({ embeds }) => embeds[0]?.title === title);
}

/** Discord marks what was published to the channel's followers. */
function published(title: string): APIMessage | undefined {
  return all(title).find(({ flags = 0 }) => (flags & 1) !== 0);
}
