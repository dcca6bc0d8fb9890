import {
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Case } from '../../db/cases/cases.ts';
import type { Entry } from '../../db/cases/entries.ts';
import type { Statement } from '../../db/cases/statements.ts';
import { caseOutcomes } from '../../db/schema.ts';
import { button, row } from '../../discord/buttons.ts';
import { customId } from '../../discord/custom-ids.ts';
import { embed } from '../../discord/embeds.ts';
import { chooser } from '../../discord/forms.ts';
import { type Key, keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { clip } from '../../marks.ts';
import type { CaseFile } from '../../mentoring/cases/handle.ts';
import { wordsLength } from '../../mentoring/cases/limits.ts';
import { wishOf } from '../../mentoring/cases/wishes.ts';
import type { Texts } from '../../texts/en.ts';

/** Cases on one card: with a button each. */
const listed = 10;

/** The cases that a handler may see. */
export function listCard(t: Texts, cases: readonly Case[], which: 'open' | 'closed'): Card {
  const text = t.cases.list;
  if (cases.length === 0) return { content: which === 'open' ? text.none : text.noneClosed };
  const lines = cases.slice(0, listed).map((of) => {
    const state = of.outcome === null ? t.cases.states[of.state] : t.cases.outcomes[of.outcome];
    return text.line(of.id, t.cases.categories[of.category], state, of.closed_at ?? of.created_at, of.urgent === 1);
  });
  const buttons = cases.slice(0, listed).map((of) => button([keys.reports.open, of.id], text.open(of.id)));
  const rows = [buttons.slice(0, 5), buttons.slice(5)].filter((each) => each.length > 0);
  return {
    embeds: [embed(t, text.title(cases.length), lines.join('\n'))],
    components: rows.map((each) => row(...each)),
  };
}

/** Characters of one statement or message on a card, and of one entry: a card of Discord's holds 6,000 in all. */
const statementShown = 900;
const entryShown = 250;
const statementsShown = 3;
const entriesShown = 8;

/** Everything about a case that fits on one card, the latest first where not everything does. */
export function caseCard(t: Texts, { of, statements, entries, rests }: CaseFile, viewerId: string, days: number): Card {
  const text = t.cases.card;
  const state = of.outcome === null ? t.cases.states[of.state] : t.cases.outcomes[of.outcome];
  const isMine = of.assignee_id === viewerId;
  const head = [
    text.about(of.reported_id, t.cases.categories[of.category]),
    ...(of.urgent === 1 ? [`**${text.urgent}**`] : []),
    text.state(state, of.state === 'closed' ? null : of.assignee_id),
    ...(rests ? [text.rests] : []),
  ].join('\n');
  const said = statements.map((one, i) => statementText(t, one, i + 1)).slice(-statementsShown);
  const earlier = entries.length - entriesShown;
  const done = [
    ...(earlier > 0 ? [text.earlier(earlier)] : []),
    ...entries.slice(-entriesShown).map((entry) => entryText(t, entry)),
  ].join('\n');
  return {
    embeds: [
      embed(t, text.title(of.id), clip([head, ...said, `-# ${text.kept(days)}`].join('\n\n'), 4_000), done === '' ? [] : [{ name: text.entries, value: clip(done, 1_024) }]), // prettier-ignore
    ],
    components: buttonsOf(t, of, isMine),
  };
}

function statementText(t: Texts, one: Statement, place: number): string {
  const text = t.cases.card;
  const { snapshot } = one;
  return [
    text.statement(place, one.reporter_id, one.created_at, one.may_name === 1),
    ...(one.withdrawn_at === null ? [] : [text.withdrawn(one.withdrawn_at)]),
    ...(one.today === 1 ? [text.today] : []),
    quote(one.words),
    ...(snapshot ? [text.snapshot(snapshot.authorId, snapshot.channelId, snapshot.at), quote(snapshot.text)] : []),
    ...(snapshot?.unnamed ? [text.unnamed] : []),
    ...(snapshot && snapshot.files.length > 0 ? [text.files(showTyped(t.words.list(snapshot.files)))] : []),
  ].join('\n');
}

function quote(words: string): string {
  return showTyped(clip(words, statementShown))
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

function entryText(t: Texts, { kind, by_id: byId, words, at: _at }: Entry): string {
  const text = t.cases.card;
  const wish = kind === 'wished' ? wishOf(words) : undefined;
  if (words === null || wish !== undefined)
    return `· ${text.entry[kind](text.by(byId), wish === undefined ? '' : t.cases.wishes[wish])}`;
  const shown = kind === 'handed-over' ? mention(t, words) : showTyped(clip(words, entryShown));
  return `· ${text.entry[kind](text.by(byId), shown)}`;
}

function buttonsOf(t: Texts, of: Case, isMine: boolean): Card['components'] {
  const text = t.cases.card;
  if (of.state === 'new') return [row(button([keys.reports.take, of.id], text.take, ButtonStyle.Primary))];
  if (of.state === 'closed')
    return of.reported_id === null ? [] : [row(button([keys.reports.reopen, of.id], text.reopen))];
  if (!isMine) return [];
  return [
    row(
      ...(of.state === 'taken'
        ? [
            button([keys.reports.ask, of.id], text.ask, ButtonStyle.Primary),
            button([keys.reports.decide, of.id], text.decide),
          ]
        : []),
      button([keys.reports.note, of.id], text.note),
      button([keys.reports.close, of.id], text.close),
    ),
  ];
}

/** A form with one field, for a question or a note. */
export function wordsForm(key: Key, caseId: string, title: string): APIModalInteractionResponseCallbackData {
  return new ModalBuilder()
    .setCustomId(customId(key, caseId))
    .setTitle(title)
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(title)
        .setTextInputComponent(
          new TextInputBuilder()
            .setCustomId('words')
            .setStyle(TextInputStyle.Paragraph)
            .setMaxLength(wordsLength)
            .setRequired(true),
        ),
    )
    .toJSON();
}

/** A form that asks how a case ended. */
export function closeForm(t: Texts, caseId: string): APIModalInteractionResponseCallbackData {
  const choices = caseOutcomes
    .filter((outcome) => outcome !== 'withdrawn')
    .map((id) => ({ id, name: t.cases.outcomes[id] }));
  return new ModalBuilder()
    .setCustomId(customId(keys.reports.closeForm, caseId))
    .setTitle(t.cases.card.close)
    .addLabelComponents(
      new LabelBuilder().setLabel(t.cases.reports.outcome).setStringSelectMenuComponent(chooser('outcome', choices)),
    )
    .toJSON();
}
