/**
 * The bot dies at every statement and at every request of what study groups do, on either side of the request's effect, and
 * another takes over: the third yes and the thread, a vote, a session from its question to its end, a free place offered, a
 * merge, a group that is passed on, closes, rests and wakes, an application, a formation, a near miss. What people see afterwards is what
 * they see when nothing happens: one thread, each message once, nobody called twice, no promise lost.
 *
 *   npm run kills:groups -- [--every 1] [--seconds 3600]
 */
import { parseArgs } from 'node:util';
import type { Client } from 'discord.js';
import { parseConfig } from '../../src/config.ts';
import type { SeenFormation } from '../../src/db/study/formations.ts';
import { findGroup } from '../../src/db/study/groups.ts';
import { findOpenPoll } from '../../src/db/study/polls.ts';
import { findNextSession, type Session } from '../../src/db/study/sessions.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { createClient } from '../../src/discord/client.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { UserError } from '../../src/errors.ts';
import { takeChange } from '../../src/study/formations/near-miss.ts';
import { acceptOffer } from '../../src/study/formations/offer.ts';
import { previewFormation } from '../../src/study/formations/preview.ts';
import { publishFormation, resumeFormations } from '../../src/study/formations/publish.ts';
import { answerApplication, applyFor } from '../../src/study/groups/apply.ts';
import { askToMerge, closeAsModerator, restGroup } from '../../src/study/groups/consent.ts';
import { createGroup } from '../../src/study/groups/create.ts';
import { joinGroup } from '../../src/study/groups/join.ts';
import { keepGroups } from '../../src/study/groups/keep.ts';
import { leaveGroup, wakeGroup } from '../../src/study/groups/leave.ts';
import { declineOwner, handOver } from '../../src/study/groups/owner.ts';
import { answerPoll } from '../../src/study/groups/polls.ts';
import { setSessions } from '../../src/study/plan.ts';
import { seekGroup } from '../../src/study/seek.ts';
import { sayHere, sayWhetherComing } from '../../src/study/sessions/press.ts';
import { runSessions } from '../../src/study/sessions/run.ts';
import { vote } from '../../src/study/vote.ts';
import { epochMs } from '../../src/time.ts';
import type { TestContext } from '../support/context.ts';
import { Killed, type Mortal, mortal } from '../support/mortal.ts';
import { startTinyDiscord, type TinyDiscord } from '../support/tiny-discord.ts';
import { by, draft, openStudy, person } from './support.ts';

const channels = ['900000000000000002', '900000000000000003', '900000000000000006'];
const [ada, omar, zara, luis, mei, ines] = [1, 2, 3, 4, 5, 6].map((n) => `80000000000000001${n}`) as [string, string, string, string, string, string]; // prettier-ignore
const moderator = by('800000000000000077');
const wish = { subject: draft.subject, target: '2027-03', languages: ['en'], sessions: 1 };

/** What a part of a story works with: the groups that were made before, and whatever it keeps. */
interface Told {
  ctx: TestContext;
  /** Ids of the groups of this story. */
  readonly groups: string[];
  /** The session that it is about, once it is planned. */
  session?: Session;
  /** The formation that a moderator sees. */
  preview?: SeenFormation;
  /** Moves the clock to a moment; not again where it is later. */
  goTo(at: string): void;
}
type Part = (told: Told) => Promise<unknown>;

interface Story {
  readonly before: readonly Part[];
  /** Where it may be killed. Each part may be taken twice, as people press again and the clock does by itself. */
  readonly parts: readonly Part[];
}

const group = async ({ ctx, groups }: Told, ids: readonly string[]) => {
  for (const id of ids) await person(ctx, id);
  const id = await createGroup(ctx, by(ids[0]!), { ...draft, size: 4 });
  groups.push(id);
  for (const other of ids.slice(1)) await joinGroup(ctx, by(other), id);
};
const threeIn: Part = (told) => group(told, [ada, omar, zara]);
const pollOf = async ({ ctx }: Told, id: string) => (await findOpenPoll(ctx.db, id, 'merge'))?.id ?? '';
const first = ({ groups }: Told) => groups[0] ?? '';
const agree =
  (...ids: readonly string[]): Part =>
  async (told) => {
    const [time] = (await findGroup(told.ctx.db, first(told)))?.vote ?? [];
    for (const each of ids) {
      if (time !== undefined) await vote(told.ctx, by(each), first(told), time);
    }
  };
