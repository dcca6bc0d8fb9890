import { findLeftOf } from '../../db/round-pairs.ts';
import { findRequest } from '../../db/requests.ts';
import { findRoundById } from '../../db/rounds.ts';
import { findWaitlistPlace } from '../../db/waitlist.ts';
import { findReasons } from '../../mentoring/find.ts';
import { leftBecause } from '../../mentoring/rounds/left.ts';
import { sayReasons } from '../../discord/reasons.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { paragraphs, section } from './people.ts';
import { ButtonStyle } from 'discord.js';
import { button } from '../../discord/buttons.ts';
import { keys } from '../../discord/keys.ts';
import { letter, type Render, rowOf, shownGuildName, subjectOf, wayInto, withNext } from './scene.ts';
import { stamp } from '../../marks.ts';

/** To a mentee: whom a round has asked for them. Nothing once that has been decided: then another message tells. */
export const roundProposed: Render = async (scene) => {
  const text = scene.t.rounds;
  const request = await subjectOf(scene, findRequest);
  if (request?.state !== 'pending') return undefined;
  const mentor = showTyped(await scene.memberName(request.mentor_id));
  const pair = { menteeId: request.mentee_id, mentorId: request.mentor_id };
  const reasons = sayReasons(scene.t, await findReasons(scene.ctx, scene.guild, pair));
  const until = request.expires_at === null ? '' : stamp(request.expires_at, 'F');
  return await letter(
    scene,
    text.proposed.title(mentor),
    paragraphs(
      mention(scene.t, request.mentor_id),
      text.proposed.body(await shownGuildName(scene), until),
      section(text.proposed.reasons, reasons),
      text.proposed.withdraw,
    ),
    withNext(scene.t, scene.guild.id, button([keys.mentor.withdraw, request.id], scene.t.home.looking.withdrawUnnamed)),
  );
};

/** To a mentee: why a round has left them waiting, and what they can do; nothing once they no longer wait. */
export const roundLeft: Render = async (scene) => {
  const text = scene.t.rounds;
  const { notice, ctx } = scene;
  if (notice.subject_id === null || notice.user_id === null) return undefined;
  const left = await findLeftOf(ctx.db, notice.subject_id, notice.user_id);
  if (!left || !(await findWaitlistPlace(ctx.db, notice.guild_id, notice.user_id))) return undefined;
  const why = leftBecause(left);
  const keepsTurn = text.left.keepsTurn(await shownGuildName(scene));
  const said =
    why === 'below-floor'
      ? [text.left.belowFloor, keepsTurn, text.left.belowFloorHint]
      : [text.left.noEligible[why], keepsTurn, text.left.noEligibleHint[why]];
  return await letter(
    scene,
    text.left.title,
    paragraphs(...said),
    withNext(
      scene.t,
      scene.guild.id,
      button([keys.mentor.find], scene.t.home.looking.find, ButtonStyle.Primary),
      button([keys.profile.editOwn, 'mentee'], scene.t.home.mentor.edit),
    ),
  );
};

/** To the moderator who began it: a round came to nothing because its process ended. */
export const roundInterrupted: Render = async (scene) => {
  const text = scene.t.rounds;
  const round = await subjectOf(scene, findRoundById);
  if (round?.state !== 'failed') return undefined;
  return await letter(scene, text.interrupted.title, text.interrupted.body(await shownGuildName(scene)), {
    components: rowOf(wayInto(scene, scene.guild.staff_channel_id, scene.t.home.greeting.open)),
  });
};
