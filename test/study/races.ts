/**
 * A hundred people press at once about the same study groups: the last place by every way to it, owners who leave, offers,
 * merges, sessions that begin, rests, removals, settings. Whoever comes first: no group is larger than it may be, none has
 * an owner who is not in it, nobody is in two groups of an exam or three circles, nothing of a closed group is left open,
 * and whoever loses reads why.
 *
 *   npm run races:groups -- [--rounds 20] [--at 100] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { findNextSession } from '../../src/db/study/sessions.ts';
import { findGroup } from '../../src/db/study/groups.ts';
import { listPolls } from '../../src/db/study/polls.ts';
import { UserError } from '../../src/errors.ts';
import { memberBack, memberLeft } from '../../src/lifecycle/leavers.ts';
import { takeChange } from '../../src/study/formations/near-miss.ts';
import { acceptOffer, declineOffer } from '../../src/study/formations/offer.ts';
import { discardFormation, previewFormation } from '../../src/study/formations/preview.ts';
import { publishFormation } from '../../src/study/formations/publish.ts';
import { answerApplication, applyFor, inviteMember, withdrawApplication } from '../../src/study/groups/apply.ts';
import {
  askToMerge,
  closeAsModerator,
  closeOwnGroup,
  mergeAsModerator,
  restGroup,
} from '../../src/study/groups/consent.ts';
import { createGroup } from '../../src/study/groups/create.ts';
import { joinGroup } from '../../src/study/groups/join.ts';
import { keepGroups } from '../../src/study/groups/keep.ts';
import { leaveGroup, removeMember, restMember, stayIn, wakeGroup } from '../../src/study/groups/leave.ts';
import { declineOwner, handOver } from '../../src/study/groups/owner.ts';
import { answerPoll } from '../../src/study/groups/polls.ts';
import { setSessions } from '../../src/study/plan.ts';
import { seekGroup, stopSeeking } from '../../src/study/seek.ts';
import { planExtra } from '../../src/study/sessions/extra.ts';
import { endSession, pledge, sayHere, sayWhetherComing } from '../../src/study/sessions/press.ts';
import { runSessions } from '../../src/study/sessions/run.ts';
import { finishSession } from '../../src/study/sessions/timer.ts';
import { proposeTimes, vote } from '../../src/study/vote.ts';
import { epochMs, later } from '../../src/time.ts';
import { seededRandom, type TestContext } from '../support/context.ts';
import { activeGroup, by, draft, guildId, openStudy, person } from './support.ts';

const moderator = by('77');
const wish = { subject: draft.subject, target: null, languages: ['en'], sessions: 1 };
const circle = { kind: 'circle', topic: 'applying', place: '' } as const;

/** What each press is made of. */
interface World {
  readonly ctx: TestContext;
  readonly random: () => number;
  /** Ids of the groups that it is about. */
  readonly groups: readonly string[];
  /** Those in them, and those around them. */
  readonly members: readonly string[];
  readonly crowd: readonly string[];
  readonly pick: <T>(from: readonly T[]) => T;
}

type Press = (world: World) => Promise<unknown>;

const group = (world: World) => world.pick(world.groups);
const member = (world: World) => by(world.pick(world.members));
const passer = (world: World) => by(world.pick(world.crowd));
const anybody = (world: World) => by(world.pick([...world.members, ...world.crowd]));

/** The polls of a group that are open. */
async function pollOf({ ctx }: World, id: string): Promise<string> {
  return (await listPolls(ctx.db, id)).find(({ outcome }) => outcome === null)?.id ?? '';
}

async function sessionOf(world: World): Promise<string> {
  return (await findNextSession(world.ctx.db, group(world)))?.id ?? '';
}

