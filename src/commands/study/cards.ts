import { type APIEmbed, ButtonStyle } from 'discord.js';
import { findGroup, listLiveGroups, type StudyGroup } from '../../db/study/groups.ts';
import { type Application, listApplications, listApplicationsOf } from '../../db/study/applications.ts';
import { countMembersOf, findGroupMember, listGroupMembers, listMembershipsOf } from '../../db/study/members.ts';
import { countSessionsOf, findNextSession } from '../../db/study/sessions.ts';
import { listSeekersOf, type StoredSeeker } from '../../db/study/seekers.ts';
import { button, menuRow, row } from '../../discord/buttons.ts';
import { languagesText, openText, subjectText, weeklyText } from '../../discord/cards/study.ts';
import type { ActContext } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import type { Acting } from '../../guild/acting.ts';
import { stamp, who } from '../../marks.ts';
import type { Withdrawn } from '../../study/groups/apply.ts';
import type { Finding, FoundGroup } from '../../study/find.ts';
import { waitsBeside } from '../../study/seek.ts';
import { sessionsFile } from '../../study/sessions/calendar.ts';
import { circles, exams, type StudySubject } from '../../study/topics.ts';
import type { Texts } from '../../texts/en.ts';

/** Groups for somebody, with what speaks for each, and a button to join it. */
export function foundCard(t: Texts, subject: StudySubject, { found, others, isNightOnly }: Finding): Card {
  const text = t.study.find;
  const what = subjectText(t, subject);
  if (found.length === 0) {
    return {
      content: [text.none(what, others), ...(isNightOnly ? [text.nightOnly] : [])].join('\n'),
      components: [row(button([keys.study.seek, subject.topic, subject.place], text.match))],
    };
  }
  const fields = found.map((each, i) => ({
    name: `${i + 1} · ${text.members(each.members, each.group.size)}`,
    value: [
      t.words.row(
        [
          each.group.target === null ? '' : text.target(t.words.month(each.group.target)),
          text.languages(each.group.languages.map((language) => t.words.language(language))),
          each.next === undefined ? '' : text.next(new Date(each.next).toISOString()),
          each.common.length === 0 ? '' : text.common(each.common.map(({ time }) => weeklyText(t, time))),
          each.isFull
            ? t.studyGroups.apply.full
            : each.group.by_application === 1
              ? t.studyGroups.apply.byApplication
              : '',
        ].filter((part) => part !== ''),
      ),
      ...(each.group.about === '' ? [] : [text.about(showTyped(each.group.about))]),
    ].join('\n'),
  }));
  return {
    embeds: [embed(t, text.title(what), text.intro, fields)],
    components: [row(...found.map((each, i) => joinButton(t, each, t.words.number(i + 1))))],
  };
}

function joinButton(t: Texts, { group, isFull }: FoundGroup, place: string) {
  const text = t.studyGroups.apply;
  if (isFull) return button([keys.study.apply, group.id], text.list(place));
  if (group.by_application === 1) return button([keys.study.apply, group.id], text.button(place));
  return button([keys.study.join, group.id], t.study.find.join(place));
}

/** Asks for which exam or circle somebody finds, waits for or begins a group. */
export function aboutCard(t: Texts, what: string): Card {
  const text = t.study.about;
  const options = [...exams, ...circles].map((value) => ({ label: t.study.topicNames[value], value }));
  const asked = what === 'find' || what === 'create' ? what : 'match';
  return { content: text[asked], components: [menuRow([keys.study.subject, asked], text.choose, options)] };
}

/** Somebody is in a group now. */
export function joinedCard(t: Texts, group: StudyGroup): Card {
  const text = t.study.find;
  const content = text[group.state === 'forming' ? 'joinedForming' : 'joined'](subjectText(t, group));
  return { content, components: [row(button([keys.study.open], t.study.home.open))] };
}

