import { readDetail } from '../../db/notices/write.ts';
import { ButtonStyle } from 'discord.js';
import { type Case, findCase } from '../../db/cases/cases.ts';
import { listEntries } from '../../db/cases/entries.ts';
import { maySee } from '../../db/cases/sight.ts';
import { findStatement } from '../../db/cases/statements.ts';
import type { CaseWish } from '../../db/schema.ts';
import { button, row } from '../../discord/buttons.ts';
import { post } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { answerDays, reopenDays } from '../../mentoring/cases/limits.ts';
import { offeredBy } from '../../mentoring/cases/wishes.ts';
import { paragraphs } from './people.ts';
import { letter, type Render, type Scene, shownGuildName } from './scene.ts';

/** The case that a notice to a handler speaks of, while they may see it. */
async function seenCase({ ctx, guild, notice }: Scene) {
  const { subject_id: id, user_id: userId } = notice;
  if (id === null || userId === null) return undefined;
  if (!(await maySee(ctx.db, { guildId: guild.id, userId }, id))) return undefined;
  return await findCase(ctx.db, guild.id, id);
}

/** To a handler: somebody has reported something. Nothing of what, and of whom. */
export const caseWaiting: Render = async (scene) => {
  if ((await seenCase(scene))?.state !== 'new') return undefined;
  const text = scene.t.cases.notices;
  return await letter(scene, text.waitingTitle, text.waiting(await shownGuildName(scene)));
};

/** The same again, while nobody has taken it. */
export const caseReminder: Render = async (scene) => {
  if ((await seenCase(scene))?.state !== 'new') return undefined;
  const text = scene.t.cases.notices;
  return await letter(scene, text.reminderTitle, text.reminder(await shownGuildName(scene)));
};

/** The same in the staff channel, without any name. */
export const caseLine: Render = async ({ ctx, guild, notice, t }) => {
  const found = notice.subject_id === null ? undefined : await findCase(ctx.db, guild.id, notice.subject_id);
  return found?.state === 'new' ? post(t, t.cases.notices.waitingTitle, t.cases.notices.line) : undefined;
};

/** To whoever has taken a case. */
export const caseNews: Render = async (scene) => {
  const found = await seenCase(scene);
  if (!found || found.assignee_id !== scene.notice.user_id) return undefined;
  const text = scene.t.cases.notices;
  return await letter(scene, text.newsTitle(found.id), text.news(await shownGuildName(scene)));
};

/** To a reporter: what handlers would like to know, without who asks. */
export const caseQuestion: Render = async (scene) => {
  const found = await ownReport(scene);
  if (!found) return undefined;
  const text = scene.t.cases.notices;
  const { of, statement } = found;
  const asked = (await listEntries(scene.ctx.db, of.id)).findLast(
    ({ kind, statement_id: id }) => (kind === 'asked' || kind === 'wish-asked') && id === statement.id,
  );
  if (!asked?.words) return undefined;
  if (asked.kind === 'wish-asked') return await wishAsked(scene, of, statement.id, offeredBy(asked.words));
  const body = text.question(await shownGuildName(scene), of.id, showTyped(asked.words));
  if (of.state !== 'waiting') return await letter(scene, text.questionTitle, paragraphs(body, text.questionOver));
  const components = [
    row(button([keys.report.answer, statement.id, scene.guild.id], text.answer, ButtonStyle.Primary)),
  ];
  return await letter(scene, text.questionTitle, body, { components });
};

/** The same with choices, each a button; what is chosen is read by handlers. */
async function wishAsked(scene: Scene, of: Case, statementId: string, choices: readonly CaseWish[]): Promise<Card> {
  const text = scene.t.cases.notices;
  const body = text.wish(await shownGuildName(scene), of.id, answerDays);
  if (of.state !== 'waiting') return await letter(scene, text.wishTitle, paragraphs(body, text.questionOver));
  const buttons = choices.map((each) =>
    button([keys.report.decide, statementId, each, scene.guild.id], scene.t.cases.wishes[each]),
  );
  return await letter(scene, text.wishTitle, body, { components: [row(...buttons)] });
}

/** To whoever wrote a message that was taken away as exam content. */
export const examHidden: Render = async (scene) => {
  const text = scene.t.guard;
  const { subject_id: caseId, guild_id: guildId } = scene.notice;
  if (caseId === null || !(await findCase(scene.ctx.db, guildId, caseId))) return undefined;
  const { channelId } = readDetail('exam-hidden', scene.notice);
  return await letter(scene, text.hiddenTitle, text.hidden(`<#${channelId}>`));
};

/** To a reporter: it is closed, and whether something was done. */
export const caseClosed: Render = async (scene): Promise<Card | undefined> => {
  const found = await ownReport(scene);
  if (found?.of.state !== 'closed') return undefined;
  const text = scene.t.cases.notices;
  const { outcome, id } = found.of;
  const say = outcome === 'acted' || outcome === 'talked' ? text.acted : text.notActed;
  const guild = await shownGuildName(scene);
  return await letter(scene, text.closedTitle, paragraphs(say(guild, id), text.closedMore(reopenDays)));
};

async function ownReport({ ctx, guild, notice }: Scene) {
  const statement = notice.subject_id === null ? undefined : await findStatement(ctx.db, notice.subject_id);
  if (!statement || statement.reporter_id !== notice.user_id) return undefined;
  const of = await findCase(ctx.db, guild.id, statement.case_id);
  return of && { of, statement };
}
