import type { APIAllowedMentions, APIMessage } from 'discord-api-types/v10';
import { permissionBits, permissionsIn } from '../../permissions.ts';
import { componentTypes } from '../../types.ts';
import { walkComponents } from '../components.ts';
import type { Channel, Message, User } from '../state.ts';
import type { World } from '../world.ts';

interface Mentioning {
  readonly channel: Channel;
  readonly author: User;
  readonly content: string;
  readonly components: readonly unknown[];
  readonly allowed: APIAllowedMentions | undefined;
  /** Answers to interactions ping only people unless they say otherwise. */
  readonly byInteraction: boolean;
  readonly repliesTo?: Message | undefined;
}

/** Whom a message pings: what it names, as far as `allowed_mentions` and the author's permissions let it. */
export function findMentions(
  world: World,
  { channel, author, content, components, allowed, byInteraction, repliesTo }: Mentioning,
): Pick<APIMessage, 'mentions' | 'mention_roles' | 'mention_everyone'> {
  let text = content;
  for (const part of walkComponents(components)) {
    // Texts among the components ping like the content does; labels and embeds do not.
    if (part.type === componentTypes.textDisplay && part.content) text += `\n${part.content}`;
  }
  const users = new Map<string, User>();
  const repliedUser = allowed ? (allowed.replied_user ?? false) : !byInteraction;
  if (repliesTo && repliedUser && !repliesTo.author.bot) users.set(repliesTo.author.id, repliesTo.author);
  if (!text.includes('<@') && !text.includes('@everyone') && !text.includes('@here')) {
    return { mentions: [...users.values()].map(({ json }) => json), mention_roles: [], mention_everyone: false };
  }

  const parse: readonly string[] = allowed
    ? (allowed.parse ?? [])
    : byInteraction
      ? ['users']
      : ['users', 'roles', 'everyone'];
  for (const [, id = ''] of text.matchAll(/<@!?(\d+)>/g)) {
    const user = world.users.get(id);
    if (user && (parse.includes('users') || allowed?.users?.includes(id))) users.set(id, user);
  }
  const { guild } = channel;
  const roles = new Set<string>();
  let everyone = false;
  if (guild) {
    const mayMentionAll =
      (permissionsIn(guild, author.id, channel.id) & permissionBits.MENTION_EVERYONE) ===
      permissionBits.MENTION_EVERYONE;
    for (const [, id = ''] of text.matchAll(/<@&(\d+)>/g)) {
      const role = guild.roles.get(id);
      const wanted = parse.includes('roles') || allowed?.roles?.includes(id);
      if (role && wanted && (role.mentionable || mayMentionAll)) roles.add(id);
    }
    everyone = parse.includes('everyone') && mayMentionAll && /@(everyone|here)\b/.test(text);
  }
  return {
    mentions: [...users.values()].map(({ json }) => json),
    mention_roles: [...roles],
    mention_everyone: everyone,
  };
}
