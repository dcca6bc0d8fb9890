import { guideById, type GuideEntry, itemById, journey as content } from '../../content/journey.ts';
import { isCurrent, tips } from '../../content/library.ts';
import { listDatesOfGuilds, listGuildDates } from '../../db/dates.ts';
import { listGuildsOfJourney } from '../../db/journeys.ts';
import { type Id, button, row } from '../../discord/buttons.ts';
import { ownText } from '../../discord/cards/claim.ts';
import { dateText } from '../../discord/cards/date.ts';
import { link } from '../../discord/cards/fact.ts';
import { entryText } from '../../discord/cards/guide.ts';
import { shownText } from '../../discord/cards/road.ts';
import { tipCard } from '../../discord/cards/tip.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { showDate } from '../../journey/dates/view.ts';
import { readAgain } from '../../content/checks.ts';
import { beginQuestion } from '../../journey/claims/ask.ts';
import { type OwnAnswers, readOwnAnswers } from '../../journey/guide/own.ts';
import { askGuide, type Findable } from '../../journey/guide/search.ts';
import type { Traveling } from '../../journey/own/journey.ts';
import { clip } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';
import { askButton, entryCard, themeMenu } from './pages.ts';

/** Characters of a question. */
export const question = { least: 3, most: 120 } as const;
/** Characters of one answer on the card: five of the longest stay below Discord's limit. */
const answerMost = 850;

/** What was found, and the card that shows it. */
export interface Answers {
  readonly card: Card;
  readonly isEmpty: boolean;
}

/** What answers a question, best first, each with who says so and when. */
export async function answersCard(ctx: ActContext, who: Traveling, asked: string): Promise<Answers> {
  const text = ctx.t.guide;
  const shown = showTyped(clip(asked.trim(), question.most));
  const fields = await findFields(ctx, who, asked);
  if (fields.length === 0) {
    const draftId = await beginQuestion(ctx, who, asked);
    const hand = draftId === undefined ? askRow(ctx.t, who) : askRow(ctx.t, who, [keys.guide.hand, draftId]);
    return { card: { content: text.none(shown), components: [themeMenu(ctx.t), hand] }, isEmpty: true };
  }
  const card = {
    embeds: [{ ...embed(ctx.t, text.title, text.asked(shown), fields), footer: { text: text.nobodyAdvises } }],
    components: [themeMenu(ctx.t), askRow(ctx.t, who)],
  };
  return { card, isEmpty: false };
}

/** What the guide has on some words, each entry a heading with its answer. @param first a kind that goes before the others. */
export async function findFields(
  ctx: ActContext,
  who: Traveling,
  asked: string,
  { most, first }: { readonly most?: number; readonly first?: Findable['kind'] } = {},
): Promise<{ name: string; value: string }[]> {
  const text = ctx.t.guide;
  const own = await readOwnAnswers(ctx.db, who.guildId, ctx.now().slice(0, 10));
  const found = await askGuide(ctx.db, asked, undefined, own.findable);
  const fields = [];
  const ordered = [...found.filter(({ kind }) => kind === first), ...found.filter(({ kind }) => kind !== first)];
  for (const entry of ordered.slice(0, most)) {
    const title =
      entry.kind === 'own' ? ctx.t.claims.own.heading(entry.title) : text.heading(text.kinds[entry.kind], entry.title);
    fields.push({ name: clip(title, 256), value: clip(await bodyOf(ctx, who, entry, own), answerMost) });
  }
  return fields;
}

async function bodyOf(ctx: ActContext, who: Traveling, { kind, id, body }: Findable, own: OwnAnswers): Promise<string> {
  const now = ctx.now();
  const { t } = ctx;
  if (kind === 'own') {
    const answer = own.findable.find((each) => each.id === id);
    return answer ? ownText(t, answer) : body;
  }
  const instead = own.instead.get(`${kind} ${id}`);
  if (instead) return [ownText(t, instead), t.claims.own.instead].join('\n');
  if (kind === 'item') {
    const item = itemById().get(id);
    return item ? shownText(t, readAgain(item, own.checks.get(`item ${id}`)), now) : body;
  }
  if (kind === 'tip') {
    const tip = tips().find((each) => each.id === id);
    if (!tip) return body;
    const read = readAgain(tip, own.checks.get(`tip ${id}`));
    if (!isCurrent(read, now.slice(0, 10))) return t.guide.stale(tip.source ? link(tip.source) : '');
    return tipCard(t, { ...read, from: 'library' }).embeds?.[0]?.description ?? body;
  }
  if (kind === 'date') {
    const known = content().dates.find((each) => each.id === id);
    const rows = who.guildId === null ? await listDatesOfGuilds(ctx.db, await listGuildsOfJourney(ctx.db, who.userId)) : await listGuildDates(ctx.db, who.guildId); // prettier-ignore
    return known ? dateText(t, showDate(known, rows.filter(({ date_id: of }) => of === id), now)) : body; // prettier-ignore
  }
  const entry = guideById().get(id);
  return entry ? entryText(t, readAgain(entry, own.checks.get(`guide ${id}`)), now) : body;
}

/** One answer of the guide, as this guild's moderators read it where they did, with the way back to its page. */
export async function entryOf(ctx: ActContext, who: Traveling, entry: GuideEntry): Promise<Card> {
  const own = await readOwnAnswers(ctx.db, who.guildId, ctx.now().slice(0, 10));
  const { id, question: title, answer: body } = entry;
  const text = await bodyOf(ctx, who, { kind: 'guide', id, title, body, words: '' }, own);
  return entryCard(ctx.t, entry, text);
}

/** What to do next: ask something else, or, in a guild, the moderators. */
function askRow(t: Texts, { guildId }: Traveling, send: Id = [keys.guide.send]) {
  return row(askButton(t), ...(guildId === null ? [] : [button(send, t.claims.ask.button)]));
}
