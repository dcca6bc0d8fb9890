import { ButtonStyle } from 'discord.js';
import { findMentorshipOfMentee } from '../../db/mentorships.ts';
import { findOffer, type Offer } from '../../db/openings.ts';
import { findProfile } from '../../db/profiles.ts';
import { listLiveRequestsOf } from '../../db/requests.ts';
import { findWaitlistPlace } from '../../db/waitlist.ts';
import { button, row } from '../../discord/buttons.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { sayReasons } from '../../discord/reasons.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { stamp } from '../../marks.ts';
import { findReasons } from '../../mentoring/find.ts';
import { isStillOpen } from '../../mentoring/openings.ts';
import type { Texts } from '../../texts/en.ts';
import { aboutOf, fieldsOf, paragraphs, section } from './people.ts';
import { letter, type Render, type Setting, shownGuildName, subjectOf, wayOut } from './scene.ts';

/** To somebody who waits: a place has opened that suits them, and they are next in line. */
export const placeOpen: Render = async (scene) => {
  const text = scene.t.openings;
  const offer = await subjectOf(scene, findOffer);
  if (!offer) return undefined;
  const name = await scene.memberName(offer.mentor_id);
  const title = text.title(showTyped(name));
  const about = mention(scene.t, offer.mentor_id);
  const left = await whatIsLeft(scene, offer);
  // Whoever has not seen it yet need not hear that it is over.
  if (left !== 'open' && scene.notice.message_id === null) return undefined;
  if (left === 'over') {
    return await letter(scene, title, paragraphs(about, text.over, text.keepsTurn), {
      components: [row(...offerButtons(scene.t, offer, name))],
    });
  }
  if (left !== 'open') return await letter(scene, title, paragraphs(about, text[left]), wayOut(scene));
  return await openCard(scene, offer);
};

/** The card of a place as whoever heard of it sees it, here and in `/inbox`; undefined once it is not open any more. */
export async function placeCard(setting: Setting, offer: Offer): Promise<Card | undefined> {
  return (await whatIsLeft(setting, offer)) === 'open' ? await openCard(setting, offer) : undefined;
}

async function openCard(setting: Setting, offer: Offer): Promise<Card> {
  const { t, ctx } = setting;
  const text = t.openings;
  const name = await setting.memberName(offer.mentor_id);
  const profile = await findProfile(ctx.db, offer.guild_id, offer.mentor_id, 'mentor');
  const pair = { menteeId: offer.mentee_id, mentorId: offer.mentor_id };
  const reasons = sayReasons(t, await findReasons(ctx, setting.guild, pair));
  const body = paragraphs(
    mention(t, offer.mentor_id),
    text.body(await shownGuildName(setting), stamp(offer.until, 'F')),
    section(text.reasons, reasons),
    profile ? aboutOf(t, profile) : '',
    text.keepsTurn,
  );
  return await letter(setting, text.title(showTyped(name)), body, {
    fields: profile ? await fieldsOf(setting, profile, 'member') : [],
    components: [row(...offerButtons(t, offer, name))],
  });
}

/** How it stands with a place that somebody heard of. */
async function whatIsLeft(
  { ctx, guild }: Setting,
  offer: Offer,
): Promise<'open' | 'over' | 'taken' | 'asked' | 'paired' | 'passed' | 'stopped'> {
  const { guild_id: guildId, mentee_id: menteeId, mentor_id: mentorId } = offer;
  if (await findMentorshipOfMentee(ctx.db, guildId, menteeId)) return 'paired';
  const live = await listLiveRequestsOf(ctx.db, guildId, menteeId);
  if (live.some((request) => request.mentor_id === mentorId)) return 'asked';
  if (offer.state === 'passed') return 'passed';
  if (!(await isStillOpen(ctx.db, guild, offer, ctx.now()))) return 'taken';
  if (live.length === 0 && !(await findWaitlistPlace(ctx.db, guildId, menteeId))) return 'stopped';
  return offer.state;
}

/** What can be pressed about a place. @param mentor their name as they typed it: Discord shows labels without formatting. */
export function offerButtons(t: Texts, { id, state }: Offer, mentor: string) {
  const ask = button([keys.mentor.offerAsk, id], t.openings.ask(mentor), ButtonStyle.Primary);
  return state === 'open' ? [ask, button([keys.mentor.offerPass, id], t.openings.pass)] : [ask];
}
