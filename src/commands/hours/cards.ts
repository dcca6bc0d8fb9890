import { ButtonStyle } from 'discord.js';
import { codeOfConduct } from '../../content/index.ts';
import { zoneLabel } from '../../content/zones/index.ts';
import type { Hours } from '../../db/hours.ts';
import { button, row } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import type { Card } from '../../discord/replies.ts';
import type { HoursForm } from '../../hours/edit.ts';
import { writeTimes } from '../../hours/exact.ts';
import { days } from '../../hours/week.ts';
import { clip } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';
import { epochMs, type Instant } from '../../time.ts';
import { encodeBoxes } from './form.ts';

/**
 * Somebody's week as text.
 * @param heading said before it, after saving.
 * @param wanted what they wanted before they were asked for their hours: a button goes on with it.
 */
export function hoursCard(
  t: Texts,
  guildId: string,
  hours: Hours | undefined,
  now: Instant,
  heading = '',
  wanted: readonly string[] = [],
): Card {
  const text = t.hours;
  const goesOn = wanted.length > 0 && hours !== undefined;
  const edit = button(
    [keys.hours.edit, guildId, ...wanted],
    hours ? text.edit : text.enter,
    goesOn ? ButtonStyle.Secondary : ButtonStyle.Primary,
  );
  if (!hours) return { content: heading === '' ? text.none : heading, components: [row(edit)] };
  const isOver = hours.until !== null && hours.until <= now;
  const until = hours.until === null ? [] : [isOver ? text.over(hours.until) : text.until(hours.until)];
  const week = days.map((day) => {
    const times = writeTimes(hours.windows, day).map((each) => each.replace('-', '–'));
    return text.day(text.days[day] ?? '', times.length === 0 ? text.noTime : t.words.row(times));
  });
  const lines = [text.zone(zoneLabel(hours.zone, epochMs(now))), week.join('\n'), ...until, text.used];
  return {
    ...(heading === '' ? {} : { content: heading }),
    embeds: [embed(t, text.title, lines.join('\n\n'))],
    components: [
      row(...(goesOn ? [button([keys.study.onward, ...wanted], text.onward, ButtonStyle.Success)] : []), edit),
    ],
  };
}

const fence = '```';

/** Why a form was refused, with a button that opens it again as it was filled in. What was typed stands in the message. */
export function refusedCard(t: Texts, guildId: string, form: HoursForm, why: string, wanted: readonly string[]): Card {
  const typed = form.exactly.replaceAll('`', '');
  const block = typed === '' ? '' : `\n${fence}\n${typed}\n${fence}`;
  return {
    content: `${clip(why, limits.content - block.length)}${block}`,
    components: [
      row(button([keys.hours.again, guildId, encodeBoxes(form), ...wanted], t.hours.again, ButtonStyle.Primary)),
    ],
  };
}

/** What was typed, out of such a message. */
export function typedIn(content: string): string {
  const from = content.indexOf(`${fence}\n`);
  const to = content.lastIndexOf(`\n${fence}`);
  return from === -1 || to <= from ? '' : content.slice(from + fence.length + 1, to);
}

/** The code of conduct, for somebody who is not known here yet. @param wanted as of `hoursCard`. */
export function consentCard(t: Texts, zone: string, wanted: readonly string[]): Card {
  const text = t.profiles;
  return {
    content: t.hours.consent,
    embeds: [{ title: text.consent.title, description: codeOfConduct.text, footer: { text: text.consent.outro } }],
    components: [
      row(
        // The version goes along: what counts is what was on the screen.
        button(
          [keys.hours.agree, zone, String(codeOfConduct.version), ...wanted],
          text.consent.agree,
          ButtonStyle.Success,
        ),
        button([keys.profile.privacy], text.privacy.button),
      ),
    ],
  };
}
