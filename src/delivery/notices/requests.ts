import { type APIButtonComponentWithCustomId, ButtonStyle } from 'discord.js';
import { findMentorshipOfMentee } from '../../db/mentorships.ts';
import { findProfile } from '../../db/profiles.ts';
import { findRequest, listLiveRequestsOf, type MentorRequest } from '../../db/requests.ts';
import { deletedUser } from '../../db/schema.ts';
import { findWaitlistPlace } from '../../db/waitlist.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { peersOf } from './peers.ts';
import { aboutOf, declineReason, fieldsOf, paragraphs, reasonsFor, section } from './people.ts';
import {
  letter,
  type Render,
  type Scene,
  type Setting,
  shownGuildName,
  subjectOf,
  wayInto,
  withNext,
} from './scene.ts';
import { keys } from '../../discord/keys.ts';
import { selectingOf } from '../../mentoring/season.ts';
import type { Texts } from '../../texts/en.ts';
import { stamp } from '../../marks.ts';
import { readDetail } from '../../db/notices/write.ts';

/** To the mentor: who asks, and the two buttons; once decided, what became of it. */
export const requestReceived: Render = async (scene) => {
  const request = await subjectOf(scene, findRequest);
  if (!request || request.state === 'queued') return undefined;
  // Whoever has never seen the request need not hear that it is over.
  if (request.state !== 'pending' && scene.notice.message_id === null) return undefined;
  return await requestCard(scene, request);
};

/** The card of a request as its mentor sees it, here and in `/inbox`. */
export async function requestCard(setting: Setting, request: MentorRequest): Promise<Card> {
  const text = setting.t.notices.request;
  const name = await setting.memberName(request.mentee_id);
  const mentee = showTyped(name);
  const proposed = request.round_id !== null;
  if (request.state !== 'pending') return await decidedCard(setting, request, mentee);
  const title = (proposed ? setting.t.rounds.request : text).receivedTitle(mentee);
  if (request.answer !== null) return await heldCard(setting, title, request);
  const profile = await findProfile(setting.ctx.db, request.guild_id, request.mentee_id, 'mentee');
  const body = about(
    setting.t,
    request.mentee_id,
    proposed ? setting.t.rounds.request.received : section(text.message, showTyped(request.message)),
    profile ? aboutOf(setting.t, profile) : '',
    section(text.reasons, await reasonsFor(setting, request)),
    until(request, text.receivedUntil),
  );
  return await letter(setting, title, body, {
    fields: profile ? await fieldsOf(setting, profile, 'member') : [],
    components: [row(...decisionButtons(setting.t, request.id, name))],
  });
}

/** What becomes of a request's card, and of its reminder, once it is decided. */
async function decidedCard(setting: Setting, request: MentorRequest, mentee: string): Promise<Card> {
  const { t } = setting;
  const text = t.notices.request;
  const { state } = request;
  const title = text.decidedTitle[state === 'accepted' || state === 'declined' ? state : 'closed'](mentee);
  const { line } = await threadOf(setting, request);
  return await letter(setting, title, about(t, request.mentee_id, outcomeFor(t, request), line));
}

/** Where the pair that came of a request meets; nothing where there is no such pair, or none any more. */
async function threadOf(setting: Setting, request: MentorRequest) {
  const text = setting.t.notices.request;
  const { db } = setting.ctx;
  const pair =
    request.state === 'accepted' ? await findMentorshipOfMentee(db, request.guild_id, request.mentee_id) : undefined;
  if (pair?.request_id !== request.id) return { line: '', buttons: [] };
  const line = pair.thread_id === null ? text.threadComing : text.yourThread(`<#${pair.thread_id}>`);
  return { line, buttons: wayInto(setting, pair.thread_id, text.openThread) };
}

/** What their mentor has answered, and the way to take it back. */
async function heldCard(setting: Setting, title: string, request: MentorRequest): Promise<Card> {
  const text = setting.t.mentor.answer;
  const due = request.answer_due_at ?? request.created_at;
  const said = text.rests[request.answer ?? 'accept'](request.mentee_id, due);
  return await letter(setting, title, said, {
    components: [row(button([keys.mentor.takeBack, request.id], text.takeBack))],
  });
}

