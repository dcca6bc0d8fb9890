import { type APIEmbed, type APIEmbedField, ButtonStyle } from 'discord.js';
import { findMember } from '../../db/members.ts';
import type { Mentorship } from '../../db/mentorships.ts';
import { findProfile } from '../../db/profiles.ts';
import { listRests, type Rest } from '../../db/rests.ts';
import { shownUntil } from '../../mentoring/changes.ts';
import { type EndReason, partnerIn, roleIn } from '../../mentoring/mentorships.ts';
import { profileFields } from '../../discord/cards/profile.ts';
import type { Card } from '../../discord/replies.ts';
import { button, linkButton, row } from '../../discord/buttons.ts';
import { threadUrl } from '../../discord/links.ts';
import { type HomeButton, rowsOf } from '../../discord/home/index.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { stamp } from '../../marks.ts';
import { isHeldUp } from '../../db/notices/lookups.ts';
import { listMeetings, type Meeting } from '../../db/meetings.ts';
import type { Completion } from '../../mentoring/completion.ts';
import { goalFields } from './goals.ts';
import { closingRow } from './closing.ts';
import { meetingFields } from './meetings.ts';
import { findWaits } from './waits.ts';

/** One mentorship as it stands, with everything that one of the two can do about it. */
export async function mentorshipCard(ctx: ActContext, userId: string, mentorship: Mentorship): Promise<Card> {
  const meetings = await listMeetings(ctx.db, mentorship.id);
  const waits = await findWaits(ctx, mentorship, userId, meetings);
  const { id, guild_id: guildId, thread_id: threadId } = mentorship;
  const isActive = mentorship.state === 'active';
  const find = button([keys.mentorship.meet, id], ctx.t.meetings.findTime, ButtonStyle.Primary);
  const first: HomeButton[] = [
    ...(isActive && !waits.hasOpenMeeting ? [find] : []),
    ...(isActive ? [button([keys.mentorship.goal, id], ctx.t.goals.set)] : []),
    ...(threadId === null ? [] : [linkButton(threadUrl(guildId, threadId), ctx.t.notices.request.openThread)]),
    button([keys.report.open, partnerIn(mentorship, userId)], ctx.t.cases.menu),
  ];
  const shown = await mentorshipEmbed(ctx, userId, mentorship, meetings);
  const profile = await partnerFields(ctx, userId, mentorship);
  return {
    embeds: [{ ...shown, fields: [...shown.fields, ...waits.fields, ...profile] }],
    components: rowsOf([first, ...waits.buttons]),
  };
}

/** Several, as a mentor may have: each in short, with a button that opens it. */
export async function mentorshipsCard(
  ctx: ActContext,
  userId: string,
  mentorships: readonly Mentorship[],
): Promise<Card> {
  const text = ctx.t.mentorship;
  const embeds: APIEmbed[] = [];
  for (const [i, mentorship] of mentorships.entries()) {
    const meetings = await listMeetings(ctx.db, mentorship.id);
    const { named } = await findWaits(ctx, mentorship, userId, meetings);
    const { title, ...shown } = await mentorshipEmbed(ctx, userId, mentorship, meetings, { isBrief: true });
    const waiting = named.length > 0 ? [{ name: text.waits.title, value: ctx.t.words.list(named) }] : [];
    embeds.push({ ...shown, title: text.placed(i + 1, title), fields: [...shown.fields, ...waiting] });
  }
  // By place, the mentions stand above.
  const opens = mentorships.map(({ id }, i) => button([keys.mentorship.show, id], text.showOf(i + 1)));
  const links = mentorships.flatMap(({ guild_id: guildId, thread_id: threadId }, i) =>
    threadId === null ? [] : [linkButton(threadUrl(guildId, threadId), text.openThreadOf(i + 1))],
  );
  return { embeds, components: rowsOf([opens, links]) };
}

/** What has just become of a mentorship, with the way to its thread. */
export function withThread(t: Texts, mentorship: Mentorship, said: string, ...next: readonly HomeButton[]): Card {
  const { thread_id: threadId, guild_id: guildId } = mentorship;
  if (threadId === null) return { content: said, components: rowsOf([next]) };
  const way = linkButton(threadUrl(guildId, threadId), t.notices.request.openThread);
  return {
    content: `${said}\n${t.notices.request.yourThread(`<#${threadId}>`)}`,
    components: rowsOf([[...next, way]]),
  };
}

