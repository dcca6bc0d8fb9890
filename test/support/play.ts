/**
 * A community to play in: a local Discord, the bot as a process of its own beside it, and people who act.
 * The end-to-end tests, the demo's test and the benchmarks start here.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Actor, Answer, APIMessage, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { type BotProcess, startBot } from '../../sandbox/bot.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { placeOf, removePlace, settingsOf } from './postgres/database.ts';
import { testStart } from './time.ts';
import { setUp } from './set-up.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** What a person answers when registering; what is absent has a plain default. */
export interface Registration {
  readonly timezone?: string;
  readonly capacity?: number;
  readonly specialties?: readonly string[];
  readonly stage?: string;
  readonly languages?: readonly string[];
  readonly topics?: readonly string[];
  readonly about?: string;
}

/** One community with its bot. */
export interface Community {
  readonly sandbox: Sandbox;
  readonly guild: GuildHandle;
  readonly moderator: Actor;
  /** The running bot; changes with `restart`. */
  readonly bot: BotProcess;
  /** Where the bot keeps its data, for `openDatabase`. */
  readonly database: string;
  /** The file of an SQLite database, for whoever copies or reads it as a file. */
  readonly databaseFile: string;
  /** Joins, registers as mentor and is verified. */
  mentor(name: string, registration?: Registration): Promise<Actor>;
  /** Joins and registers as mentee. */
  mentee(name: string, registration?: Registration): Promise<Actor>;
  /** Moves this Discord's clock and the bot's, and waits until the bot has done what became due. */
  pass(ms: number): Promise<void>;
  /** Starts the bot again on the same database, after it was stopped or killed. */
  start(): Promise<void>;
  /** Stops everything and fails when the bot sent anything that Discord refuses. */
  close(): Promise<void>;
}

/** Opens a community; with `setUp: false` the moderator has not yet run `/setup start`. */
export async function openCommunity(
  options: { setUp?: boolean; env?: Record<string, string> } = {},
): Promise<Community> {
  const folder = mkdtempSync(join(tmpdir(), 'preceptor-'));
  const sandbox = await startSandbox({ startAt: Date.parse(testStart) });
  const guild = sandbox.createGuild({ name: 'IMG Commons' });
  const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
  const databaseFile = join(folder, 'preceptor.db');
  const env = { ...(await settingsOf(databaseFile)), ...options.env };
  const start = () => startBot(sandbox, { databaseFile, env, byHand: true });
  const community = {
    sandbox,
    guild,
    moderator,
    database: await placeOf(databaseFile),
    databaseFile,
    bot: await start(),
    async mentor(name: string, registration: Registration = {}) {
      const actor = guild.join({ name });
      await register(actor, 'mentor', { stage: 'resident', capacity: 1, ...registration });
      await verify(community, actor);
      return actor;
    },
    async mentee(name: string, registration: Registration = {}) {
      const actor = guild.join({ name });
      await register(actor, 'mentee', { stage: 'applying', ...registration });
      return actor;
    },
    async pass(ms: number) {
      sandbox.clock.advance(ms);
      await community.bot.settled();
    },
    async start() {
      community.bot = await start();
      await sandbox.botReady();
    },
    async close() {
      await community.bot.stop();
      await sandbox.close();
      rmSync(folder, { recursive: true });
      await removePlace(databaseFile);
      sandbox.assertNoRefusals();
    },
  };
  await sandbox.botReady();
  if (options.setUp !== false) await setUp(moderator, { timezone: 'America/New_York' });
  return community;
}

/** Registers as a person would: the command, the code of conduct when it is asked for, the form. */
export async function register(actor: Actor, role: 'mentor' | 'mentee', answers: Registration): Promise<Answer> {
  const options = {
    timezone: answers.timezone ?? 'America/New_York',
    ...(role === 'mentor' ? { capacity: answers.capacity ?? 1 } : {}),
  };
  const first = await actor.slash(`register ${role}`, options);
  if (first.kind !== 'modal') await actor.press('I agree', first);
  return await actor.submit({
    Specialties: answers.specialties ?? ['internal-medicine'],
    Stage: [answers.stage ?? 'applying'],
    Languages: answers.languages ?? ['en'],
    Topics: answers.topics ?? ['interviews'],
    'About you': answers.about ?? `${actor.name} likes ward rounds and long walks.`,
  });
}

/** The moderator verifies a mentor. */
export async function verify(community: Pick<Community, 'moderator'>, mentor: Actor): Promise<Answer> {
  return await community.moderator.slash('mentors verify', { member: mentor, level: 'resident', method: 'video-call' });
}

/** The mentee asks this mentor, by command. */
export async function ask(
  mentee: Actor,
  mentor: Actor,
  message = 'I would be glad to learn from you.',
): Promise<Answer> {
  return await mentee.slash('mentor request', { member: mentor, message });
}

/** Waits for the direct message in which this mentor can accept this mentee. */
export async function requestAt(
  community: Pick<Community, 'sandbox'>,
  mentor: Actor,
  mentee: Actor,
): Promise<APIMessage> {
  return await community.sandbox.until(`${mentee.name}'s request at ${mentor.name}`, () =>
    mentor.dms().find((message) => isOpenRequest(message) && speaksOf(message, mentee)),
  );
}

/** Whether a message has the buttons that answer a request. */
export function isOpenRequest(message: APIMessage): boolean {
  return JSON.stringify(message.components ?? []).includes('"mentor-accept:');
}

/** Whether a message mentions this person. */
export function speaksOf(message: APIMessage, person: { readonly id: string }): boolean {
  return JSON.stringify(message).includes(person.id);
}

/** The private threads that this person is in. */
export function threadsOf(community: Pick<Community, 'guild'>, person: { readonly id: string }) {
  return community.guild.threads().filter((thread) => thread.memberIds.includes(person.id));
}

/** The custom id behind a button's label. */
export function buttonId(message: APIMessage, label: string): string {
  for (const row of message.components ?? []) {
    if (!('components' in row)) continue;
    for (const component of row.components) {
      if ('label' in component && component.label?.includes(label) && 'custom_id' in component)
        return component.custom_id;
    }
  }
  throw new Error(`the message has no button ${label}`);
}
