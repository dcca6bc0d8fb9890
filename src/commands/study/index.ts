import {
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  LabelBuilder,
  ModalBuilder,
  type SlashCommandSubcommandBuilder,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { Temporal } from 'temporal-polyfill';
import { findGroup, listLiveGroups, type StudyGroup } from '../../db/study/groups.ts';
import { listSeekers } from '../../db/study/seekers.ts';
import { subjectText } from '../../discord/cards/study.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { placeOf } from '../../discord/place.ts';
import { answer, change, defer, openForm, suggest } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { findGroups } from '../../study/find.ts';
import { formNow } from '../../study/formations/form.ts';
import { type Change, takeChange } from '../../study/formations/near-miss.ts';
import { acceptOffer, declineOffer, publishFormation } from '../../study/formations/publish.ts';
import { createGroup } from '../../study/groups/create.ts';
import { joinGroup } from '../../study/groups/join.ts';
import {
  closeOwnGroup,
  handOver,
  leaveGroup,
  lookForAnother,
  removeMember,
  restGroup,
  restMember,
  stayIn,
  wakeGroup,
} from '../../study/groups/leave.ts';
import { listOwnGroups, requireMember } from '../../study/groups/member.ts';
import { requireRoomFor } from '../../study/groups/room.ts';
import { lineLength, restWeeks, sessionMinutes } from '../../study/limits.ts';
import { languagesOf, requireHours } from '../../study/people.ts';
import { seekGroup, stopSeeking } from '../../study/seek.ts';
import { planExtra } from '../../study/sessions/extra.ts';
import { endSession, pledge, sayDone, sayHere, sayWhetherComing } from '../../study/sessions/press.ts';
import { answerQuiet } from '../../study/groups/quiet.ts';
import { circles, exams, type StudySubject, subjectFrom } from '../../study/topics.ts';
import { proposeTimes, vote } from '../../study/vote.ts';
import type { Texts } from '../../texts/en.ts';
import { askCard, formationCard, foundCard, listCard, ownGroupsCard } from './cards.ts';
import { createForm, matchForm, readForm } from './form.ts';

type Slash = ChatInputCommandInteraction<'cached'>;

/** Places that a circle names, in characters. */
const placeLength = 20;

/** What a command is about, out of its options. */
function subjectOf({ options }: Slash): StudySubject {
  return requireSubject(options.getString('topic', true), options.getString('place') ?? '');
}

/** @throws UserError for what is no exam or circle. */
function requireSubject(topic = '', place = ''): StudySubject {
  // Whatever a place holds beside letters would be no part of its name, and a colon ends a custom id's.
  const named = place.replaceAll(/[^\p{L}\p{M}\p{N} .'-]/gu, '').slice(0, placeLength);
  const subject = subjectFrom(topic, named);
  if (!subject) throw new UserError((t) => t.study.refused.topic);
  return subject;
}

/** The group that a command means: the only one, or the one named. */
async function requireMeant(ctx: ActContext, interaction: Slash): Promise<StudyGroup> {
  const named = interaction.options.getString('group');
  const whose = memberOf(interaction);
  if (named !== null) return await requireMember(ctx.db, whose, named);
  const [group, another] = await listOwnGroups(ctx.db, whose);
  if (!group) throw new UserError((t) => t.study.show.none);
  if (another) throw new UserError((t) => t.study.refused.which);
  return group;
}

/** Whoever presses below a direct message acts where the group is. */
async function actingIn(ctx: ActContext, interaction: MessageComponentInteraction, groupId: string): Promise<Acting> {
  const group = await findGroup(ctx.db, groupId);
  if (!group) throw new UserError((t) => t.study.refused.unknown);
  return { guildId: group.guild_id, userId: interaction.user.id };
}

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

async function form(ctx: ActContext, interaction: Slash): Promise<void> {
  await defer(interaction);
  await answer(interaction, formationCard(ctx.t, await formNow(ctx, interaction.guildId)));
}

async function list(ctx: ActContext, interaction: Slash): Promise<void> {
  await requireGuild(ctx.db, interaction.guildId);
  const waiting = new Set((await listSeekers(ctx.db, interaction.guildId)).map(({ user_id: userId }) => userId));
  await answer(interaction, await listCard(ctx, await listLiveGroups(ctx.db, interaction.guildId), waiting.size));
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

const topicOption = (t: Texts) => (command: SlashCommandSubcommandBuilder) =>
  command
    .addStringOption((option) =>
      option
        .setName('topic')
        .setDescription(t.study.command.topic)
        .setRequired(true)
        .addChoices([...exams, ...circles].map((value) => ({ name: t.study.topicNames[value], value }))),
    )
    .addStringOption((option) =>
      option.setName('place').setDescription(t.study.command.place).setMaxLength(placeLength),
    );

const groupOption = (t: Texts) => (command: SlashCommandSubcommandBuilder) =>
  command.addStringOption((option) =>
    option.setName('group').setDescription(t.study.command.group).setAutocomplete(true).setMaxLength(100),
  );

/** Study groups. */
export default {
  name: 'study',
  for: 'everyone',
  data(t: Texts) {
    const text = t.study.command;
    const about = topicOption(t);
    const ofGroup = groupOption(t);
    return new SlashCommandBuilder()
      .setName('study')
      .setDescription(text.description)
      .addSubcommand((command) => about(command.setName('find').setDescription(text.find)))
      .addSubcommand((command) => about(command.setName('match').setDescription(text.match)))
      .addSubcommand((command) =>
        about(command.setName('create').setDescription(text.create)).addIntegerOption((option) =>
          option
            .setName('minutes')
            .setDescription(text.minutes)
            .setMinValue(sessionMinutes.min)
            .setMaxValue(sessionMinutes.max),
        ),
      )
      .addSubcommand((command) => about(command.setName('stop').setDescription(text.stop)))
      .addSubcommand((command) => command.setName('show').setDescription(text.show))
      .addSubcommand((command) => ofGroup(command.setName('leave').setDescription(text.leave)))
      .addSubcommand((command) => ofGroup(command.setName('time').setDescription(text.time)))
      .addSubcommand((command) =>
        ofGroup(
          command
            .setName('session')
            .setDescription(text.session)
            .addStringOption((option) =>
              option.setName('when').setDescription(text.when).setRequired(true).setMaxLength(40),
            ),
        ),
      )
      .addSubcommand((command) =>
        ofGroup(
          command
            .setName('rest')
            .setDescription(text.rest)
            .addIntegerOption((option) =>
              option
                .setName('weeks')
                .setDescription(text.weeks)
                .setMinValue(1)
                .setMaxValue(restWeeks)
                .setRequired(true),
            ),
        ),
      )
      .addSubcommand((command) => ofGroup(command.setName('wake').setDescription(text.wake)))
      .addSubcommand((command) => ofGroup(command.setName('close').setDescription(text.close)))
      .addSubcommand((command) =>
        ofGroup(
          command
            .setName('hand-over')
            .setDescription(text.handOver)
            .addUserOption((option) => option.setName('member').setDescription(text.member).setRequired(true)),
        ),
      )
      .addSubcommand((command) =>
        ofGroup(
          command
            .setName('remove')
            .setDescription(text.remove)
            .addUserOption((option) => option.setName('member').setDescription(text.member).setRequired(true)),
        ),
      )
      .addSubcommand((command) => command.setName('form').setDescription(text.form))
      .addSubcommand((command) => command.setName('list').setDescription(text.list));
  },

  subcommands: {
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
    show: async (ctx, interaction) => {
      const whose = memberOf(interaction);
      await requireGuild(ctx.db, whose.guildId);
      await answer(interaction, await ownGroupsCard(ctx, whose, await listOwnGroups(ctx.db, whose)));
    },
    leave: async (ctx, interaction) => {
      await answer(interaction, askCard(ctx.t, 'leave', await requireMeant(ctx, interaction)));
    },
    time: async (ctx, interaction) => {
      await proposeTimes(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id);
      await answer(interaction, { content: ctx.t.study.vote.opened });
    },
    session,
    rest: async (ctx, interaction) => {
      const { id } = await requireMeant(ctx, interaction);
      const until = await restGroup(ctx, memberOf(interaction), id, interaction.options.getInteger('weeks', true));
      await answer(interaction, { content: ctx.t.study.rest.done(until) });
    },
    wake: async (ctx, interaction) => {
      await wakeGroup(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id);
      await answer(interaction, { content: ctx.t.study.rest.woken });
    },
    close: async (ctx, interaction) => {
      await answer(interaction, askCard(ctx.t, 'close', await requireMeant(ctx, interaction)));
    },
    'hand-over': async (ctx, interaction) => {
      const { id } = interaction.options.getUser('member', true);
      await handOver(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id, id);
      await answer(interaction, { content: ctx.t.study.handedOver(id) });
    },
    remove: async (ctx, interaction) => {
      const { id } = interaction.options.getUser('member', true);
      await removeMember(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id, id);
      await answer(interaction, { content: ctx.t.study.removed(id) });
    },
    form: { for: 'moderators', run: form },
    list: { for: 'moderators', run: list },
  },

  /** The groups that somebody is in. */
  async autocomplete(ctx, interaction) {
    const groups = await listOwnGroups(ctx.db, memberOf(interaction));
    await suggest(
      interaction,
      groups.map((group) => ({ name: subjectText(ctx.t, group), value: group.id })),
    );
  },

  modals: {
    [keys.study.createForm]: sendCreateForm,
    [keys.study.matchForm]: sendMatchForm,
    [keys.study.lineForm]: async (ctx, interaction, [id = '']) => {
      await pledge(ctx, memberOf(interaction), id, textIn(interaction, 'line'));
      await answer(interaction, { content: ctx.t.study.session.lineDone });
    },
  },

  buttons: {
    /** Shows somebody's groups, like the command; also in direct messages. */
    [keys.study.open]: async (ctx, interaction) => {
      const whose = { guildId: placeOf(interaction).guild.id, userId: interaction.user.id };
      await answer(interaction, await ownGroupsCard(ctx, whose, await listOwnGroups(ctx.db, whose)));
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
      const group = await lookForAnother(ctx, await actingIn(ctx, interaction, what), what);
      await change(interaction, { content: ctx.t.study.seekAgain(subjectText(ctx.t, group)) });
    },
    [keys.study.accept]: async (ctx, interaction, [id = '']) => {
      await acceptOffer(ctx, await actingIn(ctx, interaction, id), id);
      const group = await findGroup(ctx.db, id);
      const what = group ? subjectText(ctx.t, group) : '';
      await change(interaction, { content: ctx.t.study.accepted(what) });
    },
    [keys.study.decline]: async (ctx, interaction, [id = '', wish]) => {
      await declineOffer(ctx, await actingIn(ctx, interaction, id), id, wish === 'stop');
      await change(interaction, { content: ctx.t.study[wish === 'stop' ? 'declinedStop' : 'declined'] });
    },
    [keys.study.leave]: async (ctx, interaction, [id = '']) => {
      const group = await leaveGroup(ctx, memberOf(interaction), id);
      await change(interaction, { content: ctx.t.study.leave.done(subjectText(ctx.t, group)) });
    },
    [keys.study.close]: async (ctx, interaction, [id = '']) => {
      const group = await closeOwnGroup(ctx, memberOf(interaction), id);
      await change(interaction, { content: ctx.t.study.close.done(subjectText(ctx.t, group)) });
    },
    /** Leaves everything as it is. */
    [keys.study.keep]: async (ctx, interaction) => {
      await change(interaction, { content: ctx.t.study.kept });
    },
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
    [keys.study.still]: async (ctx, interaction, [id = '']) => {
      await stayIn(ctx, await actingIn(ctx, interaction, id), id);
      await change(interaction, { content: ctx.t.study.stillIn });
    },
    [keys.study.restSelf]: async (ctx, interaction, [id = '']) => {
      const until = await restMember(ctx, await actingIn(ctx, interaction, id), id);
      await change(interaction, { content: ctx.t.study.rest.self(until) });
    },
    [keys.study.leaveSilent]: async (ctx, interaction, [id = '']) => {
      const group = await leaveGroup(ctx, await actingIn(ctx, interaction, id), id);
      await change(interaction, { content: ctx.t.study.leave.done(subjectText(ctx.t, group)) });
    },
    [keys.study.goOn]: async (ctx, interaction, [id = '']) => {
      await answerQuiet(ctx, memberOf(interaction), id);
      await answer(interaction, { content: ctx.t.study.quiet.answered });
    },
    [keys.study.own]: async (ctx, interaction, [id = '']) => {
      const whose = memberOf(interaction);
      await handOver(ctx, whose, id, whose.userId);
      await answer(interaction, { content: ctx.t.study.thread.owned });
    },
    /** A small change that gives a place, below a direct message. */
    [keys.study.take]: async (ctx, interaction, [guildId = '', topic = '', ...args]) => {
      const taken = readChange(args);
      const whose = { guildId, userId: interaction.user.id };
      await requireGuild(ctx.db, guildId);
      await defer(interaction);
      const outcome = await takeChange(ctx, whose, topic, taken);
      const text = ctx.t.study.taken;
      const content = outcome.is === 'joined' ? text.joined(subjectText(ctx.t, outcome.group)) : text[outcome.is];
      await change(interaction, { content });
    },
    [keys.study.publish]: {
      for: 'moderators',
      run: async (ctx, interaction, [digest = '']) => {
        await defer(interaction);
        const outcome = await publishFormation(ctx, memberOf(interaction), digest);
        if (outcome.is === 'changed') {
          return await change(interaction, formationCard(ctx.t, outcome.formation, ctx.t.study.form.changed));
        }
        await change(interaction, { content: ctx.t.study.form.published(outcome.groups, outcome.offered) });
      },
    },
  },
} satisfies Command;
