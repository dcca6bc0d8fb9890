import SqliteDatabase from 'better-sqlite3';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { cancelRepeating, deleteOldAnnouncements, listScheduledAnnouncements } from '../../src/db/announcements.ts';
import { deleteOldAudit, listAudit } from '../../src/db/audit.ts';
import { deleteOldContents } from '../../src/db/guild-contents.ts';
import { listMembersGoneSince } from '../../src/db/members.ts';
import type { Trx } from '../../src/db/open.ts';
import { listChangedMentors } from '../../src/db/pool.ts';
import { countParticipations, reviseCounts } from '../../src/db/participations.ts';
import { deleteSpentExits, deleteSpentRoleOrders } from '../../src/db/personal-data/ground.ts';
import { listGuildsWithPausesOver } from '../../src/db/profiles.ts';
import { deleteClosedRequests, deleteSettledNotices } from '../../src/db/purge.ts';
import { listAskedInVain, listExpiredRequests, listRequestsToNudge } from '../../src/db/requests.ts';
import { countPairs } from '../../src/db/round-pairs.ts';
import { deleteOldRounds } from '../../src/db/round-personal-data.ts';
import {
  countTold,
  findPart,
  listChangedPairs,
  listMentorsToAsk,
  listPublishable,
  listToTell,
  skipFull,
  skipImpossible,
} from '../../src/db/round-publish.ts';
import { listDatesOfPost, listGuildsForDates } from '../../src/db/date-posts.ts';
import { deleteOldMatchLines, listToAskToHelp } from '../../src/db/match-week.ts';
import { listDecided, listEnded, listFigures, listFiguresDue, listStarted } from '../../src/db/figures.ts';
import { deleteUnusedHours, listHoursOver } from '../../src/db/hours.ts';
import { deleteClosedGroups, listGroupsToKeep, listOpenGroups } from '../../src/db/study/groups.ts';
import { listApplicationsOver } from '../../src/db/study/applications.ts';
import {
  countOffered,
  deleteOldOfficeHours,
  listDueOfficeHours,
  listHelped,
  listOfficeHours,
  listOwnPlaces,
} from '../../src/db/office-hours.ts';
import { deleteOldRooms, listDueRooms, listGuildsForFocus, listOpenRooms } from '../../src/db/study/focus.ts';
import { listPollsOver } from '../../src/db/study/polls.ts';
import {
  deleteOldFormations,
  listGuildsToForm,
  listOldPreviews,
  listPublishingFormations,
  listUncounted,
} from '../../src/db/study/formations.ts';
import { listMembersOver, listOffersToRemind } from '../../src/db/study/members.ts';
import { deleteOldSeekers } from '../../src/db/study/seekers.ts';
import { listDueSessions } from '../../src/db/study/sessions.ts';
import { listRestsOver } from '../../src/db/rests.ts';
import {
  countRoundRequests,
  findOpenRound,
  findPublishing,
  listPublishing,
  listRounds,
  listSilentRounds,
} from '../../src/db/rounds.ts';
import { deleteOldClaimDrafts, deleteOldMisses, listClaimsOpenSince, listOpenClaims } from '../../src/db/claims.ts';
import { deleteOldPutOffs } from '../../src/db/reviews.ts';
import { countDueSchedules, listDueSchedules, listSchedules } from '../../src/db/schedules.ts';
import { deleteOldSlots, listUses } from '../../src/db/slots.ts';
import {
  findLivePairByThread,
  listCardsToLookAt,
  listGuildsToSweep,
  listMembersToLookFor,
  listMembersToMiss,
  listPairsToLookAt,
} from '../../src/db/sweep.ts';
import { onPostgres } from '../support/postgres/database.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { findCrosspostPlace, isHeldUp } from '../../src/db/notices/lookups.ts';
import { claimNotices, findNextDue, findOldestOwed } from '../../src/db/notices/claims.ts';
import { listUnheardAlerts } from '../../src/db/notices/alerts.ts';
import { insertNotice } from '../../src/db/notices/write.ts';

afterEach(() => vi.restoreAllMocks());

const at = '2026-11-23T12:00:00.000Z';
const part = { roundId: '1', menteeIds: ['1', '2'] };

/** Whether anything is due, whose, which of theirs, and the claim itself. */
const claimed = ['notices_owed', 'notices_by_turn', 'notices_by_turn', 'sqlite_autoindex_notices_1'];

/**
 * Everything that each heartbeat asks of the database (and the longest list that people ask for), and the index that it must
 * be answered from: one for all of its statements, or one for each.
 */
