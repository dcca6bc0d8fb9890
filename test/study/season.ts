/**
 * A season of study groups on a moved clock, with people who fall silent, answer or not, leave and come: what must hold
 * at every heartbeat is looked at at every heartbeat.
 *
 *   npm run season -- [--groups 60] [--weeks 16] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { readDetail } from '../../src/db/notices/write.ts';
import { epochMs, later } from '../../src/time.ts';
import { countAnswers } from '../../src/study/formations/history.ts';
import { acceptOffer } from '../../src/study/formations/offer.ts';
import { resumeFormations } from '../../src/study/formations/publish.ts';
import { runWeeklyForming, saveWeeklyForming } from '../../src/study/formations/weekly.ts';
import { leaveGroup, stayIn } from '../../src/study/groups/leave.ts';
import { answerPoll } from '../../src/study/groups/polls.ts';
import { answerQuiet } from '../../src/study/groups/quiet.ts';
import { keepGroups } from '../../src/study/groups/keep.ts';
import { seekGroup } from '../../src/study/seek.ts';
import { sayHere, sayWhetherComing } from '../../src/study/sessions/press.ts';
import { runSessions } from '../../src/study/sessions/run.ts';
import { vote } from '../../src/study/vote.ts';
import { seededRandom, type TestContext } from '../support/context.ts';
import { activeGroup, by, draft, guildId, openStudy, person } from './support.ts';

export interface Season {
  readonly held: number;
  readonly missed: number;
  readonly closed: number;
  readonly asked: number;
  readonly refilled: number;
  /** Groups that the weekly run made. */
  readonly formed: number;
  /** Groups that became one with another. */
  readonly merged: number;
  readonly wrong: readonly string[];
}

/** Plays so many groups of five for so many weeks, with a fifth as many people who wait. */
async function playSeason(options: { groups: number; weeks: number; seed: number }): Promise<Season> {
  const random = seededRandom(options.seed);
  const ctx = await openStudy();
  const wrong = new Set<string>();
  let next = 1000;
  const newId = () => String((next += 1));
  for (let i = 0; i < options.groups; i += 1) {
    const ids = Array.from({ length: 5 }, newId);
    const id = await activeGroup(ctx, ids, { size: 6 });
    const { vote: times } = await ctx.db.selectFrom('study_groups').select('vote').where('id', '=', id).executeTakeFirstOrThrow(); // prettier-ignore
    const [time = 0] = JSON.parse(times ?? '[]') as number[];
    for (const each of ids) await vote(ctx, by(each), id, time);
  }
  const wish = { subject: draft.subject, target: '2027-03', languages: ['en'], sessions: 1 };
  for (let i = 0; i < options.groups; i += 1) await seekGroup(ctx, by(await person(ctx, newId())), wish);
  /** Some are always silent, some never, most now and then. */
  const silence = new Map<string, number>();
  const isSilent = (userId: string) => {
    if (!silence.has(userId)) silence.set(userId, [0, 0.1, 0.1, 0.3, 1][Math.floor(random() * 5)]!);
    return random() < silence.get(userId)!;
  };
  for (let hour = 0; hour < options.weeks * 7 * 24; hour += 1) {
    ctx.advance({ hours: 1 });
    // In the second half as many come again, and are placed each Sunday, too, not only where a place becomes free.
    if (hour === options.weeks * 7 * 12) {
      for (let i = 0; i < options.groups; i += 1) await seekGroup(ctx, by(await person(ctx, newId())), wish);
      await saveWeeklyForming(ctx, by('77'), true);
    }
    await resumeFormations(ctx);
    await runWeeklyForming(ctx);
    await countAnswers(ctx);
    await act(ctx, random, isSilent);
    await runSessions(ctx);
    await keepGroups(ctx);
    // Every six hours, and always the same hours: a look costs as much as the rest.
    if (hour % 6 === 0) for (const each of await faultsNow(ctx)) wrong.add(each);
  }
  const count = async (state: 'held' | 'missed') =>
    (await ctx.db.selectFrom('group_sessions').select('id').where('state', '=', state).execute()).length;
  const kinds = await ctx.db.selectFrom('notices').select(['kind', 'detail']).execute();
  const season = {
    held: await count('held'),
    missed: await count('missed'),
    closed: (await ctx.db.selectFrom('study_groups').select('id').where('state', '=', 'closed').execute()).length,
    asked: kinds.filter(({ kind }) => kind === 'group-silence').length,
    refilled: kinds.filter(({ kind }) => kind === 'group-offered').length,
    formed: (await ctx.db.selectFrom('study_groups').select('id').where('author_id', 'is', null).execute()).length,
    merged: (await ctx.db.selectFrom('study_groups').select('id').where('closed_why', '=', 'merged').execute()).length,
    wrong: [...wrong, ...(await faultsAtEnd(ctx))],
  };
  await ctx.db.destroy();
  return season;
}

