/** Weekly times and sessions. */
import { LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import { Temporal } from 'temporal-polyfill';
import type { ActContext, Command } from '../../discord/command.ts';
import { memberOf } from '../../discord/acting.ts';
import { button, row } from '../../discord/buttons.ts';
import { customId } from '../../discord/custom-ids.ts';
import { embed } from '../../discord/embeds.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { answer, type Card, change, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { lineLength } from '../../study/limits.ts';
import { requireHours } from '../../study/people.ts';
import { movePlanned, planExtra, suggestExtra } from '../../study/sessions/extra.ts';
import { endSession, pledge, sayDone, sayHere, sayWhetherComing } from '../../study/sessions/press.ts';
import { finishSession, goToNextPart, pauseTimer } from '../../study/sessions/timer.ts';
import { proposeTimes, vote } from '../../study/vote.ts';
import type { Texts } from '../../texts/en.ts';
import { epochMs, type Instant } from '../../time.ts';
import { requireMeant, type Slash } from './meant.ts';

/** A moment as somebody's clock shows it. */
function readMoment(typed: string, zone: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})[ T]+(\d{1,2}):(\d{2})$/.exec(typed.trim());
  try {
    const [, date = '', hour, minute] = match ?? [];
    const clock = { hour: Number(hour), minute: Number(minute) };
    const at = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(clock, { overflow: 'reject' }));
    return new Date(at.toZonedDateTime(zone).epochMilliseconds).toISOString();
  } catch {
    throw new UserError((t) => t.study.refused.when);
  }
}

/** One more session: at a time that somebody names, else one of those that suit all. */
async function session(ctx: ActContext, interaction: Slash): Promise<void> {
  const whose = memberOf(interaction);
  const group = await requireMeant(ctx, interaction);
  const when = interaction.options.getString('when');
  if (when === null) return await answer(interaction, extraCard(ctx.t, group.id, await suggestExtra(ctx, group)));
  const { zone } = await requireHours(ctx.db, whose, ctx.now());
  const at = readMoment(when, zone);
  await planExtra(ctx, whose, group.id, at);
  await answer(interaction, { content: ctx.t.study.session.planDone(at) });
}

/** Times that suit all members, each with a button. */
function extraCard(t: Texts, groupId: string, times: readonly Instant[]): Card {
  const text = t.studySessions.extra;
  if (times.length === 0) return { content: text.none };
  const lines = times.map((at, i) => `${i + 1}. ${text.line(at)}`);
  const buttons = times.map((at, i) =>
    button([keys.study.extra, groupId, String(epochMs(at) / 60_000)], t.words.number(i + 1)),
  );
  return { embeds: [embed(t, text.title, [text.intro, lines.join('\n')].join('\n\n'))], components: [row(...buttons)] };
}

/** A moment out of a custom id, looked at as a client's. */
function readMinute(minute: string): Instant {
  if (!/^\d{8,9}$/.test(minute)) throw new UserError((t) => t.common.outdated);
  return new Date(Number(minute) * 60_000).toISOString();
}

export const sessionSubcommands = {
  time: async (ctx, interaction) => {
    await proposeTimes(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id);
    await answer(interaction, { content: ctx.t.study.vote.opened });
  },
  session,
} satisfies Command['subcommands'];

export const sessionModals = {
  [keys.study.lineForm]: async (ctx, interaction, [id = '']) => {
    await pledge(ctx, memberOf(interaction), id, textIn(interaction, 'line'));
    await answer(interaction, { content: ctx.t.study.session.lineDone });
  },
  [keys.study.moveForm]: async (ctx, interaction, [id = '']) => {
    const whose = memberOf(interaction);
    const { zone } = await requireHours(ctx.db, whose, ctx.now());
    const at = readMoment(textIn(interaction, 'when'), zone);
    await movePlanned(ctx, whose, id, at);
    await answer(interaction, { content: ctx.t.studySessions.few.moved(at) });
  },
} satisfies Command['modals'];

