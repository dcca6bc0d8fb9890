/** Deploying application commands, globally and to one guild. */
import { ApplicationCommandType } from 'discord-api-types/v10';
import { Refused, unknown } from '../../refusals.ts';
import type { CommandBody } from '../../world/commands.ts';
import { guildOf } from '../access.ts';
import { Reply, route, type Call, type Route } from '../call.ts';

const mostChatInput = 100;
const mostContextMenu = 15;

const prefixes = ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands'];

export const commandRoutes: readonly Route[] = [
  route('GET', '/applications/:application/guilds/:guild/commands/permissions', (call) => {
    scopeOf(call);
    return [];
  }),
  route('GET', '/applications/:application/guilds/:guild/commands/:command/permissions', (call) => {
    scopeOf(call);
    throw unknown('commandPermissions');
  }),
  ...prefixes.flatMap((prefix) => [
    route('GET', prefix, (call) => {
      const list = call.world.commands.list(scopeOf(call));
      if (call.query.get('with_localizations') === 'true') return list;
      // Without asking for them Discord leaves the translations out.
      return list.map(({ name_localizations: _n, description_localizations: _d, ...command }) => command);
    }),
    route<CommandBody[]>('PUT', prefix, (call) =>
      call.world.commands.replaceAll(call.world.applicationId, call.body, scopeOf(call)),
    ),
    route<CommandBody>('POST', prefix, (call) => {
      const guildId = scopeOf(call);
      const { command, isNew } = call.world.commands.upsert(call.world.applicationId, call.body, guildId);
      const same = call.world.commands.list(guildId).filter((other) => other.type === command.type);
      const most = command.type === ApplicationCommandType.ChatInput ? mostChatInput : mostContextMenu;
      if (same.length > most) {
        call.world.commands.delete(command.id, guildId);
        throw new Refused(400, 30032, `Maximum number of application commands reached (${most}).`);
      }
      return new Reply(isNew ? 201 : 200, command);
    }),
    route('GET', `${prefix}/:command`, (call) => commandOf(call)),
    route<CommandBody>('PATCH', `${prefix}/:command`, (call) =>
      call.world.commands.update(commandOf(call), call.body, scopeOf(call)),
    ),
    route('DELETE', `${prefix}/:command`, (call) => {
      call.world.commands.delete(commandOf(call).id, scopeOf(call));
    }),
  ]),
];

/** The guild of the path, or undefined for global commands. */
function scopeOf(call: Call): string | undefined {
  if (call.params['application'] !== call.world.applicationId) throw unknown('application');
  return call.params['guild'] === undefined ? undefined : guildOf(call).id;
}

function commandOf(call: Call) {
  const command = call.world.commands.find(call.params['command'] ?? '', scopeOf(call));
  if (!command) throw unknown('command');
  return command;
}
