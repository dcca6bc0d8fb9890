/** Finding a time, agreeing on it, and what became of it: the subcommands and buttons. */
import { type ButtonInteraction, ButtonStyle, type StringSelectMenuInteraction } from 'discord.js';
import { Temporal } from 'temporal-polyfill';
import { calendarFile } from '../../calendar-file.ts';
import { findMeeting, findOpenMeeting, isTimed, type Meeting } from '../../db/meetings.ts';
import { findMember } from '../../db/members.ts';
import type { Mentorship } from '../../db/mentorships.ts';
import type { MeetingWord } from '../../db/schema.ts';
import { memberOf } from '../../discord/acting.ts';
import { button, row } from '../../discord/buttons.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { quotesField } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { answer, change } from '../../discord/replies.ts';
import { shownPlace } from '../../delivery/notices/meetings.ts';
import { NotTheirs, UserError } from '../../errors.ts';
import { stamp, who } from '../../marks.ts';
import { paces, setPace, setReminders } from '../../mentoring/course.ts';
import { requireOwn } from '../../mentoring/meetings/find.ts';
import { meetingMinutes } from '../../mentoring/meetings/limits.ts';
import { logMeeting, sayOfMeeting, unlogMeeting } from '../../mentoring/meetings/outcome.ts';
import {
  agreeToTime,
  callOff,
  ImpossibleTime,
  proposeTimes,
  refuseTimes,
  setPlace,
} from '../../mentoring/meetings/plan.ts';
import { partnerIn } from '../../mentoring/mentorships.ts';
import type { Texts } from '../../texts/en.ts';
import { type Instant, toInstant } from '../../time.ts';
import { requireMeant, requireOnly, type Slash } from './meant.ts';
import { timesCard } from './times.ts';

const findRow = (t: Texts, mentorshipId: string) =>
  row(button([keys.mentorship.meet, mentorshipId], t.meetings.findTime, ButtonStyle.Primary));

/** Does something with a time; where it cannot be, says why and offers the nearest that can. */
async function orOthers(
  ctx: ActContext,
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  of: { readonly mentorshipId: string; readonly minutes: number },
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ImpossibleTime)) throw error;
    const mentorship = await requireOwn(ctx.db, of.mentorshipId, interaction.user.id);
    const others = await timesCard(ctx, mentorship, interaction.user.id, of.minutes);
    await answer(interaction, { ...others, content: [error.say(ctx.t), others.content].join('\n\n') });
  }
}

export async function meet(ctx: ActContext, interaction: Slash): Promise<void> {
  const minutes = interaction.options.getInteger('minutes') ?? meetingMinutes.usual;
  const mentorship = await requireMeant(ctx, interaction);
  await answer(interaction, await timesCard(ctx, mentorship, interaction.user.id, minutes));
}

export async function log(ctx: ActContext, interaction: Slash): Promise<void> {
  const { options, user } = interaction;
  const mentorship = await requireMeant(ctx, interaction);
  const date = options.getString('date');
  const minutes = options.getInteger('minutes') ?? undefined;
  const line = options.getString('line') ?? undefined;
  const zone = (await findMember(ctx.db, mentorship.guild_id, user.id))?.zone ?? 'Etc/UTC';
  const at = date === null ? undefined : dayIn(date, zone, ctx.now());
  const { meeting } = await logMeeting(ctx, user.id, mentorship.id, {
    ...(at === undefined ? {} : { at }),
    ...(minutes === undefined ? {} : { minutes }),
    ...(line === undefined ? {} : { line }),
  });
  await answer(interaction, {
    content: ctx.t.meetings.logged(who(partnerIn(mentorship, user.id)), meeting.starts_at ?? ctx.now()),
    components: [
      row(
        button([keys.mentorship.meet, mentorship.id], ctx.t.meetings.findTime, ButtonStyle.Primary),
        button([keys.mentorship.unlog, meeting.id], ctx.t.meetings.unlog),
      ),
    ],
  });
}

