/** What mentoring has for somebody's home: who waits for them, their search, their mentorships, and they as a mentor. */
import { ButtonStyle } from 'discord.js';
import { type Mentorship, listLiveMentorshipsOf } from '../../db/mentorships.ts';
import { findOpenMeeting } from '../../db/meetings.ts';
import { listUndelivered } from '../../db/notices/lookups.ts';
import { listProfiles, type Profile } from '../../db/profiles.ts';
import { listLiveRequestsOf, listPendingRequestsTo, type MentorRequest } from '../../db/requests.ts';
import { listRestsOf, type Rest } from '../../db/rests.ts';
import { findWaitlistPlace } from '../../db/waitlist.ts';
import { standingOf } from '../../guild/standing.ts';
import { who } from '../../marks.ts';
import { shownUntil } from '../../mentoring/changes.ts';
import { partnerIn, roleIn } from '../../mentoring/mentorships.ts';
import { button, linkButton } from '../buttons.ts';
import { keys } from '../keys.ts';
import { threadUrl } from '../links.ts';
import { newcomerDoors } from './doors.ts';
import type { HomeButton, Part, Section, Visit } from './section.ts';

/** Requests with buttons of their own: more have a list. */
const requestsShown = 2;
/** Mentorships with a way to their thread; a mentor may have five. */
const pairsShown = 5;

export const mentoringSection: Section = async (visit) => {
  const { ctx, guildId, userId } = visit;
  const profiles = await listProfiles(ctx.db, guildId, userId);
  const mentor = profiles.find(({ role }) => role === 'mentor');
  const mentee = profiles.find(({ role }) => role === 'mentee');
  const pairs = await listLiveMentorshipsOf(ctx.db, guildId, userId);
  return [
    ...(await waitingParts(visit)),
    ...(await inboxParts(visit)),
    ...(profiles.length === 0 && pairs.length === 0 ? [newcomerPart(visit)] : []),
    ...(await pairParts(visit, pairs)),
    ...(mentee && !pairs.some((pair) => pair.mentee_id === userId) ? [await searchPart(visit, mentee)] : []),
    ...(mentor ? [mentorPart(visit, mentor, pairs.filter((pair) => pair.mentor_id === userId).length)] : []),
  ];
};

/** The doors. Moderators are no newcomers: they hear that what waits for them stands below, and may take part as well. */
function newcomerPart({ ctx: { t }, isModerator }: Visit): Part {
  const { heading, text } = isModerator ? t.home.caretaker : t.home.newcomer;
  return { heading, lines: [text], buttons: newcomerDoors(t) };
}

/** Requests that wait for this member's answer. */
async function waitingParts({ ctx, guildId, userId, nameOf }: Visit): Promise<Part[]> {
  const text = ctx.t.home.waiting;
  const waiting = await listPendingRequestsTo(ctx.db, guildId, userId);
  if (waiting.length === 0) return [];
  const shown = waiting.slice(0, requestsShown);
  const answers = ({ id, mentee_id: menteeId, answer }: MentorRequest, place: number): HomeButton[] => {
    const name = nameOf(menteeId) ?? String(place);
    if (answer !== null) return [button([keys.mentor.takeBack, id], ctx.t.mentor.answer.takeBack)];
    return [
      button([keys.mentor.accept, id], text.accept(name), ButtonStyle.Success),
      button([keys.mentor.decline, id], text.decline(name)),
    ];
  };
  const lines = shown.map((request) => text.line(request.mentee_id, request.expires_at ?? request.created_at));
  const rest = waiting.length - shown.length;
  return [
    {
      heading: text.heading(waiting.length),
      lines: rest > 0 ? [...lines, text.more(rest)] : lines,
      buttons: [...shown.flatMap((request, i) => answers(request, i + 1)), button([keys.mentor.requests], text.all)],
    },
  ];
}

/** What could not be sent to this member. */
async function inboxParts({ ctx, guildId, userId }: Visit): Promise<Part[]> {
  const text = ctx.t.home.inbox;
  const { length } = await listUndelivered(ctx.db, guildId, userId);
  if (length === 0) return [];
  return [
    {
      heading: text.heading,
      lines: [text.text(length)],
      buttons: [button([keys.inbox.open], text.open, ButtonStyle.Primary)],
    },
  ];
}