const queries = {
  claimNotices: [claimed, (db) => claimNotices(db, at, at, 50)],
  findNextDue: ['notices_owed', (db) => findNextDue(db, at)],
  findOldestOwed: ['notices_owed', (db) => findOldestOwed(db, at)],
  'claimNotices of bulk': [claimed, (db) => claimNotices(db, at, at, 50, 'bulk')],
  'findNextDue of bulk': ['notices_owed', (db) => findNextDue(db, at, 'bulk')],
  'findOldestOwed of bulk': ['notices_owed', (db) => findOldestOwed(db, at, 'bulk')],
  findCrosspostPlace: ['notices_crossposts', (db) => findCrosspostPlace(db, testGuildId, at, 10)],
  listToAskToHelp: ['journeys_behind', (db) => listToAskToHelp(db, at, 10)],
  listGuildsForFocus: ['guilds_focus', (db) => listGuildsForFocus(db, at, 50)],
  listGuildsForDates: ['guilds_dates', (db) => listGuildsForDates(db, at, 50)],
  listDatesOfPost: ['date_posts_of', (db) => listDatesOfPost(db, 'post')],
  deleteOldMatchLines: ['match_lines_age', (db) => deleteOldMatchLines(db, at, 10)],
  listClaimsOpenSince: ['claims_age', (db) => listClaimsOpenSince(db, at, 50)],
  listOpenClaims: ['claims_of', (db) => listOpenClaims(db, testGuildId, 50)],
  deleteOldClaimDrafts: ['claim_drafts_age', (db) => deleteOldClaimDrafts(db, at, 50)],
  deleteOldMisses: ['guide_misses_age', (db) => deleteOldMisses(db, at, 50)],
  deleteOldPutOffs: ['put_offs_age', (db) => deleteOldPutOffs(db, at, 50)],
  listDueSchedules: ['schedules_due', (db) => listDueSchedules(db, at, 500)],
  countDueSchedules: ['schedules_due', (db) => countDueSchedules(db, at)],
  listUses: ['slots_content_once', (db) => listUses(db, testGuildId, 'tip')],
  deleteOldSlots: ['slots_by_age', (db) => deleteOldSlots(db, at, 50)],
  deleteOldContents: ['guild_contents_by_age', (db) => deleteOldContents(db, { drafts: at, declined: at }, 50)],
  deleteSpentRoleOrders: ['notices_spent_roles', (db) => deleteSpentRoleOrders(db)],
  deleteSpentExits: ['notices_spent_exits', (db) => deleteSpentExits(db)],
  listRestsOver: ['rests_until', (db) => listRestsOver(db, at, 50)],
  listHoursOver: ['hours_over', (db) => listHoursOver(db, at, 50)],
  deleteUnusedHours: ['hours_unused', (db) => deleteUnusedHours(db, at, 50)],
  deleteSettledNotices: ['notices_by_age', (db) => deleteSettledNotices(db, at, 50)],
  deleteClosedRequests: ['requests_closed', (db) => deleteClosedRequests(db, at, 50)],
  deleteOldAudit: ['audit_by_age', (db) => deleteOldAudit(db, at, 50)],
  deleteOldAnnouncements: ['announcements_by_age', (db) => deleteOldAnnouncements(db, { before: at, drafts: at }, 50)],
  listAudit: ['audit_by_guild', (db) => listAudit(db, testGuildId, {}, { offset: 0, limit: 10 })],
  listAskedInVain: ['requests_expiring', (db) => listAskedInVain(db, undefined, 500)],
  listExpiredRequests: ['requests_expiring', (db) => listExpiredRequests(db, at, 50)],
  listRequestsToNudge: [
    'requests_expiring',
    (db) => listRequestsToNudge(db, at, { sentBefore: at, expiringBefore: at }, 50),
  ],
  listSilentRounds: ['rounds_computing', (db) => listSilentRounds(db, at)],
  deleteOldRounds: ['rounds_closed', (db) => deleteOldRounds(db, { proposals: at, rounds: at }, 50)],
  findOpenRound: ['rounds_by_guild', (db) => findOpenRound(db, testGuildId)],
  listRounds: ['rounds_by_guild', (db) => listRounds(db, testGuildId, 10)],
  countRoundRequests: ['requests_by_round', (db) => countRoundRequests(db, ['1', '2'])],
  countPairs: ['sqlite_autoindex_round_pairs_1', (db) => countPairs(db, '1')],
  listToTell: ['notices_by_user', (db) => inTrx(db, (trx) => listToTell(trx, '1', at))],
  skipImpossible: [
    'sqlite_autoindex_round_pairs_1',
    (db) => inTrx(db, (trx) => skipImpossible(trx, part, { since: at, at })),
  ],
  listPublishable: ['sqlite_autoindex_round_pairs_1', (db) => inTrx(db, (trx) => listPublishable(trx, part))],
  listChangedPairs: ['sqlite_autoindex_profiles_2', (db) => inTrx(db, (trx) => listChangedPairs(trx, part, at))],
  skipFull: ['sqlite_autoindex_round_pairs_1', (db) => inTrx(db, (trx) => skipFull(trx, part))],
  listMentorsToAsk: ['sqlite_autoindex_round_pairs_1', (db) => listMentorsToAsk(db, '1')],
  findPart: [
    'round_pairs_by_mentor',
    (db) => inTrx(db, (trx) => findPart(trx, { guildId: testGuildId, roundId: '1' }, ['1', '2'])),
  ],
  countTold: ['notices_by_subject', (db) => inTrx(db, (trx) => countTold(trx, testGuildId, '1'))],
  listUnheardAlerts: ['notices_alerts', (db) => listUnheardAlerts(db, testGuildId)],
  isHeldUp: ['notices_by_subject', (db) => isHeldUp(db, '1', 'mentorship-thread')],
  findPublishing: ['rounds_publishing', (db) => findPublishing(db, testGuildId)],
  listPublishing: ['rounds_publishing', (db) => listPublishing(db)],
  listSchedules: ['schedules_by_guild', (db) => listSchedules(db, testGuildId)],
  countParticipations: ['sqlite_autoindex_participations_1', (db) => countParticipations(db, '1')],
  reviseCounts: ['notices_by_subject', (db) => inTrx(db, (trx) => reviseCounts(trx, ['1'], at))],
  listScheduledAnnouncements: ['announcements_by_guild', (db) => listScheduledAnnouncements(db, testGuildId)],
  cancelRepeating: ['announcements_by_schedule', (db) => inTrx(db, (trx) => cancelRepeating(trx, '1', at))],
  listChangedMentors: ['profiles_by_pool_version', (db) => listChangedMentors(db, testGuildId, 7)],
  listGuildsWithPausesOver: ['profiles_pause_end', (db) => listGuildsWithPausesOver(db, at, 100)],
  listMembersGoneSince: ['members_gone', (db) => listMembersGoneSince(db, at, 50)],
  listMembersToLookFor: [
    'members_unseen',
    (db) => listMembersToLookFor(db, testGuildId, { pairedSince: at, othersSince: at }, 50),
  ],
  listMembersToMiss: ['members_missing', (db) => listMembersToMiss(db, testGuildId, at, 50)],
  listPairsToLookAt: ['mentorships_unlooked', (db) => listPairsToLookAt(db, testGuildId, at, 50)],
  listCardsToLookAt: ['notices_by_subject', (db) => listCardsToLookAt(db, testGuildId, at, 50)],
  listGuildsToSweep: ['guilds_sweep', (db) => listGuildsToSweep(db, at, 50)],
  listFiguresDue: ['guilds_figures', (db) => listFiguresDue(db, at, 50)],
  listDecided: ['requests_decided', (db) => listDecided(db, testGuildId, 'accepted', { from: at, to: at })],
  listStarted: ['mentorships_started', (db) => listStarted(db, testGuildId, { from: at, to: at })],
  listEnded: ['mentorships_started', (db) => listEnded(db, testGuildId, ['faded'], { from: at, to: at })],
  listFigures: ['sqlite_autoindex_figures_1', (db) => listFigures(db, testGuildId)],
  listGroupsToKeep: [
    'study_groups_live',
    (db) => listGroupsToKeep(db, { now: at, lookedBefore: at, askedBefore: at }, 100),
  ],
  listOpenGroups: [
    'study_groups_live',
    (db) => listOpenGroups(db, testGuildId, { kind: 'exam', topic: 'step-1', place: '' }, 50),
  ],
  listDueOfficeHours: ['office_hours_due', (db) => listDueOfficeHours(db, at, 50)],
  listOfficeHours: ['office_hours_guild', (db) => listOfficeHours(db, testGuildId)],
  countOffered: ['office_hours_mentor', (db) => countOffered(db, { guildId: testGuildId, userId: '1' }, at)],
  listOwnPlaces: ['office_people_person', (db) => listOwnPlaces(db, { guildId: testGuildId, userId: '1' })],
  listHelped: ['office_hours_held', (db) => listHelped(db, testGuildId, { from: at, to: at })],
  deleteOldOfficeHours: ['office_hours_closed', (db) => deleteOldOfficeHours(db, { words: at, all: at }, 50)],
  listDueRooms: ['focus_rooms_open', (db) => listDueRooms(db, at, 50)],
  listOpenRooms: ['focus_rooms_guild', (db) => listOpenRooms(db, testGuildId)],
  deleteOldRooms: ['focus_rooms_ended', (db) => deleteOldRooms(db, at, 50)],
  listPollsOver: ['group_polls_open', (db) => listPollsOver(db, at, 50)],
  listApplicationsOver: ['group_applications_until', (db) => listApplicationsOver(db, at, 50)],
  deleteClosedGroups: ['study_groups_closed', (db) => deleteClosedGroups(db, at, 50)],
  listOffersToRemind: ['group_members_until', (db) => listOffersToRemind(db, { now: at, before: at }, 50)],
  listPublishingFormations: ['formations_publishing', (db) => listPublishingFormations(db)],
  listGuildsToForm: ['guilds_forming', (db) => listGuildsToForm(db, at, 50)],
  listOldPreviews: ['formations_previews', (db) => listOldPreviews(db, at, 50)],
  listUncounted: ['formations_answers', (db) => listUncounted(db, at, 50)],
  deleteOldFormations: ['formations_age', (db) => deleteOldFormations(db, at, 50)],
  listMembersOver: ['group_members_until', (db) => listMembersOver(db, at, 50)],
  listDueSessions: ['group_sessions_open', (db) => listDueSessions(db, at, 50)],
  deleteOldSeekers: ['seekers_old', (db) => deleteOldSeekers(db, at, 50)],
  findLivePairByThread: ['mentorships_by_thread', (db) => findLivePairByThread(db, testGuildId, '1')],
} satisfies Record<string, [string | string[], (db: TestContext['db']) => Promise<unknown>]>;

