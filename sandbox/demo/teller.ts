import type { APIMessage } from 'discord-api-types/v10';
import type { Answer, OptionValue } from '../api.ts';
import { canStyle, renderAnswer, renderMessage, type View } from '../render/index.ts';
import type { Persona } from '../personas.ts';
import type { Stage } from './stage.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Lets people act and prints what each of them does and sees, so that a run reads like a story. */
export class Teller {
  readonly stage: Stage;
  /** The step being told; a failure is reported under this name. */
  currentStep = 'the beginning';
  readonly #write: (text: string) => void;
  readonly #styled: boolean;
  #steps = 0;
  #isQuiet = false;

  constructor(stage: Stage, write: (text: string) => void = (text) => console.log(text)) {
    this.stage = stage;
    this.#write = write;
    this.#styled = canStyle(process.stdout, process.env);
  }

  /** Begins a step. */
  step(title: string): void {
    this.#steps += 1;
    this.currentStep = `${this.#steps}. ${title}`;
    this.say(`\n${'─'.repeat(4)} ${this.currentStep} ${'─'.repeat(Math.max(4, 90 - this.currentStep.length))}`);
  }

  say(text: string): void {
    if (!this.#isQuiet) this.#write(text);
  }

  /** Does what has been shown once already, with other people, without printing it again. */
  async quietly<T>(act: () => Promise<T>): Promise<T> {
    this.#isQuiet = true;
    try {
      return await act();
    } finally {
      this.#isQuiet = false;
    }
  }

  async slash(name: string, command: string, options: Readonly<Record<string, OptionValue>> = {}): Promise<Answer> {
    const typed = Object.entries(options).map(
      ([key, value]) => ` ${key}:${typeof value === 'object' ? `@${value.name}` : value}`,
    );
    this.say(`\n${name} types /${command}${typed.join('')}`);
    return this.#see(name, await this.stage.person(name).actor.slash(command, options));
  }

  async press(name: string, button: string, on?: APIMessage | Answer): Promise<Answer> {
    this.say(`\n${name} presses [${button}]`);
    return this.#see(name, await this.stage.person(name).actor.press(button, on));
  }

  /** Chooses the first of what a menu offers. */
  async choose(name: string, menu: string, on: Answer, many: number): Promise<Answer> {
    const options = (on.message?.components ?? []).flatMap((row) =>
      'components' in row ? row.components.flatMap((one) => ('options' in one ? one.options : [])) : [],
    );
    const chosen = options.slice(0, many);
    this.say(`\n${name} chooses ${chosen.map(({ label }) => label).join(', and ')}`);
    const values = chosen.map((option) => ('value' in option ? option.value : ''));
    return this.#see(name, await this.stage.person(name).actor.select(menu, values, on));
  }

  async submit(name: string, fields: Fields): Promise<Answer> {
    this.say(`\n${name} fills in the form`);
    for (const [label, value] of Object.entries(fields))
      this.say(`    ${label}: ${typeof value === 'string' ? value : value.join(', ')}`);
    return this.#see(name, await this.stage.person(name).actor.submit(fields));
  }

  /** Waits for a message that reaches somebody without their doing, and shows it. */
  async receives(name: string, where: string, find: () => APIMessage | undefined): Promise<APIMessage> {
    const message = await this.stage.sandbox.until(`${where} for ${name}`, find);
    this.say(`\n${name} finds ${where}`);
    this.say(indent(renderMessage(message, this.#view(this.stage.person(name)))));
    return message;
  }

  #see(name: string, answer: Answer): Answer {
    this.say(indent(renderAnswer(answer, this.#view(this.stage.person(name)))));
    return answer;
  }

  #view(reader: Persona): View {
    const { guild, sandbox } = this.stage;
    const nameOf = (list: readonly { id: string; name: string }[], id: string) =>
      list.find((one) => one.id === id)?.name;
    return {
      timeZone: reader.timeZone,
      now: sandbox.clock.now(),
      styled: this.#styled,
      width: 96,
      userName: (id) => guild.as({ id, name: '' }).name,
      channelName: (id) => nameOf([...guild.channels, ...guild.threads()], id),
      roleName: (id) => nameOf(guild.roles, id),
    };
  }
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');
}
