import { deleteOldAudit } from '../db/audit.ts';
import { findMember, type Member } from '../db/members.ts';
import {
  eraseFromGround,
  type HeldInGround,
  isOrderAboutMember,
  listHeldInGround,
} from '../db/personal-data/ground.ts';
import { voidNoticesTo } from '../db/notices.ts';
import { deleteSettledNotices } from '../db/purge.ts';
import { texts as english } from '../texts/en.ts';
import type { Area, Sections } from '../guild/area.ts';
import { later } from '../time.ts';

/** For how many days it is kept what anybody was told, and did as a moderator: twelve months. */
export const keptDays = 365;

/** What no area owns: the registration itself, the messages owed, and the record of moderators' acts. */
export const shared: Area = {
  async memberGone(trx, _ctx, { guildId, userId }, why) {
    if (why === 'left') await voidNoticesTo(trx, guildId, userId);
  },

  async held({ db }, { guildId, userId }) {
    const member = await findMember(db, guildId, userId);
    const held = await listHeldInGround(db, guildId, userId);
    return {
      ...(member ? { registration: registrationOf(member) } : {}),
      ...sectionsOf(held, userId, member !== undefined),
    };
  },

  erase: (trx, _ctx, { guildId, userId }) => eraseFromGround(trx, guildId, userId),

  async purge({ db, now }, limit) {
    const before = later(now(), { days: -keptDays });
    return (await deleteSettledNotices(db, before, limit)) + (await deleteOldAudit(db, before, limit));
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
    moderatorsActs: held.acts.map((act) => ({
      you: act.actor_id === userId ? 'did it' : 'it was about you',
      act: act.action,
      // Who decided about a member is not the member's to know; who was decided about is in the list above.
      about: act.actor_id === userId ? act.subject_id : userId,
      details: act.detail === null ? null : (JSON.parse(act.detail) as unknown),
      at: act.at,
    })),
  };
}
