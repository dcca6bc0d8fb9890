/** What posts have for somebody's home: what comes next where they can read it, a tip now, and what they are notified of. */
import { PermissionFlagsBits } from 'discord.js';
import { listSchedules } from '../../db/schedules.ts';
import { button } from '../buttons.ts';
import { keys } from '../keys.ts';
import type { Section } from './section.ts';

/** More would hide what waits for the reader. */
const postsShown = 2;

export const postsSection: Section = async ({ ctx, guildId, place: { guild, member } }) => {
  const { t, db } = ctx;
  const text = t.home.posts;
  const sees = (channelId: string) =>
    guild.channels.cache.get(channelId)?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel) ?? false;
  const next = (await listSchedules(db, guildId))
    .flatMap(({ state, kind, channel_id: channelId, next_due_at: at }) =>
      state === 'active' && kind !== 'announcement' && at !== null && sees(channelId) ? [{ kind, channelId, at }] : [],
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, postsShown);
  return [
    {
      heading: text.heading,
      lines: next.map(({ kind, channelId, at }) => text.line(t.schedules.kinds[kind], `<#${channelId}>`, at)),
      buttons: [button([keys.tip.show], text.tip), button([keys.notify.open], text.notify)],
    },
  ];
};
