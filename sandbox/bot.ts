/** Starts a bot as a process of its own against a sandbox, as an operator would: a token, an address, a database file. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Sandbox } from './api.ts';
import type { ClockMessage, DoneMessage } from './bot-process.ts';

export interface BotOptions {
  /**
   * The main script of anybody's bot. It gets the environment below and nothing else; its clock is the real one.
   * Absent: this project's bot, on the sandbox' clock.
   */
  readonly entry?: string;
  /** Options of the engine for that script, for example `--max-semi-space-size=4`. */
  readonly execArgv?: readonly string[];
  /** A module that exports `startBot(env, clock)` like `src/bot.ts`; it runs on the sandbox' clock. */
  readonly module?: string;
  /** Added to the environment, or put in place of what is there. */
  readonly env?: Readonly<Record<string, string>>;
  /** Kept when the bot ends. Absent: a file that is removed with the process. */
  readonly databaseFile?: string;
  /** By how many milliseconds the clock of the bot's machine is wrong just then; right when absent. */
  readonly clockError?: () => number;
  /**
   * Its heart beats only when the clock is moved, or by `tick`: for tests, which would meet the end of a real minute by
   * chance.
   */
  readonly byHand?: boolean;
  /** How long the bot may take to be ready. */
  readonly timeoutMs?: number;
}

/** A bot that runs as a process of its own. */
export interface BotProcess {
  readonly pid: number;
  /** Asks it to end (SIGTERM), waits, and gives its exit code; null when it had to be killed. */
  stop(): Promise<number | null>;
  /** Ends it without warning (SIGKILL), as a power cut would. */
  kill(): Promise<void>;
  /** Resolves with the exit code when the process ends; null after a signal. */
  readonly exited: Promise<number | null>;
  /** Lines that it has written so far. */
  readonly log: readonly string[];
  /** Resolves when the bot has done all that fell due by the moves of the clock so far. */
  settled(): Promise<void>;
  /** Lets the bot do what is due now, without moving the clock. */
  tick(): Promise<void>;
}

type Clocked = Pick<Sandbox, 'apiUrl' | 'token' | 'clock' | 'botReady'>;

const childEntry = fileURLToPath(new URL('bot-process.ts', import.meta.url));
const ownBot = fileURLToPath(new URL('../src/bot.ts', import.meta.url));
/** One compile cache for every bot process started here. Without it, each would compile the whole bot again. */
export const compiled = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/preceptor', import.meta.url)),
};
const READY_TIMEOUT_MS = 20_000;
/** Longer than the bot needs to finish what is in hand; a process that hangs must not hang the tests. */
const STOP_TIMEOUT_MS = 15_000;

/**
 * Starts a bot against the sandbox and resolves when it is ready.
 * @throws when it ends or takes too long before that; the error quotes its last lines.
 */
export async function startBot(sandbox: Clocked, options: BotOptions = {}): Promise<BotProcess> {
  const temporary = options.databaseFile === undefined ? mkdtempSync(join(tmpdir(), 'preceptor-')) : undefined;
  const databaseFile = options.databaseFile ?? join(temporary!, 'preceptor.db');
  const isForeign = options.entry !== undefined;
  const ownArguments = [pathToFileURL(options.module ?? ownBot).href, ...(options.byHand ? ['by-hand'] : [])];
  const child = fork(options.entry ?? childEntry, isForeign ? [] : ownArguments, {
    // Nothing else: a setting of the developer's shell must not decide a test.
    env: {
      PATH: process.env['PATH'] ?? '',
      DISCORD_TOKEN: sandbox.token,
      DISCORD_API_URL: sandbox.apiUrl,
      DATABASE_URL: `file:${databaseFile}`,
      LOG_LEVEL: 'info',
      // People of the sandbox mean what they press, and wait for nothing.
      TAKE_BACK_SECONDS: '0',
      ...(isForeign ? {} : compiled),
      ...options.env,
    },
    execArgv: [...(options.execArgv ?? [])],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const bot = new ForkedBot(child, isForeign ? undefined : sandbox.clock, options.clockError);
  if (temporary !== undefined) void removeWhen(bot.exited, temporary);
  try {
    const ready = isForeign ? sandbox.botReady(options.timeoutMs) : bot.settled();
    await bot.before(ready, options.timeoutMs ?? READY_TIMEOUT_MS, 'was ready');
  } catch (error) {
    await bot.kill();
    throw error;
  }
  return bot;
}

async function removeWhen(ended: Promise<unknown>, folder: string): Promise<void> {
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

class ForkedBot implements BotProcess {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  readonly log: string[] = [];
  readonly #child: ChildProcess;
  readonly #clock: Sandbox['clock'] | undefined;
  readonly #clockError: () => number;
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #running = true;
  #moves = 0;
  #lastMove: Promise<void> = Promise.resolve();

  constructor(child: ChildProcess, clock: Sandbox['clock'] | undefined, clockError: () => number = () => 0) {
    this.#child = child;
    this.#clock = clock;
    this.#clockError = clockError;
    this.pid = child.pid ?? 0;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.log.push(line));
    }
    this.exited = new Promise((resolve) => {
      // `close`, not `exit`: by then the last lines have arrived.
      child.once('close', (code) => {
        this.#end();
        resolve(code);
      });
      child.once('error', () => {
        this.#end();
        resolve(null);
      });
    });
    if (!clock) return;
    child.on('message', (message: DoneMessage) => this.#answered(message));
    this.#send(clock.now() - Date.now());
    clock.onAdvance((offsetMs) => this.#send(offsetMs));
  }

  async settled(): Promise<void> {
    // Awaiting one move can take long enough for another to come.
    let seen: Promise<void>;
    do {
      seen = this.#lastMove;
      await seen;
    } while (seen !== this.#lastMove);
  }

  async tick(): Promise<void> {
    if (this.#clock) this.#send(this.#clock.now() - Date.now());
    await this.settled();
  }

  async stop(): Promise<number | null> {
    if (this.#running) this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  async kill(): Promise<void> {
    if (this.#running) this.#child.kill('SIGKILL');
    await this.exited;
  }

  /** Waits for a promise, but not longer than the process lives and not longer than this. */
  async before(promise: Promise<void>, timeoutMs: number, what: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#explain(`did not say within ${timeoutMs} ms that it ${what}`)), timeoutMs);
    });
    const ended = this.exited.then((code) => {
      throw this.#explain(`ended (exit code ${code}) before it ${what}`);
    });
    try {
      await Promise.race([promise, late, ended]);
    } finally {
      clearTimeout(timer);
      ended.catch(() => undefined);
      promise.catch(() => undefined);
    }
  }

  #send(offsetMs: number): void {
    if (!this.#running) return;
    const number = (this.#moves += 1);
    const done = new Promise<void>((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
    // A failure belongs to whoever awaits `settled`; nobody may.
    done.catch(() => undefined);
    this.#lastMove = done;
    const message: ClockMessage = { number, offsetMs: offsetMs + this.#clockError() };
    this.#child.send(message, (error) => {
      if (error) this.#waiting.get(number)?.reject(error);
    });
  }

  #answered({ number, failed }: DoneMessage): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (failed === undefined) waiting?.resolve();
    else waiting?.reject(this.#explain(`failed: ${failed}`));
  }

  #end(): void {
    this.#running = false;
    for (const { reject } of this.#waiting.values()) reject(this.#explain('ended before it had done what was due'));
    this.#waiting.clear();
  }

  #explain(what: string): Error {
    const lines = this.log.slice(-20).join('\n');
    return new Error(`The bot ${what}.${lines === '' ? '' : ` Its last lines:\n${lines}`}`);
  }
}
