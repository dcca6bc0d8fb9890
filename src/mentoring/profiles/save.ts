import { codeOfConduct } from '../../content/index.ts';
import type { Context } from '../../context.ts';
import type { Acting } from '../../guild/acting.ts';
import { findMember, recordConsent, upsertMember } from '../../db/members.ts';
import { findProfile, type Profile, upsertProfile } from '../../db/profiles.ts';
import { restoreProtections } from '../../db/protections.ts';
import { restoreSuspension } from '../../db/suspensions.ts';
import { recordChange, reopenVerification } from '../../db/verification.ts';
import { insertRecentAct, listRecentActs } from '../../db/recent-acts.ts';
import type { Trx } from '../../db/open.ts';
import { later } from '../../time.ts';
import { UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { releaseRest } from '../release.ts';
import { releaseIfFull } from '../requests/onward.ts';
import { checkAnswers, checkDraft, type Draft, type FormAnswers } from './draft.ts';
import { inTurn } from '../../guild/turn.ts';
import { openPlace } from '../../db/openings.ts';
import { touchMentors } from '../../db/pool.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import { oweFittingRoles } from '../../db/notices/role-orders.ts';

/** What became of a form. `queued`: a moderator looks at the mentor next, for the first time or again. */
export interface Saved {
  readonly profile: Profile;
  readonly was: 'new' | 'changed';
  readonly queued: boolean;
}

/** Pure: whether somebody agreed to the code of conduct as it now is. */
export function hasAgreed(member: { readonly conduct_version: number | null } | undefined): boolean {
  return (member?.conduct_version ?? 0) >= codeOfConduct.version;
}

/**
 * Records that a member agrees to the code of conduct.
 * @param version the version that they were shown.
 * @throws UserError when it has changed since, and for a guild that is not set up.
 */
export async function agreeToConduct(ctx: Context, whose: Acting, zone: string, version: number): Promise<void> {
  if (version !== codeOfConduct.version) throw new UserError((t) => t.profiles.refused.conductChanged);
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    await recordConsent(trx, { ...whose, zone }, version, ctx.now());
  });
}

/**
 * Registers a member, or changes the profile they have in that role: sending the same form twice leaves one profile.
 * A new mentor waits for a moderator where the guild asks for it; so does one who was declined and changed something.
 * Whoever deleted their data while suspended is suspended again: deleting does not undo what a moderator decided.
 * A verified mentor who changes stage or specialties stays verified, because a resident who becomes a fellow must not
 * fall out of the pool for it: the badge says as what and when they were verified, and the change is noted for
 * moderators in `/mentors queue`.
 * @throws UserError for whatever a profile cannot hold, without consent, and where the guild is not set up.
 */
export async function saveProfile(ctx: Context, whose: Acting, draft: Draft, form: FormAnswers): Promise<Saved> {
  const { role } = draft;
  const done = await inTurn<Saved>(ctx.db, whose.guildId, async (trx) => {
    const guild = await requireGuild(trx, whose.guildId);
    checkDraft(draft);
    const answers = checkAnswers(draft, form);
    const mustVerify = role === 'mentor' && guild.mentor_verification === 1;
    const at = ctx.now();
    const member = await findMember(trx, whose.guildId, whose.userId);
    if (!hasAgreed(member)) throw new UserError((t) => t.profiles.refused.noConsent(role));
    const before = await findProfile(trx, whose.guildId, whose.userId, role);
    // Whoever deleted their data and is back: what protects others from them holds again.
    if (!before) await restoreProtections(trx, ctx, whose);
    await upsertMember(trx, {
      guild_id: whose.guildId,
      user_id: whose.userId,
      zone: draft.zone,
      country: draft.country,
      shows_country: draft.country !== null && draft.showsCountry ? 1 : 0,
      created_at: at,
    });
    const saved = await upsertProfile(
      trx,
      { ...whose, role },
      { ...answers, capacity: draft.capacity, acceptsFrom: draft.acceptsFrom, priority: draft.priority },
      { id: newId(ctx.random), verification: mustVerify ? 'waiting' : 'none' },
      at,
    );
    const reopened = before !== undefined && mustVerify && (await reopenVerification(trx, saved.id));
    const stillSuspended =
      before === undefined && (await restoreSuspension(trx, ctx, { ...whose, id: saved.id, role }));
    const queued = reopened || (before === undefined && mustVerify && !stillSuspended);
    if (queued && (await isCardAllowed(ctx, trx, whose))) {
      await insertNotice(trx, ctx, { guildId: whose.guildId, kind: 'mentor-review', subjectId: saved.id });
    } else if (role === 'mentor') {
      if (before && speaksOfAnother(before, saved)) await recordChange(trx, saved.id, at);
      // The card in the staff channel shows the profile as it now is.
      await reviseNotices(trx, saved.id, 'mentor-review', at);
    }
    if (!before || reopened || (member && member.left_at !== null)) {
      await oweFittingRoles(trx, ctx, whose.guildId, [whose.userId], saved.id);
    }
    // Fewer places than before may be none: whoever waits for one would wait in vain.
    if (role === 'mentor' && before) await releaseIfFull(ctx, trx, whose.guildId, whose.userId);
    await touchMentors(trx, whose.guildId, [whose.userId]);
    // A place more, or one that suits others now.
    if (role === 'mentor') await openPlace(trx, whose.guildId, whose.userId, at);
    const profile = (await findProfile(trx, whose.guildId, whose.userId, role)) ?? saved;
    return { profile, was: before ? 'changed' : 'new', queued };
  });
  if (role === 'mentor') await releaseRest(ctx, whose);
  return done;
}

/** How many cards about one member the moderators get, over and over registered or not; `/mentors queue` has all. */
const reviewCardLimits = [
  { most: 3, days: 1 },
  { most: 6, days: 30 },
] as const;

/** Whether the moderators get a card about somebody who waits for them; counts it when they do. */
async function isCardAllowed(ctx: Context, trx: Trx, whose: Acting): Promise<boolean> {
  for (const { most, days } of reviewCardLimits) {
    const since = later(ctx.now(), { days: -days });
    if ((await listRecentActs(trx, ctx, whose, 'mentor-review', since)).length >= most) return false;
  }
  await insertRecentAct(trx, ctx, whose, 'mentor-review');
  return true;
}

/** Whether what a moderator looked at is not what is there now. */
function speaksOfAnother(before: Profile, after: Profile): boolean {
  const same = before.specialties.length === after.specialties.length;
  return before.stage !== after.stage || !same || after.specialties.some((one) => !before.specialties.includes(one));
}
