/** What comes into a group's thread by the week: its own prompts, and a line on how it goes. */
import { ButtonStyle } from 'discord.js';
import { prompts } from '../../content/library.ts';
import { findGroup } from '../../db/study/groups.ts';
import { countHeld, findNextSession } from '../../db/study/sessions.ts';
import { readDetail } from '../../db/notices/write.ts';
import { button, row } from '../../discord/buttons.ts';
import { promptCategoryName } from '../../discord/cards/prompt.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { readTicks } from '../../study/plan.ts';
import { later } from '../../time.ts';
import { type Render, subjectOf } from './scene.ts';

/** A prompt of the library, in the thread. */
export const groupPrompt: Render = async (scene) => {
  const { t } = scene;
  const text = t.studySessions.prompts;
  const group = await subjectOf(scene, findGroup);
  if (group?.state !== 'active') return undefined;
  const { prompt: id } = readDetail('group-prompt', scene.notice);
  const prompt = prompts().find((each) => each.id === id);
  if (!prompt) return undefined;
  const body = [`**${prompt.question}**`, text.how, `-# ${t.study.session.integrity}`].join('\n\n');
  return {
    embeds: [
      {
        ...embed(t, text.postTitle, body),
        author: { name: t.words.row([prompt.exam, prompt.system].map(promptCategoryName)) },
      },
    ],
    components: [row(button([keys.tip.points, 'library', prompt.id], text.points, ButtonStyle.Primary))],
  };
};

/** On Sunday: what was held, what comes next, and how far the plan is. Nobody is named. */
export const groupWeek: Render = async (scene) => {
  const { t, ctx } = scene;
  const text = t.studySessions.week;
  const group = await subjectOf(scene, findGroup);
  if (group?.state !== 'active') return undefined;
  const { until } = readDetail('group-week', scene.notice);
  const held = await countHeld(ctx.db, group.id, later(until, { days: -7 }), until);
  const next = await findNextSession(ctx.db, group.id);
  const ticks = await readTicks(ctx, group);
  const ticked = [...ticks.values()].filter((ids) => ids.length > 0).length;
  if (held === 0 && !next) return undefined;
  const body = [
    text.held(held),
    ...(next ? [text.next(next.starts_at)] : []),
    ...(ticked > 0 ? [text.ticked(ticked, ticks.size)] : []),
    `-# ${text.off}`,
  ];
  return { embeds: [embed(t, text.title, body.join('\n'))] };
};