function inTrx<T>(db: TestContext['db'], work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work);
}

/** Tables that may have many rows. A whole table is gone through only where it is the small list to look things up in. */
const large =
  /(members|profiles|requests|notices|rounds|round_\w+|announcements|audit|slots|guild_contents|participations)/;

/** The statements that this work asks the database. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const asked = onPostgres ? vi.spyOn(Client.prototype, 'query') : vi.spyOn(SqliteDatabase.prototype, 'prepare');
  await work();
  return asked.mock.calls.map(([statement]) => statement).filter((one) => !/^(begin|commit)|pg_try_advisory/.test(one));
}

async function planOf(db: TestContext['db'], statement: string): Promise<string> {
  const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(statement.replaceAll('?', "''"))}`.execute(db); // prettier-ignore
  return rows.map(({ detail }) => detail).join('\n');
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/**
 * The steps of PostgreSQL's plan that read a large table, or a whole index of one. Which of several indexes it takes
 * depends on what is in the tables, so none is named; one over some rows only is read whole where that is all it has.
 */
async function stepsOverAll(db: TestContext['db'], statement: string): Promise<string[]> {
  return await db.connection().execute(async (connection) => {
    const partial = await sql<{ name: string }>`select indexrelid::regclass::text as name from pg_index where indpred is not null`.execute(connection); // prettier-ignore
    const ofSome = new Set(partial.rows.map(({ name }) => name));
    // With few rows in a table an index is never worth it; so is seen whether there is one that fits.
    await sql`set enable_seqscan = off`.execute(connection);
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>`explain (generic_plan, format json) ${sql.raw(statement)}`.execute(connection); // prettier-ignore
    await sql`reset enable_seqscan`.execute(connection);
    const steps: PlanNode[] = rows.map((row) => row['QUERY PLAN'][0].Plan);
    for (const step of steps) steps.push(...(step.Plans ?? []));
    return steps
      .filter((step) => {
        const [table, index] = [step['Relation Name'], step['Index Name']];
        if (table !== undefined && !large.test(table)) return false;
        if (index === undefined) return step['Node Type'] === 'Seq Scan';
        return step['Index Cond'] === undefined && !ofSome.has(index);
      })
      .map((step) => `${step['Node Type']} ${step['Relation Name'] ?? ''} ${step['Index Name'] ?? ''}`);
  });
}

test.each(Object.entries(queries))('%s asks an index, however many rows there are', async (_name, [index, run]) => {
  const ctx = await openTestContext();
  const { db } = ctx;
  const due = { guildId: testGuildId, kind: 'mentorship-thread', userId: '1', dueAt: at } as const;
  await inTrx(db, async (trx) => {
    await insertNotice(trx, ctx, due);
    await insertNotice(trx, { ...ctx, bulk: true }, due);
  });
  const statements = await statementsOf(() => run(db));
  expect(statements).not.toEqual([]);
  if (Array.isArray(index) && !onPostgres) expect(statements).toHaveLength(index.length);
  for (const [n, statement] of statements.entries()) {
    if (onPostgres) {
      expect(await stepsOverAll(db, statement), statement).toEqual([]);
      continue;
    }
    const plan = await planOf(db, statement);
    expect(plan).toContain(`INDEX ${Array.isArray(index) ? index[n] : index}`);
    expect(plan).not.toMatch(new RegExp(`SCAN ${large.source}(?! USING)`));
  }
  await db.destroy();
});
