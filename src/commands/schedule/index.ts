import {
  type AutocompleteInteraction,
  type BaseInteraction,
  type ChatInputCommandInteraction,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Context } from '../../context.ts';
import { findGuild, type Guild } from '../../db/guilds.ts';
import { findNotifyRole } from '../../db/notify.ts';
import { findSchedule, listSchedules, type Schedule } from '../../db/schedules.ts';
import { describeCron } from '../../discord/recurrence.ts';
import { postChannelTypes } from '../../discord/post-places.ts';
import { posterOf } from '../../discord/reach.ts';
import { readTag, tagChoices, tagOption, tagsIn } from '../../discord/tags.ts';
import type { Command } from '../../discord/command.ts';
import { answer, change, type Choice, suggest } from '../../discord/replies.ts';
import { listCard, removeCard, scheduleCard } from './cards.ts';
import { plainName, readCategoryOption, readWhen, readZone, requireChosen, scheduleChoices } from './options.ts';
import { postProblems, readerOf } from './reach.ts';
import { showTyped } from '../../discord/text.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import {
  addSchedule,
  editSchedule,
  isPausedByBot,
  listAhead,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  runSchedule,
  type ScheduleAhead,
} from '../../posts/schedules.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';

type Slash = ChatInputCommandInteraction<'cached'>;

/** What one can post by the clock here; announcements have a command of their own. */
const kinds = ['tip', 'prompt'] as const;

/** The guild's channel for each kind, and the role that members choose for it. */
const usual = {
  tip: { channel: 'tips_channel_id', notify: 'tips' },
  prompt: { channel: 'study_channel_id', notify: 'prompts' },
} as const;

const data = (t: Texts) =>
  new SlashCommandBuilder()
    .setName('schedule')
    .setDescription(t.schedules.command.description)
    .addSubcommand((list) => list.setName('list').setDescription(t.schedules.command.list))
    .addSubcommand((add) =>
      addOptions(
        t,
        add
          .setName('add')
          .setDescription(t.schedules.command.add)
          .addStringOption((option) =>
            option
              .setName('kind')
              .setDescription(t.schedules.command.kind)
              .addChoices(...kinds.map((value) => ({ name: t.schedules.kindChoices[value], value })))
              .setRequired(true),
          )
          .addStringOption((option) =>
            option.setName('when').setDescription(t.schedules.command.when).setAutocomplete(true).setRequired(true),
          ),
      ),
    )
    .addSubcommand((edit) =>
      addOptions(
        t,
        withSchedule(t, edit.setName('edit').setDescription(t.schedules.command.edit)).addStringOption((option) =>
          option.setName('when').setDescription(t.schedules.command.when).setAutocomplete(true),
        ),
      ),
    )
    .addSubcommand((pause) => withSchedule(t, pause.setName('pause').setDescription(t.schedules.command.pause)))
    .addSubcommand((resume) => withSchedule(t, resume.setName('resume').setDescription(t.schedules.command.resume)))
    .addSubcommand((remove) => withSchedule(t, remove.setName('remove').setDescription(t.schedules.command.remove)))
    .addSubcommand((run) => withSchedule(t, run.setName('run').setDescription(t.schedules.command.run)));

function withSchedule(t: Texts, command: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return command.addStringOption((option) =>
    option.setName('schedule').setDescription(t.schedules.command.schedule).setAutocomplete(true).setRequired(true),
  );
}

function addOptions(t: Texts, command: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  const text = t.schedules;
  return command
    .addChannelOption((option) =>
      option
        .setName('channel')
        .setDescription(text.command.channel)
        .addChannelTypes(...postChannelTypes),
    )
    .addStringOption(tagOption(t))
    .addStringOption((option) => option.setName('timezone').setDescription(text.command.timezone).setAutocomplete(true))
    .addRoleOption((option) => option.setName('role').setDescription(text.command.role))
    .addBooleanOption((option) => option.setName('notify').setDescription(text.command.notify))
    .addStringOption((option) =>
      option.setName('categories').setDescription(text.command.categories).setAutocomplete(true),
    )
    .addBooleanOption((option) => option.setName('crosspost').setDescription(text.command.crosspost));
}

