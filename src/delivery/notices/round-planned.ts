import { ButtonStyle } from 'discord.js';
import { countPairs } from '../../db/round-pairs.ts';
import { findRoundById, type Round } from '../../db/rounds.ts';
import { button, row } from '../../discord/buttons.ts';
import { post } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { readFigures } from '../../mentoring/rounds/figures.ts';
import { readOutcome } from '../../mentoring/rounds/publish.ts';
import type { Texts } from '../../texts/en.ts';
import { paragraphs } from './people.ts';
import { type Render, type Scene, subjectOf } from './scene.ts';

/** To the moderators: a round that began by schedule, with what to press; once it is over, what became of it. */
export const roundPlanned: Render = async (scene) => {
  const { t } = scene;
  const text = t.roundPlan.card;
  const round = await subjectOf(scene, findRoundById);
  if (!round) return undefined;
  const isOpen = round.state === 'preview';
  if (!isOpen && scene.notice.message_id === null && round.state !== 'computing') return undefined;
  if (round.state === 'computing') return post(t, text.title, text.computing, {});
  if (!isOpen) return post(t, text.title, sayEnd(t, round), {});
  const pairs = (await countPairs(scene.ctx.db, round.id)).mentees;
  const body = text.body(pairs, readFigures(round)?.mentees ?? 0);
  if (pairs === 0) return post(t, text.title, body, { components: buttons(scene, round, false) });
  const then = round.publish_at === null ? text.press : text.byItself(round.publish_at);
  return post(t, text.title, paragraphs(body, then), { components: buttons(scene, round, true) });
};

function sayEnd(t: Texts, round: Round): string {
  const text = t.roundPlan.card;
  if (round.state !== 'published') return text.over;
  return text.published(
    round.closed_by ?? round.created_by,
    round.closed_at ?? round.created_at,
    readOutcome(round)?.requests,
  );
}

function buttons({ t }: Scene, { id, run, publish_at: publishAt }: Round, hasPairs: boolean) {
  const text = t.roundPlan.card;
  const seen = [id, String(run)] as const;
  return [
    row(
      button([keys.round.show, ...seen], text.show),
      ...(hasPairs ? [button([keys.round.ask, ...seen], text.publish, ButtonStyle.Success)] : []),
      ...(publishAt === null ? [] : [button([keys.round.byHand, id], text.keep)]),
    ),
  ];
}
