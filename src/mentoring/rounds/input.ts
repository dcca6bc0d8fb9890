import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Guild } from '../../db/guilds.ts';
import { tallyMentorships } from '../../db/mentorships.ts';
import type { Db } from '../../db/open.ts';
import { listMentors } from '../../db/profiles.ts';
import { countRequestsByMentor } from '../../db/requests.ts';
import { countPendingByMentor, listAllRelations, listWaitingMentees } from '../../db/round-input.ts';
import { listWishes } from '../../db/round-pairs.ts';
import type { Round } from '../../db/rounds.ts';
import type { Mentor, RelationLists, RoundInput, RoundMentee } from '../../matching/index.ts';
import { epochMs, type Instant, later } from '../../time.ts';
import { catalogue, menteeOf, mentorOf, latelyDays } from '../matchable.ts';
import { askAgainDays, rulesOf } from '../requests/rules.ts';
import { listSelectingNow } from '../season.ts';

/** How many people are read at a time; in between the program turns to whoever waits. */
const perTurn = 500;

/**
 * Reads what a round is computed from. Whatever changes while it is read or computed is seen again when it is published.
 * @param at decides the zones' offsets, and what counts as lately.
 */
export async function readRoundInput(db: Db, guild: Guild, round: Round, at: Instant): Promise<RoundInput> {
  const mentors = await readMentors(db, guild.id, at);
  const wishes = await listWishes(db, round.id);
  const mentees = await readMentees(db, guild.id, at);
  const present = new Set([...mentees.map(({ mentee }) => mentee.id), ...mentors.map(({ id }) => id)]);
  // Ignore wishes about people who left or stopped waiting.
  const pairs = (kind: 'pinned' | 'forbidden') =>
    wishes
      .filter((wish) => wish.kind === kind && present.has(wish.mentee_id) && present.has(wish.mentor_id))
      .map((wish): RoundInput['pinned'][number] => [wish.mentee_id, wish.mentor_id]);
  return {
    mentees,
    mentors,
    rules: rulesOf(guild),
    catalogue,
    pinned: pairs('pinned'),
    forbidden: pairs('forbidden'),
    floor: round.floor,
  };
}

/**
 * A guild's mentors as a round sees them: a place for which a mentor is being asked just now is not free, or two people
 * would be sent to the same one.
 */
export async function readMentors(db: Db, guildId: string, at: Instant): Promise<Mentor[]> {
  const tallies = await tallyMentorships(db, guildId);
  const pending = await countPendingByMentor(db, guildId);
  const lately = await countRequestsByMentor(db, guildId, later(at, { days: -latelyDays }));
  const mentors: Mentor[] = [];
  for (let after = ''; ; await nextTurn()) {
    const part = await listMentors(db, guildId, after, perTurn);
    for (const profile of part) {
      const tally = tallies.get(profile.user_id);
      const load = {
        mentees: (tally?.mentees ?? 0) + (pending.get(profile.user_id) ?? 0),
        requestsLately: lately.get(profile.user_id) ?? 0,
        waitingSince: epochMs(tally?.lastStartedAt ?? profile.created_at),
      };
      mentors.push(mentorOf(profile, load, epochMs(at)));
    }
    const last = part.at(-1);
    if (!last || part.length < perTurn) return mentors;
    after = last.id;
  }
}

async function readMentees(db: Db, guildId: string, at: Instant): Promise<RoundMentee[]> {
  const relations = await readRelations(db, guildId, at);
  const selecting = await listSelectingNow(db, guildId, at);
  const mentees: RoundMentee[] = [];
  for (let after = ''; ; await nextTurn()) {
    const part = await listWaitingMentees(db, guildId, after, perTurn);
    for (const profile of part) {
      mentees.push({
        mentee: menteeOf(profile, profile, epochMs(at)),
        waitingSince: epochMs(profile.waiting_since),
        relations: withoutSelecting(relations(profile.user_id), profile, selecting),
      });
    }
    const last = part.at(-1);
    if (!last || part.length < perTurn) return mentees;
    after = last.user_id;
  }
}

/** In the season, mentors who help to choose residents count as asked already, unless the mentee does not mind. */
function withoutSelecting(
  relations: RelationLists,
  { selectors_ok: isOk }: { readonly selectors_ok: 0 | 1 },
  selecting: readonly string[],
): RelationLists {
  if (selecting.length === 0 || isOk === 1) return relations;
  return { ...relations, asked: relations.asked.length === 0 ? selecting : [...relations.asked, ...selecting] };
}

/** What lies between a mentee and mentors, for everybody in a guild. */
async function readRelations(db: Db, guildId: string, at: Instant): Promise<(menteeId: string) => RelationLists> {
  const byMentee = new Map<string, Record<keyof RelationLists, string[]>>();
  const of = (userId: string) => {
    let lists = byMentee.get(userId);
    if (!lists) byMentee.set(userId, (lists = { blocked: [], badFit: [], ownMentees: [], asked: [] }));
    return lists;
  };
  const lately = { since: later(at, { days: -askAgainDays }), at };
  for (const { kind, one, other } of await listAllRelations(db, guildId, lately)) {
    if (kind === 'asked' || kind === 'own-mentee') {
      of(one)[kind === 'asked' ? 'asked' : 'ownMentees'].push(other);
      continue;
    }
    // It does not matter who blocked whom, or who was the mentor.
    const list = kind === 'blocked' ? 'blocked' : 'badFit';
    of(one)[list].push(other);
    of(other)[list].push(one);
  }
  const nothing: RelationLists = { blocked: [], badFit: [], ownMentees: [], asked: [] };
  return (menteeId) => byMentee.get(menteeId) ?? nothing;
}
