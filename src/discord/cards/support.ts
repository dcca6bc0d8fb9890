import { type HelpLine, support } from '../../content/journey.ts';
import { standingOf } from '../../journey/freshness.ts';
import type { Texts } from '../../texts/en.ts';
import type { Instant } from '../../time.ts';
import { button, linkButton, row } from '../buttons.ts';
import { embed } from '../embeds.ts';
import { keys } from '../keys.ts';
import type { Card } from '../replies.ts';
import { dayStamp, link } from './fact.ts';

/**
 * Who listens: lines with the day on which they were looked at, a directory for everywhere else, what a call is like, how to
 * help somebody. Made out of memory.
 * @param country ISO 3166 code; all lines when absent, or where none is known there.
 */
export function supportCard(t: Texts, now: Instant, country?: string): Card {
  const text = t.support;
  const today = now.slice(0, 10);
  const there = support.lines.filter((line) => standingOf(line, today) !== 'gone');
  const local = country === undefined ? there : there.filter(({ countries }) => countries.includes(country));
  const where = country === undefined ? '' : t.words.country(country);
  const body = [
    text.intro,
    ...local.map((line) => lineText(t, line, today)),
    text.directory(link(support.directory), local.length === 0 ? where : ''),
  ].join('\n\n');
  const more = [
    { name: text.call, value: support.call },
    { name: text.help, value: support.help },
  ];
  return {
    embeds: [embed(t, text.title, body, more)],
    components: [
      row<ReturnType<typeof linkButton> | ReturnType<typeof button>>(
        linkButton(support.directory.url, support.directory.name),
        ...(local.length < there.length ? [button([keys.support.card], text.all)] : []),
      ),
    ],
  };
}

function lineText(t: Texts, line: HelpLine, today: string): string {
  const text = t.support;
  const say = standingOf(line, today) === 'fresh' ? text.checked : text.dated;
  return [
    text.line(line.name, t.words.list(line.countries.map((code) => t.words.country(code)))),
    line.how,
    `-# ${say(link(line.page), dayStamp(line.checked))}`,
  ].join('\n');
}
