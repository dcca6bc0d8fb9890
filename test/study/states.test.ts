import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findApplication } from '../../src/db/study/applications.ts';
import { findGroup } from '../../src/db/study/groups.ts';
import { findGroupMember } from '../../src/db/study/members.ts';
import type { StudyState } from '../../src/db/schema.ts';
import { UserError } from '../../src/errors.ts';
import type { Acting } from '../../src/guild/acting.ts';
import { memberBack, memberLeft } from '../../src/lifecycle/leavers.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { blockMember } from '../../src/mentoring/blocks.ts';
import { suspendMentee } from '../../src/mentoring/suspend-mentee.ts';
import { acceptOffer, declineOffer } from '../../src/study/formations/offer.ts';
import { answerApplication, applyFor, inviteMember, withdrawApplication } from '../../src/study/groups/apply.ts';
import { changeGroup, changePlace, endGroup, givePlace } from '../../src/study/groups/change.ts';
import { closeAsModerator, closeOwnGroup, restGroup } from '../../src/study/groups/consent.ts';
import { joinGroup } from '../../src/study/groups/join.ts';
import { leaveGroup, removeMember, restMember, stayIn, wakeGroup } from '../../src/study/groups/leave.ts';
import { seekGroup } from '../../src/study/seek.ts';
import {
  drawStudyStates,
  type GroupAct,
  groupTransitions,
  type Place,
  type PlaceAct,
  placeTransitions,
} from '../../src/study/states.ts';
import type { TestContext } from '../support/context.ts';
import { activeGroup, by, draft, openStudy, person } from './support.ts';

const states: readonly StudyState[] = ['forming', 'active', 'resting', 'closed'];
const places: readonly Place[] = ['outside', 'applied', 'offered', 'member', 'resting'];
const moderator = by('77');

test('the diagram in the documentation is the table', async () => {
  await expect(drawStudyStates()).toMatchFileSnapshot('../../docs/study-states.md');
});

/** People as they can stand to a group, by id. Those that a rule keeps out of it come in by nothing of their own. */
const people = {
  owner: { id: '1', place: 'member' },
  member: { id: '2', place: 'member' },
  resting: { id: '3', place: 'resting' },
  applicant: { id: '4', place: 'applied' },
  offered: { id: '5', place: 'offered' },
  stranger: { id: '6', place: 'outside' },
  seeker: { id: '7', place: 'outside' },
  blocked: { id: '8', place: 'outside', kept: /not for you/ },
  suspended: { id: '9', place: 'outside', kept: /suspended/ },
  'left and returned': { id: '10', place: 'outside' },
  removed: { id: '11', place: 'outside', kept: /not for you/ },
  'gone and returned': { id: '12', place: 'outside' },
  'deleted data': { id: '13', place: 'outside', kept: /when you can usually meet/ },
  moderator: { id: '77', place: 'outside', kept: /when you can usually meet/ },
} as const satisfies Readonly<Record<string, { id: string; place: Place; kept?: RegExp }>>;
type Who = keyof typeof people;
const everybody = Object.keys(people) as Who[];

/** A group with all of them around it. */
async function setScene(ctx: TestContext): Promise<string> {
  const id = await activeGroup(ctx, ['1', '2', '3', '10', '11', '12'], { size: 6 });
  for (const each of ['4', '5', '6', '7', '8', '9', '13']) await person(ctx, each);
  await leaveGroup(ctx, by('10'), id);
  await removeMember(ctx, by('1'), id, '11', 'pace');
  await memberLeft(ctx, by('12').guildId, '12');
  await memberBack(ctx, by('12').guildId, '12');
  await restMember(ctx, by('3'), id);
  await seekGroup(ctx, by('7'), { subject: draft.subject, target: null, languages: ['en'], sessions: 1 });
  await blockMember(ctx, by('2'), '8');
  await suspendMentee(ctx, moderator, '9');
  await inviteMember(ctx, by('1'), id, '13');
  await acceptOffer(ctx, by('13'), id);
  await deleteMemberData(ctx, by('13'));
  await inviteMember(ctx, by('1'), id, '5');
  await applyFor(ctx, by('4'), id, 'Evenings');
  return id;
}

const tables = [
  'study_groups', 'group_members', 'group_applications', 'group_polls', 'poll_votes', 'group_sessions',
  'session_people', 'seekers', 'notices',
] as const; // prettier-ignore

/** What the database says of groups, to be looked at and to be gone back to. */
async function record(ctx: TestContext) {
  const rows = new Map<string, object[]>();
  for (const table of tables) rows.set(table, await ctx.db.selectFrom(table).selectAll().execute());
  return rows;
}

/** In whichever order the database gives its rows. */
const flat = (rows: ReadonlyMap<string, object[]>) =>
  [...rows].flatMap(([table, all]) => all.map((row) => `${table} ${JSON.stringify(row)}`).toSorted()).join('\n');

