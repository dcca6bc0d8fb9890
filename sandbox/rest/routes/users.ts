import { removeMember } from '../../world/guilds.ts';
import { openDm } from '../../world/channels.ts';
import { channelJson } from '../../world/render.ts';
import { missingAccess, Refused, unknown } from '../../refusals.ts';
import { guildOf, memberOf, userOf } from '../access.ts';
import { numberOf, route, type Route } from '../call.ts';

export const userRoutes: readonly Route[] = [
  route('GET', '/users/@me/guilds', ({ world, query }) => {
    const limit = numberOf(query, 'limit', 200, [1, 200]);
    const guilds = [...world.guilds.values()].filter(({ hasBot }) => hasBot);
    return guilds.slice(0, limit).map(({ id, name, ownerId, members }) => ({
      id,
      name,
      icon: null,
      banner: null,
      owner: ownerId === world.bot.id,
      features: [],
      ...(query.get('with_counts') === 'true'
        ? { approximate_member_count: members.size, approximate_presence_count: members.size }
        : {}),
    }));
  }),
  route('DELETE', '/users/@me/guilds/:guild', (call) => {
    const guild = guildOf(call);
    removeMember(call.world, guild, memberOf({ ...call, params: { ...call.params, user: '@me' } }, guild));
  }),
  route<{ recipient_id: string }>('POST', '/users/@me/channels', ({ world, body }) => {
    const user = world.users.get(body.recipient_id);
    if (!user) throw unknown('user');
    // Discord opens no channel between two bots.
    if (user.bot) throw new Refused(400, 50007, 'Cannot send messages to this user');
    return channelJson(world, openDm(world, user));
  }),
  route('GET', '/users/:user', (call) => userOf(call).json),
  route('GET', '/users/@me/applications/:application/role-connection', () => {
    throw missingAccess();
  }),
];
