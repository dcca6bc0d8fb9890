import { ButtonStyle } from 'discord.js';
import { findMember } from '../../db/members.ts';
import {
  findQuestion,
  listOfficeHours,
  listOfficePeople,
  listQuestions,
  type OfficeHour,
} from '../../db/office-hours.ts';
import { findGuild } from '../../db/guilds.ts';
import { button, menuRow, row } from '../../discord/buttons.ts';
import { isFull, officeEmbed, ownText, shortTopic, topicText } from '../../discord/cards/office-hours.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { type HomeButton, rowsOf } from '../../discord/home/index.ts';
import { type Key, keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import type { Card } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import type { Acting } from '../../guild/acting.ts';
import { clip } from '../../marks.ts';
import { hereBeforeMinutes } from '../../mentoring/office-hours/limits.ts';
import { standingIn } from '../../mentoring/office-hours/places.ts';
import type { ShownQuestion } from '../../mentoring/office-hours/questions.ts';
import { isAcceptedMentor, listOpenTo, notOpen } from '../../mentoring/office-hours/rules.ts';
import { later } from '../../time.ts';
import type { Texts } from '../../texts/en.ts';

/** Questions of a message: each up to 300 characters, twice that where every sign is escaped. */
const questionsShown = 5;

/** The time zone of a member, or their guild's. */
export async function zoneOf(ctx: ActContext, { guildId, userId }: Acting): Promise<string> {
  const member = await findMember(ctx.db, guildId, userId);
  return member?.zone ?? (await findGuild(ctx.db, guildId))?.zone ?? 'Etc/UTC';
}

/** What is coming: the list, or the only one there is. */
export async function comingCard(ctx: ActContext, whose: Acting): Promise<Card> {
  const text = ctx.t.officeHours;
  const hours = await listOpenTo(ctx, whose);
  const guild = await findGuild(ctx.db, whose.guildId);
  const mayOffer = guild !== undefined && (await isAcceptedMentor(ctx.db, guild, whose.userId));
  const offer = mayOffer ? [button([keys.officehours.offer], text.buttons.offer, ButtonStyle.Primary)] : [];
  const [only] = hours;
  if (!only) {
    return { content: text.list[mayOffer ? 'noneMentor' : 'none'], components: rowsOf([offer]) };
  }
  if (hours.length === 1) {
    const card = await hourCard(ctx, whose, only);
    return { ...card, components: [...(card.components ?? []), ...rowsOf([offer])] };
  }
  const lines: string[] = [];
  for (const [i, hour] of hours.entries()) {
    const standing = standingIn(await listOfficePeople(ctx.db, hour.id), whose.userId);
    const own = hour.mentor_id === whose.userId ? 'yours' : standing.own?.state;
    const line = text.list.line(
      i + 1,
      hour.starts_at,
      shortTopic(ctx.t, hour),
      mention(ctx.t, hour.mentor_id),
      text.list.places(standing.taken, hour.places),
    );
    lines.push(own === undefined ? line : ctx.t.words.row([line, `**${text.list[own]}**`]));
  }
  return {
    embeds: [embed(ctx.t, text.list.title, lines.join('\n'))],
    components: [await pickRow(ctx, whose, hours, keys.officehours.pick), ...rowsOf([offer])],
  };
}

/** A menu with one entry for each, in the reader's own time: menus show no stamps. */
async function pickRow(ctx: ActContext, whose: Acting, hours: readonly OfficeHour[], key: Key) {
  const zone = await zoneOf(ctx, whose);
  const options = hours.slice(0, limits.choices).map((hour) => ({ label: entryText(ctx, hour, zone), value: hour.id }));
  return menuRow([key], ctx.t.officeHours.list.pick, options);
}

/** "Thu, Dec 3, 18:00 · Interviews". */
export function entryText(ctx: ActContext, hour: OfficeHour, zone: string): string {
  const { list, title } = ctx.t.officeHours;
  const moment = ctx.t.words.shortMoment(zone, hour.starts_at);
  return clip(list.entry(moment, hour.topic === '' ? title('') : hour.topic), limits.choiceName);
}

/** One of them, as its reader stands to it. @param said goes above it. */
export async function hourCard(ctx: ActContext, whose: Acting, hour: OfficeHour, said?: string): Promise<Card> {
  const { t } = ctx;
  const text = t.officeHours;
  const standing = standingIn(await listOfficePeople(ctx.db, hour.id), whose.userId);
  const questions = await listQuestions(ctx.db, hour.id);
  const own = await findQuestion(ctx.db, hour.id, whose.userId);
  const isMentor = hour.mentor_id === whose.userId;
  const more = isMentor ? [text.own.mentor] : ownText(t, standing, own);
  const others = (await listOpenTo(ctx, whose)).length > 1;
  return {
    ...(said === undefined ? {} : { content: said }),
    embeds: [officeEmbed(t, hour, standing, questions.length, more)],
    components: rowsOf([
      isMentor ? mentorButtons(ctx, hour) : memberButtons(ctx, hour, standing, own !== undefined),
      others ? [button([keys.officehours.open, 'in'], text.buttons.all)] : [],
    ]),
  };
}

function mentorButtons({ t, now }: ActContext, { id, starts_at: startsAt }: OfficeHour): HomeButton[] {
  const text = t.officeHours.buttons;
  return [
    button([keys.officehours.questions, id], text.questions, ButtonStyle.Primary),
    ...(startsAt > now() ? [button([keys.officehours.move, id], text.move)] : []),
    button([keys.officehours.callOff, id], text.callOff),
    button([keys.officehours.calendar, id], text.calendar),
  ];
}

function memberButtons(
  { t, now }: ActContext,
  hour: OfficeHour,
  standing: ReturnType<typeof standingIn>,
  hasAsked: boolean,
): HomeButton[] {
  const text = t.officeHours.buttons;
  const { id } = hour;
  if (hour.state !== 'planned') return [];
  if (!standing.own) {
    const label = isFull(hour, standing) ? text.wait : text.join;
    return [button([keys.officehours.join, id, 'in'], label, ButtonStyle.Success)];
  }
  const isOn = later(hour.starts_at, { minutes: -hereBeforeMinutes }) <= now();
  return [
    ...(isOn && standing.own.here_at === null
      ? [button([keys.officehours.here, id], text.here, ButtonStyle.Success)]
      : []),
    button([keys.officehours.ask, id], hasAsked ? text.change : text.ask, ButtonStyle.Primary),
    ...(hasAsked ? [button([keys.officehours.takeBack, id, 'in'], text.takeBack)] : []),
    button([keys.officehours.leave, id, 'in'], text.leave),
    button([keys.officehours.calendar, id], text.calendar),
  ];
}

/** The questions of a mentor's own. */
export function questionsCard(
  { t }: ActContext,
  hour: OfficeHour,
  questions: readonly ShownQuestion[],
  page: number,
): Card {
  const text = t.officeHours.questions;
  if (questions.length === 0) return { content: text.none };
  const pages = Math.ceil(questions.length / questionsShown);
  const at = Number.isInteger(page) && page > 0 && page < pages ? page : 0;
  const from = at * questionsShown;
  const shown = questions.slice(from, from + questionsShown);
  const lines = shown.map(({ words, by }, i) =>
    text.line(from + i + 1, showTyped(words), by === undefined ? undefined : mention(t, by)),
  );
  const rest = questions.length - from - shown.length;
  const turn = (to: number, label: string) => button([keys.officehours.questions, hour.id, String(to), 'in'], label);
  return {
    embeds: [
      embed(
        t,
        text.title(topicText(t, hour)),
        [...lines, ...(rest > 0 ? [text.more(rest)] : []), `-# ${text.hint}`].join('\n\n'),
      ),
    ],
    components: [
      menuRow(
        [keys.report.question],
        text.report,
        shown.map(({ id, words }, i) => ({
          label: clip(text.entry(from + i + 1, words.replaceAll(/\s+/g, ' ')), limits.choiceName),
          value: id,
        })),
      ),
      ...rowsOf([
        [...(at > 0 ? [turn(at - 1, t.pairs.previous)] : []), ...(at + 1 < pages ? [turn(at + 1, t.pairs.next)] : [])],
      ]),
    ],
  };
}

/** Asks the mentor whether it shall really be called off. */
export async function confirmOffCard(ctx: ActContext, hour: OfficeHour, isStaff: boolean): Promise<Card> {
  const text = ctx.t.officeHours;
  const people = await listOfficePeople(ctx.db, hour.id);
  const { staffOffNow, list, callOffNow, look } = keys.officehours;
  return {
    content: text.confirmOff(topicText(ctx.t, hour), hour.starts_at, people.length),
    components: [
      row(
        button([isStaff ? staffOffNow : callOffNow, hour.id], text.buttons.callOffNow, ButtonStyle.Danger),
        button(isStaff ? [list, 'in'] : [look, hour.id, 'in'], text.buttons.keep),
      ),
    ],
  };
}

/** Says that it was called off, with the way back to what is coming. @param back the key that shows it. */
export function calledOffCard(t: Texts, said: string, back: Key): Card {
  return { content: said, components: [row(button([back, 'in'], t.officeHours.buttons.all))] };
}

/** Everything that is coming, for moderators: counts, and nobody's words but the topics. */
export async function staffCard(ctx: ActContext, whose: Acting): Promise<Card> {
  const text = ctx.t.officeHours;
  const hours = await listOfficeHours(ctx.db, whose.guildId);
  if (hours.length === 0) return { content: text.staff.none };
  const lines: string[] = [];
  for (const [i, hour] of hours.entries()) {
    const { taken, waiting } = standingIn(await listOfficePeople(ctx.db, hour.id));
    const questions = await listQuestions(ctx.db, hour.id);
    lines.push(
      text.staff.line(
        i + 1,
        hour.starts_at,
        shortTopic(ctx.t, hour),
        mention(ctx.t, hour.mentor_id),
        text.list.places(taken, hour.places),
        waiting,
        questions.length,
      ),
    );
  }
  return {
    embeds: [embed(ctx.t, text.list.title, lines.join('\n'))],
    components: [await pickRow(ctx, whose, hours, keys.officehours.staffPick)],
  };
}

/** One of them, for moderators. @throws UserError when there is none such in this guild, or it is over. */
export async function staffHourCard(ctx: ActContext, whose: Acting, hourId: string): Promise<Card> {
  const hour = await requirePlanned(ctx, whose, hourId);
  const standing = standingIn(await listOfficePeople(ctx.db, hour.id));
  const questions = await listQuestions(ctx.db, hour.id);
  const text = ctx.t.officeHours.buttons;
  return {
    embeds: [officeEmbed(ctx.t, hour, standing, questions.length)],
    components: [
      row(
        button([keys.officehours.staffOff, hour.id], text.callOff, ButtonStyle.Danger),
        button([keys.officehours.list, 'in'], text.all),
      ),
    ],
  };
}

/** One of a guild's that is not over, for moderators. @throws UserError for any other. */
export async function requirePlanned(ctx: ActContext, { guildId }: Acting, hourId: string): Promise<OfficeHour> {
  const hour = (await listOfficeHours(ctx.db, guildId)).find(({ id }) => id === hourId);
  if (!hour) throw notOpen();
  return hour;
}