/** A mentee's search: whom they have asked, where they stand on the waitlist, or the first step. */
async function searchPart({ ctx, guildId, userId, nameOf }: Visit, profile: Profile): Promise<Part> {
  const { t } = ctx;
  const text = t.home.looking;
  const { heading } = text;
  if (profile.verification === 'suspended') return { heading, lines: [text.suspended], buttons: [] };
  if (profile.state === 'paused') {
    const resume = button([keys.profile.resume, 'mentee'], text.resume, ButtonStyle.Primary);
    return { heading, lines: [text.paused], buttons: [resume] };
  }
  const find = (style: ButtonStyle.Primary | ButtonStyle.Secondary) => button([keys.mentor.find], text.find, style);
  const [pending, ...queued] = await listLiveRequestsOf(ctx.db, guildId, userId);
  if (pending) {
    const name = nameOf(pending.mentor_id);
    const next = queued.map((request) => request.mentor_id);
    return {
      heading,
      lines: [
        pending.opens_at !== null
          ? t.weeks.home(pending.mentor_id, pending.opens_at)
          : text.pending(pending.mentor_id, pending.expires_at ?? pending.created_at),
        ...(next.length > 0 ? [text.queued(next, (ids) => t.words.list(ids.map(who)))] : []),
        text.nothingToDo,
      ],
      buttons: [
        button([keys.mentor.requests], text.requests),
        find(ButtonStyle.Secondary),
        button([keys.mentor.withdraw, pending.id], name === undefined ? text.withdrawUnnamed : text.withdraw(name)),
      ],
    };
  }
  const place = await findWaitlistPlace(ctx.db, guildId, userId);
  if (place) {
    const leave = button([keys.mentor.waitlistLeave], text.leave);
    return {
      heading,
      lines: [text.waitlist(place.position, place.waiting, place.joinedAt)],
      buttons: [find(ButtonStyle.Primary), leave],
    };
  }
  return {
    heading,
    lines: [text.none],
    buttons: [find(ButtonStyle.Primary), button([keys.mentor.waitlist], text.join)],
  };
}

/** Each mentorship, with the way to its thread. */
async function pairParts(visit: Visit, pairs: readonly Mentorship[]): Promise<Part[]> {
  const { ctx, userId, nameOf, guildId } = visit;
  const text = ctx.t.home.pairs;
  const rests = await listRestsOf(
    ctx.db,
    pairs.map(({ id }) => id),
  );
  const headed = Map.groupBy(pairs.slice(0, pairsShown), (pair) =>
    roleIn(pair, userId) === 'mentor' ? 'mentee' : 'mentor',
  );
  const meetings = new Map<string, string>();
  for (const { id } of pairs.slice(0, pairsShown)) {
    const open = await findOpenMeeting(ctx.db, id);
    const isComing = open?.state === 'agreed' && open.ends_at !== null && open.ends_at > ctx.now();
    if (isComing && open.starts_at !== null) meetings.set(id, text.meets(open.starts_at));
    else if (open?.state === 'proposed') meetings.set(id, text.proposed);
  }
  return [...headed].map(([partnerIs, own], i) => ({
    heading: text.heading[partnerIs],
    lines: own.flatMap((pair) => [
      ...linesOf(visit, pair, rests.get(pair.id) ?? []),
      ...(meetings.has(pair.id) ? [meetings.get(pair.id) ?? ''] : []),
    ]),
    buttons: [
      ...own
        .filter((pair) => own.length === 1 && pair.state === 'active' && !meetings.has(pair.id))
        .map((pair) => button([keys.mentorship.meet, pair.id], ctx.t.meetings.findTime, ButtonStyle.Primary)),
      ...own.flatMap((pair) => {
        if (pair.thread_id === null) return [];
        const name = nameOf(partnerIn(pair, userId));
        return [
          linkButton(threadUrl(guildId, pair.thread_id), name === undefined ? text.openUnnamed : text.open(name)),
        ];
      }),
      ...(i === 0 ? [button([keys.mentorship.show], text.show)] : []),
    ],
  }));
}

function linesOf({ ctx, userId }: Visit, pair: Mentorship, rests: readonly Rest[]): string[] {
  const text = ctx.t.home.pairs;
  const partner = partnerIn(pair, userId);
  if (pair.state === 'paused') return [text.rests(partner, shownUntil(rests))];
  return [
    text.going(partner, pair.due_at),
    pair.thread_id === null ? text.threadComing : text.thread(`<#${pair.thread_id}>`),
  ];
}

/** How somebody stands as a mentor. @param taken how many mentees they have. */
function mentorPart({ ctx, settings }: Visit, profile: Profile, taken: number): Part {
  const text = ctx.t.home.mentor;
  const { heading } = text;
  const edit = button([keys.profile.editOwn, 'mentor'], text.edit);
  const { verification, capacity } = profile;
  if (verification === 'suspended') return { heading, lines: [text.suspended], buttons: [] };
  if (verification === 'declined') return { heading, lines: [text.declined], buttons: [edit] };
  const isVerified = standingOf(profile, settings) === 'accepted';
  if (profile.state === 'paused') {
    const resume = button([keys.profile.resume, 'mentor'], text.resume, ButtonStyle.Primary);
    return { heading, lines: [text.paused, ...(isVerified ? [] : [text.waiting])], buttons: [resume, edit] };
  }
  if (!isVerified) return { heading, lines: [text.waiting], buttons: [edit] };
  const free = capacity - taken;
  return {
    heading,
    lines: [free > 0 ? text.free(free, capacity) : text.full(capacity)],
    buttons: [button([keys.profile.pause, 'mentor'], text.pause), edit],
  };
}