/** The schedule that a moderator chose in the option of that name. @throws UserError when there is no such schedule. */
async function chosenIn(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<Schedule> {
  await requireGuild(ctx.db, interaction.guildId);
  return await requireChosen(ctx, posterOf(interaction), interaction.options.getString('schedule', true));
}

/** What is posted by the clock, for moderators. */
export default {
  name: 'schedule',
  for: 'moderators',
  data,

  subcommands: {
    list: async (ctx, interaction) => {
      const guild = await requireGuild(ctx.db, interaction.guildId);
      const readReach = await readerOf(ctx, interaction);
      const isBlocked = (schedule: Schedule) => postProblems(readReach, schedule).length > 0;
      const all = await listAhead(ctx, posterOf(interaction));
      await answer(interaction, listCard(ctx.t, all, guild.zone, ctx.now(), isBlocked));
    },
    add: async (ctx, interaction) => await add(ctx, interaction, await requireGuild(ctx.db, interaction.guildId)),
    edit: async (ctx, interaction) => await edit(ctx, interaction, await chosenIn(ctx, interaction)),
    pause: async (ctx, interaction) => {
      const { id } = await chosenIn(ctx, interaction);
      const paused = await pauseSchedule(ctx, posterOf(interaction), id);
      await show(ctx, interaction, ctx.t.schedules.card.paused, paused);
    },
    resume: async (ctx, interaction) => {
      const { id } = await chosenIn(ctx, interaction);
      const resumed = await resumeSchedule(ctx, posterOf(interaction), id);
      await show(ctx, interaction, ctx.t.schedules.card.resumed, resumed);
    },
    remove: async (ctx, interaction) => {
      const schedule = await chosenIn(ctx, interaction);
      await answer(interaction, removeCard(ctx.t, schedule, shownName(ctx.t, interaction, schedule)));
    },
    run: async (ctx, interaction) => {
      await answer(interaction, { content: await test(ctx, interaction, await chosenIn(ctx, interaction)) });
    },
  },

  async autocomplete(ctx, interaction) {
    // The choices name what only moderators see, and a guild can hand a command to anyone.
    const isTag = interaction.options.getFocused(true).name === 'tag';
    await suggest(interaction, isTag ? await forumTags(ctx, interaction) : await scheduleChoices(ctx, interaction));
  },

  buttons: {
    /** Posts a test of the schedule on the card. */
    [keys.schedule.run]: async (ctx, interaction, [id = '']) => {
      const schedule = await requireChosen(ctx, posterOf(interaction), id);
      await answer(interaction, { content: await test(ctx, interaction, schedule) });
    },
    /** Removes a schedule, after the question. */
    [keys.schedule.remove]: async (ctx, interaction, [id = '']) => {
      const removed = await removeSchedule(ctx, posterOf(interaction), id);
      await change(interaction, { content: ctx.t.schedules.remove.done(shownName(ctx.t, interaction, removed)) });
    },
    [keys.schedule.keep]: async (ctx, interaction) => {
      await change(interaction, { content: ctx.t.schedules.remove.kept });
    },
  },
} satisfies Command;

/** The tags of the forum that is named, or that the schedule which is to be changed posts in. */
async function forumTags(ctx: ActContext, interaction: AutocompleteInteraction<'cached'>): Promise<Choice[]> {
  const { options, guildId } = interaction;
  const found = await findSchedule(ctx.db, guildId, options.getString('schedule') ?? '');
  const kind = kinds.find((each) => each === options.getString('kind'));
  const guild = kind && !found ? await findGuild(ctx.db, guildId) : undefined;
  return tagChoices(ctx.t, interaction, found?.channel_id ?? (guild && kind ? guild[usual[kind].channel] : null));
}

async function add(ctx: ActContext, interaction: Slash, guild: Guild): Promise<void> {
  const { options } = interaction;
  const kind = kinds.find((each) => each === options.getString('kind', true)) ?? 'tip';
  const channelId = options.getChannel('channel')?.id ?? guild[usual[kind].channel];
  if (channelId === null) throw new UserError((t) => t.schedules.refused.noChannel);
  const zone = readZone(interaction, ctx.now());
  const chosenRole = readRole(interaction);
  const roleId = chosenRole === undefined ? await usualRole(ctx, interaction, kind) : chosenRole;
  const crosspost = options.getBoolean('crosspost') ?? false;
  const wanted = {
    kind,
    channelId,
    cron: readWhen(options.getString('when', true), zone ?? guild.zone, ctx.now()),
    zone: zone ?? undefined,
    roleId,
    tagId: readTag(interaction, channelId),
    categories: readCategoryOption(interaction, kind),
    crosspost,
    refusesTwin: true,
  };
  const added = await addSchedule(ctx, posterOf(interaction), wanted);
  const others = (await listSchedules(ctx.db, interaction.guildId)).filter(
    (each) => each.id !== added.schedule.id && each.kind === kind && each.channel_id === channelId,
  );
  const note = others.length === 0 ? undefined : ctx.t.schedules.card.alsoThere(kind, `<#${channelId}>`, others.map(({ cron }) => describeCron(ctx.t, cron))); // prettier-ignore
  await show(ctx, interaction, ctx.t.schedules.card.added, added, note);
}

/** The role that members take with `/notify`, where there is one. */
async function usualRole(ctx: Context, interaction: Slash, kind: keyof typeof usual): Promise<string | null> {
  const roleId = await findNotifyRole(ctx.db, interaction.guildId, usual[kind].notify);
  return roleId !== undefined && interaction.guild.roles.cache.has(roleId) ? roleId : null;
}

async function edit(ctx: ActContext, interaction: Slash, schedule: Schedule): Promise<void> {
  const { options } = interaction;
  const { kind } = schedule;
  if (kind === 'announcement') throw new UserError((t) => t.schedules.refused.announcement);
  const typed = options.getString('when');
  const channelId = options.getChannel('channel')?.id;
  const zone = readZone(interaction, ctx.now());
  const roleId = readRole(interaction);
  const categories = readCategoryOption(interaction, kind);
  const crosspost = options.getBoolean('crosspost') ?? undefined;
  const tagId = readTag(interaction, channelId ?? schedule.channel_id);
  const changes = [typed ?? undefined, channelId, tagId, zone, roleId, categories, crosspost];
  if (changes.every((each) => each === undefined)) throw new UserError((t) => t.schedules.refused.nothing);
  const guild = await requireGuild(ctx.db, schedule.guild_id);
  const inZone = zone === undefined ? schedule.zone : (zone ?? guild.zone);
  const edited = await editSchedule(ctx, posterOf(interaction), schedule.id, {
    ...(typed === null ? {} : { cron: readWhen(typed, inZone, ctx.now()) }),
    channelId,
    tagId,
    zone,
    roleId,
    categories,
    crosspost,
  });
  await show(ctx, interaction, ctx.t.schedules.card.edited, edited);
}

/** The role that was chosen: null for nobody, undefined when nothing was said. @throws UserError for both at once. */
function readRole({ options }: Slash): string | null | undefined {
  const role = options.getRole('role');
  const isQuiet = options.getBoolean('notify') === false;
  if (role && isQuiet) throw new UserError((t) => t.schedules.refused.roleAndNone);
  return isQuiet ? null : role?.id;
}

async function show(
  ctx: ActContext,
  interaction: Slash,
  title: string,
  ahead: ScheduleAhead,
  note?: string,
): Promise<void> {
  const problems = postProblems(await readerOf(ctx, interaction), ahead.schedule).map((say) => say(ctx.t));
  const card = scheduleCard(ctx.t, title, ahead, problems, ctx.now(), shownPlace(ctx.t, interaction, ahead.schedule));
  await answer(interaction, note === undefined ? card : { ...card, content: note });
}

/** @throws UserError when the bot cannot post there: with what is missing, and how to mend it. */
async function test(ctx: ActContext, interaction: BaseInteraction, schedule: Schedule): Promise<string> {
  const problems = postProblems(await readerOf(ctx, interaction), { ...schedule, role_id: null }).map((say) =>
    say(ctx.t),
  );
  if (problems.length > 0) throw new UserError((t) => t.schedules.refused.cannotPost(problems));
  await runSchedule(ctx, posterOf(interaction), schedule.id);
  // A schedule that the bot paused resumes once any post arrives, even a test.
  const staysPaused = schedule.state === 'paused' && !isPausedByBot(schedule);
  return ctx.t.schedules.run.done(`<#${schedule.channel_id}>`, staysPaused);
}

/** Where a schedule posts: in a forum with its tag. */
function shownPlace(t: Texts, { guild }: Slash, { channel_id: channelId, tag_id: tagId }: Schedule): string {
  const where = `<#${channelId}>`;
  const tags = tagsIn(guild, channelId);
  if (!tags) return where;
  const tag = tags.find(({ id }) => id === tagId)?.name;
  return t.places.asPost(where, tag && showTyped(tag));
}

function shownName(t: Texts, interaction: BaseInteraction, schedule: Schedule): string {
  return interaction.guild ? showTyped(plainName(t, interaction.guild, schedule)) : '';
}
