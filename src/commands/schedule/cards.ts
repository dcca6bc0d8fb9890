/** What moderators see of schedules. */
import { ButtonStyle } from 'discord.js';
import { zoneLabel } from '../../content/zones/index.ts';
import type { Schedule } from '../../db/schedules.ts';
import { isPausedByBot, type ScheduleAhead } from '../../posts/schedules.ts';
import { epochMs, type Instant } from '../../time.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { describeCron } from '../../discord/recurrence.ts';
import { categoryName, readCategories } from './words.ts';
import { embed, post } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { limits } from '../../discord/limits.ts';
import { stamp } from '../../marks.ts';

/** Characters of a list: below Discord's 4,096 for a description. */
const listLength = 3_400;

/**
 * A schedule after something was done with it: what, where, when next, who is notified, and what is to be mended.
 * @param where its place, in words.
 */
export function scheduleCard(
  t: Texts,
  title: string,
  { schedule, next }: ScheduleAhead,
  problems: readonly string[],
  now: Instant,
  where: string,
): Card {
  const { card } = t.schedules;
  const mayPost = problems.length === 0 ? `\n${card.mayPost}` : '';
  const when = card.zone(
    describeCron(t, schedule.cron),
    zoneLabel(schedule.zone, epochMs(now)),
    schedule.follows_zone === 1,
  );
  const times = next.map((at) => card.nextLine(stamp(at, 'F'), stamp(at, 'R'))).join('\n');
  const pausedNext = isPausedByBot(schedule) ? card.restingNext : card.nothingNext;
  const nothingNext = schedule.state === 'active' ? t.schedules.list.nothingNext : pausedNext;
  const fields = [
    { name: card.what, value: whatOf(t, schedule), inline: true },
    { name: card.where, value: (schedule.crosspost === 1 ? card.crosspost(where) : where) + mayPost, inline: true },
    { name: card.when, value: when, inline: true },
    { name: card.next, value: times === '' ? nothingNext : times },
    { name: card.notified, value: notified(t, schedule) },
  ];
  const words = problems.length === 0 ? '' : [`**${card.problems}**`, ...problems.map(card.problem)].join('\n');
  return post(t, title, words, { fields, components: [row(button([keys.schedule.run, schedule.id], card.test))] });
}

function whatOf(t: Texts, schedule: Schedule): string {
  const categories = readCategories(schedule);
  return t.schedules.card.kind(schedule.kind, categories && categories.map(categoryName)).slice(0, limits.embedField);
}

function notified(t: Texts, { role_id: roleId, kind }: Schedule): string {
  const text = t.schedules;
  if (roleId !== null) return `<@&${roleId}>`;
  return kind === 'announcement' ? text.card.nobodyAnnounced : text.card.nobody;
}

/**
 * All schedules of a guild.
 * @param zone the guild's, IANA name: in it times of day are meant, unless a schedule has another.
 * @param isBlocked whether something keeps a schedule from posting, or from notifying whom it should.
 */
export function listCard(
  t: Texts,
  all: readonly ScheduleAhead[],
  zone: string,
  now: Instant,
  isBlocked: (schedule: Schedule) => boolean,
): Card {
  const text = t.schedules;
  if (all.length === 0) return { content: text.list.empty };
  const entries: string[] = [];
  let length = 0;
  for (const [index, { schedule, next }] of all.entries()) {
    const entry = entryOf(t, index + 1, schedule, next[0], zone, isBlocked(schedule));
    length += entry.length + 2;
    if (length > listLength) {
      entries.push(text.list.more(all.length - index));
      break;
    }
    entries.push(entry);
  }
  const intro = text.list.intro(zoneLabel(zone, epochMs(now)));
  const body = [intro, ...entries, text.list.change].join('\n\n');
  return { embeds: [embed(t, text.list.title(all.length), body)] };
}

function entryOf(
  t: Texts,
  place: number,
  schedule: Schedule,
  next: Instant | undefined,
  zone: string,
  isBlocked: boolean,
): string {
  const text = t.schedules;
  const when = describeCron(t, schedule.cron);
  const there = schedule.zone === zone ? when : text.list.elsewhere(when, schedule.zone);
  const head = text.list.entry(place, schedule.kind, `<#${schedule.channel_id}>`, there);
  const state =
    next === undefined
      ? schedule.state === 'active'
        ? text.list.nothingNext
        : text.pausedWhy[schedule.paused_why ?? 'moderator']
      : text.list.next(stamp(next, 'F'), stamp(next, 'R'));
  const role = schedule.role_id === null ? [] : [text.list.role(`<@&${schedule.role_id}>`)];
  const blocked = isBlocked && next !== undefined ? `\n${text.list.blocked}` : '';
  return `${head}\n${[state, ...role].join(' · ')}${blocked}`;
}

/** Asks once before a schedule is removed. */
export function removeCard(t: Texts, schedule: Schedule, name: string): Card {
  const text = t.schedules;
  return {
    ...post(t, name, text.remove.sure),
    components: [
      row(
        button([keys.schedule.remove, schedule.id], text.remove.confirm, ButtonStyle.Danger),
        button([keys.schedule.keep], text.remove.keep),
      ),
    ],
  };
}
