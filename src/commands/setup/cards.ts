import { ButtonStyle } from 'discord.js';
import { zoneLabel } from '../../content/zones/index.ts';
import type { Guild as Settings } from '../../db/guilds.ts';
import type { RoundPlan } from '../../db/round-plans.ts';
import type { Schedule } from '../../db/schedules.ts';
import { channelColumns, channelPurposes, roleColumns, rolePurposes } from '../../guild/settings.ts';
import { stamp } from '../../marks.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { describeCron } from '../../discord/recurrence.ts';
import type { Compared } from './check-sweep.ts';
import type { SetupOutcome, SetupPreview } from './start.ts';
import type { Problem } from './problem.ts';
import { ownNameOf } from '../../texts/words.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { Languages } from '../../texts/languages.ts';

/** Characters of a card that the list of problems may fill; Discord allows 4,096 in a description and 6,000 in all. */
const problemsLength = 3_200;

/** What `/setup start` did, what is still wrong, and what comes next. */
export function startCard(t: Texts, languages: Languages, outcome: SetupOutcome, nowMs: number): Card {
  const text = t.setup;
  const { settings, created, found, problems } = outcome;
  const done: string[] = [];
  if (created.length > 0) done.push(text.start.created(created));
  if (found.length > 0) done.push(text.start.found(found));
  if (done.length === 0) done.push(text.start.nothingNew);
  if (outcome.zoneIsDefault) done.push(text.start.chooseZone);
  const blocks = [done.join('\n')];
  if (outcome.scheduled.length > 0) blocks.push(listScheduled(t, outcome.scheduled));
  if (problems.length > 0)
    blocks.push(`${text.start.toMend}\n${listProblems(t, problems)}`, text.start.nextAfterMending);
  else blocks.push(settings.mentor_verification === 1 ? text.start.next : text.start.nextWithoutVerification);
  const title = problems.length > 0 ? text.start.doneWithProblems(problems.length) : text.start.done;
  const buttons = [
    ...(problems.length > 0 ? [checkAgainButton(t)] : []),
    ...(outcome.undoId === undefined ? [] : [undoButton(t, outcome.undoId)]),
  ];
  return {
    embeds: [{ title, description: blocks.join('\n\n'), fields: settingsFields(t, languages, settings, nowMs) }],
    components: buttons.length > 0 ? [row(...buttons)] : [],
  };
}

/** What `/setup start` would do, and the press that lets it. */
export function previewCard(t: Texts, preview: SetupPreview, nowMs: number): Card {
  const text = t.setup.preview;
  const { id, channels, roles, found, zone, posts, problems } = preview;
  const creates = [
    ...channels.map(({ purpose, name }) => text.channel(name, t.setup.start.options.channels[purpose])),
    ...roles.map(({ purpose, name }) => text.role(name, purpose)),
  ];
  const blocks = [
    ...(creates.length > 0 ? [[text.creates, ...creates].join('\n')] : []),
    ...(found.length > 0 ? [text.found(found)] : []),
    preview.zoneIsDefault ? text.noZone : text.zone(zoneLabel(zone, nowMs)),
    ...(posts.length > 0
      ? [
          [
            t.setup.start.posts,
            ...posts.map(({ kind, channel, cron }) =>
              t.setup.start.post(t.schedules.kinds[kind], channel, describeCron(t, cron)),
            ),
          ].join('\n'),
        ]
      : []),
    ...(problems.length > 0 ? [`${text.inTheWay}\n${listProblems(t, problems)}`] : []),
    text.nothingYet,
  ];
  return {
    embeds: [{ title: text.title, description: blocks.join('\n\n') }],
    components: [
      row(
        button([keys.setup.goOn, id], text.goOn, ButtonStyle.Success),
        button([keys.setup.door, id], preview.zoneIsDefault ? text.chooseZone : text.changeZone),
        button([keys.setup.leave, id], text.leave),
      ),
    ],
  };
}

/** Somebody decided against what was shown; the way back is there. */
export function leftCard(t: Texts): Card {
  return { content: t.setup.preview.left, components: [row(beginButton(t))] };
}

/** Begins a set-up. */
export function beginButton(t: Texts) {
  return button([keys.setup.door], t.home.setUp.button);
}

