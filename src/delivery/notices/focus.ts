/** The one message of a room for co-working: edited when its part changes, or somebody joins. */
import { ButtonStyle } from 'discord.js';
import { findRoom, listFocusPeople } from '../../db/study/focus.ts';
import { button, row } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { showTyped } from '../../discord/text.ts';
import { listOpenings } from '../../study/daily.ts';
import { focusPhase } from '../../study/focus.ts';
import { type Render, subjectOf } from './scene.ts';

/** More names than these would make the message longer than a phone shows. */
const namedAtMost = 15;

export const focusMessage: Render = async (scene) => {
  const { t, ctx } = scene;
  const text = t.focus;
  const room = await subjectOf(scene, findRoom);
  if (!room || (room.ended_at !== null && scene.notice.message_id === null)) return undefined;
  const people = await listFocusPeople(ctx.db, room.id);
  const title = room.is_daily === 1 ? t.focusDaily.title : text.title;
  if (room.ended_at !== null) {
    const done = (['done', 'partly', 'not'] as const).map((each) =>
      button([keys.focus.done, room.id, each], t.study.session[each]),
    );
    const daily = room.is_daily === 1 ? [t.focusDaily.next(listOpenings(scene.guild, 1)[0]?.at)] : [];
    if (people.length === 0)
      return { embeds: [embed(t, title, [t.focusDaily.nobody, ...daily].join(' '))], components: [] };
    const over = [text.over(people.length), ...daily].join('\n\n');
    return { embeds: [embed(t, title, over)], components: [row(...done)] };
  }
  const isBreak = focusPhase(room, room.phase)?.is === 'break';
  const shown = people.slice(0, namedAtMost);
  const lines = shown.filter(({ line }) => line !== '').map((each) => text.line(each.user_id, showTyped(each.line)));
  const others = people.length - shown.length;
  const body = [
    isBreak ? text.break(room.phase_until) : text.work(room.phase / 2 + 1, room.rounds, room.phase_until),
    ...(shown.length === 0 ? [] : [text.here(shown.map((each) => each.user_id))]),
    ...(others > 0 ? [text.more(others)] : []),
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
    text.intro,
    ...(room.is_daily === 1 ? [t.focusDaily.turns] : []),
    `-# ${t.study.session.integrity}`,
  ];
  return {
    embeds: [embed(t, title, body.join('\n\n'))],
    components: [
      row(
        button([keys.focus.join, room.id], text.join, ButtonStyle.Success),
        button([keys.focus.line, room.id], text.myLine),
        // Nobody in particular began a daily one.
        ...(room.is_daily === 1 ? [] : [button([keys.focus.end, room.id], text.end)]),
      ),
    ],
  };
};
