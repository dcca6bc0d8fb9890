import type { Actor, GuildHandle, Sandbox } from '../api.ts';
import { type Persona, personas } from '../personas.ts';

/** The demo's community: one guild with everybody in it. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly guild: GuildHandle;
  readonly names: readonly string[];
  /** A person by name. */
  person(name: string): Persona & { readonly actor: Actor };
}

/** Discord's number for a channel in which people talk. */
const voiceChannel = 2;

/** Opens the community and lets everybody join; nobody has registered yet. */
export function openStage(sandbox: Sandbox): Stage {
  const guild = sandbox.createGuild({ name: 'IMG Commons', channels: ['general', 'introductions'] });
  guild.createChannel({ name: 'Lounge', type: voiceChannel });
  const people = new Map(personas.map((persona) => [persona.name, { ...persona, actor: guild.join(persona) }]));
  return {
    sandbox,
    guild,
    names: [...people.keys()],
    person(name) {
      const found = people.get(name);
      if (!found) throw new Error(`nobody here is called ${name}`);
      return found;
    },
  };
}
