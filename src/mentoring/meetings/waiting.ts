/** Proposed times that wait for somebody's answer. */
import { findOpenMeeting, type Meeting } from '../../db/meetings.ts';
import { listLiveMentorshipsOf, type Mentorship } from '../../db/mentorships.ts';
import type { Db } from '../../db/open.ts';
import type { Acting } from '../../guild/acting.ts';
import type { Instant } from '../../time.ts';
import { roleIn } from '../mentorships.ts';

/** Whether the other of the two, or the bot, has proposed times among which they may choose. */
export function waitsForAnswer(open: Meeting, mentorship: Mentorship, userId: string): boolean {
  return open.options.length > 0 && open.proposed_by !== roleIn(mentorship, userId);
}

/** The meetings of which a time can still be taken by this member, in their mentorships in a guild that do not rest. */
export async function listProposalsTo(db: Db, { guildId, userId }: Acting, now: Instant): Promise<Meeting[]> {
  const proposals: Meeting[] = [];
  for (const mentorship of await listLiveMentorshipsOf(db, guildId, userId)) {
    const open = mentorship.state === 'active' ? await findOpenMeeting(db, mentorship.id) : undefined;
    if (!open || !waitsForAnswer(open, mentorship, userId)) continue;
    if (open.options.some((at) => at > now)) proposals.push(open);
  }
  return proposals;
}
