/** Times that suit the two of a pair, to choose from. */
import { findOpenMeeting, isTimed } from '../../db/meetings.ts';
import type { Mentorship } from '../../db/mentorships.ts';
import { button, menuRow, row } from '../../discord/buttons.ts';
import type { ActContext } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { bothTimes } from '../../discord/local-times.ts';
import type { Card } from '../../discord/replies.ts';
import { clip, who } from '../../marks.ts';
import { findTimes, type FoundTimes } from '../../mentoring/meetings/find.ts';
import { mostProposed } from '../../mentoring/meetings/limits.ts';
import { partnerIn } from '../../mentoring/mentorships.ts';
import type { Texts } from '../../texts/en.ts';
import { toInstant } from '../../time.ts';

/** Times to choose from, as a menu; or, where nothing suits, the nearest misses. */
export async function timesCard(
  ctx: ActContext,
  mentorship: Mentorship,
  userId: string,
  minutes: number,
): Promise<Card> {
  const text = ctx.t.meetings;
  const found = await findTimes(ctx, ctx.db, mentorship, userId, { minutes });
  const partner = who(partnerIn(mentorship, userId));
  const open = await findOpenMeeting(ctx.db, mentorship.id);
  const agreed = open?.state === 'agreed' && isTimed(open) && open.ends_at > ctx.now() ? open : undefined;
  const notes = [
    ...(found.unknown.own ? [text.unknownOwn] : []),
    ...(found.unknown.partner ? [text.unknownPartner] : []),
  ];
  if (found.times.length === 0 && found.misses.length === 0) {
    return { content: [text.noTimes(partner), text.noTimesNext, ...notes].join('\n') };
  }
  const heading =
    found.times.length === 0
      ? [text.noTimes(partner), text.misses, ...missLines(ctx.t, found, partner), text.missesNext]
      : [agreed ? text.chooseMove(partner, agreed.starts_at) : text.choose(partner)];
  const hours = button([keys.hours.edit, mentorship.guild_id], ctx.t.hours.enter);
  return {
    content: [...heading, ...notes].join('\n'),
    components: [timesMenu(ctx.t, found, minutes), ...(found.unknown.own ? [row(hours)] : [])],
  };
}

function timesMenu(t: Texts, { mentorship, times, misses, zones }: FoundTimes, minutes: number) {
  const text = t.meetings;
  const knowsHours = times.some(({ inside }) => inside);
  const options = times.length > 0 ? times : misses.map(({ at }) => ({ at, inside: false }));
  return menuRow(
    [keys.mentorship.propose, mentorship.id, String(minutes)],
    text.menu,
    options.map(({ at, inside }) => ({
      label: clip(bothTimes(t, toInstant(at), ...zones), limits.choiceName),
      value: String(at),
      ...(knowsHours ? { description: inside ? text.inHours : text.outside } : {}),
    })),
    { most: Math.min(mostProposed, options.length) },
  );
}

/** "Sat, Nov 21, 20:00 Karachi · 10:00 New York: would mean 06:30 for Ifeoma". */
function missLines(t: Texts, { misses, zones }: FoundTimes, partner: string): string[] {
  const text = t.meetings;
  return misses.map(({ at, off: [own, theirs] }) => {
    const moment = toInstant(at);
    const when = bothTimes(t, moment, ...zones);
    const [mine, yours] = zones.map((zone) => t.words.clock(zone, moment)) as [string, string];
    if (own > 0 && theirs > 0) return text.missBoth(when, mine, partner, yours);
    return own > 0 ? text.missOwn(when, mine) : text.missPartner(when, yours, partner);
  });
}