const acts = {
  join: (w) => joinGroup(w.ctx, passer(w), group(w)),
  apply: (w) => applyFor(w.ctx, passer(w), group(w), ''),
  withdraw: (w) => withdrawApplication(w.ctx, passer(w), group(w)),
  takeIn: (w) => answerApplication(w.ctx, member(w), group(w), w.pick(w.crowd), w.random() < 0.8),
  invite: (w) => inviteMember(w.ctx, member(w), group(w), w.pick(w.crowd)),
  yes: (w) => acceptOffer(w.ctx, passer(w), group(w)),
  no: (w) => declineOffer(w.ctx, passer(w), group(w), w.random() < 0.5),
  nearMiss: (w) => takeChange(w.ctx, passer(w), 'step-1', { is: 'language', language: 'en' }),
  seek: (w) => seekGroup(w.ctx, passer(w), wish),
  stop: (w) => stopSeeking(w.ctx, passer(w), wish.subject),
  create: (w) => createGroup(w.ctx, passer(w), { ...draft, target: null }),
  circle: (w) => createGroup(w.ctx, passer(w), { ...draft, target: null, subject: circle }),
  form: async (w) => {
    const { formation } = await previewFormation(w.ctx, moderator);
    const first = await publishFormation(w.ctx, moderator, formation);
    if (first.is === 'changed') await publishFormation(w.ctx, moderator, first.view.formation);
  },
  discard: (w) => discardFormation(w.ctx, moderator),
  clock: (w) => keepGroups(w.ctx),
  sessions: (w) => runSessions(w.ctx),
  leave: (w) => leaveGroup(w.ctx, member(w), group(w)),
  gone: async (w) => {
    const { userId } = anybody(w);
    await memberLeft(w.ctx, guildId, userId);
    await memberBack(w.ctx, guildId, userId);
  },
  own: (w) => handOver(w.ctx, member(w), group(w), w.pick(w.members)),
  ownNot: (w) => declineOwner(w.ctx, member(w), group(w)),
  remove: (w) => removeMember(w.ctx, member(w), group(w), w.pick(w.members), 'pace'),
  restSelf: (w) => restMember(w.ctx, member(w), group(w)),
  back: (w) => stayIn(w.ctx, member(w), group(w)),
  rest: (w) => restGroup(w.ctx, member(w), group(w), 2),
  wake: (w) => wakeGroup(w.ctx, member(w), group(w)),
  close: (w) => closeOwnGroup(w.ctx, member(w), group(w)),
  closeAll: (w) => closeAsModerator(w.ctx, moderator, group(w)),
  merge: (w) => askToMerge(w.ctx, member(w), group(w)),
  mergeAll: (w) => mergeAsModerator(w.ctx, moderator, group(w), group(w)),
  say: async (w) => answerPoll(w.ctx, member(w), await pollOf(w, group(w)), w.random() < 0.9),
  asks: (w) => setSessions(w.ctx, member(w), group(w), { byApplication: w.random() < 0.5 }),
  times: (w) => proposeTimes(w.ctx, member(w), group(w)),
  vote: async (w) => {
    const id = group(w);
    const times = (await findGroup(w.ctx.db, id))?.vote ?? [];
    return await vote(w.ctx, member(w), id, times.length === 0 ? 0 : w.pick(times));
  },
  extra: (w) => planExtra(w.ctx, member(w), group(w), later(w.ctx.now(), { hours: 1 + Math.floor(w.random() * 3) })),
  coming: async (w) => sayWhetherComing(w.ctx, member(w), await sessionOf(w), w.pick(['come', 'perhaps', 'cannot'])),
  here: async (w) => sayHere(w.ctx, member(w), await sessionOf(w)),
  line: async (w) => pledge(w.ctx, member(w), await sessionOf(w), 'Ten cards'),
  callOff: async (w) => endSession(w.ctx, member(w), await sessionOf(w)),
  finish: async (w) => finishSession(w.ctx, member(w), await sessionOf(w)),
} satisfies Readonly<Record<string, Press>>;