async function restore(ctx: TestContext, rows: ReadonlyMap<string, object[]>): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    for (const table of tables.toReversed()) await trx.deleteFrom(table).execute();
    for (const table of tables) {
      const values = rows.get(table) ?? [];
      if (values.length > 0) await trx.insertInto(table).values(values as never).execute(); // prettier-ignore
    }
  });
}

async function placeOf(ctx: TestContext, id: string, userId: string): Promise<Place> {
  const state = (await findGroupMember(ctx.db, id, userId))?.state;
  if (state !== undefined && state !== 'left') return state;
  return (await findApplication(ctx.db, id, userId)) ? 'applied' : 'outside';
}

/** What somebody does about their own place. */
const own: Readonly<Partial<Record<PlaceAct, (ctx: TestContext, whose: Acting, id: string) => Promise<unknown>>>> = {
  join: joinGroup,
  apply: (ctx, whose, id) => applyFor(ctx, whose, id, ''),
  withdraw: withdrawApplication,
  'say yes': acceptOffer,
  'say no': (ctx, whose, id) => declineOffer(ctx, whose, id, false),
  rest: restMember,
  'be back': stayIn,
  leave: leaveGroup,
};
/** What whoever looks after a group does about another's. */
const others: Readonly<
  Partial<Record<PlaceAct, (ctx: TestContext, whose: Acting, id: string, userId: string) => Promise<unknown>>>
> = {
  'take in': (ctx, whose, id, userId) => answerApplication(ctx, whose, id, userId, true),
  'answer no': (ctx, whose, id, userId) => answerApplication(ctx, whose, id, userId, false),
  offer: inviteMember,
  remove: (ctx, whose, id, userId) => removeMember(ctx, whose, id, userId, 'pace'),
};

const rowFor = (act: PlaceAct, role: 'oneself' | 'owner', place: Place, state: StudyState) =>
  placeTransitions.find((row) => row.act === act && row.by.includes(role) && row.from.includes(place) && row.while.includes(state)); // prettier-ignore

/** Whether an act changed what it was meant to change; what is refused is refused in words, with nothing changed. */
async function isDone(ctx: TestContext, before: ReadonlyMap<string, object[]>, act: () => Promise<unknown>) {
  let said = '';
  await act().catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    said = error.say(ctx.t);
  });
  const after = await record(ctx);
  const changed = flat(after) !== flat(before);
  if (said !== '') expect(changed, said).toBe(false);
  return { changed, said };
}

test.each(states)('in a group that is %s everybody can do what the table says, and nothing else', async (state) => {
  const ctx = await openStudy();
  const id = await setScene(ctx);
  if (state === 'closed') await closeAsModerator(ctx, moderator, id);
  else {
    const until = state === 'active' ? null : '2099-01-01T00:00:00.000Z';
    await ctx.db.updateTable('study_groups').set({ state, state_until: until }).where('id', '=', id).execute();
  }
  const before = await record(ctx);
  const settle = async (changed: boolean) => (changed ? await restore(ctx, before) : undefined);

  for (const who of everybody) {
    const { id: userId, ...about } = people[who];
    const place = state === 'closed' ? 'outside' : about.place;
    for (const [act, press] of Object.entries(own) as [PlaceAct, NonNullable<(typeof own)[PlaceAct]>][]) {
      const row = rowFor(act, 'oneself', place, state);
      const kept = 'kept' in about && (act === 'join' || act === 'apply') ? about.kept : undefined;
      const { changed, said } = await isDone(ctx, before, () => press(ctx, by(userId), id));
      const what = `${who} (${place}): ${act}`;
      if (row && !kept) {
        expect(said, what).toBe('');
        expect(await placeOf(ctx, id, userId), what).toBe(row.to);
      } else {
        expect(changed, what).toBe(false);
        if (row && kept) expect(said, what).toMatch(kept);
      }
      await settle(changed);
    }
    // Of the members only whoever looks after it says who comes and goes.
    for (const [act, press] of Object.entries(others) as [PlaceAct, NonNullable<(typeof others)[PlaceAct]>][]) {
      for (const target of [
        'member',
        'resting',
        'applicant',
        'offered',
        'stranger',
        'removed',
        'blocked',
        'suspended',
        'deleted data',
      ] as const) {
        const { id: targetId, place: there } = people[target];
        const row = who === 'owner' ? rowFor(act, 'owner', state === 'closed' ? 'outside' : there, state) : undefined;
        const isKept = act === 'offer' && ['blocked', 'suspended', 'deleted data'].includes(target);
        if (target === who) continue;
        const { changed, said } = await isDone(ctx, before, () => press(ctx, by(userId), id, targetId));
        const what = `${who} of ${target}: ${act}, ${said}`;
        expect(changed, what).toBe(row !== undefined && !isKept);
        if (row && !isKept) expect(await placeOf(ctx, id, targetId), what).toBe(row.to);
        await settle(changed);
      }
    }
    await groupActs(ctx, id, who, { before, state, settle });
  }
  // Somebody in another server knows the group's id.
  for (const press of Object.values(own)) {
    expect((await isDone(ctx, before, () => press(ctx, { guildId: '9', userId: '2' }, id))).changed).toBe(false);
  }
  await ctx.db.destroy();
});

