import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APIEmbed,
  ButtonStyle,
} from 'discord.js';
import { dateById, guideById, itemById, type KnownDate } from '../../content/journey.ts';
import { findClaim, listClaimAskers } from '../../db/claims.ts';
import { findGuildDate, findProposal } from '../../db/dates.ts';
import { findGuildAnswer } from '../../db/guild-answers.ts';
import { findGuildContentById } from '../../db/guild-contents.ts';
import { entryCard } from '../../delivery/notices/contents.ts';
import { button, linkButton, row } from '../../discord/buttons.ts';
import { answeredText, claimText } from '../../discord/cards/claim.ts';
import { dateTitle, valueText } from '../../discord/cards/date.ts';
import { dayStamp } from '../../discord/cards/fact.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { valueOf } from '../../journey/dates/view.ts';
import { entryOf, type ReviewStatus } from '../../journey/review/act.ts';
import { listMatters, type Matter, type Reviewer } from '../../journey/review/matters.ts';
import { stamp } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';

type Row = APIActionRowComponent<APIButtonComponentWithCustomId | APIButtonComponentWithURL>;

/** What a matter says, and what beside *Cannot tell* and *Later* can be done about it. */
interface Shown {
  readonly body: readonly string[];
  readonly embeds?: readonly APIEmbed[];
  readonly buttons: readonly APIButtonComponentWithCustomId[];
  readonly cannot?: string;
}

/** The next matter, or that nothing waits. @param note what became of the one before. */
export async function nextCard(ctx: ActContext, who: Reviewer, note?: string): Promise<Card> {
  const text = ctx.t.review;
  const matters = await listMatters(ctx.db, who, ctx.now());
  const said = note === undefined ? {} : { content: note };
  for (const matter of matters) {
    const shown = await showMatter(ctx, who, matter);
    // Gone in this very moment: the one behind it is next.
    if (!shown) continue;
    const title = text.title[matter.kind];
    const body = [...shown.body, text.look.since(sinceText(matter.since))].join('\n\n');
    const meant = [matter.kind, matter.id, matter.version] as const;
    const buttons: Row = row<APIButtonComponentWithCustomId | APIButtonComponentWithURL>(
      ...(matter.page === undefined ? [] : [linkButton(matter.page, text.open)]),
      ...shown.buttons,
      button([keys.review.cannot, ...meant], shown.cannot ?? text.cannotTell),
      button([keys.review.later, ...meant], text.later),
    );
    return {
      ...said,
      embeds: [{ ...embed(ctx.t, title, body), footer: { text: text.waits(matters.length) } }, ...(shown.embeds ?? [])],
      components: [buttons],
    };
  }
  return { content: note === undefined ? text.done : [note, text.done].join('\n\n') };
}

function sinceText(since: string): string {
  return since.length === 10 ? dayStamp(since) : stamp(since, 'R');
}

async function showMatter(ctx: ActContext, who: Reviewer, matter: Matter): Promise<Shown | undefined> {
  switch (matter.kind) {
    case 'proposal':
    case 'date':
      return await showDateMatter(ctx, who, matter);
    case 'guide':
    case 'item':
      return showFact(ctx.t, matter);
    case 'answer':
      return await showAnswer(ctx, who, matter);
    case 'tip':
    case 'prompt':
      return showEntry(ctx.t, matter);
    case 'claim': {
      const claim = await findClaim(ctx.db, matter.id);
      if (claim?.state !== 'open') return undefined;
      const text = claimText(ctx.t, claim, await listClaimAskers(ctx.db, claim.id));
      return { body: [text], buttons: [changed(matter, ctx.t.review.answer, ButtonStyle.Primary)] };
    }
    case 'suggestion': {
      const entry = await findGuildContentById(ctx.db, matter.id);
      if (entry?.state !== 'suggested') return undefined;
      return {
        body: [],
        embeds: entryCard(ctx.t, entry).embeds ?? [],
        buttons: [right(matter, ctx.t.review.approve), button([keys.content.decline, matter.id], ctx.t.review.decline)],
      };
    }
  }
}

const meantBy = ({ kind, id, version }: Matter) => [kind, id, version] as const;
const right = (matter: Matter, label: string) =>
  button([keys.review.right, ...meantBy(matter)], label, ButtonStyle.Success);
const changed = (matter: Matter, label: string, style: ButtonStyle.Primary | ButtonStyle.Secondary) =>
  button([keys.review.changed, ...meantBy(matter)], label, style);

