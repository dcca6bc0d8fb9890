import { ButtonStyle, ComponentType } from 'discord.js';
import { findMentorshipOfMentee } from '../../db/mentorships.ts';
import { findProfile } from '../../db/profiles.ts';
import { findRequest, listLiveRequestsOf, type MentorRequest } from '../../db/requests.ts';
import { texts } from '../../texts/en.ts';
import { customId } from '../custom-ids.ts';
import type { Card } from '../replies.ts';
import { showTyped, stamp } from '../text.ts';
import { aboutOf, declineReason, fieldsOf, reasonsFor, section } from './people.ts';
import { letter, type Render, type Scene, type Setting, shownGuildName, subjectOf } from './scene.ts';

const text = texts.notices.request;

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
  const mentee = showTyped(await setting.memberName(request.mentee_id));
  const title = text.receivedTitle(mentee);
  if (request.state !== 'pending') return await letter(setting, title, outcomeFor(request));
  const profile = await findProfile(setting.ctx.db, request.guild_id, request.mentee_id, 'mentee');
  const body = [
    section(text.message, showTyped(request.message)),
    profile ? aboutOf(profile) : '',
    section(text.reasons, await reasonsFor(setting, request)),
    until(request, text.receivedUntil),
  ];
  return await letter(setting, title, body.filter((part) => part !== '').join('\n\n'), {
    fields: profile ? await fieldsOf(setting, profile) : [],
    components: decisionButtons(request.id),
  });
}

function decisionButtons(requestId: string): Card['components'] {
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Success,
          label: text.accept,
          custom_id: customId('request-accept', requestId),
        },
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: text.decline,
          custom_id: customId('request-decline', requestId),
        },
      ],
    },
  ];
}

function outcomeFor(request: MentorRequest): string {
  if (request.state === 'accepted') return text.youAccepted;
  if (request.state === 'declined') return text.youDeclined;
  if (request.state === 'expired') return text.expired;
  return request.state === 'withdrawn' ? text.withdrawn : text.superseded;
}

function until({ expires_at: at }: MentorRequest, say: (at: string, left: string) => string): string {
  return at === null ? '' : say(stamp(at, 'F'), stamp(at, 'R'));
}

/** To the mentor: their answer is still missing. */
export const requestNudge: Render = async (scene) => {
  const request = await subjectOf(scene, findRequest);
  if (request?.state !== 'pending') return undefined;
  const mentee = showTyped(await scene.memberName(request.mentee_id));
  return await letter(scene, text.nudgeTitle(mentee), until(request, text.nudge), {
    components: decisionButtons(request.id),
  });
};

/** To the mentee: they have a mentor. */
export const requestAccepted: Render = async (scene) => {
  const request = await subjectOf(scene, findRequest);
  if (!request) return undefined;
  const mentor = showTyped(await scene.memberName(request.mentor_id));
  return await letter(scene, text.acceptedTitle(mentor), text.accepted(await shownGuildName(scene)));
};

/** To the mentee: no, with the reason that was picked, and how it goes on. */
export const requestDeclined: Render = async (scene) =>
  await ended(scene, text.declinedTitle, (request) => {
    const reason = declineReason(request.decline_reason);
    const note = request.decline_note === null ? '' : `\n\n${text.declinedNote(showTyped(request.decline_note))}`;
    return `${reason === undefined ? text.declinedNoReason : text.declinedBody(reason)}${note}`;
  });

/** To the mentee: no answer came in time, and how it goes on. */
export const requestExpired: Render = async (scene) => await ended(scene, text.expiredTitle, () => text.expiredBody);

/** To the mentee: the mentor is not there any more, and how it goes on. */
export const requestLapsed: Render = async (scene) =>
  await ended(scene, text.lapsedTitle, ({ lapse }) => text.lapsed[lapse ?? 'away']);

/** To the mentor: a request that they have seen was taken back. */
export const requestWithdrawn: Render = async (scene) => {
  const request = await subjectOf(scene, findRequest);
  if (!request) return undefined;
  const mentee = showTyped(await scene.memberName(request.mentee_id));
  return await letter(scene, text.withdrawnTitle(mentee), text.withdrawnBody);
};

async function ended(
  scene: Scene,
  title: (mentor: string) => string,
  why: (request: MentorRequest) => string,
): Promise<Card | undefined> {
  const request = await subjectOf(scene, findRequest);
  if (!request) return undefined;
  const mentor = showTyped(await scene.memberName(request.mentor_id));
  return await letter(scene, title(mentor), `${why(request)}\n\n${await whatNext(scene, request)}`);
}

/** What a mentee can do, or need not do, after a request has come to nothing. */
async function whatNext(scene: Scene, request: MentorRequest): Promise<string> {
  const { db } = scene.ctx;
  if (await findMentorshipOfMentee(db, request.guild_id, request.mentee_id)) return text.hasMentor;
  const [next] = await listLiveRequestsOf(db, request.guild_id, request.mentee_id);
  if (next?.state === 'pending') return text.nextAsked(showTyped(await scene.memberName(next.mentor_id)));
  return text.noNext(await shownGuildName(scene));
}
