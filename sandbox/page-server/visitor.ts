/** One open page: who the visitor is at the moment, what they look at, and what they do. */
import type { APIMessage } from 'discord-api-types/v10';
import type { Actor, Answer, GuildHandle, Person } from '../api.ts';
import { openDm } from '../world/channels.ts';
import { canSee } from '../people/visible.ts';
import type { Channel, Guild, User } from '../world/state.ts';
import type { World } from '../world/world.ts';
import type { Ask, Forward, PageIdentity, Reply, ShownPerson, Surroundings, Told, TourStep } from './protocol.ts';
import { appsFor, channelsOf, commandsFor, membersOf, messagesOf, placesOf, type ReadMarks, rolesOf } from './view.ts';

/** Whether somebody's channel, thread or direct messages have been on the screen. */
export type HasOpened = (person: string, channelId: string) => boolean;

/** What every open page shares. */
export interface Shared {
  readonly world: World;
  readonly guild: GuildHandle;
  readonly people: readonly PageIdentity[];
  readonly marks: ReadMarks;
  readonly tour: (hasOpened: HasOpened) => readonly TourStep[];
  /** Absent: the clock stays where it is. */
  readonly moveClock: ((forward: Forward) => Promise<string>) | undefined;
}

type Answered = Omit<Reply, 'type' | 'number'>;

export class Visitor {
  readonly #shared: Shared;
  readonly #tell: (told: Told) => void;
  #name: string;
  /** Where each of the people was last. */
  readonly #placeOf = new Map<string, string>();
  readonly #opened = new Set<string>();
  #told = '';
  /** The version of every message that the page has; a message is replaced as a whole when it changes. */
  #has = new Map<string, APIMessage>();
  #order = '';

  constructor(shared: Shared, as: string | null, tell: (told: Told) => void) {
    this.#shared = shared;
    this.#tell = tell;
    const [first] = shared.people;
    if (!first) throw new Error('there is nobody to be');
    this.#name = shared.people.some(({ name }) => name === as) ? (as ?? first.name) : first.name;
  }

