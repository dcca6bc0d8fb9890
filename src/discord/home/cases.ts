/** Reports: the question that waits for a reporter, and what waits for those who handle them. */
import { ButtonStyle } from 'discord.js';
import { listCases } from '../../db/cases/sight.ts';
import { listOwnReports } from '../../mentoring/cases/own-reports.ts';
import { button } from '../buttons.ts';
import { keys } from '../keys.ts';
import type { Part, Section } from './section.ts';

/** Cases that are counted at most: whoever has more sees them in their list. */
const countedAtMost = 25;

export const casesSection: Section = async ({ ctx, guildId, userId, handlesReports }) => {
  const text = ctx.t.cases.home;
  const parts: Part[] = [];
  const asked = (await listOwnReports(ctx, { guildId, userId })).some(({ state }) => state === 'waiting');
  if (asked) {
    const buttons = [button([keys.report.mine], text.mine, ButtonStyle.Primary)];
    parts.push({ heading: text.reporter, lines: [text.question], buttons });
  }
  if (!handlesReports) return parts;
  const waiting = await listCases(ctx.db, { guildId, userId }, ['new'], countedAtMost);
  if (waiting.length > 0) {
    const buttons = [button([keys.reports.list], text.list, ButtonStyle.Primary)];
    parts.push({ heading: text.handler, lines: [text.waiting(waiting.length)], buttons });
  }
  return parts;
};
