/** What the journey has for somebody's home: their next step, or the way to begin a road. */
import { readRoad } from '../cards/road.ts';
import { button } from '../buttons.ts';
import { keys } from '../keys.ts';
import { matchPhaseAt } from '../../journey/match/phase.ts';
import type { Section } from './section.ts';

export const journeySection: Section = async ({ ctx, userId }) => {
  const text = ctx.t.roadmap.home;
  const road = await readRoad(ctx.db, userId, ctx.now());
  const [next] = road?.next ?? [];
  const isNear = matchPhaseAt(ctx.now()).phase !== 'away';
  const week = { heading: ctx.t.match.home.heading, lines: [ctx.t.match.home.line], buttons: [button([keys.match.open], ctx.t.match.word.open), button([keys.support.show], ctx.t.support.button)] }; // prettier-ignore
  return [
    ...(isNear ? [week] : []),
    {
      heading: text.heading,
      lines: [next ? text.next(next.title) : text.begin],
      buttons: road
        ? [button([keys.roadmap.door], text.open), button([keys.deadlines.page, 'mine', '', '', '0'], text.dates)]
        : [button([keys.roadmap.door], ctx.t.deadlines.begin.agree)],
    },
  ];
};
