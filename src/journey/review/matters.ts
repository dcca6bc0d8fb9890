/** The moderators' week: what waits for somebody to look at a page, worst harm first. */
import {
  addDays,
  type Factual,
  guideById,
  itemById,
  journey as content,
  type KnownDate,
  sourceById,
} from '../../content/journey.ts';
import { isLeftOut, readAgain } from '../../content/checks.ts';
import { type Prompt, prompts, type Tip, tips } from '../../content/library.ts';
import { listOpenClaims } from '../../db/claims.ts';
import { type DateProposal, type GuildDate, listGuildDates, listProposals } from '../../db/dates.ts';
import { listGuildAnswers } from '../../db/guild-answers.ts';
import { listGuildContents } from '../../db/guild-contents.ts';
import type { Db } from '../../db/open.ts';
import { type FactCheck, listFactChecks, listPutOffs, type PutOff } from '../../db/reviews.ts';
import type { Acting } from '../../guild/acting.ts';
import { type Instant, later } from '../../time.ts';
import { aloneAfterHours, secondWithinHours } from '../dates/confirm.ts';
import { endOf } from '../dates/stated.ts';
import { valueOf } from '../dates/view.ts';
import { reviewLimits } from './limits.ts';

/** What a matter is about; each is an id of its own table or file. */
const matterKinds = ['proposal', 'date', 'guide', 'item', 'answer', 'tip', 'prompt', 'claim', 'suggestion'] as const;
type MatterKind = (typeof matterKinds)[number];

/** How much harm it does when it is wrong: a date within a month, a visa, money, the rest. */
type Harm = 0 | 1 | 2 | 3;
const harms = { date: 0, visa: 1, money: 2, rest: 3 } as const satisfies Record<string, Harm>;

/** Something that waits for a moderator. */
export interface Matter {
  readonly kind: MatterKind;
  readonly id: string;
  readonly harm: Harm;
  /** Whether it is of the first kinds, and not of the rest. */
  readonly isHarmful: boolean;
  /** The day or moment since which, or by which, it waits. */
  readonly since: string;
  /** Changes with whatever a card says of it: a press means what was read. */
  readonly version: string;
  /** The page's address, where there is one. */
  readonly page: string | undefined;
}

type Found = Omit<Matter, 'isHarmful'>;

/** Who looks, and whether nobody else could. */
export interface Reviewer extends Acting {
  readonly isAlone: boolean;
}

/** Claims and suggestions that are looked at at once; the others follow as these are done. */
const atOnce = 100;

/** Everything that waits for this moderator, in the order in which it should be looked at. */
export async function listMatters(db: Db, who: Reviewer, now: Instant): Promise<readonly Matter[]> {
  const { guildId } = who;
  const known: Known = {
    proposals: await listProposals(db, guildId),
    dates: new Map((await listGuildDates(db, guildId)).map((row) => [row.date_id, row])),
    checks: new Map((await listFactChecks(db, [guildId])).map((check) => [check.fact, check])),
    answers: await listGuildAnswers(db, guildId),
  };
  const claims = await listOpenClaims(db, guildId, atOnce);
  const suggested = await listGuildContents(db, { guildId, state: 'suggested' }, { offset: 0, limit: atOnce });
  const putOffs = await listPutOffs(db, guildId);
  const matters: Found[] = [
    ...proposalMatters(known, who, now),
    ...dateMatters(known, now),
    ...factMatters(known, now),
    ...answerMatters(known, now),
    ...entryMatters(known, now),
    ...claims.map(({ id, kind, created_at: since, asked }) => ({
      kind: 'claim' as const,
      id,
      harm: kind === 'visa' ? harms.visa : kind === 'fee' || kind === 'helper' ? harms.money : harms.rest,
      since,
      version: String(asked),
      page: undefined,
    })),
    ...suggested.map(({ id, created_at: since, updated_at: version }) => ({
      kind: 'suggestion' as const,
      id,
      harm: harms.rest,
      since,
      version,
      page: undefined,
    })),
  ];
  return matters
    .filter((matter) => !isPutOff(matter, who, putOffs, now))
    .map((matter) => ({ ...matter, isHarmful: matter.harm < harms.rest, version: short(matter.version) }))
    .toSorted(byHarm);
}

function byHarm(a: Matter, b: Matter): number {
  const [keyA, keyB] = [a, b].map(({ harm, since, page = '', kind, id }) => [harm, since.slice(0, 10), page, kind, id].join('|')); // prettier-ignore
  return (keyA ?? '') < (keyB ?? '') ? -1 : 1;
}

interface Known {
  readonly proposals: readonly DateProposal[];
  readonly dates: ReadonlyMap<string, GuildDate>;
  readonly checks: ReadonlyMap<string, FactCheck>;
  readonly answers: Awaited<ReturnType<typeof listGuildAnswers>>;
}

const isNear = (day: string, today: string): boolean => day <= addDays(today, reviewLimits.near);
const isAlive = ({ created_at: at }: DateProposal, now: Instant): boolean =>
  now <= later(at, { hours: secondWithinHours });

