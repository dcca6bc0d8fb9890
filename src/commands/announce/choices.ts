/** What the options of `/announce` suggest while a moderator types. */
import { cityOf } from '../../content/zones/index.ts';
import type { Context } from '../../context.ts';
import { listAnnouncements } from '../../db/announcements.ts';
import { findMember } from '../../db/members.ts';
import { meansNow } from '../../posts/announcements/drafts.ts';
import { dayThatIsNone, mostDaysAhead, understandMoment } from '../../posts/announcements/when.ts';
import type { Poster } from '../../posts/announcements/reach.ts';
import { sightOf } from '../../posts/announcements/sight.ts';
import { clip, withoutDirectionControls } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import type { Texts } from '../../texts/en.ts';
import { limits } from '../../discord/limits.ts';
import type { Choice } from '../../discord/replies.ts';

/** What is typed when nothing is: common times, each shown as it is understood. */
const examples = ['in 1 hour', 'today 18:00', 'tomorrow 09:00', 'Mon 09:00', 'Fri 18:00'];

/**
 * Shows how a time is understood, in the guild's zone and in the moderator's own where that is another. Choosing it sends
 * what was shown.
 */
export async function timeChoices(
  t: Texts,
  ctx: Context,
  who: { readonly guildId: string; readonly userId: string; readonly zone: string },
  typed: string,
): Promise<Choice[]> {
  const text = t.announcements;
  const now = ctx.now();
  const own = (await findMember(ctx.db, who.guildId, who.userId))?.zone ?? who.zone;
  if (meansNow(typed)) return [{ name: text.choice.now, value: 'now' }];
  // Of the examples only what is still ahead today.
  const ahead = examples.filter((each) => understandMoment(each, who.zone, now).is === 'moment');
  const wanted = typed.trim() === '' ? ahead : [typed];
  const choices = wanted.flatMap((each) => timeChoice(t, each, who.zone, own, now) ?? []);
  if (choices.length > 0) return choices;
  const none = dayThatIsNone(typed);
  const why = none === undefined ? text.choice.unknown : text.choice.noSuchDay(none);
  return [{ name: clip(why, limits.choiceName), value: clip(typed, limits.choiceName) }];
}

function timeChoice(t: Texts, typed: string, zone: string, own: string, now: Instant): Choice | undefined {
  const text = t.announcements;
  const understood = understandMoment(typed, zone, now);
  if (understood.is === 'unknown') return undefined;
  const words = t.words.moment(zone, understood.at);
  const value = clip(typed.trim(), limits.choiceName);
  if (understood.is !== 'moment') {
    const why = understood.is === 'far' ? text.choice.far(words, mostDaysAhead) : text.choice.past(words);
    return { name: clip(why, limits.choiceName), value };
  }
  const say = understood.skipped === undefined ? text.choice.understood : text.choice.skipped;
  const theirs = say(words, cityOf(zone));
  const mine = own === zone ? '' : text.choice.yours(t.words.moment(own, understood.at), cityOf(own));
  // Where both do not fit, the guild's is what counts; the preview shows both.
  const name = theirs.length + mine.length <= limits.choiceName ? theirs + mine : clip(theirs, limits.choiceName);
  return { name, value: understood.canonical };
}

/** The announcements that a moderator may know of, and whose title holds what is typed. */
export async function announcementChoices(t: Texts, ctx: Context, by: Poster, typed: string): Promise<Choice[]> {
  const text = t.announcements;
  const wanted = typed.trim().toLowerCase();
  const all = await listAnnouncements(ctx.db, by.guildId, await sightOf(ctx.db, by), {
    offset: 0,
    limit: limits.choices * 8,
  });
  return all
    .filter(({ state, title, id }) => state !== 'cancelled' && (title.toLowerCase().includes(wanted) || id === wanted))
    .slice(0, limits.choices)
    .map(({ id, state, title }) => ({
      name: clip(
        text.list.choice(text.states[state], withoutDirectionControls(title) || text.list.untitled),
        limits.choiceName,
      ),
      value: id,
    }));
}