/** Somebody's groups, each with everything that matters about it, and what they wait for. */
export async function ownGroupsCard(ctx: ActContext, whose: Acting, groups: readonly StudyGroup[]): Promise<Card> {
  const { t } = ctx;
  const lines: string[] = [];
  const buttons: ReturnType<typeof button>[] = [];
  const offered: StudyGroup[] = [];
  for (const { group_id: id, state, until } of await listMembershipsOf(ctx.db, whose)) {
    const group = state === 'offered' && until !== null ? await findGroup(ctx.db, id) : undefined;
    if (!group || until === null) continue;
    const what = subjectText(t, group);
    offered.push(group);
    lines.push(t.study.home.offered(what, until));
    buttons.push(button([keys.study.accept, id], t.study.home.accept(what), ButtonStyle.Success));
  }
  for (const each of waitsBeside(await listSeekersOf(ctx.db, whose), offered)) {
    const what = subjectText(t, each);
    lines.push(t.study.show.seeking(what, each.since));
    buttons.push(button([keys.study.stopAsk, each.topic, each.place], t.study.match.stopOf(what)));
  }
  const applied = await listApplicationsOf(ctx.db, whose);
  for (const each of applied) {
    const what = subjectText(t, each);
    lines.push(t.studyGroups.apply.waits(what, await placeInList(ctx, each)));
    buttons.push(button([keys.study.unapplyAsk, each.group_id], t.studyGroups.apply.withdrawOf(what)));
  }
  if (groups.length === 0 && lines.length === 0) return { content: t.study.show.none };
  const embeds: APIEmbed[] = [];
  for (const group of groups) embeds.push(await groupEmbed(ctx, whose, group));
  const named = groups.map((group) => ({ group, title: t.study.session.title(subjectText(t, group)) }));
  const file = await sessionsFile(ctx, named, t.study.home.heading);
  return {
    content: lines.join('\n'),
    embeds,
    components: rowsOf(buttons),
    ...(file === undefined ? {} : { files: [{ name: t.study.show.file, attachment: Buffer.from(file) }] }),
  };
}

/** Buttons in rows of five; more than 25 fit below no message. */
function rowsOf(buttons: readonly ReturnType<typeof button>[]): NonNullable<Card['components']> {
  const starts = [0, 5, 10, 15, 20].filter((at) => at < buttons.length);
  return starts.map((at) => row(...buttons.slice(at, at + 5)));
}

/** At which place of a full group's list somebody is, counted from 1; undefined where its members are being asked. */
export async function placeInList(ctx: ActContext, application: Application): Promise<number | undefined> {
  if (application.state === 'asked') return undefined;
  const listed = await listApplications(ctx.db, application.group_id, 'listed');
  return listed.findIndex(({ user_id: userId }) => userId === application.user_id) + 1;
}

/** Asks once before somebody takes an application back, or gives up their place in a list. */
export function unapplyCard(t: Texts, groupId: string, what: string, place: number | undefined): Card {
  const text = t.studyGroups.apply;
  return {
    content: text.ask(what, place),
    components: [
      row(
        button([keys.study.unapply, groupId], text.withdraw, ButtonStyle.Danger),
        button([keys.study.keep], t.study.keep),
      ),
    ],
  };
}

/** Asks once before somebody stops waiting: their turn goes with it. */
export function stopCard(t: Texts, seeker: Pick<StoredSeeker, 'topic' | 'place' | 'since'>): Card {
  const text = t.study.match;
  const id = [keys.study.stop, seeker.topic, seeker.place] as const;
  return {
    content: text.stopAsk(subjectText(t, seeker), seeker.since),
    components: [row(button(id, text.stop, ButtonStyle.Danger), button([keys.study.keep], t.study.keep))],
  };
}

/** What came of it, with the way back; a second press reads that there is nothing left to stop. */
export function stoppedCard(t: Texts, subject: StudySubject, stopped: boolean): Card {
  const text = t.study.match;
  if (!stopped) return { content: text.notSeeking };
  return {
    content: text.stopped,
    components: [row(button([keys.study.seek, subject.topic, subject.place], text.again))],
  };
}

/** What came of taking an application back, with the way back. */
export function withdrawnCard(t: Texts, groupId: string, is: Withdrawn): Card {
  const text = t.studyGroups.apply;
  return {
    content: text.withdrawn[is],
    components: is === 'withdrawn' ? [row(button([keys.study.apply, groupId], text.again))] : [],
  };
}

async function groupEmbed(ctx: ActContext, whose: Acting, group: StudyGroup): Promise<APIEmbed> {
  const { t } = ctx;
  const text = t.study.show;
  const members = await listGroupMembers(ctx.db, group.id);
  const offered = members.filter(({ state }) => state === 'offered').length;
  const lines = members
    .filter(({ state }) => state !== 'offered')
    .map((member) => {
      if (member.state === 'resting' && member.until !== null) return text.rests(member.user_id, member.until);
      return member.user_id === group.owner_id ? `${who(member.user_id)}, ${text.owner}` : who(member.user_id);
    });
  const next = await findNextSession(ctx.db, group.id);
  const own = await findGroupMember(ctx.db, group.id, whose.userId);
  return embed(
    t,
    subjectText(t, group),
    t.words.row([
      ...(group.target === null ? [] : [t.study.find.target(t.words.month(group.target))]),
      languagesText(t, group.languages),
    ]),
    [
      { name: text.state, value: stateText(t, group), inline: true },
      { name: text.next, value: next ? stamp(next.starts_at, 'F') : text.noNext, inline: true },
      {
        name: text.times,
        value:
          group.zone === null || group.times.length === 0
            ? text.noTimes
            : text.timesIn(group.times.map((time) => weeklyText(t, time)), group.zone), // prettier-ignore
      },
      {
        name: text.members,
        value: [
          ...lines,
          ...(offered > 0 ? [text.offered(offered)] : []),
          ...(group.owner_id === null ? [text.allOwn] : []),
        ].join('\n'),
      },
      ...(group.about === '' ? [] : [{ name: text.about, value: showTyped(group.about) }]),
      ...(group.state === 'forming'
        ? []
        : [{ name: text.thread, value: group.thread_id === null ? text.threadComing : `<#${group.thread_id}>` }]),
      ...(own ? [{ name: '​', value: text.own(await countSessionsOf(ctx.db, group.id, whose.userId)) }] : []),
    ],
  );
}