/** What each can do about the group itself: the owner alone, the others by asking all. */
async function groupActs(
  ctx: TestContext,
  id: string,
  who: Who,
  at: {
    readonly before: ReadonlyMap<string, object[]>;
    readonly state: StudyState;
    readonly settle: (changed: boolean) => Promise<void>;
  },
): Promise<void> {
  const acts: readonly (readonly [GroupAct, () => Promise<unknown>])[] = [
    ['rest', () => restGroup(ctx, by(people[who].id), id, 2)],
    ['wake', () => wakeGroup(ctx, by(people[who].id), id)],
    ['close', () => (who === 'moderator' ? closeAsModerator : closeOwnGroup)(ctx, by(people[who].id), id)],
  ];
  for (const [act, press] of acts) {
    const role = who === 'owner' || who === 'moderator' ? who : 'member';
    const row = groupTransitions.find((each) => each.act === act && each.from.includes(at.state) && each.by.includes(role)); // prettier-ignore
    const { changed } = await isDone(ctx, at.before, press);
    const now = (await findGroup(ctx.db, id))?.state;
    const what = `${who}: ${act}`;
    const isIn = at.state !== 'closed' && (people[who].place === 'member' || people[who].place === 'resting');
    // With others in it their owner asks them, and so does any member who would like it to rest.
    const asks = act === 'close' ? who === 'owner' : act === 'rest' && isIn && who !== 'owner' && at.state === 'active';
    if (asks && isIn) expect([changed, now], what).toEqual([true, at.state]);
    else expect([changed, now], what).toEqual(row ? [true, row.to] : [false, at.state]);
    await at.settle(changed);
  }
}

test('whatever happens to a place or a group goes by the table, whoever asks for it', async () => {
  const ctx = await openStudy();
  const id = await activeGroup(ctx);
  await person(ctx, '9');
  const before = await record(ctx);
  for (const act of new Set(placeTransitions.map((row) => row.act))) {
    for (const place of places) {
      await ctx.db.transaction().execute(async (trx) => {
        if (place === 'offered')
          await givePlace(trx, by('9'), id, { act: 'offer', since: ctx.now(), until: ctx.now() });
        if (place === 'member' || place === 'resting') {
          await givePlace(trx, by('9'), id, {
            act: 'merge',
            since: ctx.now(),
            until: null,
            isResting: place === 'resting',
          });
        }
      });
      const row = placeTransitions.find((each) => each.act === act && each.from.includes(place));
      // Whoever is outside has no place that could change: they are given one.
      const isThere = place !== 'outside' && place !== 'applied';
      const { changed } = await isDone(ctx, await record(ctx), () =>
        ctx.db.transaction().execute((trx) => changePlace(trx, id, '9', act)),
      );
      if (row && isThere && row.to !== 'applied') expect(await placeOf(ctx, id, '9'), `${place} ${act}`).toBe(row.to);
      if (!row) expect(changed, `${place} ${act}`).toBe(false);
      await restore(ctx, before);
    }
  }
  for (const state of states) {
    for (const act of ['begin', 'rest', 'wake', 'close', 'merge'] as const) {
      await ctx.db.updateTable('study_groups').set({ state }).where('id', '=', id).execute();
      const row = groupTransitions.find((each) => each.act === act && each.from.includes(state));
      const isMoved = await ctx.db
        .transaction()
        .execute(async (trx) =>
          act === 'close' || act === 'merge'
            ? await endGroup(trx, id, act, { why: 'closed', at: ctx.now() })
            : await changeGroup(trx, id, act, {}),
        );
      expect([isMoved, (await findGroup(ctx.db, id))?.state], `${state} ${act}`).toEqual([row !== undefined, row?.to ?? state]); // prettier-ignore
    }
  }
  await ctx.db.destroy();
});

test('the state of a group, or of a place in it, is written in one place, which only that table leads to', () => {
  const root = join(import.meta.dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const having = (pattern: RegExp) => files.filter((name) => pattern.test(readFileSync(join(root, name), 'utf8')));
  for (const [name, file] of [
    ['moveGroup', 'groups'],
    ['markGroupClosed', 'groups'],
    ['moveGroupMember', 'members'],
    ['upsertGroupMember', 'members'],
  ] as const) {
    const users = having(new RegExp(`\\b${name}\\(`)).toSorted();
    expect(users).toEqual([`db/study/${file}.ts`, 'study/groups/change.ts']);
  }
  expect(having(/updateTable\('study_groups'\)\s*\.set\(\{[^}]*\bstate\b/)).toEqual(['db/study/groups.ts']);
  expect(having(/updateTable\('group_members'\)\s*\.set\(\{[^}]*\bstate\b/)).toEqual(['db/study/members.ts']);
});