/** Takes back what a set-up made. */
export function undoButton(t: Texts, id: string) {
  return button([keys.setup.undo, id], t.setup.undo.button, ButtonStyle.Danger);
}

/** The settings of a guild. */
export function settingsCard(
  t: Texts,
  languages: Languages,
  settings: Settings,
  plan: RoundPlan | undefined,
  nowMs: number,
): Card {
  const text = t.setup;
  const rounds = plan ? t.roundPlan.line(plan.weekday, plan.minute, plan.weeks) : t.roundPlan.notScheduled;
  const forming = settings.forming_at === null ? t.formations.weekly.shownOff : stamp(settings.forming_at, 'F');
  const fields = [
    ...settingsFields(t, languages, settings, nowMs),
    { name: t.roundPlan.heading, value: rounds, inline: true },
    { name: t.formations.weekly.heading, value: forming, inline: true },
  ];
  return { embeds: [{ title: text.show.title, description: text.show.change, fields }] };
}

/** Lists every problem with its fix and everything the bot is fixing itself, or says all is well. */
export function checkCard(t: Texts, problems: readonly Problem[], compared: Compared): Card {
  const text = t.setup.check;
  const { mended, isWhole } = compared;
  const all = [...problems, ...compared.problems];
  const blocks = [
    ...(all.length > 0 ? [listProblems(t, all)] : []),
    ...(mended.length > 0 ? [[text.mending, ...mended.map((each) => `- ${each}`)].join('\n')] : []),
    ...(all.length + mended.length > 0 ? [] : [text.fineText]),
    ...(isWhole ? [] : [text.partly]),
  ];
  const nothingToFix = mended.length > 0 ? text.nothingToFix : text.fine;
  return {
    embeds: [{ title: all.length > 0 ? text.problems(all.length) : nothingToFix, description: blocks.join('\n\n') }],
    components: all.length + mended.length > 0 || !isWhole ? [row(checkAgainButton(t))] : [],
  };
}

function settingsFields(t: Texts, languages: Languages, settings: Settings, nowMs: number) {
  const { show } = t.setup;
  // A language chosen once says nothing where the bot speaks only one by now.
  const language = languages.translations.size > 0 ? settings.locale : null;
  return [
    { name: show.zone, value: zoneLabel(settings.zone, nowMs), inline: true },
    ...(language === null ? [] : [{ name: show.language, value: ownNameOf(language), inline: true }]),
    {
      name: show.verification,
      value: settings.mentor_verification === 1 ? show.verified : show.unverified,
      inline: true,
    },
    { name: show.matchWeek, value: settings.match_week === 1 ? show.quiet : show.notQuiet, inline: true },
    { name: show.requests, value: show.requestDays(settings.request_days), inline: true },
    {
      name: show.channels,
      value: channelPurposes
        .map((purpose) => show.channel(purpose, mention(t, '#', settings[channelColumns[purpose]])))
        .join('\n'),
      inline: true,
    },
    {
      name: show.roles,
      value: rolePurposes
        .map((purpose) => show.role(purpose, mention(t, '@&', settings[roleColumns[purpose]])))
        .join('\n'),
      inline: true,
    },
  ];
}

/** What is posted by itself from now on: nobody should be surprised by it on Monday. */
function listScheduled(t: Texts, schedules: readonly Schedule[]): string {
  const text = t.setup;
  const lines = schedules.map(({ kind, channel_id: channelId, cron }) =>
    text.start.post(t.schedules.kinds[kind], mention(t, '#', channelId), describeCron(t, cron)),
  );
  return [text.start.posts, ...lines, text.start.postsChange].join('\n');
}

function mention(t: Texts, kind: '#' | '@&', id: string | null): string {
  return id === null ? t.setup.show.notSet : `<${kind}${id}>`;
}

function listProblems(t: Texts, problems: readonly Problem[]): string {
  const text = t.setup;
  const lines: string[] = [];
  let length = 0;
  for (const [index, problem] of problems.entries()) {
    const line = text.check.problem(problem, index + 1);
    length += line.length + 1;
    if (length > problemsLength) {
      lines.push(text.check.more(problems.length - index));
      break;
    }
    lines.push(line);
  }
  return lines.join('\n');
}

function checkAgainButton(t: Texts) {
  return button([keys.setup.checkAgain], t.setup.check.again);
}