export const sessionButtons = {
  [keys.study.vote]: async (ctx, interaction, [id = '', time = '']) => {
    const isClosed = await vote(ctx, memberOf(interaction), id, Number(time));
    await answer(interaction, { content: ctx.t.study.vote[isClosed ? 'done' : 'pressed'] });
  },
  [keys.study.times]: async (ctx, interaction, [id = '']) => {
    await proposeTimes(ctx, memberOf(interaction), id);
    await answer(interaction, { content: ctx.t.study.vote.opened });
  },
  [keys.study.coming]: async (ctx, interaction, [id = '', said]) => {
    const coming = (['come', 'perhaps', 'cannot'] as const).find((each) => each === said);
    if (!coming) throw new UserError((t) => t.common.outdated);
    await sayWhetherComing(ctx, memberOf(interaction), id, coming);
    await answer(interaction, { content: ctx.t.study.session.answered[coming] });
  },
  [keys.study.here]: async (ctx, interaction, [id = '']) => {
    await sayHere(ctx, memberOf(interaction), id);
    await answer(interaction, { content: ctx.t.study.session.hereDone });
  },
  [keys.study.line]: async (ctx, interaction, [id = '']) => {
    const text = ctx.t.study.session;
    const line = new TextInputBuilder().setCustomId('line').setStyle(TextInputStyle.Short).setMaxLength(lineLength);
    const modal = new ModalBuilder()
      .setCustomId(customId(keys.study.lineForm, id))
      .setTitle(text.lineTitle)
      .addLabelComponents(new LabelBuilder().setLabel(text.lineLabel).setTextInputComponent(line));
    await openForm(interaction, modal.toJSON());
  },
  [keys.study.done]: async (ctx, interaction, [id = '', said]) => {
    const done = (['done', 'partly', 'not'] as const).find((each) => each === said);
    if (!done) throw new UserError((t) => t.common.outdated);
    await sayDone(ctx, memberOf(interaction), id, done);
    await answer(interaction, { content: ctx.t.study.session.doneSaid });
  },
  [keys.study.callOff]: async (ctx, interaction, [id = '']) => {
    await endSession(ctx, memberOf(interaction), id);
    await answer(interaction, { content: ctx.t.study.session.calledOff });
  },
  /** One of the times that suit all. */
  [keys.study.extra]: async (ctx, interaction, [id = '', minute = '']) => {
    const at = readMinute(minute);
    await planExtra(ctx, memberOf(interaction), id, at);
    await change(interaction, { content: ctx.t.study.session.planDone(at) });
  },
  [keys.study.moveOpen]: async (ctx, interaction, [id = '']) => {
    const text = ctx.t.studySessions.few;
    const when = new TextInputBuilder().setCustomId('when').setStyle(TextInputStyle.Short).setMaxLength(40);
    const modal = new ModalBuilder()
      .setCustomId(customId(keys.study.moveForm, id))
      .setTitle(text.moveTitle)
      .addLabelComponents(new LabelBuilder().setLabel(text.moveLabel).setTextInputComponent(when));
    await openForm(interaction, modal.toJSON());
  },
  [keys.study.meetAnyway]: async (ctx, interaction, [id = '']) => {
    await sayWhetherComing(ctx, memberOf(interaction), id, 'come');
    await answer(interaction, { content: ctx.t.studySessions.few.meetDone });
  },
  [keys.study.pause]: async (ctx, interaction, [id = '', what]) => {
    const isPause = what !== 'go-on';
    await pauseTimer(ctx, memberOf(interaction), id, isPause);
    await answer(interaction, { content: ctx.t.studySessions[isPause ? 'pauseDone' : 'goOnDone'] });
  },
  [keys.study.nextPart]: async (ctx, interaction, [id = '', shown]) => {
    await goToNextPart(ctx, memberOf(interaction), id, Number(shown));
    await answer(interaction, { content: ctx.t.studySessions.nextDone });
  },
  [keys.study.finish]: async (ctx, interaction, [id = '']) => {
    await finishSession(ctx, memberOf(interaction), id);
    await answer(interaction, { content: ctx.t.studySessions.endDone });
  },
} satisfies Command['buttons'];
