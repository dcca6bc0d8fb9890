/** The option `tag` of commands that plan posts: what it suggests, and what it means. */
import type { AutocompleteInteraction, ChatInputCommandInteraction, Guild, SlashCommandStringOption } from 'discord.js';
import { UserError } from '../errors.ts';
import { clip, showTyped, withoutDirectionControls } from '../marks.ts';
import type { Texts } from '../texts/en.ts';
import { limits } from './limits.ts';
import { findPostPlace, forumOf, type Tag } from './post-places.ts';
import type { Choice } from './replies.ts';

/** Stands for no tag. */
const none = 'none';

/** The option itself, for a command's builder. */
export const tagOption = (t: Texts) => (option: SlashCommandStringOption) =>
  option.setName('tag').setDescription(t.places.tagOption).setAutocomplete(true);

/** The tags of a place that the bot may use; undefined for what is no forum. */
export function tagsIn(guild: Guild, channelId: string): readonly Tag[] | undefined {
  const place = findPostPlace(guild, channelId);
  const me = guild.members.me;
  return place && me ? forumOf(place, me)?.tags : undefined;
}

/** @param usual the place where no channel is named in the options. */
export function tagChoices(
  t: Texts,
  { guild, options }: AutocompleteInteraction<'cached'>,
  usual: string | null,
): Choice[] {
  const named = options.get('channel')?.value;
  const channelId = typeof named === 'string' ? named : usual;
  const tags = channelId === null ? undefined : tagsIn(guild, channelId);
  if (!tags) return [{ name: clip(t.places.noForum, limits.choiceName), value: none }];
  const typed = options.getFocused().trim().toLowerCase();
  return [
    ...tags.map(({ id, name }) => ({ name: withoutDirectionControls(name), value: id })),
    { name: t.places.noTag, value: none },
  ]
    .filter(({ name }) => name.toLowerCase().includes(typed))
    .slice(0, limits.choices);
}

/**
 * The tag that was chosen, by its name or id: null for none, undefined where the option was left out.
 * @throws UserError for one that the forum does not have.
 */
export function readTag(
  { guild, options }: ChatInputCommandInteraction<'cached'>,
  channelId: string,
): string | null | undefined {
  const typed = options.getString('tag')?.trim();
  if (typed === undefined) return undefined;
  if (typed === none) return null;
  const tags = tagsIn(guild, channelId);
  // That only forums have tags is said with everything else that is in the way.
  if (!tags) return typed;
  const wanted = typed.toLowerCase();
  const found = tags.find(({ id, name }) => id === typed || name.toLowerCase() === wanted);
  if (found) return found.id;
  const names = tags.map(({ name }) => withoutDirectionControls(name));
  throw new UserError((t) => t.places.tagUnknown(showTyped(clip(typed, limits.choiceName)), names));
}