function stateText(t: Texts, { state, state_until: until }: StudyGroup): string {
  if (state === 'resting' && until !== null) return t.study.show.restingUntil(until);
  if (state === 'forming' && until !== null) return t.study.show.formingUntil(until);
  return t.study.states[state];
}

/** Asks once before somebody goes, or a group does. */
export function askCard(t: Texts, what: 'leave' | 'close', group: StudyGroup): Card {
  const text = t.study[what];
  return {
    content: text.ask(subjectText(t, group)),
    components: [
      row(button([keys.study[what], group.id], text.yes, ButtonStyle.Danger), button([keys.study.keep], t.study.keep)),
    ],
  };
}

/** Groups listed to moderators in one message. */
const listedAtMost = 25;

/** Every group of a guild, for moderators. Who was at which session is nobody's but theirs. */
export async function listCard(ctx: ActContext, groups: readonly StudyGroup[], waiting: number): Promise<Card> {
  const { t } = ctx;
  const text = t.study.list;
  if (groups.length === 0) return { content: [text.none, text.waiting(waiting)].join('\n') };
  const counts = new Map<string, number>();
  const lines: string[] = [];
  for (const group of groups.slice(0, listedAtMost)) {
    const members = await listGroupMembers(ctx.db, group.id);
    counts.set(group.id, members.length);
    const silent = members.filter((member) => member.asked_at !== null).map(({ user_id: userId }) => userId);
    const held = group.held_at === null ? text.notHeld : text.held(group.held_at);
    const line = text.entry(subjectText(t, group), members.length, stateText(t, group));
    lines.push([line, held, ...(silent.length === 0 ? [] : [text.silent(silent)])].join(' · '));
  }
  const more = groups.length - lines.length;
  const body = [...lines, ...(more > 0 ? [text.more(more)] : []), text.waiting(waiting)];
  const options = groups.slice(0, listedAtMost).map((group) => ({
    label: openText(t, group, counts.get(group.id) ?? 0),
    value: group.id,
  }));
  return {
    embeds: [embed(t, text.title, body.join('\n'))],
    components: [menuRow([keys.study.staffGroup], t.studyGroups.staff.menu, options)],
  };
}

/** One group, with what a moderator may do about it: close it, or ask it and another to become one. */
export async function staffCard(ctx: ActContext, group: StudyGroup): Promise<Card> {
  const { t } = ctx;
  const text = t.studyGroups.staff;
  const counts = await countMembersOf(ctx.db, group.guild_id);
  const line = t.study.list.entry(subjectText(t, group), counts.get(group.id) ?? 0, stateText(t, group));
  const others = (await listLiveGroups(ctx.db, group.guild_id)).filter(
    (other) => other.id !== group.id && other.topic === group.topic && other.place === group.place,
  );
  const options = others.slice(0, listedAtMost).map((other) => ({
    label: openText(t, other, counts.get(other.id) ?? 0),
    value: other.id,
  }));
  return {
    content: [text.chosen(line), ...(options.length === 0 ? [text.none] : [])].join('\n'),
    components: [
      ...(options.length === 0 ? [] : [menuRow([keys.study.staffMerge, group.id], text.mergeMenu, options)]),
      row(button([keys.study.staffCloseAsk, group.id], text.close, ButtonStyle.Danger)),
    ],
  };
}

/** Asks a moderator once before a group is closed. */
export function staffCloseCard(t: Texts, group: StudyGroup): Card {
  const text = t.studyGroups.staff;
  return {
    content: `${t.study.close.ask(subjectText(t, group))}\n${text.askClose}`,
    components: [
      row(
        button([keys.study.staffClose, group.id], text.close, ButtonStyle.Danger),
        button([keys.study.keep], t.study.keep),
      ),
    ],
  };
}
