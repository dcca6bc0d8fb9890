/** Request Guild Members: by ids, by the start of a name, or all of them; answered in chunks. */
import { memberJson } from '../world/render.ts';
import type { Guild, Member } from '../world/state.ts';
import type { World } from '../world/world.ts';
import { intentBits } from './intents.ts';
import type { Session } from './session.ts';

/** Discord sends at most this many members at once. */
const chunkSize = 1000;
const mostByIds = 100;

export interface MembersRequest {
  readonly guild_id: string;
  readonly query?: string;
  readonly limit?: number;
  readonly user_ids?: string | readonly string[];
  readonly presences?: boolean;
  readonly nonce?: string;
}

/** Answers with one or more GUILD_MEMBERS_CHUNK. */
export function sendMembers(world: World, session: Session, request: MembersRequest): void {
  const guild = world.guilds.get(request.guild_id);
  if (!guild?.hasBot) return;
  const { found, notFound } = choose(guild, request, session.intents);
  const count = Math.max(1, Math.ceil(found.length / chunkSize));
  for (let index = 0; index < count; index += 1) {
    session.send('GUILD_MEMBERS_CHUNK', {
      guild_id: guild.id,
      members: found.slice(index * chunkSize, (index + 1) * chunkSize).map((member) => memberJson(member)),
      chunk_index: index,
      chunk_count: count,
      ...(notFound.length > 0 ? { not_found: notFound } : {}),
      ...(request.presences ? { presences: [] } : {}),
      ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    });
  }
}

function choose(
  guild: Guild,
  { user_ids: ids, query = '', limit = 0 }: MembersRequest,
  intents: number,
): { found: Member[]; notFound: string[] } {
  if (ids !== undefined) {
    const wanted = (typeof ids === 'string' ? [ids] : ids).slice(0, mostByIds);
    return {
      found: wanted.flatMap((id) => guild.members.get(id) ?? []),
      notFound: wanted.filter((id) => !guild.members.has(id)),
    };
  }
  // The whole list is only for applications with the members intent.
  if (query === '' && limit === 0 && !(intents & intentBits.guildMembers)) return { found: [], notFound: [] };
  const start = query.toLowerCase();
  const matching = [...guild.members.values()].filter(
    ({ user, nick }) => user.name.toLowerCase().startsWith(start) || nick?.toLowerCase().startsWith(start),
  );
  return { found: limit > 0 ? matching.slice(0, limit) : matching, notFound: [] };
}