  /** Sends what has changed since it was called last. */
  refresh(): void {
    if (!this.#isHere(this.#name)) {
      // A bot may have removed the person that the visitor was.
      const other = this.#shared.people.find(({ name }) => this.#isHere(name));
      if (!other) return;
      this.#name = other.name;
      this.#forget();
    }
    this.#shared.marks.mark(this.#user, this.#channel);
    this.#opened.add(`${this.#name} ${this.#channel.id}`);
    const surroundings = this.#surroundings();
    const text = JSON.stringify(surroundings);
    if (text !== this.#told) {
      this.#told = text;
      this.#tell(surroundings);
    }
    const messages = messagesOf(this.#channel, this.#user);
    const changed = messages.filter((message) => this.#has.get(message.id) !== message);
    const order = messages.map(({ id }) => id);
    const key = `${this.#channel.id}:${order.join()}`;
    if (changed.length === 0 && key === this.#order) return;
    this.#order = key;
    this.#has = new Map(messages.map((message) => [message.id, message]));
    this.#tell({ type: 'messages', place: this.#channel.id, changed, order });
  }

  /** Does what the page asks. @throws what Discord's client would show in red. */
  async carryOut(ask: Exclude<Ask, { do: 'hello' }>): Promise<Answered> {
    const actor = this.#actor;
    switch (ask.do) {
      case 'become':
        if (!this.#shared.people.some(({ name }) => name === ask.name) || !this.#isHere(ask.name)) {
          throw new Error(`nobody here is called ${ask.name}`);
        }
        this.#name = ask.name;
        this.#forget();
        return {};
      case 'open':
        this.#placeOf.set(this.#name, ask.place);
        this.#forget();
        return {};
      case 'say':
        actor.say(this.#channel, ask.text);
        return {};
      case 'commands': {
        const { world } = this.#shared;
        return { commands: commandsFor(world, this.#guild, this.#user, this.#channel) };
      }
      case 'complete':
        return { choices: await actor.complete(ask.command, ask.option, ask.typed, ask.others) };
      case 'slash':
        return shown(await actor.slash(ask.command, ask.options, { channelId: this.#channel.id }));
      case 'app': {
        const target = ask.kind === 'message' ? this.#message(ask.id) : this.#member(ask.id);
        return shown(await actor.contextMenu(ask.name, target, { channelId: this.#channel.id }));
      }
      case 'press':
        return shown(await actor.press(ask.customId, this.#message(ask.message)));
      case 'select':
        return shown(await actor.select(ask.customId, ask.values, this.#message(ask.message)));
      case 'submit':
        return shown(await actor.submit(ask.fields));
      case 'dismiss':
        this.#user.ephemerals.delete(ask.message);
        return {};
      case 'clock':
        if (!this.#shared.moveClock) throw new Error('the clock of this bot cannot be moved');
        return { said: await this.#shared.moveClock(ask.forward) };
      default:
        throw new Error('the page asked for something unknown');
    }
  }

  #isHere(name: string): boolean {
    return this.#guild.memberByName.has(name);
  }

  #forget(): void {
    this.#has.clear();
    this.#order = '';
  }

  get #actor(): Actor {
    return this.#shared.guild.as(this.#name);
  }

  get #user(): User {
    const user = this.#shared.world.users.get(this.#actor.id);
    if (!user) throw new Error(`${this.#name} is not in this Discord`);
    return user;
  }

  get #guild(): Guild {
    const guild = this.#shared.world.guilds.get(this.#shared.guild.id);
    if (!guild) throw new Error('the guild is gone');
    return guild;
  }

  /** The place that is open, as long as this person can still see it. */
  get #channel(): Channel {
    const { world, marks } = this.#shared;
    const user = this.#user;
    const id = this.#placeOf.get(this.#name);
    const channel = id === undefined ? undefined : world.channels.get(id);
    if (channel && canSee(user, channel)) return channel;
    const [first] = placesOf(world, this.#guild, user, marks);
    return world.channels.get(first?.id ?? '') ?? openDm(world, user);
  }

  #message(id: string): APIMessage {
    const message = messagesOf(this.#channel, this.#user).find((each) => each.id === id);
    if (!message) throw new Error('that message is gone');
    return message;
  }

  #member(id: string): Person {
    const member = membersOf(this.#guild, this.#channel).find((each) => each.id === id);
    if (!member) throw new Error('they are not here any more');
    return member;
  }

  #surroundings(): Surroundings {
    const { world, guild, people, marks, tour, moveClock } = this.#shared;
    const shownPeople = people.flatMap((person): ShownPerson[] => {
      const member = this.#guild.memberByName.get(person.name);
      if (!member) return [];
      const { user } = member;
      const unread = placesOf(world, this.#guild, user, marks).filter((place) => place.unread).length;
      const { name, timeZone, story } = person;
      const roles = rolesOf(this.#guild, member);
      return [{ id: user.id, name, timeZone, roles, unread, ...(story === undefined ? {} : { story }) }];
    });
    const me = shownPeople.find(({ name }) => name === this.#name);
    if (!me) throw new Error(`${this.#name} is not in ${guild.name} any more`);
    return {
      type: 'surroundings',
      me,
      people: shownPeople,
      bot: { id: world.bot.id, name: world.bot.name },
      guild: { id: guild.id, name: guild.name },
      open: this.#channel.id,
      places: placesOf(world, this.#guild, this.#user, marks, this.#channel),
      channels: channelsOf(this.#guild, this.#user),
      members: membersOf(this.#guild, this.#channel),
      roles: guild.roles.map(({ id, name }) => ({ id, name })),
      apps: appsFor(world, this.#user, this.#channel),
      // Whole seconds: the two clocks are not read in the same instant.
      clockOffsetMs: Math.round((world.clock.now() - Date.now()) / 1000) * 1000,
      tour: tour((person, channelId) => this.#opened.has(`${person} ${channelId}`)),
      canMoveClock: moveClock !== undefined,
    };
  }
}

function shown(answer: Answer): Answered {
  return answer.modal ? { modal: answer.modal } : {};
}