async function mentorshipEmbed(
  ctx: ActContext,
  userId: string,
  mentorship: Mentorship,
  meetings: readonly Meeting[],
  { isBrief = false }: { readonly isBrief?: boolean } = {},
) {
  const text = ctx.t.mentorship;
  const role = roleIn(mentorship, userId) === 'mentor' ? 'mentee' : 'mentor';
  const rests = await listRests(ctx.db, mentorship.id);
  return {
    title: text.title[role],
    description: `<@${partnerIn(mentorship, userId)}>`,
    fields: [
      { name: text.since, value: stamp(mentorship.started_at, 'D'), inline: true },
      { name: text.state, value: stateOf(ctx.t, mentorship, rests), inline: true },
      { name: text.until, value: stamp(mentorship.due_at, 'D'), inline: true },
      {
        name: text.thread,
        value: mentorship.thread_id === null ? await missingThread(ctx, mentorship) : `<#${mentorship.thread_id}>`,
        inline: true,
      },
      ...meetingFields(ctx, mentorship, meetings, isBrief),
      ...(isBrief ? [] : await goalFields(ctx, mentorship)),
    ] as APIEmbedField[],
  };
}

/** What the other has told about themselves. */
async function partnerFields(ctx: ActContext, userId: string, mentorship: Mentorship): Promise<APIEmbedField[]> {
  const partner = partnerIn(mentorship, userId);
  const role = roleIn(mentorship, userId) === 'mentor' ? 'mentee' : 'mentor';
  const profile = await findProfile(ctx.db, mentorship.guild_id, partner, role);
  const member = await findMember(ctx.db, mentorship.guild_id, partner);
  const now = ctx.now();
  return profile && member ? profileFields(ctx.t, profile, member, { audience: 'member', now, localTimeAt: now }) : [];
}

async function missingThread(ctx: ActContext, { id }: Mentorship): Promise<string> {
  const isImpossible = await isHeldUp(ctx.db, id, 'mentorship-thread');
  return isImpossible ? ctx.t.mentorship.threadImpossible : ctx.t.mentorship.threadComing;
}

function stateOf(t: Texts, mentorship: Mentorship, rests: readonly Rest[]): string {
  if (mentorship.state !== 'paused') return t.mentorship.active;
  const until = shownUntil(rests);
  return until === null ? t.mentorship.resting : t.mentorship.restingUntil(until);
}

/** Asks whether a mentorship shall really end, and says what follows from the reason. */
export function confirmEndCard(t: Texts, mentorship: Mentorship, userId: string, reason: EndReason): Card {
  const text = t.mentorship;
  const partner = partnerIn(mentorship, userId);
  return {
    content: text.confirm(partner, text.consequences[reason]),
    components: [
      row(
        button([keys.mentorship.end, mentorship.id, reason], text.confirmButton, ButtonStyle.Danger),
        button([keys.mentorship.keep], text.keep),
      ),
    ],
  };
}

/** What one reads after ending a mentorship. */
export function endedCard(t: Texts, mentorship: Mentorship, userId: string): Card {
  const text = t.mentorship;
  const next = roleIn(mentorship, userId) === 'mentor' ? text.endedAsMentor : text.endedAsMentee;
  return {
    content: `${text.ended(partnerIn(mentorship, userId))}\n${next}\n${t.closings.hint}`,
    components: [closingRow(t, mentorship)],
  };
}

/** Asks whether one wants to say that both are done, and says what follows. */
export function askDoneCard(t: Texts, mentorship: Mentorship, userId: string): Card {
  const text = t.mentorship;
  return {
    content: text.confirmDone(partnerIn(mentorship, userId), mentorship.due_at),
    components: [
      row(
        button([keys.mentorship.done, mentorship.id], text.doneButton, ButtonStyle.Success),
        button([keys.mentorship.keep], text.keep),
      ),
    ],
  };
}

/** What one reads after saying so. */
export function doneCard(t: Texts, { is, mentorship }: Completion, userId: string): Card {
  const text = t.mentorship;
  const partner = partnerIn(mentorship, userId);
  if (is === 'asked') return { content: text.doneAsked(partner, mentorship.due_at) };
  const next = roleIn(mentorship, userId) === 'mentor' ? text.endedAsMentor : text.endedAsMentee;
  return {
    content: `${text.completed(partner)}\n${next}\n${t.closings.hint}`,
    components: [closingRow(t, mentorship)],
  };
}
