/** The one message of a room for co-working: edited when its part changes, or somebody joins. */
import { ButtonStyle } from 'discord.js';
import { findRoom, listFocusPeople } from '../../db/study/focus.ts';
import { button, row } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { showTyped } from '../../discord/text.ts';
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
  if (room.ended_at !== null) {
    const done = (['done', 'partly', 'not'] as const).map((each) =>
      button([keys.focus.done, room.id, each], t.study.session[each]),
    );
    return { embeds: [embed(t, text.title, text.over(people.length))], components: [row(...done)] };
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
    `-# ${t.study.session.integrity}`,
  ];
  return {
    embeds: [embed(t, text.title, body.join('\n\n'))],
    components: [
      row(
        button([keys.focus.join, room.id], text.join, ButtonStyle.Success),
        button([keys.focus.line, room.id], text.myLine),
        button([keys.focus.end, room.id], text.end),
      ),
    ],
  };
};
