import { listGroupMembers } from '../../db/study/members.ts';
import type { StudyGroup } from '../../db/study/groups.ts';
import { button, row } from '../../discord/buttons.ts';
import { languagesText, subjectText, weeklyText } from '../../discord/cards/study.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import type { Card } from '../../discord/replies.ts';
import { clip } from '../../marks.ts';
import { joinable } from '../../study/states.ts';
import type { Texts } from '../../texts/en.ts';
import type { Scene } from './scene.ts';

/** A group as it stands in the forum of open groups. */
export interface Listing {
  readonly title: string;
  readonly card: Card;
  /** Names of its tags, the most important first. */
  readonly tags: readonly string[];
  /** Whether somebody could join it: else its post is archived. */
  readonly isOpen: boolean;
}

/** @param isWanted whether it is listed at all by now. */
export async function listingOf({ t, ctx }: Scene, group: StudyGroup, isWanted: boolean): Promise<Listing> {
  const text = t.studyOpen.listing;
  const what = subjectText(t, group);
  const month = group.target === null ? '' : t.words.month(group.target);
  const title = text.title(what, month);
  const places = group.size - (await listGroupMembers(ctx.db, group.id)).length;
  const isOpen = isWanted && joinable.includes(group.state) && places > 0;
  const body = [stateText(t, group, isWanted, places), `-# ${text.who}`].join('\n\n');
  const fields = [
    { name: text.languages, value: languagesText(t, group.languages), inline: true },
    { name: text.times, value: timesText(t, group), inline: true },
  ];
  return {
    title,
    isOpen,
    tags: tagsOf(t, group, isOpen),
    card: {
      embeds: [embed(t, title, body, isWanted && group.state !== 'closed' ? fields : [])],
      components: isOpen ? [row(button([keys.study.look, group.topic, group.place], text.button))] : [],
    },
  };
}

function stateText(t: Texts, { state }: StudyGroup, isWanted: boolean, places: number): string {
  const text = t.studyOpen.listing;
  if (state === 'closed') return text.closed;
  if (!isWanted) return text.notListed;
  if (state === 'resting') return text.resting;
  return places > 0 ? text.open(places) : text.full;
}

function timesText(t: Texts, { zone, times, minutes, sessions }: StudyGroup): string {
  const text = t.studyOpen.listing;
  return zone === null || times.length === 0
    ? text.noTimes(t.study.form.sessionsEntry(sessions), minutes)
    : text.timesIn(times.map((time) => weeklyText(t, time)), zone, minutes); // prettier-ignore
}

/** The exam or circle, whether somebody could join, the quarter, and languages. */
function tagsOf(t: Texts, { topic, target, languages }: StudyGroup, isOpen: boolean): string[] {
  const { tags } = t.studyOpen.listing;
  const topics: Readonly<Record<string, string>> = tags.topics;
  return [
    topics[topic] ?? topic,
    ...(isOpen ? [tags.open] : []),
    ...(target === null ? [] : [quarterTag(t, target)]),
    ...languages.map((language) => t.words.language(language)),
  ]
    .map((name) => clip(name, limits.tagName))
    .slice(0, limits.tagsOnPost);
}

/** The tag of the quarter in which a month (`2027-03`) lies. */
export function quarterTag(t: Texts, month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return t.studyOpen.listing.tags.quarter(Math.ceil(number / 3), year);
}