/** To the mentor: what they had accepted a moment before came to another end, so their answer did not go out. */
export const answerVoid: Render = async (scene) => {
  const text = scene.t.mentor.answer;
  const request = await subjectOf(scene, findRequest);
  if (!request || request.state === 'pending' || request.state === 'accepted') return undefined;
  const mentee = showTyped(await scene.memberName(request.mentee_id));
  const why = outcomeFor(scene.t, request);
  return await letter(
    scene,
    text.voidTitle(mentee),
    about(scene.t, request.mentee_id, text.void, why),
    withNext(scene.t, scene.guild.id),
  );
};

/** A letter's text about somebody: their mention leads to their profile on Discord, where the title cannot. */
function about(t: Texts, userId: string, ...parts: readonly string[]): string {
  // Somebody who deleted their data has no profile to lead to, and the title says so.
  return paragraphs(userId === deletedUser ? '' : mention(t, userId), ...parts);
}

/** @param mentee their name as they typed it: Discord shows labels without formatting. */
function decisionButtons(t: Texts, requestId: string, mentee: string): APIButtonComponentWithCustomId[] {
  const text = t.notices.request;
  return [
    button([keys.mentor.accept, requestId], text.accept(mentee), ButtonStyle.Success),
    button([keys.mentor.decline, requestId], text.decline(mentee)),
  ];
}

function outcomeFor(t: Texts, request: MentorRequest): string {
  const text = t.notices.request;
  if (request.state === 'accepted') return text.youAccepted;
  if (request.state === 'declined') return text.youDeclined;
  if (request.state === 'expired') return text.expired;
  if (request.season_at !== null) return t.season.askedFirst(request.mentee_id);
  return request.state === 'withdrawn' ? text.withdrawn : text.superseded[request.lapse ?? 'matched'];
}

function until({ expires_at: at }: MentorRequest, say: (at: string, left: string) => string): string {
  return at === null ? '' : say(stamp(at, 'F'), stamp(at, 'R'));
}

/** To the mentor: their answer is still missing. */
export const requestNudge: Render = async (scene) => {
  const text = scene.t.notices.request;
  const request = await subjectOf(scene, findRequest);
  if (!request || (request.state !== 'pending' && scene.notice.message_id === null)) return undefined;
  const name = await scene.memberName(request.mentee_id);
  if (request.state !== 'pending') return await decidedCard(scene, request, showTyped(name));
  const title = text.nudgeTitle(showTyped(name));
  if (request.answer !== null) return await heldCard(scene, title, request);
  const pause = button([keys.profile.pause, 'mentor'], text.pause);
  return await letter(scene, title, about(scene.t, request.mentee_id, until(request, text.nudge)), {
    components: [row(...decisionButtons(scene.t, request.id, name), pause)],
  });
};

/** To the mentee: they have a mentor. */
export const requestAccepted: Render = async (scene) => {
  const text = scene.t.notices.request;
  const request = await subjectOf(scene, findRequest);
  if (!request) return undefined;
  const mentor = showTyped(await scene.memberName(request.mentor_id));
  const { line, buttons } = await threadOf(scene, request);
  const peers = await peersOf(scene, request.mentee_id);
  return await letter(
    scene,
    text.acceptedTitle(mentor),
    about(scene.t, request.mentor_id, text.accepted(await shownGuildName(scene)), line, ...peers.lines),
    withNext(scene.t, scene.guild.id, ...buttons, ...peers.buttons),
  );
};

/** To the mentee: no, with the reason that was picked, and how it goes on. */
export const requestDeclined: Render = async (scene) =>
  await ended(scene, scene.t.notices.request.declinedTitle, (request) => {
    const reason = declineReason(scene.t, request.decline_reason);
    const note = request.decline_note === null ? '' : showTyped(request.decline_note);
    return paragraphs(
      reason === undefined ? scene.t.notices.request.declinedNoReason : scene.t.notices.request.declinedBody(reason),
      section(scene.t.notices.request.declinedNote, note),
    );
  });

/** To the mentee: no answer came in time, and how it goes on. */
export const requestExpired: Render = async (scene) =>
  await ended(scene, scene.t.notices.request.expiredTitle, () => scene.t.notices.request.expiredBody);