const untilSession =
  (minutes: number): Part =>
  async (told) => {
    const session = (told.session ??= (await findNextSession(told.ctx.db, first(told)))!);
    told.goTo(new Date(epochMs(session.starts_at) + minutes * 60_000).toISOString());
    await runSessions(told.ctx);
  };
const inSession =
  (act: (told: Told, id: string) => Promise<unknown>): Part =>
  async (told) =>
    await act(told, told.session?.id ?? '');
const clock: Part = ({ ctx }) => keepGroups(ctx);

export const stories: Readonly<Record<string, Story>> = {
  'the third yes': {
    before: [(told) => group(told, [ada, omar]), ({ ctx }) => person(ctx, zara)],
    parts: [(told) => joinGroup(told.ctx, by(zara), first(told))],
  },
  'a vote': { before: [threeIn, agree(ada, omar)], parts: [agree(zara)] },
  'a session': {
    before: [threeIn, agree(ada, omar, zara)],
    parts: [
      untilSession(-24 * 60),
      inSession(({ ctx }, id) => sayWhetherComing(ctx, by(ada), id, 'come')),
      untilSession(-10),
      inSession(({ ctx }, id) => sayHere(ctx, by(ada), id)),
      untilSession(0),
      inSession(({ ctx }, id) => sayHere(ctx, by(omar), id)),
      untilSession(60),
    ],
  },
  'a free place': {
    before: [
      (told) => group(told, [ada, omar, zara, luis]),
      async ({ ctx }) => await seekGroup(ctx, by(await person(ctx, mei)), wish),
    ],
    parts: [
      (told) => leaveGroup(told.ctx, by(luis), first(told)),
      clock,
      (told) => acceptOffer(told.ctx, by(mei), first(told)),
    ],
  },
  'a merge': {
    before: [
      threeIn,
      (told) => group(told, [luis, mei, ines]),
      (told) => askToMerge(told.ctx, by(ada), first(told)),
      async (told) => await answerPoll(told.ctx, by(omar), await pollOf(told, first(told)), true),
      async (told) => await answerPoll(told.ctx, by(luis), await pollOf(told, told.groups[1]!), true),
    ],
    parts: [async (told) => await answerPoll(told.ctx, by(mei), await pollOf(told, told.groups[1]!), true)],
  },
  'a group that is passed on': {
    before: [threeIn],
    parts: [
      (told) => leaveGroup(told.ctx, by(ada), first(told)),
      (told) => declineOwner(told.ctx, by(omar), first(told)),
      (told) => handOver(told.ctx, by(zara), first(told), zara),
    ],
  },
  'a group that closes': {
    before: [threeIn, agree(ada, omar, zara), untilSession(-24 * 60)],
    parts: [(told) => closeAsModerator(told.ctx, moderator, first(told))],
  },
  'a rest': {
    before: [threeIn, agree(ada, omar, zara), untilSession(-24 * 60)],
    parts: [
      (told) => restGroup(told.ctx, by(ada), first(told), 1),
      (told) => wakeGroup(told.ctx, by(ada), first(told)),
    ],
  },
  'an application': {
    before: [threeIn, (told) => setSessions(told.ctx, by(ada), first(told), { byApplication: true })],
    parts: [
      async (told) => await applyFor(told.ctx, by(await person(told.ctx, luis)), first(told), 'Evenings'),
      (told) => answerApplication(told.ctx, by(ada), first(told), luis, true),
    ],
  },
  'somebody who deletes their data': {
    before: [
      threeIn,
      agree(ada, omar, zara),
      untilSession(-24 * 60),
      inSession(({ ctx }, id) => sayWhetherComing(ctx, by(ada), id, 'come')),
    ],
    parts: [({ ctx }) => deleteMemberData(ctx, by(ada))],
  },
  'a formation that is offered': {
    before: [
      async (told) => {
        for (const id of [ada, omar, zara]) await seekGroup(told.ctx, by(await person(told.ctx, id)), wish);
        await seekGroup(told.ctx, by(await person(told.ctx, luis)), { ...wish, languages: ['ur'] });
        told.preview = (await previewFormation(told.ctx, moderator)).formation;
      },
    ],
    // Whoever presses again reads that it is under way; the clock goes on with what was cut off.
    parts: [(told) => publishFormation(told.ctx, moderator, told.preview!), ({ ctx }) => resumeFormations(ctx)],
  },
  'a near miss': {
    before: [
      async ({ ctx }) => {
        for (const id of [ada, omar]) await seekGroup(ctx, by(await person(ctx, id)), wish);
        await seekGroup(ctx, by(await person(ctx, zara)), { ...wish, languages: ['ur'] });
      },
    ],
    parts: [({ ctx }) => takeChange(ctx, by(zara), 'step-1', { is: 'language', language: 'en' })],
  },
};

