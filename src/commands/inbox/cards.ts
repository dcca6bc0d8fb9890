import {
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
  DiscordAPIError,
  type Guild as DiscordGuild,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Guild } from '../../db/guilds.ts';
import type { Meeting } from '../../db/meetings.ts';
import { findOpenOfferTo } from '../../db/openings.ts';
import { findProfile } from '../../db/profiles.ts';
import { listLiveRequestsOf, listPendingRequestsTo } from '../../db/requests.ts';
import { deletedUser } from '../../db/schema.ts';
import { findGroup } from '../../db/study/groups.ts';
import { listMembershipsOf } from '../../db/study/members.ts';
import { button, row } from '../../discord/buttons.ts';
import { readCustomId } from '../../discord/custom-ids.ts';
import { type HomeButton, rowsOf } from '../../discord/home/index.ts';
import { noticeKinds } from '../../delivery/notices/kinds.ts';
import { proposalCard } from '../../delivery/notices/meetings.ts';
import { placeCard } from '../../delivery/notices/openings.ts';
import { requestCard } from '../../delivery/notices/requests.ts';
import { offeredCard } from '../../delivery/notices/study.ts';
import { type Setting } from '../../delivery/notices/scene.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { pageOf } from '../../pages.ts';
import { inParts } from '../../parts.ts';
import { embed, embedLength } from '../../discord/embeds.ts';
import { retry } from '../../discord/retry.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { stamp } from '../../marks.ts';
import { type Notice, readDetail } from '../../db/notices/write.ts';
import { listProposalsTo } from '../../mentoring/meetings/waiting.ts';
import { listUndelivered, markNoticeRead } from '../../db/notices/lookups.ts';

/** One thing in an inbox, before it is written out. */
interface Entry {
  /** Undefined where it has nothing left to say. */
  readonly render: (setting: Setting) => Promise<Item | undefined>;
}

/** One thing in an inbox. */
interface Item {
  readonly embeds: readonly APIEmbed[];
  /** Of what waits for an answer: they belong together. */
  readonly rows: NonNullable<Card['components']>;
  /** Of a message that could not be sent; the page shows each once. */
  readonly buttons?: readonly HomeButton[];
  /** The notice that can be marked as read; undefined for what waits for an answer. */
  readonly noticeId?: string;
}

/** Discord's limits on one message, in characters over all embeds, embeds, and rows; some characters are left for the page's own. */
const pageLimits = { characters: 5_500, embeds: 10, rows: 5 } as const;
/** Rows that the page itself needs: marking as read, and turning pages. */
const ownRows = 2;
/** Notices on one page: their ids have to fit into one custom id. */
const noticesPerPage = 6;
/** Entries that are written out before others are answered. */
const entriesAtOnce = 10;
/** Stands for a name while it is seen what fits on a page: the longest on Discord, every character of it escaped. */
const anyName = 'x'.repeat(64);

/**
 * A member's inbox: what waits for their answer, then what could not be sent to them, all from current state.
 * @param place the guild as Discord has it, for names. @param page from 0; one that does not exist shows the nearest.
 */
export async function inboxCard(
  ctx: ActContext,
  guild: Guild,
  place: DiscordGuild,
  userId: string,
  page = 0,
): Promise<Card> {
  const setting = settingOf(ctx, guild, place);
  // Names cost a request each: those of the page that is shown are asked for, and the others stood in for.
  const measure = { ...setting, memberName: () => Promise.resolve(anyName) };
  const proposals = await listProposalsTo(ctx.db, { guildId: guild.id, userId }, ctx.now());
  const waiting = await writeOut(measure, await listWaiting(setting, userId, proposals));
  const unread = await writeOut(measure, await listUnread(setting, userId, proposals));
  const pages = paginate([...waiting, ...unread]);
  const { page: shown } = pageOf(pages.length, page, 1);
  const entries = pages[shown]?.map(({ entry }) => entry);
  if (!entries) return { content: ctx.t.inbox.empty };
  const items = (await writeOut(setting, entries)).map(({ item }) => item);
  const ids = items.flatMap((item) => item.noticeId ?? []);
  return {
    content: [
      ctx.t.inbox.heading(waiting.length, unread.length),
      ...(pages.length > 1 ? [ctx.t.inbox.page(shown + 1, pages.length)] : []),
    ].join('\n'),
    embeds: items.flatMap((item) => item.embeds),
    components: [
      ...items.flatMap((item) => item.rows),
      ...rowsOf([items.flatMap((item) => item.buttons ?? [])]),
      ...(ids.length > 0
        ? [row(button([keys.inbox.read, ...ids], ctx.t.inbox.markRead(ids.length), ButtonStyle.Primary))]
        : []),
      ...(pages.length > 1 ? [row(...turns(ctx.t, shown, pages.length))] : []),
    ],
  };
}