/** To the mentee: a choice of theirs cannot be kept, and how it goes on. */
export const requestLapsed: Render = async (scene) => {
  const text = scene.t.notices.request;
  const request = await subjectOf(scene, findRequest);
  if (request && request.season_at !== null) return await givenBack(scene, request);
  // One that was still queued had not been asked, so nobody is asked in its place.
  const wasQueued = readDetail('request-lapsed', scene.notice)?.queued ?? false;
  return await ended(
    scene,
    wasQueued ? text.lapsedQueuedTitle : text.lapsedTitle,
    ({ lapse }) => text.lapsed[lapse ?? 'away'],
    wasQueued ? (mentor) => text.stillAsked(mentor) : text.nextAsked,
  );
};

/** What they had asked is theirs again: its mentor helps to choose residents, which they have not read yet. */
async function givenBack(scene: Scene, request: MentorRequest): Promise<Card | undefined> {
  const { t, ctx } = scene;
  const mentor = await findProfile(ctx.db, request.guild_id, request.mentor_id, 'mentor');
  const selecting = selectingOf(mentor, ctx.now());
  const name = showTyped(await scene.memberName(request.mentor_id));
  const { line, buttons } = await whatNext(scene, request, (next) => t.notices.request.stillAsked(next));
  const note =
    selecting && t.season.note(request.mentor_id, selecting.place && showTyped(selecting.place), selecting.until);
  return await letter(
    scene,
    t.season.givenBackTitle(name),
    about(t, request.mentor_id, note ?? '', t.season.givenBack[request.round_id === null ? 'asked' : 'proposed'], line),
    withNext(t, scene.guild.id, button([keys.mentor.askAfterAll, request.id], t.season.notThere), ...buttons),
  );
}

async function ended(
  scene: Scene,
  title: (mentor: string) => string,
  why: (request: MentorRequest) => string,
  goesOn: (mentor: string, until: string) => string = scene.t.notices.request.nextAsked,
): Promise<Card | undefined> {
  const request = await subjectOf(scene, findRequest);
  if (!request) return undefined;
  const mentor = showTyped(await scene.memberName(request.mentor_id));
  const { line, buttons } = await whatNext(scene, request, goesOn);
  return await letter(
    scene,
    title(mentor),
    about(scene.t, request.mentor_id, why(request), line),
    withNext(scene.t, scene.guild.id, ...buttons),
  );
}

/** What a mentee can do, or need not do, after a request has come to nothing. */
async function whatNext(
  scene: Scene,
  { guild_id: guildId, mentee_id: menteeId }: MentorRequest,
  goesOn: (mentor: string, until: string) => string,
): Promise<{ readonly line: string; readonly buttons: readonly APIButtonComponentWithCustomId[] }> {
  const { t } = scene;
  const text = t.notices.request;
  const { db } = scene.ctx;
  if (await findMentorshipOfMentee(db, guildId, menteeId)) return { line: text.hasMentor, buttons: [] };
  const [next] = await listLiveRequestsOf(db, guildId, menteeId);
  if (next?.state === 'pending') {
    const mentor = showTyped(await scene.memberName(next.mentor_id));
    const until = next.expires_at === null ? '' : stamp(next.expires_at, 'F');
    const say = next.round_id === null ? goesOn : t.rounds.request.nextAsked;
    return { line: say(mentor, until), buttons: [button([keys.mentor.requests], t.home.looking.requests)] };
  }
  if (next && next.opens_at !== null) {
    const mentor = showTyped(await scene.memberName(next.mentor_id));
    return {
      line: t.weeks.nextOpens(mentor, next.opens_at),
      buttons: [
        button([keys.mentor.find], t.home.looking.find, ButtonStyle.Primary),
        button([keys.mentor.requests], t.home.looking.requests),
      ],
    };
  }
  const guild = await shownGuildName(scene);
  const place = await findWaitlistPlace(db, guildId, menteeId);
  const buttons = [button([keys.mentor.find], t.home.looking.find, ButtonStyle.Primary)];
  if (place) return { line: text.waiting(guild, place.position, place.waiting), buttons };
  return { line: text.noNext(guild), buttons: [...buttons, button([keys.mentor.waitlist], t.home.looking.join)] };
}
