import { dateById, journey as content, type Theme, themes } from '../../content/journey.ts';
import { listDatesOfGuilds, listGuildDates } from '../../db/dates.ts';
import { listGuildsOfJourney } from '../../db/journeys.ts';
import { button, pageTurns, row } from '../../discord/buttons.ts';
import { dateText } from '../../discord/cards/date.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { findMine } from '../../journey/dates/remind.ts';
import { showDates, type ShownDate } from '../../journey/dates/view.ts';
import type { Traveling } from '../../journey/own/journey.ts';
import { pageOf } from '../../pages.ts';

/** What somebody looks at. */
export interface Look {
  readonly whose: 'mine' | 'all';
  /** The Match year; undefined for the present one. */
  readonly cycle: number | undefined;
  readonly theme: Theme | undefined;
  readonly page: number;
}

/** Dates on a page: what a phone shows in two looks. */
const perPage = 5;

/** The Match years that there are dates of. */
export const cycles = (): readonly number[] =>
  [...new Set(content().dates.map(({ cycle }) => cycle))].toSorted((a, b) => a - b);

/** The Match year that is going on: 2027 from July 2026 on. */
function cycleNow(now: string): number {
  const year = Number(now.slice(0, 4)) + (Number(now.slice(5, 7)) >= 7 ? 1 : 0);
  const known = cycles();
  return known.find((each) => each >= year) ?? known.at(-1) ?? year;
}

/** Reads what a button said: from the client, so possibly nonsense. */
export function readLook([whose, cycle, theme, page]: readonly string[]): Look {
  return {
    whose: whose === 'mine' ? 'mine' : 'all',
    cycle: cycles().find((each) => String(each) === cycle),
    theme: themes.find(({ id }) => id === theme)?.id,
    page: Number(page),
  };
}

/** A page of dates, with who read each when. */
export async function datesCard(ctx: ActContext, who: Traveling, look: Look): Promise<Card> {
  const text = ctx.t.deadlines;
  const now = ctx.now();
  const mine = await findMine(ctx.db, who.userId, now);
  const isMine = look.whose === 'mine' && mine !== undefined;
  const cycle = look.cycle ?? mine?.journey.match_year ?? cycleNow(now);
  const rows =
    who.guildId === null
      ? await listDatesOfGuilds(ctx.db, await listGuildsOfJourney(ctx.db, who.userId))
      : await listGuildDates(ctx.db, who.guildId);
  const all = isMine ? mine.dates.filter(isAhead) : showDates(content().dates, rows, now).filter(inCycle(cycle));
  const dates = all.filter(({ known }) => look.theme === undefined || known.theme === look.theme);
  const { page, pages, offset } = pageOf(dates.length, look.page, perPage);
  const shown = dates.slice(offset, offset + perPage);
  const blocks = shown.map((date) => dateText(ctx.t, date, date.otherwise.length > 0 ? [text.anotherServer] : []));
  const none = isMine ? text.noneOfYours : text.none;
  const id = (at: number, whose = look.whose) =>
    [keys.deadlines.page, whose, String(cycle), look.theme ?? '', String(at)] as const;
  const title = isMine ? text.mineTitle : text.title(cycle);
  const turns = pageTurns(page, pages, (at) => [...id(at)], text);
  return {
    embeds: [
      {
        ...embed(ctx.t, title, [text.intro, ...(blocks.length === 0 ? [none] : blocks)].join('\n\n')),
        ...(pages > 1 ? { footer: { text: text.page(page + 1, pages) } } : {}),
      },
    ],
    components: [
      row(
        ...turns,
        button([...id(0, isMine ? 'all' : 'mine')], isMine ? text.all : text.onlyMine),
        button([keys.deadlines.file], text.file),
        button([keys.deadlines.reminders], text.reminders),
      ),
    ],
  };
}

const isAhead = ({ standing }: ShownDate): boolean => standing !== 'passed';
const inCycle =
  (cycle: number) =>
  ({ known }: ShownDate): boolean =>
    known.cycle === cycle;

/** Dates whose title has what was typed, for an option. */
export function searchDates(typed: string, limit: number): { readonly name: string; readonly value: string }[] {
  const wanted = typed.trim().toLowerCase();
  return [...dateById().values()]
    .map(({ id, title, cycle }) => ({ name: title.includes(String(cycle)) ? title : `${title} (${cycle})`, value: id }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, limit);
}
