/** One person at a time in the demo's terminal: what is typed, and what that person then sees. */
import type { Actor, Answer, GuildHandle, Sandbox } from '../api.ts';
import { passTime } from '../clock.ts';
import { formatStamp, type View } from '../render/index.ts';
import { DEFAULT_WIDTH } from '../render/view.ts';
import { wrap } from '../render/wrap.ts';
import { deployedCommands, resolveCall, type Leaf } from './commands.ts';
import { Form } from './form.ts';
import { help } from './help.ts';
import { findByName, fold, TypingError } from './names.ts';
import { parseLine, type Line } from './parse.ts';
import { placesOf, visibleMenus } from './places.ts';
import { Reader } from './reader.ts';

/** Somebody who can be played. */
export interface ConsolePerson {
  readonly name: string;
  readonly timeZone: string;
  readonly story?: string;
}

export interface ConsoleStage {
  readonly sandbox: Pick<Sandbox, 'commands' | 'clock' | 'botUserId'>;
  readonly guild: GuildHandle;
  readonly people: readonly ConsolePerson[];
}

interface ConsoleOptions {
  readonly styled?: boolean;
  readonly width?: number;
  /** Resolves when the bot has done what fell due; awaited after the clock has moved and before somebody looks. */
  readonly settled?: () => Promise<void>;
}

/** What reads without doing anything. */
const looking: ReadonlySet<Line['kind']> = new Set(['nothing', 'as', 'channels', 'look']);

export class Session {
  readonly #stage: ConsoleStage;
  readonly #options: ConsoleOptions;
  readonly #readers = new Map<string, Reader>();
  #person: ConsolePerson;
  #form: Form | undefined;

  constructor(stage: ConsoleStage, options: ConsoleOptions = {}) {
    const [first] = stage.people;
    if (!first) throw new Error('There is nobody to play');
    this.#stage = stage;
    this.#options = options;
    this.#person = first;
  }

  /** What stands before the line that is being typed. */
  get prompt(): string {
    const question = this.#form?.question;
    return question === undefined ? `${this.#person.name} ${this.#reader.placeName()}> ` : `${question}: `;
  }

  get isFillingIn(): boolean {
    return this.#form !== undefined;
  }