function proposalMatters({ proposals, dates }: Known, { userId, isAlone }: Reviewer, now: Instant): Found[] {
  return proposals.flatMap((proposal) => {
    const { date_id: id, by_id: by, created_at: since, source: page } = proposal;
    if (!isAlive(proposal, now)) return [];
    // One's own reading is for another moderator; where there is none, for oneself on the next day.
    if (by === userId && !(isAlone && now >= later(since, { hours: aloneAfterHours }))) return [];
    const day = proposal.day ?? dates.get(id)?.day;
    const harm = day !== undefined && isNear(day, now.slice(0, 10)) ? harms.date : harms.rest;
    const value = proposal.day === null ? proposal.act : valueOf({ ...proposal, day: proposal.day });
    return [{ kind: 'proposal' as const, id, harm, since, version: `${value} ${since}`, page }];
  });
}

function dateMatters({ proposals, dates }: Known, now: Instant): Found[] {
  const today = now.slice(0, 10);
  const waiting = new Set(proposals.filter((each) => isAlive(each, now)).map(({ date_id: id }) => id));
  return content().dates.flatMap((known) => {
    if (waiting.has(known.id)) return [];
    const row = dates.get(known.id);
    return row ? lookAgain(row, now, today) : readFirst(known, today);
  });
}

/** An announced date whose last look was long ago. */
function lookAgain(row: GuildDate, now: Instant, today: string): Found[] {
  if (row.state === 'withdrawn' || endOf(row) <= now || row.checked === today) return [];
  if (addDays(row.review_by, -reviewLimits.dateLead) > today) return [];
  const harm = isNear(row.day, today) ? harms.date : harms.rest;
  const version = `${row.sequence} ${row.checked}`;
  return [{ kind: 'date', id: row.date_id, harm, since: row.review_by, version, page: row.source }];
}

/** An expected date that somebody could announce. */
function readFirst(known: KnownDate, today: string): Found[] {
  const page = sourceById().get(known.source)?.url;
  const matter = { kind: 'date' as const, id: known.id, version: 'expected', page };
  if (known.day === undefined) {
    return known.cycle === cycleOf(today) ? [{ ...matter, harm: harms.rest, since: known.checked }] : [];
  }
  if (known.day <= today || addDays(known.day, -reviewLimits.expectedLead) > today) return [];
  return [{ ...matter, harm: isNear(known.day, today) ? harms.date : harms.rest, since: known.day }];
}

/** The Match year that is going on: 2027 from July 2026 on. */
function cycleOf(today: string): number {
  return Number(today.slice(0, 4)) + (today.slice(5, 7) >= '07' ? 1 : 0);
}

const harmOf = (kind: Factual['kind']): Harm =>
  kind === 'visa' ? harms.visa : kind === 'fee' ? harms.money : harms.rest;

function factMatters({ checks, answers }: Known, now: Instant): Found[] {
  const today = now.slice(0, 10);
  const instead = new Set(answers.map(({ about }) => about));
  const facts = [
    ...[...guideById().values()].map((entry) => ['guide', entry] as const),
    ...[...itemById().values()].map((item) => ['item', item] as const),
  ];
  return facts.flatMap(([kind, fact]) => {
    const key = `${kind} ${fact.id}`;
    const until = [fact.review_by, checks.get(key)?.review_by]
      .filter((day) => day !== undefined)
      .toSorted()
      .at(-1);
    if (fact.kind === 'advice' || until === undefined || instead.has(key)) return [];
    if (addDays(until, -reviewLimits.factLead) > today) return [];
    const page = sourceById().get(fact.source ?? '')?.url;
    return [{ kind, id: fact.id, harm: harmOf(fact.kind), since: until, version: until, page }];
  });
}

function answerMatters({ answers }: Known, now: Instant): Found[] {
  const today = now.slice(0, 10);
  return answers.flatMap(({ id, kind, review_by: until, link, changed_at: changed }) => {
    if (until === null || addDays(until, -reviewLimits.factLead) > today) return [];
    const version = `${until} ${changed}`;
    return [{ kind: 'answer' as const, id, harm: harmOf(kind), since: until, version, page: link ?? undefined }];
  });
}

/** Tips and prompts of the library that state a fact: what has no source states none. */
function entryMatters({ checks }: Known, now: Instant): Found[] {
  const today = now.slice(0, 10);
  const entries = [
    ...tips().map((tip) => ['tip', tip] as const),
    ...prompts().map((prompt) => ['prompt', prompt] as const),
  ];
  return entries.flatMap(([kind, entry]) => {
    const check = checks.get(`${kind} ${entry.id}`);
    const until = readAgain<Tip | Prompt>(entry, check).review_by;
    if (until === undefined || isLeftOut(entry, check)) return [];
    if (addDays(until, -reviewLimits.factLead) > today) return [];
    return [{ kind, id: entry.id, harm: harms.rest, since: until, version: until, page: entry.source?.url }];
  });
}

/** What a matter is called where it is put off. */
export const matterKey = ({ kind, id }: Pick<Matter, 'kind' | 'id'>): string => `${kind} ${id}`;

function isPutOff(matter: Found, { userId, isAlone }: Reviewer, putOffs: readonly PutOff[], now: Instant): boolean {
  return putOffs.some(({ matter: key, user_id: whose, times, until }) => {
    if (key !== matterKey(matter) || (whose !== userId && whose !== '')) return false;
    if (until > now) return true;
    // What one of them put off three times goes to another, where there is another.
    const isHandedOn = whose === userId && times >= reviewLimits.putOffs && !isAlone;
    return isHandedOn && now < later(until, { days: reviewLimits.handedOnFor });
  });
}

/** A few characters that stand for a longer text: they fit behind a button. */
function short(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