/** Noon of a day where somebody lives, or now for today: nobody enters the hour. @throws UserError for what is no day. */
function dayIn(typed: string, zone: string, now: Instant): Instant {
  try {
    const day = Temporal.PlainDate.from(typed.trim(), { overflow: 'reject' });
    const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
    if (day.equals(here.toPlainDate())) return now;
    return toInstant(day.toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError((t) => t.meetings.refused.logDate);
    throw error;
  }
}

export async function place(ctx: ActContext, interaction: Slash): Promise<void> {
  const { options, user } = interaction;
  const channel = options.getChannel('channel');
  const link = options.getString('link');
  const mentorship = await requireMeant(ctx, interaction);
  if (channel && link !== null) throw new UserError((t) => t.meetings.refused.twoPlaces);
  const chosen = channel ? { channelId: channel.id } : link === null ? undefined : { link };
  const { meeting } = await setPlace(ctx, user.id, mentorship.id, chosen);
  const text = ctx.t.meetings;
  await answer(interaction, {
    content: meeting.place === null ? text.placedThread : text.placed(shownPlace(meeting.place)),
  });
}

export async function pace(ctx: ActContext, interaction: Slash): Promise<void> {
  const chosen = paces.find((each) => each === interaction.options.getString('often', true));
  if (!chosen) throw new UserError((t) => t.common.outdated);
  const { id } = await requireMeant(ctx, interaction);
  const mentorship = await setPace(ctx, interaction.user.id, id, chosen);
  const partner = who(partnerIn(mentorship, interaction.user.id));
  await answer(interaction, { content: ctx.t.meetings.paced(partner, ctx.t.meetings.paces[chosen]) });
}

export async function reminders(ctx: ActContext, interaction: Slash): Promise<void> {
  const isOn = interaction.options.getBoolean('on', true);
  await setReminders(ctx, memberOf(interaction), isOn);
  await answer(interaction, { content: ctx.t.meetings.remindersNow[isOn ? 'on' : 'off'] });
}

/** The name of the other, for a file: there no mention is shown. */
async function partnerName(interaction: ButtonInteraction, mentorship: Mentorship, userId: string): Promise<string> {
  const guild = interaction.client.guilds.cache.get(mentorship.guild_id);
  const member = await guild?.members.fetch(partnerIn(mentorship, userId)).catch(() => undefined);
  return member?.displayName ?? '';
}

async function calendar(ctx: ActContext, interaction: ButtonInteraction, id: string): Promise<void> {
  const found = await findMeeting(ctx.db, id);
  const mentorship = found && (await requireOwn(ctx.db, found.mentorship_id, interaction.user.id));
  const meeting = found && (await latestOf(ctx, found));
  if (!meeting || !mentorship || !isTimed(meeting)) throw new NotTheirs((t) => t.mentorship.notYours);
  const text = ctx.t.meetings;
  const partner = await partnerName(interaction, mentorship, interaction.user.id);
  const isChannel = meeting.place !== null && /^\d+$/.test(meeting.place);
  const guild = interaction.client.guilds.cache.get(mentorship.guild_id);
  const url = meeting.place !== null && !isChannel ? meeting.place : undefined;
  const channel = isChannel ? guild?.channels.cache.get(meeting.place ?? '')?.name : undefined;
  const where = channel ?? url ?? '';
  const file = calendarFile(
    text.calendarName,
    [
      {
        uid: `meeting-${meeting.series_id}`,
        sequence: meeting.sequence,
        at: { moment: meeting.starts_at, minutes: meeting.minutes },
        title: text.summary(partner),
        text: [text.fileNote(guild?.name ?? ''), where].filter((line) => line !== '').join('\n'),
        ...(url === undefined ? {} : { url }),
        status: meeting.state === 'called-off' ? 'cancelled' : 'confirmed',
        alarms: [60],
        isBusy: true,
      },
    ],
    meeting.closed_at ?? meeting.agreed_at ?? ctx.now(),
  );
  const attachment = Buffer.from(file);
  await answer(interaction, { content: text.calendarHere, files: [{ name: text.file, attachment }] });
}

/** What has become of a meeting that moved. */
async function latestOf(ctx: ActContext, meeting: Meeting): Promise<Meeting> {
  const open = await findOpenMeeting(ctx.db, meeting.mentorship_id);
  return open?.series_id === meeting.series_id && open.starts_at !== null ? open : meeting;
}

/** An instant out of a custom id. @throws UserError when it is none. */
function requireInstant(ms: string | undefined): Instant {
  if (!/^\d{12,14}$/.test(ms ?? '')) throw new UserError((t) => t.common.outdated);
  return toInstant(Number(ms));
}

function requireWord(word: string | undefined): MeetingWord {
  const known = (['held', 'moved', 'missed'] as const).find((each) => each === word);
  if (!known) throw new UserError((t) => t.common.outdated);
  return known;
}

export const meetingSubcommands = { meet, log, place, pace, reminders } satisfies Command['subcommands'];

export const meetingButtons = {
  /** Finds times: to propose some, to propose others, or to move a meeting. */
  [keys.mentorship.meet]: async (ctx, interaction, [id = '', minutes]) => {
    const mentorship = await requireOwn(ctx.db, id, interaction.user.id);
    const length = Number(minutes ?? meetingMinutes.usual);
    await answer(interaction, await timesCard(ctx, mentorship, interaction.user.id, length));
  },
  /** The same wherever the command is named: for the only mentorship, or that of the thread. */
  [keys.mentorship.times]: async (ctx, interaction) => {
    const mentorship = await requireOnly(ctx, interaction);
    await answer(interaction, await timesCard(ctx, mentorship, interaction.user.id, meetingMinutes.usual));
  },
  /** Takes back a meeting that was entered by mistake. */
  [keys.mentorship.unlog]: async (ctx, interaction, [id = '']) => {
    const { mentorship } = await unlogMeeting(ctx, interaction.user.id, id);
    const partner = who(partnerIn(mentorship, interaction.user.id));
    const content = ctx.t.meetings.unlogged(partner);
    await change(interaction, { content, components: [findRow(ctx.t, mentorship.id)] });
  },
  /** Takes a time that was proposed. */
  [keys.mentorship.take]: async (ctx, interaction, [id = '', at]) => {
    const known = await findMeeting(ctx.db, id);
    const of = { mentorshipId: known?.mentorship_id ?? '', minutes: known?.minutes ?? meetingMinutes.usual };
    await orOthers(ctx, interaction, of, async () => {
      const { meeting, mentorship } = await agreeToTime(ctx, interaction.user.id, id, requireInstant(at));
      const partner = who(partnerIn(mentorship, interaction.user.id));
      const text = ctx.t.meetings;
      await answer(
        interaction,
        meeting.state === 'agreed' && meeting.starts_at !== null
          ? {
              content: text.agreedNow(partner, meeting.starts_at),
              components: [row(button([keys.mentorship.calendar, meeting.id], text.calendar))],
            }
          : { content: text.offeredNow(partner, meeting.options[0] ?? ctx.now()) },
      );
    });
  },
  [keys.mentorship.none]: async (ctx, interaction, [id = '']) => {
    const before = await findMeeting(ctx.db, id);
    const { mentorship } = await refuseTimes(ctx, interaction.user.id, id);
    const text = ctx.t.meetings;
    const partner = who(partnerIn(mentorship, interaction.user.id));
    await answer(interaction, {
      content: before?.proposed_by === 'bot' ? text.noneOfBot : text.noneNow(partner),
      components: [findRow(ctx.t, mentorship.id)],
    });
  },
  [keys.mentorship.calendar]: async (ctx, interaction, [id = '']) => await calendar(ctx, interaction, id),
  /** Asks first: the other is told at once. */
  [keys.mentorship.callOff]: async (ctx, interaction, [id = '']) => {
    const meeting = await findMeeting(ctx.db, id);
    const mentorship = meeting && (await requireOwn(ctx.db, meeting.mentorship_id, interaction.user.id));
    if (!meeting || !mentorship) throw new NotTheirs((t) => t.mentorship.notYours);
    if (meeting.state !== 'agreed' || meeting.starts_at === null)
      throw new UserError((t) => t.meetings.refused.noneOpen);
    const text = ctx.t.meetings;
    await answer(interaction, {
      content: text.confirmCallOff(who(partnerIn(mentorship, interaction.user.id)), meeting.starts_at),
      components: [
        row(
          button([keys.mentorship.callOffNow, id], text.confirmCallOffButton, ButtonStyle.Danger),
          button([keys.mentorship.meet, mentorship.id, String(meeting.minutes)], text.move),
          button([keys.mentorship.keepMeeting], text.keepMeeting),
        ),
      ],
    });
  },
  [keys.mentorship.callOffNow]: async (ctx, interaction, [id = '']) => {
    const { mentorship } = await callOff(ctx, interaction.user.id, id);
    const partner = who(partnerIn(mentorship, interaction.user.id));
    await change(interaction, {
      content: ctx.t.meetings.calledOffNow(partner),
      components: [findRow(ctx.t, mentorship.id)],
    });
  },
  [keys.mentorship.keepMeeting]: async (ctx, interaction) => {
    await change(interaction, { content: ctx.t.meetings.keptMeeting });
  },
  /** What became of a meeting. */
  [keys.mentorship.say]: async (ctx, interaction, [id = '', word]) => {
    const said = requireWord(word);
    const { mentorship } = await sayOfMeeting(ctx, interaction.user.id, id, said);
    await answer(interaction, { content: ctx.t.meetings.said[said], components: [findRow(ctx.t, mentorship.id)] });
  },
} satisfies Command['buttons'];

export const meetingMenus = {
  /** Proposes the times that were chosen. */
  [keys.mentorship.propose]: async (ctx, interaction, [id = '', minutes]) => {
    const times = interaction.values.map((value) => requireInstant(value));
    const length = Number(minutes ?? meetingMinutes.usual);
    await orOthers(ctx, interaction, { mentorshipId: id, minutes: length }, async () => {
      const { meeting, mentorship } = await proposeTimes(ctx, interaction.user.id, id, { minutes: length, times });
      const partner = who(partnerIn(mentorship, interaction.user.id));
      const text = ctx.t.meetings;
      const content =
        meeting.state === 'agreed' && meeting.starts_at !== null
          ? text.proposedMove(partner, meeting.starts_at)
          : text.proposed(partner);
      await change(interaction, {
        content: [content, ...times.toSorted().map((at) => `- ${stamp(at, 'F')}`)].join('\n'),
      });
    });
  },
} satisfies Command['menus'];

/** When the next meeting is, how often they met, and how often they mean to, as fields of the card of a mentorship. */
export function meetingFields(ctx: ActContext, mentorship: Mentorship, meetings: readonly Meeting[], isBrief: boolean) {
  const text = ctx.t.meetings;
  const open = meetings.find(({ state }) => state === 'proposed' || state === 'agreed');
  const held = meetings
    .filter(({ state }) => state === 'held')
    .toSorted((a, b) => ((a.starts_at ?? '') < (b.starts_at ?? '') ? 1 : -1));
  const isComing = open?.state === 'agreed' && isTimed(open) && open.ends_at > ctx.now();
  const options = isBrief || !open ? [] : open.options.map((at, i) => text.option(i + 1, at, '').trim());
  const next = isComing
    ? [
        `${stamp(open.starts_at, 'F')} (${stamp(open.starts_at, 'R')})`,
        ...(options.length > 0 ? [text.nextMoves, ...options] : []),
      ].join('\n')
    : open?.state === 'proposed'
      ? [text.nextProposed, ...options].join('\n')
      : text.nextNone;
  const quotes = held.slice(0, 3).map((each) => ({
    typed: each.line ?? '',
    line: (shown: string) => text.logEntry(each.starts_at ?? each.proposed_at, each.minutes, shown),
  }));
  return [
    { name: text.next, value: next, inline: true },
    { name: text.metSoFar, value: text.met(held.length), inline: true },
    ...(isBrief ? [] : [{ name: text.pace, value: text.paces[mentorship.pace], inline: true }]),
    ...(isBrief ? [] : quotesField(text.log, quotes)),
  ];
}
