import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import type { Db } from '../../db/open.ts';
import type { APIButtonComponentWithCustomId, APIButtonComponentWithURL } from 'discord.js';
import { button, linkButton, row } from '../../discord/buttons.ts';
import { threadUrl } from '../../discord/links.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { embed, type More } from '../../discord/embeds.ts';
import { placeRows } from '../../discord/place.ts';
import { showTyped } from '../../discord/text.ts';
import type { Texts } from '../../texts/en.ts';
import type { Notice } from '../../db/notices/write.ts';

/** What cards about a guild's members are made with, wherever they are shown (a delivery, or `/inbox`). */
export interface Setting {
  readonly ctx: Context;
  readonly guild: Guild;
  /** In the language of whoever reads it. */
  readonly t: Texts;
  /** The guild's name, as typed by its owner: escape it before showing. */
  guildName(): Promise<string>;
  /**
   * The name under which the guild knows a member, as typed by them: escape it before showing.
   * @throws MemberGone when the person is not in the guild.
   */
  memberName(userId: string): Promise<string>;
}

/** What a notice is rendered with. */
export interface Scene extends Setting {
  readonly notice: Notice;
}

/** Renders a notice from current state; undefined when nothing is left to say. */
export type Render = (scene: Scene) => Promise<Card | undefined>;

/** Somebody whom a notice is for, or speaks of, is no longer in the guild. */
export class MemberGone extends Error {
  override readonly name = 'MemberGone';
  readonly userId: string;

  constructor(userId: string) {
    super('a member is gone');
    this.userId = userId;
  }
}

/** The guild's name, safe to show. */
export async function shownGuildName(setting: Setting): Promise<string> {
  return showTyped(await setting.guildName());
}

/** What the notice speaks of; undefined when it is no more. */
export async function subjectOf<T>(
  { ctx, notice }: Scene,
  find: (db: Db, id: string) => Promise<T | undefined>,
): Promise<T | undefined> {
  return notice.subject_id === null ? undefined : await find(ctx.db, notice.subject_id);
}

/**
 * The button below a direct message that leads to what is held on its reader, also once the bot has left the guild: no
 * command reaches it then.
 */
export function wayOut({ t, guild }: Setting): More {
  return withNext(t, guild.id);
}

/** The same below what comes next: a button for each thing that the text names. */
export function withNext(
  t: Texts,
  guildId: string,
  ...next: (APIButtonComponentWithCustomId | APIButtonComponentWithURL)[]
): More {
  return { components: [row(...next, button([keys.profile.away, guildId], t.profiles.privacy.ownData))] };
}

/** A row of these, where there are any. */
export function rowOf(
  buttons: readonly (APIButtonComponentWithCustomId | APIButtonComponentWithURL)[],
): NonNullable<Card['components']> {
  return buttons.length === 0 ? [] : [row(...buttons)];
}

/** The way into a channel or thread of the guild; nothing while there is none. */
export function wayInto({ guild }: Setting, channelId: string | null, label: string): APIButtonComponentWithURL[] {
  return channelId === null ? [] : [linkButton(threadUrl(guild.id, channelId), label)];
}

/** A direct message: it names the guild that it comes from, because people are in several. */
export async function letter(setting: Setting, title: string, body: string, more: More = {}): Promise<Card> {
  // Names in an embed's author line are shown as they are, without formatting, so nothing has to be escaped.
  const author = { name: setting.t.notices.from(await setting.guildName()) };
  return {
    embeds: [{ ...embed(setting.t, title, body, more.fields), author }],
    components: placeRows(more.components ?? [], setting.guild.id),
  };
}