function turns(t: Texts, shown: number, pages: number): APIButtonComponentWithCustomId[] {
  const { previous, next } = t.inbox;
  return [
    { ...button([keys.inbox.page, String(shown - 1)], previous), disabled: shown === 0 },
    { ...button([keys.inbox.page, String(shown + 1)], next), disabled: shown === pages - 1 },
  ];
}

interface Written {
  readonly entry: Entry;
  readonly item: Item;
}

/** Writes entries out; what has nothing left to say is left out. */
async function writeOut(setting: Setting, entries: readonly Entry[]): Promise<Written[]> {
  const written: Written[] = [];
  for await (const part of inParts(entries, entriesAtOnce)) {
    for (const entry of part) {
      const item = await entry.render(setting);
      if (item) written.push({ entry, item });
    }
  }
  return written;
}

/** Lists what waits for this member's answer (requests, a place, study groups, times to meet), and what of theirs waits for others. */
async function listWaiting({ ctx, guild }: Setting, userId: string, proposals: readonly Meeting[]): Promise<Entry[]> {
  const entries: Entry[] = (await listPendingRequestsTo(ctx.db, guild.id, userId)).map((request) => ({
    render: async (setting) => itemOf(await requestCard(setting, request)),
  }));
  const [own, ...queued] = await listLiveRequestsOf(ctx.db, guild.id, userId);
  if (own?.state === 'pending' && own.expires_at !== null) {
    const [until, left] = [stamp(own.expires_at, 'F'), stamp(own.expires_at, 'R')];
    const others = own.round_id === null ? queued.length : 'round';
    entries.push({
      render: async (setting) => {
        const { t } = setting;
        const title = t.inbox.ownRequestTitle(showTyped(await setting.memberName(own.mentor_id)));
        return { embeds: [embed(t, title, t.inbox.ownRequest(until, left, others))], rows: [] };
      },
    });
  }
  const opensAt = own?.opens_at ?? null;
  if (own && opensAt !== null) {
    entries.push({
      render: async (setting) => {
        const { t } = setting;
        const title = t.inbox.ownRequestTitle(showTyped(await setting.memberName(own.mentor_id)));
        return { embeds: [embed(t, title, t.weeks.home(own.mentor_id, opensAt))], rows: [] };
      },
    });
  }
  for (const { state, group_id: id } of await listMembershipsOf(ctx.db, { guildId: guild.id, userId })) {
    if (state !== 'offered') continue;
    entries.push({
      async render(setting) {
        const group = await findGroup(setting.ctx.db, id);
        const card = group && (await offeredCard(setting, group, userId));
        return card && itemOf(card);
      },
    });
  }
  for (const meeting of proposals) {
    entries.push({
      async render(setting) {
        const card = await proposalCard(setting, meeting, userId);
        return card && itemOf(card);
      },
    });
  }
  const place = await findOpenOfferTo(ctx.db, guild.id, userId);
  if (place) {
    entries.push({
      async render(setting) {
        const card = await placeCard(setting, place);
        return card && itemOf(card);
      },
    });
  }
  const mentor = await findProfile(ctx.db, guild.id, userId, 'mentor');
  if (mentor?.verification === 'waiting') {
    entries.push({
      render: ({ t }) => {
        const body = t.inbox.verification(stamp(mentor.created_at, 'D'));
        return Promise.resolve({ embeds: [embed(t, t.inbox.verificationTitle, body)], rows: [] });
      },
    });
  }
  return entries;
}

