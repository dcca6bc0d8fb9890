/** Weekly times and sessions. */
import { LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import { Temporal } from 'temporal-polyfill';
import type { ActContext, Command } from '../../discord/command.ts';
import { memberOf } from '../../discord/acting.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { answer, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { lineLength } from '../../study/limits.ts';
import { requireHours } from '../../study/people.ts';
import { planExtra } from '../../study/sessions/extra.ts';
import { endSession, pledge, sayDone, sayHere, sayWhetherComing } from '../../study/sessions/press.ts';
import { proposeTimes, vote } from '../../study/vote.ts';
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

async function session(ctx: ActContext, interaction: Slash): Promise<void> {
  const whose = memberOf(interaction);
  const group = await requireMeant(ctx, interaction);
  const { zone } = await requireHours(ctx.db, whose, ctx.now());
  const at = readMoment(interaction.options.getString('when', true), zone);
  await planExtra(ctx, whose, group.id, at);
  await answer(interaction, { content: ctx.t.study.session.planDone(at) });
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
} satisfies Command['buttons'];