/** What people do in an hour. */
async function act(ctx: TestContext, random: () => number, isSilent: (userId: string) => boolean): Promise<void> {
  const running = await ctx.db.selectFrom('group_sessions').selectAll().where('state', 'in', ['planned', 'running']).execute(); // prettier-ignore
  for (const session of running) {
    if (epochMs(session.starts_at) - epochMs(ctx.now()) > 0 || session.ends_at <= ctx.now()) continue;
    for (const { user_id: userId } of await membersOf(ctx, session.group_id)) {
      if (isSilent(userId)) continue;
      const comes = random() < 0.9;
      await (comes ? sayHere(ctx, by(userId), session.id) : sayWhetherComing(ctx, by(userId), session.id, 'cannot')).catch(() => undefined); // prettier-ignore
    }
  }
  const members = await ctx.db.selectFrom('group_members').selectAll().where('state', 'in', ['offered', 'member']).execute(); // prettier-ignore
  for (const { group_id: id, user_id: userId, state, asked_at: askedAt } of members) {
    if (state === 'offered' && random() < 0.05 && !isSilent(userId)) await acceptOffer(ctx, by(userId), id).catch(() => undefined); // prettier-ignore
    if (askedAt !== null && random() < 0.05 && !isSilent(userId)) await stayIn(ctx, by(userId), id);
    if (state === 'member' && random() < 0.0002) await leaveGroup(ctx, by(userId), id).catch(() => undefined);
    if (state === 'member' && random() < 0.0001) await memberLeft(ctx, guildId, userId);
  }
  for (const poll of await ctx.db.selectFrom('group_polls').selectAll().where('outcome', 'is', null).execute()) {
    for (const { user_id: userId } of await membersOf(ctx, poll.group_id)) {
      if (random() < 0.05 && !isSilent(userId)) await answerPoll(ctx, by(userId), poll.id, random() < 0.9).catch(() => undefined); // prettier-ignore
    }
  }
  const quiet = await ctx.db.selectFrom('study_groups').select('id').where('state', '=', 'active').where('asked_at', 'is not', null).execute(); // prettier-ignore
  for (const { id } of quiet) {
    const [first] = await membersOf(ctx, id);
    if (first && random() < 0.01) await answerQuiet(ctx, by(first.user_id), id);
  }
}

const membersOf = async (ctx: TestContext, id: string) =>
  await ctx.db
    .selectFrom('group_members')
    .selectAll()
    .where('group_id', '=', id)
    .where('state', 'in', ['member', 'resting'])
    .orderBy('since')
    .execute();

/** What must never be so. */
async function faultsNow(ctx: TestContext): Promise<string[]> {
  const wrong: string[] = [];
  const exams = new Map<string, number>();
  for (const group of await ctx.db.selectFrom('study_groups').selectAll().where('state', '<>', 'closed').execute()) {
    const members = await membersOf(ctx, group.id);
    if (members.length > 6) wrong.push(`${group.id} has ${members.length} members`);
    if (group.owner_id !== null && !members.some(({ user_id: userId }) => userId === group.owner_id)) {
      wrong.push(`${group.id} is owned by somebody who left`);
    }
    if (group.few_since !== null && later(group.few_since, { days: 15 }) < ctx.now()) {
      wrong.push(`${group.id} has had fewer than two for over two weeks`);
    }
    for (const member of members) {
      exams.set(member.user_id, (exams.get(member.user_id) ?? 0) + 1);
      // The second miss is counted when a session ends; then the question is owed in the same transaction.
      if (member.state === 'member' && member.missed >= 2 && member.asked_at === null) {
        wrong.push(`${member.user_id} missed ${member.missed} and was not asked`);
      }
      if (member.asked_at !== null && later(member.asked_at, { days: 6 }) < ctx.now()) {
        wrong.push(`${member.user_id} was asked long ago and is still in`);
      }
    }
  }
  for (const [userId, count] of exams) if (count > 1) wrong.push(`${userId} is in ${count} groups of an exam`);
  return wrong;
}

/** Everybody whose group was closed has a next step: they were told, and wait for another unless they are in one. */
async function faultsAtEnd(ctx: TestContext): Promise<string[]> {
  const wrong: string[] = [];
  const notices = await ctx.db.selectFrom('notices').selectAll().where('kind', '=', 'group-news').execute();
  const former = await ctx.db.selectFrom('group_members').selectAll().where('left_why', '=', 'closed').execute();
  for (const { group_id: id, user_id: userId } of former) {
    const isTold = notices.some(
      (notice) =>
        notice.subject_id === id && notice.user_id === userId && readDetail('group-news', notice).what === 'closed',
    );
    if (!isTold) wrong.push(`${userId} was not told that ${id} is closed`);
  }
  return wrong;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      groups: { type: 'string', default: '60' },
      weeks: { type: 'string', default: '16' },
      seed: { type: 'string', default: '1' },
    },
  });
  const from = performance.now();
  const options = { groups: Number(values.groups), weeks: Number(values.weeks), seed: Number(values.seed) };
  const { held, missed, closed, asked, refilled, formed, merged, wrong } = await playSeason(options);
  console.log(
    `${options.groups} groups for ${options.weeks} weeks: ${held} sessions held, ${missed} missed, ${asked} silent asked, ` +
      `${refilled} places offered, ${formed} groups formed by the week, ${closed} groups closed (${merged} of them merged), ${wrong.length} wrong, ${((performance.now() - from) / 1000).toFixed(0)} s`,
  );
  for (const line of wrong.slice(0, 20)) console.log(`  ${line}`);
  if (wrong.length > 0 || held === 0 || asked === 0 || formed === 0) process.exitCode = 1;
}