  get actor(): Actor {
    return this.guild.as(this.#person.name);
  }

  get guild(): GuildHandle {
    return this.#stage.guild;
  }

  get people(): readonly ConsolePerson[] {
    return this.#stage.people;
  }

  get commands(): readonly Leaf[] {
    return deployedCommands(this.#stage.sandbox, this.guild.id);
  }

  /** Does what a line says and returns what there is to see; undefined when the person wants to leave. */
  async run(text: string): Promise<string | undefined> {
    try {
      if (this.#form) return await this.#fillIn(this.#form, text);
      const line = parseLine(text);
      if (line.kind === 'quit') return undefined;
      return await this.#follow(line);
    } catch (error) {
      // Whatever a person does ends in words, never in the end of the demo.
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #follow(line: Exclude<Line, { kind: 'quit' }>): Promise<string> {
    // Whoever looks wants to see what the last act has led to, and a pipe types faster than any bot delivers.
    if (looking.has(line.kind)) await this.#options.settled?.();
    switch (line.kind) {
      case 'nothing':
        return this.#reader.news();
      case 'unknown':
        return line.hint;
      case 'help':
        return help(this.commands);
      case 'as':
        return this.#become(line.name);
      case 'people':
        return this.#listPeople();
      case 'channels':
        return this.#reader.listPlaces();
      case 'look':
        return this.#reader.look(line.place);
      case 'clock':
        return this.#moveClock(line.forwardMs);
      case 'say':
        this.actor.say(this.#reader.channelId(), line.text);
        return this.#reader.news();
      case 'press':
        return this.#show(await this.actor.press(line.label));
      case 'choose':
        return this.#show(await this.actor.select(line.menu ?? this.#onlyMenu(), line.values));
      default:
        return this.#call(line);
    }
  }

  async #call(line: Extract<Line, { kind: 'slash' }>): Promise<string> {
    const call = await resolveCall(line.words, line.options, this.commands, this.actor, this.guild, this.#actors());
    const answer = await this.actor.slash(call.path, call.options, { channelId: this.#reader.channelId() });
    return [...call.notes.map((note) => `(${note})`), this.#show(answer)].join('\n');
  }

  #show(answer: Answer): string {
    const shown = this.#reader.show(answer);
    if (!answer.modal) return shown;
    this.#form = new Form(answer.modal, (name) => this.#idOf(name));
    return `${shown}\nAnswer field by field; "cancel" closes the form.`;
  }

  async #fillIn(form: Form, text: string): Promise<string> {
    if (fold(text) === 'cancel') {
      this.#form = undefined;
      return 'The form is closed; nothing was sent.';
    }
    try {
      form.answer(text);
    } catch (error) {
      const { kind } = parseLine(text);
      if (!(error instanceof TypingError) || kind === 'nothing' || kind === 'unknown') throw error;
      // Whoever has forgotten the form means to do something else.
      throw new TypingError(`${error.message}\nThe form is still open: "cancel" closes it.`);
    }
    if (form.question !== undefined) return '';
    this.#form = undefined;
    return this.#show(await this.actor.submit(form.values));
  }

  #become(name: string): string {
    this.#person = findByName(name, this.people, (person) => person.name, 'person');
    const story = wrap(this.#person.story ?? '', this.#options.width ?? DEFAULT_WIDTH);
    const parts = [`You are ${this.#person.name} (${this.#person.timeZone}).`, ...story, this.#reader.news()];
    return parts.filter((part) => part !== '').join('\n');
  }

  #listPeople(): string {
    const names = new Map(this.guild.roles.map((role) => [role.id, role.name]));
    return this.people
      .map((person) => {
        const roles = this.guild.rolesOf(this.guild.as(person.name)).map((id) => names.get(id) ?? id);
        // Permissions of a person come by a role of their own, which says nothing.
        const shown = roles.filter((role) => !role.startsWith(person.name) && role !== '@everyone').join(', ');
        const mark = person === this.#person ? '*' : ' ';
        return `${mark} ${person.name} · ${person.timeZone}${shown === '' ? '' : ` · ${shown}`}`;
      })
      .join('\n');
  }

  async #moveClock(forwardMs: number | undefined): Promise<string> {
    const { clock } = this.#stage.sandbox;
    if (forwardMs !== undefined) {
      await passTime(clock, forwardMs, async () => await this.#options.settled?.());
    }
    const { name, timeZone } = this.#person;
    const time = `It is ${formatStamp(clock.now(), 'F', this.#view())} for ${name} (${timeZone}).`;
    const news = forwardMs === undefined ? '' : this.#reader.news();
    return news === '' ? time : `${time}\n${news}`;
  }

  /** The menu that is meant when none is named. */
  #onlyMenu(): string {
    const menus = visibleMenus(placesOf(this.actor, this.guild));
    const [only] = menus;
    if (only === undefined) throw new TypingError('There is no menu to choose from.');
    if (menus.length > 1) {
      throw new TypingError(`Say which menu: ${menus.map((menu) => `choose ${menu}: …`).join(' or ')}.`);
    }
    return only;
  }

  #actors(): Actor[] {
    return this.people.map((person) => this.guild.as(person.name));
  }

  #idOf(name: string): string {
    const things = [...this.#actors(), ...this.guild.channels, ...this.guild.roles];
    return findByName(name.replace(/^[@#]/, ''), things, (thing) => thing.name, 'person, channel or role').id;
  }

  get #reader(): Reader {
    const { name } = this.#person;
    let reader = this.#readers.get(name);
    if (!reader) this.#readers.set(name, (reader = new Reader(this.actor, this.guild, () => this.#view())));
    return reader;
  }

  #view(): View {
    const { sandbox } = this.#stage;
    return {
      width: this.#options.width,
      styled: this.#options.styled,
      timeZone: this.#person.timeZone,
      now: sandbox.clock.now(),
      userName: (id) => (id === sandbox.botUserId ? 'the bot' : this.#actors().find((actor) => actor.id === id)?.name),
      channelName: (id) => [...this.guild.channels, ...this.guild.threads()].find((channel) => channel.id === id)?.name,
      roleName: (id) => this.guild.roles.find((role) => role.id === id)?.name,
    };
  }
}
