/** What moderators see of groups formed of everybody who waits. */
import { ButtonStyle } from 'discord.js';
import type { FormationGroup, FormationPerson } from '../../db/study/formation-groups.ts';
import type { Guild } from '../../db/guilds.ts';
import { button, pageTurns, row } from '../../discord/buttons.ts';
import { actorText } from '../../discord/cards/actor.ts';
import { languagesText, subjectText } from '../../discord/cards/study.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { mention } from '../../discord/text.ts';
import { pageOf } from '../../pages.ts';
import { type PastFormation, tellableAnswers } from '../../study/formations/history.ts';
import type { LookedAt } from '../../study/formations/look.ts';
import type { FormationView } from '../../study/formations/preview.ts';
import { offerHours } from '../../study/limits.ts';
import type { Texts } from '../../texts/en.ts';

/** Groups on one page, changes on a card, and people left over who are named: an embed holds them all. */
const pageSize = 8;
const changesAtMost = 12;
export const leftAtMost = 36;

/** A preview: its proof, how good it is beside simpler ways, and what can be done with it. */
export function formationCard(t: Texts, view: FormationView, guild: Guild, changes: readonly LookedAt[] = []): Card {
  const text = t.formations.card;
  const { formation, figures, own, left } = view;
  const id = [formation.id, String(formation.run)] as const;
  const hasGroups = own.groups > 0;
  const body = [
    hasGroups ? text.placed(own.placed, figures.bound, figures.seekers) : text.none,
    ...(left.all > 0 ? [text.left(left.all, left.helped)] : []),
    ...(hasGroups ? [text.next(offerHours)] : []),
    ...(guild.forming_at === null ? [] : [t.formations.weekly.next(guild.forming_at)]),
    text.seconds(formation.created_at, figures.ms),
  ];
  const ways = [
    text.way(text.ways.own, own),
    text.way(text.ways.sorted, figures.sorted),
    text.way(text.ways.random, figures.random),
  ];
  const isNothing = own.groups + left.all === 0;
  return {
    content: changes.length === 0 ? '' : changesText(t, changes),
    embeds: [embed(t, text.title, body.join('\n'), [{ name: text.compare, value: ways.join('\n') }])],
    components: [
      row(
        ...(isNothing ? [] : [button([keys.study.publish, ...id], text.publish, ButtonStyle.Success)]),
        ...(isNothing ? [] : [button([keys.study.formGroups, ...id], text.groups)]),
        button([keys.study.formAgain, ...id], text.again),
        button([keys.study.formDiscard, ...id], text.discard),
      ),
    ],
  };
}

function changesText(t: Texts, changes: readonly LookedAt[]): string {
  const text = t.formations.changed;
  const lines = changes.slice(0, changesAtMost).map(({ group, now, loose }) => {
    const what = subjectText(t, group);
    const left = now?.members.length ?? 0;
    const gone = group.size - left - loose.length;
    return now
      ? text.kept(group.number, what, gone, loose.length, left)
      : text.dropped(group.number, what, gone, loose.length);
  });
  const more = changes.length - lines.length;
  return [`**${text.title}**`, ...lines.map((line) => `- ${line}`), ...(more > 0 ? [text.more(more)] : [])].join('\n');
}

/**
 * One page of a preview's groups, with who would be in them; behind the last, who would be left over.
 * @param page from 0; one that does not exist shows the nearest.
 */
export function groupsCard(t: Texts, view: FormationView, left: readonly FormationPerson[], page: number): Card {
  const text = t.formations.pages;
  const { formation, groups } = view;
  const { page: at, pages, offset } = pageOf(groups.length, page, pageSize);
  const shown = groups.slice(offset, offset + pageSize);
  const turn = (to: number) => [keys.study.formPage, formation.id, String(formation.run), String(to)] as const;
  const turns = pageTurns(at, pages, turn, text);
  const isLast = at === pages - 1;
  const names = [...new Set(left.map(({ user_id: userId }) => userId))];
  const title = shown.length === 0 ? text.none : text.title(offset + 1, offset + shown.length, groups.length);
  const field = {
    name: text.titleLeft,
    value: text.left(names.slice(0, leftAtMost).map((id) => mention(t, id)), view.left.all - left.length), // prettier-ignore
  };
  return {
    embeds: [
      embed(
        t,
        title,
        shown.map((group) => groupText(t, group)).join('\n\n'),
        isLast && names.length > 0 ? [field] : [],
      ),
    ],
    components: turns.length > 0 ? [row(...turns)] : [],
  };
}

function groupText(t: Texts, group: FormationGroup): string {
  const text = t.formations.pages;
  const about = [
    languagesText(t, group.languages),
    ...(group.kind === 'exam' ? [text.spread(group.spread)] : []),
    group.has_enough_days === 1 ? text.enough : text.notEnough,
    group.is_fair === 1 ? text.fair : text.notFair,
  ];
  const names = group.members.map((id) => mention(t, id));
  return `${text.group(group.number, subjectText(t, group), names)}\n${t.words.row(about)}`;
}

/** Asks once before a preview that is not on the screen is published. */
export function confirmCard(t: Texts, { formation, own, left }: FormationView): Card {
  const text = t.formations;
  const id = [formation.id, String(formation.run)] as const;
  return {
    content: text.confirm(own.groups, own.placed, left.all),
    components: [
      row(
        button([keys.study.publish, ...id], text.confirmNow, ButtonStyle.Success),
        button([keys.study.formGroups, ...id], text.card.groups),
        button([keys.study.formDiscard, ...id], text.card.discard),
      ),
    ],
  };
}

/** The latest formations, who did what with them, and what came of the offers. */
export function formationsCard(t: Texts, formations: readonly PastFormation[], guild: Guild): Card {
  const text = t.formations.history;
  const next = guild.forming_at === null ? t.formations.weekly.off : t.formations.weekly.on(guild.forming_at);
  if (formations.length === 0) return { content: [text.none, next].join('\n') };
  const entries = formations.map((each) => pastText(t, each));
  return { embeds: [embed(t, text.title, [...entries, next].join('\n\n'))] };
}

function pastText(t: Texts, past: PastFormation): string {
  const text = t.formations.history;
  const { formation, outcome, waiting, acts, placed } = past;
  const isExpired = formation.state === 'discarded' && !acts.some(({ action }) => action === 'groups-discarded');
  const state = text.states[isExpired ? 'expired' : formation.state];
  const done = acts.map(({ action, actor_id: actor }) =>
    text.act(text.acts[action as keyof typeof text.acts], actorText(t, actor)),
  );
  return [
    text.head(formation.created_at, formation.by_itself === 1 ? text.weekly : text.byHand, state),
    ...(done.length > 0 ? [t.words.row(done)] : []),
    ...(placed ? [text.placed(placed.placed, placed.bound, placed.seekers)] : []),
    ...(outcome ? [text.done(outcome)] : []),
    ...(waiting === undefined ? [] : [text.skipped(waiting)]),
    ...(outcome && outcome.groups > 0 ? [answersText(t, past)] : []),
  ].join('\n');
}

function answersText(t: Texts, { outcome, answers }: PastFormation): string {
  const text = t.formations.history;
  if (!outcome || !answers) return text.open;
  const { yes, others } = tellableAnswers(outcome, answers);
  return t.words.row([
    text.begun(answers.begun, outcome.groups),
    yes === undefined ? text.fewPeople : text.yes(yes, outcome.offered),
    ...(others ? [text.others(others.no, others.silent)] : []),
  ]);
}
