import { deleteOldAudit } from '../db/audit.ts';
import { findMember, type Member } from '../db/members.ts';
import {
  eraseFromGround,
  type HeldInGround,
  isOrderAboutMember,
  listHeldInGround,
  renameActor,
} from '../db/personal-data/ground.ts';
import { deleteSettledNotices } from '../db/purge.ts';
import { deleteOldSetups } from '../db/setups.ts';
import { texts as english } from '../texts/en.ts';
import type { Area, Sections } from '../guild/area.ts';
import { formerActor } from '../guild/former-actor.ts';
import { later } from '../time.ts';
import { voidNoticesTo } from '../db/notices/outcomes.ts';

/** For how many days it is kept what anybody was told, and did as a moderator: twelve months. */
export const keptDays = 365;
/** For how many days a set-up waits for the press to go on. */
const shownKeptDays = 1;
/** For how many days a set-up can be undone that nobody has used. */
const undoDays = 90;

/** What no area owns: the registration itself, the messages owed, and the record of moderators' acts. */
export const shared: Area = {
  async memberGone(trx, ctx, { guildId, userId }, why) {
    if (why !== 'left') return;
    await voidNoticesTo(trx, guildId, userId);
    await renameActor(trx, guildId, userId, formerActor(ctx, { guildId, userId }));
  },
  async memberBack(trx, ctx, { guildId, userId }) {
    await renameActor(trx, guildId, formerActor(ctx, { guildId, userId }), userId);
  },

  async held(ctx, whose) {
    const { guildId, userId } = whose;
    const member = await findMember(ctx.db, guildId, userId);
    const held = await listHeldInGround(ctx.db, guildId, userId);
    return {
      ...(member ? { registration: registrationOf(member) } : {}),
      ...sectionsOf(held, userId, member !== undefined),
    };
  },

  async erase(trx, ctx, { guildId, userId }) {
    // Who left before the record knew codes, and is purged now.
    const member = await findMember(trx, guildId, userId);
    if (member?.left_at) await renameActor(trx, guildId, userId, formerActor(ctx, { guildId, userId }));
    return await eraseFromGround(trx, guildId, userId);
  },

  async purge({ db, now }, limit) {
    const before = later(now(), { days: -keptDays });
    const setups = { shown: later(now(), { days: -shownKeptDays }), made: later(now(), { days: -undoDays }) };
    return (
      (await deleteSettledNotices(db, before, limit)) +
      (await deleteOldAudit(db, before, limit)) +
      (await deleteOldSetups(db, setups, limit))
    );
  },
};

function registrationOf(member: Member) {
  return {
    timeZone: member.zone,
    language: member.locale,
    // The keys of the file are English, and so are its names.
    countryOfMedicalSchool: member.country && english.words.country(member.country),
    othersSeeTheCountry: member.shows_country === 1,
    codeOfConductVersion: member.conduct_version,
    codeOfConductAgreedAt: member.conduct_agreed_at,
    knownSince: member.created_at,
    lastFoundInTheServerAt: member.seen_at,
    leftTheServerAt: member.left_at,
  };
}

function sectionsOf(held: HeldInGround, userId: string, isRegistered: boolean): Sections {
  // An order to take roles is what a deletion leaves behind for a moment: nothing that anybody would want to have.
  const isTold = isRegistered || held.notices.some(({ kind }) => !isOrderAboutMember(kind));
  return {
    messagesToYou: (isTold ? held.notices : []).map((notice) => ({
      kind: notice.kind,
      state: notice.state,
      details: notice.detail === null ? null : (JSON.parse(notice.detail) as unknown),
      writtenAt: notice.created_at,
      dueAt: notice.due_at,
      deliveredAt: notice.delivered_at,
      channel: notice.channel_id,
      message: notice.message_id,
      difficulty: notice.problem,
    })),
    moderatorsActs: held.acts
      .filter((act) => act.actor_id === userId)
      .map((act) => ({
        you: 'did it',
        act: act.action,
        about: act.subject_id,
        details: act.detail === null ? null : (JSON.parse(act.detail) as unknown),
        at: act.at,
      })),
    // Who decided about a member is not the member's to know, nor whom else it was about.
    moderatorsActsAboutYou: held.acts
      .filter((act) => act.actor_id !== userId)
      .map((act) => ({
        act: act.action,
        details:
          act.detail === null ? null : withoutPeople(JSON.parse(act.detail) as Readonly<Record<string, unknown>>),
        at: act.at,
      })),
  };
}

/** Details of an act without the ids of the pair that it was about. */
function withoutPeople({ mentee: _mentee, mentor: _mentor, ...rest }: Readonly<Record<string, unknown>>): object {
  return rest;
}
