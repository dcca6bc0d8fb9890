import type { APIEmbed } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import type { Notice } from '../../db/notices.ts';
import { texts } from '../../texts/en.ts';
import { epochMs, type Instant } from '../../time.ts';
import type { Card } from '../replies.ts';
import { showTyped } from '../text.ts';

/** What a notice is rendered with: the present, wherever it is shown (a delivery, or `/inbox`). */
export interface Scene {
  readonly ctx: Context;
  readonly guild: Guild;
  readonly notice: Notice;
  /** The guild's name, as typed by its owner: escape it before showing. */
  guildName(): Promise<string>;
  /**
   * The name under which the guild knows a member, as typed by them: escape it before showing.
   * @throws MemberGone when the person is not in the guild.
   */
  memberName(userId: string): Promise<string>;
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

/** The footer of a notice's last embed: how delivery finds the message again after a crash. */
export function refFooter(noticeId: string): string {
  return `Preceptor · ref ${noticeId}`;
}

/** The guild's name, safe to show. */
export async function shownGuildName(scene: Scene): Promise<string> {
  return showTyped(await scene.guildName());
}

/** An instant as Discord's time stamps want it: whole seconds since 1970. */
export function seconds(instant: Instant): string {
  return String(Math.floor(epochMs(instant) / 1000));
}

/** One colour for everything the bot writes: what a card means is in its words. */
const accent = 0x2f6f6b;

/** A direct message: it names the guild that it comes from, because people are in several. */
export async function letter(
  scene: Scene,
  title: string,
  body: string,
  more: { fields?: APIEmbed['fields']; components?: Card['components'] } = {},
): Promise<Card> {
  const card = notice(title, body, more);
  const [embed] = card.embeds;
  // Names in this line are shown as they are, without formatting, so nothing has to be escaped.
  return { ...card, embeds: [{ ...embed, author: { name: texts.notices.from(await scene.guildName()) } }] };
}

/** A message in one of the guild's own channels. */
export function notice(
  title: string,
  body: string,
  more: { fields?: APIEmbed['fields']; components?: Card['components'] } = {},
): Card & { readonly embeds: [APIEmbed] } {
  return {
    embeds: [{ title, description: body, color: accent, ...(more.fields ? { fields: more.fields } : {}) }],
    ...(more.components ? { components: more.components } : {}),
  };
}
