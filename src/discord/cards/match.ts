/** Cards of Match Week: the word for everybody on Sunday, and what each is answered privately. */
import { ButtonStyle } from 'discord.js';
import { guideById, journey as content, seriesOf } from '../../content/journey.ts';
import type { GuildDate } from '../../db/dates.ts';
import type { Guild } from '../../db/guilds.ts';
import { momentOf } from '../../journey/dates/stated.ts';
import { showDate, type ShownDate } from '../../journey/dates/view.ts';
import { freshnessOf } from '../../journey/freshness.ts';
import type { MatchPhase } from '../../journey/match/phase.ts';
import { stamp } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';
import type { Instant } from '../../time.ts';
import { button, row } from '../buttons.ts';
import { embed, post } from '../embeds.ts';
import { keys } from '../keys.ts';
import type { Card } from '../replies.ts';
import { pageOfDate, whenText } from './date.ts';
import { dayStamp, pageLink } from './fact.ts';
import { entriesText } from './guide.ts';

/** The days of Match Week that everybody waits for, and those of SOAP. */
const days = { all: ['match-monday', 'match-day'], soap: ['soap-review', 'soap-offers', 'soap-ends'] } as const;
/** What the guide says of SOAP to somebody who asks at the worst moment: who may, how, and what nobody may do. */
const soapEntries = ['soap-who', 'soap-how', 'soap-call'] as const;

/** What a card is made from: the reader's texts, the year, what moderators read of its dates, and the moment. */
export interface MatchScene {
  readonly t: Texts;
  readonly year: number;
  readonly rows: readonly GuildDate[];
  readonly now: Instant;
}

/** One line for each date, and below all of them where they were read, or that nobody here has. */
function datesOf({ t, year, rows, now }: MatchScene, which: keyof typeof days): string {
  const text = t.match.word;
  const shown = content()
    .dates.filter(({ id, cycle }) => cycle === year && days[which].some((series) => series === seriesOf(id)))
    .map((date) => showDate(date, rows.filter(({ date_id: of }) => of === date.id), now)); // prettier-ignore
  if (shown.length === 0) return text.noDates(pageLink('nrmp-calendars'));
  const isRead = ({ standing, isStale }: ShownDate) => standing !== 'expected' && standing !== 'withdrawn' && !isStale;
  const lines = shown.map((date) => {
    const { known, stated } = date;
    if (date.standing === 'withdrawn') return text.date(known.title, t.deadlines.withdrawn(pageOfDate(date), dayStamp(date.checked))); // prettier-ignore
    if (stated && isRead(date)) return text.date(known.title, whenText(t, stated));
    return text.expected(known.title, known.pattern, stated ? whenShort(stated) : '');
  });
  const [first] = shown;
  const page = first ? pageOfDate(first) : '';
  const note = shown.every(isRead) ? text.read(page, dayStamp(first?.checked ?? now.slice(0, 10))) : text.unread(page);
  return [...lines, `-# ${note}`].join('\n');
}

/** A reported day, short: its moment in the reader's clock. */
function whenShort(stated: NonNullable<ShownDate['stated']>): string {
  const at = stated.at ?? momentOf(stated);
  return at === undefined ? dayStamp(stated.day) : stamp(at, 'f');
}

/** The word on Sunday. @param guild with what it chose of the week. */
export function wordCard(scene: MatchScene, guild: Pick<Guild, 'match_week' | 'match_share'>): Card {
  const text = scene.t.match.word;
  const part = (heading: string, body: string) => `**${heading}**\n${body}`;
  const body = [
    guild.match_week === 1 ? text.quiet : text.loud,
    part(text.whenHeading, datesOf(scene, 'all')),
    part(text.joyHeading, guild.match_share === 1 ? text.joy : text.joyElsewhere),
    part(text.hardHeading, text.hard),
  ].join('\n\n');
  return post(scene.t, text.title(scene.year), body, {
    components: [row(button([keys.match.open], text.open), supportButton(scene.t))],
  });
}

