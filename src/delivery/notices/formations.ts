import { findFormationById } from '../../db/study/formations.ts';
import { readSkipped } from '../../study/formations/history.ts';
import { readFigures } from '../../study/formations/preview.ts';
import { readOutcome } from '../../study/formations/publish.ts';
import { type Render, subjectOf } from './scene.ts';

/** To the moderators, in one line: what the weekly run came to, or that there was nothing to form. */
export const groupsFormed: Render = async (scene) => {
  const formation = await subjectOf(scene, findFormationById);
  if (!formation) return undefined;
  const text = scene.t.formations.weekly;
  const waiting = readSkipped(formation);
  if (waiting !== undefined) return { content: text.skipped(waiting) };
  const outcome = readOutcome(formation);
  return outcome && { content: text.done({ ...outcome, waited: readFigures(formation).seekers }) };
};
