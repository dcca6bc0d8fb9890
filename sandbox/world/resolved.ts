/** `resolved`: what the ids in an interaction stand for, so that a bot need not ask. */
import { permissionsIn } from '../permissions.ts';
import type { APIAttachment, APIMessage } from 'discord-api-types/v10';
import { channelJson, memberJson, roleJson } from './render.ts';
import type { Channel, Guild, Role, User } from './state.ts';
import type { World } from './world.ts';

type Section = 'users' | 'members' | 'roles' | 'channels' | 'messages' | 'attachments';

/** Collects what an interaction names. */
export class Resolved {
  readonly #world: World;
  readonly #guild: Guild | undefined;
  readonly #channelId: string;
  readonly #sections: Partial<Record<Section, Record<string, unknown>>> = {};

  constructor(world: World, guild: Guild | undefined, channelId: string) {
    this.#world = world;
    this.#guild = guild;
    this.#channelId = channelId;
  }

  user(user: User): void {
    this.#put('users', user.id, user.json);
    const guild = this.#guild;
    const member = guild?.members.get(user.id);
    if (!guild || !member) return;
    // Discord sends members without the user, and without what only matters in voice channels.
    const { deaf: _d, mute: _m, ...json } = memberJson(member, { withUser: false });
    const permissions = permissionsIn(guild, user.id, this.#channelId).toString();
    this.#put('members', user.id, { ...json, permissions });
  }

  role(role: Role): void {
    this.#put('roles', role.id, roleJson(role));
  }

  /** `viewerId`: whose permissions in the channel are told along. */
  channel(channel: Channel, viewerId: string): void {
    const permissions = this.#guild ? permissionsIn(this.#guild, viewerId, channel.id).toString() : '0';
    this.#put('channels', channel.id, { ...channelJson(this.#world, channel), permissions });
  }

  message(json: APIMessage): void {
    this.#put('messages', json.id, json);
  }

  attachment(json: APIAttachment): void {
    this.#put('attachments', json.id, json);
  }

  /** To be spread into the data of an interaction: nothing when nothing was named. */
  toData(): { resolved?: object } {
    return Object.keys(this.#sections).length === 0 ? {} : { resolved: this.#sections };
  }

  #put(section: Section, id: string, json: unknown): void {
    (this.#sections[section] ??= {})[id] = json;
  }
}
