/** What a formation proposes: its groups with their members, and whom it leaves over. */
import type { ExpressionBuilder, Selectable } from 'kysely';
import { z } from 'zod';
import type { Db, Trx } from '../open.ts';
import type { FormationGroupsTable, FormationGroupState, FormationPeopleTable, Schema } from '../schema.ts';

const slugs = z.array(z.string());

/** A group of a formation with who is in it, by id. */
export interface FormationGroup extends Omit<Selectable<FormationGroupsTable>, 'languages'> {
  readonly languages: readonly string[];
  readonly members: readonly string[];
}

type GroupKey = Pick<FormationGroup, 'formation_id' | 'number'>;

export type FormationPerson = Selectable<FormationPeopleTable>;
export type NewFormationPerson = Omit<FormationPerson, 'fell_away' | 'told'>;

/** Rows of one statement: each takes some parameters of it. */
const rowsAtOnce = 400;

/** Stores what a formation proposes. */
export async function insertProposals(
  trx: Trx,
  groups: readonly Omit<FormationGroup, 'members'>[],
  people: readonly NewFormationPerson[],
): Promise<void> {
  for (let at = 0; at < groups.length; at += rowsAtOnce) {
    const some = groups.slice(at, at + rowsAtOnce).map((group) => ({ ...group, languages: JSON.stringify(group.languages) })); // prettier-ignore
    await trx.insertInto('formation_groups').values(some).execute();
  }
  for (let at = 0; at < people.length; at += rowsAtOnce) {
    await trx
      .insertInto('formation_people')
      .values(people.slice(at, at + rowsAtOnce))
      .execute();
  }
}

/** The groups of a formation in one state, by number, with their members. @param only of these numbers; of all when absent. */
export async function listFormationGroups(
  db: Db,
  id: string,
  state: FormationGroupState,
  only?: readonly number[],
): Promise<FormationGroup[]> {
  const groups = db
    .selectFrom('formation_groups')
    .selectAll()
    .where('formation_id', '=', id)
    .where('state', '=', state)
    .orderBy('number');
  const people = db
    .selectFrom('formation_people')
    .select(['number', 'user_id'])
    .where('formation_id', '=', id)
    .where('number', 'is not', null)
    .orderBy('user_id');
  const members = new Map<number, string[]>();
  for (const { number, user_id: userId } of await (only ? people.where('number', 'in', only) : people).execute()) {
    if (number !== null) members.set(number, [...(members.get(number) ?? []), userId]);
  }
  const rows = await (only ? groups.where('number', 'in', only) : groups).execute();
  return rows.map((row) => ({
    ...row,
    languages: slugs.parse(JSON.parse(row.languages)),
    members: members.get(row.number) ?? [],
  }));
}

/** Whom a formation leaves over, by id. */
export async function listLeftOver(
  db: Db,
  id: string,
  only: { readonly told?: 0 | 1; readonly limit: number },
): Promise<FormationPerson[]> {
  const all = db
    .selectFrom('formation_people')
    .selectAll()
    .where('formation_id', '=', id)
    .where('number', 'is', null)
    .orderBy('user_id')
    .orderBy('topic')
    .limit(only.limit);
  return await (only.told === undefined ? all : all.where('told', '=', only.told)).execute();
}

/** How many a formation leaves over, how many of them with a change that would help, and how many were told. */
export async function countLeftOver(
  db: Db,
  id: string,
): Promise<{ readonly all: number; readonly helped: number; readonly told: number }> {
  const rows = await db
    .selectFrom('formation_people')
    .select(['told'])
    .select((is) => [
      is.fn.countAll<number>().as('count'),
      is.fn.sum<number>(is.case().when('changes', '=', '[]').then(0).else(1).end()).as('helped'),
    ])
    .where('formation_id', '=', id)
    .where('number', 'is', null)
    .groupBy('told')
    .orderBy('told')
    .execute();
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    all: sum((row) => row.count),
    helped: sum((row) => row.helped),
    told: sum((row) => (row.told === 1 ? row.count : 0)),
  };
}

type People = ExpressionBuilder<Schema, 'formation_people'>;

/** These people, as far as they are in this group. */
function among({ formation_id, number }: GroupKey, userIds: readonly string[]) {
  return (is: People) => is.and([is.and({ formation_id, number }), is('user_id', 'in', userIds)]);
}

