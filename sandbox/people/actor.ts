/** A person who acts through Discord's client: what they are offered, what they press, what they then see. */
import {
  ApplicationCommandType,
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { Actor, Answer, OptionValue, Person } from '../api.ts';
import { permissionsIn, sendingPermission } from '../permissions.ts';
import { componentTypes } from '../types.ts';
import { removeMember } from '../world/guilds.ts';
import type { Interaction, Outcome } from '../world/interactions/state.ts';
import { interactionTypes } from '../world/interactions/state.ts';
import { sendInteraction } from '../world/interactions/send.ts';
import { createMessage } from '../world/messages/write.ts';
import { messageFlags } from '../world/messages/body.ts';
import { Resolved } from '../world/resolved.ts';
import { compareSnowflakes } from '../world/snowflakes.ts';
import type { Channel, Guild, Message, User } from '../world/state.ts';
import type { World } from '../world/world.ts';
import { commandData, findCommand, offeredCommands, type Typist } from './commands.ts';
import { chooseValues, findButton, findMenu, type FoundComponent, type Messages } from './components.ts';
import { submission } from './modal.ts';
import { textOfMessage, textOfModal } from './text.ts';
import { canRead, channelNamed, defaultChannel, interactiveMessages } from './visible.ts';

/** A form on the screen, and where it was opened. */
interface OpenForm {
  readonly modal: APIModalInteractionResponseCallbackData;
  readonly typist: Typist;
  readonly source: Message | undefined;
  /** Real time at which it opened. */
  readonly shownAt: number;
}

export class GuildActor implements Actor {
  readonly id: string;
  readonly name: string;
  readonly #world: World;
  readonly #guild: Guild;
  readonly #user: User;
  #form: OpenForm | undefined;

  constructor(world: World, guild: Guild, user: User) {
    this.id = user.id;
    this.name = user.name;
    this.#world = world;
    this.#guild = guild;
    this.#user = user;
  }

  async slash(
    command: string,
    options: Readonly<Record<string, OptionValue>> = {},
    where: { channelId?: string } = {},
  ): Promise<Answer> {
    const typist = this.#at(where.channelId);
    const found = findCommand(typist, command);
    const resolved = new Resolved(this.#world, typist.guild, typist.channel.id);
    const data = commandData(typist, found, options, resolved);
    const name = [found.command.name, ...found.path.map((part) => part.name)].join(' ');
    return this.#ask(typist, interactionTypes.command, data, { name });
  }

  async contextMenu(command: string, target: Person | APIMessage, where: { channelId?: string } = {}): Promise<Answer> {
    const isMessage = 'author' in target;
    const typist = this.#at(isMessage ? target.channel_id : where.channelId);
    const found = offeredCommands(
      typist,
      isMessage ? ApplicationCommandType.Message : ApplicationCommandType.User,
    ).find(({ name }) => name === command);
    if (!found) throw new Error(`${this.name} is not offered the menu entry "${command}"`);
    const resolved = new Resolved(this.#world, typist.guild, typist.channel.id);
    if (isMessage) resolved.message(target);
    else {
      const user = this.#world.users.get(target.id);
      if (!user) throw new Error(`there is nobody with the id ${target.id}`);
      resolved.user(user);
    }
    const { id, type, name } = found;
    const data = { id, name, type, target_id: target.id, ...resolved.toData() };
    return this.#ask(typist, interactionTypes.command, data, { name });
  }

  async complete(
    command: string,
    option: string,
    typed: string,
    others: Readonly<Record<string, OptionValue>> = {},
  ): Promise<readonly APIApplicationCommandOptionChoice[]> {
    const typist = this.#at();
    const resolved = new Resolved(this.#world, typist.guild, typist.channel.id);
    const data = commandData(typist, findCommand(typist, command), others, resolved, { option, typed });
    const { settled } = sendInteraction(this.#world, { ...typist, type: interactionTypes.autocomplete, data });
    const outcome = await settled;
    if (outcome.kind !== 'choices') throw new Error(`/${command} answered the autocomplete with a ${outcome.kind}`);
    return outcome.choices;
  }

  async press(button: string, on?: APIMessage | Answer): Promise<Answer> {
    const { message, component } = findButton(this.#where(on), button);
    return this.#use({ message, component }, {});
  }

  async select(menu: string, values: readonly string[], on?: APIMessage | Answer): Promise<Answer> {
    const { message, component } = findMenu(this.#where(on), menu);
    const typist = this.#in(message.channel);
    const resolved = new Resolved(this.#world, typist.guild, typist.channel.id);
    const chosen = chooseValues(typist, component, values, resolved, `the menu "${menu}"`);
    return this.#use({ message, component }, { values: chosen, ...resolved.toData() });
  }

  async submit(fields: Readonly<Record<string, string | boolean | readonly string[]>>): Promise<Answer> {
    const form = this.#form;
    if (!form) throw new Error(`no form is open for ${this.name}`);
    const { typist, modal, source, shownAt } = form;
    await this.#react(shownAt);
    const resolved = new Resolved(this.#world, typist.guild, typist.channel.id);
    const components = submission(typist, modal, fields, resolved);
    const data = { custom_id: modal.custom_id, components, ...resolved.toData() };
    const answer = await this.#ask(typist, interactionTypes.modal, data, { source });
    // The form closes with the answer; without one it stays open, and a person can send it again.
    if (this.#form === form) this.#form = undefined;
    return answer;
  }

  async forge({ customId, kind, on, fields = {}, values = [] }: Parameters<Actor['forge']>[0]): Promise<Answer> {
    const source = on ? this.#current(on) : this.#anyMessage();
    const typist = source ? this.#in(source.channel) : this.#at();
    if (kind === 'modal') {
      const components = Object.entries(fields).map(([id, value]) => ({
        type: componentTypes.label,
        component: { type: componentTypes.textInput, custom_id: id, value },
      }));
      return this.#ask(typist, interactionTypes.modal, { custom_id: customId, components }, on ? { source } : {});
    }
    if (!source) throw new Error(`a ${kind} needs a message of the bot to be on, and there is none yet`);
    const data =
      kind === 'menu'
        ? { custom_id: customId, component_type: componentTypes.stringSelect, values }
        : { custom_id: customId, component_type: componentTypes.button };
    return this.#ask(typist, interactionTypes.component, data, { source });
  }

  messages(channel: string | { id: string }): readonly APIMessage[] {
    const place = this.#channel(channel);
    const ephemeral = [...this.#user.ephemerals.values()].filter((message) => message.channel === place);
    const all = [...place.messages.values()];
    if (ephemeral.length > 0) all.push(...ephemeral);
    return (ephemeral.length > 0 ? all.toSorted((a, b) => compareSnowflakes(a.id, b.id)) : all).map(({ json }) => json);
  }

  dms(): readonly APIMessage[] {
    return [...(this.#user.dm?.messages.values() ?? [])].map(({ json }) => json);
  }

  ephemerals(): readonly APIMessage[] {
    return [...this.#user.ephemerals.values()].map(({ json }) => json);
  }

  say(channel: string | { id: string }, content: string): APIMessage {
    const place = this.#channel(channel);
    const { guild, thread } = place;
    const may = !guild || (permissionsIn(guild, this.id, place.id) & sendingPermission(place.type)) !== 0n;
    if (!may || (thread?.archived && thread.locked)) throw new Error(`${this.name} cannot write in "${place.name}"`);
    return createMessage(this.#world, { channel: place, author: this.#user, body: { content } }).json;
  }

  leave(): void {
    const member = this.#guild.members.get(this.id);
    if (!member) throw new Error(`${this.name} is not in ${this.#guild.name}`);
    this.#world.removedOnPurpose.add(`${this.#guild.id}:${this.id}`);
    removeMember(this.#world, this.#guild, member);
  }

  async #use({ message, component }: FoundComponent, more: object): Promise<Answer> {
    await this.#react(message.shownAt);
    const data = { custom_id: component.custom_id, component_type: component.type, id: component.id, ...more };
    return this.#ask(this.#in(message.channel), interactionTypes.component, data, { source: message });
  }

  /** Lets the moment pass that a person needs to see something before they act on it. */
  async #react(shownAt: number): Promise<void> {
    const left = shownAt + this.#world.reactionMs - performance.now();
    if (left > 0) await new Promise((resolve) => void setTimeout(resolve, left));
  }

  async #ask(
    typist: Typist,
    type: number,
    data: Readonly<Record<string, unknown>>,
    more: { source?: Message | undefined; name?: string },
  ): Promise<Answer> {
    const { interaction, settled } = sendInteraction(this.#world, { ...typist, type, data, ...more });
    return this.#answer(typist, interaction, await settled);
  }

  #answer(typist: Typist, { id, followUps, source }: Interaction, outcome: Outcome): Answer {
    const base = { ackMs: outcome.ackMs, interactionId: id, followUps };
    if (outcome.kind === 'modal') {
      this.#form = { modal: outcome.modal, typist, source, shownAt: performance.now() };
      return { ...base, kind: 'modal', modal: outcome.modal, ephemeral: false, text: textOfModal(outcome.modal) };
    }
    if (outcome.kind === 'choices') throw new Error('the application answered with choices where nothing was typed');
    const { kind, message } = outcome;
    if (!message) return { ...base, kind, ephemeral: false, text: '' };
    const ephemeral = ((message.flags ?? 0) & messageFlags.ephemeral) !== 0;
    return { ...base, kind, message, ephemeral, text: textOfMessage(message) };
  }

  /** The person at a place: by default in the first channel that they see. */
  #at(channelId?: string): Typist {
    this.#mustBeHere();
    return this.#in(
      channelId === undefined
        ? defaultChannel(this.#guild, this.#user)
        : channelNamed(this.#world, this.#guild, this.#user, channelId),
    );
  }

  #in(channel: Channel): Typist {
    return { world: this.#world, user: this.#user, guild: channel.guild, channel };
  }

  #mustBeHere(): void {
    if (!this.#guild.members.has(this.id)) throw new Error(`${this.name} is not in ${this.#guild.name} any more`);
  }

  #channel(channel: string | { id: string }): Channel {
    const wanted = typeof channel === 'string' ? channel : channel.id;
    return channelNamed(this.#world, this.#guild, this.#user, wanted);
  }

  /** Where to look for a component: on the given message as it is now, or on all that can be seen, newest first. */
  #where(on: APIMessage | Answer | undefined): Messages {
    if (!on) return () => interactiveMessages(this.#guild, this.#user);
    const given = 'followUps' in on ? [...on.followUps.toReversed(), ...(on.message ? [on.message] : [])] : [on];
    if (given.length === 0) throw new Error('that answer has no message to press anything on');
    const messages = given.map((message) => this.#current(message));
    return () => messages;
  }

  /** A message as it is now, if this person can still see it. */
  #current({ id, channel_id: channelId }: APIMessage): Message {
    const message = this.#user.ephemerals.get(id) ?? this.#world.channels.get(channelId)?.messages.get(id);
    if (!message || !canRead(this.#user, message)) throw new Error(`${this.name} does not see that message (any more)`);
    return message;
  }

  /** Some message of the bot, for a client that makes things up. */
  #anyMessage(): Message | undefined {
    for (const message of interactiveMessages(this.#guild, this.#user)) return message;
    for (const message of this.#user.ephemerals.values()) return message;
    const places = [this.#user.dm, ...this.#guild.channels.values()];
    for (const place of places) {
      for (const message of place?.messages.values() ?? []) {
        if (message.author === this.#world.bot && canRead(this.#user, message)) return message;
      }
    }
    return undefined;
  }
}
