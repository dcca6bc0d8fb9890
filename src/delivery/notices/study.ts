/** Messages about study groups: in their threads, and to their members. */
import { ButtonStyle } from 'discord.js';
import { cityOf } from '../../content/zones/index.ts';
import { findGroup, type StudyGroup } from '../../db/study/groups.ts';
import { findGroupMember, listGroupMembers } from '../../db/study/members.ts';
import { listSeekersOf } from '../../db/study/seekers.ts';
import { readDetail } from '../../db/notices/write.ts';
import { button, row } from '../../discord/buttons.ts';
import { languagesText, subjectText, weeklyText, windowText } from '../../discord/cards/study.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { who } from '../../marks.ts';
import { answerDays } from '../../study/limits.ts';
import { usualWeeks } from '../../study/people.ts';
import { minuteOfWeekAt, nextTimes, suggestTimes } from '../../study/times.ts';
import type { Texts } from '../../texts/en.ts';
import { epochMs, later, toInstant } from '../../time.ts';
import { letter, type Render, type Scene, type Setting, shownGuildName, subjectOf } from './scene.ts';

/** The first message in a group's thread: it follows the members, and says when the group is over. */
export async function groupOpening(scene: Scene, group: StudyGroup, isAgain: boolean): Promise<Card> {
  const { t, ctx } = scene;
  const text = t.study.thread;
  const title = text.title(subjectText(t, group));
  if (group.state === 'closed') return { embeds: [embed(t, title, text.closed)] };
  const members = (await listGroupMembers(ctx.db, group.id)).filter(({ state }) => state !== 'offered');
  const names = members.map(({ user_id: userId }) => who(userId));
  const body = [
    ...(isAgain ? [text.again, text.members(names)] : [scene.notice.message_id === null ? text.opening(names) : text.members(names)]), // prettier-ignore
    ...(group.state === 'resting' && group.state_until !== null ? [text.rests(group.state_until)] : []),
    ...(group.about === '' ? [] : [showTyped(group.about)]),
    text.how,
    ...(group.owner_id === null ? [text.takeOver] : []),
    `-# ${t.study.session.integrity}`,
  ];
  return {
    content: names.join(' '),
    embeds: [embed(t, title, body.join('\n\n'))],
    components: group.owner_id === null ? [row(button([keys.study.own, group.id], text.own))] : [],
    allowedMentions: { users: members.map(({ user_id: userId }) => userId) },
  };
}

/** The vote on weekly times; closed, what came of it. */
export const groupVote: Render = async (scene) => {
  const { t, ctx } = scene;
  const text = t.study.vote;
  const group = await subjectOf(scene, findGroup);
  if (!group || group.state === 'closed' || group.zone === null) return undefined;
  const { zone, vote, vote_ends_at: until } = group;
  if (vote === null || until === null) {
    const [first] = nextTimes({ zone, times: group.times }, epochMs(ctx.now()), 1);
    const times = group.times.map((time) => weeklyText(t, time));
    const body = first === undefined ? text.vain : text.closed(times, zone, toInstant(first));
    return { embeds: [embed(t, text.title, body)] };
  }
  if (vote.length === 0) return { embeds: [embed(t, text.title, text.noHours)] };
  const members = (await listGroupMembers(ctx.db, group.id)).filter(({ state }) => state === 'member');
  const people = await usualWeeks(
    ctx.db,
    group.guild_id,
    members.map(({ user_id: userId }) => userId),
  );
  const now = epochMs(ctx.now());
  const outside = new Map(
    suggestTimes(people, { anchor: zone, minutes: group.minutes, from: now }).map((each) => [each.time, each.outside]),
  );
  const lines = vote.map((time) => {
    const names = members.filter(({ votes }) => votes.includes(time)).map(({ user_id: userId }) => who(userId));
    const [at = now] = nextTimes({ zone, times: [time] }, now, 1);
    const misses = (outside.get(time) ?? []).map((each) => text.outside(each.userId, each.minutes));
    const about = [text.local(toInstant(at)), ...misses];
    return `${text.option(weeklyText(t, time), names)}\n${about.join(' · ')}`;
  });
  const suitsNobody = vote.every((time) => (outside.get(time) ?? []).length > 0);
  return {
    embeds: [
      embed(
        t,
        text.title,
        [text.ask(until, group.minutes, cityOf(zone)), ...(suitsNobody ? [text.none] : []), ...lines].join('\n\n'),
      ),
    ],
    components: [row(...vote.map((time) => button([keys.study.vote, group.id, String(time)], weeklyText(t, time))))],
  };
};

