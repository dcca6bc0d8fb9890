/** The demo's terminal: be any of the people, type what they would, see what they see. */
import { createInterface } from 'node:readline';
import type { BotProcess } from '../bot.ts';
import { personas } from '../personas.ts';
import { canStyle } from '../render/index.ts';
import { complete } from './complete.ts';
import { Session, type ConsolePerson, type ConsoleStage } from './session.ts';

export { Session, type ConsolePerson, type ConsoleStage } from './session.ts';

interface ConsoleIo {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

const MAX_WIDTH = 100;
/** Below this, boxes and forms are harder to read than lines that the terminal breaks itself. */
const MIN_WIDTH = 40;

/** Some terminals say that they have no columns at all. */
function widthFor(columns: number | undefined): number {
  return columns ? Math.max(MIN_WIDTH, Math.min(columns, MAX_WIDTH)) : MAX_WIDTH;
}

/**
 * Reads lines until `quit` or the end of the input, and returns the exit code. Works from a pipe as well: then the
 * prompts and lines are written out, so that the output reads as a transcript.
 */
export async function runConsole(
  stage: Omit<ConsoleStage, 'people'> & { readonly people?: readonly ConsolePerson[] },
  bot?: Pick<BotProcess, 'tick'>,
  { input, output }: ConsoleIo = { input: process.stdin, output: process.stdout },
): Promise<number> {
  const session = new Session(
    { ...stage, people: stage.people ?? personas },
    {
      styled: canStyle(output, process.env),
      width: widthFor(output.columns),
      settled: bot && (() => bot.tick()),
    },
  );
  const isTerminal = input.isTTY === true && output.isTTY === true;
  const lines = createInterface({
    input,
    output: isTerminal ? output : undefined,
    terminal: isTerminal,
    completer: (line: string, done: (error: Error | null, result: [string[], string]) => void) =>
      void offer(line, done),
  });
  const write = (text: string): void => void output.write(`${text}\n`);
  async function offer(line: string, done: (error: Error | null, result: [string[], string]) => void): Promise<void> {
    try {
      const [hits, replaced] = await complete(line, session);
      done(null, [hits, replaced]);
    } catch {
      // Tab must not end the demo because the bot did not answer in time.
      done(null, [[], line]);
    }
  }

  write(`You are ${session.actor.name}. "help" says what you can do, "people" who else you can be.`);
  ask();
  for await (const line of lines) {
    if (!isTerminal) write(`${session.prompt}${line}`);
    const shown = await session.run(line);
    if (shown === undefined) break;
    if (shown !== '') write(shown);
    ask();
  }
  lines.close();
  return 0;

  function ask(): void {
    if (!isTerminal) return;
    lines.setPrompt(session.prompt);
    lines.prompt();
  }
}
