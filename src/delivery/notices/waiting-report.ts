import type { APIEmbedField } from 'discord.js';
import type { Guild } from '../../db/guilds.ts';
import { button, row } from '../../discord/buttons.ts';
import { post } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { mention } from '../../discord/text.ts';
import { stamp } from '../../marks.ts';
import { tellable } from '../../mentoring/rounds/left.ts';
import {
  longUnverifiedDays,
  type LongWait,
  readWaitingReport,
  type WaitingReport,
} from '../../mentoring/waiting-report.ts';
import type { Texts } from '../../texts/en.ts';
import { paragraphs } from './people.ts';
import type { Render } from './scene.ts';

/** To the moderators, each week: who waits for long, what places there are, and who waits to be verified. */
export const waitingReport: Render = async (scene) => {
  const report = await readWaitingReport(scene.ctx, scene.guild);
  if (report.long.count + report.unverified.count === 0 && scene.notice.message_id === null) return undefined;
  return waitingReportCard(scene.t, scene.guild, report);
};

/** The same whenever a moderator asks. */
export function waitingReportCard(t: Texts, guild: Guild, report: WaitingReport): Card {
  const text = t.waitingReport;
  const { long, unverified, supply } = report;
  const body = paragraphs(
    [
      text.waiting(report.waiting, long.count, guild.waiting_days),
      text.supply(supply.places, supply.mentors),
      ...(supply.paused > 0 ? [text.paused(supply.paused)] : []),
    ].join('\n'),
    long.count > 0 ? text.next : '',
  );
  return post(t, text.title, body, {
    fields: [...longField(t, guild, report), ...unverifiedField(t, report)],
    components: [
      row(
        ...(long.count > 0 ? [button([keys.round.begin], text.preview)] : []),
        ...(unverified.count > 0 ? [button([keys.mentors.queue], text.queue)] : []),
      ),
    ].filter(({ components }) => components.length > 0),
  });
}

function longField(t: Texts, guild: Guild, { long }: WaitingReport): APIEmbedField[] {
  const text = t.waitingReport;
  if (long.count === 0) return [];
  const lines = long.some.map((each) => {
    const line = text.since(mention(t, each.mentee_id), stamp(each.joined_at, 'D'));
    const why = sayFound(t, each);
    return why === '' ? line : `${line}: ${why}`;
  });
  return [{ name: text.long(guild.waiting_days), value: withRest(t, lines, long.count) }];
}

function unverifiedField(t: Texts, { unverified }: WaitingReport): APIEmbedField[] {
  const text = t.waitingReport;
  if (unverified.count === 0) return [];
  const lines = unverified.some.map(({ user_id: id, since }) => text.since(mention(t, id), stamp(since, 'R')));
  return [{ name: text.unverified(longUnverifiedDays), value: withRest(t, lines, unverified.count) }];
}

/** As many lines as a field takes, and how many people are not among them. */
function withRest(t: Texts, lines: readonly string[], count: number): string {
  const shown: string[] = [];
  for (const line of lines) {
    if ([...shown, line].join('\n').length > fieldRoom) break;
    shown.push(line);
  }
  const rest = count - shown.length;
  return [...shown, ...(rest > 0 ? [t.waitingReport.more(rest)] : [])].join('\n');
}

/** Discord takes 1,024 characters in a field; some are for the line about the rest. */
const fieldRoom = 980;

/** What a search comes to, by the rules that a moderator may know of: what is between two people is not among them. */
function sayFound(t: Texts, { found }: LongWait): string {
  const text = t.waitingReport;
  if (found?.is === 'suggestions') return text.suits(found.mentors.length + found.more);
  if (found?.is !== 'nobody') return '';
  const counts = new Map<string, number>(found.excluded);
  const known = tellable.flatMap((rule) => (rule === 'other' ? [] : [[rule, counts.get(rule) ?? 0] as const]));
  const words = known.filter(([, n]) => n > 0).map(([rule, n]) => t.rounds.csv.rules[rule](n));
  return words.length === 0 ? text.nobody : text.excluded(words);
}