/** No session for two weeks: whether the group goes on. */
export const groupQuiet: Render = async (scene) => {
  const group = await subjectOf(scene, findGroup);
  if (!group || group.state === 'closed') return undefined;
  const text = scene.t.study.quiet;
  if (group.asked_at === null) return { embeds: [embed(scene.t, text.title, text.answered)] };
  const until = later(group.asked_at, { days: answerDays });
  return {
    embeds: [embed(scene.t, text.title, text.ask(until))],
    components: [
      row(
        button([keys.study.goOn, group.id], text.goOn, ButtonStyle.Success),
        button([keys.study.restAsk, group.id], text.rest),
        button([keys.study.mergeAsk, group.id], text.merge),
        button([keys.study.closeAsk, group.id], text.close),
      ),
    ],
  };
};

/** Some days before a change of a clock moves the hour: for whom, and to when. */
export const groupShift: Render = async (scene) => {
  const { t, ctx, notice } = scene;
  const text = t.study.shift;
  const group = await subjectOf(scene, findGroup);
  if (!group || group.state === 'closed' || group.zone === null) return undefined;
  const { at } = readDetail('group-shift', notice);
  const members = await listGroupMembers(ctx.db, group.id);
  const people = await usualWeeks(
    ctx.db,
    group.guild_id,
    members.filter(({ state }) => state !== 'offered').map(({ user_id: userId }) => userId),
  );
  const { zone } = group;
  const lines = group.times.flatMap((time) => {
    const [before, after] = nextTimes({ zone, times: [time] }, epochMs(at) - 8 * 24 * 3_600_000, 2);
    if (before === undefined || after === undefined) return [];
    return people.flatMap((person) => {
      const [was, is] = [minuteOfWeekAt(person.zone, before), minuteOfWeekAt(person.zone, after)];
      if (was === is) return [];
      return [text.line(person.userId, toInstant(after), weeklyText(t, is), weeklyText(t, was))];
    });
  });
  if (lines.length === 0) return undefined;
  return {
    embeds: [embed(t, text.title, [text.body(lines), text.keep].join('\n\n'))],
    components: [row(button([keys.study.times, group.id], t.study.vote.title))],
  };
};

/** To somebody whom a group is offered: with how many, in what, and when all of them could meet. */
export const groupOffered: Render = async (scene) => {
  const group = await subjectOf(scene, findGroup);
  if (!group) return undefined;
  const isAgain = readDetail('group-offered', scene.notice)?.again === true;
  return await offeredCard(scene, group, scene.notice.user_id ?? '', isAgain);
};

/** The card of an offer as whoever it is for sees it, here and in `/inbox`; undefined once it is over. */
export async function offeredCard(
  setting: Setting,
  group: StudyGroup,
  userId: string,
  isAgain = false,
): Promise<Card | undefined> {
  const { t, ctx } = setting;
  const text = t.study.offered;
  const own = await findGroupMember(ctx.db, group.id, userId);
  if (group.state === 'closed' || own?.state !== 'offered' || own.until === null) return undefined;
  const members = (await listGroupMembers(ctx.db, group.id)).map((each) => each.user_id);
  const guild = await shownGuildName(setting);
  const body = [
    ...(isAgain ? [t.formations.reminder] : []),
    text.body(guild, members.length - 1, languagesText(t, group.languages), own.until),
    await timesText(setting, group, members, userId),
  ];
  return await letter(setting, text.title(subjectText(t, group)), body.filter((each) => each !== '').join('\n\n'), {
    components: [
      row(
        button([keys.study.accept, group.id], text.yes, ButtonStyle.Success),
        button([keys.study.decline, group.id, 'seek'], text.no),
        button([keys.study.decline, group.id, 'stop'], text.stop),
      ),
    ],
  });
}

/** When a group meets, or could meet, by the clock of whoever reads it. */
async function timesText(
  { t, ctx }: Setting,
  group: StudyGroup,
  members: readonly string[],
  reader: string,
): Promise<string> {
  const text = t.study.offered;
  const now = epochMs(ctx.now());
  if (group.zone !== null && group.times.length > 0) {
    const [at = now] = nextTimes({ zone: group.zone, times: group.times }, now, 1);
    return text.next(toInstant(at));
  }
  const people = await usualWeeks(ctx.db, group.guild_id, members);
  const own = people.find(({ userId }) => userId === reader);
  if (!own) return '';
  const times = suggestTimes(people, { anchor: own.zone, minutes: group.minutes, from: now });
  const common = times.filter(({ outside }) => outside.length === 0).map(({ time }) => weeklyText(t, time));
  return common.length === 0 ? '' : text.times(common);
}