/** A member's line, in their words. @param line escaped. */
export function lineCard(t: Texts, who: string, line: string): Card {
  return { embeds: [embed(t, t.match.lineTitle, t.match.line(who, line))] };
}

const supportButton = (t: Texts) => button([keys.support.show], t.support.button);

/** What somebody sees first: what comes when, and, once everybody has their message, the three answers. */
export function matchCard(scene: MatchScene, phase: MatchPhase, shares: boolean): Card {
  const text = scene.t.match;
  const { buttons } = text;
  const knows = phase === 'whether' || phase === 'where';
  const body = [
    knows ? text.ask : phase === 'before' ? text.before : text.away,
    ...(knows ? [] : [datesOf(scene, 'all')]),
    text.privately,
  ].join('\n\n');
  const answers = [
    button([keys.match.said, 'matched'], buttons.matched),
    button([keys.match.said, 'not'], buttons.not),
    button([keys.match.said, 'unsaid'], buttons.unsaid),
  ];
  const others = [...(phase === 'where' && shares ? [button([keys.match.takeBack], buttons.takeBack)] : []), supportButton(scene.t)]; // prettier-ignore
  return {
    embeds: [embed(scene.t, text.title(scene.year), body)],
    components: [...(knows ? [row(...answers)] : []), row(...others)],
  };
}

/** What somebody is answered, by what they pressed. */
export const answersToMatch = ['matched', 'not', 'unsaid'] as const;
type AnswerToMatch = (typeof answersToMatch)[number];

/**
 * The answer to a press.
 * @param reader `stage` of their road, undefined where they have none; `shares`: whether they can share a line here.
 */
export function answeredCard(
  scene: MatchScene,
  said: AnswerToMatch,
  phase: MatchPhase,
  reader: { readonly stage: string | undefined; readonly shares: boolean },
): Card {
  const { t } = scene;
  const text = t.match;
  const isOver = phase === 'where';
  const stage = said === 'matched' ? 'matched' : 'reapplying';
  const offersStage = said !== 'unsaid' && reader.stage !== undefined && reader.stage !== stage && (said === 'matched' || isOver); // prettier-ignore
  const first = [
    ...(said === 'matched' && isOver && reader.shares
      ? [button([keys.match.share], text.buttons.share, ButtonStyle.Success)]
      : []),
    ...(offersStage ? [button([keys.match.stage, stage], text.buttons.stage[stage])] : []),
    ...(reader.stage === undefined ? [] : [button([keys.roadmap.door], text.buttons.road)]),
    supportButton(t),
    button([keys.match.back], text.buttons.back),
  ];
  return {
    embeds: [embed(t, text[said].title, bodyOf(scene, said, isOver, reader.shares))],
    components: [row(...first)],
  };
}

function bodyOf(scene: MatchScene, said: AnswerToMatch, isOver: boolean, shares: boolean): string {
  const text = scene.t.match;
  if (said === 'unsaid') return text.unsaid.body;
  if (said === 'matched') {
    const now = isOver ? (shares ? [text.matched.where] : []) : [text.matched.whether];
    return [text.matched.body, ...now, text.matched.next].join('\n\n');
  }
  if (isOver) return [text.not.body, text.not.after].join('\n\n');
  const fresh = soapEntries.filter((id) => isFresh(id, scene.now));
  const page = pageLink('nrmp-soap');
  const entries = fresh.length > 0 ? entriesText(scene.t, fresh, scene.now) : [text.not.soapPage(page)];
  const soap = [`**${text.not.soapHeading}**\n${datesOf(scene, 'soap')}`, ...entries];
  return [text.not.body, text.not.soap, ...soap, text.not.later].join('\n\n');
}

/** Whether what the guide says may still be stated: at this moment nobody reads three times that it may not. */
function isFresh(id: string, now: Instant): boolean {
  const entry = guideById().get(id);
  return entry !== undefined && freshnessOf(entry, now.slice(0, 10)) !== 'stale';
}
