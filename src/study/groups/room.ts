import type { Db } from '../../db/open.ts';
import { listMembershipsOf } from '../../db/study/members.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { circlesAtMost } from '../limits.ts';
import type { StudySubject } from '../topics.ts';

/**
 * One group for an exam, and two circles besides.
 * @throws UserError when somebody is in as many as that.
 */
export async function requireRoomFor(db: Db, whose: Acting, { kind, topic }: StudySubject): Promise<void> {
  const own = (await listMembershipsOf(db, whose)).filter(({ state }) => state !== 'offered');
  if (kind === 'exam' && own.some((each) => each.kind === 'exam' && each.topic === topic)) {
    throw new UserError((t) => t.study.refused.oneForExam);
  }
  if (kind === 'circle' && own.filter((each) => each.kind === 'circle').length >= circlesAtMost) {
    throw new UserError((t) => t.study.refused.circles(circlesAtMost));
  }
}

/** Whether somebody is in a group for this, or is offered one. */
export async function hasPlaceFor(db: Db, whose: Acting, topic: string): Promise<boolean> {
  return (await listMembershipsOf(db, whose)).some((each) => each.topic === topic);
}
