/** Finding a group: looking, joining, creating one, waiting for one. */
import {
  type ButtonInteraction,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { listApplicationsOf } from '../../db/study/applications.ts';
import { findGroup } from '../../db/study/groups.ts';
import { findSeeker } from '../../db/study/seekers.ts';
import { memberOf } from '../../discord/acting.ts';
import { subjectText } from '../../discord/cards/study.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { button, row } from '../../discord/buttons.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { answer, type Card, change, defer, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { findGroups } from '../../study/find.ts';
import { type Change, takeChange } from '../../study/formations/near-miss.ts';
import { acceptOffer, declineOffer } from '../../study/formations/offer.ts';
import { createGroup } from '../../study/groups/create.ts';
import { applyFor, withdrawApplication } from '../../study/groups/apply.ts';
import { GroupFull, joinGroup } from '../../study/groups/join.ts';
import { lookForAnother } from '../../study/groups/leave.ts';
import { requireRoomFor } from '../../study/groups/room.ts';
import { lineLength, sessionMinutes } from '../../study/limits.ts';
import { languagesOf, requireHours } from '../../study/people.ts';
import { seekGroup, stopSeeking } from '../../study/seek.ts';
import type { StudySubject } from '../../study/topics.ts';
import type { Texts } from '../../texts/en.ts';
import {
  aboutCard,
  foundCard,
  joinedCard,
  placeInList,
  stopCard,
  stoppedCard,
  unapplyCard,
  withdrawnCard,
} from './cards.ts';
import { createForm, matchForm, readForm } from './form.ts';
import { onward } from './onward.ts';
import { requireSubject, type Slash, subjectOf } from './meant.ts';

/** From where somebody says which exam or circle they mean. */
type Asked = Slash | ButtonInteraction | StringSelectMenuInteraction;

/** Opens a form once it is clear that it can be sent: what somebody types is not lost to a refusal. */
async function openGroupForm(
  ctx: ActContext,
  interaction: Asked,
  which: 'create' | 'match',
  start: { readonly subject: StudySubject; readonly minutes: number },
): Promise<void> {
  const whose = memberOf(interaction);
  const guild = await requireGuild(ctx.db, whose.guildId);
  if (guild.study_channel_id === null) throw new UserError((t) => t.study.refused.channel);
  const { topic, place } = start.subject;
  await onward(ctx, interaction, [which, topic, place, String(start.minutes)], async () => {
    await requireHours(ctx.db, whose, ctx.now());
    await requireRoomFor(ctx.db, whose, start.subject);
    const languages = await languagesOf(ctx.db, whose);
    const make = which === 'create' ? createForm : matchForm;
    await openForm(interaction, make(ctx.t, { ...start, languages, now: ctx.now() }));
  });
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
  const { forming_at: next } = await requireGuild(ctx.db, whose.guildId);
  const said = [
    ctx.t.study.match.done(subjectText(ctx.t, subject), others),
    ...(next === null ? [] : [ctx.t.formations.weekly.seeker(next)]),
    ...(found.isNightOnly ? [ctx.t.study.find.nightOnly] : []),
  ].join('\n');
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

/** Joins a group; where its last place has just gone, offers a place in its list. */
async function joinOrOffer(ctx: ActContext, interaction: Slash | ButtonInteraction, groupId: string): Promise<Card> {
  const { t } = ctx;
  try {
    const group = await joinGroup(ctx, memberOf(interaction), groupId);
    return joinedCard(t, group);
  } catch (error) {
    if (!(error instanceof GroupFull)) throw error;
    const text = t.studyGroups.apply;
    return { content: text.justFull, components: [row(button([keys.study.apply, groupId], text.list('')))] };
  }
}

/** A line about oneself, for the members of a group that asks them first. */
function applyForm(t: Texts, groupId: string) {
  const text = t.studyGroups.apply;
  const line = new TextInputBuilder()
    .setCustomId('line')
    .setStyle(TextInputStyle.Short)
    .setMaxLength(lineLength)
    .setRequired(false);
  return new ModalBuilder()
    .setCustomId(customId(keys.study.applyForm, groupId))
    .setTitle(text.title)
    .addLabelComponents(new LabelBuilder().setLabel(text.label).setTextInputComponent(line))
    .toJSON();
}

async function sendApplyForm(ctx: ActContext, interaction: ModalSubmitInteraction, [id = '']: readonly string[]) {
  const applied = await applyFor(ctx, memberOf(interaction), id, textIn(interaction, 'line'));
  const text = ctx.t.studyGroups.apply;
  await answer(interaction, {
    content: applied.is === 'asked' ? text.asked : text.listed(applied.place),
    components: [row(button([keys.study.unapply, id], text.withdraw))],
  });
}

/** Joins a group by name; where its members are asked first, with a line about oneself. */
async function joinNamed(ctx: ActContext, interaction: Slash | ButtonInteraction, id: string): Promise<void> {
  await onward(ctx, interaction, ['join', id], async () => {
    const group = await findGroup(ctx.db, id);
    if (group?.guild_id === interaction.guildId && group.by_application === 1) {
      return await openForm(interaction, applyForm(ctx.t, id));
    }
    await answer(interaction, await joinOrOffer(ctx, interaction, id));
  });
}

async function findFor(ctx: ActContext, interaction: Asked, subject: StudySubject): Promise<void> {
  const whose = memberOf(interaction);
  await onward(ctx, interaction, ['find', subject.topic, subject.place], async () => {
    await requireGuild(ctx.db, whose.guildId);
    await answer(interaction, foundCard(ctx.t, subject, await findGroups(ctx, whose, subject)));
  });
}

export const searchSubcommands = {
  join: async (ctx, interaction) => {
    await joinNamed(ctx, interaction, interaction.options.getString('open', true));
  },
  create: async (ctx, interaction) => {
    const minutes = interaction.options.getInteger('minutes') ?? sessionMinutes.usual;
    await openGroupForm(ctx, interaction, 'create', { subject: subjectOf(interaction), minutes });
  },
  match: async (ctx, interaction) => {
    await openGroupForm(ctx, interaction, 'match', { subject: subjectOf(interaction), minutes: 0 });
  },
  find: async (ctx, interaction) => {
    await findFor(ctx, interaction, subjectOf(interaction));
  },
  stop: async (ctx, interaction) => {
    const subject = subjectOf(interaction);
    await answer(interaction, stoppedCard(ctx.t, subject, await stopSeeking(ctx, memberOf(interaction), subject)));
  },
} satisfies Command['subcommands'];

export const searchModals = {
  [keys.study.createForm]: sendCreateForm,
  [keys.study.matchForm]: sendMatchForm,
  [keys.study.applyForm]: sendApplyForm,
} satisfies Command['modals'];

/** Does what somebody wanted, now that they have said for which exam or circle. */
async function findOrOpenForm(
  ctx: ActContext,
  interaction: Asked,
  what: string,
  subject: StudySubject,
  minutes: number,
): Promise<void> {
  if (what === 'find') return await findFor(ctx, interaction, subject);
  await openGroupForm(ctx, interaction, what === 'create' ? 'create' : 'match', { subject, minutes });
}

export const searchMenus = {
  [keys.study.subject]: async (ctx, interaction, [what = '']) => {
    const subject = requireSubject(interaction.values[0]);
    await findOrOpenForm(ctx, interaction, what, subject, what === 'create' ? sessionMinutes.usual : 0);
  },
} satisfies Command['menus'];

export const searchButtons = {
  /** Below a letter, or a group's post in the forum: groups of people at the same point. */
  [keys.study.look]: async (ctx, interaction, [topic, place]) => {
    await findFor(ctx, interaction, requireSubject(topic, place));
  },
  /** Somebody has given their hours, and goes on with what they wanted before. */
  [keys.study.onward]: async (ctx, interaction, [what, first = '', place = '', minutes]) => {
    if (what === 'join') return await joinNamed(ctx, interaction, first);
    await findOrOpenForm(ctx, interaction, what ?? '', requireSubject(first, place), Number(minutes ?? 0));
  },
  /** What the commands are told by an option is asked for. */
  [keys.study.about]: async (ctx, interaction, [what = '']) => {
    await requireGuild(ctx.db, memberOf(interaction).guildId);
    await answer(interaction, aboutCard(ctx.t, what));
  },
  [keys.study.join]: async (ctx, interaction, [id = '']) => {
    const card = await joinOrOffer(ctx, interaction, id);
    await change(interaction, card);
  },
  [keys.study.apply]: async (ctx, interaction, [id = '']) => {
    await openForm(interaction, applyForm(ctx.t, id));
  },
  [keys.study.unapply]: async (ctx, interaction, [id = '']) => {
    await change(interaction, withdrawnCard(ctx.t, id, await withdrawApplication(ctx, memberOf(interaction), id)));
  },
  [keys.study.unapplyAsk]: async (ctx, interaction, [id = '']) => {
    const whose = memberOf(interaction);
    const own = (await listApplicationsOf(ctx.db, whose)).find((each) => each.group_id === id);
    if (!own) return await answer(interaction, withdrawnCard(ctx.t, id, await withdrawApplication(ctx, whose, id)));
    await answer(interaction, unapplyCard(ctx.t, id, subjectText(ctx.t, own), await placeInList(ctx, own)));
  },
  [keys.study.stopAsk]: async (ctx, interaction, [topic, place]) => {
    const subject = requireSubject(topic, place);
    const own = await findSeeker(ctx.db, memberOf(interaction), subject.kind, subject.topic);
    await answer(interaction, own ? stopCard(ctx.t, own) : stoppedCard(ctx.t, subject, false));
  },
  [keys.study.stop]: async (ctx, interaction, [topic, place]) => {
    const subject = requireSubject(topic, place);
    await change(interaction, stoppedCard(ctx.t, subject, await stopSeeking(ctx, memberOf(interaction), subject)));
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
