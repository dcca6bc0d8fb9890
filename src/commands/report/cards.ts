import { type APIButtonComponentWithCustomId, ButtonStyle } from 'discord.js';
import { button, row } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { remindAfterHours } from '../../mentoring/cases/limits.ts';
import type { Reported } from '../../mentoring/cases/report.ts';
import type { OwnReport } from '../../mentoring/cases/own-reports.ts';
import type { Texts } from '../../texts/en.ts';

/** What a reporter reads at once: the number, what happens next, and what they can do beside it. */
export function filedCard(t: Texts, filed: Reported, category: string): Card {
  const text = t.cases.filed;
  const { handlers } = remindAfterHours[filed.urgent ? 'urgent' : 'usual'];
  const body = [
    ...(category === 'risk' ? [text.risk] : []),
    filed.nobody ? text.nobody : text.next(handlers),
    text.number(filed.caseId),
    ...(filed.rests ? [text.rests] : []),
    text.blockHint,
    ...(filed.nobody ? [] : [text.discord]),
    text.help,
  ].join('\n\n');
  return {
    embeds: [embed(t, text.title, body)],
    components: [
      row(
        button([keys.report.withdraw, filed.statementId], text.withdraw),
        ...(filed.reportedId === undefined ? [] : [button([keys.report.block, filed.reportedId], text.block)]),
        button([keys.support.card], text.support),
      ),
    ],
  };
}

/** Reports on one card: with their buttons as many as a message holds. */
const shown = 5;

/** A reporter's own reports: how they stand, never what was done. */
export function ownReportsCard(t: Texts, reports: readonly OwnReport[]): Card {
  const text = t.cases.mine;
  if (reports.length === 0) return { content: text.none };
  const lines = reports
    .slice(0, shown)
    .map(({ of, state, statement }) => text.line(of.id, text.own[state], statement.created_at));
  const rows = reports
    .slice(0, shown)
    .map(buttonsOf(t))
    .filter((buttons) => buttons.length > 0);
  return {
    embeds: [embed(t, text.title, lines.join('\n'))],
    components: rows.map((buttons) => row(...buttons)),
  };
}

function buttonsOf(t: Texts): (report: OwnReport) => APIButtonComponentWithCustomId[] {
  const text = t.cases.mine;
  return ({ of, state, statement, question, choices }) => {
    // Also below one that was taken back while others' go on: what is offered tells of nobody else.
    if (state === 'closed' || state === 'withdrawn')
      return of.reported_id === null ? [] : [button([keys.report.reopen, statement.id], text.reopen(of.id))];
    return [
      ...(question !== undefined
        ? [button([keys.report.answer, statement.id, of.guild_id], text.answer(of.id), ButtonStyle.Primary)]
        : []),
      ...choices.map((each) =>
        button([keys.report.decide, statement.id, each, of.guild_id], text.decide(of.id, t.cases.wishes[each])),
      ),
      button([keys.report.withdraw, statement.id], text.withdraw(of.id)),
    ];
  };
}