/** What races against what, by the acts that are drawn from. Each may come several times. */
const scenarios: Readonly<Record<string, readonly (keyof typeof acts)[]>> = {
  'the last place': ['join', 'apply', 'takeIn', 'invite', 'yes', 'nearMiss', 'clock', 'join', 'seek'],
  'owners who leave': ['leave', 'own', 'ownNot', 'gone', 'leave', 'join', 'clock'],
  'leaving against offers': ['leave', 'yes', 'no', 'invite', 'clock', 'gone', 'join', 'create'],
  'merging against joining': ['say', 'say', 'say', 'merge', 'join', 'leave', 'apply', 'takeIn', 'create'],
  'merging against merging': ['mergeAll', 'say', 'say', 'say', 'merge', 'closeAll', 'leave'],
  'closing against a session that begins': ['sessions', 'here', 'line', 'close', 'say', 'closeAll', 'finish', 'clock'],
  'resting against sessions': ['rest', 'wake', 'sessions', 'here', 'extra', 'times', 'vote', 'callOff', 'coming', 'say'],
  'removing against being here': ['remove', 'here', 'line', 'sessions', 'restSelf', 'back', 'leave', 'finish'],
  'settings against joining': ['asks', 'asks', 'join', 'apply', 'takeIn', 'withdraw', 'yes', 'invite'],
  'forming against everything': ['form', 'form', 'discard', 'seek', 'stop', 'yes', 'no', 'create', 'circle', 'circle', 'join', 'gone', 'clock'],
}; // prettier-ignore

/** What came of all rounds. */
interface Races {
  readonly won: number;
  readonly lost: number;
  readonly wrong: readonly string[];
}

let next = 1000;

