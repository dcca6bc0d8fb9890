/** Application commands: those deployed for everybody, and those for one guild. */
import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord-api-types/v10';
import type { Snowflakes } from './snowflakes.ts';

/** What a deployment sends, after validation. */
export interface CommandBody {
  readonly type?: number;
  readonly name?: string;
  readonly description?: string;
  readonly name_localizations?: Readonly<Record<string, string>> | null;
  readonly description_localizations?: Readonly<Record<string, string>> | null;
  readonly options?: readonly APIApplicationCommandOption[];
  readonly default_member_permissions?: string | number | null;
  readonly dm_permission?: boolean;
  readonly contexts?: readonly number[] | null;
  readonly integration_types?: readonly number[] | null;
  readonly nsfw?: boolean;
  readonly handler?: number;
}

const globally = 'global';

/** A command is the same one when its type and its name are. */
const keyOf = ({ type, name }: { type?: number; name?: string }): string => `${type ?? 1}:${name}`;

export class CommandStore {
  readonly #ids: Snowflakes;
  readonly #scopes = new Map<string, Map<string, APIApplicationCommand>>();

  constructor(ids: Snowflakes) {
    this.#ids = ids;
  }

  /** Commands of one guild, or the global ones. */
  list(guildId?: string): readonly APIApplicationCommand[] {
    return [...this.#scope(guildId).values()];
  }

  find(id: string, guildId?: string): APIApplicationCommand | undefined {
    return this.#scope(guildId).get(id);
  }

  /** What can be used in a guild: its own commands first, then the global ones. */
  usableIn(guildId: string | undefined): readonly APIApplicationCommand[] {
    return guildId === undefined ? this.list() : [...this.list(guildId), ...this.list()];
  }

  /** Creates a command, or overwrites the one of the same name and type, which keeps its id. */
  upsert(
    applicationId: string,
    body: CommandBody,
    guildId?: string,
  ): { command: APIApplicationCommand; isNew: boolean } {
    const scope = this.#scope(guildId);
    const earlier = [...scope.values()].find((one) => keyOf(one) === keyOf(body));
    const command = this.#build(applicationId, body, guildId, earlier?.id);
    scope.set(command.id, command);
    return { command, isNew: !earlier };
  }

  /** Replaces all commands of a scope. Those that stay, by name and type, keep their ids. */
  replaceAll(
    applicationId: string,
    bodies: readonly CommandBody[],
    guildId?: string,
  ): readonly APIApplicationCommand[] {
    const earlier = new Map(this.list(guildId).map((command) => [keyOf(command), command.id]));
    const commands = bodies.map((body) => this.#build(applicationId, body, guildId, earlier.get(keyOf(body))));
    this.#scopes.set(guildId ?? globally, new Map(commands.map((command) => [command.id, command])));
    return commands;
  }

  update(command: APIApplicationCommand, body: CommandBody, guildId?: string): APIApplicationCommand {
    const merged = this.#build(command.application_id, { ...(command as CommandBody), ...body }, guildId, command.id);
    this.#scope(guildId).set(command.id, merged);
    return merged;
  }

  delete(id: string, guildId?: string): boolean {
    return this.#scope(guildId).delete(id);
  }

  #scope(guildId: string | undefined): Map<string, APIApplicationCommand> {
    const key = guildId ?? globally;
    let scope = this.#scopes.get(key);
    if (!scope) this.#scopes.set(key, (scope = new Map()));
    return scope;
  }

  #build(applicationId: string, body: CommandBody, guildId?: string, id = this.#ids.next()): APIApplicationCommand {
    const permissions = body.default_member_permissions ?? null;
    const command: Record<string, unknown> = {
      id,
      application_id: applicationId,
      version: this.#ids.next(),
      type: body.type ?? 1,
      name: body.name ?? '',
      name_localizations: body.name_localizations ?? null,
      description: body.description ?? '',
      description_localizations: body.description_localizations ?? null,
      default_member_permissions: permissions === null ? null : String(permissions),
      nsfw: body.nsfw ?? false,
      ...(body.options && body.options.length > 0 ? { options: body.options } : {}),
      // Where it may be used and how the app is installed are properties of global commands only.
      ...(guildId === undefined
        ? {
            dm_permission: body.dm_permission ?? true,
            contexts: body.contexts ?? null,
            integration_types: body.integration_types ?? [0],
          }
        : { guild_id: guildId }),
    };
    return command as unknown as APIApplicationCommand;
  }
}
