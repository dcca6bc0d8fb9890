/** What study groups have for somebody's home: an offer that waits, the next session, what they wait for. */
import { ButtonStyle } from 'discord.js';
import { listMembershipsOf } from '../../db/study/members.ts';
import { findGroup, type StudyGroup } from '../../db/study/groups.ts';
import { findNextSession } from '../../db/study/sessions.ts';
import { listSeekersOf } from '../../db/study/seekers.ts';
import { button } from '../buttons.ts';
import { subjectText } from '../cards/study.ts';
import { keys } from '../keys.ts';
import { waitsBeside } from '../../study/seek.ts';
import type { HomeButton, Section } from './section.ts';

export const studySection: Section = async ({ ctx, guildId, userId }) => {
  const { t, db } = ctx;
  const text = t.study.home;
  const memberships = await listMembershipsOf(db, { guildId, userId });
  const seeking = await listSeekersOf(db, { guildId, userId });
  const lines: string[] = [];
  const buttons: HomeButton[] = [];
  const offered: StudyGroup[] = [];
  for (const { group_id: id, state, until } of memberships) {
    const group = await findGroup(db, id);
    if (!group) continue;
    const what = subjectText(t, group);
    if (state === 'offered' && until !== null) {
      lines.push(text.offered(what, until));
      buttons.push(button([keys.study.accept, id], text.accept(what), ButtonStyle.Success));
      offered.push(group);
      continue;
    }
    const next = await findNextSession(db, id);
    lines.push(next ? text.next(what, next.starts_at) : text.inIt(what));
  }
  for (const each of waitsBeside(seeking, offered)) {
    lines.push(t.study.show.seeking(subjectText(t, each), each.since));
  }
  if (lines.length === 0) return [];
  return [{ heading: text.heading, lines, buttons: [...buttons, button([keys.study.open], text.open)] }];
};