/** What could not be sent to this member; what has nothing left to say is put away on the way. */
async function listUnread({ ctx, guild }: Setting, userId: string, proposals: readonly Meeting[]): Promise<Entry[]> {
  const undelivered = await listUndelivered(ctx.db, guild.id, userId);
  const notices = undelivered.filter((notice) => !isProposalOf(notice, proposals));
  return notices.map((notice) => ({
    async render(setting) {
      const card = await renderUndelivered(setting, notice);
      if (!card) await markNoticeRead(ctx.db, notice.id, userId);
      if (!card || !isShown(notice)) return undefined;
      return { embeds: card.embeds ?? [], rows: [], buttons: buttonsOf(card), noticeId: notice.id };
    },
  }));
}

async function renderUndelivered(setting: Setting, notice: Notice): Promise<Card | undefined> {
  const kind = noticeKinds[notice.kind];
  return kind.to === 'person' ? await kind.render({ ...setting, notice }) : undefined;
}

/** Times that still wait for an answer stand above, with their buttons. */
function isProposalOf(notice: Notice, proposals: readonly Meeting[]): boolean {
  if (notice.kind !== 'meeting-letter' || readDetail('meeting-letter', notice).part !== 'proposed') return false;
  return proposals.some(({ id }) => id === notice.subject_id);
}

/** A request or a place that is still open stands above, with its buttons. */
function isShown({ kind }: Notice): boolean {
  const delivery = noticeKinds[kind];
  return delivery.to === 'person' && delivery.inInbox;
}

/** The buttons of a letter, but for the way to one's data: here a command leads there. */
function buttonsOf(card: Card): HomeButton[] {
  return (card.components ?? [])
    .flatMap((each): readonly APIComponentInMessageActionRow[] => each.components)
    .filter((each) => each.type === ComponentType.Button)
    .filter((each): each is HomeButton => !('sku_id' in each))
    .filter((each) => 'url' in each || readCustomId(each.custom_id).key !== keys.profile.away);
}

function itemOf(card: Card): Item {
  return { embeds: card.embeds ?? [], rows: card.components ?? [] };
}

/** Pure: as many entries on a page as Discord takes in one message. */
function paginate(all: readonly Written[]): Written[][] {
  const pages: Written[][] = [];
  for (const written of all) {
    const page = pages.at(-1);
    if (page && fits([...page, written].map(({ item }) => item))) page.push(written);
    else pages.push([written]);
  }
  return pages;
}

function fits(items: readonly Item[]): boolean {
  const embeds = items.flatMap((item) => item.embeds);
  return (
    embeds.length <= pageLimits.embeds &&
    embeds.reduce((sum, one) => sum + embedLength(one), 0) <= pageLimits.characters &&
    items.reduce((sum, item) => sum + item.rows.length, ownRows + rowsOfLetters(items)) <= pageLimits.rows &&
    items.filter((item) => item.noticeId !== undefined).length <= noticesPerPage
  );
}

function rowsOfLetters(items: readonly Item[]): number {
  return rowsOf([items.flatMap((item) => item.buttons ?? [])]).length;
}

/** The guild as the person who acts sees it. */
function settingOf(ctx: ActContext, guild: Guild, place: DiscordGuild): Setting {
  return {
    ctx,
    guild,
    t: ctx.t,
    guildName: () => Promise.resolve(place.name),
    async memberName(userId) {
      if (userId === deletedUser) return ctx.t.notices.formerMember;
      try {
        return (await retry(() => place.members.fetch(userId))).displayName;
      } catch (error) {
        const isGone =
          error instanceof DiscordAPIError &&
          (error.code === RESTJSONErrorCodes.UnknownMember || error.code === RESTJSONErrorCodes.UnknownUser);
        if (!isGone) throw error;
        return ctx.t.notices.formerMember;
      }
    },
  };
}