/** To a member who missed two sessions in a row without a word. */
export const groupSilence: Render = async (scene) => {
  const { t, ctx, notice } = scene;
  const text = t.study.silence;
  const group = await subjectOf(scene, findGroup);
  const own = group && (await findGroupMember(ctx.db, group.id, notice.user_id ?? ''));
  if (!group || group.state === 'closed' || own?.state !== 'member' || own.asked_at === null || own.until === null) {
    return undefined;
  }
  return await letter(scene, text.title, text.body(subjectText(t, group), own.until), {
    components: [
      row(
        button([keys.study.still, group.id], text.still, ButtonStyle.Success),
        button([keys.study.restSelf, group.id], text.rest),
        button([keys.study.leaveSilent, group.id], text.leave),
      ),
    ],
  });
};

/** What has become of somebody's place or group: why, and what to do next. */
export const groupNews: Render = async (scene) => {
  const { t } = scene;
  const text = t.study.news;
  const group = await subjectOf(scene, findGroup);
  if (!group) return undefined;
  const { what, reason } = readDetail('group-news', scene.notice);
  const subject = subjectText(t, group);
  if (what === 'merged' || what === 'taken-in' || what === 'not-taken' || what === 'offer-gone') {
    const { title, body } = t.studyGroups.news[what];
    const again =
      what === 'not-taken' || what === 'offer-gone' ? [button([keys.study.seek, group.id], text.again)] : [];
    return await letter(scene, title(subject), body, {
      components: [row(...again, button([keys.study.open], t.study.home.open))],
    });
  }
  if (what === 'unlisted') {
    // Listed again meanwhile, or over: then there is nothing to tell.
    if (group.is_listed === 1 || group.state === 'closed') return undefined;
    const { title, body } = t.studyOpen.listing.taken;
    return await letter(scene, title(subject), body, {
      components: [row(button([keys.study.open], t.study.home.open))],
    });
  }
  if (what === 'closed') {
    const { title, why, next } = text.closed;
    return await letter(
      scene,
      title(subject),
      [{ ...why, ...t.studyGroups.closedWhy }[group.closed_why ?? 'closed'], next].join('\n\n'),
    );
  }
  const because = reason === undefined ? '' : t.studyGroups.removed[reason];
  const body = [because, text[what].body].filter((part) => part !== '').join(' ');
  return await letter(scene, text[what].title(subject), body, {
    components: [row(button([keys.study.seek, group.id], text.again))],
  });
};

/** To somebody whom no group had room for: honest odds, and what small change would help, in one press. */
export const seekerLeft: Render = async (scene) => {
  const { t, ctx, notice } = scene;
  const text = t.study.left;
  if (notice.detail === null) return undefined;
  const { topic, waiting, changes, fellAway } = readDetail('seeker-left', notice);
  const whose = { guildId: notice.guild_id, userId: notice.user_id ?? '' };
  const seeker = (await listSeekersOf(ctx.db, whose)).find((each) => each.topic === topic);
  if (!seeker) return undefined;
  if (fellAway) return await letter(scene, text.title(subjectText(t, seeker)), t.formations.fellAway);
  const told = changes.map((change) => tell(t, change));
  const body = [
    text.odds(waiting),
    ...(told.length === 0 ? [text.nothing] : [text.helps, told.map(({ line }) => `- ${line}`).join('\n')]),
  ];
  return await letter(scene, text.title(subjectText(t, seeker)), body.join('\n\n'), {
    components:
      told.length === 0
        ? []
        : [
            row(
              ...told.map(({ args, label }) =>
                button([keys.study.take, topic, ...args], text.take(label), ButtonStyle.Success),
              ),
            ),
          ],
  });
};

type Change = ReturnType<typeof readDetail<'seeker-left'>>['changes'][number];

function tell(t: Texts, change: Change): { line: string; label: string; args: readonly string[] } {
  const text = t.study.left;
  if (change.is === 'hours') {
    const label = windowText(t, change);
    return { label, line: text.hours(label, change.others), args: ['hours', String(change.from), String(change.to)] };
  }
  if (change.is === 'month') {
    const label = t.words.month(change.month);
    return { label, line: text.month(label, change.others), args: ['month', change.month] };
  }
  const label = t.words.language(change.language);
  return { label, line: text.language(label, change.others), args: ['language', change.language] };
}