/** Presses so many times at once, in so many rounds of each scenario. */
export async function race(options: { rounds: number; at: number; seed: number; only?: string }): Promise<Races> {
  const random = seededRandom(options.seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const ctx = await openStudy();
  const wrong: string[] = [];
  let [won, lost] = [0, 0];
  const newIds = (count: number) => Array.from({ length: count }, () => String((next += 1)));
  for (const [name, drawn] of Object.entries(scenarios)) {
    if (options.only !== undefined && options.only !== name) continue;
    for (let round = 0; round < options.rounds; round += 1) {
      const [one, other] = [newIds(3), newIds(3)];
      const crowd = newIds(Math.max(6, Math.round(options.at / 4)));
      for (const each of crowd) await person(ctx, each);
      const groups = [
        await activeGroup(ctx, one, { size: 4, target: null }),
        await activeGroup(ctx, other, { size: 4, target: null }),
      ];
      const members = [...one, ...other];
      await prepare(ctx, groups, members, crowd);
      const world: World = { ctx, random, groups, members, crowd, pick };
      const presses = Array.from({ length: options.at }, () => acts[pick(drawn)] as Press);
      for (const result of await Promise.allSettled(presses.map((press) => press(world)))) {
        if (result.status === 'fulfilled') won += 1;
        else if (result.reason instanceof UserError) lost += 1;
        else wrong.push(`${name}: ${String(result.reason)}`);
      }
      for (const each of await findFaults(ctx)) wrong.push(`${name}, round ${round}: ${each}`);
      await clear(ctx);
    }
  }
  await ctx.db.destroy();
  return { won, lost, wrong };
}

/** Before the race: a session that is about to begin in one, an offer and an application, a question in both, who waits. */
async function prepare(
  ctx: TestContext,
  groups: readonly string[],
  members: readonly string[],
  crowd: readonly string[],
): Promise<void> {
  const [id = ''] = groups;
  const [time = 0] = (await findGroup(ctx.db, id))?.vote ?? [];
  for (const each of members.slice(0, 3)) await vote(ctx, by(each), id, time);
  await askToMerge(ctx, by(members[0]!), id);
  await inviteMember(ctx, by(members[0]!), id, crowd[0]!);
  await applyFor(ctx, by(crowd[1]!), groups[1]!, '');
  for (const each of crowd.slice(2, 5)) await seekGroup(ctx, by(each), { ...wish, languages: ['ur'] });
  const session = (await findNextSession(ctx.db, id))!;
  ctx.advance({ ms: epochMs(session.starts_at) - epochMs(ctx.now()) });
}

/** Everything is over before the next round. */
async function clear(ctx: TestContext): Promise<void> {
  const live = await ctx.db.selectFrom('study_groups').select('id').where('state', '<>', 'closed').execute();
  for (const { id } of live) await closeAsModerator(ctx, moderator, id);
  await ctx.db.deleteFrom('seekers').execute();
}

/** What must never be so. */
export async function findFaults(ctx: TestContext): Promise<string[]> {
  const wrong: string[] = [];
  const exams = new Map<string, number>();
  const circles = new Map<string, number>();
  const count = (of: Map<string, number>, key: string) => of.set(key, (of.get(key) ?? 0) + 1);
  for (const each of await ctx.db.selectFrom('study_groups').selectAll().execute()) {
    const all = await ctx.db.selectFrom('group_members').selectAll().where('group_id', '=', each.id).where('state', '<>', 'left').execute(); // prettier-ignore
    const inIt = all.filter(({ state }) => state !== 'offered');
    const open = await ctx.db.selectFrom('group_sessions').select('id').where('group_id', '=', each.id).where('state', 'in', ['planned', 'running']).execute(); // prettier-ignore
    const polls = await ctx.db.selectFrom('group_polls').select(['what', 'with_id']).where('group_id', '=', each.id).where('outcome', 'is', null).execute(); // prettier-ignore
    const applied = await ctx.db.selectFrom('group_applications').select('user_id').where('group_id', '=', each.id).execute(); // prettier-ignore
    if (each.state === 'closed') {
      const left = [all.length, open.length, polls.length, applied.length];
      if (left.some((rows) => rows > 0)) wrong.push(`a closed group keeps ${left.join()} (people, sessions, polls, applications)`); // prettier-ignore
      continue;
    }
    if (inIt.length > each.size || inIt.length > 6) wrong.push(`a group of ${each.size} has ${inIt.length} members`);
    if (each.owner_id !== null && !inIt.some((one) => one.user_id === each.owner_id))
      wrong.push('an owner is not in it');
    if (each.owner_id !== null && each.owner_asked_id !== null) wrong.push('somebody owns it, and another is asked');
    if (each.state === 'active' && (inIt.length < 2) !== (each.few_since !== null)) wrong.push(`${inIt.length} members, few since ${each.few_since}`); // prettier-ignore
    if (each.state === 'resting' && open.length > 0 && each.asked_at !== null) wrong.push('a resting group is asked');
    if (applied.some(({ user_id: userId }) => all.some((one) => one.user_id === userId))) wrong.push('somebody in it applies for it'); // prettier-ignore
    for (const poll of polls) {
      if (poll.what !== 'merge') continue;
      const other = await ctx.db.selectFrom('study_groups').select('state').where('id', '=', poll.with_id ?? '').executeTakeFirst(); // prettier-ignore
      if (other?.state === 'closed') wrong.push('a group is asked about one that is closed');
    }
    for (const { user_id: userId } of inIt) count(each.kind === 'exam' ? exams : circles, `${userId} ${each.kind === 'exam' ? each.topic : ''}`); // prettier-ignore
  }
  for (const [who, groups] of exams) if (groups > 1) wrong.push(`${who}: in ${groups} groups of one exam`);
  for (const [who, groups] of circles) if (groups > 2) wrong.push(`${who} in ${groups} circles`);
  return wrong;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '20' },
      at: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
    },
  });
  const from = performance.now();
  const options = { rounds: Number(values.rounds), at: Number(values.at), seed: Number(values.seed) };
  const { won, lost, wrong } = await race(options);
  console.log(
    `${Object.keys(scenarios).length} races of ${options.at} presses at once, ${options.rounds} times each: ${won} counted, ${lost} read what holds now, ` +
      `${wrong.length} wrong, ${((performance.now() - from) / 1000).toFixed(0)} s`,
  );
  for (const line of wrong.slice(0, 20)) console.log(`  ${line}`);
  if (wrong.length > 0 || won === 0 || lost === 0) process.exitCode = 1;
}