/** Where it dies: before one of its statements, or at a request, before or after Discord has carried it out. */
export interface Death {
  readonly at: 'statement' | 'request' | 'answer';
  readonly nth: number;
}

/** Plays a story. @returns what everybody sees at its end, and whether it got as far as to die. */
export async function play(story: Story, death?: Death): Promise<{ readonly seen: string; readonly died: boolean }> {
  const discord = await startTinyDiscord({ channels });
  const ctx = await openStudy();
  Object.assign(ctx, {
    config: parseConfig({ DISCORD_TOKEN: 'test', LOG_LEVEL: 'silent', DISCORD_API_URL: discord.apiUrl }),
  });
  discord.now = () => ctx.now();
  let bot = start(ctx);
  const told: Told = {
    ctx: bot.ctx,
    groups: [],
    goTo: (at) => ctx.advance({ ms: Math.max(0, epochMs(at) - epochMs(ctx.now())) }),
  };
  for (const part of story.before) await part(told);
  await settle(ctx, bot);
  let died = false;
  const dead = new Promise<void>((resolve) => {
    if (death?.at === 'statement') bot.mortal.dieAfter(death.nth);
    else if (death) {
      const mine = bot;
      const reached = () => {
        mine.mortal.die();
        resolve();
      };
      discord.fault({ route: /./, how: 'hold', skip: death.nth, afterEffect: death.at === 'answer', reached });
    }
  });
  for (const part of story.parts) {
    await Promise.race([take(part, told, bot.outbox), ...(died ? [] : [dead])]);
    if (!bot.mortal.isDead) continue;
    died = true;
    discord.clearFaults();
    discord.letGo('cut');
    await stop(bot);
    bot = start(ctx);
    told.ctx = bot.ctx;
    // Whatever was in hand is taken over when its claim has run out; whoever pressed presses again.
    ctx.advance({ minutes: 1 });
    await bot.outbox.deliverDue();
    await take(part, told, bot.outbox);
  }
  // What comes now is the same in every story.
  bot.mortal.dieAfter(Infinity);
  discord.clearFaults();
  await settle(ctx, bot);
  const seen = `${await look(ctx)}\n${lookAt(discord)}`;
  await stop(bot);
  await ctx.db.destroy();
  await discord.close();
  return { seen, died };
}

/** A quarter of an hour passes, with its heartbeats. */
async function settle(ctx: TestContext, bot: Bot): Promise<void> {
  for (let i = 0; i < 3; i += 1) {
    await bot.outbox.deliverDue();
    ctx.advance({ minutes: 5 });
    await keepGroups(bot.ctx);
  }
  await bot.outbox.deliverDue();
}

interface Bot {
  readonly ctx: TestContext;
  readonly mortal: Mortal;
  readonly outbox: Outbox;
  readonly client: Client;
}

function start(ctx: TestContext): Bot {
  const own = mortal(ctx.db);
  const process = { ...ctx, db: own.db };
  const client = createClient(process.config);
  return { ctx: process, mortal: own, client, outbox: createOutbox(process, client) };
}

async function stop({ outbox, client }: Bot): Promise<void> {
  await outbox.stop().catch(() => undefined);
  await client.destroy();
}

