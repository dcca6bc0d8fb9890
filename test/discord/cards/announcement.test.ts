import { expect, test } from 'vitest';
import { checkBody } from '../../../sandbox/validate/index.ts';
import type { Announcement } from '../../../src/db/announcements.ts';
import { announcementCard } from '../../../src/discord/cards/announcement.ts';
import { announcementForm } from '../../../src/commands/announce/form.ts';
import { everyoneCard, previewCard } from '../../../src/commands/announce/preview.ts';
import { contentLimits } from '../../../src/posts/announcements/content.ts';
import type { Reach } from '../../../src/posts/announcements/reach.ts';
import { openTestContext, testGuildId } from '../../support/context.ts';
import { texts as english } from '../../../src/texts/en.ts';

const plain: Announcement = {
  id: '0123456789ab',
  guild_id: testGuildId,
  author_id: '800000000000000001',
  sender_id: null,
  channel_id: '900000000000000006',
  parent_id: null,
  tag_id: null,
  place_looked_at: null,
  role_id: null,
  everyone: 0,
  title: 'Office hours',
  text: 'On Monday.',
  link: null,
  image_url: null,
  crosspost: 0,
  state: 'draft',
  at: null,
  asked: null,
  cron: null,
  zone: 'America/New_York',
  schedule_id: null,
  changes_id: null,
  changes_revision: null,
  revision: 1,
  created_at: '2026-11-23T12:00:00.000Z',
  updated_at: '2026-11-23T12:00:00.000Z',
  posted_at: null,
  message_id: null,
  posted_in: null,
  failure: null,
};

const host = `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example/`;
/** The most that a form takes, in scripts that take different room. */
const fullest: readonly Announcement[] = ['a', 'م', 'ے', '🩺'].map((letter) => ({
  ...plain,
  title: letter.repeat(contentLimits.title / letter.length),
  text: letter.repeat(contentLimits.text / letter.length),
  link: host + 'c'.repeat(contentLimits.link - host.length),
  image_url: host + 'd'.repeat(contentLimits.image - host.length),
  role_id: '900000000000000007',
}));

/** Everything that can be wrong at once, so that the notes are at their longest. */
const worst: Reach = {
  channel: { isNews: false },
  botLacks: ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'],
  moderatorLacks: [],
  moderatorMentions: false,
  botMentions: false,
  role: 'closed',
};

function asSent(card: object): unknown {
  const { allowedMentions: _, ...body } = card as { allowedMentions?: unknown };
  return JSON.parse(JSON.stringify(body));
}

test.each(fullest)(
  'Discord takes the fullest announcement, its preview and its form ($title)',
  async (announcement) => {
    const ctx = await openTestContext();
    const viewer = { userId: '1', readReach: () => worst, guildName: 'n'.repeat(100) };
    const preview = await previewCard(ctx, english, { ...announcement, crosspost: 1 }, viewer);
    for (const card of [
      announcementCard(english, announcement, viewer.guildName),
      preview,
      everyoneCard(english, english, announcement, { name: viewer.guildName, people: 1_000_000 }),
    ]) {
      expect(checkBody('POST', '/channels/1/messages', asSent(card))).toBeUndefined();
    }
    const form = { type: 9, data: announcementForm(english, announcement) };
    expect(checkBody('POST', '/interactions/1/a/callback', asSent(form))).toBeUndefined();
    await ctx.db.destroy();
  },
);

test.each([
  ['letters', 'a'],
  ['Chinese', '医'],
  ['emoji', '🩺'],
  ['emoji behind a letter', 'a🩺🩺🩺'],
  ['hidden links', ']('],
])('what a client sent beyond the limits (%s) is still shown, with what to mend', async (_, letters) => {
  const ctx = await openTestContext();
  const long = letters.repeat(4_000 / letters.length);
  const viewer = { userId: '1', readReach: () => worst, guildName: 'n'.repeat(100) };
  const preview = await previewCard(ctx, english, { ...plain, title: long, text: long }, viewer);
  expect(checkBody('POST', '/channels/1/messages', asSent(preview))).toBeUndefined();
  expect(JSON.stringify(preview.embeds)).toContain('too long');
  for (const { title, description } of preview.embeds ?? []) expect(`${title}${description}`.isWellFormed()).toBe(true);
  const form = { type: 9, data: announcementForm(english, { ...plain, title: long, text: long }) };
  expect(checkBody('POST', '/interactions/1/a/callback', asSent(form))).toBeUndefined();
  await ctx.db.destroy();
});

test('a card notifies the role or everyone that was chosen, and nobody else whatever it says', () => {
  const text = '@everyone <@&900000000000000008>';
  expect(announcementCard(english, { ...plain, text }, 'Ward')).toMatchObject({
    content: '',
    allowedMentions: { roles: [] },
  });
  expect(announcementCard(english, { ...plain, text, role_id: '9' }, 'Ward')).toMatchObject({
    content: '<@&9>',
    allowedMentions: { roles: ['9'] },
  });
  expect(announcementCard(english, { ...plain, text, everyone: 1 }, 'Ward')).toMatchObject({
    content: '@everyone',
    allowedMentions: { everyone: true },
  });
});

test('the button names the host, and of a long one the end, which says whose it is', () => {
  const labelOf = (link: string) => JSON.stringify(announcementCard(english, { ...plain, link }, 'Ward').components);
  expect(labelOf('https://www.nrmp.org/a')).toContain('"Open www.nrmp.org"');
  expect(labelOf(`https://www.nrmp.org.${'x'.repeat(60)}.${'y'.repeat(20)}.evil.example/`)).toMatch(
    /"Open ….*evil\.example"/,
  );
});

test('the night that has no such time is told with the time that it becomes', async () => {
  const ctx = await openTestContext();
  const skipped = { ...plain, at: '2027-03-14T07:30:00.000Z', asked: '2027-03-14T02:30' };
  const { embeds } = await previewCard(ctx, english, skipped, {
    userId: '1',
    readReach: () => worst,
    guildName: 'Ward',
  });
  expect(embeds?.at(-1)?.description).toMatch(/March 14, 2027 at 03:30.*there is no 02:30/s);
  await ctx.db.destroy();
});