async function showDateMatter(ctx: ActContext, who: Reviewer, matter: Matter): Promise<Shown | undefined> {
  const { t } = ctx;
  const text = t.review;
  const known: KnownDate | undefined = dateById().get(matter.id);
  if (!known) return undefined;
  const title = `**${dateTitle(known.id)}**\n${known.note}`;
  const enter = (label: string) => button([keys.deadlines.enter, known.id], label);
  if (matter.kind === 'proposal') {
    const proposal = await findProposal(ctx.db, who.guildId, known.id);
    if (!proposal) return undefined;
    const value =
      proposal.day === null ? text.look.withdrawn : valueText(t, valueOf({ ...proposal, day: proposal.day }));
    const look = proposal.by_id === who.userId ? text.look.ownProposal(value) : text.look.proposal(value);
    return { body: [title, look], buttons: [right(matter, text.same), enter(text.changed)] };
  }
  const dated = await findGuildDate(ctx.db, who.guildId, known.id);
  if (dated) {
    const look = text.look.date(valueText(t, valueOf(dated)));
    return {
      body: [title, look, text.look.until(dayStamp(dated.review_by))],
      buttons: [right(matter, text.right), enter(text.changed)],
    };
  }
  const { day, time = null, zone = null } = known;
  if (day === undefined) {
    return { body: [title, text.look.noDay(known.pattern)], buttons: [enter(text.enter)], cannot: text.notYet };
  }
  return {
    body: [title, text.look.expected(valueText(t, valueOf({ day, time, zone })))],
    buttons: [right(matter, text.named), enter(text.enter)],
    cannot: text.notYet,
  };
}

function showFact(t: Texts, matter: Matter): Shown | undefined {
  const text = t.review;
  const entry = matter.kind === 'guide' ? guideById().get(matter.id) : undefined;
  const item = matter.kind === 'item' ? itemById().get(matter.id) : undefined;
  const stated = entry ? `**${entry.question}**\n${entry.answer}` : item && `**${item.title}**\n${item.text}`;
  if (stated === undefined) return undefined;
  return {
    body: [stated, text.look.fact, text.look.until(dayStamp(matter.since))],
    buttons: [right(matter, text.right), changed(matter, text.changed, ButtonStyle.Secondary)],
  };
}

function showEntry(t: Texts, matter: Matter): Shown | undefined {
  const text = t.review;
  const entry = entryOf(matter);
  if (!entry) return undefined;
  const stated =
    'question' in entry ? `**${entry.question}**\n${entry.answer}\n${entry.why}` : `**${entry.title}**\n${entry.text}`;
  return {
    body: [stated, text.look.fact, text.look.untilPosted(dayStamp(matter.since))],
    buttons: [right(matter, text.right), changed(matter, text.wrong, ButtonStyle.Secondary)],
  };
}

/** The next card, with the way back from what was just left out. */
export async function leftOutCard(ctx: ActContext, who: Reviewer, { kind, id }: Matter): Promise<Card> {
  const card = await nextCard(ctx, who, ctx.t.review.leftOut);
  const undo = row(button([keys.review.undo, kind, id], ctx.t.review.undo));
  return { ...card, components: [...(card.components ?? []), undo] };
}

async function showAnswer(ctx: ActContext, who: Reviewer, matter: Matter): Promise<Shown | undefined> {
  const text = ctx.t.review;
  const answer = await findGuildAnswer(ctx.db, who.guildId, matter.id);
  if (!answer) return undefined;
  return {
    body: [
      `**${showTyped(answer.question)}**\n${answeredText(ctx.t, answer)}`,
      text.look.fact,
      text.look.until(dayStamp(matter.since)),
    ],
    buttons: [right(matter, text.right), changed(matter, text.changed, ButtonStyle.Secondary)],
  };
}

/** How much waits, since when, how long the week took. */
export function statusCard(t: Texts, { waiting, oldest, done, minutes }: ReviewStatus): Card {
  const text = t.review.status;
  const lines = [
    waiting === 0 ? text.nothing : text.waiting(waiting),
    ...(oldest === undefined ? [] : [text.oldest(sinceText(oldest))]),
    text.week(done, minutes),
  ];
  return {
    embeds: [embed(t, t.review.statusTitle, lines.join('\n'))],
    components: waiting === 0 ? [] : [row(button([keys.review.open], t.review.go, ButtonStyle.Primary))],
  };
}
