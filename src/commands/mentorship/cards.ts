import { type APIEmbed, ButtonStyle } from 'discord.js';
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
import { listMeetings } from '../../db/meetings.ts';
import type { Completion } from '../../mentoring/completion.ts';
import { goalFields } from './goals.ts';
import { closingRow } from './closing.ts';
import { meetingButtonsOf, meetingFields } from './meetings.ts';

/** A member's mentorships as they stand: a mentor may have five, which all fit into one message. */
export async function mentorshipsCard(
  ctx: ActContext,
  userId: string,
  mentorships: readonly Mentorship[],
): Promise<Card> {
  const embeds: APIEmbed[] = [];
  for (const mentorship of mentorships) embeds.push(await mentorshipEmbed(ctx, userId, mentorship));
  const threads = mentorships.flatMap(({ guild_id: guildId, thread_id: threadId }) =>
    threadId === null ? [] : [{ guildId, threadId }],
  );
  // By name, the mentions stand above; a mentor may have five.
  const links = threads.map(({ guildId, threadId }, i) =>
    linkButton(
      threadUrl(guildId, threadId),
      threads.length > 1 ? ctx.t.mentorship.openThreadOf(i + 1) : ctx.t.notices.request.openThread,
    ),
  );
  const [only, another] = mentorships;
  // Whoever has several names one of them with the command.
  const single = another ? undefined : only;
  const canMeet = single?.state === 'active';
  const find = canMeet ? [button([keys.mentorship.meet, single.id], ctx.t.meetings.findTime, ButtonStyle.Primary)] : [];
  const report = single ? [button([keys.report.open, partnerIn(single, userId)], ctx.t.cases.menu)] : [];
  const meeting = single ? await meetingButtonsOf(ctx, single, userId) : [];
  return { embeds, components: rowsOf([[...find, ...links, ...report], meeting]) };
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

async function mentorshipEmbed(ctx: ActContext, userId: string, mentorship: Mentorship): Promise<APIEmbed> {
  const text = ctx.t.mentorship;
  const partner = partnerIn(mentorship, userId);
  const role = roleIn(mentorship, userId) === 'mentor' ? 'mentee' : 'mentor';
  const profile = await findProfile(ctx.db, mentorship.guild_id, partner, role);
  const member = await findMember(ctx.db, mentorship.guild_id, partner);
  const rests = await listRests(ctx.db, mentorship.id);
  const now = ctx.now();
  return {
    title: text.title[role],
    description: `<@${partner}>`,
    fields: [
      { name: text.since, value: stamp(mentorship.started_at, 'D'), inline: true },
      { name: text.state, value: stateOf(ctx.t, mentorship, rests), inline: true },
      { name: text.until, value: stamp(mentorship.due_at, 'D'), inline: true },
      {
        name: text.thread,
        value: mentorship.thread_id === null ? await missingThread(ctx, mentorship) : `<#${mentorship.thread_id}>`,
        inline: true,
      },
      ...meetingFields(ctx, mentorship, await listMeetings(ctx.db, mentorship.id)),
      ...(await goalFields(ctx, mentorship)),
      ...(profile && member
        ? profileFields(ctx.t, profile, member, { audience: 'member', now, localTimeAt: now })
        : []),
    ],
  };
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
