/** Finding a group: looking, joining, creating one, waiting for one. */
import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import { findGroup } from '../../db/study/groups.ts';
import { memberOf } from '../../discord/acting.ts';
import { subjectText } from '../../discord/cards/study.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { answer, change, defer, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { findGroups } from '../../study/find.ts';
import { type Change, takeChange } from '../../study/formations/near-miss.ts';
import { acceptOffer, declineOffer } from '../../study/formations/publish.ts';
import { createGroup } from '../../study/groups/create.ts';
import { joinGroup } from '../../study/groups/join.ts';
import { lookForAnother } from '../../study/groups/leave.ts';
import { requireRoomFor } from '../../study/groups/room.ts';
import { sessionMinutes } from '../../study/limits.ts';
import { languagesOf, requireHours } from '../../study/people.ts';
import { seekGroup, stopSeeking } from '../../study/seek.ts';
import type { StudySubject } from '../../study/topics.ts';
import { foundCard } from './cards.ts';
import { createForm, matchForm, readForm } from './form.ts';
import { requireSubject, type Slash, subjectOf } from './meant.ts';

/** Opens a form once it is clear that it can be sent: what somebody types is not lost to a refusal. */
async function openGroupForm(
  ctx: ActContext,
  interaction: Slash | MessageComponentInteraction,
  which: 'create' | 'match',
  start: { readonly subject: StudySubject; readonly minutes: number },
): Promise<void> {
  const whose = memberOf(interaction);
  const guild = await requireGuild(ctx.db, whose.guildId);
  if (guild.study_channel_id === null) throw new UserError((t) => t.study.refused.channel);
  await requireHours(ctx.db, whose, ctx.now());
  await requireRoomFor(ctx.db, whose, start.subject);
  const languages = await languagesOf(ctx.db, whose);
  const make = which === 'create' ? createForm : matchForm;
  await openForm(interaction, make(ctx.t, { ...start, languages, now: ctx.now() }));
}

async function sendCreateForm(ctx: ActContext, interaction: ModalSubmitInteraction, args: readonly string[]) {
  const [topic, place, minutes] = args;
  const subject = requireSubject(topic, place);
  const draft = { ...readForm(interaction), subject, minutes: Number(minutes) };
  await createGroup(ctx, memberOf(interaction), draft);
  await answer(interaction, { content: ctx.t.study.create.done(subjectText(ctx.t, subject)) });
}

async function sendMatchForm(ctx: ActContext, interaction: ModalSubmitInteraction, args: readonly string[]) {
  const whose = memberOf(interaction);
  const subject = requireSubject(args[0], args[1]);
  const { target, languages, sessions } = readForm(interaction);
  const others = await seekGroup(ctx, whose, { subject, target, languages, sessions });
  const found = await findGroups(ctx, whose, subject);
  const said = ctx.t.study.match.done(subjectText(ctx.t, subject), others);
  if (found.found.length === 0) return await answer(interaction, { content: said });
  const card = foundCard(ctx.t, subject, found);
  await answer(interaction, { ...card, content: [said, ctx.t.study.match.found].join('\n\n') });
}

/** A change out of a custom id, looked at as a client's. */
function readChange([kind, first = '', second = '']: readonly string[]): Change {
  const [from, to] = [Number(first), Number(second)];
  if (kind === 'hours' && Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= 7 * 1440) {
    return { is: 'hours', from, to };
  }
  if (kind === 'month' && /^\d{4}-\d{2}$/.test(first)) return { is: 'month', month: first };
  if (kind === 'language' && /^[a-z]{2,3}$/.test(first)) return { is: 'language', language: first };
  throw new UserError((t) => t.common.outdated);
}

export const searchSubcommands = {
  create: async (ctx, interaction) => {
    const minutes = interaction.options.getInteger('minutes') ?? sessionMinutes.usual;
    await openGroupForm(ctx, interaction, 'create', { subject: subjectOf(interaction), minutes });
  },
  match: async (ctx, interaction) => {
    await openGroupForm(ctx, interaction, 'match', { subject: subjectOf(interaction), minutes: 0 });
  },
  find: async (ctx, interaction) => {
    const subject = subjectOf(interaction);
    await requireGuild(ctx.db, interaction.guildId);
    await answer(interaction, foundCard(ctx.t, subject, await findGroups(ctx, memberOf(interaction), subject)));
  },
  stop: async (ctx, interaction) => {
    const stopped = await stopSeeking(ctx, memberOf(interaction), subjectOf(interaction));
    await answer(interaction, { content: ctx.t.study.match[stopped ? 'stopped' : 'notSeeking'] });
  },
} satisfies Command['subcommands'];

export const searchModals = {
  [keys.study.createForm]: sendCreateForm,
  [keys.study.matchForm]: sendMatchForm,
} satisfies Command['modals'];

export const searchButtons = {
  /** Below a letter: groups of people at the same point. */
  [keys.study.look]: async (ctx, interaction, [topic]) => {
    const whose = memberOf(interaction);
    const subject = requireSubject(topic);
    await requireGuild(ctx.db, whose.guildId);
    await answer(interaction, foundCard(ctx.t, subject, await findGroups(ctx, whose, subject)));
  },
  [keys.study.join]: async (ctx, interaction, [id = '']) => {
    const group = await joinGroup(ctx, memberOf(interaction), id);
    await change(interaction, { content: ctx.t.study.find.joined(subjectText(ctx.t, group)) });
  },
  /** Out of a search: the form. Out of a letter about a group: the list, as before. */
  [keys.study.seek]: async (ctx, interaction, [what = '', place]) => {
    if (place !== undefined) {
      const subject = requireSubject(what, place);
      return await openGroupForm(ctx, interaction, 'match', { subject, minutes: 0 });
    }
    const group = await lookForAnother(ctx, memberOf(interaction), what);
    await change(interaction, { content: ctx.t.study.seekAgain(subjectText(ctx.t, group)) });
  },
  [keys.study.accept]: async (ctx, interaction, [id = '']) => {
    await acceptOffer(ctx, memberOf(interaction), id);
    const group = await findGroup(ctx.db, id);
    const what = group ? subjectText(ctx.t, group) : '';
    await change(interaction, { content: ctx.t.study.accepted(what) });
  },
  [keys.study.decline]: async (ctx, interaction, [id = '', wish]) => {
    await declineOffer(ctx, memberOf(interaction), id, wish === 'stop');
    await change(interaction, { content: ctx.t.study[wish === 'stop' ? 'declinedStop' : 'declined'] });
  },
  /** A small change that gives a place, below a direct message. */
  [keys.study.take]: async (ctx, interaction, [topic = '', ...args]) => {
    const taken = readChange(args);
    const whose = memberOf(interaction);
    await requireGuild(ctx.db, whose.guildId);
    await defer(interaction);
    const outcome = await takeChange(ctx, whose, topic, taken);
    const text = ctx.t.study.taken;
    const content = outcome.is === 'joined' ? text.joined(subjectText(ctx.t, outcome.group)) : text[outcome.is];
    await change(interaction, { content });
  },
} satisfies Command['buttons'];