function isLeftOver({ formation_id, user_id, topic }: FormationPerson) {
  return (is: People) => is.and({ formation_id, user_id, topic });
}

/** What has become of a group: what holds for it now, and what it is. */
export async function updateFormationGroup(
  trx: Trx,
  { formation_id: id, number }: GroupKey,
  change: Partial<
    Pick<FormationGroup, 'state' | 'size' | 'group_id' | 'languages' | 'spread' | 'has_enough_days' | 'is_fair'>
  >,
): Promise<void> {
  const { languages, ...rest } = change;
  await trx
    .updateTable('formation_groups')
    .set({ ...rest, ...(languages === undefined ? {} : { languages: JSON.stringify(languages) }) })
    .where('formation_id', '=', id)
    .where('number', '=', number)
    .execute();
}

/** Takes people out of a group of a formation who do not wait any more. */
export async function forgetPeople(trx: Trx, group: GroupKey, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await trx.deleteFrom('formation_people').where(among(group, userIds)).execute();
}

/** Lets people of a group be left over, because it is none any more or they do not fit it. */
export async function loosenPeople(trx: Trx, group: GroupKey, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await trx.updateTable('formation_people').set({ number: null, fell_away: 1 }).where(among(group, userIds)).execute();
}

/** Notes that those left over were told, by their key. */
export async function markTold(trx: Trx, person: FormationPerson): Promise<void> {
  await trx.updateTable('formation_people').set({ told: 1 }).where(isLeftOver(person)).execute();
}

/** Somebody who was left over waits no longer. */
export async function forgetLeftOver(trx: Trx, person: FormationPerson): Promise<void> {
  await trx.deleteFrom('formation_people').where(isLeftOver(person)).execute();
}

/** How many groups of a formation were offered, to how many, and how many fell apart before. */
export async function countOffered(
  db: Db,
  id: string,
): Promise<{ readonly groups: number; readonly people: number; readonly dropped: number }> {
  const states = await db
    .selectFrom('formation_groups')
    .select('state')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('formation_id', '=', id)
    .groupBy('state')
    .orderBy('state')
    .execute();
  const people = await db
    .selectFrom('formation_people')
    .innerJoin('formation_groups', (on) =>
      on
        .onRef('formation_groups.formation_id', '=', 'formation_people.formation_id')
        .onRef('formation_groups.number', '=', 'formation_people.number'),
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('formation_people.formation_id', '=', id)
    .where('formation_groups.state', '=', 'offered')
    .executeTakeFirst();
  const inState = (state: FormationGroupState) => states.find((row) => row.state === state)?.count ?? 0;
  return { groups: inState('offered'), people: people?.count ?? 0, dropped: inState('dropped') };
}

/** How those whom a formation offered a group stand with it, and how the groups do. */
export async function readAnswers(
  db: Db,
  id: string,
): Promise<{
  readonly people: readonly { readonly state: string; readonly why: string | null }[];
  readonly groups: readonly { readonly state: string; readonly why: string | null }[];
}> {
  return {
    people: await db
      .selectFrom('formation_people')
      .innerJoin('formation_groups', (on) =>
        on
          .onRef('formation_groups.formation_id', '=', 'formation_people.formation_id')
          .onRef('formation_groups.number', '=', 'formation_people.number'),
      )
      .innerJoin('group_members', (on) =>
        on
          .onRef('group_members.group_id', '=', 'formation_groups.group_id')
          .onRef('group_members.user_id', '=', 'formation_people.user_id'),
      )
      .select(['group_members.state', 'group_members.left_why as why'])
      .where('formation_people.formation_id', '=', id)
      .orderBy('formation_people.user_id')
      .orderBy('formation_people.topic')
      .execute(),
    groups: await db
      .selectFrom('formation_groups')
      .innerJoin('study_groups', 'study_groups.id', 'formation_groups.group_id')
      .select(['study_groups.state', 'study_groups.closed_why as why'])
      .where('formation_groups.formation_id', '=', id)
      .orderBy('formation_groups.number')
      .execute(),
  };
}

/** Forgets who was proposed for what. */
export async function deleteProposalsOf(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('formation_people').where('formation_id', '=', id).execute();
  await trx.deleteFrom('formation_groups').where('formation_id', '=', id).execute();
}
