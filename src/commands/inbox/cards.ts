import {
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  ButtonStyle,
  DiscordAPIError,
  type Guild as DiscordGuild,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Guild } from '../../db/guilds.ts';
import { listUndelivered, markNoticeRead, type Notice } from '../../db/notices.ts';
import { findProfile } from '../../db/profiles.ts';
import { listLiveRequestsOf, listPendingRequestsTo } from '../../db/requests.ts';
import { deletedUser } from '../../db/schema.ts';
import { button, row } from '../../discord/buttons.ts';
import { noticeKinds } from '../../delivery/notices/kinds.ts';
import { requestCard } from '../../delivery/notices/requests.ts';
import { type Setting } from '../../delivery/notices/scene.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { pageOf } from '../../pages.ts';
import { embed } from '../../discord/embeds.ts';
import { retry } from '../../discord/retry.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { stamp } from '../../marks.ts';

/** One thing in an inbox. */
interface Item {
  readonly embeds: readonly APIEmbed[];
  readonly rows: NonNullable<Card['components']>;
  /** The notice that can be marked as read; undefined for what waits for an answer. */
  readonly noticeId?: string;
}

/** Discord's limits on one message, in characters over all embeds, embeds, and rows; some characters are left for the page's own. */
const pageLimits = { characters: 5_500, embeds: 10, rows: 5 } as const;
/** Rows that the page itself needs: marking as read, and turning pages. */
const ownRows = 2;
/** Notices on one page: their ids have to fit into one custom id. */
const noticesPerPage = 6;

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
  const waiting = await listWaiting(setting, userId);
  const unread = await listUnread(setting, userId);
  const pages = paginate([...waiting, ...unread]);
  const { page: shown } = pageOf(pages.length, page, 1);
  const items = pages[shown];
  if (!items) return { content: ctx.t.inbox.empty };
  const ids = items.flatMap((item) => item.noticeId ?? []);
  return {
    content: [
      ctx.t.inbox.heading(waiting.length, unread.length),
      ...(pages.length > 1 ? [ctx.t.inbox.page(shown + 1, pages.length)] : []),
    ].join('\n'),
    embeds: items.flatMap((item) => item.embeds),
    components: [
      ...items.flatMap((item) => item.rows),
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

/** What waits for this member's answer, and what they themselves wait for. */
async function listWaiting(setting: Setting, userId: string): Promise<Item[]> {
  const { ctx, guild } = setting;
  const items: Item[] = [];
  for (const request of await listPendingRequestsTo(ctx.db, guild.id, userId)) {
    items.push(itemOf(await requestCard(setting, request)));
  }
  const [own, ...queued] = await listLiveRequestsOf(ctx.db, guild.id, userId);
  if (own?.state === 'pending' && own.expires_at !== null) {
    const title = setting.t.inbox.ownRequestTitle(showTyped(await setting.memberName(own.mentor_id)));
    const [until, left] = [stamp(own.expires_at, 'F'), stamp(own.expires_at, 'R')];
    items.push({
      embeds: [
        embed(
          setting.t,
          title,
          setting.t.inbox.ownRequest(until, left, own.round_id === null ? queued.length : 'round'),
        ),
      ],
      rows: [],
    });
  }
  const mentor = await findProfile(ctx.db, guild.id, userId, 'mentor');
  if (mentor?.verification === 'waiting') {
    const body = setting.t.inbox.verification(stamp(mentor.created_at, 'D'));
    items.push({ embeds: [embed(setting.t, setting.t.inbox.verificationTitle, body)], rows: [] });
  }
  return items;
}

/** What could not be sent to this member; what has nothing left to say is put away on the way. */
async function listUnread(setting: Setting, userId: string): Promise<Item[]> {
  const items: Item[] = [];
  for (const notice of await listUndelivered(setting.ctx.db, setting.guild.id, userId)) {
    const card = await renderUndelivered(setting, notice);
    if (!card) await markNoticeRead(setting.ctx.db, notice.id, userId);
    else if (isShown(notice)) items.push({ ...itemOf(card), noticeId: notice.id });
  }
  return items;
}

async function renderUndelivered(setting: Setting, notice: Notice): Promise<Card | undefined> {
  const kind = noticeKinds[notice.kind];
  return kind.to === 'person' ? await kind.render({ ...setting, notice }) : undefined;
}

/** A request that is still open stands above, with its buttons. */
function isShown({ kind }: Notice): boolean {
  const delivery = noticeKinds[kind];
  return delivery.to === 'person' && delivery.inInbox;
}

function itemOf(card: Card): Item {
  return { embeds: card.embeds ?? [], rows: card.components ?? [] };
}

/** Pure: as many items on a page as Discord takes in one message. */
function paginate(items: readonly Item[]): Item[][] {
  const pages: Item[][] = [];
  for (const item of items) {
    const page = pages.at(-1);
    if (page && fits([...page, item])) page.push(item);
    else pages.push([item]);
  }
  return pages;
}

function fits(items: readonly Item[]): boolean {
  const embeds = items.flatMap((item) => item.embeds);
  return (
    embeds.length <= pageLimits.embeds &&
    embeds.reduce((sum, one) => sum + lengthOf(one), 0) <= pageLimits.characters &&
    items.reduce((sum, item) => sum + item.rows.length, ownRows) <= pageLimits.rows &&
    items.filter((item) => item.noticeId !== undefined).length <= noticesPerPage
  );
}

/** The characters of an embed that Discord counts. */
function lengthOf(one: APIEmbed): number {
  const fields = (one.fields ?? []).map((field) => field.name + field.value);
  return [one.title, one.description, one.footer?.text, one.author?.name, ...fields].join('').length;
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