/** What is refused was done before; what a dead bot tried is nothing. */
async function take(part: Part, told: Told, outbox: Outbox): Promise<void> {
  try {
    await part(told);
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof Killed)) throw error;
  }
  await outbox.deliverDue().catch(() => undefined);
}

/** How it stands, for whoever knows everything. */
async function look(ctx: TestContext): Promise<string> {
  const groups = await ctx.db.selectFrom('study_groups').select(['state', 'owner_id', 'closed_why', 'times']).orderBy('created_at').orderBy('size').execute(); // prettier-ignore
  const members = await ctx.db.selectFrom('group_members').select(['user_id', 'state', 'left_why']).orderBy('user_id').orderBy('state').execute(); // prettier-ignore
  const sessions = await ctx.db.selectFrom('group_sessions').select(['state', 'starts_at']).orderBy('starts_at').orderBy('state').execute(); // prettier-ignore
  const owed = await ctx.db.selectFrom('notices').select('kind').where('state', '=', 'owed').orderBy('kind').execute();
  return [groups, members, sessions, owed].map((rows) => JSON.stringify(rows)).join('\n');
}

/** What stands on Discord, for whoever reads it: without moments and ids, which differ from one try to the next. */
function lookAt(discord: TinyDiscord): string {
  const placeOf = (id: string) => {
    const at = discord.threads.findIndex((thread) => thread.id === id);
    return at === -1 ? id : `thread ${at}`;
  };
  const threads = discord.threads.map(({ members, thread_metadata: { archived } }) =>
    JSON.stringify([[...members].toSorted(), archived]),
  );
  const messages = discord.messages.map(({ channel_id: channel, content, embeds, components }) => {
    const labels = [...JSON.stringify(components).matchAll(/"label":"([^"]*)"/g)].map(([, label]) => label);
    const said = embeds.map(({ title, description }) => `${title}: ${description}`).join();
    return [placeOf(channel), content, said.replaceAll(/<t:\d+(:\w)?>/g, '<t>'), labels.join()].join(' | ');
  });
  return [...threads, ...messages.toSorted()].join('\n');
}

/** Kills a story at every so many of its points. @returns how many deaths it died, and what differed. */
async function killEverywhere(
  name: string,
  options: { readonly every: number; readonly from: number; readonly until?: () => boolean },
): Promise<{ readonly deaths: number; readonly wrong: readonly string[] }> {
  const story = stories[name]!;
  const { seen: expected } = await play(story);
  const wrong: string[] = [];
  let deaths = 0;
  for (const at of ['statement', 'request', 'answer'] as const) {
    for (let nth = options.from; options.until?.() !== true; nth += options.every) {
      const { seen, died } = await play(story, { at, nth });
      if (!died) break;
      deaths += 1;
      if (seen !== expected) wrong.push(`${name}, killed at ${at} ${nth}:\n${differ(expected, seen)}`);
    }
  }
  return { deaths, wrong };
}

function differ(expected: string, seen: string): string {
  const [before, after] = [expected.split('\n'), seen.split('\n')];
  const missing = before.filter((line) => !after.includes(line)).map((line) => `  - ${line}`);
  return [...missing, ...after.filter((line) => !before.includes(line)).map((line) => `  + ${line}`), `  ${before.length} lines, ${after.length}`].join('\n'); // prettier-ignore
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      every: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '3600' },
      only: { type: 'string' },
    },
  });
  const begun = performance.now();
  const until = () => performance.now() - begun > Number(values.seconds) * 1000;
  let deaths = 0;
  const wrong: string[] = [];
  for (const [i, name] of Object.keys(stories).entries()) {
    if (values.only !== undefined && values.only !== name) continue;
    const every = Number(values.every);
    const outcome = await killEverywhere(name, { every, from: i % every, until });
    deaths += outcome.deaths;
    wrong.push(...outcome.wrong);
  }
  console.log(
    `${Object.keys(stories).length} stories of study groups, killed ${deaths} times: ${wrong.length} differ from what people see without it, ` +
      `${((performance.now() - begun) / 1000).toFixed(0)} s${until() ? ', ended by the time' : ''}`,
  );
  for (const line of wrong.slice(0, 20)) console.log(line);
  if (wrong.length > 0 || deaths === 0) process.exitCode = 1;
}
